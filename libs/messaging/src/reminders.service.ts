import { Injectable } from '@nestjs/common';
import { isTimeZone } from '#calendar';
import { Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { MessageLedger, type LedgerEntry } from './message-ledger.js';
import type { MessageReason } from './message-status.js';
import type { PlannedMessage } from './planned-message.js';
import { isDuration, type Lead, leadBefore, leadTime } from './reminder-plan.js';
import type { ReminderSubject } from './reminder-subject.js';
import { STOPPABLE, takenBack } from './take-back.js';

interface PlannedLead extends Lead {
  ruleId?: string;
  audience: string;
  templateKey: string;
}

/** Keeps the reminders of a subject in step with it; joined into the transaction that changes the subject. */
@Injectable()
export class RemindersService {
  constructor(
    readonly database: Database,
    private readonly ledger: MessageLedger,
  ) {}

  /**
   * Plans what should go out for the subject as it is now, and takes back what should no longer. Safe to repeat. Throws
   * Invalid for an offset, a zone or an address that does not exist.
   */
  @Transactional()
  async sync(subject: ReminderSubject): Promise<PlannedMessage[]> {
    demandSound(subject);
    const leads = subject.offsets ? ownLeads(subject, subject.offsets) : await this.rules(subject.subject);
    const entries = wanted(subject, leads, new Date());
    await this.takeBack(
      subject,
      entries.map((entry) => entry.dedupeKey),
    );
    return this.ledger.enter(entries);
  }

  /** Takes back everything about a record that has not gone out; `evenIfCalledOff` messages stay. Answers how many were cancelled. */
  @Transactional()
  async cancel(aboutId: string, reason: MessageReason): Promise<number> {
    const cancelled = await this.database.query(CANCEL, [aboutId, reason]);
    return cancelled.length;
  }

  private rules(subject: string): Promise<PlannedLead[]> {
    return this.database.query<PlannedLead>(RULES, [subject]);
  }

  private async takeBack(subject: ReminderSubject, keep: string[]): Promise<void> {
    await this.database.query(TAKE_BACK, [subject.aboutId, subject.subject, keep, subject.at]);
  }
}

const RULES = `
  SELECT id AS key, id AS "ruleId", offset_from AS offset, at_local_time AS "atLocalTime", audience, template_key AS "templateKey"
  FROM reminder_rules WHERE subject = $1 AND enabled AND archived_at IS NULL ORDER BY id`;

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`CASE WHEN occurs_at IS DISTINCT FROM $4 THEN 'rescheduled' ELSE 'no_longer_wanted' END`)}
  WHERE about_id = $1 AND reminder_of = $2 AND ${STOPPABLE} AND dedupe_key <> ALL($3)`;

const CANCEL = `
  WITH cancelled AS (
    UPDATE messages SET ${takenBack('$2')}
    WHERE about_id = $1 AND ${STOPPABLE} AND NOT even_if_called_off RETURNING id, status
  ) SELECT id FROM cancelled WHERE status = 'cancelled'`;

function demandSound({ offsets = [], timeZone }: ReminderSubject): void {
  const faults = offsets.flatMap((offset, index) =>
    isDuration(offset)
      ? []
      : [
          {
            pointer: `/remindBefore/${index}`,
            code: 'bad_duration',
            message: `"${offset}" is not an ISO 8601 duration such as P1D or PT1H.`,
          },
        ],
  );
  if (!isTimeZone(timeZone))
    faults.push({ pointer: '/timeZone', code: 'bad_time_zone', message: `"${timeZone}" is not an IANA time zone.` });
  if (faults.length > 0) throw new Invalid(faults);
}

/** The same duration written twice (`P1D`, `-P1D`) is one lead. */
function ownLeads({ subject, templateKey = `${subject}_reminder` }: ReminderSubject, offsets: string[]): PlannedLead[] {
  const leads = offsets.map((offset) => ({ ...leadBefore(offset), audience: 'all', templateKey }));
  return leads.filter((lead, index) => leads.findIndex((other) => other.key === lead.key) === index);
}

/** Every reminder for every recipient whom it concerns. */
function wanted(subject: ReminderSubject, leads: PlannedLead[], now: Date): LedgerEntry[] {
  const { at, timeZone, notAfter = at } = subject;
  return leads.flatMap((lead) =>
    subject.recipients
      .filter(({ audience }) => audience === undefined || lead.audience === 'all' || lead.audience === audience)
      .map((recipient): LedgerEntry => {
        const recipientTimeZone = recipient.timeZone && isTimeZone(recipient.timeZone) ? recipient.timeZone : timeZone;
        const time = leadTime(lead, { at, timeZone, recipientTimeZone, notAfter, now });
        const who = recipient.personId ?? recipient.userId ?? recipient.email.toLowerCase();
        return {
          kind: 'reminder',
          dedupeKey: `${subject.subject}:${subject.aboutId}:${lead.key}:${at.toISOString()}:${who}`,
          reminderOf: subject.subject,
          occursAt: at,
          ruleId: lead.ruleId,
          aboutId: subject.aboutId,
          recipient,
          templateKey: lead.templateKey,
          data: { startsAt: at.toISOString(), timeZone, ...subject.data },
          timeZone,
          notAfter,
          ...time,
        };
      }),
  );
}
