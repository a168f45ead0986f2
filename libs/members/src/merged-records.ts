import type { Database } from '#database';
import { MergedAway } from './members.errors.js';

/** SQL condition: the record lives on under its own id. */
export const notMergedSql = (id: string): string =>
  `NOT EXISTS (SELECT FROM merged_records gone WHERE gone.id = ${id})`;

/** Throws MergedAway for a record that was merged into another: only the merge's revert brings it back. */
export async function demandNotMerged(database: Database, id: string): Promise<void> {
  const merged = await database.queryOne<{ intoId: string; mergeId: string }>(
    'SELECT into_id AS "intoId", merge_id AS "mergeId" FROM merged_records WHERE id = $1',
    [id],
  );
  if (merged) throw new MergedAway(merged.intoId, merged.mergeId);
}
