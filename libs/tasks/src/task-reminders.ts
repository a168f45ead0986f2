import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type MessageReason, type PlannedMessage, STOPPABLE, takenBack } from '#messaging';
import { type ReminderSubject, RemindersService } from '#reminders';
import type { TaskStatus } from './task-status.js';
import type { Task } from './task.entity.js';
import { type Assignee, taskReminders } from './task.mail.js';

/** Why a task in this status sends nothing. */
const REASONS: Record<Exclude<TaskStatus, 'open'>, MessageReason> = {
  done: 'completed',
  cancelled: 'subject_called_off',
};

/** Keeps the mail about tasks in step with them: reminders, and escalations that have not gone out yet. */
@Injectable()
export class TaskReminders {
  constructor(
    private readonly database: Database,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what new tasks want. */
  async planNew(tasks: Task[]): Promise<PlannedMessage[]> {
    return this.reminders.planNew(await this.subjects(tasks));
  }

  /** Plans what open tasks want. */
  async plan(tasks: Task[]): Promise<PlannedMessage[]> {
    return this.reminders.syncAll(await this.subjects(tasks));
  }

  /** Plans what a changed task wants now, and takes back the rest. */
  async follow(task: Task): Promise<void> {
    if (task.status !== 'open') {
      await this.reminders.cancel(task.id, REASONS[task.status]);
      return;
    }
    const [subject] = await this.subjects([task]);
    if (subject) await this.reminders.sync(subject);
    else await this.reminders.stop([task.id], 'no_longer_wanted');
    await this.followEscalation(task);
  }

  /** The same for many open tasks whose assignees have changed, in as few statements as for one. */
  async followAssignees(tasks: Task[]): Promise<void> {
    if (tasks.length === 0) return;
    const subjects = await this.subjects(tasks);
    const wanting = new Set(subjects.map(({ aboutId }) => aboutId));
    const ids = tasks.map(({ id }) => id);
    await this.reminders.stop(
      ids.filter((id) => !wanting.has(id)),
      'no_longer_wanted',
    );
    await this.reminders.syncAll(subjects);
    await this.database.query(ESCALATE_ANEW, [ids]);
  }

  /** Takes back everything about tasks that are cancelled. */
  async callOff(ids: string[]): Promise<void> {
    await this.reminders.cancelAll(ids, REASONS.cancelled);
  }

  /** Takes back everything about a task that is archived. */
  async forget(taskId: string): Promise<void> {
    await this.reminders.cancel(taskId, 'subject_called_off');
  }

  /** A moved task is not overdue, or not for as long; one that still is says what is so now, unless managers were told. */
  private async followEscalation({ id, dueAt }: Task): Promise<void> {
    await this.database.query(UNESCALATE, [id, dueAt]);
    await this.database.query(ESCALATE_ANEW, [[id]]);
  }

  private async subjects(tasks: Task[]): Promise<ReminderSubject[]> {
    const assigned = tasks.filter((task) => task.assigneeId !== null && task.dueAt !== null);
    if (assigned.length === 0) return [];
    const rows = await this.database.prepared<Assignment>(ASSIGNMENTS, [assigned.map(({ id }) => id)]);
    const byTask = new Map(rows.map((row) => [row.taskId, row]));
    return assigned.flatMap((task) => {
      const assignment = byTask.get(task.id);
      return taskReminders(task, assignment, assignment?.aboutTitle ?? undefined) ?? [];
    });
  }
}

/** Whom to remind of a task, and of what it is about. */
interface Assignment extends Assignee {
  taskId: string;
  aboutTitle: string | null;
}

/** A mail may not tell what a restricted record is called: an assignee need not be one of its owners. */
const ASSIGNMENTS = `
  SELECT t.id AS "taskId", u.id, u.email, u.name, u.locale, u.time_zone AS "timeZone", r.title AS "aboutTitle"
  FROM tasks t JOIN users u ON u.id = t.assignee_id AND u.archived_at IS NULL
  LEFT JOIN records r ON r.id = t.about_id AND r.visibility = 'internal'
  WHERE t.id = ANY($1::uuid[])`;

const ESCALATE_ANEW = 'UPDATE tasks SET escalated_for = NULL WHERE id = ANY($1::uuid[]) AND escalated_for IS NOT NULL';

const UNESCALATE = `
  UPDATE messages SET ${takenBack(`'rescheduled'`)}
  WHERE about_id = $1 AND kind = 'escalation' AND occurs_at IS DISTINCT FROM $2::timestamptz AND ${STOPPABLE}`;
