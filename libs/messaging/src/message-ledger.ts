import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { currentActor, Database } from '#database';
import { Invalid } from '#faults';
import { JobQueues } from '#queue';
import { type MessageKind, type MessageReason, REVIVABLE } from './message-status.js';
import type { MailData, MessageInput, PlannedMessage, Recipient } from './planned-message.js';
import { renderSubject } from './template-text.js';
import { TemplatesReader } from './templates.reader.js';

/** A message with everything decided that can be decided before it is due. */
export interface LedgerEntry extends Omit<MessageInput, 'recipient'> {
  /** Whoever has no address gets nothing, and the ledger says so: with reason `no_address` alone. */
  recipient: Addressee;
  ruleId?: string;
  reminderOf?: string;
  occursAt?: Date;
  /** Set: it is written down, but will not be sent. */
  reason?: MessageReason | null;
}

type Addressee = Omit<Recipient, 'email'> & { email: string | null };

/** Address as RFC 5321 allows in practice: no spaces, no brackets, no line ends. */
const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,255}$/u;

/** Whether the ledger takes this as an address. */
export const isMailAddress = (email: string): boolean => EMAIL.test(email.trim());

/** Rows of one statement. */
const ROWS_AT_A_TIME = 5_000;

/** The one way into table `messages`; set-based, so that ten thousand rows are one statement. */
@Injectable()
export class MessageLedger {
  constructor(
    private readonly database: Database,
    private readonly templates: TemplatesReader,
    private readonly queues: JobQueues,
  ) {}

  /**
   * Writes messages down, each key once. A message of the same key that has gone out, or may have, stays as it is; one
   * still waiting takes the new data, and one being sent takes it for the next attempt; one taken back by an earlier plan
   * is planned again. Needs a transaction.
   */
  async enter(entries: LedgerEntry[]): Promise<PlannedMessage[]> {
    if (entries.length === 0) return [];
    const keys = [...new Set(entries.map((entry) => entry.dedupeKey))];
    const entered = await this.put<PlannedMessage>(entries, ENTER_AND_TELL);
    const allNew = entered.length === keys.length && keys.length <= ROWS_AT_A_TIME;
    return allNew ? entered : this.database.query<PlannedMessage>(PLANNED, [keys]);
  }

  /** The same without an answer, for a great many; memory holds so many rows at a time. */
  async write(entries: LedgerEntry[]): Promise<void> {
    if (entries.length > 0) await this.put(entries, ENTER);
  }

  private async put<Row>(entries: LedgerEntry[], sql: string): Promise<Row[]> {
    const answers: Row[] = [];
    const subjects = await this.templates.subjects(entries.map((entry) => entry.templateKey));
    const now = await this.database.now();
    const once = [...new Map(entries.map((entry) => [entry.dedupeKey, entry])).values()];
    for (let from = 0; from < once.length; from += ROWS_AT_A_TIME) {
      const rows = once.slice(from, from + ROWS_AT_A_TIME).map((entry) => toRow(entry, subjects, now));
      answers.push(...(await this.database.prepared<Row>(sql, [JSON.stringify(rows), REVIVABLE])));
    }
    if (once.some((entry) => isDue(entry, now))) this.database.afterCommit(() => this.queues.poke('mail'));
    return answers;
  }

  /**
   * Gives the mails of some kinds about records, other than those that went out, new data, a new limit and the entry for
   * calendars as it is now; `invitationId`: only the mails of this invitation. Needs a transaction.
   */
  async follow(facts: RecordFacts[], kinds: MessageKind[], invitationId?: string): Promise<void> {
    const byRecord = new Map(facts.map((each) => [each.aboutId, each]));
    const mails = await this.database.query<UnsentMail>(UNSENT, [[...byRecord.keys()], kinds, invitationId ?? null]);
    if (mails.length === 0) return;
    const subjects = await this.templates.subjects(mails.map((mail) => mail.templateKey));
    const rows = mails.map((mail) => {
      const data = { ...mail.data, ...byRecord.get(mail.aboutId)?.data };
      return { id: mail.id, subject: subjectOf(mail, data, subjects) };
    });
    await this.database.query(FOLLOW, [JSON.stringify(rows), JSON.stringify(facts)]);
  }
}

/** What is so now of a record that mails are about. */
interface RecordFacts extends Pick<MessageInput, 'data' | 'notAfter' | 'calendar'> {
  aboutId: string;
}

interface UnsentMail {
  id: string;
  aboutId: string;
  templateKey: string;
  locale: string;
  recipientName: string;
  data: MailData;
}

type Subjects = (key: string, locale: string) => string;

const subjectOf = (mail: Omit<UnsentMail, 'id' | 'aboutId' | 'data'>, data: MailData, subjects: Subjects): string =>
  renderSubject(subjects(mail.templateKey, mail.locale), { ...listless(data), recipientName: mail.recipientName });

/** Whether it may go out at once, unless it has. */
const isDue = ({ reason, sendAt = new Date(0) }: LedgerEntry, now: Date): boolean => !reason && sendAt <= now;

/** The user who causes the message; nobody where the system does. */
function plannedBy(): string | null {
  const { kind, id } = currentActor();
  return kind === 'user' ? id : null;
}

/** Throws Invalid for what is no address. */
function addressOf({ recipient, reason }: LedgerEntry): string | null {
  if (recipient.email === null && reason === 'no_address') return null;
  const email = recipient.email?.trim().toLowerCase() ?? '';
  if (isMailAddress(email)) return email;
  throw Invalid.field('/email', 'bad_email', `${JSON.stringify(recipient.email)} is not an e-mail address.`);
}

function toRow(entry: LedgerEntry, subjects: Subjects, now: Date) {
  const { recipient } = entry;
  const email = addressOf(entry);
  const locale = recipient.locale ?? 'en';
  const { templateKey } = entry;
  const sendAt = (entry.sendAt ?? now).toISOString();
  return {
    id: v7(),
    kind: entry.kind,
    reason: entry.reason ?? null,
    dedupe_key: entry.dedupeKey,
    rule_id: entry.ruleId,
    reminder_of: entry.reminderOf,
    occurs_at: entry.occursAt,
    about_id: entry.aboutId,
    person_id: recipient.personId,
    user_id: recipient.userId,
    invitation_id: entry.invitationId,
    batch_id: entry.batchId,
    email,
    recipient_name: recipient.name,
    locale,
    time_zone: recipient.timeZone ?? entry.timeZone ?? 'UTC',
    template_key: templateKey,
    data: entry.data,
    calendar: entry.calendar,
    subject: subjectOf({ templateKey, locale, recipientName: recipient.name }, entry.data, subjects),
    even_if_called_off: entry.evenIfCalledOff ?? false,
    send_at: sendAt,
    due_at: sendAt,
    not_after: entry.notAfter,
    planned_by: plannedBy(),
  };
}

/** Fields that have a value; null is no value. */
const listless = (data: MailData): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(data).filter(
      (pair): pair is [string, string | string[]] => pair[1] !== null && pair[1] !== undefined,
    ),
  );

const COLUMNS = `id, kind, dedupe_key, rule_id, reminder_of, occurs_at, about_id, person_id, user_id, invitation_id, batch_id, email,
  recipient_name, locale, time_zone, template_key, data, calendar, subject, even_if_called_off, send_at, due_at, not_after, planned_by`;

/** The message still waits for the same moment, so a plan made after that moment does not call it past. */
const STILL = `m.status IN ('planned', 'queued') AND m.send_at = excluded.send_at
  AND (excluded.status = 'planned' OR excluded.reason = 'past')`;

/** What somebody reads whose mail left, or may have left, before its row was given new data. */
const TOLD = `told = CASE WHEN m.status IN ('sending', 'unknown')
  THEN coalesce(m.told, m.data || jsonb_build_object('calendar', m.calendar)) ELSE m.told END`;

/** One being sent cannot be planned over; wanted again, it loses the mark of an earlier take-back. */
const STAYS = `(m.status = 'sending' OR ${STILL})`;

/**
 * $2: reasons that a plan may take back. A queued row whose time has changed becomes planned again; the job that was
 * made for it finds nothing to do.
 */
const ENTER = `
  INSERT INTO messages AS m (${COLUMNS}, status, reason)
  SELECT ${COLUMNS},
    CASE WHEN w.reason = 'suppressed' THEN 'suppressed' WHEN w.reason IS NOT NULL THEN 'cancelled'
      WHEN w.suppressed THEN 'suppressed' ELSE 'planned' END,
    CASE WHEN w.reason IS NOT NULL THEN w.reason WHEN w.suppressed THEN 'suppressed' END
  FROM (
    SELECT r.*, EXISTS (SELECT FROM suppressions s WHERE s.email = r.email) AS suppressed
    FROM jsonb_populate_recordset(NULL::messages, $1::jsonb) r
  ) w
  ON CONFLICT (dedupe_key) DO UPDATE SET
    status = CASE WHEN ${STAYS} THEN m.status ELSE excluded.status END,
    reason = CASE WHEN m.status = 'sending' THEN NULL WHEN ${STILL} THEN m.reason ELSE excluded.reason END,
    lease_until = CASE WHEN ${STAYS} THEN m.lease_until END,
    due_at = CASE WHEN ${STAYS} THEN m.due_at ELSE excluded.due_at END,
    send_at = excluded.send_at, not_after = excluded.not_after, data = excluded.data, calendar = excluded.calendar,
    subject = excluded.subject, ${TOLD},
    email = excluded.email, recipient_name = excluded.recipient_name, locale = excluded.locale,
    time_zone = excluded.time_zone, template_key = excluded.template_key, batch_id = excluded.batch_id,
    version = m.version + 1, updated_at = now()
  WHERE (m.status IN ('planned', 'queued', 'sending', 'suppressed') OR (m.status = 'cancelled' AND m.reason = ANY($2)))
    AND (m.status, m.reason, m.send_at, m.not_after, m.data, m.calendar, m.subject, m.email, m.recipient_name, m.locale,
         m.time_zone, m.template_key)
      IS DISTINCT FROM
        (excluded.status, excluded.reason, excluded.send_at, excluded.not_after, excluded.data, excluded.calendar, excluded.subject,
         excluded.email, excluded.recipient_name, excluded.locale, excluded.time_zone, excluded.template_key)`;

const planned = (from: string): string => `
  SELECT id, kind, status, reason, subject, send_at AS "sendAt",
    jsonb_build_object('personId', person_id, 'userId', user_id, 'email', email, 'name', recipient_name) AS recipient
  FROM ${from} AND email IS NOT NULL ORDER BY send_at, email`;

const PLANNED = planned('messages WHERE dedupe_key = ANY($1)');

/** Says of each row that was written what it is now. */
const ENTER_AND_TELL = `WITH entered AS (${ENTER} RETURNING *) ${planned('entered WHERE true')}`;

const UNSENT = `
  SELECT id, about_id AS "aboutId", template_key AS "templateKey", locale, recipient_name AS "recipientName", data
  FROM messages
  WHERE about_id = ANY($1::uuid[]) AND kind = ANY($2) AND status <> 'sent' AND ($3::uuid IS NULL OR invitation_id = $3) ORDER BY id FOR UPDATE`;

/** A mail that asks again is useful while an answer is asked for. */
const LIMIT = `CASE WHEN m.kind = 'nudge' THEN least(f."notAfter", ((m.data || f.data)->>'respondBy')::timestamptz) ELSE f."notAfter" END`;

/**
 * Without an exact time, an event has no entry. What the mail says of its recipient's participation, it says still;
 * one that withdraws an entry goes on doing so, and a notice that had none gets none.
 */
const ENTRY = `CASE WHEN m.calendar->>'method' = 'CANCEL' THEN m.calendar
  WHEN f.calendar IS NOT NULL AND (m.calendar IS NOT NULL OR m.kind IN ('invitation', 'nudge'))
    THEN coalesce(m.calendar, '{}') || f.calendar END`;

/** A recipient without a zone of their own was given the event's, and keeps having that. */
const FOLLOW = `
  UPDATE messages m SET data = m.data || f.data, calendar = ${ENTRY}, subject = r.subject, not_after = ${LIMIT}, ${TOLD},
    time_zone = CASE WHEN m.time_zone = m.data->>'timeZone' THEN coalesce(f.data->>'timeZone', m.time_zone) ELSE m.time_zone END,
    version = m.version + 1, updated_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, subject text),
    jsonb_to_recordset($2::jsonb) AS f ("aboutId" uuid, data jsonb, "notAfter" timestamptz, calendar jsonb)
  WHERE m.id = r.id AND m.about_id = f."aboutId" AND (m.data || f.data, ${ENTRY}, r.subject, ${LIMIT})
    IS DISTINCT FROM (m.data, m.calendar, m.subject, m.not_after)`;
