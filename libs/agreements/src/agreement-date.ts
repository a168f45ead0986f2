import { Temporal } from 'temporal-polyfill';
import type { DatePrecision } from '#conferences';
import { isCalendarDate } from '#database';
import { type FieldFault, Invalid } from '#faults';

/** Days YYYY-MM-DD, both included, in which something happened; null where nothing is known. */
export interface KnownDate {
  from: string | null;
  to: string | null;
  precision: DatePrecision;
}

/** The same as a client writes it; a date may be cut short to the month or year (ISO 8601). */
export interface DateText {
  on?: string | null;
  /** First and last day of a window. */
  from?: string | null;
  to?: string | null;
  precision?: DatePrecision | null;
}

/** Where the parts of a date stand in the request. */
export type DatePointers = Record<keyof DateText, string>;

export const UNKNOWN_DATE: KnownDate = { from: null, to: null, precision: 'unknown' };

type Unit = 'day' | 'month' | 'year';
/** From fine to coarse. */
const UNITS: Unit[] = ['day', 'month', 'year'];
const LENGTHS: Record<number, Unit> = { 10: 'day', 7: 'month', 4: 'year' };
const REST: Record<Unit, string> = { day: '', month: '-01', year: '-01-01' };
const LONGEST_WINDOW = { years: 10 };

/** YYYY-MM-DD, YYYY-MM or YYYY of a day, month or year that exists. */
export function isPartialDate(text: string): boolean {
  const unit = LENGTHS[text.length];
  return unit !== undefined && isCalendarDate(`${text}${REST[unit]}`);
}

/**
 * When something happened, as far as the text says; what it does not name stays as stored. A date is as exact as it is
 * written unless its precision says otherwise, and no date is made up for one that nobody knows. Throws Invalid.
 */
export function knownDate(text: DateText, stored: KnownDate, at: DatePointers): KnownDate {
  if (Object.values(text).every((part) => part === undefined)) return stored;
  const wrong = malformed(text, at);
  if (wrong.length > 0) throw new Invalid(wrong);
  const precision = precisionAsked(text);
  if (precision === 'unknown') return unknown(text, at);
  if (precision === 'window') return windowOf(text, stored, at);
  return unitOf(text, precision, stored, at);
}

/** What is known, in as many figures (ISO 8601): 2026-03-11, 2026-03, 2026 or 2026-03-01/2026-03-11. */
export function knownText({ from, to, precision }: KnownDate): string | null {
  if (from === null || to === null || precision === 'unknown') return null;
  if (precision === 'window') return `${from}/${to}`;
  return from.slice(0, from.length - REST[precision].length);
}

/** Faults of what is said to have happened and lies in the future. `today` is the last day that has begun anywhere. */
export function futureFaults({ from, to, precision }: KnownDate, today: string, at: DatePointers): FieldFault[] {
  const last = precision === 'window' ? to : from;
  if (last === null || last <= today) return [];
  const pointer = precision === 'window' ? at.to : at.on;
  return [{ pointer, code: 'in_future', message: 'What has happened did not happen in the future.' }];
}

function malformed({ on, from, to }: DateText, at: DatePointers): FieldFault[] {
  const fault = (pointer: string, message: string): FieldFault => ({ pointer, code: 'bad_date', message });
  return [
    ...(on && !isPartialDate(on) ? [fault(at.on, 'A date YYYY-MM-DD, or YYYY-MM or YYYY of it.')] : []),
    ...(from && !isCalendarDate(from) ? [fault(at.from, 'A date YYYY-MM-DD.')] : []),
    ...(to && !isCalendarDate(to) ? [fault(at.to, 'A date YYYY-MM-DD.')] : []),
  ];
}

function precisionAsked({ on, from, to, precision }: DateText): DatePrecision {
  if (precision) return precision;
  if (on) return LENGTHS[on.length] ?? 'day';
  return from || to ? 'window' : 'unknown';
}

function unknown({ on, from, to }: DateText, at: DatePointers): KnownDate {
  if (on || from || to) throw Invalid.field(at.precision, 'contradiction', 'A date that is unknown is not given.');
  return UNKNOWN_DATE;
}

function windowOf(text: DateText, stored: KnownDate, at: DatePointers): KnownDate {
  if (text.on) throw Invalid.field(at.on, 'contradiction', 'A window has a first and a last day, and no other.');
  const before = stored.precision === 'window' ? stored : UNKNOWN_DATE;
  const from = text.from === undefined ? before.from : text.from;
  const to = text.to === undefined ? before.to : text.to;
  if (!from || !to) {
    const missing = [...(from ? [] : [at.from]), ...(to ? [] : [at.to])];
    throw new Invalid(missing.map((pointer) => ({ pointer, code: 'required', message: 'A window has both ends.' })));
  }
  if (from > to) throw Invalid.field(at.to, 'ends_before_start', 'The window cannot end before it starts.');
  if (to > Temporal.PlainDate.from(from).add(LONGEST_WINDOW).toString())
    throw Invalid.field(at.to, 'too_long', 'A window is ten years at most; say that the date is unknown.');
  return { from, to, precision: 'window' };
}

function unitOf(text: DateText, unit: Unit, stored: KnownDate, at: DatePointers): KnownDate {
  if (text.from || text.to)
    throw Invalid.field(text.from ? at.from : at.to, 'contradiction', 'Only a window has a first and a last day.');
  const on = text.on === undefined ? storedDay(unit, stored) : text.on;
  if (!on) throw Invalid.field(at.on, 'required', `A date known to the ${unit} is given.`);
  if (UNITS.indexOf(LENGTHS[on.length] ?? 'day') > UNITS.indexOf(unit))
    throw Invalid.field(at.on, 'contradiction', `"${on}" does not tell the ${unit}.`);
  const day = Temporal.PlainDate.from(`${on}${REST[LENGTHS[on.length] ?? 'day']}`);
  const first = { day, month: day.with({ day: 1 }), year: day.with({ month: 1, day: 1 }) }[unit];
  const last = first.add({ [`${unit}s`]: 1 }).subtract({ days: 1 });
  return { from: first.toString(), to: last.toString(), precision: unit };
}

/** What is known to the day is known to the month too, but not the other way round. */
function storedDay(unit: Unit, { from, precision }: KnownDate): string | null {
  const known = UNITS.indexOf(precision as Unit);
  return known >= 0 && known <= UNITS.indexOf(unit) ? from : null;
}
