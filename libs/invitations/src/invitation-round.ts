import { Temporal } from 'temporal-polyfill';
import type { RecordReference, RecordSummary } from '#records';
import type { MailData, MessageInput } from '#messaging';

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

/**
 * The mails that ask again, by their duration; days are counted on the clocks of the event. One is useful while an answer
 * is: until `respondBy`, or until the event is over.
 */
export function nudgesOf(
  about: RecordSummary,
  round: InvitationRound,
  now = new Date(),
): (Omit<MessageInput, 'dedupeKey' | 'recipient'> & { after: string; late: boolean })[] {
  const mail = mailOf(about, round);
  const notAfter = round.respondBy ?? mail.notAfter;
  return [...new Set(round.nudges ?? [])].map((after) => {
    const sendAt = shifted(round.sendAt ?? now, after, about.timeZone ?? 'UTC');
    const late = notAfter !== undefined && sendAt > notAfter;
    return { ...mail, kind: 'nudge', templateKey: 'nudge', sendAt, notAfter, after, late };
  });
}

function shifted(at: Date, duration: string, timeZone: string): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(local.add(Temporal.Duration.from(duration)).epochMilliseconds);
}

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
