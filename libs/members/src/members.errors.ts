import { Conflict, Invalid } from '#faults';

/** A reference to an organization, person or tier that does not exist. */
export const unknownReference = (pointer: string, noun: string, value: string): Invalid =>
  Invalid.field(pointer, 'unknown_reference', `There is no ${noun} ${value}.`);

/** A parent that is, through its own parents, a child. */
export const parentCycle = (): Invalid =>
  Invalid.field('/parentId', 'parent_cycle', 'An organization cannot be above itself.');

export class TierCodeTaken extends Conflict {
  constructor(code: string) {
    super('tier_code_taken', `There is a tier with the code ${code} already.`);
  }
}

/** One membership at a time for one organization or person. */
export class MembershipOverlap extends Conflict {
  constructor(membershipId?: string) {
    super('membership_overlap', 'Another membership of the same member covers part of this time.', { membershipId });
  }
}

export class MembershipCancelled extends Conflict {
  constructor() {
    super('membership_cancelled', 'This membership is cancelled; open a new one.');
  }
}

export class TierArchived extends Conflict {
  constructor(code: string) {
    super('tier_archived', `The tier ${code} is out of use; move the membership to another one first.`);
  }
}

export class TierInUse extends Conflict {
  constructor(code: string) {
    super('tier_in_use', `Somebody is a member in the tier ${code}.`);
  }
}

/** Merged records come back when their merge is reverted. */
export class MergedAway extends Conflict {
  constructor(intoId: string, mergeId: string) {
    super('merged_away', 'This record was merged into another one; revert the merge to get it back.', {
      intoId,
      mergeId,
    });
  }
}

/** At most one title of a person at an organization is the preferred one. */
export class PreferredTaken extends Conflict {
  constructor(positionId: string) {
    super('preferred_taken', 'Another title of this person there is the preferred one by now.', { positionId });
  }
}
