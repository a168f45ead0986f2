import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { AnalyzedBatch, FileKey, LostRow, RowDecision } from './import-target.js';
import { copyRows } from './row-copy.js';

const VERDICT_COLUMNS =
  'import_id, row_number, verdict, problems, organization_id, person_id, position_id, membership_id, plan';

/** Reads and writes what an import knows of its rows, many at a time. */
@Injectable()
export class ImportLedger {
  constructor(private readonly database: Database) {}

  /** The next rows of the file, as they came. */
  rowsAfter(importId: string, rowNumber: number, limit: number): Promise<{ rowNumber: number; cells: string[] }[]> {
    return this.database.query(
      `SELECT row_number AS "rowNumber", cells FROM import_rows
       WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3`,
      [importId, rowNumber, limit],
    );
  }

  /** Number of the last of the next `limit` rows; undefined when there are none left. */
  async batchEnd(
    importId: string,
    rowNumber: number,
    limit: number,
  ): Promise<{ to: number; rows: number } | undefined> {
    const row = await this.database.queryOne<{ to: number | null; rows: number }>(
      `SELECT max(row_number) AS to, count(*)::int AS rows FROM (
         SELECT row_number FROM import_rows WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3) next`,
      [importId, rowNumber, limit],
    );
    return row?.to == null ? undefined : { to: row.to, rows: row.rows };
  }

  /** Keeps what a batch of the analysis came to. */
  async keep(importId: string, analyzed: AnalyzedBatch): Promise<void> {
    await copyRows(
      this.database,
      `import_verdicts (${VERDICT_COLUMNS})`,
      analyzed.decisions.map((decision) => verdictRow(importId, decision)),
    );
    if (analyzed.newKeys.length > 0) {
      await copyRows(
        this.database,
        'import_keys (import_id, key, subject_id, row_number, fields)',
        analyzed.newKeys.map((key) => keyRow(importId, key)),
      );
    }
    await this.growKeys(importId, analyzed.grownKeys);
    await this.changePlans(importId, analyzed.changedPlans);
  }

  findKeys(importId: string, keys: string[]): Promise<FileKey[]> {
    if (keys.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT key, subject_id AS "subjectId", row_number AS "rowNumber", fields FROM import_keys
       WHERE import_id = $1 AND key = ANY($2::text[])`,
      [importId, keys],
    );
  }

  findPlans(importId: string, rowNumbers: number[]): Promise<{ rowNumber: number; plan: object }[]> {
    if (rowNumbers.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT row_number AS "rowNumber", plan FROM import_verdicts
       WHERE import_id = $1 AND row_number = ANY($2::int[]) AND plan IS NOT NULL`,
      [importId, rowNumbers],
    );
  }

  /** Keys serve the analysis only. */
  async forgetKeys(importId: string): Promise<void> {
    await this.database.query('DELETE FROM import_keys WHERE import_id = $1', [importId]);
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

  private async growKeys(importId: string, keys: AnalyzedBatch['grownKeys']): Promise<void> {
    if (keys.length === 0) return;
    await this.database.query(
      `UPDATE import_keys k SET fields = g.fields, row_number = g."rowNumber"
       FROM jsonb_to_recordset($2::jsonb) AS g (key text, "subjectId" uuid, "rowNumber" int, fields text[])
       WHERE k.import_id = $1 AND k.key = g.key AND k.subject_id = g."subjectId"`,
      [importId, JSON.stringify(keys)],
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

const verdictRow = (importId: string, decision: RowDecision): (string | number | null | undefined)[] => [
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

const keyRow = (importId: string, key: FileKey): (string | number | null)[] => [
  importId,
  key.key,
  key.subjectId,
  key.rowNumber,
  key.fields && `{${key.fields.join(',')}}`,
];
