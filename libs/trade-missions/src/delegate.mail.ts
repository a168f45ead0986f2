import { isMailAddress, type MailData, type MessageReason } from '#messaging';
import type { Reminded, ReminderSubject } from '#reminders';

/** A mission, as far as its reminders need to know. */
export interface RemindedMission {
  id: string;
  title: string;
  /** First moment of its first day. */
  startsAt: Date;
  /** First moment after its last day. */
  endsAt: Date;
  timeZone: string;
  /** Nine in the morning of its first day: what reminders count from. */
  at: Date;
  /** Why nobody is reminded of it; null where delegates are. */
  against: MessageReason | null;
}

/** Somebody who takes part in a mission. */
export interface RemindedDelegate {
  missionId: string;
  personId: string;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** The reminders a mission wants: to those of `delegates` who take part in it, by the rules, until it begins. */
export function missionReminders(mission: RemindedMission, delegates: RemindedDelegate[]): ReminderSubject {
  const { id, at, timeZone } = mission;
  return {
    subject: 'delegate',
    aboutId: id,
    at,
    timeZone,
    recipients: delegates
      .filter(({ missionId }) => missionId === id)
      .map(({ missionId: _, ...delegate }) => reachable({ ...delegate, audience: 'delegates' })),
    data: dataOf(mission),
  };
}

/** A word that is no address reaches nobody. */
export const reachable = (recipient: Reminded): Reminded => ({
  ...recipient,
  email: recipient.email && isMailAddress(recipient.email) ? recipient.email : null,
});

/** Its days, and no hour: nobody begins at midnight. */
const dataOf = ({ title, startsAt, endsAt, timeZone }: RemindedMission): MailData => ({
  title,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  datePrecision: 'window',
  timeZone,
  place: null,
});
