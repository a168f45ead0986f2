import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { MailLinks } from '#messaging';
import type { RecordType } from '#records';
import { InvitationAnswers } from './invitation-answers.js';
import { demandInvitation, takeBackInvitation } from './invitation-mails.js';
import { Invitation, type InvitationStatus } from './invitation.entity.js';
import { InvitationCancelled } from './invitations.errors.js';

export interface InvitationAnswer {
  status: InvitationStatus;
  note?: string | null;
}

/** Takes the answers of invitees. */
@Injectable()
export class InvitationResponsesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly links: MailLinks,
    private readonly answers: InvitationAnswers,
  ) {}

  /** Writes an answer down, on the invitee's behalf or by the answer link. Throws NotFound, Stale, InvitationCancelled. */
  @Transactional()
  async respond(id: string, answer: InvitationAnswer, version?: number): Promise<Invitation> {
    await demandInvitation(this.database, id);
    return this.answer(id, answer, version);
  }

  /** Whoever has the link may answer, whatever else they may see. Throws BadMailLink besides what `respond` throws. */
  @Transactional()
  async respondByToken(token: string, answer: InvitationAnswer): Promise<Invitation> {
    return this.answer(this.links.invitationOf(token), answer);
  }

  private async answer(id: string, { status, note }: InvitationAnswer, version?: number): Promise<Invitation> {
    await this.tellFeature(id, status);
    const invitation = await this.store.lock(Invitation, id, version);
    if (invitation.cancelledAt) throw new InvitationCancelled();
    if (status !== 'needs_action') await takeBackInvitation(this.database, id, ['nudge'], 'answered');
    const respondedAt = status === 'needs_action' ? null : new Date();
    const same = invitation.status === status && (note === undefined || note === invitation.note);
    return same ? invitation : this.store.update(Invitation, invitation, { status, note, respondedAt }, 'answered');
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

/** An answer that is new; the same one again moves nothing. */
const ANSWERED = `
  SELECT a.type, i.about_id AS "aboutId", i.person_id AS "personId" FROM invitations i JOIN records a ON a.id = i.about_id
  WHERE i.id = $1 AND i.cancelled_at IS NULL AND i.status <> $2`;
