export { ATTRIBUTION_MODELS, type AttributionModel } from './attribution.js';
export {
  type DealCredit,
  type EventOutcome,
  type OutcomeAgreement,
  type OutcomeDeal,
  type OutcomeEventType,
  type ValueSums,
} from './event-outcome.js';
export { asSeenBy, OUTCOME_RULES } from './event-outcome-rules.js';
export { EventOutcomesReader } from './event-outcome.reader.js';
export {
  type CounterpartGroup,
  FOLLOW_UP_GROUPS,
  type FollowUpGrouping,
  type FollowUpItem,
  type FollowUpsByCounterpart,
  type FollowUpsByOwner,
  type FollowUpsRequest,
  MOST_ITEMS,
  type OwnerGroup,
  type PromiseCounts,
  type TaskCounts,
  type WatchedCounts,
} from './follow-ups.js';
export { FollowUpsReader } from './follow-ups.reader.js';
export {
  type KnownNode,
  type Lineage,
  LINEAGE_BASES,
  LINEAGE_DATES,
  LINEAGE_RELATIONS,
  type LineageEdge,
  type LineageGraph,
  type RestrictedNode,
} from './lineage.js';
export { LineageReader } from './lineage.reader.js';
export { type FunnelRow } from './pipeline-funnel.js';
export { type PipelineMonth } from './pipeline-timeline.js';
export {
  MOST_PIPELINE_MONTHS,
  PIPELINE_GROUPS,
  type PipelineFigures,
  type PipelineGroup,
  type PipelineGroupRow,
  type PipelineLine,
  type PipelineRequest,
  type PipelineStates,
  type Spans,
  type StageGroup,
  type StageTime,
} from './pipeline.js';
export { PipelineReader, type PipelineReport, type PipelineStages } from './pipeline.reader.js';
export { type MoneySums, type Rates } from './rates.js';
export { ReportsModule } from './reports.module.js';
