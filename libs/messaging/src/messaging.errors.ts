import { Conflict, Fault, Invalid } from '#faults';
import { type MessageReason, type MessageStatus, REASONS } from './message-status.js';

/** Only a message that has not begun to go out can be cancelled. */
export class NotCancellable extends Conflict {
  constructor(status: MessageStatus) {
    super('not_cancellable', `The message is ${status}; only planned ones can be cancelled.`, { status });
  }
}

/** Only a message that ended without being sent, and still says what is so, can be sent again. */
export class NotResendable extends Conflict {
  constructor(status: MessageStatus, reason: MessageReason | null) {
    const why = reason ? ` (${REASONS[reason]})` : '';
    const rule =
      'only failed and unknown ones, those stopped by hand or late, and those to an address that is suppressed no longer can be sent again';
    super('not_resendable', `The message is ${status}${why}; ${rule}.`, { status, reason });
  }
}

/** A link of a mail that is forged, expired, or for another purpose. */
export class BadMailLink extends Fault {
  constructor() {
    super('not_found', 'bad_link', 'This link is not valid, or no longer.');
  }
}

/** A link of ours that has expired or was revoked; `locale` (BCP 47) is that of whom it was sent to. */
export class MailLinkGone extends Fault {
  constructor(locale: string) {
    super('gone', 'link_gone', 'This link is no longer valid; a newer mail may hold another one.', [], { locale });
  }
}

export class TemplateExists extends Conflict {
  constructor(key: string, locale: string) {
    super('template_exists', `There is a template ${key} for ${locale} already.`);
  }
}

/** A text that is no delivery status notification (RFC 3464), or one that names nobody. */
export class NoDeliveryReport extends Invalid {
  constructor() {
    super([
      {
        pointer: '',
        code: 'no_delivery_report',
        message: 'There is no recipient with Final-Recipient, Action and Status in it (RFC 3464).',
      },
    ]);
  }
}

/** A mail that asks for an answer and shows no way to give one. */
export class UnanswerableTemplate extends Invalid {
  constructor(key: string) {
    const message = `The mails of "${key}" cannot be answered: its text must show {{respondUrl}} in every language.`;
    super([{ pointer: '/templateKey', code: 'unanswerable_template', message }]);
  }
}

/** A mail of no known template could be planned and never sent. */
export class UnknownTemplate extends Invalid {
  constructor(key: string) {
    super([{ pointer: '/templateKey', code: 'unknown_template', message: `There is no template "${key}".` }]);
  }
}
