import { Injectable } from '@nestjs/common';
import { AvailabilityReader } from '#calendar';
import { currentScope, Database, inScope, SYSTEM } from '#database';
import type { PlanSlot, PlanState } from './meeting-plan.js';

/** What the calendar says of those whom a plan is about: times alone, never what for. */
@Injectable()
export class PlanCalendar {
  constructor(
    private readonly database: Database,
    private readonly availability: AvailabilityReader,
  ) {}

  /** Person → spans in which they cannot be where the plan has its tables, but for what these subjects hold. */
  async away(
    personIds: string[],
    plan: Pick<PlanState, 'slots' | 'place' | 'roomIds'>,
    exceptFor: Set<string>,
  ): Promise<Map<string, PlanSlot[]>> {
    const away = new Map<string, PlanSlot[]>([...personIds].map((id) => [id, []]));
    const [from, to] = [plan.slots[0]?.startsAt, plan.slots.at(-1)?.endsAt];
    if (!from || !to) return away;
    for (const place of await this.places(plan))
      for (const { personId, aboutId, ...span } of await this.availability.awayFrom(place, [...away.keys()], from, to))
        if (!exceptFor.has(aboutId)) away.get(personId)?.push(span);
    return away;
  }

  /** Where ways to the tables lead, as for any meeting: a room is at the venue of its conference. */
  private async places({ place, roomIds }: Pick<PlanState, 'place' | 'roomIds'>): Promise<(string | null)[]> {
    const rows = await this.database.query<{ venue: string | null }>(VENUES, [roomIds, place]);
    return rows.length > 0 ? rows.map(({ venue }) => venue) : [place];
  }

  /** Room → spans in which it is held, but for what these subjects hold; read in the name of the system. */
  async taken(roomIds: string[], slots: PlanSlot[], exceptFor: Set<string>): Promise<Map<string, PlanSlot[]>> {
    const [from, to] = [slots[0]?.startsAt, slots.at(-1)?.endsAt];
    if (!from || !to) return new Map();
    const question = { personIds: [], roomIds, from, to };
    const found = await inScope({ ...currentScope(), actor: SYSTEM }, () => this.availability.busy(question));
    return new Map(
      found.map(({ resource, busy }) => [
        resource.id,
        busy.filter(({ about }) => !('id' in about && exceptFor.has(about.id))),
      ]),
    );
  }

  /** Those of some ids that are rooms of today, held until the commit. */
  async rooms(ids: string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM records WHERE id = ANY($1::uuid[]) AND type = 'room' AND archived_at IS NULL ORDER BY id FOR KEY SHARE`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

const VENUES = `
  SELECT DISTINCT CASE WHEN c.venue IS NULL THEN coalesce($2, c.city) ELSE concat_ws(', ', c.venue, c.city) END AS venue
  FROM rooms o JOIN conferences c ON c.id = o.conference_id WHERE o.id = ANY($1::uuid[])`;

/** The slots, by their place among all, that these spans touch. */
export const slotsTouched = (slots: PlanSlot[], spans: PlanSlot[]): number[] =>
  slots.flatMap((slot, index) =>
    spans.some((span) => span.startsAt < slot.endsAt && slot.startsAt < span.endsAt) ? [index] : [],
  );
