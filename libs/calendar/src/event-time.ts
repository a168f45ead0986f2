import { Temporal } from 'temporal-polyfill';
import { type FieldFault, Invalid } from '#faults';

/** When something happens, as a client writes it. Absent means "as stored", null means "not known". */
export interface TimeText {
  /** Instant `2026-03-10T14:00:00Z` (or with an offset), or local time `2026-03-10T10:00` in `timeZone`. */
  startsAt?: string | null;
  endsAt?: string | null;
  /** IANA name such as `America/New_York`. */
  timeZone?: string;
}

/** When something happens: two instants, and the zone of the place for showing them. */
export interface EventTime {
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
}

/** The same where a time may not be known, or not be fixed yet. */
export interface OpenEventTime {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
}

/** An instant, and the clocks it is read on. */
export interface LocalMark {
  instant: Date;
  timeZone: string;
}

const DAY = 86_400_000;
const LONGEST_DAYS = 7;
const YEARS = { first: 1900, last: 2199 };
const FORM = /^(\d{4})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/;
const ZONE_FORM = /^[A-Za-z]/;

/** Asking ICU takes a tenth of a millisecond, and every mail asks several times. */
const knownZones = new Set<string>();
const MOST_ZONES = 2_000;

/** Whether the running ICU knows this IANA zone; bare offsets such as `+04:00` are no zones. */
export function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (!ZONE_FORM.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (knownZones.size < MOST_ZONES) knownZones.add(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant that a text means, in whole milliseconds. A local time that happens twice, when clocks go back, is the
 * earlier of the two. Throws Invalid at `pointer`: bad_time, time_zone_required, local_time_skipped.
 */
export function toInstant(text: string, timeZone: string | undefined, pointer: string): Date {
  const [, year, , , offset] = FORM.exec(text) ?? [];
  if (!year) throw badTime(pointer);
  if (Number(year) < YEARS.first || Number(year) > YEARS.last) throw outOfRange(pointer);
  if (!offset && !timeZone) throw zoneRequired(pointer);
  try {
    const instant = offset ? Temporal.Instant.from(text) : localInstant(text, timeZone ?? '', pointer);
    return new Date(instant.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) throw badTime(pointer);
    throw error;
  }
}

/** What clocks at the place show at an instant, `2026-03-10T10:00:00`. */
export function toLocal(instant: Date, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDateTime().toString({ smallestUnit: 'second' });
}

/**
 * Where an instant goes when the clock time `from` is moved to `to`, each in its own zone: what began an hour after
 * `from` on the clock begins an hour after `to` on the clock, also across a change of clocks.
 */
export function moveLocal(instant: Date, from: LocalMark, to: LocalMark): Date {
  const start = zoned(from.instant, from.timeZone).toPlainDateTime();
  const since = start.until(zoned(instant, from.timeZone).toPlainDateTime());
  const moved = zoned(to.instant, to.timeZone).toPlainDateTime().add(since);
  return new Date(moved.toZonedDateTime(to.timeZone).epochMilliseconds);
}

/** The same time on the clocks of a zone, some days later or (negative) earlier; the later one where clocks skip it. */
export const addDays = (instant: Date, days: number, timeZone: string): Date =>
  new Date(zoned(instant, timeZone).add({ days }).epochMilliseconds);

/** When a day YYYY-MM-DD begins in a zone. */
export const dayStart = (date: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);

/** The beginning and the end (exclusive) of the calendar unit that an instant lies in, by the clocks of a zone. */
export function calendarUnit(instant: Date, timeZone: string, unit: 'day' | 'month' | 'year'): [from: Date, to: Date] {
  const day = zoned(instant, timeZone).toPlainDate();
  const first = { day, month: day.with({ day: 1 }), year: day.with({ month: 1, day: 1 }) }[unit];
  const next = first.add({ [`${unit}s`]: 1 });
  const midnight = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
  return [midnight(first), midnight(next)];
}

/** When something takes place, as far as that is known: `datePrecision` is day, month, year, window or unknown, null for to the minute. */
export interface RoughTime {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string | null;
  datePrecision: string | null;
}

/** When it is over for certain: with the last day, month or year it may lie in. Null where that is not known. */
export function overBy({ startsAt, endsAt, timeZone, datePrecision }: RoughTime): Date | null {
  if (datePrecision === 'unknown') return null;
  if (datePrecision !== 'day' && datePrecision !== 'month' && datePrecision !== 'year') return endsAt ?? startsAt;
  // An end is the first moment after: one at midnight is still of the day before.
  const last = endsAt && endsAt > (startsAt ?? 0) ? new Date(endsAt.getTime() - 1) : startsAt;
  return last && calendarUnit(last, timeZone && isTimeZone(timeZone) ? timeZone : 'UTC', datePrecision)[1];
}

/** An instant as the API writes it (RFC 3339), in UTC, without milliseconds when there are none. */
export const instantText = (instant: Date): string => instant.toISOString().replace('.000Z', 'Z');

/**
 * Start, end and zone of something whose time is known. What the text leaves out is taken from `stored`; a new zone
 * alone moves nothing, it only changes how the instants are shown. Throws Invalid with every fault at once.
 */
export function eventTime(text: TimeText, stored?: OpenEventTime, longestDays = LONGEST_DAYS): EventTime {
  const { startsAt, endsAt, timeZone } = openEventTime(text, stored, longestDays);
  if (startsAt && endsAt) return { startsAt, endsAt, timeZone };
  const missing = [...(startsAt ? [] : ['/startsAt']), ...(endsAt ? [] : ['/endsAt'])];
  throw new Invalid(missing.map((pointer) => ({ pointer, code: 'required', message: 'This time is needed.' })));
}

/** The same for something whose start or end may be null: not known, or not fixed yet. */
export function openEventTime(text: TimeText, stored?: OpenEventTime, longestDays = LONGEST_DAYS): OpenEventTime {
  const faults: FieldFault[] = [];
  const timeZone = text.timeZone ?? stored?.timeZone;
  const known = timeZone !== undefined && isTimeZone(timeZone);
  if (!known) faults.push(zoneFault(timeZone));
  const read = (pointer: string, given: string | null | undefined, before: Date | null | undefined): Date | null => {
    if (given === undefined) return before ?? null;
    if (given === null || (!known && !hasOffset(given))) return null;
    return collect(faults, () => toInstant(given, timeZone, pointer)) ?? null;
  };
  const startsAt = read('/startsAt', text.startsAt, stored?.startsAt);
  const endsAt = read('/endsAt', text.endsAt, stored?.endsAt);
  if (startsAt && endsAt) faults.push(...spanFaults(startsAt, endsAt, longestDays));
  if (faults.length > 0) throw new Invalid(faults);
  return { startsAt, endsAt, timeZone: timeZone ?? '' };
}

const zoned = (instant: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);

const hasOffset = (text: string): boolean => FORM.exec(text)?.[4] !== undefined;

function localInstant(text: string, timeZone: string, pointer: string): Temporal.Instant {
  const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  const found = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(local)) return found.toInstant();
  const message = `Clocks in ${timeZone} skip ${text}; choose a time before or after the change.`;
  throw Invalid.field(pointer, 'local_time_skipped', message);
}

function collect<T>(faults: FieldFault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    faults.push(...error.errors);
    return undefined;
  }
}

function spanFaults(startsAt: Date, endsAt: Date, longestDays: number): FieldFault[] {
  const span = endsAt.getTime() - startsAt.getTime();
  if (span <= 0)
    return [{ pointer: '/endsAt', code: 'ends_before_start', message: 'The end must come after the start.' }];
  if (span <= longestDays * DAY) return [];
  return [{ pointer: '/endsAt', code: 'too_long', message: `This may last ${longestDays} days at most.` }];
}

function zoneFault(timeZone: string | undefined): FieldFault {
  const pointer = '/timeZone';
  if (timeZone === undefined) return { pointer, code: 'required', message: 'The time zone of the place is needed.' };
  const message = `There is no time zone "${timeZone}"; use an IANA name such as Asia/Baku.`;
  return { pointer, code: 'unknown_time_zone', message };
}

const badTime = (pointer: string): Invalid =>
  Invalid.field(
    pointer,
    'bad_time',
    'Write an instant such as 2026-03-10T14:00:00Z, or a local time such as 2026-03-10T10:00 with timeZone.',
  );

const outOfRange = (pointer: string): Invalid =>
  Invalid.field(pointer, 'out_of_range', `The year must be ${YEARS.first} to ${YEARS.last}.`);

const zoneRequired = (pointer: string): Invalid =>
  Invalid.field(pointer, 'time_zone_required', 'A time without offset needs timeZone.');
