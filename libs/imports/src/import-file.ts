import { ByteCensus } from './byte-census.js';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { decodedText, foreignPlaceIn, placeIn, UndecodableBytes } from './decoded-text.js';
import { declaredDelimiter, type Delimiter, isDelimiter, judgeDelimiter } from './delimiter.js';
import { type EncodingGuess, guessEncoding } from './encoding-guess.js';
import { type Encoding, namedEncoding } from './encodings.js';
import type { Detected, DelimiterSource, FileWarning } from './import.js';
import { FileTooLarge, UnreadableFile } from './imports.errors.js';
import { type Sighting, TextWatch } from './text-watch.js';
import { contradicted, noEncoding, nulByte, refuseKnownBinaries, undecodable } from './unreadable-text.js';

/** Bytes of the largest file. */
const MAX_FILE = 1_073_741_824;
/** Characters from which the delimiter is judged. */
const SAMPLE = 65_536;

/**
 * A CSV file that is read twice, at constant memory: once for its encoding, which every byte has a say in, and once for
 * its rows. Bytes are decoded once.
 */
export class ImportFile {
  header: string[] = [];
  delimiter: Delimiter;
  delimiterSource: DelimiterSource;
  private readonly census = new ByteCensus();
  private readonly watch = new TextWatch();
  private guess: EncodingGuess;
  private doubtfulDelimiter = false;

  constructor(
    /** Can be iterated more than once, from its first byte each time. */
    private readonly source: AsyncIterable<Buffer>,
    private readonly options: { encoding?: string; delimiter?: Delimiter } = {},
  ) {}

  get bytes(): number {
    return this.census.size;
  }

  /** SHA-256, hexadecimal; ask once, after open. */
  digest(): string {
    return this.census.digest();
  }

  /** Reads the header, then answers the rows below it. Throws UnreadableFile, FileTooLarge, Invalid. */
  async open(): Promise<AsyncIterable<CsvRecord>> {
    await this.census.take(limited(this.source));
    if (this.bytes === 0) throw new UnreadableFile('empty_file', 'The file is empty.', { line: 1, column: 1 });
    refuseKnownBinaries(this.census.head);
    this.guess = await this.demandEncoding();
    const text = this.text(this.guess.encoding);
    const start = await sampleOf(text);
    const declared = this.chooseDelimiter(start);
    const skipped = declared?.length ?? 0;
    const body = chained(start.text.slice(skipped), text);
    return this.demandTable(csvRecords(body, this.delimiter, declared ? 2 : 1), start.text[skipped] === '"');
  }

  /** What was found out about the file; ask after the last row. */
  async detected({ mapping, unmapped }: Pick<Detected, 'mapping' | 'unmapped'>): Promise<Detected> {
    const { encoding, source } = this.guess;
    const { delimiter, delimiterSource } = this;
    const warnings = await this.warnings();
    return { encoding, encodingSource: source, delimiter, delimiterSource, mapping, unmapped, warnings };
  }

  private async warnings(): Promise<FileWarning[]> {
    const { encoding, doubts } = this.guess;
    const place = doubts.length > 0 ? await foreignPlaceIn(this.source, encoding) : {};
    const warnings: FileWarning[] = doubts.map((doubt) => ({ ...doubt, ...place }));
    if (this.doubtfulDelimiter) warnings.push(doubtfulDelimiter(this.delimiter));
    const { mojibake, lost } = this.watch;
    if (mojibake) warnings.push(await this.sighted(mojibake, 'mojibake', MOJIBAKE));
    if (lost)
      warnings.push(await this.sighted(lost, 'lost_characters', 'lost letters before this file was made (U+FFFD)'));
    return warnings;
  }

  private async sighted({ at, word }: Sighting, code: string, what: string): Promise<FileWarning> {
    const place = await placeIn(this.source, this.guess.encoding, at);
    return { code, message: `Line ${place.line}, column ${place.column}: "${word}" ${what}.`, ...place };
  }

  private async demandEncoding(): Promise<EncodingGuess> {
    const { encoding } = this.options;
    const guess = guessEncoding(this.census, encoding === undefined ? undefined : namedEncoding(encoding));
    if ('encoding' in guess) return guess;
    if (guess.refused === 'contradiction') throw contradicted(encoding ?? '', guess.actual);
    // The NUL is met on the way, or bytes that are no UTF-8 before it.
    if (guess.refused === 'nul') for await (const text of this.text('utf-8')) void text;
    throw noEncoding(guess.refused, await placeIn(this.source, 'utf-8'));
  }

  private async *text(encoding: Encoding): AsyncGenerator<string> {
    try {
      for await (const text of decodedText(this.again(), encoding)) {
        this.watch.look(text);
        if (this.watch.nul !== undefined) throw nulByte(await placeIn(this.source, encoding, this.watch.nul));
        yield text;
      }
    } catch (error) {
      throw error instanceof UndecodableBytes ? undecodable(encoding, await placeIn(this.source, encoding)) : error;
    }
  }

  private async *again(): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of this.source) {
      bytes += chunk.length;
      yield chunk;
    }
    if (bytes !== this.bytes) throw new Error('The content of an import must be readable more than once.');
  }

  private chooseDelimiter(start: Start): { length: number } | undefined {
    const declared = declaredDelimiter(start.text);
    const judged = judgeDelimiter(start.text.slice(declared?.length ?? 0), start.complete);
    if (this.options.delimiter) [this.delimiter, this.delimiterSource] = [this.options.delimiter, 'given'];
    else if (!declared) [this.delimiter, this.delimiterSource] = [judged.delimiter, 'content'];
    else if (isDelimiter(declared.delimiter)) [this.delimiter, this.delimiterSource] = [declared.delimiter, 'declared'];
    else throw unknownDelimiter(declared.delimiter);
    this.doubtfulDelimiter = this.delimiterSource === 'content' && judged.doubtful;
    return declared;
  }

  /** The rows below the header, of which there must be one. */
  private async demandTable(records: AsyncGenerator<CsvRecord>, quoted: boolean): Promise<AsyncIterable<CsvRecord>> {
    const header = await records.next();
    if (header.done) throw new UnreadableFile('empty_file', 'There are only blank lines.', { line: 1, column: 1 });
    const first = await records.next();
    const line = header.value.lineNumber + 1;
    if (first.done) throw new UnreadableFile('no_rows', 'There are no rows below the header.', { line, column: 1 });
    if (quoted) refuseQuotedLines(header.value, first.value);
    this.header = header.value.cells.map((cell) => cell.trim());
    return chained(first.value, records);
  }
}

const MOJIBAKE =
  'looks like letters that were decoded wrongly, before this file was made or by the encoding you say; they come in as they stand';

interface Start {
  text: string;
  /** There is nothing behind it. */
  complete: boolean;
}

async function sampleOf(text: AsyncGenerator<string>): Promise<Start> {
  let start = '';
  while (start.length < SAMPLE) {
    const next = await text.next();
    if (next.done) return { text: start, complete: true };
    start += next.value;
  }
  return { text: start, complete: false };
}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > MAX_FILE) throw new FileTooLarge(MAX_FILE);
    yield chunk;
  }
}

async function* chained<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** A program that does not know the delimiter saves every line as one cell in quotes. */
function refuseQuotedLines(header: CsvRecord, first: CsvRecord): void {
  if (header.cells.length > 1 || first.cells.length > 1) return;
  const columns = ({ cells: [cell = ''] }: CsvRecord): number =>
    cell.split(judgeDelimiter(header.cells[0] ?? '', true).delimiter).length;
  if (columns(header) < 2 || columns(first) < 2) return;
  const message =
    `Line ${header.lineNumber} is a single cell in quotes that holds a whole row, and so is the next; ` +
    'save the table again without quotes around whole lines.';
  throw new UnreadableFile('lines_in_quotes', message, { line: header.lineNumber, column: 1 });
}

const unknownDelimiter = (found: string): UnreadableFile =>
  new UnreadableFile(
    'unknown_delimiter',
    `The first line declares the delimiter "${found}"; a comma, a semicolon, a tab or a vertical bar is read.`,
    { line: 1, column: 1 },
  );

const doubtfulDelimiter = (delimiter: Delimiter): FileWarning => ({
  code: 'delimiter_doubtful',
  message: `The cells were cut at ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}, which does not fit all rows; if columns look wrong, say delimiter.`,
});
