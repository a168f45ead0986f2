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
import { InvitationAnswers } from './invitation-answers.js';
import { demandInvitation, inTurn, takeBackInvitation } from './invitation-mails.js';
import { writeInvitations } from './invitation-rows.js';
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
    private readonly answers: InvitationAnswers,
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
    const personIds = invited.flatMap(({ recipient }) => recipient.personId ?? []);
    await this.answers.tellInvited(round.about.type, { aboutId: about.id, personIds });
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
    if (about) await this.tell([about], id, { respondBy: respondBy?.toISOString() ?? null });
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

  /**
   * The invitation of a person to a record that stands, if there is one; answers to it wait until the commit. For features
   * that are about to withdraw it: comes before they lock their own record, as an answer does.
   */
  @Transactional()
  async holdOf(aboutId: string, personId: string): Promise<string | undefined> {
    const invitation = await this.database.queryOne<{ id: string }>(
      'SELECT id FROM invitations WHERE about_id = $1 AND person_id = $2 AND cancelled_at IS NULL',
      [aboutId, personId],
    );
    if (invitation) await inTurn(this.database, invitation.id);
    return invitation?.id;
  }

  /** Tells somebody who was never invited, and was reminded all the same, that they take part no longer; once. */
  @Transactional()
  async dismiss(aboutId: string, personId: string): Promise<void> {
    await this.withdrawals.tellUninvited(aboutId, personId);
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
    const awaited = await this.database.query<{ id: string }>(AWAITED, [aboutIds]);
    if (awaited.length > 0) await this.tell(await this.records.findAll(awaited.map(({ id }) => id)));
    await this.news.tell(aboutIds);
  }

  /** `invitationId`: its mails only. */
  private async tell(events: RecordSummary[], invitationId?: string, news: MailData = {}): Promise<void> {
    const facts = events.map((about) => ({
      aboutId: about.id,
      data: { ...factsOf(about), ...news },
      notAfter: usefulUntil(about),
      calendar: calendarOf(about, 'REQUEST'),
    }));
    await this.ledger.follow(facts, ['invitation', 'nudge'], invitationId);
    const ids = events.map(({ id }) => id);
    await planAgain(this.database, ids, 'subject_called_off', invitationId);
    await this.pending.sync(events, invitationId);
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

  /** Answers those whom nobody else invited at the same moment. */
  private async write(
    about: RecordSummary,
    batchId: string,
    judged: JudgedInvitee[],
    { respondBy }: InvitationRound,
  ): Promise<Invited[]> {
    const people = inviteesOf(judged);
    const rows = [...people.keys()].map((personId) => ({ aboutId: about.id, personId, batchId, respondBy }));
    const written = await writeInvitations(this.database, rows);
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

/** In one order, so that two who change the same records wait for each other in turn. */
const AWAITED = `
  SELECT DISTINCT about_id AS id FROM messages
  WHERE about_id = ANY($1) AND kind IN ('invitation', 'nudge') AND status <> 'sent' ORDER BY about_id`;
