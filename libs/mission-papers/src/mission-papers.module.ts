import { Module } from '@nestjs/common';
import { TasksModule } from '#tasks';
import { MissionChanges, TradeMissionsModule } from '#trade-missions';
import { BriefingReader } from './briefing.reader.js';
import { InvitationLettersReader } from './invitation-letters.reader.js';
import { MissionReportReader } from './mission-report.reader.js';
import { PaperPeopleReader } from './paper-people.reader.js';
import { SurveysService } from './surveys.service.js';

const readers = [BriefingReader, InvitationLettersReader, MissionReportReader];

/** What is written about trade missions: letters, briefing books, the final report, and who asks afterwards what came of them. */
@Module({
  imports: [TradeMissionsModule, TasksModule],
  providers: [...readers, PaperPeopleReader, SurveysService],
  exports: [...readers, PaperPeopleReader],
})
export class MissionPapersModule {
  constructor(missions: MissionChanges, surveys: SurveysService) {
    missions.listen((changed) => surveys.follow(changed));
  }
}
