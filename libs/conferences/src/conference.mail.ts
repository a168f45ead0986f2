import { isMailAddress, type MailData, type MessageReason } from '#messaging';
import type { ReminderSubject } from '#reminders';
import type { Attendant } from './conference-people.js';

/** A conference or a session, as far as its reminders need to know. */
export interface Reminded {
  id: string;
  type: 'conference' | 'session';
  title: string;
  /** Of a session: the name of its conference. */
  conference: string | null;
  startsAt: Date;
  endsAt: Date | null;
  timeZone: string;
  place: string | null;
}

/** The same, and why nobody is reminded of it; its time is known where that is null. */
export type Remindable = (Reminded & { against: null }) | (Pick<Reminded, 'id'> & { against: MessageReason });

/** The reminders a conference or a session wants: to those of `attendants` who have to do with it, by the rules, until it begins. */
export function attendantReminders(about: Reminded, attendants: Attendant[]): ReminderSubject {
  const { id, type, startsAt, timeZone } = about;
  return {
    subject: type,
    aboutId: id,
    at: startsAt,
    timeZone,
    recipients: attendants
      .filter(({ aboutId }) => aboutId === id)
      .map(({ aboutId: _, email, ...attendant }) => ({
        ...attendant,
        email: email && isMailAddress(email) ? email : null,
      })),
    data: dataOf(about),
  };
}

const dataOf = ({ title, conference, startsAt, endsAt, place }: Reminded): MailData => ({
  title,
  about: conference,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString(),
  place,
});
