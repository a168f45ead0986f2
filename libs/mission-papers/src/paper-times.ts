import { toLocal } from '#calendar';
import type { PdfLanguage } from '#documents';

const LOCALES: Record<PdfLanguage, string> = { en: 'en-US', az: 'az', ru: 'ru' };

/** Making a formatter takes ten times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: PdfLanguage, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  if (formats.size < MOST_FORMATS) formats.set(key, known);
  return known;
}

const MOST_FORMATS = 500;
const DAY = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;

const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** `March 9, 2026`, of a date YYYY-MM-DD. */
export const dayInWords = (date: string, language: PdfLanguage): string => format(language, DAY).format(noon(date));

/** `Monday, March 9, 2026` */
export const weekdayInWords = (date: string, language: PdfLanguage): string =>
  format(language, { ...DAY, weekday: 'long' }).format(noon(date));

/** `March 9 – 13, 2026` */
export const daysInWords = (from: string, to: string, language: PdfLanguage): string =>
  format(language, DAY).formatRange(noon(from), noon(to));

/** The date on clocks of a zone, YYYY-MM-DD. */
export const dateAt = (instant: Date, timeZone: string): string => toLocal(instant, timeZone).slice(0, 10);

const clock = (instant: Date, timeZone: string): string => toLocal(instant, timeZone).slice(11, 16);

/** `March 9, 2026, 14:30`, on clocks of a zone. */
export const momentInWords = (instant: Date, timeZone: string, language: PdfLanguage): string =>
  `${dayInWords(dateAt(instant, timeZone), language)}, ${clock(instant, timeZone)}`;

/** `09:00–10:30`; `22:00–06:30 +1` where it ends on the next day. Days are counted from `date`, its own first unless given. */
export function clockSpan(startsAt: Date, endsAt: Date, timeZone: string, date = dateAt(startsAt, timeZone)): string {
  const [start, end] = [startsAt, endsAt].map((instant) => clock(instant, timeZone) + later(date, instant, timeZone));
  return `${start}–${end}`;
}

/** ` +1` on the next day, ` −1` on the one before. */
function later(date: string, instant: Date, timeZone: string): string {
  const days = Math.round((noon(dateAt(instant, timeZone)).getTime() - noon(date).getTime()) / 86_400_000);
  return days === 0 ? '' : ` ${days > 0 ? '+' : '−'}${Math.abs(days)}`;
}

/** Cities the chamber’s people call these zones by; others are known by the city in their name. */
const CITIES: Record<string, Record<PdfLanguage, string>> = {
  'America/New_York': { en: 'Washington', az: 'Vaşinqton', ru: 'Вашингтон' },
  'Asia/Baku': { en: 'Baku', az: 'Bakı', ru: 'Баку' },
};

/** `Washington`, `Houston`… of an IANA zone. */
export const zoneCity = (timeZone: string, language: PdfLanguage): string =>
  CITIES[timeZone]?.[language] ?? (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** `GMT-4`, `GMT+4`: how far clocks are from UTC at an instant. */
export function zoneOffset(instant: Date, timeZone: string): string {
  const parts = format('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(instant);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
