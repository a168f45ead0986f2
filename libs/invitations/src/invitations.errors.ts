import { Conflict, Invalid } from '#faults';

/** Nobody is never everybody. */
export class EmptyAudience extends Invalid {
  constructor() {
    super([
      { pointer: '/recipients', code: 'empty_audience', message: 'No person fits this audience; nobody was invited.' },
    ]);
  }
}

/** Inviting to something that is off or over. */
export class NothingToInviteTo extends Conflict {
  constructor(code: 'called_off' | 'already_over') {
    super(
      code,
      code === 'called_off'
        ? 'It was called off; nobody can be invited to it.'
        : 'It is over; nobody can be invited to it.',
    );
  }
}

export class InvitationCancelled extends Conflict {
  constructor() {
    super('invitation_cancelled', 'The invitation was withdrawn.');
  }
}
