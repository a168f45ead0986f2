import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Database } from '#database';
import { columnNames, mapHeader } from './header-mapping.js';
import type { ImportState } from './import.js';
import { demandTarget } from './import-analyzer.js';
import { recordReversal } from './import-audit.js';
import type { ImportTarget, RevertBatch, RevertedRow } from './import-target.js';
import { ImportTargets } from './import-targets.js';
import { ImportsStore } from './imports.store.js';

/** Rows taken back in one transaction: what a crash can make a worker do again. */
const BATCH = 1_000;

/** Takes an import back, batch by batch, from its last row to its first. */
@Injectable()
export class ImportReverter {
  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly targets: ImportTargets,
    private readonly trail: AuditTrail,
  ) {}

  /** One batch inside the open transaction; with the last one the import is reverted. */
  async step(state: ImportState): Promise<void> {
    const start = await this.database.queryOne<{ from: number | null; rows: number }>(BATCH_START, [
      state.id,
      state.revertedFrom,
      BATCH,
    ]);
    if (start && start.from !== null) await this.takeBack(state, start.from, start.rows);
    if (!start || start.rows < BATCH) await this.finish(state);
  }

  private async takeBack(state: ImportState, from: number, rows: number): Promise<void> {
    const target = demandTarget(this.targets, state.target);
    const reverted = await target.revert(this.batch(state, target, from));
    await this.keep(state.id, reverted);
    const outcomes = reverted.map(({ outcome }) => outcome);
    await this.store.retreat(state.id, from, rows, outcomes);
  }

  private batch(state: ImportState, target: ImportTarget, from: number): RevertBatch {
    const { columns } = mapHeader(state.header, target.fields, state.options.mapping);
    const names = columnNames(state.header);
    const header = (field: string): string | null => names[columns.indexOf(field)] ?? null;
    return { importId: state.id, from, to: state.revertedFrom - 1, header };
  }

  private async keep(importId: string, reverted: RevertedRow[]): Promise<void> {
    if (reverted.length === 0) return;
    const rows = reverted.map(({ rowNumber, outcome, problems }) => ({
      row_number: rowNumber,
      reversal: outcome,
      kept: problems.length > 0 ? problems : undefined,
    }));
    await this.database.query(KEEP, [importId, JSON.stringify(rows)]);
  }

  private async finish(state: ImportState): Promise<void> {
    await this.database.query(FOLLOW, [state.id, state.committedThrough]);
    await this.store.recountReversals(state.id);
    await this.store.become(state.id, 'reverted');
    await recordReversal(this.database, this.trail, state.id);
  }
}

const BATCH_START = `
  SELECT min(row_number) AS from, count(*)::int AS rows FROM (
    SELECT row_number FROM import_rows WHERE import_id = $1 AND row_number < $2 ORDER BY row_number DESC LIMIT $3) last`;

const KEEP = `
  UPDATE import_verdicts v SET reversal = r.reversal, kept = r.kept
  FROM jsonb_to_recordset($2::jsonb) AS r (row_number int, reversal text, kept jsonb)
  WHERE v.import_id = $1 AND v.row_number = r.row_number`;

/**
 * A row that only completed what earlier rows of the file wrote has no plan of its own: it fares as they did. Where they
 * fared differently, what stays counts, and the row says where the reason stands.
 */
const FOLLOW = `
  WITH own AS MATERIALIZED (
    SELECT row_number, organization_id, person_id, position_id, membership_id FROM import_verdicts
    WHERE import_id = $1 AND row_number <= $2 AND verdict = 'update' AND plan IS NULL),
  wanted AS (
    SELECT row_number, id FROM own, LATERAL (VALUES (organization_id), (person_id), (position_id), (membership_id)) x (id)
    WHERE id IS NOT NULL),
  owners AS MATERIALIZED (
    SELECT v.row_number, v.reversal, (piece.value->>'id')::uuid AS id
    FROM import_verdicts v, LATERAL jsonb_each(v.plan) piece
    WHERE v.import_id = $1 AND v.row_number <= $2 AND v.reversal IS NOT NULL AND EXISTS (SELECT FROM own)),
  followed AS (
    SELECT DISTINCT ON (w.row_number) w.row_number, o.row_number AS owner, o.reversal
    FROM wanted w JOIN owners o ON o.id = w.id AND o.row_number < w.row_number
    ORDER BY w.row_number, array_position(ARRAY['partly_kept', 'kept', 'restored', 'removed'], o.reversal), o.row_number)
  UPDATE import_verdicts v SET reversal = f.reversal,
    kept = CASE WHEN f.reversal IN ('kept', 'partly_kept') THEN jsonb_build_array(jsonb_build_object(
      'column', NULL, 'code', 'see_row', 'message', 'Row ' || f.owner || ' tells what stays, and why.')) END
  FROM followed f WHERE v.import_id = $1 AND v.row_number = f.row_number`;
