import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { NotFound } from '#faults';
import { JobQueues } from '#queue';
import { visibleSql } from '#records';
import { MessageLedger } from './message-ledger.js';
import { isResendable, type MessageReason, type MessageStatus } from './message-status.js';
import { NotCancellable, NotResendable } from './messaging.errors.js';
import type { MessageInput, PlannedMessage } from './planned-message.js';

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
    const now = new Date();
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
   * Sends a message that failed, was cancelled, or may not have gone out, under the Message-ID it had: a receiver who got
   * it before can tell. It goes at once, whatever its time was, unless something else has taken its place. Throws NotFound,
   * NotResendable.
   */
  @Transactional()
  async resend(id: string): Promise<void> {
    const { status, reason, moved } = await this.lock(id);
    if (moved || !isResendable(status, reason)) throw new NotResendable(status, moved ? 'rescheduled' : reason);
    await this.database.query(RESEND, [id]);
    await this.record('resent', id, status);
    this.database.afterCommit(() => this.queues.poke('mail'));
  }

  /**
   * What waits for a person at the address they had goes to their new one; without one, it is cancelled. Mail to other
   * addresses of theirs stays. Joined into the transaction that changes the person.
   */
  @Transactional()
  async readdress(personId: string, from: string, to: string | null): Promise<void> {
    await this.database.query(READDRESS, [personId, from.toLowerCase(), to?.toLowerCase() ?? null]);
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

interface LockedMessage {
  status: MessageStatus;
  reason: MessageReason | null;
  /** A reminder of a time that what it is about no longer has. */
  moved: boolean;
}

const lockSql = (): string => `
  SELECT m.status, m.reason, coalesce(m.occurs_at <> a.starts_at, false) AS moved
  FROM messages m LEFT JOIN records a ON a.id = m.about_id
  WHERE m.id = $1 AND (m.about_id IS NULL OR ${visibleSql('a', currentActor())}) FOR UPDATE OF m`;

const READDRESS = `
  UPDATE messages SET email = coalesce($3::text, email), version = version + 1, updated_at = now(),
    status = CASE WHEN $3::text IS NULL THEN 'cancelled' ELSE status END,
    reason = CASE WHEN $3::text IS NULL THEN 'no_address' ELSE reason END,
    lease_until = CASE WHEN $3::text IS NOT NULL THEN lease_until END
  WHERE person_id = $1 AND email = $2 AND status IN ('planned', 'queued')`;

const CANCEL = `
  UPDATE messages SET status = 'cancelled', reason = 'cancelled_by_staff', lease_until = NULL, version = version + 1, updated_at = now()
  WHERE id = $1`;

/** The 72 hours of trying begin anew, and a limit that has passed no longer counts: somebody wants it sent now. */
const RESEND = `
  UPDATE messages SET status = 'planned', reason = NULL, due_at = now(), first_tried_at = NULL, attempts = 0,
    not_after = CASE WHEN not_after > now() THEN not_after END, version = version + 1, updated_at = now()
  WHERE id = $1`;
