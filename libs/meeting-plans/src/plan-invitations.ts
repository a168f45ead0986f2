import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { InvitationSeriesService, type Invitee, type SeriesRound } from '#invitations';
import type { PlannedPair } from './plan-meetings.js';

/** Invites those who meet. */
@Injectable()
export class PlanInvitations {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationSeriesService,
  ) {}

  /** Both sides of each meeting that is not over; answers how many invitations that makes. */
  async send(meetings: (PlannedPair & { meetingId: string })[]): Promise<number> {
    const now = await this.database.now();
    const people = await this.people(meetings);
    const rounds = meetings.flatMap(({ meetingId, endsAt, delegate, host }): SeriesRound[] => {
      const both = [delegate.personId, host.contactId].flatMap((id) => people.get(id ?? '') ?? []);
      if (endsAt <= now || both.length === 0) return [];
      return [{ about: { type: 'side_meeting', id: meetingId }, people: both }];
    });
    return rounds.length > 0 ? this.invitations.inviteAll(rounds) : 0;
  }

  private async people(meetings: PlannedPair[]): Promise<Map<string, Invitee>> {
    const ids = meetings.flatMap(({ delegate, host }) => [
      delegate.personId,
      ...(host.contactId ? [host.contactId] : []),
    ]);
    const rows = await this.database.query<Invitee>(
      `SELECT id AS "personId", full_name AS name, email, locale, time_zone AS "timeZone" FROM people
       WHERE id = ANY($1::uuid[]) AND archived_at IS NULL`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((person) => [person.personId, person]));
  }
}
