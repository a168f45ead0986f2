import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { TooManyAttempts } from './access.errors.js';

/** Free tries before the first wait: of one client at one address, and of either alone. */
const FREE_AS_PAIR = 5;
const FREE_ALONE = 50;
const LONGEST_WAIT_SECONDS = 900;
/** After this long without a try the counter starts anew. */
const FORGET = "interval '1 hour'";

interface Counter {
  key: string;
  failures: number;
  /** Seconds since the last one. */
  age: number;
}

/**
 * Slows down guessing: after the free tries each one waits twice as long as the last, at most 15 minutes. What counts
 * first is the address together with the client, so that nobody is locked out by somebody else's guesses; one client
 * trying many addresses, and many clients trying one, are slowed down later.
 */
@Injectable()
export class LoginThrottle {
  constructor(readonly database: Database) {}

  /** Counts a try before it is made, so that many at the same moment cannot slip through. Throws TooManyAttempts. */
  @Transactional()
  async count(email: string, client: string): Promise<void> {
    const keys = keysOf(email, client);
    const counters = await this.database.query<Counter>(LOCK, [keys]);
    const wait = Math.max(...counters.map(secondsToWait));
    if (wait > 0) throw new TooManyAttempts(wait);
    await this.database.query(COUNT, [keys]);
    await this.database.query(PURGE);
  }

  /** The try counted last was no guess: the pair starts anew, the others take it back. */
  @Transactional()
  async forgive(email: string, client: string): Promise<void> {
    const [pair, ...alone] = keysOf(email, client);
    await this.database.query('UPDATE login_attempts SET failures = greatest(failures - 1, 0) WHERE key = ANY($1)', [
      alone,
    ]);
    await this.database.query('DELETE FROM login_attempts WHERE key = $1', [pair]);
  }
}

const keysOf = (email: string, client: string): [string, string, string] => {
  const address = email.toLowerCase();
  return [`pair:${address} ${client}`, `client:${client}`, `email:${address}`];
};

function secondsToWait({ key, failures, age }: Counter): number {
  const beyond = failures - (key.startsWith('pair:') ? FREE_AS_PAIR : FREE_ALONE);
  return beyond < 0 ? 0 : Math.ceil(Math.min(2 ** beyond, LONGEST_WAIT_SECONDS) - age);
}

/** In the order of the keys, so that two logins never wait for each other. */
const LOCK = `
  INSERT INTO login_attempts AS a (key, failures, last_failure_at)
  SELECT key, 0, now() FROM unnest($1::text[]) AS key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN a.last_failure_at > now() - ${FORGET} THEN a.failures ELSE 0 END
  RETURNING key, failures, extract(epoch FROM now() - last_failure_at)::float8 AS age`;

const COUNT = `
  UPDATE login_attempts SET failures = least(failures + 1, 100), last_failure_at = now() WHERE key = ANY($1)`;

const PURGE = `
  DELETE FROM login_attempts WHERE ctid IN (
    SELECT ctid FROM login_attempts WHERE last_failure_at < now() - ${FORGET} LIMIT 20 FOR UPDATE SKIP LOCKED)`;
