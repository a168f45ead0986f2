import { Temporal } from 'temporal-polyfill';

/** Days before the end of an agreement on which its owner is told, the first that is still ahead. */
const DAYS_BEFORE = [30, 7, 0];
const MORNING = '09:00';

/**
 * When the owner is to see to an agreement that holds until `expiresOn` (YYYY-MM-DD): at nine in the morning of the house,
 * a month ahead; where that has passed, a week ahead, or on the last day.
 */
export function expiryDue(expiresOn: string, timeZone: string, now: Date): Date {
  const mornings = DAYS_BEFORE.map((days) => morning(Temporal.PlainDate.from(expiresOn).subtract({ days }), timeZone));
  return mornings.find((due) => due > now) ?? morning(Temporal.PlainDate.from(expiresOn), timeZone);
}

const morning = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime({ timeZone, plainTime: MORNING }).epochMilliseconds);

/** Today where days end last, UTC−12: what holds until yesterday there is over everywhere. YYYY-MM-DD. */
export const lastToday = (now: Date): string => dayAt(now, -12);

/** Today where days begin first, UTC+14: what is dated later has begun nowhere. YYYY-MM-DD. */
export const firstToday = (now: Date): string => dayAt(now, 14);

const dayAt = (now: Date, hours: number): string =>
  new Date(now.getTime() + hours * 3_600_000).toISOString().slice(0, 10);
