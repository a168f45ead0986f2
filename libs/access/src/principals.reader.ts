import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#database';
import { tokenHash } from './tokens.js';

/** Milliseconds for which a look-up is remembered: how late a changed role or an ended account takes effect. */
const REMEMBERED = 5_000;
const MOST = 1_000;

interface Remembered {
  until: number;
  actor: Actor | undefined;
}

/** Turns a token's subject or an API key into the actor behind it, with at most one query per principal and five seconds. */
@Injectable()
export class PrincipalsReader {
  private readonly cache = new Map<string, Remembered>();

  constructor(private readonly database: Database) {}

  /** The active user with this id. */
  user(id: string): Promise<Actor | undefined> {
    return this.remember(`user:${id}`, () =>
      this.database.queryOne<Actor>(
        `SELECT 'user' AS kind, id, name, role FROM users WHERE id = $1 AND archived_at IS NULL`,
        [id],
      ),
    );
  }

  /** The holder of a valid API key. */
  apiKey(key: string): Promise<Actor | undefined> {
    const hash = tokenHash(key);
    return this.remember(`key:${hash.toString('base64')}`, () =>
      this.database.queryOne<Actor>(
        `SELECT 'api_key' AS kind, id, name, role FROM api_keys
         WHERE key_hash = $1 AND archived_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
        [hash],
      ),
    );
  }

  /** Looks a user or key up anew at its next use; other processes do so within five seconds. */
  forget(id: string): void {
    for (const [key, { actor }] of this.cache) if (actor?.id === id) this.cache.delete(key);
  }

  private async remember(key: string, find: () => Promise<Actor | undefined>): Promise<Actor | undefined> {
    const known = this.cache.get(key);
    if (known && known.until > Date.now()) return known.actor;
    const actor = await find();
    if (this.cache.size >= MOST) this.cache.clear();
    this.cache.set(key, { until: Date.now() + REMEMBERED, actor });
    return actor;
  }
}
