import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound, Stale } from '#faults';
import { TradeMission } from './trade-mission.entity.js';

/**
 * Missions about to be changed. Whoever writes to a mission, its delegates, hosts or itinerary takes it first, so that they
 * go one after another: who joins meets every item, and an item meets everybody who has joined.
 */
@Injectable()
export class LockedMissions {
  constructor(private readonly database: Database) {}

  /** Kept from other writers until the commit; those who only point at it need not wait. Throws NotFound, Stale. */
  async get(id: string, version?: number): Promise<TradeMission> {
    const mission = await this.database.manager.findOne(TradeMission, {
      where: { id },
      lock: { mode: 'for_no_key_update' },
    });
    if (!mission || mission.archivedAt) throw new NotFound('trade mission', id);
    if (version !== undefined && version !== mission.version) throw new Stale(version, mission.version);
    return mission;
  }
}
