import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore, AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { Invalid, NotFound } from '#faults';
import { MessageLedger, TemplatesReader, UnknownTemplate } from '#messaging';
import { type RecordReference, RecordsReader, type RecordSummary } from '#records';
import { isDuration } from '#reminders';
import { demandInvitation, takeBackInvitation } from './invitation-mails.js';
import { Invitation } from './invitation.entity.js';
import { factsOf, type InvitationRound, type Invitee, mailOf, nudgesOf, usefulUntil } from './invitation-round.js';
import { EmptyAudience, NothingToInviteTo } from './invitations.errors.js';

export interface InvitationResult {
  batchId: string;
  counts: { invited: number; alreadyInvited: number; suppressed: number; noEmail: number };
}

/** Invites people to a record, each once. */
@Injectable()
export class InvitationsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly records: RecordsReader,
    private readonly ledger: MessageLedger,
    private readonly templates: TemplatesReader,
  ) {}

  /** Never twice, never to a suppressed address. Throws EmptyAudience, Invalid, NotFound, NothingToInviteTo, UnknownTemplate. */
  @Transactional()
  async invite(round: InvitationRound): Promise<InvitationResult> {
    // An audience is read before the transaction begins; whoever left the directory since is not invited.
    const live = await this.records.liveAmong(round.people.map(({ personId }) => personId));
    const people = round.people.filter(({ personId }) => live.has(personId));
    if (people.length === 0) throw new EmptyAudience();
    demandNudges(round.nudges ?? []);
    const about = await this.demandOpen(round.about);
    if (round.templateKey && !(await this.templates.exists(round.templateKey)))
      throw new UnknownTemplate(round.templateKey);
    const { invitees, ...counts } = await this.sort(about.id, people);
    const batchId = v7();
    const invited = round.dryRun ? invitees : await this.write(about, batchId, invitees, round);
    const late = invitees.length - invited.length;
    return { batchId, counts: { ...counts, alreadyInvited: counts.alreadyInvited + late, invited: invited.length } };
  }

  /** Withdraws an invitation, and its mails that have not gone out. Safe to repeat. Throws NotFound, Stale. */
  @Transactional()
  async cancel(id: string, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) return invitation;
    await takeBackInvitation(this.database, id, ['invitation', 'nudge'], 'invitation_cancelled');
    return this.store.update(Invitation, invitation, { cancelledAt: new Date() }, 'cancelled');
  }

  /** Lets mails that wait say what their records say now; joined into the transaction that has changed the records. */
  @Transactional()
  async follow(...aboutIds: string[]): Promise<void> {
    for (const { id } of await this.database.query<{ id: string }>(AWAITED, [aboutIds])) {
      const about = await this.records.find(id);
      if (!about) continue;
      const facts = { data: factsOf(about), notAfter: usefulUntil(about) };
      await this.ledger.follow(id, 'invitation', facts);
      await this.ledger.follow(id, 'nudge', facts);
    }
  }

  /** The record stays as it is until the commit: whoever changes it then finds these invitations, and `follow` tells them. */
  private async demandOpen({ type, id }: RecordReference): Promise<RecordSummary> {
    await this.records.demandVisible(type, id);
    await this.database.query('SELECT FROM records WHERE id = $1 FOR SHARE', [id]);
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
      'SELECT person_id AS "personId" FROM invitations WHERE about_id = $1 AND cancelled_at IS NULL',
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
    const nudges = nudgesOf(about, round);
    await this.ledger.enter(
      invited.flatMap((recipient) => {
        const invitationId = invitationOf.get(recipient.personId) ?? '';
        const shared = { recipient, invitationId, batchId };
        return [
          { ...mailOf(about, round), ...shared, dedupeKey: `invitation:${invitationId}:${batchId}` },
          ...nudges.map(({ after, late, ...mail }) => ({
            ...mail,
            ...shared,
            dedupeKey: `nudge:${invitationId}:${batchId}:${after}`,
            reason: late ? ('too_late' as const) : null,
          })),
        ];
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
}

/** Throws Invalid for what is no duration, or one that does not lie ahead. */
function demandNudges(nudges: string[]): void {
  const faults = nudges.flatMap((nudge, index) =>
    isDuration(nudge) && !/^-|^P(T?0[A-Z])+$/i.test(nudge)
      ? []
      : [
          {
            pointer: `/nudges/${index}`,
            code: 'bad_duration',
            message: `"${nudge}" is not an ISO 8601 duration ahead, such as P7D.`,
          },
        ],
  );
  if (faults.length > 0) throw new Invalid(faults);
}

type ReachableInvitee = Invitee & { email: string };

const hasEmail = (person: Invitee): person is ReachableInvitee => /^[^\s@]+@[^\s@]+$/.test(person.email ?? '');

/** A withdrawn invitation is made anew by the next round; one that stands is left alone. */
const INVITE = `
  INSERT INTO invitations (id, about_id, person_id, batch_id, status, respond_by)
  SELECT id, about_id, person_id, batch_id, 'needs_action', respond_by FROM jsonb_populate_recordset(NULL::invitations, $1::jsonb)
  ON CONFLICT (about_id, person_id) DO UPDATE SET
    cancelled_at = NULL, status = 'needs_action', responded_at = NULL, note = NULL, batch_id = excluded.batch_id,
    respond_by = excluded.respond_by, version = invitations.version + 1, updated_at = now()
  WHERE invitations.cancelled_at IS NOT NULL
  RETURNING id, person_id AS "personId"`;

/** In one order, so that two who change the same records wait for each other in turn. */
const AWAITED = `
  SELECT DISTINCT about_id AS id FROM messages
  WHERE about_id = ANY($1) AND kind IN ('invitation', 'nudge') AND status <> 'sent' ORDER BY about_id`;
