import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/**
 * A CSV file (RFC 4180: CRLF, quotes where needed) that is made while it is read, at constant memory. The byte order mark
 * tells spreadsheets that it is UTF-8. Guard the cells first; see `guardCell`.
 */
export function csvDownload(lines: AsyncIterable<string[]>): Readable {
  // By itself the library quotes no lone line feed where rows end in CRLF.
  const csv = stringify({ bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  // A fault while reading destroys `csv`, whose reader then learns of it; a reader that goes away ends the reading.
  pipeline(Readable.from(lines), csv, () => undefined);
  return csv;
}
