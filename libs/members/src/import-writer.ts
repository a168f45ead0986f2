import { Injectable } from '@nestjs/common';
import { type CommitBatch, type LostRow, PLANNED_ROWS } from '#imports';
import { Database } from '#database';
import { TABLES } from './import-lookup.js';
import type { SubjectKind } from './import-subject.js';

/** Columns an import writes, by table; the first ones have defaults a new row may rely on. */
const WRITTEN: Record<SubjectKind, { column: string; fallback?: string }[]> = {
  organization: columns('name legal_name kind country website domain notes search_key match_key', {
    sectors: `'{}'`,
    aliases: `'{}'`,
    tags: `'{}'`,
    alias_key: `''`,
  }),
  person: columns('full_name given_name family_name email phone locale notes search_key match_key', {
    aliases: `'{}'`,
    other_emails: `'{}'`,
    alias_key: `''`,
  }),
  position: columns('person_id organization_id title source preferred'),
  membership: columns('organization_id tier_id joined_on starts_on ends_on search_key'),
};
/** What points at others comes after them. */
const ORDER: SubjectKind[] = ['organization', 'person', 'position', 'membership'];

/** Keeps the advisory lock of members imports apart from those of others. */
const LOCK_SEED = 90;

/** Writes the plans of a batch, one statement per table and kind of change. */
@Injectable()
export class ImportWriter {
  constructor(private readonly database: Database) {}

  /**
   * Rows whose plan no longer fits are answered and not written. Batches go one after the other until the commit, so
   * that each sees all that another import has entered; the lock comes first, for only later statements see it.
   */
  async write(batch: CommitBatch): Promise<LostRow[]> {
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('members', ${LOCK_SEED}))`);
    const range = [batch.importId, batch.from, batch.to];
    const lost = new Map<number, LostRow>();
    for (const kind of ORDER) {
      for (const row of await this.database.query<LostRow>(changedSql(kind), range)) lost.set(row.rowNumber, row);
    }
    for (const row of await this.appeared(batch, range)) lost.set(row.rowNumber, row);
    for (const row of await this.database.query<LostRow>(ARCHIVED, range)) lost.set(row.rowNumber, row);
    if (batch.anyLost || lost.size > 0) await this.addDependents(range, lost);
    const except = [...lost.keys()];
    for (const kind of ORDER) {
      await this.database.query(insertSql(kind), [...range, except]);
      await this.database.query(updateSql(kind), [...range, except]);
    }
    return [...lost.values()];
  }

  /**
   * Rows that would create what is stored by now. The analysis creates only where no key meets anything live, so
   * whatever meets one now is new, whenever its writer began; what this import itself wrote or changed is no surprise.
   */
  private async appeared(batch: CommitBatch, range: unknown[]): Promise<LostRow[]> {
    const met = await this.database.query<{ rowNumber: number; id: string }>(MET, range);
    if (met.length === 0) return [];
    const ids = met.map(({ id }) => id);
    const rows = await this.database.query<{ id: string }>(OWN, [batch.importId, batch.to, ids]);
    const own = new Set(rows.map(({ id }) => id));
    return met.filter(({ id }) => !own.has(id)).map(({ rowNumber }) => ({ rowNumber, problem: APPEARED }));
  }

  /** Rows that rest on something a lost row was to create. */
  private async addDependents(range: unknown[], lost: Map<number, LostRow>): Promise<void> {
    for (let known = -1; known < lost.size;) {
      known = lost.size;
      for (const row of await this.database.query<LostRow>(DEPENDENT, [...range, [...lost.keys()]]))
        lost.set(row.rowNumber, row);
    }
  }
}

function columns(names: string, fallbacks: Record<string, string> = {}): { column: string; fallback?: string }[] {
  return [
    ...names.split(' ').map((column) => ({ column })),
    ...Object.entries(fallbacks).map(([column, fallback]) => ({ column, fallback })),
  ];
}

const problem = (code: string, message: string): string =>
  `jsonb_build_object('column', NULL, 'code', '${code}', 'message', '${message}') AS problem`;

/** Stored subjects that are gone, or no longer hold what the analysis saw; the others are locked until the commit. */
const changedSql = (kind: SubjectKind): string => `
  WITH planned AS (SELECT row_number, plan->'${kind}' AS piece FROM (${PLANNED_ROWS}) p WHERE plan->'${kind}'->'before' IS NOT NULL),
  stored AS (
    SELECT s.id, to_jsonb(s) AS state FROM ${TABLES[kind]} s
    WHERE s.id IN (SELECT (piece->>'id')::uuid FROM planned) AND s.archived_at IS NULL ORDER BY s.id FOR UPDATE)
  SELECT row_number AS "rowNumber", ${problem('changed_since', `The ${kind} has changed since the analysis; import the row again.`)}
  FROM planned LEFT JOIN stored ON stored.id = (piece->>'id')::uuid
  WHERE stored.id IS NULL OR stored.state || (piece->'before') <> stored.state`;

const APPEARED: LostRow['problem'] = {
  column: null,
  code: 'appeared_since',
  message: 'Somebody entered the same since the analysis; import the row again.',
};

/** What is stored under the keys of an organization, person or membership that a row is to create; namesakes count at one organization. */
const MET = `
  WITH planned AS MATERIALIZED (
    SELECT row_number, plan->'organization'->'after' AS o, plan->'organization'->'new' AS o_new, plan->'person'->'after'->>'email' AS email,
      plan->'person'->'new' AS p_new, plan->'membership'->'after' AS m, plan->'membership'->'new' AS m_new,
      plan->'person'->'after'->>'match_key' AS person_key, organization_id FROM (${PLANNED_ROWS}) p)
  SELECT row_number AS "rowNumber", x.id FROM planned CROSS JOIN LATERAL (${liveSql(
    'organizations',
    `s.match_key = planned.o->>'match_key'`,
    `(s.country = o->>'country' OR s.country IS NULL OR o->>'country' IS NULL)`,
  )}) x WHERE o_new IS NOT NULL
  UNION ALL SELECT row_number, x.id FROM planned CROSS JOIN LATERAL (${liveSql('organizations', `s.domain = planned.o->>'domain'`)}) x
    WHERE o_new IS NOT NULL AND o->>'domain' IS NOT NULL
  UNION ALL SELECT row_number, x.id FROM planned CROSS JOIN LATERAL (${liveSql('people', 's.email = planned.email')}) x
    WHERE p_new IS NOT NULL AND email IS NOT NULL
  UNION ALL SELECT row_number, x.id FROM planned CROSS JOIN LATERAL (${liveSql(
    'people',
    's.match_key = planned.person_key',
    `EXISTS (SELECT FROM (SELECT * FROM positions WHERE person_id = s.id OFFSET 0) h
      WHERE h.organization_id = planned.organization_id AND h.archived_at IS NULL)`,
  )}) x WHERE p_new IS NOT NULL
  UNION ALL SELECT row_number, x.id FROM planned CROSS JOIN LATERAL (${liveSql(
    'memberships',
    `s.organization_id = (planned.m->>'organization_id')::uuid`,
    `s.cancelled_on IS NULL AND s.starts_on <= (m->>'ends_on')::date AND s.ends_on >= (m->>'starts_on')::date`,
  )}) x WHERE m_new IS NOT NULL`;

/** The inner query is fenced off, so that it uses the key's index alone. */
function liveSql(table: string, key: string, condition = 'true'): string {
  return `SELECT s.id FROM (SELECT * FROM ${table} s WHERE ${key} OFFSET 0) s WHERE ${condition} AND s.archived_at IS NULL`;
}

/** Which of some subjects this import has written or changes in the batch at hand: one pass over its ledger, however many they are. */
const OWN = `
  SELECT DISTINCT x.id FROM import_verdicts v, LATERAL (VALUES (v.organization_id), (v.person_id), (v.membership_id)) x (id)
  WHERE v.import_id = $1 AND v.row_number <= $2 AND v.plan IS NOT NULL AND x.id = ANY($3::uuid[])`;

/** What a row adds to was taken out of the directory since. */
const ARCHIVED = `
  WITH planned AS MATERIALIZED (SELECT row_number, organization_id, person_id FROM (${PLANNED_ROWS}) p WHERE plan IS NOT NULL),
  archived AS (
    SELECT row_number FROM planned CROSS JOIN LATERAL (SELECT archived_at FROM organizations WHERE id = planned.organization_id OFFSET 0) x
      WHERE x.archived_at IS NOT NULL
    UNION SELECT row_number FROM planned CROSS JOIN LATERAL (SELECT archived_at FROM people WHERE id = planned.person_id OFFSET 0) x
      WHERE x.archived_at IS NOT NULL)
  SELECT row_number AS "rowNumber", ${problem('archived_since', 'The organization or the person was archived since the analysis.')} FROM archived`;

/** Needs an organization or a person that is not stored and that no sound row of this batch creates. */
const DEPENDENT = `
  WITH planned AS (SELECT * FROM (${PLANNED_ROWS}) p WHERE row_number <> ALL($4::int[])),
  needed AS (SELECT row_number, organization_id AS id, 'organization' AS kind FROM planned WHERE organization_id IS NOT NULL
    UNION ALL SELECT row_number, person_id, 'person' FROM planned WHERE person_id IS NOT NULL)
  SELECT DISTINCT row_number AS "rowNumber", ${problem('depends_on_failed_row', 'The row rests on an earlier one that could not be written.')}
  FROM needed n
  WHERE NOT EXISTS (SELECT FROM organizations WHERE id = n.id) AND NOT EXISTS (SELECT FROM people WHERE id = n.id)
    AND NOT EXISTS (SELECT FROM planned p WHERE (p.plan->n.kind->>'id')::uuid = n.id AND p.plan->n.kind->'new' IS NOT NULL)`;

const plannedSql = (kind: SubjectKind, change: string): string => `
  SELECT (plan->'${kind}'->>'id')::uuid AS id, plan->'${kind}'->'after' AS after FROM (${PLANNED_ROWS}) p
  WHERE plan->'${kind}'->'${change}' IS NOT NULL AND row_number <> ALL($4::int[])`;

function insertSql(kind: SubjectKind): string {
  const written = WRITTEN[kind];
  const values = written.map(({ column, fallback }) =>
    fallback ? `coalesce(r.${column}, ${fallback})` : `r.${column}`,
  );
  return `INSERT INTO ${TABLES[kind]} (id, version, ${written.map(({ column }) => column).join(', ')})
    SELECT n.id, 1, ${values.join(', ')} FROM (${plannedSql(kind, 'new')}) n, jsonb_populate_record(NULL::${TABLES[kind]}, n.after) r`;
}

function updateSql(kind: SubjectKind): string {
  const names = WRITTEN[kind].map(({ column }) => column);
  return `UPDATE ${TABLES[kind]} s SET version = s.version + 1, updated_at = now(), (${names.join(', ')}) =
      (SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM jsonb_populate_record(s, c.after) r)
    FROM (${plannedSql(kind, 'before')}) c WHERE s.id = c.id`;
}
