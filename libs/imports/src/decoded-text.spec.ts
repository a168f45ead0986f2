import fc from 'fast-check';
import { encodeText } from '../../../test/support/encode-text.js';
import { decodedText, placeIn, UndecodableBytes } from './decoded-text.js';
import { CODE_PAGES, type Encoding, ENCODINGS, HOLE } from './encodings.js';

const chunks = (bytes: Buffer, size: number): AsyncIterable<Buffer> => ({
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
  },
});

async function read(bytes: Buffer, encoding: Encoding, size = 3): Promise<string> {
  let text = '';
  for await (const part of decodedText(chunks(bytes, size), encoding)) text += part;
  return text;
}

/** Letters and signs each encoding has. */
const ALPHABETS: Record<Encoding, string[]> = {
  'utf-8': [...'aəЖ王😀\n"\r\ufffd'],
  'utf-16le': [...'aəЖ王😀\n"\r\ufffd'],
  'utf-16be': [...'aəЖ王😀\n"\r\ufffd'],
  'windows-1251': [...`a\n"\r${CODE_PAGES['windows-1251'].replaceAll(HOLE, '')}`],
  'windows-1252': [...`a\n"\r${CODE_PAGES['windows-1252'].replaceAll(HOLE, '')}`],
  'windows-1254': [...`a\n"\r${CODE_PAGES['windows-1254'].replaceAll(HOLE, '')}`],
};

describe('the text of a file', () => {
  it.each(ENCODINGS)('in %s is what was encoded, wherever the chunks end', async (encoding) => {
    const text = fc.string({ unit: fc.constantFrom(...ALPHABETS[encoding]), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (content, size) => {
        expect(await read(encodeText(content, encoding), encoding, size)).toBe(content);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('in %s comes without its byte order mark', async (encoding) => {
    expect(await read(encodeText('\ufeffBakı', encoding), encoding, 1)).toBe('Bakı');
  });

  it.each<[string, Encoding, Buffer, object]>([
    [
      'another encoding',
      'utf-8',
      Buffer.concat([Buffer.from('ad\nabə'), Buffer.from([0xe9, 0x78])]),
      { line: 2, column: 4 },
    ],
    ['half a character at its end', 'utf-8', Buffer.from('a\nbə').subarray(0, 4), { line: 2, column: 2 }],
    ['a byte without meaning', 'windows-1252', Buffer.from('a\r\nb\x81', 'latin1'), { line: 2, column: 2 }],
    ['Ž', 'windows-1254', Buffer.from('a\rb\x8e', 'latin1'), { line: 2, column: 2 }],
    ['the hole of Windows-1251', 'windows-1251', Buffer.from('\x98', 'latin1'), { line: 1, column: 1 }],
    ['an odd byte at its end', 'utf-16le', Buffer.from('a\0b\0c', 'latin1'), { line: 1, column: 3 }],
    ['half a surrogate pair', 'utf-16be', encodeText('a\n😀\ud83dx', 'utf-16be'), { line: 2, column: 2 }],
    ['half a surrogate pair at its end', 'utf-16le', encodeText('a\ud83d', 'utf-16le'), { line: 1, column: 2 }],
  ])('ends at %s, and the place is known', async (_, encoding, bytes, place) => {
    for (const size of [1, 2, 3, 64]) {
      await expect(read(bytes, encoding, size)).rejects.toThrow(UndecodableBytes);
      expect(await placeIn(chunks(bytes, size), encoding)).toEqual(place);
    }
  });

  it('knows the place behind a number of characters', async () => {
    const bytes = Buffer.from('ad\r\nölkə\rƏ😀l');
    for (const size of [1, 2, 64])
      expect(await placeIn(chunks(bytes, size), 'utf-8', 12)).toEqual({ line: 3, column: 3 });
  });
});
