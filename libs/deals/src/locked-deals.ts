import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound, Stale } from '#faults';
import { Deal } from './deal.entity.js';

/** Deals about to be changed. Whoever writes to a deal, its parties, instruments or touchpoints takes it first, so that they go one after another. */
@Injectable()
export class LockedDeals {
  constructor(private readonly database: Database) {}

  /** Kept from other writers until the commit; those who only point at it need not wait. Throws NotFound, Stale. */
  async get(id: string, version?: number): Promise<Deal> {
    const deal = await this.database.manager.findOne(Deal, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!deal || deal.archivedAt) throw new NotFound('deal', id);
    if (version !== undefined && version !== deal.version) throw new Stale(version, deal.version);
    return deal;
  }
}
