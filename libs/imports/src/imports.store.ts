import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound } from '#faults';
import type { ImportState } from './import.js';
import type { ImportStatus } from './import-status.js';

const STATE = `id, target, mode, status, options, actor, request_id AS "requestId", file_name AS "fileName", header,
  row_count AS "rowCount", analyzed_through AS "analyzedThrough", committed_through AS "committedThrough", failed,
  attempts, lost > 0 AS "anyLost"`;

/**
 * Seconds after which an import is free again when its worker gave no sign of life between two batches. During a batch
 * the row is locked, so that a slow one is never taken away, and a dead worker's lock ends with its connection.
 */
const LEASE = 5;

/** An import nobody is at. */
export interface WaitingImport {
  importId: string;
  /** Another text each time a worker has been at it, so that a job for this turn is made once. */
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
      `SELECT id AS "importId", id || '-' || version || '-' || attempts AS turn FROM imports WHERE ${FREE} ORDER BY created_at, id LIMIT $1`,
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

  /** Remembers that rows failed which the analysis had thought sound. */
  async addLost(id: string, rows: number): Promise<void> {
    await this.database.query('UPDATE imports SET lost = lost + $2 WHERE id = $1', [id, rows]);
  }

  /** Changes the status; the rest follows from it. */
  async become(id: string, status: ImportStatus): Promise<void> {
    await this.database.query(
      `UPDATE imports SET status = $2, version = version + 1, updated_at = now(),
         done_count = CASE WHEN $2 IN ('ready', 'running') THEN 0 ELSE done_count END,
         finished_at = CASE WHEN $2 IN ('completed', 'failed', 'cancelled') THEN now() END,
         lease = CASE WHEN $2 IN ('running') THEN lease END, lease_until = CASE WHEN $2 IN ('running') THEN lease_until END
       WHERE id = $1`,
      [id, status],
    );
  }

  /** Counts the ledger again. Rows beyond the last one written count as skipped when the import was cancelled. */
  async recount(id: string): Promise<void> {
    await this.database.query(
      `UPDATE imports i SET created = n.created, updated = n.updated, unchanged = n.unchanged, failed = n.failed,
         skipped = i.row_count - n.created - n.updated - n.unchanged - n.failed
       FROM (SELECT count(*) FILTER (WHERE verdict = 'create' AND done) AS created,
                    count(*) FILTER (WHERE verdict = 'update' AND done) AS updated,
                    count(*) FILTER (WHERE verdict = 'unchanged' AND done) AS unchanged,
                    count(*) FILTER (WHERE verdict = 'error') AS failed
             FROM (SELECT v.verdict, x.status <> 'cancelled' OR v.row_number <= x.committed_through AS done
                   FROM import_verdicts v JOIN imports x ON x.id = v.import_id WHERE v.import_id = $1) judged) n
       WHERE i.id = $1`,
      [id],
    );
  }
}

/** Something to do, and nobody at it. */
const FREE = `status IN ('analyzing', 'running') AND (lease_until IS NULL OR lease_until < now())`;
