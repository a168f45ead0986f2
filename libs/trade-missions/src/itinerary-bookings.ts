import { Injectable } from '@nestjs/common';
import { type BookableResource, BookingsService, type Override } from '#calendar';
import { Database } from '#database';
import { takingPartSql } from './itinerary.reader.js';

/** Keeps the calendar in step with itineraries: every item holds the delegates who take part in it. */
@Injectable()
export class ItineraryBookings {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingsService,
  ) {}

  /**
   * Makes what the items of a mission hold fit its delegates as they are now; a mission that does not take place holds
   * nobody. Needs the transaction that has locked the mission. Throws DoubleBooked with everything that clashes.
   */
  async followMission(missionId: string, override?: Override): Promise<void> {
    const items = await this.database.query<HeldItem>(`${HELD_ITEMS} WHERE i.mission_id = $1 ORDER BY i.id`, [
      missionId,
    ]);
    await this.follow(items, override);
  }

  /** The same for the items that a delegate takes part in, or took until now. */
  async followDelegate(delegateId: string, override?: Override): Promise<void> {
    const items = await this.database.query<HeldItem>(`${HELD_ITEMS} ${OF_DELEGATE} ORDER BY i.id`, [delegateId]);
    await this.follow(items, override);
  }

  /** The same for one item. */
  async followItem(itemId: string, override?: Override): Promise<void> {
    const items = await this.database.query<HeldItem>(`${HELD_ITEMS} WHERE i.id = $1`, [itemId]);
    await this.follow(items, override);
  }

  private async follow(items: HeldItem[], override?: Override): Promise<void> {
    const subjects = items.map(({ id, startsAt, endsAt, place, personIds }) => ({
      aboutId: id,
      span: { startsAt, endsAt, place },
      resources: personIds.map((personId): BookableResource => ({ id: personId, kind: 'person' })),
    }));
    await this.bookings.bookAll(subjects, override);
  }
}

/** An item and those it holds; nobody where it does not take place, or holds nobody by its nature. */
interface HeldItem {
  id: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  personIds: string[];
}

const HELD_ITEMS = `
  SELECT i.id, i.starts_at AS "startsAt", i.ends_at AS "endsAt", nullif(concat_ws(', ', i.address, i.city), '') AS place,
    CASE WHEN i.holds_people AND i.archived_at IS NULL AND m.archived_at IS NULL AND m.status <> 'cancelled'
      THEN ARRAY(SELECT DISTINCT d.person_id::text FROM delegates d WHERE ${takingPartSql('d', 'i')})
      ELSE '{}' END AS "personIds"
  FROM itinerary_items i JOIN trade_missions m ON m.id = i.mission_id`;

const OF_DELEGATE = `
  JOIN delegates of ON of.mission_id = i.mission_id AND of.id = $1
  WHERE i.for_all OR EXISTS (SELECT FROM itinerary_item_delegates n WHERE n.item_id = i.id AND n.delegate_id = of.id)`;
