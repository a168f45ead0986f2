import { instantText } from '#calendar';
import { Conflict, Invalid } from '#faults';

export class MissionStatusRefused extends Conflict {
  constructor(from: string, to: string, allowed: readonly string[]) {
    const detail = `A mission that is ${from} cannot become ${to}; possible: ${allowed.join(', ')}.`;
    super('status_refused', detail, { from, to, allowed });
  }
}

/** Nothing is planned in a mission that does not take place. */
export class MissionCancelled extends Conflict {
  constructor() {
    super('mission_cancelled', 'This mission is cancelled; set its status to planned first.');
  }
}

export interface ItemOutside {
  id: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
}

/** New days of a mission that would leave parts of its itinerary behind. */
export class ItemsOutside extends Conflict {
  constructor(items: ItemOutside[]) {
    const detail =
      'Items of the itinerary would lie outside of the mission; move them first, or send moveItinerary: true to move all along.';
    const named = items.map(({ id, title, startsAt, endsAt }) => ({
      type: 'itinerary_item',
      id,
      title,
      startsAt: instantText(startsAt),
      endsAt: instantText(endsAt),
    }));
    super('items_outside', detail, { items: named });
  }
}

/** One host for each organization and mission. */
export class HostExists extends Conflict {
  constructor(hostId: string) {
    super('host_exists', 'This organization is a host of this mission already.', { hostId });
  }
}

/** A reference to something that does not exist. */
export const unknownReference = (pointer: string, noun: string, id: string): Invalid =>
  Invalid.field(pointer, 'unknown_reference', `There is no ${noun} with id ${id}.`);

export const hostElsewhere = (): Invalid =>
  Invalid.field('/hostId', 'host_of_another_mission', 'This host belongs to another mission.');

/** Delegates an item names who are none of its mission. */
export const unknownDelegates = (missing: { id: string; index: number }[]): Invalid =>
  new Invalid(
    missing.map(({ id, index }) => ({
      pointer: `/delegateIds/${index}`,
      code: 'unknown_delegate',
      message: `This mission has no delegate with id ${id}.`,
    })),
  );
