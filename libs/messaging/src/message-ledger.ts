import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Database } from '#database';
import { Invalid } from '#faults';
import { JobQueues } from '#queue';
import { type MessageReason, REVIVABLE } from './message-status.js';
import type { MailData, MessageInput, PlannedMessage } from './planned-message.js';
import { renderSubject } from './template-text.js';
import { TemplatesReader } from './templates.reader.js';

/** A message with everything decided that can be decided before it is due. */
export interface LedgerEntry extends MessageInput {
  ruleId?: string;
  reminderOf?: string;
  occursAt?: Date;
  /** Set: it is written down, but will not be sent. */
  reason?: MessageReason | null;
}

/** Address as RFC 5321 allows in practice: no spaces, no brackets, no line ends. */
const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,255}$/u;

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
   * still waiting takes the new data; one taken back by an earlier plan is planned again. Needs a transaction.
   */
  async enter(entries: LedgerEntry[]): Promise<PlannedMessage[]> {
    if (entries.length === 0) return [];
    const subjects = await this.templates.subjects(entries.map((entry) => entry.templateKey));
    const rows = new Map(entries.map((entry) => [entry.dedupeKey, toRow(entry, subjects)]));
    await this.database.query(ENTER, [JSON.stringify([...rows.values()]), REVIVABLE]);
    const planned = await this.database.query<PlannedMessage>(PLANNED, [[...rows.keys()]]);
    if (planned.some(isDue)) this.database.afterCommit(() => this.queues.poke('mail'));
    return planned;
  }
}

const isDue = ({ status, sendAt }: PlannedMessage): boolean => status === 'planned' && sendAt.getTime() <= Date.now();

function toRow(entry: LedgerEntry, subjectOf: (key: string, locale: string) => string) {
  const { recipient } = entry;
  const email = recipient.email.trim().toLowerCase();
  if (!EMAIL.test(email))
    throw Invalid.field('/email', 'bad_email', `${JSON.stringify(recipient.email)} is not an e-mail address.`);
  const locale = recipient.locale ?? 'en';
  const view = { ...listless(entry.data), recipientName: recipient.name };
  const sendAt = (entry.sendAt ?? new Date()).toISOString();
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
    template_key: entry.templateKey,
    data: entry.data,
    subject: renderSubject(subjectOf(entry.templateKey, locale), view),
    even_if_called_off: entry.evenIfCalledOff ?? false,
    send_at: sendAt,
    due_at: sendAt,
    not_after: entry.notAfter,
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
  recipient_name, locale, time_zone, template_key, data, subject, even_if_called_off, send_at, due_at, not_after`;

/** The message still waits for the same moment, so a plan made after that moment does not call it past. */
const STILL = `m.status IN ('planned', 'queued') AND m.send_at = excluded.send_at
  AND (excluded.status = 'planned' OR excluded.reason = 'past')`;

/**
 * $2: reasons that a plan may take back. A queued row whose time has changed becomes planned again; the job that was
 * made for it finds nothing to do.
 */
const ENTER = `
  INSERT INTO messages AS m (${COLUMNS}, status, reason)
  SELECT ${COLUMNS},
    CASE WHEN w.reason IS NOT NULL THEN 'cancelled' WHEN w.suppressed THEN 'suppressed' ELSE 'planned' END,
    CASE WHEN w.reason IS NOT NULL THEN w.reason WHEN w.suppressed THEN 'suppressed' END
  FROM (
    SELECT r.*, EXISTS (SELECT FROM suppressions s WHERE s.email = r.email) AS suppressed
    FROM jsonb_populate_recordset(NULL::messages, $1::jsonb) r
  ) w
  ON CONFLICT (dedupe_key) DO UPDATE SET
    status = CASE WHEN ${STILL} THEN m.status ELSE excluded.status END,
    reason = CASE WHEN ${STILL} THEN m.reason ELSE excluded.reason END,
    lease_until = CASE WHEN ${STILL} THEN m.lease_until END,
    due_at = CASE WHEN ${STILL} THEN m.due_at ELSE excluded.due_at END,
    send_at = excluded.send_at, not_after = excluded.not_after, data = excluded.data, subject = excluded.subject,
    email = excluded.email, recipient_name = excluded.recipient_name, locale = excluded.locale,
    time_zone = excluded.time_zone, template_key = excluded.template_key, version = m.version + 1, updated_at = now()
  WHERE (m.status IN ('planned', 'queued', 'suppressed') OR (m.status = 'cancelled' AND m.reason = ANY($2)))
    AND (m.status, m.reason, m.send_at, m.not_after, m.data, m.subject, m.email, m.recipient_name, m.locale, m.time_zone,
         m.template_key)
      IS DISTINCT FROM
        (excluded.status, excluded.reason, excluded.send_at, excluded.not_after, excluded.data, excluded.subject,
         excluded.email, excluded.recipient_name, excluded.locale, excluded.time_zone, excluded.template_key)`;

const PLANNED = `
  SELECT id, kind, status, reason, subject, send_at AS "sendAt",
    jsonb_build_object('personId', person_id, 'userId', user_id, 'email', email, 'name', recipient_name) AS recipient
  FROM messages WHERE dedupe_key = ANY($1) ORDER BY send_at, email`;
