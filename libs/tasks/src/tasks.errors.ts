import { Forbidden } from '#faults';

/** The tasks belong to somebody else. */
export class NotYourTasks extends Forbidden {
  constructor() {
    super('What somebody else has to do is handed over by that user, or a manager.');
  }
}

/** The task belongs to somebody else. */
export class NotYourTask extends Forbidden {
  constructor() {
    super('This task is changed by who wrote it, who is to do it, or a manager.');
  }
}
