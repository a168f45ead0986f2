import { Module } from '@nestjs/common';
import { BriefsModule } from '#briefs';
import { DocumentsModule } from '#documents';
import { BriefController } from './brief.controller.js';
import { HistoryController } from './history.controller.js';

/** What to know before meeting somebody, over HTTP. */
@Module({
  imports: [BriefsModule, DocumentsModule],
  controllers: [BriefController, HistoryController],
})
export class BriefsApiModule {}
