import { DEFAULT_HOME_TIME_ZONES } from '#config';
import { toLocal } from './event-time.js';

/** What the clocks of one zone show. */
export interface LocalTime {
  /** IANA name. */
  timeZone: string;
  /** `2026-03-10T10:00:00` */
  startsAt: string;
  /** Null when not known. */
  endsAt: string | null;
}

interface Shown {
  startsAt: Date | null;
  endsAt: Date | null;
  /** Null or absent for a time that is known to the minute. */
  datePrecision?: string | null;
}

/** Zones of the two sides; a process has one configuration, and whoever writes an answer has no part in reading it. */
let homeTimeZones: readonly string[] = DEFAULT_HOME_TIME_ZONES;

/** Takes the zones that every answer tells the time in. */
export function useHomeTimeZones(timeZones: readonly string[]): void {
  homeTimeZones = timeZones;
}

/** What clocks at home show, in the order of HOME_TIME_ZONES; none for a time that is not known to the minute. */
export function localTimes({ startsAt, endsAt, datePrecision }: Shown): LocalTime[] {
  if (!startsAt || datePrecision) return [];
  return homeTimeZones.map((timeZone) => ({
    timeZone,
    startsAt: toLocal(startsAt, timeZone),
    endsAt: endsAt && toLocal(endsAt, timeZone),
  }));
}
