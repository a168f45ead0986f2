import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound } from '#faults';
import type { ImportState } from './import.js';
import { type ImportStatus, type Reversal, REVERSALS } from './import-status.js';

/** Who wants an import taken back need not be who brought it. */
const WHO = `CASE WHEN status = 'reverting' THEN reverter->'actor' ELSE actor END AS actor,
  CASE WHEN status = 'reverting' THEN reverter->>'requestId' ELSE request_id END AS "requestId"`;

const STATE = `id, target, mode, status, options, ${WHO}, file_name AS "fileName", header,
  row_count AS "rowCount", analyzed_through AS "analyzedThrough", committed_through AS "committedThrough",
  coalesce(reverted_from, committed_through + 1) AS "revertedFrom", failed, attempts, lost > 0 AS "anyLost"`;

/**
 * Seconds after which an import is free again when its worker gave no sign of life between two batches. During a batch
 * the row is locked, so that a slow one is never taken away, and a dead worker's lock ends with its connection.
 */
const LEASE = 5;

/** An import nobody is at. */
export interface WaitingImport {
  importId: string;
  /**
   * Another text each time a worker has been at it, so that a job for this turn is made once; and another one after a
   * while, for a job may be in the hands of a worker that died before it came to the import.
   */
  turn: string;
}

/** The rows of `imports`: who works on which, and how far it is. */
@Injectable()
export class ImportsStore {
  constructor(private readonly database: Database) {}

  /** The import, kept from everybody else until the commit. Throws NotFound. */
  async lock(id: string): Promise<ImportState> {
    const found = await this.database.queryOne<ImportState>(`SELECT ${STATE} FROM imports WHERE id = $1 FOR UPDATE`, [
      id,
    ]);
    if (!found) throw new NotFound('import', id);
    return found;
  }

  /** Takes an import nobody works on; false when somebody does, or when there is nothing to do. */
  async claim(id: string, lease: string): Promise<boolean> {
    const rows = await this.database.query(
      `WITH claimed AS (
         UPDATE imports SET lease = $2, lease_until = now() + interval '${LEASE} seconds',
           attempts = attempts + 1, started_at = coalesce(started_at, now())
         WHERE id = (SELECT id FROM imports WHERE id = $1 AND ${FREE} FOR UPDATE SKIP LOCKED) RETURNING id)
       SELECT id FROM claimed`,
      [id, lease],
    );
    return rows.length > 0;
  }

  /** Imports that wait for a worker, the oldest first. */
  waiting(limit: number): Promise<WaitingImport[]> {
    return this.database.query<WaitingImport>(
      `SELECT id AS "importId", concat_ws('-', id, version, attempts, floor(extract(epoch FROM now()) / ${LEASE})) AS turn
       FROM imports WHERE ${FREE} ORDER BY created_at, id LIMIT $1`,
      [limit],
    );
  }

  /** The import for its next batch, the lease renewed; undefined when it is another worker's now. */
  async renew(id: string, lease: string): Promise<ImportState | undefined> {
    return this.database.queryOne<ImportState>(
      `WITH renewed AS (
         UPDATE imports SET lease_until = now() + interval '${LEASE} seconds' WHERE id = $1 AND lease = $2 RETURNING *)
       SELECT ${STATE} FROM renewed`,
      [id, lease],
    );
  }

  /** Lets another worker take over at once. */
  async release(id: string, lease: string): Promise<void> {
    await this.database.query('UPDATE imports SET lease = NULL, lease_until = NULL WHERE id = $1 AND lease = $2', [
      id,
      lease,
    ]);
  }

  /** Lets the import rest for `seconds` after a failure of the machinery. */
  async backOff(id: string, lease: string, seconds: number, failure: string): Promise<void> {
    await this.database.query(
      `UPDATE imports SET failure = $4, lease = NULL, lease_until = now() + make_interval(secs => $3)
       WHERE id = $1 AND lease = $2`,
      [id, lease, seconds, failure],
    );
  }

  /** How far a phase is: `through` is the number of its last row. */
  async advance(id: string, phase: 'analyzed' | 'committed', through: number, rows: number): Promise<void> {
    await this.database.query(
      `UPDATE imports SET ${phase}_through = $2, done_count = done_count + $3, attempts = 0, failure = NULL,
         version = version + 1, updated_at = now() WHERE id = $1`,
      [id, through, rows],
    );
  }

  /** How far the way back is: all rows from `from` on are taken back, `rows` of them, with these outcomes, by the batch at hand. */
  async retreat(id: string, from: number, rows: number, outcomes: Reversal[]): Promise<void> {
    const counts = REVERSALS.map((reversal) => outcomes.filter((outcome) => outcome === reversal).length);
    await this.database.query(
      `UPDATE imports SET reverted_from = $2, done_count = done_count + $3, attempts = 0, failure = NULL,
         removed = removed + $4, restored = restored + $5, kept = kept + $6, partly_kept = partly_kept + $7,
         version = version + 1, updated_at = now() WHERE id = $1`,
      [id, from, rows, ...counts],
    );
  }

  /** Remembers that rows failed which the analysis had thought sound. */
  async addLost(id: string, rows: number): Promise<void> {
    await this.database.query('UPDATE imports SET lost = lost + $2 WHERE id = $1', [id, rows]);
  }

  /** Changes the status; the rest follows from it. */
  async become(id: string, status: ImportStatus): Promise<void> {
    await this.database.query(
      `UPDATE imports SET status = $2, version = version + 1, updated_at = now(),
         done_count = CASE WHEN $2 IN ('ready', 'running') THEN 0 ELSE done_count END,
         finished_at = CASE WHEN $2 IN ('completed', 'failed', 'cancelled', 'reverted') THEN now() END,
         attempts = CASE WHEN $2 = 'reverting' THEN 0 ELSE attempts END,
         failure = CASE WHEN $2 = 'reverting' THEN NULL ELSE failure END,
         lease = CASE WHEN $2 IN ('running') THEN lease END, lease_until = CASE WHEN $2 IN ('running') THEN lease_until END
       WHERE id = $1`,
      [id, status],
    );
  }

  /** Prepares the way back: rows that were never written need not be taken back, so they count as done. */
  async beginRetreat(id: string, reverter: Pick<ImportState, 'actor'> & { requestId?: string }): Promise<void> {
    await this.database.query(
      `UPDATE imports i SET reverter = $2, done_count =
         (SELECT count(*) FROM import_rows WHERE import_id = i.id AND row_number >= coalesce(i.reverted_from, i.committed_through + 1))
       WHERE id = $1`,
      [id, JSON.stringify(reverter)],
    );
  }

  /** Counts the ledger again. Rows beyond the last one written count as skipped when the import ended before them. */
  async recount(id: string): Promise<void> {
    await this.database.query(
      `UPDATE imports i SET created = n.created, updated = n.updated, unchanged = n.unchanged, failed = n.failed,
         skipped = i.row_count - n.created - n.updated - n.unchanged - n.failed
       FROM (SELECT count(*) FILTER (WHERE verdict = 'create' AND done) AS created,
                    count(*) FILTER (WHERE verdict = 'update' AND done) AS updated,
                    count(*) FILTER (WHERE verdict = 'unchanged' AND done) AS unchanged,
                    count(*) FILTER (WHERE verdict = 'error') AS failed
             FROM (SELECT v.verdict, x.status NOT IN ('cancelled', 'failed') OR v.row_number <= x.committed_through AS done
                   FROM import_verdicts v JOIN imports x ON x.id = v.import_id WHERE v.import_id = $1) judged) n
       WHERE i.id = $1`,
      [id],
    );
  }

  /** Counts what became of the rows that were taken back. */
  async recountReversals(id: string): Promise<void> {
    await this.database.query(
      `UPDATE imports i SET removed = n.removed, restored = n.restored, kept = n.kept, partly_kept = n.partly_kept
       FROM (SELECT count(*) FILTER (WHERE reversal = 'removed') AS removed,
                    count(*) FILTER (WHERE reversal = 'restored') AS restored,
                    count(*) FILTER (WHERE reversal = 'kept') AS kept,
                    count(*) FILTER (WHERE reversal = 'partly_kept') AS partly_kept
             FROM import_verdicts WHERE import_id = $1) n
       WHERE i.id = $1`,
      [id],
    );
  }
}

/** Something to do, and nobody at it. */
const FREE = `status IN ('analyzing', 'running', 'reverting') AND (lease_until IS NULL OR lease_until < now())`;
