import type { Invitee } from './invitation-round.js';
import type { MailTimes } from './invitation-times.js';
import {
  countsOf,
  type InvitationCounts,
  type InvitationVerdict,
  isReachable,
  type JudgedInvitee,
  type ReachableInvitee,
} from './round-audience.js';
import type { Invited } from './round-mails.js';

export interface InvitationResult {
  batchId: string;
  counts: InvitationCounts;
  /** How many of the mails wait for the morning where their recipient is. */
  delayed: number;
  /** Of a dry run: the first of the audience and what would become of them. */
  preview?: InvitationPreview[];
}

/** What a round would do about somebody. */
export interface InvitationPreview extends Pick<Invitee, 'personId' | 'name'> {
  email: string | null;
  verdict: InvitationVerdict;
  /** When the mail would go out; null where none would. */
  sendAt: Date | null;
}

/** People shown of a dry run; the counts are of all. */
const PREVIEWED = 200;

/** Those whom the round invites, by their id. */
export const inviteesOf = (judged: JudgedInvitee[]): Map<string, ReachableInvitee> =>
  new Map(
    judged.flatMap(({ person, verdict }) =>
      verdict === 'invited' && isReachable(person) ? [[person.personId, person]] : [],
    ),
  );

type Times = (timeZone: string | null | undefined) => MailTimes;

export const summary = (judged: JudgedInvitee[], timesIn: Times): Pick<InvitationResult, 'counts' | 'delayed'> => ({
  counts: countsOf(judged),
  delayed: judged.filter(({ person, verdict }) => verdict === 'invited' && timesIn(person.timeZone).delayed).length,
});

export const previewOf = (judged: JudgedInvitee[], timesIn: Times): InvitationPreview[] =>
  judged.slice(0, PREVIEWED).map(({ person, verdict }) => ({
    personId: person.personId,
    name: person.name,
    email: person.email ?? null,
    verdict,
    sendAt: verdict === 'invited' ? timesIn(person.timeZone).sendAt : null,
  }));

/** Somebody may have invited the same people between the verdict and the writing. */
export function whoElseInvited(judged: JudgedInvitee[], invited: Invited[]): JudgedInvitee[] {
  const now = new Set(invited.map(({ recipient }) => recipient.personId));
  return judged.map(({ person, verdict }) => ({
    person,
    verdict: verdict === 'invited' && !now.has(person.personId) ? 'alreadyInvited' : verdict,
  }));
}
