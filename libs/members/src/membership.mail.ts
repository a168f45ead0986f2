import { isTimeZone } from '#calendar';
import { isMailAddress, type Recipient } from '#messaging';
import { type ReminderSubject } from '#reminders';

/** What the reminders of a membership depend on. */
export interface RemindedMembership {
  id: string;
  /** Last day, `YYYY-MM-DD`. */
  endsOn: string;
  /** Days after it for which a late member still counts as one. */
  graceDays: number;
  tier: string;
  member: string;
  /** Whom to write to; null where nobody has an address. */
  contact: (Omit<Recipient, 'personId'> & { personId: string }) | null;
}

/** A mail after the end is worth sending for these many days at least, however short the grace. */
const AFTERWARDS = 14;

/**
 * The reminders a membership wants, by the rules: before the end they are useful until it, afterwards until the end of
 * grace. Days are the recipient's; the end itself is told by its date, so a new end makes new reminders.
 */
export function membershipReminders({
  id,
  endsOn,
  graceDays,
  tier,
  member,
  contact,
}: RemindedMembership): ReminderSubject {
  return {
    subject: 'membership',
    aboutId: id,
    at: noon(foreseeable(endsOn)),
    timeZone: contact?.timeZone && isTimeZone(contact.timeZone) ? contact.timeZone : 'UTC',
    notAfter: midnightAfter(foreseeable(endsOn), 0),
    notAfterwards: midnightAfter(foreseeable(endsOn), Math.max(graceDays, AFTERWARDS)),
    recipients: contact && isMailAddress(contact.email) ? [contact] : [],
    data: { title: member, about: tier, endsOn, startsAt: null },
  };
}

/** Whoever is a member for good has an end in 9999, and what is planned for after it could not be stored. */
const FURTHEST = '9998-12-31';

const foreseeable = (day: string): string => (day > FURTHEST ? FURTHEST : day);

/** At noon in UTC it is the same day in nearly all the world, so that counting days in any zone starts from the right one. */
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** The moment at which the status changes. */
function midnightAfter(day: string, days: number): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + days + 1);
  return midnight;
}
