import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '#calendar';

/** Days after today that somebody's day looks ahead to. */
const AHEAD = 7;
/** Days ahead within which a promise that is due shows itself. */
const PROMISES_AHEAD = 14;

/** Where a day of somebody's ends, on the clocks of their zone. */
export interface MyDayLimits {
  timeZone: string;
  /** YYYY-MM-DD */
  day: string;
  tomorrow: Date;
  /** End of the days that it looks ahead to. */
  horizon: Date;
  /** Last day of those in which promises show themselves, YYYY-MM-DD. */
  promisesUntil: string;
}

/** The day that it is in the zone at that moment; UTC's for a zone that does not exist. */
export function dayIn(zone: string, now: Date): MyDayLimits {
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const begin = (days: number): Date => new Date(today.add({ days }).toZonedDateTime(timeZone).epochMilliseconds);
  const promisesUntil = today.add({ days: PROMISES_AHEAD }).toString();
  return { timeZone, day: today.toString(), tomorrow: begin(1), horizon: begin(AHEAD + 1), promisesUntil };
}
