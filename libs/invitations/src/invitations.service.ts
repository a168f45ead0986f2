import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditedStore, AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import {
  calendarOf,
  type MailData,
  MessageLedger,
  TemplatesReader,
  UnanswerableTemplate,
  UnknownTemplate,
} from '#messaging';
import { type RecordReference, RecordsReader, type RecordSummary } from '#records';
import { holdRules, ReminderRulesReader } from '#reminders';
import { EventNews } from './event-news.js';
import { demandInvitation, takeBackInvitation } from './invitation-mails.js';
import { roundTimes } from './invitation-times.js';
import { Invitation } from './invitation.entity.js';
import { InvitationWithdrawals } from './invitation-withdrawals.js';
import { factsOf, type InvitationRound, usefulUntil } from './invitation-round.js';
import { InvitationCancelled, NothingToInviteTo } from './invitations.errors.js';
import { PendingReminders } from './pending-reminders.js';
import { demandRespondBy, demandSoundRound } from './round-policy.js';
import { type JudgedInvitee, RoundAudience } from './round-audience.js';
import { planAgain } from './stopped-mails.js';
import { type Invited, leftOut, roundMails } from './round-mails.js';
import { type InvitationResult, inviteesOf, previewOf, summary, whoElseInvited } from './round-result.js';

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
    private readonly audience: RoundAudience,
    private readonly rules: ReminderRulesReader,
    private readonly pending: PendingReminders,
    private readonly news: EventNews,
    private readonly withdrawals: InvitationWithdrawals,
  ) {}

  /** Never twice, never to a suppressed address. Throws EmptyAudience, Invalid, NotFound, NothingToInviteTo, UnknownTemplate, UnanswerableTemplate. */
  @Transactional()
  async invite(round: InvitationRound): Promise<InvitationResult> {
    const now = await this.database.now();
    await holdRules(this.database);
    const about = await this.demandOpen(round.about, now);
    demandSoundRound(round, about, now);
    if (round.templateKey) await this.demandAnswerable(round.templateKey);
    const judged = await this.audience.judge(about.id, round.people);
    const timesIn = roundTimes(about, round, await this.rules.enabled('invitation'), now);
    const batchId = v7();
    if (round.dryRun) return { batchId, ...summary(judged, timesIn), preview: previewOf(judged, timesIn) };
    const invited = await this.write(about, batchId, judged, round);
    await this.withdrawals.takeBack(invited.map(({ invitationId }) => invitationId));
    await this.ledger.write([...roundMails(about, round, timesIn, invited), ...leftOut(about, round, batchId, judged)]);
    return { batchId, ...summary(whoElseInvited(judged, invited), timesIn) };
  }

  /** Changes until when an answer is asked for; null: no longer by any day. Throws NotFound, Stale, Invalid, InvitationCancelled. */
  @Transactional()
  async change(id: string, { respondBy }: { respondBy?: Date | null }, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) throw new InvitationCancelled();
    if (respondBy === undefined) return invitation;
    if (respondBy) demandRespondBy(respondBy, await this.database.now());
    const changed = await this.store.update(Invitation, invitation, { respondBy });
    const about = await this.records.find(invitation.aboutId);
    if (about) await this.tell(about, id, { respondBy: respondBy?.toISOString() ?? null });
    return changed;
  }

  /** Withdraws an invitation, its mails that have not gone out, and what came of its answer alone. Safe to repeat. Throws NotFound, Stale. */
  @Transactional()
  async cancel(id: string, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    const isTold = await this.withdrawals.giveBack(id);
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) return invitation;
    await takeBackInvitation(this.database, id, ['invitation', 'nudge', 'notice'], 'invitation_cancelled');
    if (!isTold) await this.withdrawals.tell(invitation);
    return this.store.update(Invitation, invitation, { cancelledAt: new Date() }, 'cancelled');
  }

  /** Makes every answer link sent so far invalid; mails that are yet to go carry a new one. Throws NotFound, Stale. */
  @Transactional()
  async revokeLinks(id: string, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    const invitation = await this.store.lock(Invitation, id, version);
    const linkVersion = invitation.linkVersion + 1;
    return this.store.update(Invitation, invitation, { linkVersion }, 'links_revoked');
  }

  /**
   * Lets mails that wait say what their records say now, and tells whoever knows them as they were; joined into the
   * transaction that has changed the records, after all that follows from the change.
   */
  @Transactional()
  async follow(...aboutIds: string[]): Promise<void> {
    for (const { id } of await this.database.query<{ id: string }>(AWAITED, [aboutIds])) {
      const about = await this.records.find(id);
      if (about) await this.tell(about);
    }
    await this.news.tell(aboutIds);
  }

  /** `invitationId`: its mails only. */
  private async tell(about: RecordSummary, invitationId?: string, news: MailData = {}): Promise<void> {
    const facts = {
      data: { ...factsOf(about), ...news },
      notAfter: usefulUntil(about),
      calendar: calendarOf(about, 'REQUEST'),
    };
    await this.ledger.follow(about.id, 'invitation', facts, invitationId);
    await this.ledger.follow(about.id, 'nudge', facts, invitationId);
    await planAgain(this.database, about.id, 'subject_called_off', invitationId);
    await this.pending.sync(about, invitationId);
  }

  private async demandAnswerable(key: string): Promise<void> {
    if (!(await this.templates.exists(key))) throw new UnknownTemplate(key);
    if (!(await this.templates.isAnswerable(key))) throw new UnanswerableTemplate(key);
  }

  /** The record stays as it is until the commit: whoever changes it then finds these invitations, and `follow` tells them. */
  private async demandOpen({ type, id }: RecordReference, now: Date): Promise<RecordSummary> {
    await this.records.demandVisible(type, id);
    await this.database.query('SELECT FROM records WHERE id = $1 FOR SHARE', [id]);
    const about = await this.records.find(id);
    if (!about || about.type !== type || about.archivedAt) throw new NotFound(type.replaceAll('_', ' '), id);
    if (about.calledOff) throw new NothingToInviteTo('called_off');
    const over = usefulUntil(about);
    if (over && over < now) throw new NothingToInviteTo('already_over');
    return about;
  }

  /** Answers those whom nobody else invited at the same moment. Rows are written in one order, so that rounds take turns. */
  private async write(
    about: RecordSummary,
    batchId: string,
    judged: JudgedInvitee[],
    { respondBy }: InvitationRound,
  ): Promise<Invited[]> {
    const people = inviteesOf(judged);
    const rows = [...people.keys()].sort().map((personId) => ({ id: v7(), person_id: personId }));
    const written = await this.database.query<{ id: string; personId: string }>(INVITE, [
      JSON.stringify(rows),
      about.id,
      batchId,
      respondBy,
    ]);
    await this.trail.record({
      action: 'invited',
      subjectType: about.type,
      aboutId: about.id,
      after: { batchId, invited: written.length },
    });
    return written.flatMap(({ id, personId }) => {
      const recipient = people.get(personId);
      return recipient ? [{ invitationId: id, batchId, recipient }] : [];
    });
  }
}

/** A withdrawn invitation is made anew by the next round; one that stands is left alone. */
const INVITE = `
  INSERT INTO invitations (id, about_id, person_id, batch_id, status, respond_by)
  SELECT id, $2::uuid, person_id, $3::uuid, 'needs_action', $4::timestamptz FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, person_id uuid)
  ON CONFLICT (about_id, person_id) DO UPDATE SET
    cancelled_at = NULL, status = 'needs_action', responded_at = NULL, note = NULL, batch_id = excluded.batch_id,
    respond_by = excluded.respond_by, version = invitations.version + 1, updated_at = now()
  WHERE invitations.cancelled_at IS NOT NULL
  RETURNING id, person_id AS "personId"`;

/** In one order, so that two who change the same records wait for each other in turn. */
const AWAITED = `
  SELECT DISTINCT about_id AS id FROM messages
  WHERE about_id = ANY($1) AND kind IN ('invitation', 'nudge') AND status <> 'sent' ORDER BY about_id`;
