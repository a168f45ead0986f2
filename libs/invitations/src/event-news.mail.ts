import { calendarOf, isMailAddress, type LedgerEntry, type MailCalendar, type Participation } from '#messaging';
import type { RecordSummary } from '#records';
import type { InvitationStatus } from './invitation.entity.js';
import { factsOf, usefulUntil } from './invitation-round.js';

/** Templates of the mails about a change. */
export const NEWS = ['event_moved', 'event_called_off'] as const;
export type News = (typeof NEWS)[number];

/** What somebody has last been told of an event; a fact that no mail named is absent. */
export interface ToldFacts {
  startsAt?: string | null;
  endsAt?: string | null;
  datePrecision?: string | null;
  timeZone?: string | null;
  place?: string | null;
  calendar?: MailCalendar | null;
}

/** Somebody who knows an event as it is no longer. */
export interface OutdatedRecipient {
  aboutId: string;
  /** Person, user or address. */
  who: string;
  news: News;
  dedupeKey: string;
  /** The event takes place after all. */
  backOn: boolean;
  personId: string | null;
  userId: string | null;
  /** Null where there is none but what the mails went to. */
  currentEmail: string | null;
  email: string;
  name: string;
  locale: string;
  /** Null where only the zone of the event is known. */
  timeZone: string | null;
  told: ToldFacts;
  invitationId: string | null;
  invitation: InvitationStatus | null;
  withdrawn: boolean;
  /** Has no place yet, and so nothing in the calendar. */
  waits?: boolean;
  /** When the same news goes out already. */
  sendAt: Date | null;
}

/** Changes that come close together make one mail: it waits so long for the next one, in milliseconds. */
const SETTLING = 30_000;

/** A feature's word comes first; whoever it does not know is in while the invitation stands, or nobody keeps a list. */
export function isConcerned(
  { invitation, withdrawn }: Pick<OutdatedRecipient, 'invitation' | 'withdrawn'>,
  takesPart: boolean | undefined,
  listIsKept: boolean,
): boolean {
  if (takesPart !== undefined) return takesPart;
  return invitation === null ? !listIsKept : !withdrawn && invitation !== 'declined';
}

/** The mail to somebody who knows an event as it is no longer. */
export function newsMail(about: RecordSummary, to: OutdatedRecipient, now: Date): LedgerEntry {
  const off = to.news === 'event_called_off';
  const { personId, userId, name, locale, timeZone } = to;
  const email = to.currentEmail && isMailAddress(to.currentEmail) ? to.currentEmail : to.email;
  return {
    kind: 'notice',
    dedupeKey: to.dedupeKey,
    recipient: { personId, userId, email, name, locale, timeZone },
    aboutId: about.id,
    invitationId: to.invitationId ?? undefined,
    templateKey: to.news,
    data: { ...factsOf(about), ...before(about, to.told), ...(off && { calledOff: 'true' }), ...backOn(to) },
    calendar: off ? withdrawal(about, to.told) : entry(about, to),
    sendAt: to.sendAt ?? new Date(now.getTime() + SETTLING),
    notAfter: about.exact || about.datePrecision === 'window' ? usefulUntil(about) : undefined,
    timeZone: about.timeZone ?? undefined,
    evenIfCalledOff: off,
  };
}

const backOn = (to: OutdatedRecipient) => to.backOn && { backOn: 'true' };

/** What they knew, where it is another now. */
function before(about: RecordSummary, told: ToldFacts) {
  const sameTime = isSame(told.startsAt, about.startsAt) && isSame(told.endsAt, about.endsAt);
  const sameZone = (told.timeZone ?? null) === about.timeZone;
  const place = told.place && told.place !== about.place ? { wasPlace: told.place } : {};
  if (sameTime && sameZone && (told.datePrecision ?? null) === about.datePrecision) return place;
  const { startsAt, endsAt, timeZone, datePrecision } = told;
  return { wasStartsAt: startsAt, wasEndsAt: endsAt, wasTimeZone: timeZone, wasDatePrecision: datePrecision, ...place };
}

const isSame = (told: string | null | undefined, now: Date | null): boolean =>
  told === undefined || (told === null ? now === null : new Date(told).getTime() === now?.getTime());

/** The new entry; the old one goes where the new time is not known to the minute. */
const entry = (about: RecordSummary, to: OutdatedRecipient): MailCalendar | undefined =>
  to.waits && !to.told.calendar
    ? undefined
    : (calendarOf(about, 'REQUEST', participationOf(to)) ?? withdrawal(about, to.told));

/** Only somebody who was given an entry can take it out. */
const withdrawal = (about: RecordSummary, { calendar }: ToldFacts): MailCalendar | undefined =>
  calendar?.method === 'REQUEST' ? { ...calendar, method: 'CANCEL', sequence: about.sequence } : undefined;

/** What they have answered stands: a change does not ask them again. */
function participationOf({ invitation, told }: OutdatedRecipient): Participation | undefined {
  if (invitation === 'accepted') return 'ACCEPTED';
  if (invitation === 'tentative' || invitation === 'delegated') return 'TENTATIVE';
  return told.calendar?.partstat ?? (invitation === null ? 'ACCEPTED' : undefined);
}
