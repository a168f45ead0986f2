export { briefDocument, type BriefOptions } from './brief.pdf.js';
export { STAGE_WORDS } from './brief-labels.js';
export { isStaleAfter, USUAL_STALE_AFTER } from './brief-standing.js';
export { type Brief, type BriefedEvent, type BriefedTitle, type Events, type LastContact } from './brief.js';
export { type BriefRequest, BriefsReader } from './briefs.reader.js';
export {
  type DealsAtStage,
  type History,
  type HistoryEntry,
  type HistoryHead,
  type HistoryRequest,
} from './history.js';
export { HistoryReader } from './history.reader.js';
export { BriefsModule } from './briefs.module.js';
