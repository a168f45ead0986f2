import type { Actor } from '#database';
import type { MeetingPlanStatus } from './meeting-plan-status.js';

/** Seconds a solver may take. */
export const LONGEST_SOLVING = 60;
export const USUAL_SOLVING = 30;
export const USUAL_PRIORITY = 3;

/** A span as a client writes it: instants, or local time in the plan's zone. */
export interface SpanText {
  startsAt: string;
  endsAt: string;
}

/** A stretch of time that is cut into slots of one length. */
export interface SlotSeriesText {
  from: string;
  to: string;
  /** ISO 8601, `PT20M` */
  meetingLength: string;
  /** Between two meetings; none when absent. */
  pause?: string;
  breaks?: SpanText[];
}

export interface PlanRequestText {
  delegateId: string;
  hostId: string;
  /** 1 to 5, most wanted; 3 when absent. */
  priority?: number;
  interpreter?: boolean;
}

/** One delegate and one host. */
export interface PlanPair {
  delegateId: string;
  hostId: string;
}

/** A delegate or a host, one of the two, who has no time. */
export interface UnavailableText extends SpanText {
  delegateId?: string;
  hostId?: string;
}

export interface PlanLimits {
  /** Most meetings of one delegate. */
  perDelegate?: number;
  /** Most meetings of one host. */
  perHost?: number;
  /** Most meetings of one delegate one after another, without a break. */
  inARow?: number;
  /** Most meetings with an interpreter at once. */
  interpreters?: number;
  /** Seconds the solver may take; 30 when absent. */
  seconds?: number;
}

/** What is to be planned. With `replaces`, whatever is left out is as in that plan. */
export interface MeetingPlanInput {
  timeZone?: string;
  slots?: SpanText[];
  series?: SlotSeriesText[];
  tables?: number;
  roomIds?: string[];
  place?: string | null;
  requests?: PlanRequestText[];
  limits?: PlanLimits;
  unavailable?: UnavailableText[];
  /** Plan that this one replaces. */
  replaces?: string;
  /** Pairs of that plan that stay where they are. */
  locked?: PlanPair[];
}

/** A slot of a plan; plans name slots by their place among all of them, from 0. */
export interface PlanSlot {
  startsAt: Date;
  endsAt: Date;
}

/** A span in which a delegate or a host, one of the two, has no time. */
export interface PlanAbsence extends PlanSlot {
  delegateId?: string;
  hostId?: string;
}

/** A request as it is kept with its plan. */
export interface PlanRequest extends PlanPair {
  position: number;
  priority: number;
  interpreter: boolean;
  /** Stays where `previous` is. */
  locked: boolean;
  /** Where the replaced plan has the two, in the slots of this one. */
  previous: { slot: number; table: number | null } | null;
}

/** How far a solver is. */
export interface PlanProgress {
  phase: string;
  score?: number;
  upperBound?: number;
  gap?: number;
}

/** A plan as whoever works on it sees it. */
export interface PlanState {
  id: string;
  missionId: string;
  replacesId: string | null;
  status: MeetingPlanStatus;
  timeZone: string;
  place: string | null;
  slots: PlanSlot[];
  tables: number;
  /** Table 1 is the first of these rooms; none when tables are just tables. */
  roomIds: string[];
  limits: PlanLimits;
  unavailable: PlanAbsence[];
  attempts: number;
  actor: Actor;
  requestId: string | null;
}
