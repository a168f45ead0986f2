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
import {
  daysAhead,
  isAfterwards,
  isAtOnce,
  isDuration,
  type Lead,
  leadBefore,
  leadTime,
  type LeadTime,
} from './reminder-plan.js';
import { oncePerMinute } from './once-per-minute.js';
import type { Reminded, ReminderSubject, ReminderSubjectKind } from './reminder-subject.js';
import { holdRules } from './rules-lock.js';

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

  /**
   * The same for many subjects at once, in as few statements as for one. With `personIds`, only the reminders of those
   * people are touched, so that one who joins 5,000 costs one.
   */
  @Transactional()
  async syncAll(subjects: ReminderSubject[], personIds?: string[]): Promise<PlannedMessage[]> {
    return this.ledger.enter(await this.renew(subjects, personIds));
  }

  /** The same without an answer, for a great many recipients. */
  @Transactional()
  async replanAll(subjects: ReminderSubject[]): Promise<void> {
    await this.ledger.write(await this.renew(subjects));
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

  /** Takes back the reminders about some records, of everybody or of some people; other mail about them stays. */
  @Transactional()
  async stop(aboutIds: string[], reason: MessageReason, personIds?: string[]): Promise<void> {
    await this.database.query(STOP, [aboutIds, reason, personIds ?? null]);
  }

  /** Takes back what is no longer wanted, and answers what is. */
  private async renew(subjects: ReminderSubject[], personIds?: string[]): Promise<LedgerEntry[]> {
    subjects.forEach(demandSound);
    await holdRules(this.database);
    const rules = await this.rules(subjects.filter(({ offsets }) => !offsets).map(({ subject }) => subject));
    const now = await this.database.now();
    const entries = oncePerMinute(
      subjects.flatMap((subject) => wanted(subject, subject.offsets ? ownLeads(subject, subject.offsets) : rules, now)),
    );
    await this.takeBack(
      subjects,
      entries.map((entry) => entry.dedupeKey),
      personIds,
    );
    return entries;
  }

  private async rules(subjects: string[]): Promise<PlannedLead[]> {
    return subjects.length > 0 ? this.database.query<PlannedLead>(RULES, [[...new Set(subjects)]]) : [];
  }

  private async takeBack(subjects: ReminderSubject[], keep: string[], personIds?: string[]): Promise<void> {
    const synced = subjects.map(({ aboutId, subject, at }) => ({ about: aboutId, kind: subject, at }));
    await this.database.query(TAKE_BACK, [JSON.stringify(synced), keep, personIds ?? null]);
  }
}

const RULES = `
  SELECT subject, id AS key, id AS "ruleId", offset_from AS offset, at_local_time AS "atLocalTime", audience, template_key AS "templateKey"
  FROM reminder_rules WHERE subject = ANY($1) AND enabled AND archived_at IS NULL ORDER BY id`;

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`CASE WHEN occurs_at IS DISTINCT FROM s.at THEN 'rescheduled' ELSE 'no_longer_wanted' END`)}
  FROM jsonb_to_recordset($1::jsonb) AS s (about uuid, kind text, at timestamptz)
  WHERE about_id = s.about AND reminder_of = s.kind AND ${STOPPABLE} AND dedupe_key <> ALL($2)
    AND ($3::uuid[] IS NULL OR person_id = ANY($3))`;

const STOP = `
  UPDATE messages SET ${takenBack('$2')}
  WHERE about_id = ANY($1::uuid[]) AND reminder_of IS NOT NULL AND ${STOPPABLE} AND ($3::uuid[] IS NULL OR person_id = ANY($3))`;

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
  const spoken = leads.filter((lead) => lead.subject === subject.subject);
  return spoken.flatMap((lead) => {
    const entryFor = entriesOf(subject, lead, now);
    return subject.recipients
      .filter(({ audience }) => audience === undefined || lead.audience === 'all' || lead.audience === audience)
      .map(entryFor);
  });
}

/** What all recipients of a reminder have in common is worked out once; when it goes out, once for each of their zones. */
function entriesOf(subject: ReminderSubject, lead: PlannedLead, now: Date): (recipient: Reminded) => LedgerEntry {
  const { at, timeZone, aboutId } = subject;
  const notAfter = usefulUntil(subject, lead);
  const occurrence = `${subject.subject}:${aboutId}:${lead.key}:${at.toISOString()}`;
  const shared = {
    kind: 'reminder' as const,
    reminderOf: subject.subject,
    occursAt: at,
    ruleId: lead.ruleId,
    aboutId,
    templateKey: lead.templateKey,
    data: { startsAt: at.toISOString(), timeZone, ...subject.data },
    timeZone,
    notAfter,
  };
  const times = new Map<string | null | undefined, LeadTime>();
  const timeIn = (zone: string | null | undefined): LeadTime => {
    const known = times.get(zone);
    if (known) return known;
    const recipientTimeZone = zone && isTimeZone(zone) ? zone : timeZone;
    const time = leadTime(lead, { at, timeZone, recipientTimeZone, notAfter, now });
    times.set(zone, time);
    return time;
  };
  return ({ audience: _, ...recipient }) => {
    const who = recipient.personId ?? recipient.userId ?? recipient.email?.toLowerCase() ?? '';
    const unreachable = recipient.email === null && { reason: 'no_address' as const };
    return { ...shared, dedupeKey: `${occurrence}:${who}`, recipient, ...timeIn(recipient.timeZone), ...unreachable };
  };
}

/** Milliseconds for which a reminder at the very moment is of use: it can only go out after it. */
const AT_ONCE = 600_000;

function usefulUntil({ at, notAfter = at, notAfterwards = notAfter }: ReminderSubject, lead: Lead): Date {
  if (isAfterwards(lead.offset)) return notAfterwards;
  return isAtOnce(lead) ? new Date(Math.max(notAfter.getTime(), at.getTime() + AT_ONCE)) : notAfter;
}
