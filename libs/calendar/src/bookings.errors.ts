import { Conflict } from '#faults';
import type { RecordSummary } from '#records';
import type { LocalTime } from './home-time-zones.js';

type RecordName = Pick<RecordSummary, 'type' | 'id' | 'title'>;

/** What a resource is held for; of a record the asker may not see only the type is told. */
export type BookingAbout = RecordName | { type: RecordSummary['type']; restricted: true };

/** One reason why something cannot be booked. */
export interface BookingConflict {
  /** `overlap`: held at that time. `travel`: held elsewhere so shortly before or after that there is no time for the way. */
  code: 'overlap' | 'travel';
  /** ISO 8601 duration of the way; with `travel` only. */
  travelTime?: string;
  resource: RecordName;
  about: BookingAbout;
  /** RFC 3339, UTC. */
  startsAt: string;
  endsAt: string;
  /** The same on the clocks of HOME_TIME_ZONES. */
  localTimes: LocalTime[];
  /** Where; null when not known, or not for the asker. */
  place: string | null;
  /** What it clashes with of that which was asked for. */
  wanted: { startsAt: string; endsAt: string; place: string | null };
}

const NAMED = 5;

/** A person or a room is held for something else at that time, or too far away shortly before or after. */
export class DoubleBooked extends Conflict {
  readonly conflicts: BookingConflict[];

  /** What is said twice, for two subjects at one time, is told once. */
  constructor(found: BookingConflict[]) {
    const conflicts = [...new Map(found.map((conflict) => [JSON.stringify(conflict), conflict])).values()];
    const names = [...new Set(conflicts.map((conflict) => conflict.resource.title))];
    const rest = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    const who = names.length > 0 ? `${names.slice(0, NAMED).join(', ')}${rest}` : 'Somebody';
    const onWay = conflicts.length > 0 && conflicts.every(({ code }) => code === 'travel');
    const booked = `${names.length > 1 ? 'are' : 'is'} booked at that time already.`;
    const fact = onWay ? 'cannot get from one place to the other in time.' : booked;
    super('double_booked', `${who} ${fact}`, { conflicts });
    this.conflicts = conflicts;
  }
}
