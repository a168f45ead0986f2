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
    const live = await this.records.liveAmong(audience.map(({ personId }) => personId));
    const people = [...new Map(audience.map((person) => [person.personId, person])).values()];
    const present = people.filter(({ personId }) => live.has(personId));
    if (present.length === 0) throw new EmptyAudience();
    const invited = await this.invited(aboutId);
    const suppressed = await this.suppressions.among(present.flatMap(({ email }) => email ?? []));
    return present.map((person) => ({ person, verdict: verdictOn(person, invited, suppressed) }));
  }

  private async invited(aboutId: string): Promise<Set<string>> {
    const rows = await this.database.query<{ personId: string }>(
      'SELECT person_id AS "personId" FROM invitations WHERE about_id = $1 AND cancelled_at IS NULL',
      [aboutId],
    );
    return new Set(rows.map((row) => row.personId));
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
