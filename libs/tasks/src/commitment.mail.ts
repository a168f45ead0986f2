import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '#calendar';
import type { ReminderSubject } from '#reminders';
import type { Commitment } from './commitment.entity.js';
import type { Assignee } from './task.mail.js';

/** When the owner is reminded of a promise that does not say so itself. */
export const USUAL_REMINDERS = ['P7D', 'P1D'];
/** Hour of the last day that the durations count from. */
const MORNING = 9;
/** PostgreSQL and ISO 8601 without a sign end here. */
const END_OF_TIME = Date.UTC(9999, 11, 31);

/** Who watches a promise, and what a mail may tell of it. */
export interface Watched extends Assignee {
  owedBy: string;
  owedTo: string;
  /** Title of what it is about, where a mail may tell it. */
  aboutTitle: string | null;
}

/**
 * The reminders an open promise wants, to its owner, on the clocks of their zone. Undefined where there is nobody to
 * remind, the window has no end, or is over.
 */
export function commitmentReminders(
  commitment: Commitment,
  owner: Watched | undefined,
  now: Date,
): ReminderSubject | undefined {
  const { id: aboutId, dueTo, remindBefore } = commitment;
  if (!owner || !dueTo || commitment.status !== 'open' || remindBefore?.length === 0) return undefined;
  const { owedBy, owedTo, aboutTitle, id: userId, ...recipient } = owner;
  const timeZone = isTimeZone(owner.timeZone) ? owner.timeZone : 'UTC';
  const { from, morning, end } = windowIn(timeZone, commitment.dueFrom ?? dueTo, dueTo);
  if (end <= now) return undefined;
  const words = { title: commitment.action, note: commitment.dueText, about: aboutTitle, owedBy, owedTo };
  const time = { startsAt: from.toISOString(), endsAt: end.toISOString(), datePrecision: 'window' };
  return {
    subject: 'commitment',
    aboutId,
    at: morning,
    timeZone,
    notAfter: end,
    offsets: remindBefore ?? USUAL_REMINDERS,
    recipients: [{ userId, ...recipient }],
    data: { ...words, ...time },
  };
}

/** The first moment of a window of days, the morning of the last day, and the first moment after it. */
export function windowIn(timeZone: string, dueFrom: string, dueTo: string): Record<'from' | 'morning' | 'end', Date> {
  const [first, last] = [Temporal.PlainDate.from(dueFrom), Temporal.PlainDate.from(dueTo)];
  const moment = (time: Temporal.ZonedDateTime): Date => new Date(Math.min(time.epochMilliseconds, END_OF_TIME));
  return {
    from: moment(first.toZonedDateTime(timeZone)),
    morning: moment(last.toPlainDateTime({ hour: MORNING }).toZonedDateTime(timeZone)),
    end: moment(last.add({ days: 1 }).toZonedDateTime(timeZone)),
  };
}
