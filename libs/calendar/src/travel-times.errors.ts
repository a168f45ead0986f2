import { Conflict } from '#faults';

/** One way has one travel time. */
export class TravelTimeExists extends Conflict {
  constructor(existingId: string) {
    super('travel_time_exists', 'There is a travel time for this way already.', { existingId });
  }
}
