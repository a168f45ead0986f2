import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { type Config, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { DeliveryModule } from '#delivery';
import { QueueModule } from '#queue';
import { RecordsModule } from '#records';
import { AccessApiModule } from './access/access-api.module.js';
import { AgreementsApiModule } from './agreements/agreements-api.module.js';
import { BriefsApiModule } from './briefs/briefs-api.module.js';
import { ConferencesApiModule } from './conferences/conferences-api.module.js';
import { DealsApiModule } from './deals/deals-api.module.js';
import { HttpModule } from './http/http.module.js';
import { ImportsApiModule } from './imports/imports-api.module.js';
import { MemberListsApiModule } from './member-lists/member-lists-api.module.js';
import { MeetingPlansApiModule } from './meeting-plans/meeting-plans-api.module.js';
import { MembersApiModule } from './members/members-api.module.js';
import { MergesApiModule } from './merges/merges-api.module.js';
import { MessagingApiModule } from './messaging/messaging-api.module.js';
import { LedgerMetrics } from './operations/ledger-metrics.js';
import { MissionPapersApiModule } from './mission-papers/mission-papers-api.module.js';
import { OperationsController } from './operations/operations.controller.js';
import { SearchController } from './records/search.controller.js';
import { SectorsController } from './records/sectors.controller.js';
import { TimelinesController } from './records/timelines.controller.js';
import { ReportsApiModule } from './reports/reports-api.module.js';
import { SideMeetingsApiModule } from './side-meetings/side-meetings-api.module.js';
import { TasksApiModule } from './tasks/tasks-api.module.js';
import { TradeMissionsApiModule } from './trade-missions/trade-missions-api.module.js';

/** Everything the API process is made of. */
@Module({})
export class ApiModule {
  static forRoot(config: Config & { databaseUrl: string }): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(config.databaseUrl),
        QueueModule.forRoot(config),
        AuditModule,
        RecordsModule,
        DeliveryModule,
        HttpModule,
        AccessApiModule,
        MembersApiModule,
        MemberListsApiModule,
        MergesApiModule,
        ImportsApiModule,
        ConferencesApiModule,
        MessagingApiModule,
        TasksApiModule,
        SideMeetingsApiModule,
        TradeMissionsApiModule,
        MeetingPlansApiModule,
        MissionPapersApiModule,
        DealsApiModule,
        AgreementsApiModule,
        ReportsApiModule,
        BriefsApiModule,
      ],
      controllers: [OperationsController, SearchController, SectorsController, TimelinesController],
      providers: [LedgerMetrics],
    };
  }
}
