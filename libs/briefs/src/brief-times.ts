import type { DatePrecision } from '#conferences';
import type { Money } from '#deals';
import type { PdfLanguage } from '#documents';
import { dateAt, dayInWords, daysInWords, momentInWords, zoneOffset } from '#mission-papers';

interface KnownTime {
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
}

/** The day, as far as it is known, on clocks of the place; null where nobody knows. */
export function dateInWords(
  { startsAt, endsAt, timeZone, datePrecision }: KnownTime,
  language: PdfLanguage,
): string | null {
  if (!startsAt || datePrecision === 'unknown') return null;
  const day = dateAt(startsAt, timeZone);
  if (datePrecision === 'year') return day.slice(0, 4);
  if (datePrecision === 'month') return monthInWords(day, language);
  if (datePrecision === 'window' && endsAt) return daysInWords(day, dateAt(endsAt, timeZone), language);
  return dayInWords(day, language);
}

/** The same with the time of day where that is known, and whose clock shows it: who reads on the way is between two. */
export const timeInWords = (time: KnownTime, language: PdfLanguage): string | null =>
  time.startsAt && time.datePrecision === null
    ? `${momentInWords(time.startsAt, time.timeZone, language)} (${zoneOffset(time.startsAt, time.timeZone)})`
    : dateInWords(time, language);

/** `March 2026`, of a date YYYY-MM-DD. */
const monthInWords = (day: string, language: PdfLanguage): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));

/** Days YYYY-MM-DD in which something is due, or was signed, as far as they are known; null where they are not. */
export function windowInWords(
  from: string | null,
  to: string | null,
  language: PdfLanguage,
  precision: DatePrecision = 'window',
): string | null {
  const day = to ?? from;
  if (!day) return null;
  if (precision === 'year') return day.slice(0, 4);
  if (precision === 'month') return monthInWords(day, language);
  return from && to && from !== to ? daysInWords(from, to, language) : dayInWords(day, language);
}

/** `1,500.00 USD`, each figure as it is stored. */
export const moneyInWords = ({ amount, currency }: Money, language: PdfLanguage): string =>
  `${new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(amount as `${number}`)} ${currency}`;
