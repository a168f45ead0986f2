import { overBy } from '#calendar';
import type { RecordReference, RecordSummary } from '#records';
import { calendarOf, type MailData, type MessageInput } from '#messaging';

/** Somebody who might be invited. */
export interface Invitee {
  personId: string;
  email?: string | null;
  name: string;
  /** BCP 47 */
  locale?: string | null;
  /** IANA zone */
  timeZone?: string | null;
}

export interface InvitationRound {
  about: RecordReference;
  people: Invitee[];
  /** `invitation` when absent. */
  templateKey?: string;
  respondBy?: Date;
  /** Now when absent. */
  sendAt?: Date;
  /** ISO 8601 durations after `sendAt` at which whoever has not answered is asked again (`P7D`). */
  nudges?: string[];
  /** Says who would be invited, writes nothing. */
  dryRun?: boolean;
}

/** What a record says of itself: what, when and where. */
export const factsOf = ({ title, startsAt, endsAt, datePrecision, timeZone, place }: RecordSummary): MailData => ({
  title,
  startsAt: startsAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
  datePrecision,
  timeZone,
  place,
});

/** Nobody wants to be invited to what is over; something of March is when March is. */
export const usefulUntil = (about: RecordSummary): Date | undefined => overBy(about) ?? undefined;

/** A mail but for whom it goes to and when. */
export type RoundMail = Omit<MessageInput, 'dedupeKey' | 'recipient' | 'sendAt'>;

/** What all mails of a round have in common: the record itself says what, when and where. */
export function mailOf(
  about: RecordSummary,
  { templateKey = 'invitation', respondBy }: Pick<InvitationRound, 'templateKey' | 'respondBy'>,
): RoundMail {
  return {
    kind: 'invitation',
    aboutId: about.id,
    templateKey,
    data: { ...factsOf(about), respondBy: respondBy?.toISOString() },
    calendar: calendarOf(about, 'REQUEST'),
    notAfter: usefulUntil(about),
    timeZone: about.timeZone ?? undefined,
  };
}
