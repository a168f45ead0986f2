import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { type AnswerLink, MailLinkGone, MailLinks } from '#messaging';
import { NotFound } from '#faults';
import { RecordsReader, type RecordType } from '#records';
import { holdRules } from '#reminders';
import { ANSWER_STATE, ANSWER_TIMES, type AnswerState, type AnswerTimes } from './answer-state.js';
import { InvitationAnswers } from './invitation-answers.js';
import { demandInvitation, inTurn, takeBackInvitation } from './invitation-mails.js';
import { Invitation, type InvitationStatus } from './invitation.entity.js';
import { PendingReminders } from './pending-reminders.js';
import { planAgain } from './stopped-mails.js';
import { AnsweredSince, InvitationCancelled, NothingToAnswer } from './invitations.errors.js';

export interface InvitationAnswer {
  status: InvitationStatus;
  note?: string | null;
}

/** What is known of an answer besides what it says. */
interface How {
  version?: number;
  /** Now when absent. */
  respondedAt?: Date;
}

/** Takes the answers of invitees. */
@Injectable()
export class InvitationResponsesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly links: MailLinks,
    private readonly answers: InvitationAnswers,
    private readonly records: RecordsReader,
    private readonly pending: PendingReminders,
  ) {}

  /** Writes an answer down, on the invitee's behalf or by the answer link. Throws NotFound, Stale, InvitationCancelled. */
  @Transactional()
  async respond(id: string, answer: InvitationAnswer, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    return this.answer(id, answer, { version });
  }

  /** Whoever has the link may answer while there is something to come to. Throws BadMailLink, MailLinkGone, NothingToAnswer, InvitationCancelled. */
  @Transactional()
  async respondByToken(token: string, answer: InvitationAnswer): Promise<Invitation> {
    const link = this.links.answerLink(token);
    await this.demandAnswerable(link);
    return this.answer(link.invitationId, answer);
  }

  /**
   * Takes an answer that was given at `at`, by some other clock, and may have been overtaken on its way: the one given last
   * counts, whatever order they come in. Throws AnsweredSince, NothingToAnswer, InvitationCancelled, NotFound.
   */
  @Transactional()
  async respondAsOf(id: string, answer: InvitationAnswer, at: Date): Promise<Invitation> {
    await inTurn(this.database, id);
    const times = await this.database.queryOne<AnswerTimes>(ANSWER_TIMES, [id]);
    if (!times) throw new NotFound(Invitation.noun, id);
    if (times.cancelledAt) throw new InvitationCancelled();
    demandOpen(times);
    // A clock that is wrong makes no answer older than its invitation, or newer than now.
    const given = new Date(Math.min(Math.max(at.getTime(), times.createdAt.getTime()), times.now.getTime()));
    const since = times.respondedAt ?? times.askedAgainAt;
    if (since && given < since) throw new AnsweredSince();
    return this.answer(id, answer, { respondedAt: given });
  }

  private async answer(id: string, { status, note }: InvitationAnswer, how: How = {}): Promise<Invitation> {
    if (status === 'needs_action') await holdRules(this.database);
    await inTurn(this.database, id);
    await this.tellFeature(id, status);
    const invitation = await this.store.lock(Invitation, id, how.version);
    if (invitation.cancelledAt) throw new InvitationCancelled();
    if (status !== 'needs_action') await takeBackInvitation(this.database, id, ['invitation', 'nudge'], 'answered');
    const respondedAt = status === 'needs_action' ? null : (how.respondedAt ?? new Date());
    const same = invitation.status === status && (note === undefined || note === invitation.note);
    if (same && !isLater(how.respondedAt, invitation)) return invitation;
    const answered = await this.store.update(Invitation, invitation, { status, note, respondedAt }, 'answered');
    if (status === 'needs_action') await this.askAgain(answered);
    return answered;
  }

  /** An answer that was written down by mistake has stopped mails that are wanted after all. */
  private async askAgain({ id, aboutId }: Invitation): Promise<void> {
    await planAgain(this.database, [aboutId], 'answered', id);
    const about = await this.records.find(aboutId);
    if (about) await this.pending.sync([about], id);
  }

  private async demandAnswerable({ invitationId, version, expired }: AnswerLink): Promise<void> {
    const state = await this.database.queryOne<AnswerState>(ANSWER_STATE, [invitationId]);
    if (!state) throw new NotFound(Invitation.noun, invitationId);
    if (expired || version !== state.linkVersion) throw new MailLinkGone(state.locale);
    demandOpen(state);
  }

  /** The feature goes first: it locks its record before the invitation, as whoever changes that record does. */
  private async tellFeature(id: string, status: InvitationStatus): Promise<void> {
    const open = await this.database.queryOne<{ type: RecordType; aboutId: string; personId: string }>(ANSWERED, [
      id,
      status,
    ]);
    if (open) await this.answers.tell(open.type, { ...open, status });
  }
}

function demandOpen({ calledOff, over }: Pick<AnswerState, 'calledOff' | 'over'>): void {
  if (calledOff) throw new NothingToAnswer('called_off');
  if (over) throw new NothingToAnswer('already_over');
}

/** The same answer once more, given later: what was said in between is overtaken, should it still come. */
const isLater = (given: Date | undefined, { respondedAt }: Invitation): boolean =>
  given !== undefined && respondedAt !== null && given > respondedAt;

/** An answer that is new; the same one again moves nothing. */
const ANSWERED = `
  SELECT a.type, i.about_id AS "aboutId", i.person_id AS "personId" FROM invitations i JOIN records a ON a.id = i.about_id
  WHERE i.id = $1 AND i.cancelled_at IS NULL AND i.status <> $2`;
