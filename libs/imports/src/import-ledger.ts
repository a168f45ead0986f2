import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { AnalyzedBatch, LostRow, RowDecision } from './import-target.js';
import { type CopyCell, copyRows } from './row-copy.js';
import type { StagedRow } from './row-mapping.js';

const VERDICT_COLUMNS =
  'import_id, row_number, verdict, problems, organization_id, person_id, position_id, membership_id, plan';

/** Reads and writes what an import knows of its rows, many at a time. */
@Injectable()
export class ImportLedger {
  constructor(private readonly database: Database) {}

  /** The next rows of the file, as they came. */
  rowsAfter(importId: string, rowNumber: number, limit: number): Promise<StagedRow[]> {
    return this.database.query<StagedRow>(
      `SELECT row_number AS "rowNumber", cells FROM import_rows
       WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3`,
      [importId, rowNumber, limit],
    );
  }

  /**
   * Rows up to and with the next `limit` that have something to write; undefined when there are none left. Rows
   * behind them that write nothing go along.
   */
  async batchEnd(
    importId: string,
    rowNumber: number,
    limit: number,
  ): Promise<{ to: number; rows: number } | undefined> {
    const row = await this.database.queryOne<{ to: number | null; rows: number }>(BATCH_END, [
      importId,
      rowNumber,
      limit,
    ]);
    return row?.to == null ? undefined : { to: row.to, rows: row.rows };
  }

  /** Keeps what a batch of the analysis came to. */
  async keep(importId: string, analyzed: AnalyzedBatch): Promise<void> {
    await copyRows(
      this.database,
      `import_verdicts (${VERDICT_COLUMNS})`,
      analyzed.decisions.map((decision) => verdictRow(importId, decision)),
    );
    await this.changePlans(importId, analyzed.changedPlans);
  }

  findPlans(importId: string, rowNumbers: number[]): Promise<{ rowNumber: number; plan: object }[]> {
    if (rowNumbers.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT row_number AS "rowNumber", plan FROM import_verdicts
       WHERE import_id = $1 AND row_number = ANY($2::int[]) AND plan IS NOT NULL`,
      [importId, rowNumbers],
    );
  }

  /** Rows that could not be committed become errors. */
  async markLost(importId: string, lost: LostRow[]): Promise<void> {
    await this.database.query(
      `UPDATE import_verdicts v SET verdict = 'error', problems = coalesce(v.problems, '[]') || l.problem
       FROM jsonb_to_recordset($2::jsonb) AS l ("rowNumber" int, problem jsonb)
       WHERE v.import_id = $1 AND v.row_number = l."rowNumber"`,
      [importId, JSON.stringify(lost)],
    );
  }

  private async changePlans(importId: string, plans: AnalyzedBatch['changedPlans']): Promise<void> {
    if (plans.length === 0) return;
    await this.database.query(
      `UPDATE import_verdicts v SET plan = p.plan FROM jsonb_to_recordset($2::jsonb) AS p ("rowNumber" int, plan jsonb)
       WHERE v.import_id = $1 AND v.row_number = p."rowNumber"`,
      [importId, JSON.stringify(plans)],
    );
  }
}

/** For a target's SQL: number and plan of the rows of a batch that have something to write. Parameters: import, from, to. */
export const PLANNED_ROWS = `
  SELECT row_number, plan, organization_id, person_id FROM import_verdicts
  WHERE import_id = $1 AND row_number BETWEEN $2 AND $3 AND verdict IN ('create', 'update', 'unchanged')`;

/** Without a next batch of writing rows, the rest of the file; rows without a verdict are none of the commit's. */
const BATCH_END = `
  WITH writing AS (
    SELECT row_number FROM import_verdicts
    WHERE import_id = $1 AND row_number > $2 AND plan IS NOT NULL ORDER BY row_number LIMIT $3),
  stop AS (SELECT CASE WHEN count(*) = $3 THEN max(row_number) END AS at FROM writing)
  SELECT max(row_number) AS to, count(*)::int AS rows FROM import_verdicts
  WHERE import_id = $1 AND row_number > $2 AND row_number <= coalesce((SELECT at FROM stop), 2147483647)`;

const verdictRow = (importId: string, decision: RowDecision): CopyCell[] => [
  importId,
  decision.rowNumber,
  decision.verdict,
  decision.problems.length > 0 ? JSON.stringify(decision.problems) : null,
  decision.organizationId,
  decision.personId,
  decision.positionId,
  decision.membershipId,
  decision.plan ? JSON.stringify(decision.plan) : null,
];
