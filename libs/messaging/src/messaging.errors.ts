import { Conflict, Fault, Invalid } from '#faults';
import type { MessageStatus } from './message-status.js';

/** Only a message that has not begun to go out can be cancelled. */
export class NotCancellable extends Conflict {
  constructor(status: MessageStatus) {
    super('not_cancellable', `The message is ${status}; only planned ones can be cancelled.`, { status });
  }
}

/** Only a message that ended without being sent can be sent again. */
export class NotResendable extends Conflict {
  constructor(status: MessageStatus) {
    super('not_resendable', `The message is ${status}; only failed, unknown and cancelled ones can be sent again.`, {
      status,
    });
  }
}

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

/** A link of a mail that is forged, expired, or for another purpose. */
export class BadMailLink extends Fault {
  constructor() {
    super('not_found', 'bad_link', 'This link is not valid, or no longer.');
  }
}

export class TemplateExists extends Conflict {
  constructor(key: string, locale: string) {
    super('template_exists', `There is a template ${key} for ${locale} already.`);
  }
}
