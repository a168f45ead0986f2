import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';
import type { Detected } from './import.js';
import {
  IMPORT_MODES,
  IMPORT_STATUSES,
  type ImportMode,
  type ImportStatus,
  type Reversal,
  REVERSALS,
  type Verdict,
  VERDICTS,
} from './import-status.js';
import type { RowChange, RowProblem } from './import-target.js';
import { ImportTargets } from './import-targets.js';

export interface ImportRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  target: string;
  mode: ImportMode;
  status: ImportStatus;
  fileName: string;
  fileBytes: string;
  fileHash: string;
  /** Columns as they stand in the file, from the left; a mapping is kept in no order. */
  header: string[];
  detected: Detected;
  rowCount: number;
  doneCount: number;
  committedThrough: number;
  removed: number;
  restored: number;
  kept: number;
  partlyKept: number;
  /** Rows from this one on are taken back; null while none is. */
  revertedFrom: number | null;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  failure: string | null;
  createdBy: { kind: string; id: string | null; name: string };
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface ImportedRow {
  rowNumber: number;
  lineNumber: number;
  /** Null until the row is analyzed. */
  verdict: Verdict | null;
  problems: RowProblem[];
  organizationId: string | null;
  personId: string | null;
  positionId: string | null;
  membershipId: string | null;
  /** Null unless the row wrote something that was then taken back, or tried to be. */
  reversal: Reversal | null;
  /** What stays of it, and why. */
  kept: RowProblem[] | null;
  /** What it changes about records that are there already. */
  changes: RowChange[];
}

/** A row as it is stored. */
type LedgerRow = Omit<ImportedRow, 'changes'> & { plan: object | null };

export const importsList: ListSpec<ImportRow> = {
  from: 'imports i',
  id: 'i.id',
  select: {
    id: 'i.id',
    version: 'i.version',
    createdAt: 'i.created_at',
    updatedAt: 'i.updated_at',
    target: 'i.target',
    mode: 'i.mode',
    status: 'i.status',
    fileName: 'i.file_name',
    fileBytes: 'i.file_bytes',
    fileHash: 'i.file_hash',
    header: 'i.header',
    detected: 'i.detected',
    rowCount: 'i.row_count',
    doneCount: 'i.done_count',
    committedThrough: 'i.committed_through',
    removed: 'i.removed',
    restored: 'i.restored',
    kept: 'i.kept',
    partlyKept: 'i.partly_kept',
    revertedFrom: 'i.reverted_from',
    created: 'i.created',
    updated: 'i.updated',
    unchanged: 'i.unchanged',
    skipped: 'i.skipped',
    failed: 'i.failed',
    failure: 'i.failure',
    createdBy: `jsonb_build_object('kind', i.actor->'kind', 'id', i.actor->'id', 'name', i.actor->'name')`,
    startedAt: 'i.started_at',
    finishedAt: 'i.finished_at',
  },
  fields: {
    status: { column: 'i.status', kind: 'enum', values: IMPORT_STATUSES },
    target: { column: 'i.target', kind: 'text' },
    mode: { column: 'i.mode', kind: 'enum', values: IMPORT_MODES },
    fileName: { column: 'i.file_name', kind: 'text', sortable: true },
    createdAt: { column: 'i.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-createdAt',
};

/** A row that an import did not come to before it ended is skipped, whatever was planned for it; its problems stay. */
const NOT_REACHED = `(i.status IN ('cancelled', 'failed', 'reverting', 'reverted') AND v.verdict IS DISTINCT FROM 'error'
  AND (v.verdict IS NULL OR r.row_number > i.committed_through))`;
const NEVER_WRITTEN = `CASE WHEN i.status = 'cancelled'
  THEN '[{"column": null, "code": "cancelled", "message": "The import was cancelled before this row."}]'::jsonb
  ELSE '[{"column": null, "code": "not_reached", "message": "The import ended before this row."}]'::jsonb END`;

export const importRowsList: ListSpec<LedgerRow> = {
  from: `import_rows r JOIN imports i ON i.id = r.import_id
    LEFT JOIN import_verdicts v ON v.import_id = r.import_id AND v.row_number = r.row_number`,
  // Together with the row number, which every sort ends in, the import's id is unique.
  id: 'r.import_id',
  select: {
    rowNumber: 'r.row_number',
    lineNumber: 'r.line_number',
    verdict: `CASE WHEN ${NOT_REACHED} THEN 'skip' ELSE v.verdict END`,
    problems: `coalesce(v.problems, '[]') || CASE WHEN ${NOT_REACHED} THEN ${NEVER_WRITTEN} ELSE '[]' END`,
    organizationId: 'v.organization_id',
    personId: 'v.person_id',
    positionId: 'v.position_id',
    membershipId: 'v.membership_id',
    reversal: 'v.reversal',
    kept: 'v.kept',
    plan: `CASE WHEN v.verdict <> 'error' AND NOT ${NOT_REACHED} THEN v.plan END`,
  },
  fields: {
    rowNumber: { column: 'r.row_number', kind: 'integer', sortable: true },
    verdict: { column: `(CASE WHEN ${NOT_REACHED} THEN 'skip' ELSE v.verdict END)`, kind: 'enum', values: VERDICTS },
    reversal: { column: 'v.reversal', kind: 'enum', values: REVERSALS },
    organizationId: { column: 'v.organization_id', kind: 'uuid' },
    personId: { column: 'v.person_id', kind: 'uuid' },
    membershipId: { column: 'v.membership_id', kind: 'uuid' },
  },
  defaultSort: 'rowNumber',
};

/** Rows read at once for a download. */
const CHUNK = 1_000;

@Injectable()
export class ImportsReader {
  constructor(
    private readonly database: Database,
    private readonly targets: ImportTargets,
  ) {}

  list(request: ListRequest): Promise<Page<ImportRow>> {
    return listPage(this.database, importsList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<ImportRow> {
    return demandOne(this.database, importsList, 'import', id);
  }

  /** What becomes of each row, in the order of the file. Throws NotFound. */
  async rows(id: string, request: ListRequest): Promise<Page<ImportedRow>> {
    const { target } = await this.get(id);
    const page = await listPage(
      this.database,
      importRowsList,
      request,
      (parameters) => `r.import_id = ${parameters.add(id)}::uuid`,
    );
    const changes = (await this.targets.find(target)?.changes(page.data.map(({ plan }) => plan ?? {}))) ?? [];
    return { ...page, data: page.data.map(({ plan: _, ...row }, i) => ({ ...row, changes: changes[i] ?? [] })) };
  }

  /** The header as it came. Throws NotFound. */
  async header(id: string): Promise<string[]> {
    const row = await this.database.queryOne<{ header: string[] }>('SELECT header FROM imports WHERE id = $1', [id]);
    if (!row) throw new NotFound('import', id);
    return row.header;
  }

  /** The rows that failed, as they came, with what is wrong with them; reads a thousand at a time. */
  async *failedRows(id: string): AsyncGenerator<{ rowNumber: number; cells: string[]; problems: RowProblem[] }> {
    for (let after = 0; ;) {
      const rows = await this.database.query<{ rowNumber: number; cells: string[]; problems: RowProblem[] }>(
        `SELECT v.row_number AS "rowNumber", r.cells, v.problems
         FROM import_verdicts v JOIN import_rows r ON r.import_id = v.import_id AND r.row_number = v.row_number
         WHERE v.import_id = $1 AND v.verdict = 'error' AND v.row_number > $2 ORDER BY v.row_number LIMIT ${CHUNK}`,
        [id, after],
      );
      yield* rows;
      if (rows.length < CHUNK) return;
      after = rows.at(-1)?.rowNumber ?? after;
    }
  }
}
