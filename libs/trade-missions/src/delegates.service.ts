import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { InvitationsService } from '#invitations';
import type { PlannedMessage } from '#messaging';
import { DelegateDrafts, type DelegateInput, type DelegatePatch } from './delegate-drafts.js';
import { DelegateEffects } from './delegate-effects.js';
import { demandDelegateStatus, takesPart } from './delegate-status.js';
import { Delegate } from './delegate.entity.js';
import { DelegatesReader } from './delegates.reader.js';
import { LockedMissions } from './locked-missions.js';
import { MissionCancelled } from './trade-missions.errors.js';
import type { TradeMission } from './trade-mission.entity.js';

/** A new delegate, and what is planned to be sent to them. */
export interface Joined {
  id: string;
  planned: PlannedMessage[];
}

/** Who takes part in missions. Mission before delegate, everywhere: locks are taken in one order. */
@Injectable()
export class DelegatesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly missions: LockedMissions,
    private readonly reader: DelegatesReader,
    private readonly drafts: DelegateDrafts,
    private readonly effects: DelegateEffects,
    private readonly invitations: InvitationsService,
  ) {}

  /** Books whoever takes part for the itinerary. Throws NotFound, Invalid, MissionCancelled, DelegateExists, HeadExists, DoubleBooked. */
  @Transactional()
  async create(missionId: string, input: DelegateInput): Promise<Joined> {
    const mission = await this.missions.get(missionId);
    if (mission.status === 'cancelled') throw new MissionCancelled();
    const fields = await this.drafts.ofNew(input, mission);
    await this.drafts.demandNew(missionId, input.personId);
    const { role = 'delegate', status = 'nominated' } = input;
    if (role === 'head' && takesPart(status)) await this.drafts.demandOnlyHead(missionId);
    const delegate = await this.store.insert(Delegate, { ...fields, role, status, missionId });
    return { id: delegate.id, planned: await this.effects.follow(delegate, input.override) };
  }

  /**
   * Who declines or withdraws is free, and no longer reminded; who comes back is booked again. Throws NotFound, Stale,
   * Invalid, DelegateStatusRefused, HeadExists, DoubleBooked.
   */
  @Transactional()
  async update(id: string, patch: DelegatePatch, version?: number): Promise<Delegate> {
    const { mission, delegate } = await this.lock(id, version);
    const before = delegate.status;
    if (patch.status) demandDelegateStatus(before, patch.status);
    const fields = await this.drafts.ofPatch(patch, mission, delegate);
    await this.demandOnlyHead(delegate, patch);
    const updated = await this.store.update(Delegate, delegate, { ...fields, ...keptBy(patch) });
    if (takesPart(before) !== takesPart(updated.status)) await this.effects.follow(updated, patch.override);
    return updated;
  }

  /** What they held is free again, and they are told: their invitation is withdrawn. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const { missionId, personId } = await this.reader.get(id);
    const invitationId = await this.invitations.holdOf(missionId, personId);
    await this.lock(id, version);
    await this.effects.follow(await this.store.archive(Delegate, id));
    if (invitationId) await this.invitations.cancel(invitationId);
    else await this.invitations.dismiss(missionId, personId);
  }

  private async lock(id: string, version?: number): Promise<{ mission: TradeMission; delegate: Delegate }> {
    const { missionId } = await this.reader.get(id);
    const mission = await this.missions.get(missionId);
    return { mission, delegate: await this.store.lock(Delegate, id, version) };
  }

  private async demandOnlyHead(delegate: Delegate, patch: DelegatePatch): Promise<void> {
    const { role = delegate.role, status = delegate.status } = patch;
    if (role === 'head' && takesPart(status)) await this.drafts.demandOnlyHead(delegate.missionId, delegate.id);
  }
}

/** Whom staff confirm stays, whatever becomes of the invitation they came by. */
const keptBy = ({ status }: DelegatePatch): Partial<Delegate> => (status === 'confirmed' ? { byAnswer: false } : {});
