import { Conflict } from '#faults';

/** A person takes part in a mission once. */
export class DelegateExists extends Conflict {
  constructor(delegateId: string) {
    super('delegate_exists', 'This person is a delegate of this mission already.', { delegateId });
  }
}

/** A delegation has one head at most. */
export class HeadExists extends Conflict {
  constructor(delegateId: string, name: string) {
    super('head_exists', `${name} is head of this delegation; give them another role first.`, { delegateId });
  }
}
