import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore } from '#audit';
import { BookingMovesService, type Override } from '#calendar';
import { Database } from '#database';
import { ItineraryItem } from './itinerary-item.entity.js';
import { daysBetween, itinerarySpan, type MissionDays, movedByDays } from './mission-days.js';
import { type ItemOutside, ItemsOutside } from './trade-missions.errors.js';

/** What happens to a whole mission happens to its itinerary; needs the transaction that has locked the mission. */
@Injectable()
export class MissionItinerary {
  constructor(
    private readonly database: Database,
    private readonly store: AuditedStore,
    private readonly moves: BookingMovesService,
  ) {}

  /** Moves every item by as many days as the mission's first day moves, times of day kept. Throws DoubleBooked. */
  async moveAlong(missionId: string, from: MissionDays, to: MissionDays, override?: Override): Promise<void> {
    const days = daysBetween(from.startsOn, to.startsOn);
    if (days === 0) return;
    const items = await this.database.manager.find(ItineraryItem, {
      where: { missionId, archivedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const patches = items.map((item) => ({ entity: item, patch: movedByDays(item, days) }));
    await this.store.updateAll(ItineraryItem, patches, 'moved');
    await this.moves.move(
      items.map(({ id, startsAt, endsAt }) => ({ aboutId: id, startsAt, endsAt })),
      override,
    );
  }

  /** Throws ItemsOutside when items begin or end too far outside of the mission. */
  async demandWithin(missionId: string, days: MissionDays): Promise<void> {
    const outside = await this.database.query<ItemOutside>(OUTSIDE, [missionId, ...itinerarySpan(days)]);
    if (outside.length > 0) throw new ItemsOutside(outside);
  }
}

const OUTSIDE = `
  SELECT id, title, starts_at AS "startsAt", ends_at AS "endsAt" FROM itinerary_items
  WHERE mission_id = $1 AND archived_at IS NULL AND NOT tstzrange(starts_at, ends_at) <@ tstzrange($2, $3)
  ORDER BY starts_at, id`;
