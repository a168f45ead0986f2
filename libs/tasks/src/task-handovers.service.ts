import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { UsersReader } from '#access';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { FaultList, Invalid } from '#faults';
import { CommitmentReminders } from './commitment-reminders.js';
import { Commitment } from './commitment.entity.js';
import { TaskNotices } from './task-notices.js';
import { TaskReminders } from './task-reminders.js';
import { Task } from './task.entity.js';
import { mayHandOver } from './task.policy.js';
import { NotYourTasks } from './tasks.errors.js';
import { unknownUser } from './unknown-user.js';

export interface Handover {
  /** Whose they are now; may have left. */
  fromUserId: string;
  toUserId: string;
  /** Which of their open tasks, all when absent. */
  taskIds?: string[];
  /** The open promises they watch go along. */
  withCommitments?: boolean;
}

/** How many went over. */
export interface HandedOver {
  tasks: number;
  commitments: number;
}

/** What a user had to do goes to another, in a few statements however much it is. */
@Injectable()
export class TaskHandoversService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly users: UsersReader,
    private readonly reminders: TaskReminders,
    private readonly notices: TaskNotices,
    private readonly commitmentReminders: CommitmentReminders,
  ) {}

  /** Throws Invalid, and Forbidden for what is somebody else's unless by a manager. */
  @Transactional()
  async handOver({ fromUserId, toUserId, taskIds, withCommitments }: Handover): Promise<HandedOver> {
    if (!mayHandOver(currentActor(), fromUserId)) throw new NotYourTasks();
    await this.demandUsers(fromUserId, toUserId);
    const tasks = await this.openTasks(fromUserId, taskIds);
    const patch = { assigneeId: toUserId };
    await this.store.updateAll(
      Task,
      tasks.map((entity) => ({ entity, patch })),
      'reassigned',
    );
    await this.reminders.followAssignees(tasks);
    await this.notices.handedOver(tasks);
    const commitments = withCommitments ? await this.handOverCommitments(fromUserId, toUserId) : 0;
    return { tasks: tasks.length, commitments };
  }

  private async demandUsers(fromUserId: string, toUserId: string): Promise<void> {
    const faults = new FaultList();
    const known = await this.database.query<{ id: string }>('SELECT id FROM users WHERE id = $1', [fromUserId]);
    if (known.length === 0)
      faults.add({ pointer: '/fromUserId', code: 'unknown_user', message: `There is no user with id ${fromUserId}.` });
    faults.add(...unknownUser(toUserId, await this.users.active([toUserId]), '/toUserId'));
    if (fromUserId === toUserId)
      faults.add({ pointer: '/toUserId', code: 'same_user', message: 'They are this user’s already.' });
    faults.throwAny();
  }

  /** Locked in the order of their ids. Throws Invalid for ids that are no open tasks of the user. */
  private async openTasks(assigneeId: string, ids?: string[]): Promise<Task[]> {
    const tasks = await this.database.manager.find(Task, {
      where: { assigneeId, status: 'open', archivedAt: IsNull(), ...(ids && { id: In(ids) }) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const found = new Set(tasks.map(({ id }) => id));
    const faults = (ids ?? []).flatMap((id, index) =>
      found.has(id.toLowerCase())
        ? []
        : [{ pointer: `/taskIds/${index}`, code: 'not_theirs', message: `${id} is no open task of that user.` }],
    );
    if (faults.length > 0) throw new Invalid(faults);
    return tasks;
  }

  private async handOverCommitments(ownerId: string, toUserId: string): Promise<number> {
    const commitments = await this.database.manager.find(Commitment, {
      where: { ownerId, status: 'open', archivedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const patch = { ownerId: toUserId };
    await this.store.updateAll(
      Commitment,
      commitments.map((entity) => ({ entity, patch })),
      'reassigned',
    );
    await this.commitmentReminders.follow(...commitments);
    return commitments.length;
  }
}
