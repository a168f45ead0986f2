import { instantText } from '#calendar';
import { Conflict, Invalid } from '#faults';

export class ConferenceStatusRefused extends Conflict {
  constructor(from: string, to: string, allowed: readonly string[]) {
    const detail = `A conference that is ${from} cannot become ${to}; possible: ${allowed.join(', ')}.`;
    super('status_refused', detail, { from, to, allowed });
  }
}

/** Nothing is planned in a conference that does not take place. */
export class ConferenceCancelled extends Conflict {
  constructor() {
    super('conference_cancelled', 'This conference is cancelled; set its status to draft first.');
  }
}

export interface SessionOutside {
  id: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
}

/** New times of a conference that would leave sessions behind. */
export class SessionsOutside extends Conflict {
  constructor(sessions: SessionOutside[]) {
    const detail =
      'Sessions would lie outside of the conference; move them first, or send moveSessions: true to move all along.';
    const named = sessions.map(({ id, title, startsAt, endsAt }) => ({
      type: 'session',
      id,
      title,
      startsAt: instantText(startsAt),
      endsAt: instantText(endsAt),
    }));
    super('sessions_outside', detail, { sessions: named });
  }
}

export class RoomNameTaken extends Conflict {
  constructor(name: string) {
    super('room_name_taken', `This conference has a room called ${name} already.`);
  }
}

/** A room that something still to come is planned in. */
export class RoomInUse extends Conflict {
  constructor() {
    super('room_in_use', 'Something is planned in this room; move it first.');
  }
}

/** The same person in the same role of the same session. */
export class SpeakerExists extends Conflict {
  constructor(speakerId: string) {
    super('speaker_exists', 'This person has this role in this session already.', { speakerId });
  }
}

/** An order of precedence names somebody who does not speak in the session. */
export class UnknownSpeaker extends Invalid {
  constructor(index: number, id: string) {
    const message = `This session has no speaker with id ${id}.`;
    super([{ pointer: `/speakerIds/${index}`, code: 'unknown_speaker', message }]);
  }
}

/** One registration for each person and conference. */
export class AlreadyRegistered extends Conflict {
  constructor(registrationId: string) {
    super('already_registered', 'This person is registered for this conference already.', { registrationId });
  }
}

export class RegistrationCancelled extends Conflict {
  constructor() {
    super('registration_cancelled', 'This registration is cancelled; register the person again.');
  }
}

/** Only who has a place is let in. */
export class NotAdmitted extends Conflict {
  constructor(status: string) {
    super('not_admitted', `This registration is ${status}; only a confirmed one can be checked in.`, { status });
  }
}

/** A reference to a person, organization or room that does not exist. */
export const unknownReference = (pointer: string, noun: string, id: string): Invalid =>
  Invalid.field(pointer, 'unknown_reference', `There is no ${noun} with id ${id}.`);

export const roomElsewhere = (): Invalid =>
  Invalid.field('/roomId', 'room_of_another_conference', 'This room belongs to another conference.');
