import type { LedgerEntry } from '#messaging';
import type { RecordSummary } from '#records';
import type { MailTimes, NudgeTime } from './invitation-times.js';
import { type InvitationRound, mailOf, type RoundMail } from './invitation-round.js';
import { isReachable, type JudgedInvitee, type ReachableInvitee } from './round-audience.js';

/** An invitation and whom it is for. */
export interface Invited {
  invitationId: string;
  batchId: string;
  recipient: ReachableInvitee;
}

/** The mails of one round: to whom it invites, and a word on everybody it leaves out. */
export function roundMails(
  about: RecordSummary,
  round: InvitationRound,
  timesIn: (timeZone: string | null | undefined) => MailTimes,
  invited: Invited[],
): LedgerEntry[] {
  const mail = mailOf(about, round);
  return invited.flatMap((invitation) => {
    const { sendAt, nudges } = timesIn(invitation.recipient.timeZone);
    const dedupeKey = `invitation:${invitation.invitationId}:${invitation.batchId}`;
    return [
      { ...mail, ...invitation, sendAt, dedupeKey },
      ...nudges.map((nudge) => nudgeMail(mail, invitation, nudge)),
    ];
  });
}

/** A mail that asks again; by a rule it is planned once for each moment the rule counts from, whatever the round. */
export function nudgeMail(mail: RoundMail, invited: Invited, { key, rule, ...time }: NudgeTime): LedgerEntry {
  const round = rule ? key : `${invited.batchId}:${key}`;
  return {
    ...mail,
    ...invited,
    ...time,
    kind: 'nudge',
    dedupeKey: `nudge:${invited.invitationId}:${round}`,
    ...(rule && { ruleId: rule.id, occursAt: rule.occursAt, reminderOf: 'invitation' }),
  };
}

/**
 * Why no invitation goes to those who have no address, or must not be mailed. One row for each person and thing, which
 * the latest round writes: whoever can be invited later is, by a row of its own.
 */
export function leftOut(
  about: RecordSummary,
  round: InvitationRound,
  batchId: string,
  judged: JudgedInvitee[],
): LedgerEntry[] {
  const mail = mailOf(about, round);
  return judged.flatMap(({ person, verdict }) => {
    if (verdict !== 'suppressed' && verdict !== 'noEmail') return [];
    const recipient = { ...person, email: isReachable(person) ? person.email : null };
    const reason = verdict === 'suppressed' ? ('suppressed' as const) : ('no_address' as const);
    const dedupeKey = `uninvited:${about.id}:${person.personId}`;
    return [{ ...mail, recipient, batchId, reason, sendAt: round.sendAt, dedupeKey }];
  });
}
