import type { AuditTrail } from '#audit';
import type { Database } from '#database';

/** The one audit entry of an import that wrote something; its rows are its own ledger. */
export async function recordImport(database: Database, trail: AuditTrail, id: string): Promise<void> {
  const after = await database.queryOne<Record<string, unknown> & { committedThrough: number }>(
    `SELECT target, mode, status, file_name AS "fileName", committed_through AS "committedThrough", row_count AS total,
       created, updated, unchanged, skipped, failed FROM imports WHERE id = $1`,
    [id],
  );
  if (!after || after.committedThrough === 0) return;
  await trail.record({ action: 'imported', subjectType: 'import', aboutId: id, after });
}

/** The one audit entry of an import that was taken back. */
export async function recordReversal(database: Database, trail: AuditTrail, id: string): Promise<void> {
  const after = await database.queryOne(
    `SELECT target, mode, status, file_name AS "fileName", removed, restored, kept, partly_kept AS "partlyKept"
     FROM imports WHERE id = $1`,
    [id],
  );
  await trail.record({ action: 'reverted', subjectType: 'import', aboutId: id, after });
}
