import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore, AuditTrail } from '#audit';
import { Database } from '#database';
import type { AnsweredInvitation, InvitedPeople } from '#invitations';
import { RecordsReader } from '#records';
import { DelegateDrafts } from './delegate-drafts.js';
import { DelegateEffects } from './delegate-effects.js';
import { type DelegateStatus, statusAfterAnswer, statusAfterWithdrawal, takesPart } from './delegate-status.js';
import { Delegate } from './delegate.entity.js';
import { TradeMission } from './trade-mission.entity.js';

/**
 * An answer must not fail for what the invitee cannot know: whoever accepts while booked elsewhere gets a soft booking,
 * which shows as a clash and stands in the audit trail.
 */
const ACCEPTED = { reason: 'Accepted the invitation while booked elsewhere' };

/** Moves delegates by invitations and the answers to them; needs the transaction of these. Mission before invitation, everywhere. */
@Injectable()
export class DelegateAnswers {
  constructor(
    private readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly records: RecordsReader,
    private readonly drafts: DelegateDrafts,
    private readonly effects: DelegateEffects,
  ) {}

  /** Who accepts takes part, as a delegate if nobody had nominated them; who declines is free. Of what is over nothing moves. */
  async follow({ aboutId, personId, status }: AnsweredInvitation): Promise<void> {
    const mission = await this.openMission(aboutId);
    if (!mission) return;
    const delegate = await this.delegateOf(aboutId, personId);
    if (delegate) await this.move(delegate, statusAfterAnswer(status, delegate));
    else if (status === 'accepted' && mission.status !== 'cancelled') await this.join(aboutId, personId);
  }

  /** Who takes part by their answer alone goes with the invitation; whoever staff have put down stays. */
  async followWithdrawal({ aboutId, personId }: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    const mission = await this.openMission(aboutId);
    const delegate = mission && (await this.delegateOf(aboutId, personId));
    if (delegate) await this.move(delegate, statusAfterWithdrawal(delegate));
    return false;
  }

  /**
   * Whoever was nominated is invited now. Whoever had withdrawn comes back by accepting, since they are asked anew. No
   * booking changes, so the mission need not be locked.
   */
  async followInvited({ aboutId: missionId, personIds }: InvitedPeople): Promise<void> {
    const moved = await this.database.query<{ id: string; status: DelegateStatus }>(INVITED, [missionId, personIds]);
    const invited = moved.filter(({ status }) => status === 'invited');
    const change = { action: 'updated', subjectType: Delegate.noun };
    await this.trail.record(
      ...invited.map(({ id }) => ({
        ...change,
        aboutId: id,
        before: { status: 'nominated' },
        after: { status: 'invited' },
      })),
    );
  }

  private async move(delegate: Delegate, status: DelegateStatus): Promise<void> {
    const before = delegate.status;
    const comesBack = takesPart(status) && !takesPart(before);
    const role = comesBack ? await this.roleOf(delegate) : delegate.role;
    const moved = await this.store.update(Delegate, delegate, { status, role });
    if (takesPart(before) !== takesPart(status)) await this.effects.follow(moved, comesBack ? ACCEPTED : undefined);
  }

  /** A head who comes back finds another one sometimes. */
  private async roleOf({ id, missionId, role }: Delegate): Promise<Delegate['role']> {
    return role === 'head' && (await this.drafts.headBeside(missionId, id)) ? 'delegate' : role;
  }

  private async join(missionId: string, personId: string): Promise<void> {
    if (!(await this.records.findLive({ type: 'person', id: personId }))) return;
    const organizationId = await this.drafts.workplace(personId);
    const terms = { status: 'accepted' as const, byAnswer: true };
    const delegate = await this.store.insert(Delegate, { missionId, personId, organizationId, ...terms });
    await this.effects.follow(delegate, ACCEPTED);
  }

  /** Locked; undefined for one that is over or archived. */
  private async openMission(id: string): Promise<TradeMission | undefined> {
    const mission = await this.database.manager.findOne(TradeMission, {
      where: { id, archivedAt: IsNull() },
      lock: { mode: 'for_no_key_update' },
    });
    return mission && !OVER.includes(mission.status) ? mission : undefined;
  }

  private delegateOf(missionId: string, personId: string): Promise<Delegate | null> {
    return this.database.manager.findOne(Delegate, {
      where: { missionId, personId, archivedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }
}

const OVER: readonly string[] = ['completed', 'reported'];

const INVITED = `
  UPDATE delegates SET status = CASE status WHEN 'nominated' THEN 'invited' ELSE status END,
    by_answer = by_answer OR status = 'withdrawn', version = version + 1, updated_at = now()
  WHERE mission_id = $1 AND person_id = ANY($2::uuid[]) AND status IN ('nominated', 'withdrawn') AND archived_at IS NULL
  RETURNING id, status`;
