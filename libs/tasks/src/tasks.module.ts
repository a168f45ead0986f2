import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { RemindersModule } from '#reminders';
import { CommitmentDrafts } from './commitment-drafts.js';
import { Commitment } from './commitment.entity.js';
import { CommitmentsReader } from './commitments.reader.js';
import { CommitmentsService } from './commitments.service.js';
import { TaskDrafts } from './task-drafts.js';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';
import { TasksReader } from './tasks.reader.js';
import { TasksService } from './tasks.service.js';
import { taskTimelines } from './tasks.timeline.js';

const shared = [TasksService, TasksReader, TaskDrafts, CommitmentsService, CommitmentsReader, CommitmentDrafts];

/** What staff must do, and who promised whom what. Global, like every hub. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Task, Commitment]), MessagingModule, RemindersModule],
  providers: [...shared, TaskReminders],
  exports: shared,
})
export class TasksModule {
  constructor(sources: TimelineSources) {
    sources.register(...taskTimelines);
  }
}
