import { Module } from '@nestjs/common';
import { DocumentsModule } from '#documents';
import { MissionPapersModule } from '#mission-papers';
import { MissionReportController } from './mission-report.controller.js';
import { PapersController } from './papers.controller.js';

/** What is written about trade missions, over HTTP. */
@Module({
  imports: [MissionPapersModule, DocumentsModule],
  controllers: [MissionReportController, PapersController],
})
export class MissionPapersApiModule {}
