import { Global, Module } from '@nestjs/common';
import { AuditEntriesReader } from './audit-entries.reader.js';
import { AuditTrail } from './audit-trail.js';
import { AuditedStore } from './audited-store.js';

/** Who changed what, when, and from what. Global: every service writes through it. */
@Global()
@Module({
  providers: [AuditTrail, AuditedStore, AuditEntriesReader],
  exports: [AuditTrail, AuditedStore, AuditEntriesReader],
})
export class AuditModule {}
