import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { ReminderSources, RemindersModule } from '#reminders';
import { CommitmentDrafts } from './commitment-drafts.js';
import { Commitment } from './commitment.entity.js';
import { CommitmentsReader } from './commitments.reader.js';
import { CommitmentsService } from './commitments.service.js';
import { TaskDigestsPlanner } from './task-digests.planner.js';
import { TaskDrafts } from './task-drafts.js';
import { TaskEscalationsPlanner } from './task-escalations.planner.js';
import { TaskReminderSource } from './task-reminder-source.js';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';
import { TasksReader } from './tasks.reader.js';
import { TasksService } from './tasks.service.js';
import { taskTimelines } from './tasks.timeline.js';

const shared = [
  TasksService,
  TasksReader,
  TaskDrafts,
  TaskDigestsPlanner,
  TaskEscalationsPlanner,
  CommitmentsService,
  CommitmentsReader,
  CommitmentDrafts,
];

/** What staff must do, and who promised whom what. Global, like every hub. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Task, Commitment]), MessagingModule, RemindersModule],
  providers: [...shared, TaskReminders, TaskReminderSource],
  exports: shared,
})
export class TasksModule {
  constructor(timelines: TimelineSources, reminded: ReminderSources, tasks: TaskReminderSource) {
    timelines.register(...taskTimelines);
    reminded.register(tasks);
  }
}
