/** A span in which meetings can be held; `startsAt` ≤ t < `endsAt`, milliseconds since 1970 (UTC). */
export interface TimetableSlot {
  startsAt: number;
  endsAt: number;
}

/** One delegate wants to meet one host. */
export interface TimetableRequest {
  id: string;
  guest: string;
  host: string;
  /** 1 … 5; 5 is wanted most. */
  priority: number;
  /** The meeting needs an interpreter. */
  interpreter?: boolean;
}

/** A request's place: the index of its slot, and its table 1 … `tables`. */
export interface TimetablePlace {
  request: string;
  slot: number;
  /** Absent: any table. */
  table?: number;
}

export interface TimetableLimits {
  /** Most meetings of one guest. */
  perGuest?: number;
  /** Most meetings of one host. */
  perHost?: number;
  /** Most meetings of one guest in adjacent slots without a break. */
  inARow?: number;
  /** Most meetings with an interpreter at once. */
  interpreters?: number;
}

export interface TimetableProblem {
  /** In order, not overlapping. */
  slots: TimetableSlot[];
  /** Most meetings at once. */
  tables: number;
  requests: TimetableRequest[];
  /** `party` is a guest or a host who has no time in this slot (its index). */
  unavailable: { party: string; slot: number }[];
  limits: TimetableLimits;
  /** Meetings that must be held where they stand here. */
  locked: TimetablePlace[];
  /** The timetable as it was; its meetings stay in their slots where no score is lost by it. */
  previous: TimetablePlace[];
}

export interface TimetableAssignment {
  request: string;
  slot: number;
  table: number;
}

export interface Timetable {
  /** The meetings, by slot, then table. */
  assignments: TimetableAssignment[];
  /** Sum of the priorities met. */
  score: number;
  /** Proven: no timetable has a higher score. */
  upperBound: number;
  /** (upperBound - score) / upperBound, 0 … 1; 0 when nothing can be met. */
  gap: number;
  /** `optimal`: the score is proven to be the highest. */
  status: 'optimal' | 'bounded';
  /** How many of `previous` are met in the slot they had. */
  kept: number;
  /** Proven: no timetable of this score keeps more of `previous`. */
  keptProven: boolean;
}

/** How far the solver is. `phase` is a word for people; scores as in Timetable, of what is known so far. */
export interface TimetableProgress {
  phase: string;
  score?: number;
  upperBound?: number;
  gap?: number;
}

/** The longest pause, in milliseconds, between two slots that still makes them adjacent; a longer one is a break. */
export const LONGEST_PAUSE = 10 * 60_000;
