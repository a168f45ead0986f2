import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { incompleteTail } from './decoded-text.js';
import { WordSample } from './word-sample.js';

/** Letters from which those of a stretch that is all UTF-8 are no longer counted but taken for a few. */
const ENOUGH = 1_000;
const FEW = 100;
/** Bytes after which a block is cut even where no word ends. */
const LONGEST = 1_048_576;

/**
 * What can be known of a file's encoding without decoding it: the whole file counts, not its beginning. Bytes that are
 * UTF-8 cost next to nothing; only where they are not is more looked at.
 */
export class ByteCensus {
  /** The first bytes. */
  head: Buffer = Buffer.alloc(0);
  utf8 = true;
  /** NUL bytes. */
  nuls = 0;
  /** How often each byte occurs in the stretches that are not UTF-8. */
  readonly histogram = new Uint32Array(256);
  /** Characters of more than one byte that are UTF-8. */
  utf8Letters = 0;
  /** Bytes above 0x7F that are no part of any. */
  strays = 0;
  readonly words = new WordSample();
  /** How often each byte occurs at even and at odd places, where there are NUL bytes. */
  readonly places: [even: Uint32Array, odd: Uint32Array] = [new Uint32Array(256), new Uint32Array(256)];
  private readonly hash = createHash('sha256');
  size = 0;

  /** Looks at every byte. */
  async take(bytes: AsyncIterable<Buffer>): Promise<this> {
    for await (const block of blocks(bytes)) {
      if (this.size === 0) this.head = Buffer.from(block.subarray(0, 8));
      this.hash.update(block);
      this.look(block);
      this.size += block.length;
    }
    return this;
  }

  /** SHA-256, hexadecimal; ask once. */
  digest(): string {
    return this.hash.digest('hex');
  }

  private look(block: Buffer): void {
    const utf8 = isUtf8(block);
    if (block.includes(0)) this.countPlaces(block);
    else if (!utf8) this.countLetters(block);
    else if (!isAscii(block)) this.utf8Letters += this.utf8Letters < ENOUGH ? utf8LettersIn(block) : FEW;
    if (!utf8) this.utf8 = false;
  }

  private countPlaces(block: Buffer): void {
    const [even, odd] = this.size % 2 === 0 ? this.places : [this.places[1], this.places[0]];
    for (let i = 0; i < block.length; i++) {
      const byte = block[i] ?? 0;
      if (byte === 0) this.nuls++;
      const counts = i % 2 === 0 ? even : odd;
      counts[byte] = (counts[byte] ?? 0) + 1;
    }
  }

  private countLetters(block: Buffer): void {
    let foreign = 0;
    for (let i = 0; i < block.length; i++) {
      const byte = block[i] ?? 0;
      this.histogram[byte] = (this.histogram[byte] ?? 0) + 1;
      if (byte > 0x7f) foreign++;
    }
    const text = block.toString('latin1');
    for (const [letter] of text.matchAll(UTF8_LETTER)) {
      this.utf8Letters++;
      foreign -= letter.length;
    }
    this.strays += foreign;
    this.words.add(text);
  }
}

const utf8LettersIn = (block: Buffer): number => block.toString('latin1').match(UTF8_LETTER)?.length ?? 0;

/** Latin and Cyrillic letters, and whatever takes three or four bytes; the rest is more likely to be chance. */
const UTF8_LETTER = /[\xc3-\xc9\xd0-\xd4][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

/** The bytes in blocks that end between two words wherever possible, so that neither a word nor a letter is cut. */
async function* blocks(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = wordEnd(all);
    if (end > 0) yield all.subarray(0, end);
    rest = Buffer.from(all.subarray(end));
  }
  if (rest.length > 0) yield rest;
}

/** Place behind the last byte that ends a word: a space, a line break, a comma… */
function wordEnd(bytes: Buffer): number {
  for (let end = bytes.length; end > 0; end--) {
    if ((bytes[end - 1] ?? 0) < 0x30) return end;
    if (bytes.length - end > LONGEST) return bytes.length - incompleteTail(bytes);
  }
  return bytes.length > LONGEST ? bytes.length - incompleteTail(bytes) : 0;
}
