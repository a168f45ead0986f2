import { Module } from '@nestjs/common';
import { MembersModule } from '#members';
import { ReportsModule } from '#reports';
import { EventOutcomeController } from './event-outcome.controller.js';
import { FollowUpsController } from './follow-ups.controller.js';
import { LineageController } from './lineage.controller.js';
import { MembershipReportController } from './membership-report.controller.js';
import { PipelineController } from './pipeline.controller.js';

/** Reports over HTTP: as JSON, as a table, as a chart. */
@Module({
  imports: [MembersModule, ReportsModule],
  controllers: [
    EventOutcomeController,
    FollowUpsController,
    LineageController,
    MembershipReportController,
    PipelineController,
  ],
})
export class ReportsApiModule {}
