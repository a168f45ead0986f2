/** Order of day, month and year in dates such as 03/04/2026. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export type ReadDate = { date: string } | { code: 'ambiguous_date' | 'bad_date' | 'no_such_day'; message: string };

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const YEAR_FIRST = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/**
 * A calendar day as YYYY-MM-DD. ISO 8601 is always understood; of 03/04/2026 only `order` tells the month, unless one
 * of the numbers cannot be one. With an `order` that is the only way to read it. Never guesses.
 */
export function readDate(text: string, order?: DateOrder): ReadDate {
  const first = ISO.exec(text) ?? YEAR_FIRST.exec(text);
  if (first) return calendarDay(text, first[1], first[2], first[3]);
  const last = YEAR_LAST.exec(text);
  if (!last) return { code: 'bad_date', message: notADate(text) };
  const [one, two] = [Number(last[1]), Number(last[2])];
  // Year first says nothing of days and months that come before the year.
  const said = order === 'ymd' ? undefined : order;
  if (!said && one <= 12 && two <= 12 && one !== two) {
    return { code: 'ambiguous_date', message: ambiguous(text, last[3], last[1], last[2]) };
  }
  const monthFirst = said ? said === 'mdy' : two > 12;
  return monthFirst ? calendarDay(text, last[3], last[1], last[2]) : calendarDay(text, last[3], last[2], last[1]);
}

function ambiguous(text: string, year = '', one = '', two = ''): string {
  const day = (month: string, dayOfMonth: string): string =>
    `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  return `"${text}" could be ${day(two, one)} or ${day(one, two)}; write it like that, or say dateOrder dmy or mdy.`;
}

/** What people meet most: the day numbers of spreadsheets, and years cut short. */
function notADate(text: string): string {
  if (/^\d{5}([.,]\d+)?$/.test(text)) {
    return `"${text}" is the number by which a spreadsheet counts days; format the column as dates, or write 2026-03-10.`;
  }
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/.test(text)) {
    return `"${text}" has no year of four digits; write it as 2026-03-10.`;
  }
  return `"${text}" is not a date; write it as 2026-03-10.`;
}

function calendarDay(text: string, year = '', month = '', day = ''): ReadDate {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)) {
    return { date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
  }
  return { code: 'no_such_day', message: `"${text}" is a day that does not exist.` };
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
