export { AuditEntriesReader, auditEntriesList, type AuditEntryRow, mergedIntoSql } from './audit-entries.reader.js';
export { AuditModule } from './audit.module.js';
export { AuditTrail } from './audit-trail.js';
export { type AuditedClass, AuditedStore, definedOnly } from './audited-store.js';
