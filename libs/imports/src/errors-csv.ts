import type { Readable } from 'node:stream';
import { csvDownload } from './csv-download.js';
import type { ImportsReader } from './imports.reader.js';
import type { RowProblem } from './import-target.js';
import { guardCell, unguardCell } from './spreadsheet-cell.js';

/**
 * The failed rows as they came, behind two columns of ours: `_row`, the number in the first file, and `_problems`.
 * Ours stand first, so that rows with too many or too few cells keep every cell under its header; an import leaves
 * them out, so the file comes back once it is mended. No cell begins a formula; one that came guarded is not guarded
 * twice, since an import takes off one apostrophe only.
 */
export async function errorsCsv(reader: ImportsReader, id: string): Promise<Readable> {
  const header = await reader.header(id);
  async function* lines(): AsyncGenerator<string[]> {
    yield ['_row', '_problems', ...header.map(safe)];
    for await (const { rowNumber, cells, problems } of reader.failedRows(id)) {
      yield [String(rowNumber), guardCell(problems.map(problemText).join(' | ')), ...cells.map(safe)];
    }
  }
  return csvDownload(lines());
}

const safe = (cell: string): string => guardCell(unguardCell(cell));

const problemText = ({ column, message }: RowProblem): string => (column === null ? message : `${column}: ${message}`);
