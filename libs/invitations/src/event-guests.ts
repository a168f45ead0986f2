import { Injectable } from '@nestjs/common';
import type { RecordType } from '#records';

/** Whether somebody takes part in an event, as far as its feature knows. */
export interface EventGuest {
  personId: string;
  /** False for whoever has given up a place, or lost it. */
  takesPart: boolean;
  /** Has no place yet, and so nothing in the calendar. */
  waits?: boolean;
}

/** An event's guests, as far as its feature knows. */
export type KnownGuests = (personId: string) => Pick<EventGuest, 'takesPart' | 'waits'> | undefined;

type GuestList = (aboutId: string) => Promise<EventGuest[]>;

/** Lets a feature say who takes part in its events without having been invited, and who no longer does. */
@Injectable()
export class EventGuests {
  private readonly lists = new Map<string, GuestList>();

  /** Throws when two features claim one type of record. */
  register(type: RecordType, list: GuestList): void {
    if (this.lists.has(type)) throw new Error(`Two features know the guests of a ${type}.`);
    this.lists.set(type, list);
  }

  /** Whether a feature keeps the list of those who take part in such events. */
  isKept(type: string): boolean {
    return this.lists.has(type);
  }

  /** Undefined for whoever the feature does not know. */
  async of(type: string, aboutId: string): Promise<KnownGuests> {
    const guests = (await this.lists.get(type)?.(aboutId)) ?? [];
    const known = new Map(guests.map((guest) => [guest.personId, guest]));
    return (personId) => known.get(personId);
  }
}
