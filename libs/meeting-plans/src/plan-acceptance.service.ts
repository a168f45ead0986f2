import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { DoubleBooked, type Override } from '#calendar';
import { Database, Transactional } from '#database';
import { MeetingSeriesService } from '#side-meetings';
import { LockedMissions, MissionCancelled, type TradeMission } from '#trade-missions';
import { MeetingPlanStateConflict, MeetingPlanSuperseded, SlotsOutsideMission } from './meeting-plans.errors.js';
import type { PlanState } from './meeting-plan.js';
import type { PlanAcceptance } from './meeting-plans.reader.js';
import { MeetingPlansStore } from './meeting-plans.store.js';
import { PlanCalendar } from './plan-calendar.js';
import { type PlanDifference, planDifference } from './plan-difference.js';
import { PlanInvitations } from './plan-invitations.js';
import { acceptedIn, type LinePlan, PlanLine, type PlannedMeeting } from './plan-line.js';
import { draftOf, moveOf, type PlannedPair } from './plan-meetings.js';
import { missionDays } from './plan-slots.js';
import { PlannedPairs } from './planned-pairs.js';

/** Why meetings are called off that a new plan does not have. */
const REASON = 'The schedule of one-on-ones has changed.';

/** How a plan is accepted. */
export interface AcceptanceTerms {
  /** Whether people are invited to new meetings; they are unless it says no. */
  invite?: boolean;
  /** Books people over what else they have; never rooms. */
  override?: Override;
}

/** Turns a plan into meetings, bookings and invitations: all of it, or nothing. */
@Injectable()
export class PlanAcceptanceService {
  constructor(
    readonly database: Database,
    private readonly missions: LockedMissions,
    private readonly store: MeetingPlansStore,
    private readonly line: PlanLine,
    private readonly pairs: PlannedPairs,
    private readonly calendar: PlanCalendar,
    private readonly series: MeetingSeriesService,
    private readonly invitations: PlanInvitations,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Makes the meetings of a plan; where it replaces another, moves and calls off what is no longer as it was, and leaves
   * the rest alone. Accepting again does nothing. Throws NotFound, MeetingPlanStateConflict, MeetingPlanSuperseded,
   * MissionCancelled, SlotsOutsideMission, NoLongerTakingPart, DoubleBooked with everything that clashes.
   */
  @Transactional()
  async accept(id: string, { invite = true, override }: AcceptanceTerms = {}): Promise<void> {
    const { mission, plan } = await this.lock(id);
    if (plan.status === 'accepted') return;
    demandReady(plan);
    demandMission(mission, plan);
    const replaced = (await this.line.of(id)).slice(1);
    const standing = acceptedIn(replaced);
    const pairs = await this.pairs.of(plan);
    await this.calendar.rooms(plan.roomIds);
    const meetings = standing ? await this.line.meetingsFor(standing.id, id) : [];
    const difference = planDifference(pairs, meetings);
    const created = await this.carryOut(difference, plan, meetings, override);
    const invited = invite ? await this.invitations.send(created) : 0;
    await this.store.become('superseded', ...supersededBy(replaced, standing));
    await this.keep(plan, difference, created, invited);
  }

  /** Mission before plan, as whoever changes delegates and hosts takes them. */
  private async lock(id: string): Promise<{ mission: TradeMission; plan: PlanState }> {
    const { missionId } = await this.store.find(id);
    return { mission: await this.missions.get(missionId), plan: await this.store.lock(id) };
  }

  /** What is freed first is there for others. Answers the new meetings. */
  private async carryOut(
    { created, moved, dropped }: PlanDifference<PlannedPair>,
    plan: PlanState,
    meetings: PlannedMeeting[],
    override?: Override,
  ): Promise<(PlannedPair & { meetingId: string })[]> {
    await this.series.cancelAll(dropped, REASON);
    const clashes = new Clashes(meetings.map(({ meetingId }) => meetingId));
    await clashes.gather(() => this.series.rescheduleAll(moved.map(moveOf), override));
    const drafts = created.map((pair) => draftOf(pair, plan));
    const ids = await clashes.gather(() => this.series.scheduleAll(drafts, override));
    clashes.throwAny();
    return created.flatMap((pair, index) => (ids?.[index] ? [{ ...pair, meetingId: ids[index] }] : []));
  }

  private async keep(
    plan: PlanState,
    { kept, moved, dropped }: PlanDifference<PlannedPair>,
    created: (PlannedPair & { meetingId: string })[],
    invited: number,
  ): Promise<void> {
    const counts = { created: created.length, kept: kept.length, moved: moved.length, cancelled: dropped.length };
    const acceptance: PlanAcceptance = { ...counts, invited };
    await this.store.accept(plan.id, [...kept, ...moved, ...created], acceptance);
    const after = { ...acceptance };
    await this.trail.record({ action: 'accepted', subjectType: 'meeting_plan', aboutId: plan.id, after });
  }
}

function demandReady({ id, status }: PlanState): void {
  if (status === 'superseded') throw new MeetingPlanSuperseded(id);
  if (status !== 'ready') throw new MeetingPlanStateConflict(status, 'accepted');
}

/** The mission may have been called off, or have other days, since the plan was made. */
function demandMission(mission: TradeMission, { slots }: PlanState): void {
  if (mission.status === 'cancelled') throw new MissionCancelled();
  const { from, to } = missionDays(mission);
  if (slots.some(({ startsAt, endsAt }) => startsAt < from || endsAt > to)) throw new SlotsOutsideMission(mission);
}

/** Everything between a plan and the one whose meetings it takes over, that one included; whatever came before is over already. */
function supersededBy(replaced: LinePlan[], standing?: LinePlan): string[] {
  const until = standing ? replaced.indexOf(standing) + 1 : replaced.length;
  return replaced
    .slice(0, until)
    .filter(({ status }) => status === 'accepted' || status === 'ready')
    .map(({ id }) => id);
}

/** Gathers the clashes of several bookings, so that staff see all of them at once; nothing is kept if there are any. */
class Clashes {
  private readonly found: DoubleBooked[] = [];

  /** Clashes with `own` meetings, which have not moved because others stood in their way, are none. */
  constructor(private readonly own: string[]) {}

  async gather<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      // Without a list the database itself has refused, and takes nothing more in this transaction.
      if (!(error instanceof DoubleBooked) || error.conflicts.length === 0) throw error;
      this.found.push(error);
      return undefined;
    }
  }

  throwAny(): void {
    if (this.found.length === 0) return;
    const all = this.found.flatMap(({ conflicts }) => conflicts);
    const others = all.filter(({ about }) => !('id' in about && this.own.includes(about.id)));
    throw new DoubleBooked(others.length > 0 ? others : all);
  }
}
