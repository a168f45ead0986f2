export { type Duplicate, type DuplicatePair, DuplicatesReader } from './duplicates.reader.js';
export { DuplicatesService } from './duplicates.service.js';
export { MergeRevertsService } from './merge-reverts.service.js';
export type { MergeType } from './merges.errors.js';
export { MergesModule } from './merges.module.js';
export { type MergeAnswer, mergesList, MergesReader, type MergeRow } from './merges.reader.js';
export { type MergeInput, MergesService } from './merges.service.js';
