import { Module } from '@nestjs/common';
import { ConferencesModule } from '#conferences';
import { DealsModule } from '#deals';
import { TradeMissionsModule } from '#trade-missions';
import { EventOutcomesReader } from './event-outcome.reader.js';
import { FollowUpsReader } from './follow-ups.reader.js';
import { LineageReader } from './lineage.reader.js';
import { PipelineReader } from './pipeline.reader.js';

/** What came of events, where deals stand, and what is to be done, in figures. */
@Module({
  imports: [ConferencesModule, DealsModule, TradeMissionsModule],
  providers: [EventOutcomesReader, FollowUpsReader, LineageReader, PipelineReader],
  exports: [EventOutcomesReader, FollowUpsReader, LineageReader, PipelineReader],
})
export class ReportsModule {}
