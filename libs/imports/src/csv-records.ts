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
 * text are left out. Throws UnreadableFile that names line and cell when a quote never closes, or closes lines later
 * in the midst of a cell, and when a row is endless. `line` is the number of the text's first line.
 */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string, line = 1): AsyncGenerator<CsvRecord> {
  const rows = new RowCutter(delimiter);
  const counter = new RowCounter(line);
  for await (const chunk of text) {
    for (const row of rows.take(chunk, counter)) yield row;
  }
  for (const row of rows.end(counter)) yield row;
}

/** Gives rows their numbers. */
class RowCounter {
  private row = -1;

  constructor(
    /** Line on which the next row begins. */
    public line: number,
  ) {}

  /** Null leaves a blank row out. Throws UnreadableFile when the row has too many cells. */
  next(cells: string[], lines: number): CsvRecord | null {
    const blank = cells.every((cell) => cell.trim() === '');
    if (!blank || this.row >= 0) this.row++;
    if (cells.length > MAX_COLUMNS) throw tooManyColumns(this.line);
    const record = { rowNumber: this.row, lineNumber: this.line, cells };
    this.line += lines;
    return blank ? null : record;
  }
}

interface Row {
  cells: string[];
  /** Lines it takes. */
  lines: number;
  /** Where the next one begins. */
  next: number;
}

/** Cuts a text into rows as it comes in. */
class RowCutter {
  /** Begins a row that has not ended yet. */
  private rest = '';

  constructor(private readonly delimiter: string) {}

  take(chunk: string, counter: RowCounter): Generator<CsvRecord> {
    this.rest += chunk;
    return this.cut(counter, false);
  }

  end(counter: RowCounter): Generator<CsvRecord> {
    return this.cut(counter, true);
  }

  private *cut(counter: RowCounter, complete: boolean): Generator<CsvRecord> {
    const text = new RowText(this.rest, this.delimiter, complete);
    let at = 0;
    while (at < this.rest.length) {
      const row = text.row(at);
      const { openCell } = text;
      if (!row) {
        if (!complete && this.rest.length - at <= MAX_ROW) break;
        throw openCell === undefined ? endless(counter.line, text.cellsFrom(at)) : unclosed(counter.line, openCell);
      }
      if (openCell !== undefined) throw closedLate(counter.line, openCell);
      const record = counter.next(row.cells, row.lines);
      at = row.next;
      if (record) yield record;
    }
    this.rest = this.rest.slice(at);
  }
}

/** A stretch of text that begins with a row. */
class RowText {
  /** Cell, from 1, of the row last asked for whose quote is not closed where it should be. */
  openCell: number | undefined;
  private readonly feeds: Finder;
  private readonly returns: Finder;
  private readonly quotes: Finder;
  private readonly delimiters: Finder;

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    /** Nothing comes behind the text. */
    private readonly complete: boolean,
  ) {
    this.feeds = new Finder(text, '\n');
    this.returns = new Finder(text, '\r');
    this.quotes = new Finder(text, '"');
    this.delimiters = new Finder(text, delimiter);
  }

  /** The row that begins at a place; undefined when it does not end in the text. */
  row(start: number): Row | undefined {
    this.openCell = undefined;
    const end = this.lineEnd(start);
    if (this.quotes.from(start) >= end) return this.closed(start, end, 1, () => this.split(start, end));
    return this.quotedRow(start, end);
  }

  /** Cells up to the end of the text, were there no quotes. */
  cellsFrom(start: number): number {
    return this.text.slice(start, start + MAX_ROW).split(this.delimiter).length;
  }

  private lineEnd(from: number): number {
    return Math.min(this.feeds.from(from), this.returns.from(from), this.text.length);
  }

  private split(start: number, end: number): string[] {
    return this.text.slice(start, end).split(this.delimiter, MAX_COLUMNS + 1);
  }

  private quotedRow(start: number, lineEnd: number): Row | undefined {
    const cells: string[] = [];
    for (let at = start; cells.length <= MAX_COLUMNS; at++) {
      const quoted = this.text[at] === '"' ? this.quotedCell(at, cells.length + 1) : this.plainCell(at, at);
      if (!quoted) return undefined;
      cells.push(quoted.value);
      at = quoted.end;
      if (this.text[at] !== this.delimiter) {
        const lines = at === lineEnd ? 1 : linesIn(this.text.slice(start, at));
        return this.closed(start, at, lines, () => cells);
      }
    }
    return { cells, lines: 1, next: start };
  }

  /** A row, unless more text may change where it ends: it may be cut off, and a CR may be half of a CRLF. */
  private closed(start: number, end: number, lines: number, cells: () => string[]): Row | undefined {
    const mark = this.text[end];
    const open = mark === undefined || (mark === '\r' && end + 1 === this.text.length);
    if ((open && !this.complete) || end - start > MAX_ROW) return undefined;
    return { cells: cells(), lines, next: end + (this.text.startsWith('\r\n', end) ? 2 : 1) };
  }

  private plainCell(start: number, from: number): { value: string; end: number } {
    const end = Math.min(this.delimiters.from(from), this.lineEnd(from));
    return { value: this.text.slice(start, end), end };
  }

  /** A cell that begins with a quote; where text follows the closing one, the quotes are characters like others. */
  private quotedCell(start: number, number: number): { value: string; end: number } | undefined {
    const quote = this.closingQuote(start + 1);
    if (quote === undefined) {
      this.openCell = number;
      return undefined;
    }
    let end = quote + 1;
    while (this.text[end] === ' ') end++;
    const mark = this.text[end];
    const inside = this.text.slice(start + 1, quote);
    if (mark === undefined || mark === this.delimiter || mark === '\n' || mark === '\r') {
      return { value: inside.includes('"') ? inside.replaceAll('""', '"') : inside, end };
    }
    if (/[\r\n]/.test(inside)) this.openCell ??= number;
    return this.plainCell(start, end);
  }

  /** Place of the quote that closes; undefined when it is not in the text, or may turn out to be a doubled one. */
  private closingQuote(from: number): number | undefined {
    for (let at = this.text.indexOf('"', from); at >= 0; at = this.text.indexOf('"', at + 2)) {
      if (at + 1 === this.text.length) return this.complete ? at : undefined;
      if (this.text[at + 1] !== '"') return at;
    }
    return undefined;
  }
}

/** The next place of a character; asks the text once for each. */
class Finder {
  private found = -1;

  constructor(
    private readonly text: string,
    private readonly mark: string,
  ) {}

  /** Infinity when there is none. Ask with growing places. */
  from(place: number): number {
    if (this.found < place) {
      const at = this.text.indexOf(this.mark, place);
      this.found = at < 0 ? Infinity : at;
    }
    return this.found;
  }
}

const linesIn = (text: string): number => 1 + (text.match(/\r\n|\n|\r/g)?.length ?? 0);

const tooManyColumns = (line: number): UnreadableFile =>
  new UnreadableFile('too_many_columns', `Line ${line} has more than ${MAX_COLUMNS} cells; no more are read.`, {
    line,
    column: MAX_COLUMNS + 1,
  });

const endless = (line: number, cells: number): UnreadableFile =>
  new UnreadableFile(
    'row_too_long',
    `The row that begins in line ${line} has more than ${MAX_ROW} characters up to cell ${cells}; this is not a table.`,
    { line, column: cells },
  );

const unclosed = (line: number, cell: number): UnreadableFile =>
  new UnreadableFile(
    'unclosed_quote',
    `The row that begins in line ${line} opens a quote in cell ${cell} that is never closed.`,
    { line, column: cell },
  );

const closedLate = (line: number, cell: number): UnreadableFile =>
  new UnreadableFile(
    'unclosed_quote',
    `The row that begins in line ${line} opens a quote in cell ${cell} that closes only lines later, in the midst of a cell; a quote is missing.`,
    { line, column: cell },
  );
