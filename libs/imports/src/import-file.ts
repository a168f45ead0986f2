import { createHash } from 'node:crypto';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { type Delimiter, scoreDelimiter } from './delimiter.js';
import { FileTooLarge, UnreadableFile } from './imports.errors.js';
import { utf8Text } from './utf8-text.js';

/** Bytes of the largest file. */
const MAX_FILE = 1_073_741_824;
/** Characters from which the delimiter is judged. */
const SAMPLE = 65_536;

/** A CSV file that is being read once, from its first byte to its last, at constant memory. */
export class ImportFile {
  /** Known after the last row. */
  bytes = 0;
  /** Known as soon as the header is. */
  delimiter: Delimiter;
  header: string[] = [];
  private readonly hash = createHash('sha256');

  constructor(
    private readonly source: AsyncIterable<Buffer>,
    private readonly given?: Delimiter,
  ) {}

  /** SHA-256, hexadecimal; ask once, after the last row. */
  digest(): string {
    return this.hash.digest('hex');
  }

  /** Reads the header, then answers the rows below it. Throws UnreadableFile, FileTooLarge. */
  async open(): Promise<AsyncIterable<CsvRecord>> {
    const text = utf8Text(this.metered());
    const sample = await this.sample(text);
    this.delimiter = this.given ?? scoreDelimiter(sample.text, sample.complete);
    const records = csvRecords(chained(sample.text, text), this.delimiter);
    const first = await records.next();
    if (first.done) throw new UnreadableFile('empty_file', 'The file is empty.', { line: 1 });
    this.header = first.value.cells.map((cell) => cell.trim());
    return this.demandRows(records);
  }

  private async *demandRows(records: AsyncGenerator<CsvRecord>): AsyncGenerator<CsvRecord> {
    let any = false;
    for await (const record of records) {
      any = true;
      yield record;
    }
    if (!any) throw new UnreadableFile('no_rows', 'The file has a header but no rows below it.', { line: 2 });
  }

  private async *metered(): AsyncGenerator<Buffer> {
    for await (const chunk of this.source) {
      this.bytes += chunk.length;
      if (this.bytes > MAX_FILE) throw new FileTooLarge(MAX_FILE);
      this.hash.update(chunk);
      yield chunk;
    }
  }

  private async sample(text: AsyncGenerator<string>): Promise<{ text: string; complete: boolean }> {
    let start = '';
    while (start.length < SAMPLE) {
      const next = await text.next();
      if (next.done) return { text: start, complete: true };
      start += next.value;
    }
    return { text: start, complete: false };
  }
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
