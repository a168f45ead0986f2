import { Module } from '@nestjs/common';
import { MembersModule } from '#members';
import { ReportsModule } from '#reports';
import { ReportsController } from './reports.controller.js';

/** Reports over HTTP: as JSON, as a table, as a chart. */
@Module({
  imports: [MembersModule, ReportsModule],
  controllers: [ReportsController],
})
export class ReportsApiModule {}
