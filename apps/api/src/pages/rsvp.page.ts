import { isTimeZone, spelledTime } from '#calendar';
import type { InvitationPage } from '#invitations';
import { type PageLanguage, pageLanguage } from './languages.js';
import { escapeHtml, type House, page, say } from './page.js';
import { type Words, WORDS } from './words.js';

/** Characters of a note. */
export const NOTE_LIMIT = 2_000;

/** What the page shows besides the invitation. */
export interface RsvpFrame {
  house: House;
  /** Path of the page itself. */
  path: string;
  /** What was wrong with the form that was sent. */
  fault?: 'chooseAnswer' | 'noteTooLong';
  /** The note that was sent with it. */
  note?: string;
}

/** The page on which an invitee answers. */
export function rsvpPage(invitation: InvitationPage, frame: RsvpFrame): string {
  const language = pageLanguage(invitation.locale);
  const words = WORDS[language];
  const closed = closedBecause(invitation);
  const body = [
    `<p class="name">${escapeHtml(words.dear(invitation.personName))}</p><h1>${escapeHtml(invitation.title)}</h1>`,
    facts(invitation, language),
    calendarLink(invitation, frame, words),
    closed ? say(words[closed]) : '',
    answered(invitation, words),
    closed ? '' : answerForm(invitation, frame, words),
  ];
  return page(language, `${words.invitation}: ${invitation.title}`, body.join(''), frame.house);
}

/** Why nothing can be answered any more; undefined while it can. */
export function closedBecause(invitation: InvitationPage): 'calledOff' | 'withdrawn' | 'over' | undefined {
  if (invitation.calledOff) return 'calledOff';
  if (invitation.cancelledAt) return 'withdrawn';
  return invitation.over ? 'over' : undefined;
}

/** Whether a calendar could hold it: both ends are known to the minute. */
export const isForCalendars = (
  invitation: InvitationPage,
): invitation is InvitationPage & { startsAt: Date; endsAt: Date } =>
  !invitation.datePrecision && invitation.startsAt !== null && invitation.endsAt !== null && !closedBecause(invitation);

function facts(invitation: InvitationPage, language: PageLanguage): string {
  const words = WORDS[language];
  const { startsAt, endsAt, eventTimeZone, timeZone, place, respondBy, datePrecision } = invitation;
  const home = zoneOr(eventTimeZone, 'UTC');
  const own = zoneOr(timeZone, home);
  const elsewhere = startsAt && !datePrecision && offset(startsAt, own) !== offset(startsAt, home);
  const rows: [string, string | null][] = [
    [words.when, startsAt && spell(language, home, startsAt, endsAt, datePrecision)],
    [words.localTime, elsewhere ? spell(language, own, startsAt, endsAt, null) : null],
    [words.where, place],
    [words.respondBy, respondBy && !closedBecause(invitation) ? spell(language, own, respondBy, null, null) : null],
  ];
  const shown = rows.flatMap(([term, value]) =>
    value ? `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>` : [],
  );
  return shown.length > 0 ? `<dl>${shown.join('')}</dl>` : '';
}

/** How much of a date is said that nobody is sure of. */
const CERTAIN: Record<string, Intl.DateTimeFormatOptions | undefined> = {
  day: { dateStyle: 'full' },
  window: { dateStyle: 'long' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};

/** Day, time and the zone's name, so that nobody has to guess whose ten o'clock it is. */
function spell(
  language: PageLanguage,
  timeZone: string,
  start: Date,
  end: Date | null,
  precision: string | null,
): string | null {
  if (precision) {
    const certain = CERTAIN[precision];
    if (!certain) return null;
    // An end is the first moment after: a window that ends at midnight ends on the day before.
    const last = end && precision === 'window' ? new Date(end.getTime() - 1) : null;
    return spelledTime(new Intl.DateTimeFormat(language, { ...certain, timeZone }), start, last);
  }
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `${spelledTime(format, start, end)} (${timeZone.replaceAll('_', ' ')}, ${offset(start, timeZone)})`;
}

const zoneOr = (zone: string | null, other: string): string => (zone && isTimeZone(zone) ? zone : other);

function offset(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

const calendarLink = (invitation: InvitationPage, { path }: RsvpFrame, words: Words): string =>
  isForCalendars(invitation)
    ? `<p><a href="${escapeHtml(path)}/event.ics">${escapeHtml(words.addToCalendar)}</a></p>`
    : '';

function answered(invitation: InvitationPage, words: Words): string {
  const { status } = invitation;
  if (status === 'needs_action') return '';
  const change = closedBecause(invitation) ? '' : ` ${words.mayChange}`;
  return say(`${words.answered[status]}${change}`);
}

function answerForm({ status, note }: InvitationPage, frame: RsvpFrame, words: Words): string {
  const button = (value: string, text: string, quiet: boolean) =>
    `<button name="status" value="${value}"${quiet ? ' class="quiet"' : ''}${status === value ? ' aria-current="true"' : ''}>${escapeHtml(text)}</button>`;
  return [
    frame.fault ? say(words[frame.fault], 'alert') : '',
    `<form method="post" action="${escapeHtml(frame.path)}"><label for="note">${escapeHtml(words.note)}</label>`,
    `<textarea id="note" name="note" maxlength="${NOTE_LIMIT}">${escapeHtml(frame.note ?? note ?? '')}</textarea>`,
    `<fieldset><legend>${escapeHtml(words.yourAnswer)}</legend><div class="choices">`,
    button('accepted', words.accept, false),
    button('tentative', words.tentative, true),
    button('declined', words.decline, true),
    '</div></fieldset></form>',
  ].join('');
}
