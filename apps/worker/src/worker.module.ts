import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '#access';
import { AgreementsModule } from '#agreements';
import { AuditModule } from '#audit';
import { type Config, ConfigModule } from '#config';
import { ConferencesModule } from '#conferences';
import { DatabaseModule } from '#database';
import { DealsModule } from '#deals';
import { DeliveryModule, type DeliveryOptions } from '#delivery';
import { InvitationsModule } from '#invitations';
import { MemberListsModule } from '#member-lists';
import { MeetingPlansModule } from '#meeting-plans';
import { MembersModule } from '#members';
import { MessagingModule } from '#messaging';
import { QueueModule } from '#queue';
import { RecordsModule } from '#records';
import { RemindersModule } from '#reminders';
import { SideMeetingsModule } from '#side-meetings';
import { TasksModule } from '#tasks';
import { TradeMissionsModule } from '#trade-missions';
import { ImportsConsumer } from './imports.consumer.js';
import { MailConsumer } from './mail.consumer.js';
import { MailSchedule } from './mail.schedule.js';
import { PlanningSchedule } from './planning.schedule.js';
import { PlansConsumer } from './plans.consumer.js';

/** What a worker needs: somewhere to work on, and somewhere to send to. */
export type WorkerConfig = Config & { databaseUrl: string; smtpUrl: string };

/** Connections beyond one per job: for sweeps and what happens between jobs. */
const SPARE_CONNECTIONS = 2;

/** The process that runs the jobs. */
@Module({})
export class WorkerModule {
  static forRoot(config: WorkerConfig, delivery?: Partial<DeliveryOptions>): DynamicModule {
    const { databaseUrl, redisUrl, workerConcurrency: concurrency } = config;
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(databaseUrl, Math.min(concurrency, 10) + SPARE_CONNECTIONS),
        QueueModule.forRoot({ databaseUrl, redisUrl }),
        QueueModule.workers({ concurrency }),
        AuditModule,
        RecordsModule,
        AccessModule,
        MessagingModule,
        RemindersModule,
        InvitationsModule,
        DeliveryModule.forRoot(delivery),
        MembersModule,
        MemberListsModule,
        TasksModule,
        ConferencesModule,
        SideMeetingsModule,
        TradeMissionsModule,
        MeetingPlansModule,
        DealsModule,
        AgreementsModule,
      ],
      providers: [MailConsumer, MailSchedule, PlanningSchedule, ImportsConsumer, PlansConsumer],
      exports: [MailSchedule],
    };
  }
}
