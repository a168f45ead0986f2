import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { currentActor, Database } from '#database';
import { MessageLedger, STOPPABLE, takenBack } from '#messaging';
import { handedOver, TASK_ASSIGNED } from './task-notice.mail.js';
import type { Task } from './task.entity.js';

/** Tells users of tasks that somebody else has handed them. Needs a transaction. */
@Injectable()
export class TaskNotices {
  constructor(
    private readonly database: Database,
    private readonly users: UsersReader,
    private readonly ledger: MessageLedger,
  ) {}

  /** Of tasks that are all with the same user now: one mail to that user, and none any more to whoever had them. */
  async handedOver(tasks: Task[]): Promise<void> {
    const [first] = tasks;
    if (!first) return;
    const { assigneeId } = first;
    await this.database.query(TAKE_BACK, [tasks.map(({ id }) => id), assigneeId, TASK_ASSIGNED]);
    const actor = currentActor();
    if (assigneeId === null || assigneeId === actor.id) return;
    const [user] = await this.users.active([assigneeId]);
    const now = await this.database.now();
    const [about] = await this.database.query<{ title: string }>(ABOUT, [first.aboutId]);
    if (user) await this.ledger.enter([handedOver(tasks, { user, assigner: actor.name, about: about?.title, now })]);
  }
}

const TAKE_BACK = `
  UPDATE messages SET ${takenBack(`'no_longer_wanted'`)}
  WHERE about_id = ANY($1::uuid[]) AND user_id IS DISTINCT FROM $2::uuid AND template_key = $3 AND ${STOPPABLE}`;

/** A mail may not tell what a restricted record is called. */
const ABOUT = `SELECT title FROM records WHERE id = $1 AND visibility = 'internal'`;
