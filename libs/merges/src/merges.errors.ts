import { Conflict, type FieldFault, Invalid } from '#faults';

export type MergeType = 'person' | 'organization';

/** Records that cannot be merged, and why each. */
export const notMergeable = (faults: FieldFault[]): Invalid =>
  new Invalid(faults, 'These records cannot be merged; errors says why.');

/** A membership of each covers the same time: people must say which one counts. */
export class MembershipsOverlap extends Conflict {
  constructor(memberships: object[]) {
    super('membership_overlap', 'Both have a membership for the same time; cancel or shorten one of them first.', {
      memberships,
    });
  }
}

export class MergeReverted extends Conflict {
  constructor(id: string) {
    super('already_reverted', `Merge ${id} was reverted before.`);
  }
}

/** The kept record went on into another one. */
export class KeptWasMerged extends Conflict {
  constructor(mergeId: string) {
    super('kept_was_merged', 'The record that was kept has been merged itself since; revert that merge first.', {
      mergeId,
    });
  }
}
