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

/** An answer to what is off or over. */
export class NothingToAnswer extends Conflict {
  constructor(code: 'called_off' | 'already_over') {
    super(code, code === 'called_off' ? 'It was called off.' : 'It is over.');
  }
}

export class InvitationCancelled extends Conflict {
  constructor() {
    super('invitation_cancelled', 'The invitation was withdrawn.');
  }
}

/** An answer that arrives after one which was given later. */
export class AnsweredSince extends Conflict {
  constructor() {
    super('answered_since', 'A later answer is known; this one was overtaken.');
  }
}

/** Why a text is no answer of one invitee to one event (RFC 5546 §3.2.3). */
export type NoReplyCode = keyof typeof NO_REPLY;

const NO_REPLY = {
  unreadable_mail: 'The mail is not put together as mails are (RFC 2045).',
  too_long: 'It is longer than any answer: 256,000 characters at most.',
  no_calendar: 'There is no single iCalendar object (RFC 5545) in it.',
  not_a_reply: 'It is no answer: its METHOD is not REPLY.',
  counter_proposal: 'It proposes another time (METHOD:COUNTER); nobody has answered yet. Write to whoever sent it.',
  not_one_event: 'An answer is about one event; this has none or several.',
  not_one_attendee: 'An answer has one ATTENDEE, who gives it; this has none or several.',
  no_address: 'ATTENDEE has no mail address.',
  no_answer: 'PARTSTAT is not ACCEPTED, TENTATIVE, DECLINED or DELEGATED.',
  no_stamp: 'There is no DTSTAMP, which says when the answer was given.',
};

/** A text that is not the answer of a calendar program. */
export class NoCalendarReply extends Invalid {
  constructor(code: NoReplyCode) {
    super([{ pointer: '', code, message: NO_REPLY[code] }]);
  }
}
