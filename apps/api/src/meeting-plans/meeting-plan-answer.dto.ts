import { type LocalTimeDto } from '../calendar/event-time.dto.js';

export class PlanSlotDto {
  /** RFC 3339, UTC */
  startsAt: string;
  endsAt: string;
  /** In the plan's zone */
  startsAtLocal: string;
  endsAtLocal: string;
  /** In the zones of HOME_TIME_ZONES */
  localTimes: LocalTimeDto[];
}

export class PlanAssignmentDto extends PlanSlotDto {
  delegateId: string;
  /** Name of the person */
  delegate: string;
  delegateOrganization: string | null;
  hostId: string;
  /** Name of the organization */
  host: string;
  /** Who receives the delegate, if that is known */
  contact: string | null;
  priority: number;
  interpreter: boolean;
  /** From 1 */
  table: number;
  /** Room that the table stands for */
  roomId: string | null;
  /** It was to stay where the replaced plan has it */
  locked: boolean;
  /** The replaced plan has the two elsewhere */
  moved: boolean;
  /** The side meeting, once the plan is accepted */
  meetingId: string | null;
}

export class UnmetRequestDto {
  delegateId: string;
  delegate: string;
  hostId: string;
  host: string;
  priority: number;
  interpreter: boolean;
  /** no_common_slot, guest_full, host_full, tables_full, interpreters_full, in_a_row, outranked, or room_left where no time was left to find better */
  code: string;
  message: string;
  /** The replaced plan has the two meet */
  dropped: boolean;
}

export class PlanProgressDto {
  /** What the solver is at */
  phase: string;
  score: number | null;
  upperBound: number | null;
  gap: number | null;
  /** Of the seconds the solver may take, 0 to 100 */
  percent: number;
}

export class PlanAcceptanceDto {
  /** New meetings */
  created: number;
  /** Meetings of the replaced plan that are as they were */
  kept: number;
  /** Meetings with another time or table */
  moved: number;
  /** Meetings called off */
  cancelled: number;
  /** Invitations to new meetings */
  invited: number;
}

/** A plan without the meetings it makes */
export class MeetingPlanSummaryDto {
  id: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  missionId: string;
  /** Plan that this one replaces */
  replaces: string | null;
  /** queued, solving, ready, failed, cancelled, accepted or superseded */
  status: string;
  /** Null unless a worker is at it */
  progress: PlanProgressDto | null;
  /** Why there is no timetable; null otherwise */
  failure: string | null;
  /** Sum of the priorities met; null until there is a timetable */
  score: number | null;
  /** Proven: no timetable has a higher score */
  upperBound: number | null;
  /** (upperBound - score) / upperBound */
  gap: number | null;
  /** optimal: the score is proven to be the highest; bounded: it is within the gap of it */
  proven: string | null;
  /** Meetings of the replaced plan in the slot they had */
  kept: number | null;
  slotCount: number;
  requestCount: number;
  tables: number;
  /** {kind, id, name} */
  createdBy: object;
  startedAt: string | null;
  finishedAt: string | null;
  acceptedAt: string | null;
  /** {kind, id, name} */
  acceptedBy: object | null;
  acceptance: PlanAcceptanceDto | null;
}

export class PlanAbsenceDto {
  delegateId?: string;
  hostId?: string;
  startsAt: string;
  endsAt: string;
}

export class PlanLimitsAnswerDto {
  perDelegate: number | null;
  perHost: number | null;
  inARow: number | null;
  interpreters: number | null;
  seconds: number;
}

export class MeetingPlanDto extends MeetingPlanSummaryDto {
  /** IANA zone */
  timeZone: string;
  place: string | null;
  slots: PlanSlotDto[];
  roomIds: string[];
  limits: PlanLimitsAnswerDto;
  unavailable: PlanAbsenceDto[];
  /** By time, then table; empty until there is a timetable */
  assignments: PlanAssignmentDto[];
  /** In the order of the requests */
  unmet: UnmetRequestDto[];
}
