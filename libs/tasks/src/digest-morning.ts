import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '#calendar';

/** Hours of the day at which a digest goes out, and from which on it is of no use. */
const FROM = 8;
const UNTIL = 12;
/** Days after today that a digest looks ahead to. */
const AHEAD = 3;

/** The hours of one day in which people of a zone are sent their digests. */
export interface DigestMorning {
  timeZone: string;
  /** YYYY-MM-DD; a user gets one digest for it, wherever they move. */
  day: string;
  sendAt: Date;
  notAfter: Date;
  /** The day ends, and with it what is due today. */
  tomorrow: Date;
  /** End of the days that a digest looks ahead to. */
  horizon: Date;
}

/**
 * The digest hours that run in the zone at this moment; undefined when none do. Where the clocks skip 08:00, they begin
 * when the clocks have gone on; where they repeat it, the first time.
 */
export function morningIn(timeZone: string, now: Date): DigestMorning | undefined {
  if (!isTimeZone(timeZone)) return undefined;
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const [sendAt, notAfter] = [atHour(day, FROM, timeZone), atHour(day, UNTIL, timeZone)];
  if (now < sendAt || now >= notAfter) return undefined;
  const tomorrow = atHour(day.add({ days: 1 }), 0, timeZone);
  const horizon = atHour(day.add({ days: AHEAD + 1 }), 0, timeZone);
  return { timeZone, day: day.toString(), sendAt, notAfter, tomorrow, horizon };
}

const atHour = (day: Temporal.PlainDate, hour: number, timeZone: string): Date =>
  new Date(day.toPlainDateTime({ hour }).toZonedDateTime(timeZone).epochMilliseconds);
