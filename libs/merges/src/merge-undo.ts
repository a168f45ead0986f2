import { QueryFailedError } from 'typeorm';
import type { Database } from '#database';
import { quoted, type RowKey } from './merge-journal.js';
import type { MergeSchema } from './merge-schema.js';

/** Something a revert left as it was. */
export interface Stayed {
  relation: string;
  id: string | null;
  field: string | null;
  code: 'changed_since' | 'gone_since' | 'not_restorable';
}

interface Step {
  step: number;
  kind: string;
  table: string;
  key: string[];
  columns: string[];
}

interface Entry {
  id: string;
  key: RowKey;
}

/** What has gone out has gone to where it went. */
const ONLY_WHERE: Record<string, string> = { readdressed: `t.status IN ('planned', 'queued')` };

/** Undoes the steps of a merge, the last one first; what others changed since stays. */
export class MergeUndo {
  constructor(
    private readonly database: Database,
    private readonly schema: MergeSchema,
    private readonly mergeId: string,
  ) {}

  async undo(): Promise<Stayed[]> {
    const steps = await this.database.query<Step>(STEPS, [this.mergeId]);
    const versioned = await this.schema.versioned([...new Set(steps.map(({ table }) => table))]);
    const stayed: Stayed[] = [];
    for (const step of steps) {
      const undone =
        step.kind === 'set_aside' ? this.putBack(step) : this.changeBack(step, versioned.includes(step.table));
      stayed.push(...(await undone));
    }
    return stayed;
  }

  private async changeBack(step: Step, versioned: boolean): Promise<Stayed[]> {
    const [table, columns] = [step.table, step.columns.map(quoted)];
    const found = step.key.map((key) => `t.${quoted(key)} = k.${quoted(key)}`).join(' AND ');
    const records = ['key', 'before', 'after'].map(
      (part) => `LATERAL jsonb_populate_record(NULL::${table}, j.${part}) ${part.charAt(0)}`,
    );
    await this.database.query(
      `WITH j AS MATERIALIZED (SELECT * FROM merge_moves WHERE merge_id = $1 AND step = $2), back AS (
         UPDATE ${table} t SET ${columns.map((name) => `${name} = b.${name}`).join(', ')}
           ${versioned ? ', version = t.version + 1, updated_at = now()' : ''}
         FROM j, ${records.join(', ')}
         WHERE ${found} AND ${columns.map((name) => `t.${name} IS NOT DISTINCT FROM a.${name}`).join(' AND ')}
           AND ${ONLY_WHERE[step.kind] ?? 'true'}
         RETURNING j.id)
       UPDATE merge_moves m SET undone = true FROM back WHERE m.id = back.id`,
      [this.mergeId, step.step],
    );
    return this.database.query<Stayed>(
      `SELECT j.table_name AS relation, j.key->>'id' AS id, coalesce(j.column_name, '${step.columns.join(' ')}') AS field,
         CASE WHEN EXISTS (SELECT FROM ${table} t WHERE ${found}) THEN 'changed_since' ELSE 'gone_since' END AS code
       FROM merge_moves j, ${records[0]} WHERE j.merge_id = $1 AND j.step = $2 AND NOT j.undone ORDER BY j.id`,
      [this.mergeId, step.step],
    );
  }

  /** All at once; row by row where that is refused, so that one whose place was taken does not stop the others. */
  private async putBack({ step, table }: Step): Promise<Stayed[]> {
    const entries = await this.database.query<Entry>(
      'SELECT id, key FROM merge_moves WHERE merge_id = $1 AND step = $2 ORDER BY id',
      [this.mergeId, step],
    );
    if (await this.insert(table, entries)) return [];
    const stayed: Stayed[] = [];
    for (const entry of entries) {
      if (await this.insert(table, [entry])) continue;
      const id = (entry.key.id as string | undefined) ?? null;
      stayed.push({ relation: table, id, field: null, code: 'not_restorable' });
    }
    return stayed;
  }

  private async insert(table: string, entries: Entry[]): Promise<boolean> {
    await this.database.query('SAVEPOINT rows_put_back');
    try {
      await this.database.query(
        `INSERT INTO ${table} SELECT b.* FROM merge_moves j, LATERAL jsonb_populate_record(NULL::${table}, j.before) b
         WHERE j.id = ANY($1::bigint[])`,
        [entries.map(({ id }) => id)],
      );
      return true;
    } catch (error) {
      if (!isRefused(error)) throw error;
      await this.database.query('ROLLBACK TO SAVEPOINT rows_put_back');
      return false;
    }
  }
}

/** An integrity constraint of the table says no. */
const isRefused = (error: unknown): boolean =>
  error instanceof QueryFailedError && ((error.driverError as { code?: string }).code ?? '').startsWith('23');

const STEPS = `
  SELECT DISTINCT ON (step) step, kind, table_name AS "table",
    ARRAY(SELECT jsonb_object_keys(key)) AS key, ARRAY(SELECT jsonb_object_keys(before)) AS columns
  FROM merge_moves WHERE merge_id = $1 ORDER BY step DESC, id`;
