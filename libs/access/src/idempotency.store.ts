import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Conflict, Invalid } from '#faults';

/** Hours for which an answer is kept. */
export const KEPT_HOURS = 48;

export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface IdempotentCall {
  /** Whose key it is: two callers may use the same text. */
  principal: string;
  key: string;
  /** Hash of method, path and body. */
  requestHash: Buffer;
}

/** The same key is being worked on at this moment. */
export class StillRunning extends Conflict {
  constructor() {
    super('idempotency_still_running', 'A request with this Idempotency-Key is still running.');
  }
}

/**
 * Keeps the answer of a POST in the transaction of the work itself: both are there or neither, even after kill -9.
 * Needs an open transaction. Refused requests change nothing and are not kept.
 */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly database: Database) {}

  /** The kept answer, if there is one. Throws StillRunning, or Invalid when the key was used for another request. */
  async find({ principal, key, requestHash }: IdempotentCall): Promise<KeptAnswer | undefined> {
    const [lock] = await this.database.query<{ free: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS free',
      [`${principal} ${key}`],
    );
    if (!lock?.free) throw new StillRunning();
    const kept = await this.database.queryOne<KeptAnswer & { same: boolean }>(
      `SELECT status, headers, body, request_hash = $3 AS same FROM idempotency_keys
       WHERE principal = $1 AND key = $2 AND created_at > now() - make_interval(hours => ${KEPT_HOURS})`,
      [principal, key, requestHash],
    );
    if (kept && !kept.same) {
      throw Invalid.field('', 'idempotency_key_reused', 'This Idempotency-Key was used for another request.', {
        header: 'Idempotency-Key',
      });
    }
    return kept;
  }

  /** Keeps the answer and forgets a few that are too old. */
  async keep(call: IdempotentCall, answer: KeptAnswer): Promise<void> {
    await this.database.query(
      `DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys
         WHERE created_at < now() - make_interval(hours => ${KEPT_HOURS}) LIMIT 20 FOR UPDATE SKIP LOCKED)`,
    );
    await this.database.query(
      `INSERT INTO idempotency_keys (principal, key, request_hash, status, headers, body) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (principal, key) DO UPDATE SET request_hash = excluded.request_hash, status = excluded.status,
         headers = excluded.headers, body = excluded.body, created_at = now()`,
      [
        call.principal,
        call.key,
        call.requestHash,
        answer.status,
        JSON.stringify(answer.headers),
        JSON.stringify(answer.body ?? null),
      ],
    );
  }
}
