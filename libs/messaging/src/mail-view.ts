import type { MailData } from './planned-message.js';
import { isTimeZone, spelledTime } from '#calendar';
import { type MailView, TASK_FIELDS, type TemplateField } from './template-fields.js';

/** Everything a mail's text is made from. */
export interface MailFacts {
  data: MailData;
  recipientName: string;
  locale: string;
  /** Zone of the recipient. */
  timeZone: string;
  /** Such as the chamber's name and the links. */
  extra: MailView;
}

/** Taken from the message's data as they are; all others are made here. */
const COPIED: readonly TemplateField[] = [
  'title',
  'place',
  'about',
  'note',
  'url',
  'participants',
  'topics',
  'lines',
  'code',
  'position',
  'wasPlace',
  'backOn',
  ...TASK_FIELDS,
];

/** The fields of one mail: an event's time in its own zone, and in the recipient's where that is another, each with its zone. */
export function mailView({ data, recipientName, locale, timeZone, extra }: MailFacts): MailView {
  const eventZone = zoneOr(text(data.timeZone), timeZone);
  const start = instant(data.startsAt);
  const end = instant(data.endsAt);
  const respondBy = instant(data.respondBy);
  const endsOn = instant(data.endsOn);
  const view: MailView = { ...extra, recipientName, timeZone: eventZone };
  for (const field of COPIED) {
    const value = data[field];
    if (value !== null && value !== undefined && value.length > 0) view[field] = value;
  }
  if (!/^https?:\/\//i.test(text(data.url))) delete view.url;
  const precision = text(data.datePrecision);
  if (start) {
    view.when = spellKnown(locale, eventZone, start, end, precision);
    if (!precision && zoneDiffers(start, eventZone, timeZone)) view.whenYours = spell(locale, timeZone, start, end);
  }
  const was = instant(data.wasStartsAt);
  if (was) {
    const zone = zoneOr(text(data.wasTimeZone), eventZone);
    view.wasWhen = spellKnown(locale, zone, was, instant(data.wasEndsAt), text(data.wasDatePrecision));
  }
  if (endsOn) view.endsOn = formatter(known(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(endsOn);
  if (respondBy) view.respondBy = spell(locale, zoneOr(timeZone, eventZone), respondBy);
  return view;
}

const text = (value: MailData[string]): string => (typeof value === 'string' ? value : '');

const zoneOr = (zone: string, other: string): string => (isTimeZone(zone) ? zone : isTimeZone(other) ? other : 'UTC');

function instant(value: MailData[string]): Date | undefined {
  const date = new Date(text(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** `Tuesday, March 10, 2026 at 10:00 – 11:00 AM (America/New_York, GMT-4)` */
function spell(locale: string, timeZone: string, start: Date, end?: Date): string {
  const format = formatter(known(locale), { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `${spelledTime(format, start, end)} (${timeZone}, ${offset(start, timeZone)})`;
}

/** How a date is written that is not known to the minute. */
const FORMS = new Map<string, Intl.DateTimeFormatOptions>([
  ['day', { dateStyle: 'full' }],
  ['window', { dateStyle: 'long' }],
  ['month', { year: 'numeric', month: 'long' }],
  ['year', { year: 'numeric' }],
]);

/** No more than is known: `March 2026` for a date that is known to the month. */
function spellKnown(locale: string, timeZone: string, start: Date, end: Date | undefined, precision: string): string {
  const form = FORMS.get(precision);
  if (!form) return spell(locale, timeZone, start, end);
  return spelledTime(formatter(known(locale), { ...form, timeZone }), start, end && lastMoment(start, end));
}

/** An end is the first moment after: what ends at midnight ends on the day before. */
const lastMoment = (start: Date, end: Date): Date => (end > start ? new Date(end.getTime() - 1) : end);

function offset(at: Date, timeZone: string): string {
  const parts = formatter('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Making one takes half a millisecond, which is half of what a mail costs. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATTERS = 500;

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  if (formatters.size >= MOST_FORMATTERS) formatters.clear();
  formatters.set(key, made);
  return made;
}

/** The locale if this program speaks it, else English. */
function known(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en';
  } catch {
    // RangeError: not even the form of a locale.
    return 'en';
  }
}

const zoneDiffers = (at: Date, one: string, other: string): boolean =>
  isTimeZone(other) && offset(at, one) !== offset(at, other);
