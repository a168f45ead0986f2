import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { RecordsReader } from '#records';
import { FaultList } from '#faults';
import type { PlannedMessage } from '#messaging';
import { type TaskDraft, TaskDrafts, type TaskInput } from './task-drafts.js';
import { TaskNotices } from './task-notices.js';
import { TaskReminders } from './task-reminders.js';
import { stepTowards, type TaskStatus, taskStatusAfter, type TaskStep } from './task-status.js';
import { Task } from './task.entity.js';
import { mayChangeTask } from './task.policy.js';
import { NotYourTask } from './tasks.errors.js';

/** A change of a task; the status moves by the same rules as its steps. */
export type TaskPatch = Partial<TaskInput> & { status?: TaskStatus };

/** Tasks, and the reminders they plan for their assignees. */
@Injectable()
export class TasksService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly drafts: TaskDrafts,
    private readonly records: RecordsReader,
    private readonly reminders: TaskReminders,
    private readonly notices: TaskNotices,
  ) {}

  /** Throws Invalid. */
  @Transactional()
  async create(input: TaskInput): Promise<Task> {
    const faults = new FaultList();
    const drafts = await this.drafts.ofNew([input], () => '', faults);
    faults.throwAny();
    const { tasks } = await this.createAll(drafts);
    return tasks[0] as Task;
  }

  /** Stores drafts that were checked before, and answers what they plan to send. */
  @Transactional()
  async createAll(drafts: TaskDraft[]): Promise<{ tasks: Task[]; planned: PlannedMessage[] }> {
    const tasks = await this.store.insertAll(Task, drafts);
    return { tasks, planned: await this.reminders.planNew(tasks) };
  }

  /** Moved, reassigned or reopened tasks plan their reminders anew. Throws NotFound, Stale, Forbidden, Invalid, TaskStepImpossible. */
  @Transactional()
  async update(id: string, { status, ...patch }: TaskPatch, version?: number): Promise<Task> {
    const task = await this.changeable(id, version);
    const fields = await this.drafts.ofPatch(patch, task);
    const step = status && stepTowards(status, task.status);
    const { assigneeId } = task;
    await this.store.update(Task, task, { ...fields, ...(step && (await this.afterStep(step, task))) });
    await this.reminders.follow(task);
    if (task.assigneeId !== assigneeId && task.status === 'open') await this.notices.handedOver([task]);
    return task;
  }

  /** `note`: what came of it. Throws NotFound, Forbidden, TaskStepImpossible. */
  @Transactional()
  complete(id: string, note?: string | null): Promise<Task> {
    return this.take('complete', id, note);
  }

  /** Throws NotFound, Forbidden, TaskStepImpossible. */
  @Transactional()
  cancel(id: string): Promise<Task> {
    return this.take('cancel', id);
  }

  /** Plans the reminders that are still to come. Throws NotFound, Forbidden, TaskStepImpossible. */
  @Transactional()
  reopen(id: string): Promise<Task> {
    return this.take('reopen', id);
  }

  /** Throws NotFound, Stale, Forbidden. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.changeable(id, version);
    await this.store.archive(Task, id, version);
    await this.reminders.forget(id);
  }

  /** Makes the search rows of the tasks about a record as visible as that record is now. */
  @Transactional()
  async followVisibility(aboutId: string): Promise<void> {
    await this.database.query('UPDATE tasks SET about_id = about_id WHERE about_id = $1', [aboutId]);
  }

  private async take(step: TaskStep, id: string, note?: string | null): Promise<Task> {
    const task = await this.changeable(id);
    await this.store.update(Task, task, await this.afterStep(step, task, note), PAST[step]);
    await this.reminders.follow(task);
    return task;
  }

  private async afterStep(step: TaskStep, task: Task, note?: string | null): Promise<Partial<Task>> {
    const status = taskStatusAfter(step, task.status);
    return {
      status,
      completedAt: step === 'complete' ? await this.database.now() : null,
      completionNote: note ?? null,
    };
  }

  /** The task, locked. Throws NotFound also for one the actor may not see. */
  private async changeable(id: string, version?: number): Promise<Task> {
    await this.records.demandVisible('task', id);
    const task = await this.store.lock(Task, id, version);
    if (!mayChangeTask(currentActor(), task)) throw new NotYourTask();
    return task;
  }
}

/** How the audit trail names a step. */
const PAST = { complete: 'completed', cancel: 'cancelled', reopen: 'reopened' } as const;
