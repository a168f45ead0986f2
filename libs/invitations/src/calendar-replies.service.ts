import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Conflict } from '#faults';
import type { CalendarReply } from './calendar-reply.js';
import type { InvitationStatus } from './invitation.entity.js';
import { InvitationResponsesService } from './invitation-responses.service.js';

/** What came of the answer of a calendar program. */
export interface CalendarReplyEffect {
  applied: boolean;
  /** Why nothing came of it; null where something did. */
  reason: string | null;
  /** The same in words. */
  detail: string | null;
  /** Null where it is not known whose answer it is. */
  invitationId: string | null;
  /** What the reply said. */
  status: InvitationStatus;
}

/** Takes in the answers that calendar programs send (RFC 5546 §3.2.3). */
@Injectable()
export class CalendarRepliesService {
  constructor(
    private readonly database: Database,
    private readonly responses: InvitationResponsesService,
  ) {}

  /**
   * The answer of whoever was invited at the address it comes from; else of the one among `holders` (ids of people who have
   * that address) who was. One to an older SEQUENCE counts: what was answered before an event moved stands as well. Safe to
   * repeat, in any order.
   */
  async take(reply: CalendarReply, holders: string[]): Promise<CalendarReplyEffect> {
    const { aboutId, status, note, answeredAt } = reply;
    if (!aboutId || !(await this.isRecord(aboutId))) return unused(status, 'unknown_event');
    const found = await this.database.query<Candidate>(CANDIDATES, [aboutId, reply.email, holders]);
    const [invitation, another] = meant(found, reply.name);
    if (!invitation) return unused(status, 'not_invited');
    if (another) return unused(status, 'ambiguous_address');
    try {
      await this.responses.respondAsOf(invitation.id, { status, note }, answeredAt);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return { applied: false, reason: error.code, detail: error.message, invitationId: invitation.id, status };
    }
    return { applied: true, reason: null, detail: null, invitationId: invitation.id, status };
  }

  private async isRecord(id: string): Promise<boolean> {
    return (await this.database.queryOne('SELECT FROM records WHERE id = $1', [id])) !== undefined;
  }
}

/** An invitation that the reply may be about. */
interface Candidate {
  id: string;
  /** Of the invitee. */
  name: string;
  /** A mail of it went to the address of the reply. */
  mailed: boolean;
  withdrawn: boolean;
}

const DETAILS = {
  unknown_event: 'It is about no event of ours.',
  not_invited: 'Nobody with that address was invited to it.',
  ambiguous_address: 'Several invitees have that address, and the reply does not name one of them.',
};

const unused = (status: InvitationStatus, reason: keyof typeof DETAILS): CalendarReplyEffect => ({
  applied: false,
  reason,
  detail: DETAILS[reason],
  invitationId: null,
  status,
});

/** Where people share an address, whoever the entry in their calendar names. */
function meant(found: Candidate[], name: string | null): Candidate[] {
  const mailed = narrowed(found, (each) => each.mailed);
  const standing = narrowed(mailed, (each) => !each.withdrawn);
  return standing.length > 1 ? narrowed(standing, (each) => isSame(each.name, name ?? '')) : standing;
}

/** Those that fit, where any does. */
function narrowed(candidates: Candidate[], fits: (candidate: Candidate) => boolean): Candidate[] {
  const fitting = candidates.filter(fits);
  return fitting.length > 0 ? fitting : candidates;
}

const isSame = (one: string, other: string): boolean =>
  one.normalize().toLowerCase() === other.trim().normalize().toLowerCase();

const CANDIDATES = `
  WITH mailed AS (SELECT DISTINCT invitation_id AS id FROM messages WHERE email = $2 AND about_id = $1 AND invitation_id IS NOT NULL)
  SELECT i.id, p.title AS name, EXISTS (SELECT FROM mailed m WHERE m.id = i.id) AS mailed, i.cancelled_at IS NOT NULL AS withdrawn
  FROM invitations i JOIN records p ON p.id = i.person_id
  WHERE i.about_id = $1 AND (i.person_id = ANY($3::uuid[]) OR i.id IN (SELECT id FROM mailed))
  ORDER BY i.id LIMIT 50`;
