import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import { QueryFailedError } from 'typeorm';
import type { Database } from '#database';

/** Characters gathered before they go to PostgreSQL. */
const CHUNK = 65_536;

/** Null and undefined are both NULL. */
export type CopyCell = string | number | boolean | null | undefined;

/**
 * Copies rows into a table (`import_rows (import_id, …)`) inside the open transaction, at constant memory. Throws
 * QueryFailedError as any other statement does.
 */
export async function copyRows(
  database: Database,
  table: string,
  rows: AsyncIterable<CopyCell[]> | Iterable<CopyCell[]>,
): Promise<void> {
  const runner = database.manager.queryRunner;
  if (!runner) throw new Error('copyRows needs an open transaction');
  const client = (await runner.connect()) as PoolClient;
  const sql = `COPY ${table} FROM STDIN`;
  const chunks = Symbol.asyncIterator in rows ? gathered(rows) : lines(rows);
  try {
    await pipeline(Readable.from(chunks, { objectMode: true }), client.query(from(sql)));
  } catch (error) {
    throw isFromServer(error) ? new QueryFailedError(sql, [], error) : error;
  }
}

/** What PostgreSQL refuses carries the five characters of its SQLSTATE. */
const isFromServer = (error: unknown): error is Error =>
  error instanceof Error && /^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '') && 'severity' in error;

/** Text format of COPY: tabs between columns, `\N` for null. */
function* lines(rows: Iterable<CopyCell[]>): Generator<Buffer> {
  let chunk = '';
  for (const row of rows) {
    chunk += lineOf(row);
    if (chunk.length >= CHUNK) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

async function* gathered(rows: AsyncIterable<CopyCell[]>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const row of rows) {
    chunk += lineOf(row);
    if (chunk.length >= CHUNK) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

function lineOf(row: CopyCell[]): string {
  let line = copyText(row[0]);
  for (let at = 1; at < row.length; at++) line += `\t${copyText(row[at])}`;
  return `${line}\n`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const ESCAPED = /[\\\t\n\r]/;
const EACH_ESCAPED = /[\\\t\n\r]/g;

function copyText(cell: CopyCell): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell !== 'string') return String(cell);
  return ESCAPED.test(cell) ? cell.replace(EACH_ESCAPED, (char) => ESCAPES[char] ?? char) : cell;
}
