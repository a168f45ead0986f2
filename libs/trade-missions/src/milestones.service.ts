import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { isTimeZone, toInstant } from '#calendar';
import { Database, Transactional } from '#database';
import { FaultList, Invalid } from '#faults';
import type { PlannedMessage } from '#messaging';
import { nameKey } from '#records';
import { remindBeforeFaults } from '#tasks';
import { TAKING_PART } from './delegate-status.js';
import { DelegatesReader } from './delegates.reader.js';
import { LockedMissions } from './locked-missions.js';
import { MILESTONE_TITLES, type MilestoneAudience, type MilestoneKind } from './milestone-kind.js';
import { MilestoneReminders } from './milestone-reminders.js';
import { Milestone } from './milestone.entity.js';
import { MilestonesReader } from './milestones.reader.js';
import { MissionCancelled } from './trade-missions.errors.js';

export interface MilestoneInput {
  kind: MilestoneKind;
  /** By its kind where absent. */
  title?: string;
  /** Instant, or local time in `timeZone`. */
  dueAt: string;
  /** IANA zone of a local time; the mission's when absent. */
  timeZone?: string;
  /** Instant at which it was done. */
  doneAt?: string | null;
  /** ISO 8601 durations before `dueAt`; nobody is reminded where there are none. */
  remindBefore?: string[];
  /** `delegate` unless said otherwise. */
  remind?: MilestoneAudience;
}

/** New milestones, and what is planned to be sent about them. */
export interface PlannedMilestones {
  ids: string[];
  planned: PlannedMessage[];
}

/** What delegates have to have done by when. Mission before milestone, everywhere: locks are taken in one order. */
@Injectable()
export class MilestonesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly missions: LockedMissions,
    private readonly delegates: DelegatesReader,
    private readonly reader: MilestonesReader,
    private readonly reminders: MilestoneReminders,
  ) {}

  /** Throws NotFound, Invalid, MissionCancelled. */
  @Transactional()
  async create(delegateId: string, input: MilestoneInput): Promise<PlannedMilestones> {
    const { missionId } = await this.delegates.getLive(delegateId);
    return this.plan(missionId, input, () => Promise.resolve([delegateId]));
  }

  /** One for every delegate who takes part and has none of this kind; of kind `other`, none of this title. Throws NotFound, Invalid, MissionCancelled. */
  @Transactional()
  async createForAll(missionId: string, input: MilestoneInput): Promise<PlannedMilestones> {
    const title = input.kind === 'other' ? titleOf(input) : null;
    return this.plan(missionId, input, async () => {
      const lacking = await this.database.query<{ id: string }>(LACKING, [missionId, TAKING_PART, input.kind, title]);
      return lacking.map(({ id }) => id);
    });
  }

  /** Moved ones plan their reminders anew. Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<MilestoneInput>, version?: number): Promise<Milestone> {
    const { milestone, timeZone } = await this.lock(id, version);
    const fields = await fieldsOf({ ...patch, title: patch.title ?? retitled(milestone, patch) }, timeZone);
    const updated = await this.store.update(Milestone, milestone, fields);
    await this.reminders.follow({ ids: [id] });
    return updated;
  }

  /** Nobody is reminded of what is done. Safe to repeat. Throws NotFound. */
  @Transactional()
  complete(id: string): Promise<Milestone> {
    return this.mark(id, 'completed');
  }

  /** Plans the reminders that are still to come. Safe to repeat. Throws NotFound. */
  @Transactional()
  reopen(id: string): Promise<Milestone> {
    return this.mark(id, 'reopened');
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.lock(id, version);
    await this.store.archive(Milestone, id);
    await this.reminders.follow({ ids: [id] });
  }

  private async plan(
    missionId: string,
    input: MilestoneInput,
    whose: () => Promise<string[]>,
  ): Promise<PlannedMilestones> {
    const { status, timeZone } = await this.missions.get(missionId);
    if (status === 'cancelled') throw new MissionCancelled();
    const fields = { ...(await fieldsOf(input, timeZone)), ...titled(titleOf(input)) };
    const delegateIds = await whose();
    const milestones = await this.store.insertAll(
      Milestone,
      delegateIds.map((delegateId) => ({ ...fields, delegateId })),
    );
    const ids = milestones.map(({ id }) => id);
    return { ids, planned: ids.length > 0 ? await this.reminders.follow({ ids }) : [] };
  }

  private async mark(id: string, action: 'completed' | 'reopened'): Promise<Milestone> {
    const { milestone } = await this.lock(id);
    const isDone = milestone.doneAt !== null;
    if (isDone === (action === 'completed')) return milestone;
    const doneAt = isDone ? null : await this.database.now();
    const marked = await this.store.update(Milestone, milestone, { doneAt }, action);
    await this.reminders.follow({ ids: [id] });
    return marked;
  }

  private async lock(id: string, version?: number): Promise<{ milestone: Milestone; timeZone: string }> {
    const { missionId, delegateId } = await this.reader.get(id);
    await this.delegates.getLive(delegateId);
    const { timeZone } = await this.missions.get(missionId);
    return { milestone: await this.store.lock(Milestone, id, version), timeZone };
  }
}

const titleOf = ({ kind, title }: MilestoneInput): string => title ?? MILESTONE_TITLES[kind];

/** One that was called by its kind is called by its new kind. */
const retitled = (before: Milestone, { kind = before.kind }: Partial<MilestoneInput>): string | undefined =>
  before.title === MILESTONE_TITLES[before.kind] ? MILESTONE_TITLES[kind] : undefined;

const titled = (title: string): Pick<Milestone, 'title' | 'searchKey'> => ({ title, searchKey: nameKey(title) });

/** Only what the input names, so that a patch leaves the rest alone. Throws Invalid with every fault. */
async function fieldsOf(input: Partial<MilestoneInput>, missionZone: string): Promise<Partial<Milestone>> {
  const { kind, title, dueAt, timeZone = missionZone, doneAt, remindBefore, remind } = input;
  const faults = new FaultList();
  if (!isTimeZone(timeZone))
    throw Invalid.field('/timeZone', 'unknown_time_zone', `There is no time zone "${timeZone}".`);
  faults.add(...remindBeforeFaults(remindBefore ?? [], '/remindBefore'));
  const due = dueAt === undefined ? undefined : await faults.gather(() => toInstant(dueAt, timeZone, '/dueAt'));
  const done = doneAt ? await faults.gather(() => toInstant(doneAt, undefined, '/doneAt')) : null;
  faults.throwAny();
  return {
    ...(kind && { kind }),
    ...(title !== undefined && titled(title)),
    ...(due && { dueAt: due }),
    ...(doneAt !== undefined && { doneAt: done }),
    ...(remindBefore && { remindBefore: [...new Set(remindBefore)] }),
    ...(remind && { remind }),
  };
}

/** $4: a title that they lack, where a kind says too little. */
const LACKING = `
  SELECT d.id FROM delegates d
  WHERE d.mission_id = $1 AND d.status = ANY($2::text[]) AND d.archived_at IS NULL AND NOT EXISTS (
    SELECT FROM milestones s WHERE s.delegate_id = d.id AND s.archived_at IS NULL AND s.kind = $3 AND ($4::text IS NULL OR s.title = $4))
  ORDER BY d.id`;
