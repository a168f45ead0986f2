import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import type { Database } from '#database';

/** Characters gathered before they go to PostgreSQL. */
const CHUNK = 65_536;

type Cell = string | number | null | undefined;

/** Copies rows into a table (`import_rows (import_id, …)`) inside the open transaction, at constant memory. */
export async function copyRows(
  database: Database,
  table: string,
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>,
): Promise<void> {
  const runner = database.manager.queryRunner;
  if (!runner) throw new Error('copyRows needs an open transaction');
  const client = (await runner.connect()) as PoolClient;
  await pipeline(Readable.from(lines(rows)), client.query(from(`COPY ${table} FROM STDIN`)));
}

/** Text format of COPY: tabs between columns, `\N` for null. */
async function* lines(rows: AsyncIterable<Cell[]> | Iterable<Cell[]>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const row of rows as AsyncIterable<Cell[]>) {
    chunk += `${row.map(copyText).join('\t')}\n`;
    if (chunk.length >= CHUNK) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(cell: Cell): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell === 'number') return String(cell);
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : cell;
}
