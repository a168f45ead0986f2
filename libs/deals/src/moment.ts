import { instantText, toInstant, toLocal } from '#calendar';
import type { DatePrecision } from '#conferences';
import { Invalid } from '#faults';

/** How much of a date is known, where it is less than the second. */
export const DAY_PRECISIONS = ['day', 'month', 'year'] as const;
export type DayPrecision = (typeof DAY_PRECISIONS)[number];

/** When something happened, as a client writes it. */
export interface MomentText {
  /** An instant `2026-03-10T14:00:00Z`, or a date `2026-03-10`. */
  at?: string;
  /** Of a date; day unless said otherwise. */
  datePrecision?: DayPrecision;
}

/** When something happened; a date is its first moment in UTC. */
export interface Moment {
  at: Date;
  /** null: to the second. */
  datePrecision: DayPrecision | null;
}

/** Where the two stand in a request. */
interface MomentPointers {
  at: string;
  datePrecision: string;
}

const POINTERS: MomentPointers = { at: '/at', datePrecision: '/datePrecision' };

const DATE = /^\d{4}-\d\d-\d\d$/;
const HOUR = 3_600_000;
/** A day begins at UTC+14 and ends at UTC−12. */
const EARLIEST = 14 * HOUR;
const LATEST = 12 * HOUR;

/** A moment that may have come by now; `now` where nothing is said. Throws Invalid. */
export function pastMoment(text: MomentText, now: Date, pointers = POINTERS): Moment {
  if (text.at === undefined && text.datePrecision === undefined) return { at: now, datePrecision: null };
  const moment = momentOf(text, pointers);
  if (earliest(moment) > now) throw Invalid.field(pointers.at, 'in_future', 'This has not come yet.');
  return moment;
}

/**
 * The same for what comes after others. Where nothing is said it is never before them: whoever waited for somebody else's change
 * began before it. Throws Invalid where it is certainly before one of them.
 */
export function nextMoment(text: MomentText, now: Date, former: Moment[]): Moment {
  const moment = pastMoment(text, now);
  const later = former.filter((earlier) => isBefore(moment, earlier)).sort(byTime);
  const last = later.at(-1);
  if (!last) return moment;
  if (text.at === undefined) return { at: last.at, datePrecision: null };
  throw Invalid.field('/at', 'before_former_change', `The stage before it began ${momentText(last)}.`);
}

/**
 * As answers write it: an instant, or the date that is known; null for a time that nobody knows. `timeZone` is that of the place,
 * whose clocks say which day it was.
 */
export function momentText(moment: { at: Date; datePrecision: DatePrecision | null }, timeZone?: string | null): string;
export function momentText(
  moment: { at: Date | null; datePrecision: DatePrecision | null },
  timeZone?: string | null,
): string | null;
export function momentText(
  { at, datePrecision }: { at: Date | null; datePrecision: DatePrecision | null },
  timeZone?: string | null,
): string | null {
  if (at === null || datePrecision === 'unknown') return null;
  return datePrecision === null ? instantText(at) : toLocal(at, timeZone ?? 'UTC').slice(0, 10);
}

function momentOf({ at, datePrecision }: MomentText, pointers: MomentPointers): Moment {
  if (at === undefined) throw Invalid.field(pointers.at, 'required', 'Say the date that the precision is about.');
  if (DATE.test(at)) {
    const precision = datePrecision ?? 'day';
    return { at: firstMoment(at, precision, pointers.at), datePrecision: precision };
  }
  if (datePrecision === undefined) return { at: toInstant(at, undefined, pointers.at), datePrecision: null };
  const message = 'An instant is exact; send a date such as 2026-03-10.';
  throw Invalid.field(pointers.datePrecision, 'needs_date', message);
}

/** In UTC, of the day, month or year. */
function firstMoment(date: string, precision: DayPrecision, pointer: string): Date {
  const day = toInstant(`${date}T00:00:00Z`, undefined, pointer);
  if (precision !== 'day') day.setUTCDate(1);
  if (precision === 'year') day.setUTCMonth(0);
  return day;
}

const byTime = (one: Moment, other: Moment): number => one.at.getTime() - other.at.getTime();

/** For certain: an instant may be of the day before or after, by other clocks; two dates are of the same. */
function isBefore(moment: Moment, other: Moment): boolean {
  if (moment.datePrecision !== null && other.datePrecision !== null) return end(moment) <= other.at;
  return latest(moment) < earliest(other);
}

const earliest = ({ at, datePrecision }: Moment): Date =>
  datePrecision === null ? at : new Date(at.getTime() - EARLIEST);

/** The last moment it may have been. */
const latest = (moment: Moment): Date =>
  moment.datePrecision === null ? moment.at : new Date(end(moment).getTime() + LATEST);

/** The first moment after the day, month or year, in UTC. */
function end({ at, datePrecision }: Moment): Date {
  const next = new Date(at);
  if (datePrecision === 'day') next.setUTCDate(next.getUTCDate() + 1);
  if (datePrecision === 'month') next.setUTCMonth(next.getUTCMonth() + 1);
  if (datePrecision === 'year') next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next;
}
