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

type KnownGuest = Pick<EventGuest, 'takesPart' | 'waits'> | undefined;

/** An event's guests, as far as its feature knows. */
export type KnownGuests = (personId: string) => KnownGuest;

/** The guests of several events of one type at once, each with its event. */
type GuestList = (aboutIds: string[]) => Promise<(EventGuest & { aboutId: string })[]>;

/** Lets a feature say who takes part in its events without having been invited, and who no longer does. */
@Injectable()
export class EventGuests {
  private readonly lists = new Map<string, GuestList>();
  private readonly tasks: string[] = [NO_TASKS];

  /** Throws when two features claim one type of record. */
  register(type: RecordType, list: GuestList): void {
    if (this.lists.has(type)) throw new Error(`Two features know the guests of a ${type}.`);
    this.lists.set(type, list);
  }

  /** Whoever was mailed about what they have to do for an event knows of it: `SELECT … AS event, … AS task FROM …`. */
  registerTasks(source: string): void {
    this.tasks.push(source);
  }

  /** SQL of all that guests have to do, each with its event. */
  get tasksSql(): string {
    return this.tasks.join(' UNION ALL ');
  }

  /** Whether a feature keeps the list of those who take part in such events. */
  isKept(type: string): boolean {
    return this.lists.has(type);
  }

  /** Undefined for whoever the feature does not know. */
  async of(type: string, aboutId: string): Promise<KnownGuests> {
    const known = await this.ofAll([{ type, id: aboutId }]);
    return (personId) => known(aboutId, personId);
  }

  /** The same of several events, one question for each type of them. */
  async ofAll(events: { type: string; id: string }[]): Promise<(aboutId: string, personId: string) => KnownGuest> {
    const known = new Map<string, EventGuest>();
    for (const type of new Set(events.map((event) => event.type))) {
      const ids = events.filter((event) => event.type === type).map(({ id }) => id);
      for (const guest of (await this.lists.get(type)?.(ids)) ?? [])
        known.set(`${guest.aboutId} ${guest.personId}`, guest);
    }
    return (aboutId, personId) => known.get(`${aboutId} ${personId}`);
  }
}

const NO_TASKS = 'SELECT NULL::uuid AS event, NULL::uuid AS task WHERE false';
