import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#database';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';

/** A message in the hands of one worker; an older claim on it is worth nothing. */
export interface ClaimedMessage {
  id: string;
  claim: number;
}

/** Finds in the ledger what is to be done now. Any number of workers may sweep at once. */
@Injectable()
export class MessageSweep {
  constructor(
    private readonly database: Database,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {}

  /**
   * Ends what nobody works on any more, cancels what has become useless, and claims what is due, oldest first. One
   * statement: each row is looked at by one sweep only.
   */
  run(): Promise<ClaimedMessage[]> {
    return this.database.query<ClaimedMessage>(SWEEP, [this.options.batch, this.options.queuedLease]);
  }

  /** Gives claims back that could not be passed on. */
  async release(claims: ClaimedMessage[]): Promise<void> {
    await this.database.query(RELEASE, [JSON.stringify(claims)]);
  }
}

const SWEEP = `
  WITH lost AS (
    UPDATE messages SET status = 'unknown', reason = 'lease_expired', lease_until = NULL, version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'sending' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), idle AS (
    UPDATE messages SET status = 'planned', lease_until = NULL, version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'queued' AND lease_until < now() FOR UPDATE SKIP LOCKED)
  ), useless AS (
    UPDATE messages SET status = 'cancelled', reason = 'too_late', version = version + 1, updated_at = now()
    WHERE id IN (SELECT id FROM messages WHERE status = 'planned' AND not_after < now() FOR UPDATE SKIP LOCKED)
  ), due AS (
    SELECT id FROM messages
    WHERE status = 'planned' AND due_at <= now() AND (not_after IS NULL OR not_after >= now())
    ORDER BY due_at
    LIMIT greatest(0, $1::int - (SELECT count(*) FROM messages WHERE status = 'queued'))
    FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE messages m SET status = 'queued', claim = m.claim + 1, lease_until = now() + $2::int * interval '1 ms',
      version = m.version + 1, updated_at = now()
    FROM due WHERE m.id = due.id RETURNING m.id, m.claim, m.due_at
  )
  SELECT id, claim FROM claimed ORDER BY due_at, id`;

const RELEASE = `
  UPDATE messages m SET status = 'planned', lease_until = NULL, version = m.version + 1, updated_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, claim int)
  WHERE m.id = c.id AND m.claim = c.claim AND m.status = 'queued'`;
