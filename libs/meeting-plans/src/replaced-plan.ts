import { Injectable } from '@nestjs/common';
import { Invalid } from '#faults';
import { MeetingPlanStateConflict } from './meeting-plans.errors.js';
import { type WholeMeetingPlan, MeetingPlansReader } from './meeting-plans.reader.js';
import { mayBeReplaced } from './meeting-plan-status.js';
import { acceptedIn, PlanLine, type PlannedMeeting } from './plan-line.js';
import type { FormerAssignment } from './plan-locks.js';
import { pairKey } from './plan-requests.js';

/** A plan about to be replaced, with what has become of its meetings. */
export interface ReplacedPlan {
  plan: WholeMeetingPlan;
  /** Where its pairs meet, or would. */
  former: FormerAssignment[];
  /** Pairs whose meeting people have called off themselves. */
  calledOff: Set<string>;
  /** Ids of the meetings that stand. */
  meetingIds: string[];
}

/** Reads what a new plan takes over from another. */
@Injectable()
export class ReplacedPlans {
  constructor(
    private readonly reader: MeetingPlansReader,
    private readonly line: PlanLine,
  ) {}

  /** Throws Invalid, MeetingPlanStateConflict, MeetingPlanSuperseded. */
  async get(id: string, missionId: string): Promise<ReplacedPlan> {
    const line = await this.line.of(id);
    const [first] = line;
    if (first?.missionId !== missionId)
      throw Invalid.field('/replaces', 'unknown_plan', `This mission has no meeting plan with id ${id}.`);
    const standing = acceptedIn(line);
    if (!mayBeReplaced(first.status)) throw new MeetingPlanStateConflict(first.status, 'replaced');
    const plan = await this.reader.get(id);
    const meetings = standing ? await this.line.meetings(standing.id) : [];
    return {
      plan,
      former: formerAssignments(plan, meetings),
      calledOff: new Set(meetings.filter(({ gone }) => gone).map(pairKey)),
      meetingIds: meetings.map(({ meetingId }) => meetingId),
    };
  }
}

/** What people have moved or called off themselves since the plan was accepted counts as it is now. */
function formerAssignments(
  { slots, requests, status }: WholeMeetingPlan,
  meetings: PlannedMeeting[],
): FormerAssignment[] {
  const known = new Map(meetings.map((meeting) => [pairKey(meeting), meeting]));
  return requests.flatMap(({ delegateId, hostId, slot, table }) => {
    const planned = slot === null ? undefined : slots[slot];
    const meeting = known.get(pairKey({ delegateId, hostId }));
    if (!planned || table === null || meeting?.gone) return [];
    const isStanding = meeting !== undefined && (status === 'accepted' || meeting.past);
    const { startsAt, endsAt, strayed } = isStanding ? meeting : { ...planned, strayed: false };
    return [
      {
        delegateId,
        hostId,
        startsAt,
        endsAt,
        table,
        past: meeting?.past ?? false,
        strayed,
      },
    ];
  });
}
