import { Conflict } from '#faults';

/** A meeting without anybody is none. */
export class LastParticipant extends Conflict {
  constructor() {
    super('last_participant', 'A meeting has at least one participant; add another one first, or cancel the meeting.');
  }
}

/** The person takes part already. */
export class AlreadyParticipant extends Conflict {
  constructor(personId: string) {
    super('already_participant', 'This person takes part already.', { personId });
  }
}

/** Only what has an exact start and end can stand in a calendar. */
export class NoExactTime extends Conflict {
  constructor() {
    super('no_exact_time', 'This meeting has no exact start and end yet.');
  }
}
