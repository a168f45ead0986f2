import ICAL from 'ical.js';
import { isMailAddress } from '#messaging';
import type { InvitationStatus } from './invitation.entity.js';
import { NoCalendarReply } from './invitations.errors.js';

/** What a calendar program says that its owner has answered (RFC 5546 §3.2.3). */
export interface CalendarReply {
  /** Id of the record it is about; null for an event that was not made here. */
  aboutId: string | null;
  /** Address of the attendee, lower-case. */
  email: string;
  /** What the attendee is called, where it is said. */
  name: string | null;
  status: Exclude<InvitationStatus, 'needs_action'>;
  /** Absent where nothing was noted. */
  note?: string;
  /** When the answer was given, by the clock of that program. */
  answeredAt: Date;
}

/** Characters of a note that are kept, as many as the answer page takes. */
const LONGEST_NOTE = 2_000;

/** Characters of an answer; it repeats the event, description and all. */
const LONGEST = 256_000;

/** The UID of our entries. */
const OUR_UID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@chamberlain$/i;

/** PARTSTAT (RFC 5545 §3.2.12) of those who have answered. */
const STATUSES: Record<string, CalendarReply['status'] | undefined> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
  DELEGATED: 'delegated',
};

/** Reads the answer of one attendee to one event from an iCalendar text. Throws NoCalendarReply. */
export function calendarReply(text: string): CalendarReply {
  if (text.length > LONGEST) throw new NoCalendarReply('too_long');
  const event = eventOf(calendarOf(text));
  const attendees = event.getAllProperties('attendee');
  const [attendee] = attendees;
  if (!attendee || attendees.length > 1) throw new NoCalendarReply('not_one_attendee');
  return {
    aboutId: OUR_UID.exec(textOf(event, 'uid').trim())?.[1]?.toLowerCase() ?? null,
    email: addressOf(attendee),
    name: parameterOf(attendee, 'cn') ?? null,
    status: statusOf(attendee),
    note: noteOf(event, attendee),
    answeredAt: stampOf(event),
  };
}

type Component = InstanceType<typeof ICAL.Component>;
type Property = InstanceType<typeof ICAL.Property>;

/** The one calendar of the text, which must be a reply. */
function calendarOf(text: string): Component {
  const calendar = parsed(text);
  if (calendar?.name !== 'vcalendar') throw new NoCalendarReply('no_calendar');
  const method = textOf(calendar, 'method').trim().toUpperCase();
  if (method === 'COUNTER') throw new NoCalendarReply('counter_proposal');
  if (method !== 'REPLY') throw new NoCalendarReply('not_a_reply');
  return calendar;
}

/** Undefined for what is no single iCalendar object; the parser gives up in more ways than one. */
function parsed(text: string): Component | undefined {
  try {
    const tree = ICAL.parse(text.replace(/^\uFEFF/, '')) as unknown[];
    return typeof tree[0] === 'string' ? new ICAL.Component(tree) : undefined;
  } catch {
    return undefined;
  }
}

function eventOf(calendar: Component): Component {
  const events = calendar.getAllSubcomponents('vevent');
  const [event] = events;
  if (!event || events.length > 1) throw new NoCalendarReply('not_one_event');
  return event;
}

/** A mail address, or what an address book made of it and the address beside (RFC 7986 §6.2). */
function addressOf(attendee: Property): string {
  const address = /^mailto:(.*)$/i.exec(valueOf(attendee))?.[1] ?? parameterOf(attendee, 'email') ?? '';
  const email = address.trim().toLowerCase();
  if (!isMailAddress(email)) throw new NoCalendarReply('no_address');
  return email;
}

function statusOf(attendee: Property): CalendarReply['status'] {
  const status = STATUSES[parameterOf(attendee, 'partstat')?.toUpperCase() ?? ''];
  if (!status) throw new NoCalendarReply('no_answer');
  return status;
}

/** Said in UTC (RFC 5545 §3.8.7.2); without a zone it is taken for that. */
function stampOf(event: Component): Date {
  const [, stamp] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z?$/.exec(textOf(event, 'dtstamp')) ?? [];
  const date = new Date(`${stamp ?? ''}Z`);
  if (Number.isNaN(date.getTime())) throw new NoCalendarReply('no_stamp');
  return date;
}

/** Google notes it beside the attendee, with the signs of HTML spelled out; who delegates has said to whom. */
function noteOf(event: Component, attendee: Property): string | undefined {
  const comments = event.getAllProperties('comment').map(valueOf);
  const beside = parameterOf(attendee, 'x-response-comment');
  const delegate = /^(?:mailto:)?(.+)$/i.exec(parameterOf(attendee, 'delegated-to') ?? '')?.[1];
  const notes = [comments.join('\n'), withoutEntities(beside ?? ''), delegate ? `→ ${delegate}` : ''];
  return notes.map(cleaned).find((note) => note !== '');
}

const cleaned = (note: string): string =>
  note
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST_NOTE)
    .trimEnd();

const ENTITIES: Record<string, string | undefined> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const withoutEntities = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => ENTITIES[sign] ?? sign);

/** The first property of that name as text; empty where there is none. */
function textOf(component: Component, name: string): string {
  const property = component.getFirstProperty(name);
  return property ? valueOf(property) : '';
}

/** As the parser found it, of whatever type: a date that does not exist is no reason to stop. */
function valueOf(property: Property): string {
  const [, , , value] = property.toJSON() as unknown[];
  return typeof value === 'string' ? value : '';
}

/** The first where one holds several. */
function parameterOf(property: Property, name: string): string | undefined {
  const [value] = [property.getParameter(name)].flat() as unknown[];
  return typeof value === 'string' ? value : undefined;
}
