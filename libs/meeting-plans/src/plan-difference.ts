import type { PlanPair, PlanSlot } from './meeting-plan.js';
import type { PlannedMeeting } from './plan-line.js';
import { pairKey } from './plan-requests.js';

/** Two who are to meet, when and where. */
export interface PlanAssignment extends PlanPair, PlanSlot {
  position: number;
  /** From 1. */
  table: number;
  /** The room that the table stands for, if it does for one. */
  roomId: string | null;
  place: string | null;
}

/** What an accepted plan makes of the meetings that are there. */
export interface PlanDifference<Assignment extends PlanAssignment = PlanAssignment> {
  created: Assignment[];
  kept: (Assignment & { meetingId: string })[];
  moved: (Assignment & { meetingId: string })[];
  /** Meetings that the plan does not have. */
  dropped: string[];
}

/**
 * The least that has to be done to come from the meetings of a replaced plan to the new one. What people called off
 * themselves is made anew where the plan has it again; what has begun is never called off.
 */
export function planDifference<Assignment extends PlanAssignment>(
  assignments: Assignment[],
  meetings: PlannedMeeting[],
): PlanDifference<Assignment> {
  const standing = new Map(meetings.filter(({ gone }) => !gone).map((meeting) => [pairKey(meeting), meeting]));
  const wanted = new Set(assignments.map(pairKey));
  const difference: PlanDifference<Assignment> = { created: [], kept: [], moved: [], dropped: [] };
  for (const assignment of assignments) {
    const meeting = standing.get(pairKey(assignment));
    if (!meeting) difference.created.push(assignment);
    else if (meeting.past || isWhere(meeting, assignment))
      difference.kept.push({ ...assignment, meetingId: meeting.meetingId });
    else difference.moved.push({ ...assignment, meetingId: meeting.meetingId });
  }
  difference.dropped = [...standing.values()]
    .filter((meeting) => !meeting.past && !wanted.has(pairKey(meeting)))
    .map(({ meetingId }) => meetingId);
  return difference;
}

const isWhere = (meeting: PlannedMeeting, assignment: PlanAssignment): boolean =>
  meeting.startsAt.getTime() === assignment.startsAt.getTime() &&
  meeting.endsAt.getTime() === assignment.endsAt.getTime() &&
  spotOf(meeting) === spotOf(assignment);

/** Where in the house people sit: rooms may change their numbers. */
const spotOf = ({ table, roomId, place }: Pick<PlanAssignment, 'table' | 'roomId' | 'place'>): string =>
  `${roomId ?? table} ${place ?? ''}`;
