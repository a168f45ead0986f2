import { Conflict } from '#faults';

/** An agreement has each party once. */
export class AlreadyParty extends Conflict {
  constructor(partyId: string) {
    super('already_party', 'This is a party of this agreement already.', { partyId });
  }
}

/** Everybody signs once. */
export class AlreadySignatory extends Conflict {
  constructor(signatoryId: string) {
    super('already_signatory', 'This person signs this agreement already.', { signatoryId });
  }
}

/** What is signed was signed by somebody. */
export class LastParty extends Conflict {
  constructor() {
    super('last_party', 'What is signed has a party at least; add another one first.');
  }
}
