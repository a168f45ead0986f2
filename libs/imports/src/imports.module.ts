import { Global, Module } from '@nestjs/common';
import { ImportAnalyzer } from './import-analyzer.js';
import { ImportCommitter } from './import-committer.js';
import { ImportLedger } from './import-ledger.js';
import { ImportTargets } from './import-targets.js';
import { ImportsReader } from './imports.reader.js';
import { ImportsRunner } from './imports.runner.js';
import { ImportsService } from './imports.service.js';
import { ImportsStore } from './imports.store.js';

/** Files, staging, progress and verdicts of imports. Global: every feature may register what its rows mean. */
@Global()
@Module({
  providers: [
    ImportsService,
    ImportsReader,
    ImportsRunner,
    ImportsStore,
    ImportLedger,
    ImportTargets,
    ImportAnalyzer,
    ImportCommitter,
  ],
  exports: [ImportsService, ImportsReader, ImportsRunner, ImportTargets],
})
export class ImportsModule {}
