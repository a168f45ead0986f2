import { Injectable } from '@nestjs/common';
import { Database } from '#database';

/** A column that points at a record, or at the table behind a type of record. */
export interface RecordLink {
  /** Table that points. */
  table: string;
  column: string;
  /** Table pointed at: `records`, `people`, `organizations`… */
  target: string;
  /** Columns of the pointing table's primary key. */
  key: string[];
  /** The row goes when what it points at goes. */
  cascades: boolean;
}

/**
 * Tells what may point at a record. The foreign keys themselves say so, so nothing is forgotten when a feature comes
 * along that nobody here knows of.
 */
@Injectable()
export class RecordLinksReader {
  constructor(private readonly database: Database) {}

  /** Every single-column foreign key to one of these tables, by table and column. */
  links(targets: string[]): Promise<RecordLink[]> {
    return this.database.query<RecordLink>(LINKS, [targets]);
  }
}

const LINKS = `
  SELECT c.conrelid::regclass::text AS "table", a.attname AS "column", c.confrelid::regclass::text AS target,
    ARRAY(SELECT k.attname::text FROM pg_constraint p, unnest(p.conkey) WITH ORDINALITY u (number, place)
          JOIN pg_attribute k ON k.attnum = u.number
          WHERE p.conrelid = c.conrelid AND p.contype = 'p' AND k.attrelid = c.conrelid ORDER BY u.place) AS key,
    c.confdeltype = 'c' AS cascades
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid = ANY($1::text[]::regclass[])
  ORDER BY 1, 2, 3`;
