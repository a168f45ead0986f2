import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Database, Transactional } from '#database';
import { JobQueues } from '#queue';
import { LockedMissions, MissionCancelled } from '#trade-missions';
import { MeetingPlanCheck } from './meeting-plan-check.js';
import type { MeetingPlanInput } from './meeting-plan.js';
import { mayBeCancelled } from './meeting-plan-status.js';
import { MeetingPlanStateConflict } from './meeting-plans.errors.js';
import { MeetingPlansStore } from './meeting-plans.store.js';
import { ReplacedPlans } from './replaced-plan.js';

/** Takes in what is to be planned; a worker solves it. */
@Injectable()
export class MeetingPlansService {
  constructor(
    readonly database: Database,
    private readonly missions: LockedMissions,
    private readonly replaced: ReplacedPlans,
    private readonly checks: MeetingPlanCheck,
    private readonly store: MeetingPlansStore,
    private readonly queues: JobQueues,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Asks for a plan; answers its id. Throws NotFound, MissionCancelled, Invalid with every fault, and of a plan that cannot
   * be replaced MeetingPlanStateConflict, MeetingPlanSuperseded.
   */
  @Transactional()
  async plan(missionId: string, input: MeetingPlanInput): Promise<string> {
    const mission = await this.missions.get(missionId);
    if (mission.status === 'cancelled') throw new MissionCancelled();
    const replaced = input.replaces ? await this.replaced.get(input.replaces, missionId) : undefined;
    const plan = await this.checks.check(mission, input, replaced);
    const id = await this.store.insert(plan);
    const { replacesId, tables, slots, requests } = plan;
    const after = { missionId, replacesId, tables, slots: slots.length, requests: requests.length };
    await this.trail.record({ action: 'created', subjectType: 'meeting_plan', aboutId: id, after });
    this.database.afterCommit(() => this.queues.poke('plans'));
    return id;
  }

  /** Nobody needs the plan any more; a worker at it stops. Safe to repeat. Throws NotFound, MeetingPlanStateConflict. */
  @Transactional()
  async cancel(id: string): Promise<void> {
    const { status } = await this.store.lock(id);
    if (status === 'cancelled') return;
    if (!mayBeCancelled(status)) throw new MeetingPlanStateConflict(status, 'cancelled');
    await this.store.become('cancelled', id);
    await this.trail.record({ action: 'cancelled', subjectType: 'meeting_plan', aboutId: id });
  }
}
