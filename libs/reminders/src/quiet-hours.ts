import { Temporal } from 'temporal-polyfill';

/** Nobody is mailed from 21:00 to 08:00 where they are. */
const QUIET_FROM = 21;
const QUIET_UNTIL = 8;
/** A mail that would fall into the night goes out at this hour of the evening before. */
const EVENING = 20;
/** A zone that moves across the date line leaves a day out; nothing leaves out two. */
const NEARBY_DAYS = [0, 1, 2];

export interface QuietLimits {
  now: Date;
  /** Of no use from this moment on; no limit when absent. */
  notAfter?: Date;
}

/**
 * The time at which a mail meant for `at` goes out to somebody in the zone: unchanged by day; at night the evening before,
 * 20:00, unless that is past; else the morning after, 08:00, if that is before `notAfter`; else unchanged. Throws
 * RangeError for a zone that does not exist.
 */
export function outsideQuietHours(at: Date, zone: string, { now, notAfter }: QuietLimits): Date {
  if (!isQuiet(at, zone)) return at;
  const evening = eveningBefore(at, zone);
  if (evening && evening >= now) return evening;
  const morning = morningAfter(at, zone);
  return morning && (notAfter === undefined || morning < notAfter) ? morning : at;
}

/** Whether people in the zone are left alone at that moment. Throws RangeError for a zone that does not exist. */
export function isQuiet(at: Date, zone: string): boolean {
  const { hour } = local(at, zone);
  return hour < QUIET_UNTIL || hour >= QUIET_FROM;
}

/** Where the clocks skip that hour, the hour before the gap. */
const eveningBefore = (at: Date, zone: string): Date | undefined =>
  NEARBY_DAYS.map((days) => clockTime(local(at, zone).toPlainDate().subtract({ days }), EVENING, zone, 'earlier')).find(
    (evening) => evening <= at && !isQuiet(evening, zone),
  );

/** Where the clocks skip that hour, the hour after the gap. */
const morningAfter = (at: Date, zone: string): Date | undefined =>
  NEARBY_DAYS.map((days) => clockTime(local(at, zone).toPlainDate().add({ days }), QUIET_UNTIL, zone, 'later')).find(
    (morning) => morning > at && !isQuiet(morning, zone),
  );

function clockTime(day: Temporal.PlainDate, hour: number, zone: string, disambiguation: 'earlier' | 'later'): Date {
  const time = day.toPlainDateTime({ hour });
  return new Date(time.toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
}

const local = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
