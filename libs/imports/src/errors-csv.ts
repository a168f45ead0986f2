import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ImportsReader } from './imports.reader.js';
import type { RowProblem } from './import-target.js';

/**
 * The failed rows as they came, behind two columns of ours: `_row`, the number in the first file, and `_problems`.
 * Ours stand first, so that rows with too many or too few cells keep every cell under its header. The byte order mark
 * tells spreadsheets that it is UTF-8; an import leaves the two columns out, so the file comes back once it is mended.
 */
export async function errorsCsv(reader: ImportsReader, id: string): Promise<Readable> {
  const header = await reader.header(id);
  async function* lines(): AsyncGenerator<string[]> {
    yield ['_row', '_problems', ...header];
    for await (const { rowNumber, cells, problems } of reader.failedRows(id)) {
      yield [String(rowNumber), problems.map(problemText).join(' | '), ...cells];
    }
  }
  const csv = stringify({ bom: true, record_delimiter: 'windows' });
  // A fault while reading destroys `csv`, whose reader then learns of it.
  pipeline(Readable.from(lines()), csv, () => undefined);
  return csv;
}

const problemText = ({ column, message }: RowProblem): string => (column === null ? message : `${column}: ${message}`);
