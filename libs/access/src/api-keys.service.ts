import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, type Role, Transactional } from '#database';
import { ApiKey } from './api-key.entity.js';
import { PrincipalsReader } from './principals.reader.js';
import { randomToken, tokenHash } from './tokens.js';

/** Characters of a key that a list may show. */
const SHOWN = 10;

@Injectable()
export class ApiKeysService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly principals: PrincipalsReader,
  ) {}

  /** Makes a key; the answer's `key` is shown this once and kept nowhere. */
  @Transactional()
  async create(input: { name: string; role: Role; expiresAt?: Date }): Promise<{ id: string; key: string }> {
    const key = randomToken('ck');
    const actor = currentActor();
    const createdBy = actor.kind === 'user' ? actor.id : null;
    const values = { ...input, prefix: key.slice(0, SHOWN), keyHash: tokenHash(key), createdBy };
    const { id } = await this.store.insert(ApiKey, values);
    return { id, key };
  }

  /** The key stops working within seconds. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(ApiKey, id, version);
    this.database.afterCommit(() => Promise.resolve(this.principals.forget(id)));
  }
}
