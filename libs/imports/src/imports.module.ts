import { Global, Module } from '@nestjs/common';
import { TimelineSources } from '#records';
import { FileKeys } from './file-keys.js';
import { ImportAnalyzer } from './import-analyzer.js';
import { ImportCommitter } from './import-committer.js';
import { ImportLedger } from './import-ledger.js';
import { ImportReverter } from './import-reverter.js';
import { ImportTargets } from './import-targets.js';
import { ImportsReader } from './imports.reader.js';
import { ImportsRunner } from './imports.runner.js';
import { ImportsService } from './imports.service.js';
import { ImportsStore } from './imports.store.js';
import { importTimelines } from './imports.timeline.js';

/** Files, staging, progress and verdicts of imports. Global: every feature may register what its rows mean. */
@Global()
@Module({
  providers: [
    ImportsService,
    ImportsReader,
    ImportsRunner,
    ImportsStore,
    ImportLedger,
    FileKeys,
    ImportTargets,
    ImportAnalyzer,
    ImportCommitter,
    ImportReverter,
  ],
  exports: [ImportsService, ImportsReader, ImportsRunner, ImportTargets],
})
export class ImportsModule {
  constructor(sources: TimelineSources) {
    sources.register(...importTimelines);
  }
}
