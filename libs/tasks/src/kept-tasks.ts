import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { nameKey } from '#records';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';

/**
 * Tasks that a feature keeps in step with what they are about. They follow it whoever changes that, so nobody is asked
 * whether they may change the task. Needs a transaction.
 */
@Injectable()
export class KeptTasks {
  constructor(
    private readonly store: AuditedStore,
    private readonly reminders: TaskReminders,
  ) {}

  /** Throws NotFound for one that is archived. */
  async move(id: string, fields: Partial<Pick<Task, 'dueAt' | 'timeZone' | 'assigneeId' | 'title'>>): Promise<void> {
    const { title } = fields;
    await this.change(id, { ...fields, ...(title !== undefined && { searchKey: nameKey(title) }) });
  }

  /** Throws NotFound for one that is archived. */
  async cancel(id: string): Promise<void> {
    await this.cancelAll([id]);
  }

  /** The same for several, in as few statements as for one. */
  async cancelAll(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const tasks = await this.store.lockAll(Task, ids);
    const patch = { status: 'cancelled', completedAt: null } as const;
    await this.store.updateAll(
      Task,
      tasks.map((entity) => ({ entity, patch })),
      'cancelled',
    );
    await this.reminders.callOff(ids);
  }

  /** Throws NotFound for one that is archived. */
  async reopen(id: string): Promise<void> {
    await this.change(id, { status: 'open', completedAt: null }, 'reopened');
  }

  private async change(id: string, fields: Partial<Task>, action?: string): Promise<void> {
    const task = await this.store.lock(Task, id);
    await this.store.update(Task, task, fields, action);
    await this.reminders.follow(task);
  }
}
