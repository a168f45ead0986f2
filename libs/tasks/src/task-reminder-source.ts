import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#database';
import type { ReminderSource } from '#reminders';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';

/** Tasks whose reminders follow the rules, for when a rule changes. */
@Injectable()
export class TaskReminderSource implements ReminderSource {
  readonly subject = 'task';

  constructor(
    private readonly database: Database,
    private readonly reminders: TaskReminders,
  ) {}

  async ahead(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(AHEAD, [after, limit]);
    return rows.map(({ id }) => id);
  }

  /** Locks them first, so that nobody completes one while it is planned. */
  async plan(ids: string[]): Promise<void> {
    const tasks = await this.database.manager.find(Task, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    await this.reminders.plan(tasks.filter(({ archivedAt }) => archivedAt === null));
  }
}

const AHEAD = `
  SELECT id FROM tasks
  WHERE status = 'open' AND due_at > now() AND remind_before IS NULL AND assignee_id IS NOT NULL AND archived_at IS NULL
    AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
