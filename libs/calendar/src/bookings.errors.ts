import { Conflict } from '#faults';
import type { RecordSummary } from '#records';

type RecordName = Pick<RecordSummary, 'type' | 'id' | 'title'>;

/** What a resource is held for; of a record the asker may not see only the type is told. */
export type BookingAbout = RecordName | { type: RecordSummary['type']; restricted: true };

/** One reason why something cannot be booked. */
export interface BookingConflict {
  resource: RecordName;
  about: BookingAbout;
  /** RFC 3339, UTC. */
  startsAt: string;
  endsAt: string;
}

/** A person or a room is held for something else at that time. */
export class DoubleBooked extends Conflict {
  constructor(readonly conflicts: BookingConflict[]) {
    const names = [...new Set(conflicts.map((conflict) => conflict.resource.title))].join(', ');
    super('double_booked', `${names || 'Somebody'} is booked at that time already.`, { conflicts });
  }
}
