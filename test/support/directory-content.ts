import type { Database } from '#database';

const TABLES = ['organizations', 'people', 'positions', 'memberships', 'records'];

/** All that stands in the directory and among the records, but for what differs between two ways to the same: versions and instants. */
export async function contentOf(database: Database): Promise<Record<string, unknown[]>> {
  const lists = TABLES.map(
    (table) => `(SELECT coalesce(jsonb_agg(to_jsonb(t) - $1::text[] ORDER BY id), '[]') FROM ${table} t) AS ${table}`,
  );
  const rows = await database.query<Record<string, unknown[]>>(`SELECT ${lists.join(', ')}`, [
    ['version', 'created_at', 'updated_at', 'reminders_planned_for'],
  ]);
  return rows[0] ?? {};
}
