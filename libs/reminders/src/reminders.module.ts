import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { ReminderReplansPlanner } from './reminder-replans.planner.js';
import { ReminderRule } from './reminder-rule.entity.js';
import { ReminderRulesReader } from './reminder-rules.reader.js';
import { ReminderRulesService } from './reminder-rules.service.js';
import { ReminderSources } from './reminder-sources.js';
import { RemindersService } from './reminders.service.js';

const FACE = [RemindersService, ReminderRulesService, ReminderRulesReader, ReminderReplansPlanner, ReminderSources];

/** When people are reminded of what, and the planning of those reminders in the ledger. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ReminderRule]), MessagingModule],
  providers: FACE,
  exports: FACE,
})
export class RemindersModule {}
