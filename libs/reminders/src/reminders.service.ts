import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import {
  type LedgerEntry,
  MessageLedger,
  type MessageReason,
  type PlannedMessage,
  STOPPABLE,
  takenBack,
} from '#messaging';
import { daysAhead } from './reminder-plan.js';
import { oncePerMinute } from './once-per-minute.js';
import { demandSound, type PlannedLead, wantedEntries } from './reminder-entries.js';
import type { ReminderSubject, ReminderSubjectKind } from './reminder-subject.js';
import { holdRules } from './rules-lock.js';

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

  /** The same for subjects that are new, so that nothing can have been planned before. */
  @Transactional()
  async planNew(subjects: ReminderSubject[]): Promise<PlannedMessage[]> {
    return this.ledger.enter(await this.wanted(subjects));
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
    if (subjects.length === 0) return [];
    const entries = await this.wanted(subjects);
    await this.takeBack(
      subjects,
      entries.map((entry) => entry.dedupeKey),
      personIds,
    );
    return entries;
  }

  private async wanted(subjects: ReminderSubject[]): Promise<LedgerEntry[]> {
    subjects.forEach(demandSound);
    const rules = await this.rules(subjects.filter(({ offsets }) => !offsets).map(({ subject }) => subject));
    const now = await this.database.now();
    return oncePerMinute(subjects.flatMap((subject) => wantedEntries(subject, rules, now)));
  }

  private async rules(subjects: string[]): Promise<PlannedLead[]> {
    if (subjects.length === 0) return [];
    await holdRules(this.database);
    return this.database.query<PlannedLead>(RULES, [[...new Set(subjects)]]);
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
