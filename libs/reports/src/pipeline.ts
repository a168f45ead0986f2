import type { DealKind, DealStage } from '#deals';
import type { MoneySums, Rates } from './rates.js';

/** What deals are grouped by. */
export const PIPELINE_GROUPS = ['stage', 'sector', 'country', 'owner'] as const;
export type PipelineGroup = (typeof PIPELINE_GROUPS)[number];

/** How a deal stands; on hold is open. */
export type DealState = 'open' | 'won' | 'lost';

/** Which deals a report is about: all that are not archived, unless something is said. */
export interface PipelineRequest {
  by: readonly PipelineGroup[];
  /** YYYY-MM-DD: the first stage of the deal began on this day (UTC) or later. */
  from?: string;
  /** The last such day. */
  to?: string;
  /** The stage that the deal has now. */
  stages?: DealStage[];
  kinds?: DealKind[];
  /** ISO 3166-1 alpha-2 */
  countries?: string[];
  /** Codes or names; a deal with one of them. */
  sectors?: string[];
  /** A user, or `me`. */
  ownerId?: string;
  /** Length of the timeline, which ends with the present month. */
  months: number;
  rates?: Rates;
}

/** Longest timeline, in months. */
export const MOST_PIPELINE_MONTHS = 60;

export interface PipelineFigures {
  deals: number;
  /** Deals that nobody has put a value on: they are in no sum. */
  withoutValue: number;
  value: MoneySums;
  /** value × probability. */
  weighted: MoneySums;
}

export type PipelineStates = Record<DealState, PipelineFigures>;

export interface StageGroup extends PipelineFigures {
  stage: DealStage;
}

export interface PipelineGroupRow extends PipelineStates {
  /** Code of the sector or country, id of the owner; null for deals without one. */
  key: string | null;
  name: string | null;
}

export interface PipelineGroups {
  totals: PipelineStates;
  /** All stages, in the order of the pipeline. */
  byStage?: StageGroup[];
  /** A deal with two sectors is in both; so these add up to more than the totals. */
  bySector?: PipelineGroupRow[];
  byCountry?: PipelineGroupRow[];
  byOwner?: PipelineGroupRow[];
}

/** One line of the table: the deals of one group, one state and one currency. */
export interface PipelineLine {
  group: PipelineGroup;
  key: string | null;
  name: string | null;
  state: DealState;
  /** null: nobody has put a value on these deals. */
  currency: string | null;
  deals: number;
  value: string | null;
  weighted: string | null;
  /** By the rate of the request; null where it has none. */
  convertedValue: string | null;
  convertedWeighted: string | null;
}

/** Days, to a tenth; null where none could be measured. */
export interface Spans {
  count: number;
  /** Of them, those that begin or end on a date known to the month or year only: in no figure but this. */
  unmeasured: number;
  medianDays: number | null;
  meanDays: number | null;
  longestDays: number | null;
}

/** How long deals stay in a stage. */
export interface StageTime {
  stage: DealStage;
  /** Stays that are over; a deal that came back to the stage has stayed twice. */
  past: Spans;
  /** Deals that are in the stage now, and for how long. */
  present: Spans;
}
