import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { TooManyAttempts } from './access.errors.js';

/** Free tries before the first wait. */
export const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 900;
/** After this long without a failure the counter starts anew. */
const FORGET = "interval '1 hour'";

/** Slows down guessing per address and per client: after five failures each try waits twice as long as the last, at most 15 minutes. */
@Injectable()
export class LoginThrottle {
  constructor(private readonly database: Database) {}

  /** Throws TooManyAttempts while one of the keys has to wait. */
  async check(...keys: string[]): Promise<void> {
    const row = await this.database.queryOne<{ wait: number | null }>(
      `SELECT max(ceil(extract(epoch FROM last_failure_at - now()) + least(power(2, failures - $2), $3)))::int AS wait
       FROM login_attempts WHERE key = ANY($1) AND failures >= $2 AND last_failure_at > now() - ${FORGET}`,
      [keys, FREE_ATTEMPTS, LONGEST_WAIT_SECONDS],
    );
    if (row?.wait != null && row.wait > 0) throw new TooManyAttempts(row.wait);
  }

  /** Counts a failure against each key; keys are sorted so that two logins never wait for each other. */
  async failed(...keys: string[]): Promise<void> {
    await this.database.query(
      `INSERT INTO login_attempts AS a (key, failures, last_failure_at)
       SELECT key, 1, now() FROM unnest($1::text[]) AS key ORDER BY key
       ON CONFLICT (key) DO UPDATE SET last_failure_at = now(),
         failures = CASE WHEN a.last_failure_at > now() - ${FORGET} THEN least(a.failures + 1, 100) ELSE 1 END`,
      [[...keys].sort()],
    );
  }

  /** Forgets the failures of an address after a right password. */
  async succeeded(key: string): Promise<void> {
    await this.database.query('DELETE FROM login_attempts WHERE key = $1', [key]);
  }
}
