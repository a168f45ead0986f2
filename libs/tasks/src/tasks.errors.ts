import { Forbidden } from '#faults';

/** The task belongs to somebody else. */
export class NotYourTask extends Forbidden {
  constructor() {
    super('This task is changed by who wrote it, who is to do it, or a manager.');
  }
}
