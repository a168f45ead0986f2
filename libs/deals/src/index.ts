export { type DealPartyRow, DealPartiesReader, dealPartiesList } from './deal-parties.reader.js';
export { type DealPartyInput, DealPartiesService } from './deal-parties.service.js';
export { PARTY_ROLES, type PartyRole } from './deal-party.entity.js';
export { DEAL_STAGES, type DealStage, openDealSql, probabilitySql, WORKING_STAGES } from './deal-stage.js';
export { DEAL_KINDS, type DealKind } from './deal.entity.js';
export { DealStallsPlanner } from './deal-stalls.planner.js';
export { DealTouches, type DealTouchSource, writtenAtSql } from './deal-touches.js';
export { DealsModule } from './deals.module.js';
export { type DealRow, DealsReader, dealsList, type IncludedParty } from './deals.reader.js';
export { type DealFields, type DealInput, DealsService } from './deals.service.js';
export {
  INSTRUMENT_KINDS,
  INSTRUMENT_STATUSES,
  type InstrumentKind,
  type InstrumentStatus,
} from './instrument.entity.js';
export { type InstrumentRow, InstrumentsReader, instrumentsList } from './instruments.reader.js';
export { type InstrumentInput, InstrumentsService } from './instruments.service.js';
export { DAY_PRECISIONS, type DayPrecision, momentText } from './moment.js';
export { type Money, moneyFields, moneySql } from './money.js';
export { type StageChangeRow, StageChangesReader, stageChangesList } from './stage-changes.reader.js';
export { type StageChangeInput, StageChangesService } from './stage-changes.service.js';
export { TOUCHPOINT_EFFECTS, type TouchpointEffect } from './touchpoint.entity.js';
export { TOUCHPOINTS } from './touchpoint.sql.js';
export { type TouchpointRow, TouchpointsReader, touchpointsList } from './touchpoints.reader.js';
export { type TouchpointInput, type TouchpointPatch, TouchpointsService } from './touchpoints.service.js';
