import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound, Stale } from '#faults';
import { Agreement } from './agreement.entity.js';

/** Agreements about to be changed. Whoever writes to one, its parties or signatories takes it first, so that they go one after another. */
@Injectable()
export class LockedAgreements {
  constructor(private readonly database: Database) {}

  /** Kept from other writers until the commit; a merge that moves its parties need not wait. Throws NotFound, Stale. */
  async get(id: string, version?: number): Promise<Agreement> {
    const lock = { mode: 'for_no_key_update' } as const;
    const agreement = await this.database.manager.findOne(Agreement, { where: { id }, lock });
    if (!agreement || agreement.archivedAt) throw new NotFound('agreement', id);
    if (version !== undefined && version !== agreement.version) throw new Stale(version, agreement.version);
    return agreement;
  }
}
