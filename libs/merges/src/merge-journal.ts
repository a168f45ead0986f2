import type { Database } from '#database';
import type { LinkedTable } from './merge-schema.js';

/** What a step did to its rows. */
export type MoveKind =
  | 'moved'
  | 'followed'
  | 'set_aside'
  | 'completed'
  | 'not_preferred'
  | 'made_soft'
  | 'cancelled'
  | 'rekeyed'
  | 'readdressed';

/** Key columns and their values. */
export type RowKey = Record<string, unknown>;

/** A row that cannot stay beside another once both point at the same. */
export interface Loser {
  key: RowKey;
  survivor: RowKey;
}

/** An id that becomes another; lower ranks go before higher ones. */
export interface Mapping {
  from: string;
  to: string;
  rank: number;
}

interface Change {
  table: LinkedTable;
  kind: MoveKind;
  /** The column that pointed, where one moves. */
  column?: string;
  /** Column → SQL expression over `t` and what `from` adds. */
  set: Record<string, string>;
  /** SQL joins; `given.extra` is `extra` as jsonb. */
  from?: string;
  where: string;
  extra?: unknown;
}

/** Rows of which nobody knows the id for long: a booking is made anew whenever its subject changes. */
const FOUND_BY: Record<string, string[]> = { bookings: ['resource_id', 'about_id'] };

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const list = <T>(values: T[], text: (value: T, index: number) => string, between = ', '): string =>
  values.map(text).join(between);

/** Writes the steps of one merge, each change with what undoes it; one statement a step, however many rows it has. */
export class MergeJournal {
  private step = 0;

  constructor(
    private readonly database: Database,
    private readonly mergeId: string,
  ) {}

  /** Changes rows and notes them. */
  async change({ table, kind, column, set, from = '', where, extra = null }: Change): Promise<void> {
    const columns = Object.keys(set);
    const bump = table.versioned ? ', version = t.version + 1, updated_at = now()' : '';
    await this.database.query(
      `WITH given AS (SELECT $1::jsonb AS extra), found AS (
         SELECT ${list(table.key, (key, i) => `t.${quoted(key)} AS k${i}`)},
           ${list(columns, (name, i) => `t.${quoted(name)} AS w${i}, ${set[name]} AS n${i}`)}
         FROM ${table.name} t CROSS JOIN given ${from} WHERE ${where} FOR UPDATE OF t
       ), changed AS (
         UPDATE ${table.name} t SET ${list(columns, (name, i) => `${quoted(name)} = f.n${i}`)}${bump} FROM found f
         WHERE ${list(table.key, (key, i) => `t.${quoted(key)} = f.k${i}`, ' AND ')}
         RETURNING to_jsonb(t) AS stored, jsonb_build_object(${list(columns, (name, i) => `'${name}', f.w${i}`)}) AS before)
       ${this.note(table, kind, column)} ${part(FOUND_BY[table.name] ?? table.key)}, before, ${part(columns)} FROM changed`,
      [JSON.stringify(extra)],
    );
  }

  /** Takes rows out of their table; the journal keeps them whole. */
  async setAside(table: LinkedTable, losers: Loser[]): Promise<void> {
    await this.database.query(
      `WITH gone AS (
         DELETE FROM ${table.name} t USING jsonb_array_elements($1::jsonb) l (value),
           LATERAL jsonb_populate_record(NULL::${table.name}, l.value->'key') k
         WHERE ${list(table.key, (key) => `t.${quoted(key)} = k.${quoted(key)}`, ' AND ')}
         RETURNING to_jsonb(t) AS stored, l.value->'survivor' AS survivor)
       ${this.note(table, 'set_aside')} ${part(table.key)}, stored, survivor FROM gone`,
      [JSON.stringify(losers)],
    );
  }

  private note(table: LinkedTable, kind: MoveKind, column?: string): string {
    this.step += 1;
    const own = table.key.join() === 'id' ? `(SELECT r.id FROM records r WHERE r.id = (stored->>'id')::uuid), ` : '';
    return `INSERT INTO merge_moves (merge_id, step, kind, table_name, column_name, label, about_id, key, before, after)
      SELECT '${this.mergeId}'::uuid, ${this.step}, '${kind}', '${table.name}', ${column ? `'${column}'` : 'NULL'},
        coalesce(stored->>'title', stored->>'name', stored->>'subject', stored->>'action'),
        coalesce(${own}(stored->>'about_id')::uuid, (stored->>'meeting_id')::uuid, (stored->>'session_id')::uuid,
          (stored->>'agreement_id')::uuid),`;
  }
}

const part = (columns: string[]): string =>
  `jsonb_build_object(${list(columns, (name) => `'${name}', stored->'${name}'`)})`;
