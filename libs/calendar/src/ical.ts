import { localText, timeZoneLines } from './vtimezone.js';

/** One event of a calendar file. */
export interface CalendarEvent {
  /** Id of the record behind; becomes the stable UID (RFC 5545 §3.8.4.7). */
  id: string;
  /** Raised whenever the event changes (RFC 5545 §3.8.7.4). */
  sequence: number;
  /** When it was last changed; DTSTAMP. */
  changedAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone whose clocks the event follows; times are in UTC when absent. */
  timeZone?: string | null;
  title: string;
  description?: string | null;
  location?: string | null;
  categories?: string[];
  status?: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  organizer?: { name: string; email: string };
  attendees?: CalendarAttendee[];
}

/** Somebody an event is sent to (RFC 5545 §3.8.4.1). */
export interface CalendarAttendee {
  name: string;
  email: string;
  /** PARTSTAT; `NEEDS-ACTION` when absent, which is the one that asks for an answer. */
  status?: 'NEEDS-ACTION' | 'ACCEPTED' | 'TENTATIVE' | 'DECLINED';
}

/** A calendar file; `method` only where it is an invitation or its withdrawal (RFC 5546). */
export interface CalendarFile {
  name?: string;
  method?: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  /** ISO 8601 duration after which a program that has subscribed should look again (RFC 7986 §5.7). */
  refreshAfter?: string;
  events: CalendarEvent[];
}

const FOLD_OCTETS = 75;

/** The file as iCalendar text (RFC 5545): CRLF, folded lines, each zone defined that an event names. */
export function calendarText({ name, method, refreshAfter, events }: CalendarFile): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Chamberlain//Chamberlain//EN',
    'CALSCALE:GREGORIAN',
    ...(method ? [`METHOD:${method}`] : []),
    ...(name ? [`X-WR-CALNAME:${escapeText(name)}`] : []),
    // The second is what Outlook and Apple read.
    ...(refreshAfter ? [`REFRESH-INTERVAL;VALUE=DURATION:${refreshAfter}`, `X-PUBLISHED-TTL:${refreshAfter}`] : []),
    ...zonesOf(events),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  const optional: [string, string | null | undefined][] = [
    ['DESCRIPTION', event.description],
    ['LOCATION', event.location],
  ];
  return [
    'BEGIN:VEVENT',
    `UID:${event.id}@chamberlain`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `DTSTART${time(event.startsAt, event.timeZone)}`,
    `DTEND${time(event.endsAt, event.timeZone)}`,
    `SUMMARY:${escapeText(event.title)}`,
    ...optional.flatMap(([key, value]) => (value ? [`${key}:${escapeText(value)}`] : [])),
    ...(event.categories?.length ? [`CATEGORIES:${event.categories.map(escapeText).join(',')}`] : []),
    `STATUS:${event.status ?? 'CONFIRMED'}`,
    ...(event.organizer ? [`ORGANIZER;CN=${parameter(event.organizer.name)}:${mailto(event.organizer.email)}`] : []),
    ...(event.attendees ?? []).map((attendee) => attendeeLine(attendee, event.status === 'CANCELLED')),
    'END:VEVENT',
  ];
}

/** Apple and Outlook want kind and role said; a withdrawn event asks for no answer. */
function attendeeLine({ name, email, status = 'NEEDS-ACTION' }: CalendarAttendee, cancelled: boolean): string {
  const asked = status === 'NEEDS-ACTION' && !cancelled ? 'TRUE' : 'FALSE';
  const parameters = `CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${status};RSVP=${asked};CN=${parameter(name)}`;
  return `ATTENDEE;${parameters}:${mailto(email)}`;
}

/** Each zone once, with its clocks from the first event in it to the last. */
function zonesOf(events: CalendarEvent[]): string[] {
  const zones = new Set(events.flatMap(({ timeZone }) => timeZone ?? []));
  return [...zones].flatMap((zone) => {
    const own = events.filter(({ timeZone }) => timeZone === zone);
    const from = Math.min(...own.map(({ startsAt }) => startsAt.getTime()));
    const to = Math.max(...own.map(({ endsAt }) => endsAt.getTime()));
    return timeZoneLines(zone, new Date(from), new Date(to));
  });
}

/** DATE-TIME with local time and zone, or in UTC (RFC 5545 §3.3.5). */
function time(at: Date, zone: string | null | undefined): string {
  const local = zone ? localText(at, zone) : null;
  return local ? `;TZID=${zone}:${local}` : `:${utc(at)}`;
}

/** `20260310T140000Z` */
const utc = (instant: Date): string => instant.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');

/** TEXT value (RFC 5545 §3.3.11); other control characters have no place in it. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(CONTROLS, '');

/** Parameter value (RFC 5545 §3.2): always quoted, so it can hold neither quotes nor line ends. */
const parameter = (text: string): string =>
  `"${text
    .replace(/"/g, "'")
    .replace(/[\r\n\t]+/g, ' ')
    .replace(CONTROLS, '')}"`;

const mailto = (email: string): string => `mailto:${email.replace(/[\s\p{Cc}]/gu, '')}`;

/** Control characters but the tab. */
const CONTROLS = /(?!\t)\p{Cc}/gu;

/** Lines of at most 75 octets, continued with a space, never cut inside a character (RFC 5545 §3.1). */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > FOLD_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
