import { calendarOf, isMailAddress, type LedgerEntry, type MailData } from '#messaging';
import type { RecordSummary } from '#records';
import type { Conference } from './conference.entity.js';
import { type ConferenceTime, conferenceSpan } from './conference-time.js';
import type { RegistrationStatus } from './registration-status.js';

/** What somebody may be told of their registration, each once. */
export type RegistrationStep = 'confirmed' | 'waitlisted' | 'promoted' | 'cancelled';

/** A registration as its mails need it. */
export interface RegistrationFacts {
  id: string;
  personId: string;
  status: RegistrationStatus;
  promotedAt: Date | null;
  code: string;
  /** Place in the line, from 1. */
  position: number | null;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** The last step that a registration has taken. */
export function stepOf({ status, promotedAt }: Pick<RegistrationFacts, 'status' | 'promotedAt'>): RegistrationStep {
  if (status === 'waitlisted' || status === 'cancelled') return status;
  return promotedAt ? 'promoted' : 'confirmed';
}

/** Names the one mail about a step of a registration. */
export const stepKey = (id: string, step: RegistrationStep): string => `registration:${id}:${step}`;

/** What it depends on whether people hear of places. */
export type Announced = ConferenceTime & Pick<Conference, 'status'>;

/** Whether people hear of places at a conference: once it is announced, and until it is over. */
export const isAnnounced = (conference: Announced, now: Date): boolean =>
  (conference.status === 'published' || conference.status === 'in_progress') && !isOver(conference, now);

/** Whether it is over, as far as its time is known; what has been recorded of the past tells nobody anything. */
export function isOver(conference: ConferenceTime, now: Date): boolean {
  const end = endOf(conference);
  return end !== null && end <= now;
}

/** Null where nothing is known; one of which only the start is known lasts for that day. */
const endOf = (conference: ConferenceTime): Date | null =>
  conferenceSpan(conference)[1] ?? conferenceSpan({ ...conference, datePrecision: 'day' })[1];

/** The mail about the last step of a registration. A place comes with its code, and an entry for the calendar. */
export function registrationMail(
  conference: ConferenceTime,
  about: RecordSummary,
  registration: RegistrationFacts,
): LedgerEntry {
  const { id, personId, name, email, locale, timeZone } = registration;
  const step = stepOf(registration);
  const address = email && isMailAddress(email) ? email : null;
  return {
    kind: 'notice',
    dedupeKey: stepKey(id, step),
    recipient: { personId, name, email: address, locale, timeZone },
    aboutId: about.id,
    templateKey: `registration_${step}`,
    data: { ...dataOf(about), ...stepData(step, registration) },
    calendar: calendarFor(about, step),
    notAfter: endOf(conference) ?? undefined,
    timeZone: about.timeZone ?? undefined,
    reason: address === null ? 'no_address' : null,
  };
}

function calendarFor(about: RecordSummary, step: RegistrationStep): LedgerEntry['calendar'] {
  if (step === 'waitlisted') return undefined;
  return step === 'cancelled' ? calendarOf(about, 'CANCEL') : calendarOf(about, 'REQUEST', 'ACCEPTED');
}

function stepData(step: RegistrationStep, { code, position }: RegistrationFacts): MailData {
  if (step === 'waitlisted') return { position: String(position) };
  return step === 'cancelled' ? {} : { code };
}

const dataOf = ({ title, startsAt, endsAt, datePrecision, timeZone, place }: RecordSummary): MailData => ({
  title,
  startsAt: startsAt?.toISOString(),
  endsAt: endsAt?.toISOString(),
  datePrecision,
  timeZone,
  place,
});
