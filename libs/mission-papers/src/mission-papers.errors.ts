import { Conflict } from '#faults';
import type { DelegateStatus } from '#trade-missions';

/** Papers are for those who come. */
export class DelegateNotComing extends Conflict {
  constructor(status: DelegateStatus | 'archived') {
    super('delegate_not_coming', `There is no paper for a delegate who is ${status}.`, { status });
  }
}

/** Nobody is invited to a mission that does not take place. */
export class NoLetterFor extends Conflict {
  constructor() {
    super('mission_cancelled', 'This mission is cancelled; nobody is invited to it.');
  }
}

/** A file without a page cannot be made. */
export class NobodyToInvite extends Conflict {
  constructor() {
    super('no_delegates', 'Nobody takes part in this mission yet.');
  }
}
