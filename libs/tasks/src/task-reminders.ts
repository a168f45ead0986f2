import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { Database } from '#database';
import { type MessageReason, type PlannedMessage, STOPPABLE, takenBack } from '#messaging';
import { type ReminderSubject, RemindersService } from '#reminders';
import type { TaskStatus } from './task-status.js';
import type { Task } from './task.entity.js';
import { taskReminders } from './task.mail.js';

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
    private readonly users: UsersReader,
    private readonly reminders: RemindersService,
  ) {}

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

  /** Takes back everything about a task that is archived. */
  async forget(taskId: string): Promise<void> {
    await this.reminders.cancel(taskId, 'subject_called_off');
  }

  /** A moved task is not overdue, or not for as long; one that still is says what is so now, unless managers were told. */
  private async followEscalation({ id, dueAt }: Task): Promise<void> {
    await this.database.query(UNESCALATE, [id, dueAt]);
    await this.database.query('UPDATE tasks SET escalated_for = NULL WHERE id = $1 AND escalated_for IS NOT NULL', [
      id,
    ]);
  }

  private async subjects(tasks: Task[]): Promise<ReminderSubject[]> {
    const assigned = tasks.filter((task) => task.assigneeId !== null && task.dueAt !== null);
    if (assigned.length === 0) return [];
    const assignees = await this.users.active(assigned.flatMap((task) => task.assigneeId ?? []));
    const titles = await this.aboutTitles(assigned);
    return assigned.flatMap((task) => {
      const assignee = assignees.find((user) => user.id === task.assigneeId);
      return taskReminders(task, assignee, titles.get(task.aboutId ?? '')) ?? [];
    });
  }

  /** Titles of what tasks are about, as far as a mail may tell them: an assignee need not be an owner of a restricted record. */
  private async aboutTitles(tasks: Task[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; title: string }>(
      `SELECT id, title FROM records WHERE id = ANY($1::uuid[]) AND visibility = 'internal'`,
      [tasks.flatMap((task) => task.aboutId ?? [])],
    );
    return new Map(rows.map((row) => [row.id, row.title]));
  }
}

const UNESCALATE = `
  UPDATE messages SET ${takenBack(`'rescheduled'`)}
  WHERE about_id = $1 AND kind = 'escalation' AND occurs_at IS DISTINCT FROM $2::timestamptz AND ${STOPPABLE}`;
