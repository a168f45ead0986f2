import { Inject, Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { CONFIG, type Config, houseTimeZone } from '#config';
import { Database } from '#database';
import { FaultList } from '#faults';
import { KeptTasks, TaskDrafts, TasksService } from '#tasks';
import { expiryDue, lastToday } from './agreement-expiry.js';
import { mayExpire } from './agreement-status.js';
import type { Agreement } from './agreement.entity.js';

/** The task that was made for the end of an agreement. */
interface Expiry {
  taskId: string;
  /** The end it was made for, or moved to. */
  expiresOn: string;
  dueAt: Date;
  assigneeId: string | null;
  /** Cancelled by us, and by nobody since. */
  stopped: boolean;
  open: boolean;
  /** Whether the task still has what it was given; what people changed since is theirs. */
  dueAsGiven: boolean;
  assigneeAsGiven: boolean;
}

const TITLE = 'This agreement is about to expire: renew it, or let it end?';

/** One open task of the owner for the end of an agreement that is signed; needs a transaction that holds the agreement. */
@Injectable()
export class AgreementExpiries {
  constructor(
    private readonly database: Database,
    private readonly users: UsersReader,
    private readonly drafts: TaskDrafts,
    private readonly tasks: TasksService,
    private readonly kept: KeptTasks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Makes the task fit what is stored of the agreement now: made once for each end, moved with it and with the owner, cancelled and opened again. */
  async follow(agreement: Agreement): Promise<void> {
    const { id, expiresOn, status, archivedAt } = agreement;
    const expiry = await this.database.queryOne<Expiry>(EXPIRY, [id]);
    if (expiresOn !== null && !archivedAt && mayExpire(status))
      await this.keep({ id, expiresOn, ownerId: await this.owner(agreement) }, expiry);
    else if (expiry?.open) await this.stop(id, expiry);
  }

  /** An end that has passed asks for nothing new. */
  private async keep(expiring: Expiring, expiry?: Expiry): Promise<void> {
    const now = await this.database.now();
    const ahead = expiring.expiresOn >= lastToday(now);
    if (ahead && expiry?.stopped) await this.resume(expiring.id, expiry);
    if (expiry?.open) await this.move(expiring, expiry, now);
    else if (ahead && expiry?.expiresOn !== expiring.expiresOn) await this.make(expiring, now);
  }

  private async make({ id, expiresOn, ownerId }: Expiring, now: Date): Promise<void> {
    const dueAt = this.dueAt(expiresOn, now);
    const faults = new FaultList();
    const times = { dueAt: dueAt.toISOString(), timeZone: this.timeZone };
    const task = { title: TITLE, ...times, assigneeId: ownerId, about: { type: 'agreement' as const, id } };
    const drafts = await this.drafts.ofNew([task], String, faults);
    faults.throwAny();
    const { tasks } = await this.tasks.createAll(drafts);
    await this.database.query(MADE, [id, tasks[0]?.id, expiresOn, dueAt, ownerId]);
  }

  private async stop(id: string, expiry: Expiry): Promise<void> {
    await this.kept.cancel(expiry.taskId);
    await this.database.query(STOP, [id, true]);
  }

  private async resume(id: string, expiry: Expiry): Promise<void> {
    await this.kept.reopen(expiry.taskId);
    expiry.open = true;
    await this.database.query(STOP, [id, false]);
  }

  private async move({ id, expiresOn, ownerId }: Expiring, expiry: Expiry, now: Date): Promise<void> {
    const moved = expiry.expiresOn !== expiresOn;
    const handedOver = expiry.assigneeAsGiven && expiry.assigneeId !== ownerId;
    if (!moved && !handedOver) return;
    const dueAt = moved ? this.dueAt(expiresOn, now) : expiry.dueAt;
    await this.kept.move(expiry.taskId, {
      ...(moved && expiry.dueAsGiven && { dueAt, timeZone: this.timeZone }),
      ...(handedOver && { assigneeId: ownerId }),
    });
    const assigneeId = handedOver ? ownerId : expiry.assigneeId;
    await this.database.query(MOVED, [id, expiresOn, expiry.dueAsGiven ? dueAt : expiry.dueAt, assigneeId]);
  }

  /** Where that is still a user. */
  private async owner({ ownerId }: Agreement): Promise<string | null> {
    const [user] = ownerId ? await this.users.active([ownerId]) : [];
    return user?.id ?? null;
  }

  private dueAt(expiresOn: string, now: Date): Date {
    return expiryDue(expiresOn, this.timeZone, now);
  }

  private get timeZone(): string {
    return houseTimeZone(this.config);
  }
}

/** An agreement that is to be seen to before its end. */
interface Expiring {
  id: string;
  expiresOn: string;
  ownerId: string | null;
}

/** A task that was archived stays so: it is there, but nothing moves it. */
const EXPIRY = `
  SELECT e.task_id AS "taskId", e.expires_on::text AS "expiresOn", e.due_at AS "dueAt", e.assignee_id AS "assigneeId",
         e.stopped AND t.archived_at IS NULL AND t.status = 'cancelled' AS stopped,
         t.status = 'open' AND t.archived_at IS NULL AS open,
         t.due_at IS NOT DISTINCT FROM e.due_at AS "dueAsGiven", t.assignee_id IS NOT DISTINCT FROM e.assignee_id AS "assigneeAsGiven"
  FROM agreement_expiries e JOIN tasks t ON t.id = e.task_id WHERE e.agreement_id = $1`;

const MADE = `
  INSERT INTO agreement_expiries (agreement_id, task_id, expires_on, due_at, assignee_id) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (agreement_id) DO UPDATE SET
    task_id = excluded.task_id, expires_on = excluded.expires_on, due_at = excluded.due_at, assignee_id = excluded.assignee_id, stopped = false`;

const MOVED = 'UPDATE agreement_expiries SET expires_on = $2, due_at = $3, assignee_id = $4 WHERE agreement_id = $1';
const STOP = 'UPDATE agreement_expiries SET stopped = $2 WHERE agreement_id = $1';
