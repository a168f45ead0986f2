import { Conflict } from '#faults';

export const COMMITMENT_STATUSES = ['open', 'kept', 'broken', 'released'] as const;
export type CommitmentStatus = (typeof COMMITMENT_STATUSES)[number];

/** How an open commitment can end. */
export const SETTLEMENTS = ['kept', 'broken', 'released'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** The commitment has ended already, maybe otherwise. */
export class CommitmentSettled extends Conflict {
  constructor(status: CommitmentStatus) {
    super('commitment_settled', `This commitment is no longer open: it is ${status}.`, { status });
  }
}

/** There is nothing to open again. */
export class CommitmentNotSettled extends Conflict {
  constructor() {
    super('commitment_not_settled', 'This commitment is open already.', { status: 'open' });
  }
}

/** Only an open commitment can be settled. Throws CommitmentSettled. */
export function settled(status: CommitmentStatus, as: Settlement): CommitmentStatus {
  if (status !== 'open') throw new CommitmentSettled(status);
  return as;
}
