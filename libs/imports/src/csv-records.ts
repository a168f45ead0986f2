import { CsvError, parse, type Parser } from 'csv-parse';
import { UnreadableFile } from './imports.errors.js';

/** Characters of one row, quotes included. */
const MAX_ROW = 1_000_000;
export const MAX_COLUMNS = 500;

export interface CsvRecord {
  /** 0 for the header; blank rows count, so that a spreadsheet shows `rowNumber + 1`. */
  rowNumber: number;
  /** Line on which the row begins, from 1. */
  lineNumber: number;
  cells: string[];
}

/**
 * Rows of a CSV text (RFC 4180; also LF, CR and stray quotes inside a cell, which stay as they are). Rows without any
 * text are left out. Throws UnreadableFile that names line and column when a quote never closes or a row is endless.
 */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const counter = new RowCounter();
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW,
    // The library's type lets a record only become another list of cells; it hands on whatever it is given.
    on_record: (cells: string[]) => counter.next(cells) as unknown as string[] | null,
  });
  const fed = feed(text, parser);
  try {
    yield* parser as AsyncIterable<CsvRecord>;
    await fed;
  } catch (error) {
    throw toFault(error, counter.line);
  } finally {
    parser.destroy();
    await fed;
  }
}

/** Counts rows and lines as the parser meets them: an error overtakes the rows that nobody has fetched yet. */
class RowCounter {
  /** Line on which the next row begins. */
  line = 1;
  private row = -1;

  /** Null leaves a blank row out. Throws UnreadableFile when the row has too many cells. */
  next(cells: string[]): CsvRecord | null {
    const blank = cells.every((cell) => cell.trim() === '');
    if (!blank || this.row >= 0) this.row++;
    if (cells.length > MAX_COLUMNS) throw tooManyColumns(this.line, cells.length);
    const record = { rowNumber: this.row, lineNumber: this.line, cells };
    this.line += 1 + lineBreaks(cells);
    return blank ? null : record;
  }
}

/** Hands the text to the parser as fast as it takes it; a fault of the text becomes the parser's. */
async function feed(text: AsyncIterable<string>, parser: Parser): Promise<void> {
  try {
    for await (const chunk of text) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await drained(parser);
    }
    if (!parser.destroyed) parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

const drained = (parser: Parser): Promise<void> =>
  new Promise((resolve) => {
    if (parser.destroyed) return resolve();
    const done = (): void => {
      parser.off('drain', done).off('close', done);
      resolve();
    };
    parser.on('drain', done).on('close', done);
  });

function lineBreaks(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}

const tooManyColumns = (line: number, columns: number): UnreadableFile =>
  new UnreadableFile('too_many_columns', `Line ${line} has ${columns} cells; at most ${MAX_COLUMNS} are read.`, {
    line,
    column: MAX_COLUMNS + 1,
  });

function toFault(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const column = typeof error.column === 'number' ? error.column + 1 : 1;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    const message = `The row that begins in line ${line} opens a quote in cell ${column} that is never closed.`;
    return new UnreadableFile('unclosed_quote', message, { line, column });
  }
  const message =
    `The row that begins in line ${line} has more than ${MAX_ROW} characters up to cell ${column}; ` +
    'a quote may be open, or this is not a table.';
  return new UnreadableFile('row_too_long', message, { line, column });
}
