import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database, Transactional } from '#database';
import { CommitmentReminders } from './commitment-reminders.js';
import { Commitment } from './commitment.entity.js';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';

/** Reminders follow a user into another zone, to another address, and end for one who was shut out. */
@Injectable()
export class UserReminders {
  constructor(
    readonly database: Database,
    private readonly tasks: TaskReminders,
    private readonly commitments: CommitmentReminders,
  ) {}

  /** Joined into the transaction that changes the user; locks what is reminded of, so that nobody ends it meanwhile. */
  @Transactional()
  async follow(userId: string): Promise<void> {
    const { manager } = this.database;
    const open = { status: 'open', archivedAt: IsNull() } as const;
    const locked = { order: { id: 'ASC' }, lock: { mode: 'for_no_key_update' } } as const;
    await this.tasks.followAssignees(await manager.find(Task, { where: { ...open, assigneeId: userId }, ...locked }));
    const watched = await manager.find(Commitment, { where: { ...open, ownerId: userId }, ...locked });
    await this.commitments.follow(...watched);
  }
}
