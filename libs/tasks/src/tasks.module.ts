import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserChanges } from '#access';
import { MessagingModule } from '#messaging';
import { TimelineSources } from '#records';
import { ReminderSources, RemindersModule } from '#reminders';
import { CommitmentDrafts } from './commitment-drafts.js';
import { CommitmentReminderSource } from './commitment-reminder-source.js';
import { CommitmentReminders } from './commitment-reminders.js';
import { Commitment } from './commitment.entity.js';
import { CommitmentsReader } from './commitments.reader.js';
import { CommitmentsService } from './commitments.service.js';
import { KeptTasks } from './kept-tasks.js';
import { MyDayReader } from './my-day.reader.js';
import { TaskDigestsPlanner } from './task-digests.planner.js';
import { TaskDrafts } from './task-drafts.js';
import { TaskEscalationsPlanner } from './task-escalations.planner.js';
import { TaskHandoversService } from './task-handovers.service.js';
import { TaskNotices } from './task-notices.js';
import { TaskReminderSource } from './task-reminder-source.js';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';
import { TasksReader } from './tasks.reader.js';
import { TasksService } from './tasks.service.js';
import { taskTimelines } from './tasks.timeline.js';
import { UserReminders } from './user-reminders.js';

const shared = [
  TasksService,
  TasksReader,
  TaskDrafts,
  KeptTasks,
  TaskDigestsPlanner,
  TaskEscalationsPlanner,
  CommitmentsService,
  CommitmentsReader,
  CommitmentDrafts,
  MyDayReader,
  TaskHandoversService,
];

/** What staff must do, and who promised whom what. Global, like every hub. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Task, Commitment]), MessagingModule, RemindersModule],
  providers: [
    ...shared,
    TaskReminders,
    TaskReminderSource,
    CommitmentReminders,
    CommitmentReminderSource,
    TaskNotices,
    UserReminders,
  ],
  exports: shared,
})
export class TasksModule {
  constructor(
    timelines: TimelineSources,
    reminded: ReminderSources,
    tasks: TaskReminderSource,
    commitments: CommitmentReminderSource,
    users: UserChanges,
    mails: UserReminders,
  ) {
    timelines.register(...taskTimelines);
    reminded.register(tasks, commitments);
    users.register((userId) => mails.follow(userId));
  }
}
