import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { RecordLinksReader } from '#records';

/** Something that must be unique in a table: an index, or what the product takes for the same thing. */
export interface UniqueRule {
  name: string;
  /** SQL expressions over the table's columns; those that point at what moves are in `LinkedTable.columns`. */
  columns: string[];
  /** SQL condition of a partial index. */
  predicate: string | null;
  /** Two NULLs count as the same. */
  nullsEqual: boolean;
}

/** A table some of whose columns point at what moves. */
export interface LinkedTable {
  name: string;
  key: string[];
  columns: string[];
  uniques: UniqueRule[];
  /** Has `version` and `updated_at`. */
  versioned: boolean;
}

/** Tables of the merge itself; they must remember the ids as they were. */
const OWN = new Set(['merges', 'merged_records', 'duplicate_dismissals']);

/** Reads from the catalog what a merge has to move, so that a feature which comes later is not forgotten. */
@Injectable()
export class MergeSchema {
  constructor(
    private readonly database: Database,
    private readonly links: RecordLinksReader,
  ) {}

  /** Every table with a foreign key to one of `targets`. */
  async pointingAt(targets: string[]): Promise<LinkedTable[]> {
    const links = (await this.links.links(targets)).filter((link) => !OWN.has(link.table));
    const tables = new Map<string, LinkedTable>();
    for (const { table, column, key } of links) {
      const known = tables.get(table) ?? { name: table, key, columns: [], uniques: [], versioned: false };
      tables.set(table, { ...known, columns: [...new Set([...known.columns, column])] });
    }
    const names = [...tables.keys()];
    for (const name of await this.versioned(names)) (tables.get(name) as LinkedTable).versioned = true;
    for (const { table, ...rule } of await this.database.query<UniqueRule & { table: string }>(UNIQUES, [names]))
      tables.get(table)?.uniques.push(rule);
    return [...tables.values()];
  }

  /** Which of some tables count the changes of their rows. */
  async versioned(names: string[]): Promise<string[]> {
    const rows = await this.database.query<{ table: string }>(VERSIONED, [names]);
    return rows.map(({ table }) => table);
  }
}

const VERSIONED = `
  SELECT attrelid::regclass::text AS "table" FROM pg_attribute
  WHERE attrelid = ANY($1::text[]::regclass[]) AND attname IN ('version', 'updated_at') AND NOT attisdropped
  GROUP BY attrelid HAVING count(*) = 2`;

const UNIQUES = `
  SELECT i.indrelid::regclass::text AS "table", c.relname AS name, pg_get_expr(i.indpred, i.indrelid) AS predicate,
    ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n ORDER BY n) AS columns,
    i.indnullsnotdistinct AS "nullsEqual"
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indisunique AND i.indrelid = ANY($1::text[]::regclass[]) ORDER BY 1, 2`;
