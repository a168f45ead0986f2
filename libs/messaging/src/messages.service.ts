import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import { JobQueues } from '#queue';
import { MessageLedger } from './message-ledger.js';
import { type MessageStatus, RESENDABLE } from './message-status.js';
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
    const status = await this.lock(id);
    if (status !== 'planned' && status !== 'queued') throw new NotCancellable(status);
    await this.database.query(CANCEL, [id]);
    await this.record('cancelled', id, status);
  }

  /**
   * Sends a message that failed, was cancelled, or may not have gone out, under the Message-ID it had: a receiver who got
   * it before can tell. It goes at once, whatever its time was. Throws NotFound, NotResendable.
   */
  @Transactional()
  async resend(id: string): Promise<void> {
    const status = await this.lock(id);
    if (!RESENDABLE.includes(status)) throw new NotResendable(status);
    await this.database.query(RESEND, [id]);
    await this.record('resent', id, status);
    this.database.afterCommit(() => this.queues.poke('mail'));
  }

  private async lock(id: string): Promise<MessageStatus> {
    const row = await this.database.queryOne<{ status: MessageStatus }>(
      'SELECT status FROM messages WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (!row) throw new NotFound('message', id);
    return row.status;
  }

  private record(action: string, id: string, status: MessageStatus): Promise<void> {
    return this.trail.record({ action, subjectType: 'message', aboutId: id, before: { status } });
  }
}

const CANCEL = `
  UPDATE messages SET status = 'cancelled', reason = 'cancelled_by_staff', lease_until = NULL, version = version + 1, updated_at = now()
  WHERE id = $1`;

/** The 72 hours of trying begin anew, and a limit that has passed no longer counts: somebody wants it sent now. */
const RESEND = `
  UPDATE messages SET status = 'planned', reason = NULL, due_at = now(), first_tried_at = NULL, attempts = 0,
    not_after = CASE WHEN not_after > now() THEN not_after END, version = version + 1, updated_at = now()
  WHERE id = $1`;
