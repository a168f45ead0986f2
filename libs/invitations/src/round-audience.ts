import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { isMailAddress, SuppressionsReader } from '#messaging';
import { RecordsReader } from '#records';
import type { Invitee } from './invitation-round.js';
import { EmptyAudience } from './invitations.errors.js';

/** What a round does about somebody in its audience. */
export type InvitationVerdict = 'invited' | 'alreadyInvited' | 'suppressed' | 'noEmail';

export type ReachableInvitee = Invitee & { email: string };

/** Somebody in an audience, and what a round does about them. */
export interface JudgedInvitee {
  person: Invitee;
  verdict: InvitationVerdict;
}

export type InvitationCounts = Record<InvitationVerdict, number>;

/** Decides who of an audience is invited to a record. */
@Injectable()
export class RoundAudience {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly suppressions: SuppressionsReader,
  ) {}

  /**
   * Everybody in the audience once. An audience is read before the transaction begins: whoever left the directory since
   * is not among them. Two people who share an address are two people. Throws EmptyAudience.
   */
  async judge(aboutId: string, audience: Invitee[]): Promise<JudgedInvitee[]> {
    const [judged = []] = await this.judgeAll([{ aboutId, people: audience }]);
    if (judged.length === 0) throw new EmptyAudience();
    return judged;
  }

  /** The same for several records, each with an audience of its own; one that is empty is none. */
  async judgeAll(audiences: { aboutId: string; people: Invitee[] }[]): Promise<JudgedInvitee[][]> {
    const everybody = audiences.flatMap(({ people }) => people);
    const live = await this.records.liveAmong([...new Set(everybody.map(({ personId }) => personId))]);
    const invited = await this.invited(audiences.map(({ aboutId }) => aboutId));
    const present = everybody.filter(({ personId }) => live.has(personId));
    const suppressed = await this.suppressions.among(present.flatMap(({ email }) => email ?? []));
    return audiences.map(({ aboutId, people }) => {
      const once = [...new Map(people.map((person) => [person.personId, person])).values()];
      return once
        .filter(({ personId }) => live.has(personId))
        .map((person) => ({ person, verdict: verdictOn(person, invited.get(aboutId) ?? new Set(), suppressed) }));
    });
  }

  /** Record → people who are invited to it. */
  private async invited(aboutIds: string[]): Promise<Map<string, Set<string>>> {
    const rows = await this.database.query<{ aboutId: string; personIds: string[] }>(
      `SELECT about_id AS "aboutId", array_agg(person_id::text) AS "personIds" FROM invitations
       WHERE about_id = ANY($1::uuid[]) AND cancelled_at IS NULL GROUP BY about_id`,
      [aboutIds],
    );
    return new Map(rows.map(({ aboutId, personIds }) => [aboutId, new Set(personIds)]));
  }
}

function verdictOn(person: Invitee, invited: Set<string>, suppressed: Set<string>): InvitationVerdict {
  if (invited.has(person.personId)) return 'alreadyInvited';
  if (!isReachable(person)) return 'noEmail';
  return suppressed.has(person.email.trim().toLowerCase()) ? 'suppressed' : 'invited';
}

/** Whether mail could go to the person's address. */
export const isReachable = (person: Invitee): person is ReachableInvitee => isMailAddress(person.email ?? '');

export function countsOf(judged: JudgedInvitee[]): InvitationCounts {
  const counts = { invited: 0, alreadyInvited: 0, suppressed: 0, noEmail: 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}
