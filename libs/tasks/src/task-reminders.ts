import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { Database } from '#database';
import { type MessageReason, type PlannedMessage } from '#messaging';
import { type ReminderSubject, RemindersService } from '#reminders';
import type { TaskStatus } from './task-status.js';
import type { Task } from './task.entity.js';
import { taskReminders } from './task.mail.js';

/** Why a task in this status sends nothing. */
const REASONS: Record<TaskStatus, MessageReason> = {
  open: 'no_longer_wanted',
  done: 'completed',
  cancelled: 'subject_called_off',
};

/** Keeps the reminders of tasks in step with them. */
@Injectable()
export class TaskReminders {
  constructor(
    private readonly database: Database,
    private readonly users: UsersReader,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what new tasks want. */
  async plan(tasks: Task[]): Promise<PlannedMessage[]> {
    const planned: PlannedMessage[] = [];
    for (const subject of await this.subjects(tasks)) planned.push(...(await this.reminders.sync(subject)));
    return planned;
  }

  /** Plans what a changed task wants now, and takes back the rest. */
  async follow(task: Task): Promise<void> {
    const [subject] = await this.subjects([task]);
    if (subject) await this.reminders.sync(subject);
    else await this.reminders.cancel(task.id, REASONS[task.status]);
  }

  /** Takes back everything about a task that is archived. */
  async forget(taskId: string): Promise<void> {
    await this.reminders.cancel(taskId, 'subject_called_off');
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
