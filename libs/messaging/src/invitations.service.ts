import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore, AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import { type RecordReference, RecordsReader, type RecordSummary } from '#records';
import { Invitation, type InvitationStatus } from './invitation.entity.js';
import { MailLinks } from './mail-links.js';
import { MessageLedger } from './message-ledger.js';
import type { MessageReason } from './message-status.js';
import { EmptyAudience, InvitationCancelled, NothingToInviteTo } from './messaging.errors.js';

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

export interface InvitationResult {
  batchId: string;
  counts: { invited: number; alreadyInvited: number; suppressed: number; noEmail: number };
}

export interface InvitationAnswer {
  status: InvitationStatus;
  note?: string | null;
}

/** Invites people to a record, each once, and takes their answers. */
@Injectable()
export class InvitationsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly records: RecordsReader,
    private readonly ledger: MessageLedger,
    private readonly links: MailLinks,
  ) {}

  /** Never twice, never to a suppressed address. Throws EmptyAudience, NotFound, NothingToInviteTo. */
  @Transactional()
  async invite(round: InvitationRound): Promise<InvitationResult> {
    if (round.people.length === 0) throw new EmptyAudience();
    const about = await this.demandOpen(round.about);
    const { invitees, ...counts } = await this.sort(about.id, round.people);
    const batchId = v7();
    const invited = round.dryRun ? invitees : await this.write(about, batchId, invitees, round);
    const late = invitees.length - invited.length;
    return { batchId, counts: { ...counts, alreadyInvited: counts.alreadyInvited + late, invited: invited.length } };
  }

  /** Writes an answer down, on the invitee's behalf or by the answer link. Throws NotFound, Stale, InvitationCancelled. */
  @Transactional()
  async respond(id: string, { status, note }: InvitationAnswer, version?: number): Promise<Invitation> {
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) throw new InvitationCancelled();
    if (status !== 'needs_action') await this.takeBack(id, ['nudge'], 'answered');
    const respondedAt = status === 'needs_action' ? null : new Date();
    const same = invitation.status === status && (note === undefined || note === invitation.note);
    return same ? invitation : this.store.update(Invitation, invitation, { status, note, respondedAt }, 'answered');
  }

  /** Throws BadMailLink besides what `respond` throws. */
  @Transactional()
  async respondByToken(token: string, answer: InvitationAnswer): Promise<Invitation> {
    return this.respond(this.links.invitationOf(token), answer);
  }

  /** Withdraws an invitation, and its mails that have not gone out. Safe to repeat. Throws NotFound, Stale. */
  @Transactional()
  async cancel(id: string, version?: number): Promise<Invitation> {
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) return invitation;
    await this.takeBack(id, ['invitation', 'nudge'], 'invitation_cancelled');
    return this.store.update(Invitation, invitation, { cancelledAt: new Date() }, 'cancelled');
  }

  private async demandOpen({ type, id }: RecordReference): Promise<RecordSummary> {
    const about = await this.records.find(id);
    if (!about || about.type !== type || about.archivedAt) throw new NotFound(type.replaceAll('_', ' '), id);
    if (about.calledOff) throw new NothingToInviteTo('called_off');
    const over = about.endsAt ?? about.startsAt;
    if (over && over.getTime() < Date.now()) throw new NothingToInviteTo('already_over');
    return about;
  }

  /** Who is left to invite, and how many are not and why. */
  private async sort(aboutId: string, people: Invitee[]) {
    const once = [...new Map(people.map((person) => [person.personId, person])).values()];
    const known = await this.database.query<{ personId: string }>(
      'SELECT person_id AS "personId" FROM invitations WHERE about_id = $1',
      [aboutId],
    );
    const invitedBefore = new Set(known.map((row) => row.personId));
    const fresh = once.filter((person) => !invitedBefore.has(person.personId));
    const reachable = fresh.filter(hasEmail);
    const emails = reachable.map((person) => person.email.toLowerCase());
    const rows = await this.database.query<{ email: string }>('SELECT email FROM suppressions WHERE email = ANY($1)', [
      emails,
    ]);
    const suppressed = new Set(rows.map((row) => row.email));
    const invitees = reachable.filter((person) => !suppressed.has(person.email.toLowerCase()));
    return {
      invitees,
      alreadyInvited: once.length - fresh.length,
      noEmail: fresh.length - reachable.length,
      suppressed: reachable.length - invitees.length,
    };
  }

  /** Answers those whom nobody else invited at the same moment. */
  private async write(
    about: RecordSummary,
    batchId: string,
    invitees: ReachableInvitee[],
    round: InvitationRound,
  ): Promise<ReachableInvitee[]> {
    const rows = invitees.map(({ personId }) => ({
      id: v7(),
      about_id: about.id,
      person_id: personId,
      batch_id: batchId,
      respond_by: round.respondBy,
    }));
    const written = await this.database.query<{ id: string; personId: string }>(INVITE, [JSON.stringify(rows)]);
    const invitationOf = new Map(written.map((row) => [row.personId, row.id]));
    const invited = invitees.filter(({ personId }) => invitationOf.has(personId));
    await this.ledger.enter(
      invited.map((recipient) => {
        const invitationId = invitationOf.get(recipient.personId) ?? '';
        return { ...mailOf(about, round), dedupeKey: `invitation:${invitationId}`, recipient, invitationId, batchId };
      }),
    );
    await this.trail.record({
      action: 'invited',
      subjectType: about.type,
      aboutId: about.id,
      after: { batchId, invited: invited.length },
    });
    return invited;
  }

  private async takeBack(invitationId: string, kinds: string[], reason: MessageReason): Promise<void> {
    await this.database.query(TAKE_BACK, [invitationId, kinds, reason]);
  }
}

type ReachableInvitee = Invitee & { email: string };

const hasEmail = (person: Invitee): person is ReachableInvitee => /^[^\s@]+@[^\s@]+$/.test(person.email ?? '');

/** What all mails of a round have in common: the record itself says what, when and where. */
function mailOf(about: RecordSummary, { templateKey = 'invitation', respondBy, sendAt }: InvitationRound) {
  const data = {
    title: about.title,
    startsAt: about.startsAt?.toISOString(),
    endsAt: about.endsAt?.toISOString(),
    timeZone: about.timeZone,
    place: about.place,
    respondBy: respondBy?.toISOString(),
  };
  const notAfter = about.endsAt ?? about.startsAt ?? undefined;
  return {
    kind: 'invitation' as const,
    aboutId: about.id,
    templateKey,
    data,
    sendAt,
    notAfter,
    timeZone: about.timeZone ?? undefined,
  };
}

const INVITE = `
  INSERT INTO invitations (id, about_id, person_id, batch_id, status, respond_by)
  SELECT id, about_id, person_id, batch_id, 'needs_action', respond_by FROM jsonb_populate_recordset(NULL::invitations, $1::jsonb)
  ON CONFLICT (about_id, person_id) DO NOTHING
  RETURNING id, person_id AS "personId"`;

const TAKE_BACK = `
  UPDATE messages SET status = 'cancelled', reason = $3, lease_until = NULL, version = version + 1, updated_at = now()
  WHERE invitation_id = $1 AND kind = ANY($2) AND status IN ('planned', 'queued')`;
