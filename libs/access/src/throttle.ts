import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import { TooManyAttempts } from './access.errors.js';

/** How often something may be tried under one key. */
export interface Allowance {
  key: string;
  /** Tries before the first wait. */
  free: number;
  /** Seconds until one more try is free; without it each further try waits twice as long as the last. */
  refill?: number;
}

const LONGEST_WAIT_SECONDS = 900;
/** After this long without a try the counter starts anew. */
const FORGET = "interval '1 hour'";

interface Counter {
  key: string;
  tries: number;
  /** Seconds since the last one. */
  age: number;
}

/**
 * Counts tries in the database, since every API process must know of those that went to another one. A refused try is
 * not counted: who goes on at the pace that is told gets through.
 */
@Injectable()
export class Throttle {
  constructor(readonly database: Database) {}

  /** Counts a try before it is made, so that many at the same moment cannot slip through. Throws TooManyAttempts. */
  @Transactional()
  async count(allowances: Allowance[]): Promise<void> {
    const counters = await this.database.query<Counter>(LOCK, [allowances.map(({ key }) => key)]);
    const levels = counters.map((counter) => levelOf(counter, allowances));
    const wait = Math.max(...levels.map((level) => level.wait));
    if (wait > 0) throw new TooManyAttempts(Math.ceil(wait));
    await this.database.query(COUNT, [JSON.stringify(levels)]);
  }

  /** The try counted last under these keys was a good one. */
  async takeBack(keys: string[]): Promise<void> {
    await this.database.query('UPDATE attempts SET tries = greatest(tries - 1, 0) WHERE key = ANY($1)', [keys]);
  }

  /** The counter of this key starts anew. */
  async forget(key: string): Promise<void> {
    await this.database.query('DELETE FROM attempts WHERE key = $1', [key]);
  }
}

/** What a counter stands at now, and the seconds to wait before the next try. */
function levelOf({ key, tries, age }: Counter, allowances: Allowance[]): { key: string; tries: number; wait: number } {
  const { free = 0, refill } = allowances.find((allowance) => allowance.key === key) ?? {};
  if (refill === undefined) {
    const beyond = tries - free;
    return { key, tries, wait: beyond < 0 ? 0 : Math.min(2 ** beyond, LONGEST_WAIT_SECONDS) - age };
  }
  const level = Math.max(0, tries - age / refill);
  return { key, tries: level, wait: (level + 1 - free) * refill };
}

/** In the order of the keys, so that two who try never wait for each other. */
const LOCK = `
  INSERT INTO attempts AS a (key, tries, last_at)
  SELECT key, 0, now() FROM unnest($1::text[]) AS key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET tries = CASE WHEN a.last_at > now() - ${FORGET} THEN a.tries ELSE 0 END
  RETURNING key, tries, greatest(extract(epoch FROM now() - last_at), 0)::float8 AS age`;

/** Also clears away some of those that nobody has tried for long. */
const COUNT = `
  WITH purged AS (
    DELETE FROM attempts WHERE ctid IN (
      SELECT ctid FROM attempts WHERE last_at < now() - ${FORGET} LIMIT 20 FOR UPDATE SKIP LOCKED)
  )
  UPDATE attempts a SET tries = least(t.tries + 1, 10000), last_at = now()
  FROM jsonb_to_recordset($1::jsonb) AS t (key text, tries float8) WHERE a.key = t.key`;
