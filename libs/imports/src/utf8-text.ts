import { isUtf8 } from 'node:buffer';
import { UnreadableFile } from './imports.errors.js';

const BOM = '\ufeff';
/** First bytes of files that people mistake for a table. */
const SIGNATURES: [bytes: string, what: string][] = [
  ['504b0304', 'a ZIP archive or an .xlsx workbook'],
  ['d0cf11e0', 'an .xls workbook'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['25504446', 'a PDF document'],
  ['1f8b', 'a gzip archive'],
];
const WIDE: [bytes: string, name: string][] = [
  ['fffe', 'UTF-16 LE'],
  ['feff', 'UTF-16 BE'],
];

/**
 * Text of a UTF-8 file (RFC 3629) chunk by chunk, without its byte order mark. Throws UnreadableFile that names the
 * line and column of the first byte that is no UTF-8, or of a NUL; never replaces anything.
 */
export async function* utf8Text(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let [line, column, first] = [1, 1, true];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (first) refuseKnownBinaries(all);
    const end = all.length - incompleteTail(all);
    const text = decode(all.subarray(0, end), line, column);
    [line, column] = advance(text, line, column);
    rest = Buffer.from(all.subarray(end));
    yield first && text.startsWith(BOM) ? text.slice(1) : text;
    first = first && text === '';
  }
  if (rest.length > 0) throw undecodable(line, column);
}

function refuseKnownBinaries(bytes: Buffer): void {
  const start = bytes.subarray(0, 8).toString('hex');
  const binary = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (binary) {
    throw new UnreadableFile('not_a_table', `The file is ${binary[1]}, not CSV; save the table as CSV in UTF-8.`, {
      line: 1,
      column: 1,
    });
  }
  const wide = WIDE.find(([mark]) => start.startsWith(mark));
  if (!wide) return;
  throw new UnreadableFile('unsupported_encoding', `The file is ${wide[1]}; save it as CSV in UTF-8.`, {
    line: 1,
    column: 1,
  });
}

function decode(bytes: Buffer, line: number, column: number): string {
  if (isUtf8(bytes)) {
    if (!bytes.includes(0)) return bytes.toString('utf8');
    const [l, c] = advance(bytes.subarray(0, bytes.indexOf(0)).toString('utf8'), line, column);
    throw new UnreadableFile('nul_byte', `There is a NUL byte in line ${l}, column ${c}; the file is not plain text.`, {
      line: l,
      column: c,
    });
  }
  const [l, c] = advance(bytes.subarray(0, validLength(bytes)).toString('utf8'), line, column);
  throw undecodable(l, c);
}

const undecodable = (line: number, column: number): UnreadableFile =>
  new UnreadableFile(
    'undecodable',
    `Line ${line}, column ${column} is not UTF-8. The file has another encoding, or is damaged; save it as CSV in UTF-8.`,
    { line, column },
  );

/** Length of the longest prefix that is UTF-8, by bisection: a prefix of a whole number of characters stays valid. */
function validLength(bytes: Buffer): number {
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - incompleteTail(prefix)))) low = middle;
    else high = middle - 1;
  }
  return low - incompleteTail(bytes.subarray(0, low));
}

/** Bytes at the end that begin a character without ending it. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Place after a text that began at a place. */
function advance(text: string, line: number, column: number): [line: number, column: number] {
  let [lines, last] = [0, -1];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) [lines, last] = [lines + 1, at];
  return [line + lines, last < 0 ? column + text.length : text.length - last];
}
