import { Injectable } from '@nestjs/common';
import type { UserRow } from '#access';
import { Database, Transactional } from '#database';
import { MessageLedger } from '#messaging';
import { escalations, type OverdueTask } from './task-escalation.mail.js';

/** Tasks escalated in one transaction. */
const BATCH = 200;
/** How long a task must have been overdue, and for how long: what nobody cared for longer is no news to anybody. */
const AFTER = '2 days';
const BEFORE = '9 days';

type Overdue = OverdueTask & {
  /** Somebody was told of this due time before. */
  told: boolean;
};

/** Tells managers of tasks that have been overdue for two days, once for each due time. Any number of workers may. */
@Injectable()
export class TaskEscalationsPlanner {
  constructor(
    readonly database: Database,
    private readonly ledger: MessageLedger,
  ) {}

  /** Answers how many tasks were escalated. `at` stands in for the database's clock. */
  async run(stopped: () => boolean = () => false, at?: Date): Promise<number> {
    let escalated = 0;
    for (let last = BATCH; last === BATCH && !stopped(); escalated += last) last = await this.escalate(at);
    return escalated;
  }

  @Transactional()
  async escalate(at?: Date): Promise<number> {
    const tasks = await this.database.query<Overdue & { now: Date }>(OVERDUE, [at ?? null, AFTER, BEFORE, BATCH]);
    if (!tasks[0]) return 0;
    const { now } = tasks[0];
    const users = await this.database.query<UserRow>(TOLD);
    await this.ledger.enter(tasks.filter(({ told }) => !told).flatMap((task) => escalations(task, users, now)));
    await this.database.query(ESCALATED, [tasks.map(({ id }) => id)]);
    return tasks.length;
  }
}

const OVERDUE = `
  SELECT t.id, t.title, t.due_at AS "dueAt", t.time_zone AS "timeZone", t.notes, t.assignee_id AS "assigneeId", c.now,
    u.name AS assignee, (SELECT title FROM records WHERE id = t.about_id AND visibility = 'internal') AS about,
    EXISTS (SELECT FROM messages m WHERE m.about_id = t.id AND m.kind = 'escalation' AND m.occurs_at = t.due_at
      AND m.status IN ('sending', 'sent', 'unknown')) AS told
  FROM (SELECT coalesce($1::timestamptz, now()) AS now) c
  JOIN tasks t ON t.due_at <= c.now - $2::interval AND t.due_at > c.now - $3::interval
  LEFT JOIN users u ON u.id = t.assignee_id
  WHERE t.status = 'open' AND t.archived_at IS NULL AND t.escalated_for IS DISTINCT FROM t.due_at
  ORDER BY t.due_at LIMIT $4 FOR NO KEY UPDATE OF t SKIP LOCKED`;

/** Who may have to be told. */
const TOLD = `
  SELECT u.id, u.email, u.name, u.locale, u.time_zone AS "timeZone", u.role FROM users u
  WHERE u.role IN ('manager', 'admin') AND u.archived_at IS NULL
    AND NOT EXISTS (SELECT FROM suppressions s WHERE s.email = u.email) ORDER BY u.id`;

const ESCALATED = 'UPDATE tasks SET escalated_for = due_at WHERE id = ANY($1::uuid[])';
