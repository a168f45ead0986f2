import { calendarText, isTimeZone } from '#calendar';
import type { MailCalendar } from './mail-calendar.js';
import type { MailData } from './planned-message.js';

/** What the calendar entry of a mail is made from. */
export interface CalendarMail {
  aboutId: string | null;
  calendar: MailCalendar | null;
  email: string;
  recipientName: string;
  locale: string;
  data: MailData;
}

export interface CalendarHouse {
  organizer: { name: string; email: string };
  /** Page that takes the answer. */
  respondUrl?: string;
}

/**
 * The entry of one mail as an iCalendar file (RFC 5545, 5546) for its one recipient; undefined for a mail without one.
 * A withdrawn entry says CANCELLED even where only this recipient is no longer asked: theirs is the calendar it ends in,
 * and Google takes nothing out without it.
 */
export function mailCalendarFile(mail: CalendarMail, { organizer, respondUrl }: CalendarHouse): string | undefined {
  const { aboutId, calendar, data } = mail;
  const time = calendar && timeOf(data, calendar.method);
  if (!aboutId || !time) return undefined;
  const { method, sequence, partstat } = calendar;
  const event = {
    id: aboutId,
    sequence,
    changedAt: new Date(),
    ...time,
    title: text(data.title) ?? '',
    location: text(data.place),
    description: method === 'REQUEST' && respondUrl ? `${labelOf(mail.locale)}: ${respondUrl}` : undefined,
    status: method === 'CANCEL' ? ('CANCELLED' as const) : ('CONFIRMED' as const),
    organizer,
    attendees: [{ name: mail.recipientName, email: mail.email, status: partstat }],
  };
  return calendarText({ method, events: [event] });
}

/** The entry that goes is where its recipient has it: at the time they knew. */
function timeOf({ startsAt, endsAt, timeZone, ...data }: MailData, method: MailCalendar['method']) {
  const before = { startsAt: instant(data.wasStartsAt), endsAt: instant(data.wasEndsAt) };
  if (method === 'CANCEL' && before.startsAt && before.endsAt)
    return { startsAt: before.startsAt, endsAt: before.endsAt, timeZone: zoneOf(data.wasTimeZone) };
  const now = { startsAt: instant(startsAt), endsAt: instant(endsAt) };
  return now.startsAt && now.endsAt
    ? { startsAt: now.startsAt, endsAt: now.endsAt, timeZone: zoneOf(timeZone) }
    : undefined;
}

const text = (value: MailData[string]): string | undefined => (typeof value === 'string' ? value : undefined);

/** One that does not exist leaves the times in UTC. */
function zoneOf(value: MailData[string]): string | undefined {
  const zone = text(value);
  return zone && isTimeZone(zone) ? zone : undefined;
}

function instant(value: MailData[string]): Date | undefined {
  const date = new Date(text(value) ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const labelOf = (locale: string): string => ANSWER[locale.split('-')[0] ?? ''] ?? 'Answer';

const ANSWER: Record<string, string | undefined> = { en: 'Answer', az: 'Cavab', ru: 'Ответить' };
