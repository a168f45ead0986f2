import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { NotFound } from '#faults';
import { JobQueues } from '#queue';
import { MessageLedger } from './message-ledger.js';
import { isResendable, type MessageReason, type MessageStatus } from './message-status.js';
import { NotCancellable, NotResendable } from './messaging.errors.js';
import type { MessageInput, PlannedMessage } from './planned-message.js';
import { visibleMessages } from './visible-messages.js';

/** Single messages: planning one, and what staff may do with one. */
@Injectable()
export class MessagesService {
  constructor(
    readonly database: Database,
    private readonly ledger: MessageLedger,
    private readonly trail: AuditTrail,
    private readonly queues: JobQueues,
  ) {}

  /** Plans messages, each dedupe key once for ever. Throws Invalid for an address that is none. */
  @Transactional()
  async plan(messages: MessageInput[]): Promise<PlannedMessage[]> {
    const now = await this.database.now();
    return this.ledger.enter(
      messages.map((message) => ({ ...message, reason: message.notAfter && message.notAfter < now ? 'past' : null })),
    );
  }

  /** Throws NotFound, or NotCancellable once it has begun to go out. */
  @Transactional()
  async cancel(id: string): Promise<void> {
    const { status } = await this.lock(id);
    if (status !== 'planned' && status !== 'queued') throw new NotCancellable(status);
    await this.database.query(CANCEL, [id]);
    await this.record('cancelled', id, status);
  }

  /**
   * Sends a message that failed, was cancelled or suppressed, or may not have gone out, under the Message-ID it had: a receiver who got
   * it before can tell. It goes at once, whatever its time was, unless something else has taken its place. Throws NotFound,
   * NotResendable.
   */
  @Transactional()
  async resend(id: string): Promise<void> {
    const { status, reason, moved, lifted } = await this.lock(id);
    if (moved || !(lifted || isResendable(status, reason)))
      throw new NotResendable(status, moved ? 'rescheduled' : reason);
    await this.database.query(RESEND, [id]);
    await this.record('resent', id, status);
    this.database.afterCommit(() => this.queues.poke('mail'));
  }

  /**
   * What waits for people at the address they had goes to their new one; without one, it is cancelled. Mail to other
   * addresses of theirs stays. Joined into the transaction that changes the people.
   */
  @Transactional()
  async readdress(...moves: AddressMove[]): Promise<void> {
    const lower = moves.map(({ personId, from, to }) => ({
      personId,
      from: from.toLowerCase(),
      to: to?.toLowerCase() ?? null,
    }));
    if (lower.length > 0) await this.database.query(READDRESS, [JSON.stringify(lower)]);
  }

  /**
   * Those of some records about whom, or to whom, mail has gone out, or may have. Mail that is only planned counts for
   * nothing, nor does mail that never went out.
   */
  async mentioned(recordIds: string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(MENTIONED, [recordIds]);
    return rows.map(({ id }) => id);
  }

  /** Cancels what waits about records, or for people, that are about to be removed. Joined into that transaction. */
  @Transactional()
  async letGo(recordIds: string[]): Promise<void> {
    await this.database.query(LET_GO, [recordIds]);
  }

  private async lock(id: string): Promise<LockedMessage> {
    const row = await this.database.queryOne<LockedMessage>(lockSql(), [id]);
    if (!row) throw new NotFound('message', id);
    return row;
  }

  private record(action: string, id: string, status: MessageStatus): Promise<void> {
    return this.trail.record({ action, subjectType: 'message', aboutId: id, before: { status } });
  }
}

/** A person's mail that waits at `from` goes to `to`, or to nobody. */
export interface AddressMove {
  personId: string;
  from: string;
  to: string | null;
}

interface LockedMessage {
  status: MessageStatus;
  reason: MessageReason | null;
  /** A reminder of a time that what it is about no longer has. */
  moved: boolean;
  /** Suppressed by an address that is off the list again; who was never invited for it gets an invitation by the next round. */
  lifted: boolean;
}

/**
 * A membership's reminders count from its last day, an invitation's from when its answer is due, those of a mission from
 * the morning of its first day, a promise's from the morning of its last, all others from the start.
 */
const MOVED = `CASE WHEN m.reminder_of = 'membership' THEN (m.occurs_at AT TIME ZONE 'UTC')::date <> a.ends_at::date
  WHEN m.reminder_of = 'invitation'
    THEN m.occurs_at <> coalesce((SELECT i.respond_by FROM invitations i WHERE i.id = m.invitation_id), a.starts_at)
  WHEN m.reminder_of = 'commitment' THEN (m.occurs_at AT TIME ZONE m.time_zone)::date <> a.ends_at::date
  WHEN a.type = 'trade_mission' THEN (m.occurs_at AT TIME ZONE a.time_zone)::date <> (a.starts_at AT TIME ZONE a.time_zone)::date
  ELSE m.occurs_at <> a.starts_at END`;

const lockSql = (): string => `
  SELECT m.status, m.reason, coalesce(${MOVED}, false) AS moved,
    m.status = 'suppressed' AND (m.invitation_id IS NOT NULL OR m.kind NOT IN ('invitation', 'nudge'))
      AND NOT EXISTS (SELECT FROM suppressions s WHERE s.email = m.email) AS lifted
  FROM messages m LEFT JOIN records a ON a.id = m.about_id
  WHERE m.id = $1 AND ${visibleMessages(currentActor())} FOR UPDATE OF m`;

const READDRESS = `
  UPDATE messages m SET email = coalesce(c."to", m.email), version = m.version + 1, updated_at = now(),
    status = CASE WHEN c."to" IS NULL THEN 'cancelled' ELSE m.status END,
    reason = CASE WHEN c."to" IS NULL THEN 'no_address' ELSE m.reason END,
    lease_until = CASE WHEN c."to" IS NOT NULL THEN m.lease_until END
  FROM jsonb_to_recordset($1::jsonb) AS c ("personId" uuid, "from" text, "to" text)
  WHERE m.person_id = c."personId" AND m.email = c."from" AND m.status IN ('planned', 'queued')`;

const MENTIONED = `
  SELECT w.id FROM unnest($1::uuid[]) AS w (id)
  WHERE EXISTS (SELECT FROM messages WHERE about_id = w.id AND status IN ('sending', 'sent', 'unknown'))
     OR EXISTS (SELECT FROM messages WHERE person_id = w.id AND status IN ('sending', 'sent', 'unknown'))`;

const LET_GO = `
  UPDATE messages SET status = 'cancelled', reason = 'subject_removed', lease_until = NULL, version = version + 1, updated_at = now()
  WHERE id IN (SELECT id FROM messages WHERE about_id = ANY($1::uuid[]) UNION SELECT id FROM messages WHERE person_id = ANY($1::uuid[]))
    AND status IN ('planned', 'queued')`;

const CANCEL = `
  UPDATE messages SET status = 'cancelled', reason = 'cancelled_by_staff', lease_until = NULL, version = version + 1, updated_at = now()
  WHERE id = $1`;

/** The 72 hours of trying begin anew, and a limit that has passed no longer counts: somebody wants it sent now. */
const RESEND = `
  UPDATE messages SET status = 'planned', reason = NULL, due_at = now(), first_tried_at = NULL, attempts = 0,
    not_after = CASE WHEN not_after > now() THEN not_after END, version = version + 1, updated_at = now()
  WHERE id = $1`;
