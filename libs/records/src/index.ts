export { nameKey, organizationKey, personKey } from './name-key.js';
export { type RecordLink, RecordLinksReader } from './record-links.reader.js';
export { RecordEntity } from './record.entity.js';
export { RECORD_TYPES, type RecordReference, type RecordType } from './record-types.js';
export { aboutSql, RecordsReader, type RecordSummary, visibleSql } from './records.reader.js';
export { RecordsModule } from './records.module.js';
export { SearchReader, type SearchHit } from './search.reader.js';
