import { Injectable } from '@nestjs/common';
import { isTimeZone } from '#calendar';
import { Database, Transactional } from '#database';
import { Invalid } from '#faults';
import {
  type LedgerEntry,
  MessageLedger,
  type MessageReason,
  type PlannedMessage,
  STOPPABLE,
  takenBack,
} from '#messaging';
import { daysAhead, isAfterwards, isDuration, type Lead, leadBefore, leadTime } from './reminder-plan.js';
import type { ReminderSubject, ReminderSubjectKind } from './reminder-subject.js';

interface PlannedLead extends Lead {
  /** Kind of subject it speaks to. */
  subject: string;
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
    return this.syncAll([subject]);
  }

  /** The same for many subjects at once, in as few statements as for one. */
  @Transactional()
  async syncAll(subjects: ReminderSubject[]): Promise<PlannedMessage[]> {
    subjects.forEach(demandSound);
    const rules = await this.rules(subjects.filter(({ offsets }) => !offsets).map(({ subject }) => subject));
    const now = new Date();
    const entries = subjects.flatMap((subject) =>
      wanted(subject, subject.offsets ? ownLeads(subject, subject.offsets) : rules, now),
    );
    await this.takeBack(
      subjects,
      entries.map((entry) => entry.dedupeKey),
    );
    return this.ledger.enter(entries);
  }

  /** Days before its instant at which the earliest reminder of a kind of subject goes out by the rules, rounded up. */
  async longestLead(subject: ReminderSubjectKind): Promise<number> {
    const rules = await this.rules([subject]);
    return Math.max(0, ...rules.map(({ offset }) => daysAhead(offset, new Date())));
  }

  /** Takes back everything about a record that has not gone out; `evenIfCalledOff` messages stay. Answers how many were cancelled. */
  @Transactional()
  async cancel(aboutId: string, reason: MessageReason): Promise<number> {
    return this.cancelAll([aboutId], reason);
  }

  /** The same for many records, in one statement. */
  @Transactional()
  async cancelAll(aboutIds: string[], reason: MessageReason): Promise<number> {
    const cancelled = await this.database.query(CANCEL, [aboutIds, reason]);
    return cancelled.length;
  }

  private async rules(subjects: string[]): Promise<PlannedLead[]> {
    return subjects.length > 0 ? this.database.query<PlannedLead>(RULES, [[...new Set(subjects)]]) : [];
  }

  private async takeBack(subjects: ReminderSubject[], keep: string[]): Promise<void> {
    const synced = subjects.map(({ aboutId, subject, at }) => ({ about: aboutId, kind: subject, at }));
    await this.database.query(TAKE_BACK, [JSON.stringify(synced), keep]);
  }
}

const RULES = `
  SELECT subject, id AS key, id AS "ruleId", offset_from AS offset, at_local_time AS "atLocalTime", audience, template_key AS "templateKey"
  FROM reminder_rules WHERE subject = ANY($1) AND enabled AND archived_at IS NULL ORDER BY id`;

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`CASE WHEN occurs_at IS DISTINCT FROM s.at THEN 'rescheduled' ELSE 'no_longer_wanted' END`)}
  FROM jsonb_to_recordset($1::jsonb) AS s (about uuid, kind text, at timestamptz)
  WHERE about_id = s.about AND reminder_of = s.kind AND ${STOPPABLE} AND dedupe_key <> ALL($2)`;

const CANCEL = `
  WITH cancelled AS (
    UPDATE messages SET ${takenBack('$2')}
    WHERE about_id = ANY($1::uuid[]) AND ${STOPPABLE} AND NOT even_if_called_off RETURNING id, status
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
  const leads = offsets.map((offset) => ({ ...leadBefore(offset), subject, audience: 'all', templateKey }));
  return leads.filter((lead, index) => leads.findIndex((other) => other.key === lead.key) === index);
}

/** Every reminder for every recipient whom it concerns. */
function wanted(subject: ReminderSubject, leads: PlannedLead[], now: Date): LedgerEntry[] {
  const { at, timeZone } = subject;
  const spoken = leads.filter((lead) => lead.subject === subject.subject);
  return spoken.flatMap((lead) => {
    const notAfter = usefulUntil(subject, lead);
    return subject.recipients
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
      });
  });
}

const usefulUntil = ({ at, notAfter = at, notAfterwards = notAfter }: ReminderSubject, { offset }: Lead): Date =>
  isAfterwards(offset) ? notAfterwards : notAfter;
