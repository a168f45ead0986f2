import { Temporal } from 'temporal-polyfill';
import type { DatePrecision } from '#conferences';

/** How long without contact is too long, unless the reader says so. */
export const USUAL_STALE_AFTER = 'P90D';

/** ISO 8601 durations of whole days that may be asked for. */
const FORM = /^P(?=\d)(\d{1,2}Y)?(\d{1,3}M)?(\d{1,3}W)?(\d{1,4}D)?$/;
const LONGEST_DAYS = 3660;

/** Whether this is an ISO 8601 duration in years, months, weeks and days, from P0D to ten years. */
export function isStaleAfter(text: string): boolean {
  if (!FORM.test(text)) return false;
  return Temporal.Duration.from(text).total({ unit: 'days', relativeTo: '2026-01-01' }) <= LONGEST_DAYS;
}

/** When somebody was last spoken with, and how far that is known. */
export interface ContactTime {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
}

/** never: nothing is known of any contact; undated: there was some, nobody knows when. */
export type ContactState = 'fresh' | 'stale' | 'never' | 'undated';

export interface Standing {
  state: ContactState;
  /** Whole days since the last contact, by the calendar of its place; at least as many, where only a month, year or window is known. */
  days: number | null;
  staleAfter: string;
}

/**
 * Stale once more than `staleAfter` has gone by since the day of the last contact, by the calendar of its place: on the day
 * itself that the time is up it is not stale yet. Of a month, year or window the last day counts.
 */
export function standing(last: ContactTime | null, staleAfter: string, now: Date): Standing {
  if (!last) return { state: 'never', days: null, staleAfter };
  const day = lastDay(last);
  if (!day) return { state: 'undated', days: null, staleAfter };
  const today = dayAt(now, last.timeZone);
  const days = Math.max(0, day.until(today, { largestUnit: 'days' }).days);
  const isStale = Temporal.PlainDate.compare(day.add(staleAfter), today) < 0;
  return { state: isStale ? 'stale' : 'fresh', days, staleAfter };
}

const dayAt = (instant: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/** The last day on which it may have been. */
function lastDay({ startsAt, endsAt, timeZone, datePrecision }: ContactTime): Temporal.PlainDate | null {
  if (!startsAt || datePrecision === 'unknown') return null;
  const day = dayAt(startsAt, timeZone);
  if (datePrecision === 'month') return day.with({ day: day.daysInMonth });
  if (datePrecision === 'year') return day.with({ month: 12, day: 31 });
  return datePrecision === 'window' && endsAt ? dayAt(endsAt, timeZone) : day;
}

/** Titles that nobody looked at for longer than this are worth a question. */
const TITLE_AGE = 'P1Y';

/** Whether what was written down on a day YYYY-MM-DD is more than a year old. */
export const isOldTitle = (asOf: string, now: Date): boolean =>
  Temporal.PlainDate.compare(Temporal.PlainDate.from(asOf).add(TITLE_AGE), dayAt(now, 'UTC')) < 0;
