import fc from 'fast-check';
import { utf8Text } from './utf8-text.js';

async function read(bytes: Buffer, chunk = 3): Promise<string> {
  const parts = (async function* () {
    for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk);
  })();
  let text = '';
  for await (const part of utf8Text(parts)) text += part;
  return text;
}

describe('the text of a UTF-8 file', () => {
  it('is what was encoded, wherever the chunks end, without the byte order mark', async () => {
    const text = fc
      .string({ unit: fc.constantFrom('a', 'ə', 'Ж', '王', '😀', '\n', '"') })
      .filter((t) => !t.startsWith('\ufeff'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (content, chunk, mark) => {
        expect(await read(Buffer.from((mark ? '\ufeff' : '') + content), chunk)).toBe(content);
      }),
      { numRuns: 500 },
    );
  });

  it.each([1, 2, 3, 64])('names line and column of the first byte that is none, in chunks of %i', async (chunk) => {
    const bytes = Buffer.concat([Buffer.from('ad,ölkə\nƏliyev,AZ\nabə'), Buffer.from([0xe9]), Buffer.from('x\n')]);
    await expect(read(bytes, chunk)).rejects.toMatchObject({ code: 'undecodable', errors: [{ line: 3, column: 4 }] });
  });

  it('names the place where the file is cut off within a character', async () => {
    await expect(read(Buffer.from('a\nbə').subarray(0, 4))).rejects.toMatchObject({ errors: [{ line: 2, column: 2 }] });
  });

  it('takes U+FFFD for what it is: a letter that was lost before', async () => {
    expect(await read(Buffer.from('Z\ufffdmr\ufffdd'))).toBe('Z\ufffdmr\ufffdd');
  });
});
