import { Injectable } from '@nestjs/common';
import { currentActor, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { visibleSql } from '#records';
import type { MergeType } from './merges.errors.js';
import { type OrganizationRow, OrganizationsReader, PeopleReader, type PersonRow } from '#members';

export interface MergeRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  type: MergeType;
  keepId: string;
  /** Name of the kept record now. */
  title: string;
  mergeIds: string[];
  mergedBy: string | null;
  revertedAt: Date | null;
  /** What the revert left as it was, since somebody had changed it. */
  stayed: object[] | null;
}

export const mergesList: ListSpec<MergeRow> = {
  from: 'merges m JOIN records r ON r.id = m.kept_id',
  id: 'm.id',
  select: {
    id: 'm.id',
    version: 'm.version',
    createdAt: 'm.created_at',
    updatedAt: 'm.updated_at',
    archivedAt: 'NULL::timestamptz',
    type: 'm.type',
    keepId: 'm.kept_id',
    title: 'r.title',
    mergeIds: 'm.merged_ids::text[]',
    mergedBy: 'm.merged_by',
    revertedAt: 'm.reverted_at',
    stayed: 'm.stayed',
  },
  fields: {
    type: { column: 'm.type', kind: 'enum', values: ['person', 'organization'] },
    keepId: { column: 'm.kept_id', kind: 'uuid' },
    mergedId: { column: 'm.merged_ids::text[]', kind: 'list' },
    mergedBy: { column: 'm.merged_by', kind: 'uuid' },
    revertedAt: { column: 'm.reverted_at', kind: 'instant' },
    createdAt: { column: 'm.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-createdAt',
};

/** Rows of one table that follow, by the column that pointed. */
export interface MergeMove {
  /** Table: positions, side_meeting_participants, messages… */
  relation: string;
  field: string;
  count: number;
  /** At most three, of what the caller may know of. */
  samples: { id: string | null; label: string | null; about: object | null }[];
}

/** Something that could not simply move, and what became of it. */
export interface MergeConflict {
  code: string;
  relation: string;
  message: string;
  [fact: string]: unknown;
}

/** What a merge did, or would do. */
export interface MergeAnswer extends Omit<MergeRow, 'id'> {
  /** Null after a dry run. */
  id: string | null;
  moves: MergeMove[];
  conflicts: MergeConflict[];
  /** The kept record, as it is with everything merged into it. */
  result: PersonRow | OrganizationRow;
}

const MESSAGES: Record<string, string> = {
  set_aside: 'The kept record has the same already; this one is set aside until the merge is reverted.',
  not_preferred: 'The kept record has a preferred title at this organization; this one is no longer preferred.',
  made_soft: 'It overlaps another booking of the same person; both stay, this one without holding the time.',
  cancelled: 'The same person gets another mail for the same; this one is cancelled.',
};

@Injectable()
export class MergesReader {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleReader,
    private readonly organizations: OrganizationsReader,
  ) {}

  list(request: ListRequest): Promise<Page<MergeRow>> {
    return listPage(this.database, mergesList, request);
  }

  /** Throws NotFound. */
  async get(id: string): Promise<MergeAnswer> {
    const row = await demandOne(this.database, mergesList, 'merge', id);
    const include = row.type === 'person' ? ['positions'] : ['parent'];
    return {
      ...row,
      moves: await this.moves(row),
      conflicts: await this.conflicts(id),
      result: await (row.type === 'person' ? this.people : this.organizations).get(row.keepId, include),
    };
  }

  /** Where merged ids lead now, to the end of the chain; ids that were not merged are missing. */
  async targets(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; target: string }>(TARGETS, [ids]);
    return new Map(rows.map(({ id, target }) => [id, target]));
  }

  private async moves({ id, mergeIds }: MergeRow): Promise<MergeMove[]> {
    const moves = await this.database.query<MergeMove>(movesSql(), [id]);
    const history = await this.database.queryOne<{ count: number }>(HISTORY, [mergeIds]);
    const count = history?.count ?? 0;
    return count > 0 ? [...moves, { relation: 'audit_entries', field: 'about_id', count, samples: [] }] : moves;
  }

  private async conflicts(id: string): Promise<MergeConflict[]> {
    const rows = await this.database.query<MergeConflict>(conflictsSql(), [id]);
    const left = await this.database.query<MergeConflict>(LEFT, [id]);
    const message = 'The kept record has another value; this one is only in the journal of the merge.';
    return [
      ...rows.map((row) => ({ ...row, message: MESSAGES[row.code] ?? row.code })),
      ...left.map((row) => ({ ...row, message })),
    ];
  }
}

const TARGETS = `
  WITH RECURSIVE chain AS (
    SELECT id, into_id FROM merged_records WHERE id = ANY($1::uuid[])
    UNION SELECT c.id, m.into_id FROM chain c JOIN merged_records m ON m.id = c.into_id)
  SELECT id, into_id AS target FROM chain c WHERE NOT EXISTS (SELECT FROM merged_records m WHERE m.id = c.into_id)`;

/** The journal with what the caller may know of each row. */
const journalSql = (): string => `
  SELECT j.*, a.id IS NULL OR ${visibleSql('a', currentActor())} AS visible,
    CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('type', a.type, 'id', a.id, 'title', a.title) END AS about
  FROM merge_moves j LEFT JOIN records a ON a.id = j.about_id WHERE j.merge_id = $1`;

const movesSql = (): string => `
  SELECT table_name AS relation, column_name AS field, count(*)::int AS count,
    coalesce(jsonb_agg(jsonb_build_object('id', key->'id', 'label', label, 'about', about) ORDER BY id)
      FILTER (WHERE visible AND place <= 3), '[]') AS samples
  FROM (SELECT *, row_number() OVER (PARTITION BY table_name, column_name, visible ORDER BY id) AS place
        FROM (${journalSql()}) j WHERE kind = 'moved') n
  GROUP BY 1, 2 ORDER BY 1, 2`;

const conflictsSql = (): string => `
  SELECT kind AS code, table_name AS relation, CASE WHEN visible THEN key->>'id' END AS id,
    CASE WHEN visible THEN label END AS label, CASE WHEN visible THEN about END AS about
  FROM (${journalSql()}) j WHERE kind = ANY('{set_aside,not_preferred,made_soft,cancelled}') ORDER BY j.id`;

const LEFT = `
  SELECT 'value_not_taken' AS code, r.type AS relation, o.value->>'id' AS id, o.value->>'field' AS field,
    o.value->'kept' AS kept, o.value->'value' AS value
  FROM merges r, jsonb_array_elements(r.others) o WHERE r.id = $1`;

/** The audit trail cannot change; it answers for the kept record with what was written about the merged ones. */
const HISTORY = `SELECT count(*)::int AS count FROM audit_entries WHERE about_id = ANY($1::uuid[]) AND action <> 'merged_into'`;
