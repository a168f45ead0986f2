import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { currentActor, Database, listRequest } from '#database';
import { type CommitmentRow, CommitmentsReader } from './commitments.reader.js';
import { dueGroupSql } from './due-group.js';
import { me } from './filters.js';
import { dayIn, type MyDayLimits } from './my-day.js';
import { type TaskRow, tasksListFor } from './tasks.reader.js';

/** Rows of one kind in a day at most; `count` says how many there are. */
const MOST = 50;

const GROUPS = ['overdue', 'dueToday', 'nextDays', 'undated'] as const;
type Group = (typeof GROUPS)[number];

/** The most urgent of some rows, and how many there are in all. */
export interface Some<Row> {
  count: number;
  data: Row[];
}

/** What a day asks of a user: their open tasks, and the promises they watch. */
export interface MyDay extends MyDayLimits, Record<Group, Some<TaskRow>> {
  /** Open promises whose windows have closed, or close within two weeks. */
  commitments: Some<CommitmentRow>;
}

type GroupedRow = TaskRow & { group: Group; count: number };

/** Answers what the caller has to do; for a caller that is no user, nothing. */
@Injectable()
export class MyDayReader {
  constructor(
    private readonly database: Database,
    private readonly users: UsersReader,
    private readonly commitments: CommitmentsReader,
  ) {}

  async get(): Promise<MyDay> {
    const userId = me('me');
    const [user] = await this.users.active([userId]);
    const now = await this.database.now();
    const limits = dayIn(user?.timeZone ?? 'UTC', now);
    const { tomorrow, horizon } = limits;
    const rows = await this.database.query<GroupedRow>(tasksSql(), [userId, now, tomorrow, horizon, MOST]);
    const groups = GROUPS.map((group) => [group, some(rows.filter((row) => row.group === group))] as const);
    return {
      ...limits,
      ...(Object.fromEntries(groups) as Record<Group, Some<TaskRow>>),
      commitments: await this.closing(limits.promisesUntil),
    };
  }

  private async closing(until: string): Promise<Some<CommitmentRow>> {
    const filters = [
      { field: 'ownerId', operator: 'eq' as const, values: ['me'] },
      { field: 'open', operator: 'eq' as const, values: ['true'] },
      { field: 'dueTo', operator: 'lte' as const, values: [until] },
    ];
    const { data, page } = await this.commitments.list(listRequest({ filters, limit: MOST, count: true }));
    return { count: page.total ?? 0, data };
  }
}

const some = (rows: GroupedRow[]): Some<TaskRow> => ({ count: rows[0]?.count ?? 0, data: rows });

/** Whoever is to do a task may see it, whatever it is about. */
function tasksSql(): string {
  const spec = tasksListFor(currentActor());
  const columns = Object.entries<string>(spec.select).map(([property, column]) => `${column} AS "${property}"`);
  return `
    SELECT ${columns.join(', ')}, d.kind AS "group", d.count
    FROM (
      SELECT g.*, count(*) OVER (PARTITION BY g.kind)::int AS count,
        row_number() OVER (PARTITION BY g.kind ORDER BY g.due_at, g.id) AS place
      FROM (
        SELECT w.id, w.due_at, ${dueGroupSql('w.due_at', '$2::timestamptz', '$3::timestamptz', '$4::timestamptz')} AS kind
        FROM tasks w WHERE w.assignee_id = $1 AND w.status = 'open' AND w.archived_at IS NULL
          AND (w.due_at < $4::timestamptz OR (w.due_at IS NULL AND w.priority = 'high'))
      ) g
    ) d JOIN (${spec.from}) ON t.id = d.id
    WHERE d.place <= $5 ORDER BY d.place`;
}
