import { isUtf8 } from 'node:buffer';
import { CODE_PAGES, type CodePage, type Encoding, HOLE, isCodePage } from './encodings.js';

const BOM = '\ufeff';

/** Bytes that mean nothing in the encoding; the text before them has been handed out. */
export class UndecodableBytes extends Error {}

/** Turns bytes into text, chunk by chunk; keeps what a chunk begins and does not end. */
interface Decoder {
  /** The text up to the first byte that means nothing, and whether there is such a byte. */
  decode(chunk: Buffer): { text: string; broken: boolean };
  /** Whether the last character lacks bytes. */
  unfinished(): boolean;
}

/**
 * The text of a file, each byte decoded once, without its byte order mark. Where a byte means nothing the text ends
 * and UndecodableBytes is thrown; nothing is ever replaced.
 */
export async function* decodedText(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let first = true;
  for await (const chunk of bytes) {
    const { text, broken } = decoder.decode(chunk);
    if (text !== '') yield first && text.startsWith(BOM) ? text.slice(1) : text;
    if (broken) throw new UndecodableBytes();
    first = first && text === '';
  }
  if (decoder.unfinished()) throw new UndecodableBytes();
}

function decoderOf(encoding: Encoding): Decoder {
  if (isCodePage(encoding)) return new CodePageDecoder(encoding);
  return encoding === 'utf-8' ? new Utf8Decoder() : new Utf16Decoder(encoding === 'utf-16be');
}

/** UTF-8 (RFC 3629). */
class Utf8Decoder implements Decoder {
  private rest: Buffer = Buffer.alloc(0);

  decode(chunk: Buffer): { text: string; broken: boolean } {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = all.subarray(0, all.length - incompleteTail(all));
    this.rest = Buffer.from(all.subarray(whole.length));
    if (isUtf8(whole)) return { text: whole.toString('utf8'), broken: false };
    return { text: whole.subarray(0, validLength(whole)).toString('utf8'), broken: true };
  }

  unfinished(): boolean {
    return this.rest.length > 0;
  }
}

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

/** Bytes at the end that begin a character of UTF-8 without ending it. */
export function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** UTF-16 (RFC 2781) in either byte order; half a surrogate pair means nothing. */
class Utf16Decoder implements Decoder {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly swapped: boolean) {}

  decode(chunk: Buffer): { text: string; broken: boolean } {
    const all = Buffer.concat([this.rest, chunk]);
    const even = all.length - (all.length % 2);
    if (this.swapped) all.subarray(0, even).swap16();
    const end = even - (isHighSurrogate(all, even - 2) ? 2 : 0);
    this.rest = Buffer.from(all.subarray(end));
    // The rest is swapped again with the next chunk.
    if (this.swapped && end < even) this.rest.subarray(0, 2).swap16();
    const text = all.toString('utf16le', 0, end);
    const lone = /\p{Surrogate}/u.exec(text);
    return lone ? { text: text.slice(0, lone.index), broken: true } : { text, broken: false };
  }

  unfinished(): boolean {
    return this.rest.length > 0;
  }
}

const isHighSurrogate = (bytes: Buffer, at: number): boolean => at >= 0 && ((bytes[at + 1] ?? 0) & 0xfc) === 0xd8;

/** One byte, one character. */
class CodePageDecoder implements Decoder {
  private readonly table = new Uint16Array(256);
  private readonly holes: number[];

  constructor(page: CodePage) {
    for (let byte = 0; byte < 256; byte++) {
      this.table[byte] = byte < 0x80 ? byte : CODE_PAGES[page].charCodeAt(byte - 0x80);
    }
    this.holes = [...this.table.keys()].filter((byte) => this.table[byte] === HOLE.charCodeAt(0));
  }

  decode(chunk: Buffer): { text: string; broken: boolean } {
    const places = this.holes.map((byte) => chunk.indexOf(byte)).filter((at) => at >= 0);
    const end = Math.min(chunk.length, ...places);
    const units = new Uint16Array(end);
    for (let i = 0; i < end; i++) units[i] = this.table[chunk[i] ?? 0] ?? 0;
    return { text: Buffer.from(units.buffer).toString('utf16le'), broken: places.length > 0 };
  }

  unfinished(): boolean {
    return false;
  }
}

/** Line and column, both from 1, of the character behind a text; CRLF, LF and CR end a line. */
export class TextPlace {
  line = 1;
  column = 1;
  private afterReturn = false;

  advance(text: string): this {
    let last = 0;
    for (const { 0: mark, index } of text.matchAll(/\r\n|\n|\r/g)) {
      const joined = index === 0 && mark === '\n' && this.afterReturn;
      if (!joined) this.line++;
      [last, this.column] = [index + mark.length, 1];
    }
    this.column += [...text.slice(last)].length;
    if (text !== '') this.afterReturn = text.endsWith('\r');
    return this;
  }
}

/** The place where the text of a file stops: behind `length` characters (UTF-16 units), or where it cannot be decoded. */
export async function placeIn(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
  length = Infinity,
): Promise<{ line: number; column: number }> {
  const place = new TextPlace();
  let left = length;
  try {
    for await (const text of decodedText(bytes, encoding)) {
      place.advance(text.slice(0, left));
      left -= text.length;
      if (left <= 0) break;
    }
  } catch (error) {
    if (!(error instanceof UndecodableBytes)) throw error;
  }
  return { line: place.line, column: place.column };
}

/** The place of the first character beyond ASCII in a text that can be decoded. */
export async function foreignPlaceIn(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
): Promise<{ line: number; column: number } | undefined> {
  let before = 0;
  for await (const text of decodedText(bytes, encoding)) {
    const at = text.search(/[^\p{ASCII}]/u);
    if (at >= 0) return placeIn(bytes, encoding, before + at);
    before += text.length;
  }
  return undefined;
}
