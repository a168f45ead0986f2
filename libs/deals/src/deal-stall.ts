import { Temporal } from 'temporal-polyfill';
import type { DatePrecision } from '#conferences';

/** When a stalled deal was touched last, as far as that is known. */
export interface LastTouch {
  at: Date;
  /** null: to the second. */
  datePrecision: DatePrecision | null;
}

const MORNING = '09:00';
/** Working days after today on which the owner is to have seen to it, so that the usual reminder comes the day before. */
const WORKING_DAYS = 2;

/** Nine in the morning of the second working day, Monday to Friday, after today on the clocks of the zone. */
export function stallDue(now: Date, timeZone: string): Date {
  let day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let left = WORKING_DAYS; left > 0;) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left--;
  }
  return new Date(day.toZonedDateTime({ timeZone, plainTime: MORNING }).epochMilliseconds);
}

/** What the owner reads: since when nothing has happened, and what to do about it. */
export const stallTitle = (touch: LastTouch, timeZone: string): string =>
  `Nothing has happened on this deal since ${sinceWhen(touch, timeZone)}: take it up, or close it?`;

/** As much of the date as is known; the day of a moment is that of the zone's clocks. */
function sinceWhen({ at, datePrecision }: LastTouch, timeZone: string): string {
  const zone = datePrecision === 'day' || datePrecision === 'month' || datePrecision === 'year' ? 'UTC' : timeZone;
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    ...(datePrecision !== 'year' && { month: 'long' }),
    ...(datePrecision !== 'year' && datePrecision !== 'month' && { day: 'numeric' }),
  }).format(at);
}
