import type { RecordReference, RecordSummary } from '#records';
import type { MailData, MessageInput } from './planned-message.js';

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
  /** Counts only, writes nothing. */
  dryRun?: boolean;
}

/** What a record says of itself: what, when and where. */
export const factsOf = ({ title, startsAt, endsAt, timeZone, place }: RecordSummary): MailData => ({
  title,
  startsAt: startsAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
  timeZone,
  place,
});

/** Nobody wants to be invited to what is over. */
export const usefulUntil = ({ endsAt, startsAt }: RecordSummary): Date | undefined => endsAt ?? startsAt ?? undefined;

/** What all mails of a round have in common: the record itself says what, when and where. */
export function mailOf(
  about: RecordSummary,
  { templateKey = 'invitation', respondBy, sendAt }: InvitationRound,
): Omit<MessageInput, 'dedupeKey' | 'recipient'> {
  return {
    kind: 'invitation',
    aboutId: about.id,
    templateKey,
    data: { ...factsOf(about), respondBy: respondBy?.toISOString() },
    sendAt,
    notAfter: usefulUntil(about),
    timeZone: about.timeZone ?? undefined,
  };
}
