export { CommitmentDrafts, type CommitmentDraft, type CommitmentInput } from './commitment-drafts.js';
export { COMMITMENT_STATUSES, type CommitmentStatus, type Settlement } from './commitment-status.js';
export {
  type CommitmentRow,
  CommitmentsReader,
  commitmentsList,
  type NamedParty,
  type OpenSides,
} from './commitments.reader.js';
export { CommitmentsService, type Evidence } from './commitments.service.js';
export { byParty, type PartyCommitments } from './party-commitments.js';
export { DUE_GROUPS, type DueGroup, dueGroupSql } from './due-group.js';
export { me } from './filters.js';
export { KeptTasks } from './kept-tasks.js';
export { dayIn } from './my-day.js';
export { type MyDay, MyDayReader, type Some } from './my-day.reader.js';
export { MOST_REMINDERS, remindBeforeFaults } from './remind-before.js';
export { type ShownAbout, shownAboutSql } from './shown-about.js';
export { TaskDigestsPlanner } from './task-digests.planner.js';
export { type PointerOf, type TaskDraft, TaskDrafts, type TaskInput } from './task-drafts.js';
export { TaskEscalationsPlanner } from './task-escalations.planner.js';
export { type HandedOver, type Handover, TaskHandoversService } from './task-handovers.service.js';
export { TASK_STATUSES, type TaskStatus } from './task-status.js';
export { TASK_PRIORITIES, type TaskPriority } from './task.entity.js';
export { TasksModule } from './tasks.module.js';
export { type TaskRow, TasksReader, tasksList } from './tasks.reader.js';
export { TasksService } from './tasks.service.js';
