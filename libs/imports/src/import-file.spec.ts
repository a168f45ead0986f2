import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { encodeText } from '../../../test/support/encode-text.js';
import { DELIMITERS } from './delimiter.js';
import type { Encoding } from './encodings.js';
import type { Detected } from './import.js';
import { ImportFile } from './import-file.js';

type Options = ConstructorParameters<typeof ImportFile>[1];

async function read(
  bytes: Buffer,
  options: Options = {},
  chunk = 65_536,
): Promise<{ rows: string[][]; detected: Detected }> {
  const content = {
    async *[Symbol.asyncIterator]() {
      for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk);
    },
  };
  const file = new ImportFile(content, options);
  const rows: string[][] = [];
  for await (const { cells } of await file.open()) rows.push(cells);
  return { rows: [file.header, ...rows], detected: await file.detected({ mapping: {}, unmapped: [] }) };
}

/** A list as people send it: names with letters of their own among plain ones. */
const listOf = (names: string[]): string =>
  `Company,City,Contact\n${names.map((name, i) => `Company ${i},Baku,${name}\n`).join('')}`;

const NAMES = {
  Azerbaijani: [
    'Əliyev',
    'Məmmədova',
    'Hüseynov',
    'Şahbazov',
    'Çingiz',
    'Gəncə',
    'Naxçıvan',
    'Sumqayıt',
    'Ağdam',
    'İsmayılov',
  ],
  Turkish: [
    'Şahin',
    'Yılmaz',
    'Erdoğan',
    'Güneş',
    'İstanbul',
    'Işık',
    'Kılıç',
    'Doğan',
    'ŞİŞLİ',
    'Gümüş',
    'Kadıoğlu',
    'İbrahim Ağa',
  ],
  Russian: ['Алиев', 'Мамедова', 'Общество «Мост»', 'Ёлкин', 'САЛАМ', 'Петров и сын', 'Гусейнова', 'Баку'],
  Ukrainian: ['Київ', 'Зеленська', 'Єлизавета', 'Їжак', 'Ґудзик', 'ТОВ «Міст»'],
  Western: [
    'Müller',
    'François',
    'José Núñez',
    'Göteborg',
    'São Paulo',
    'Noël',
    'Düsseldorf',
    'GRÖSSE',
    'Zürich',
    'Málaga',
  ],
  Icelandic: ['Sigurðardóttir', 'Þórarinsson', 'Hafnarfjörður', 'Guðrún', 'Garðabær', 'Ísafjörður', 'Þórður'],
  Czech: ['Žižka', 'Novotný', 'Šimek', 'Slaný', 'Dlouhý'],
};
const SPEAKS: [language: keyof typeof NAMES, ...encodings: Encoding[]][] = [
  ['Azerbaijani', 'utf-8', 'utf-16le', 'utf-16be'],
  ['Turkish', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1254'],
  ['Russian', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1251'],
  ['Ukrainian', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1251'],
  ['Western', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'],
  ['Icelandic', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'],
  ['Czech', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'],
];
const PAIRS = SPEAKS.flatMap(([language, ...encodings]) => encodings.map((encoding) => [language, encoding] as const));

describe('a file that is read', () => {
  it.each(PAIRS)('shows that it is %s in %s, without a doubt', async (language, encoding) => {
    const text = listOf(NAMES[language]);
    const { rows, detected } = await read(encodeText(text, encoding));
    expect(detected).toMatchObject({ encoding, encodingSource: 'content', warnings: [] });
    expect(rows.slice(1).map((row) => row[2])).toEqual(NAMES[language]);
  });

  it('comes to the letters that were written, detected or told, in any order, amount and chunk', async () => {
    const file = fc.constantFrom(...PAIRS).chain(([language, encoding]) =>
      fc.record({
        encoding: fc.constant(encoding),
        names: fc.shuffledSubarray(NAMES[language], { minLength: 4 }),
        plain: fc.array(fc.string({ unit: fc.constantFrom(..."abcXYZ -.'"), maxLength: 12 }), { maxLength: 20 }),
      }),
    );
    const delimiter = fc.constantFrom(...DELIMITERS);
    const newline = fc.constantFrom('\n', '\r\n', '\r');
    // A guess may be wrong, but never without a word; and where names tell the language it hardly ever is in doubt.
    let doubted = 0;
    await fc.assert(
      fc.asyncProperty(
        file,
        delimiter,
        newline,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (f, between, end, chunk, told) => {
          const names = [...f.plain, ...f.names].map((name, i) => [name, `a${between}"b"${end}c`, String(i)]);
          const table = [['Name', 'Notes', 'City'], ...names];
          const bytes = encodeText(
            stringify(table, { delimiter: between, record_delimiter: end, quoted_match: /[\r\n]/ }),
            f.encoding,
          );
          const { rows, detected } = await read(bytes, told ? { encoding: f.encoding, delimiter: between } : {}, chunk);
          const doubt = !told && detected.warnings.some(({ code }) => /^encoding/.test(code));
          if (doubt) doubted++;
          else expect(rows).toEqual(table);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(doubted).toBeLessThan(100);
  });

  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
  const MANY = `organization,country\n${'Bridge,AZ\n'.repeat(89_998)}`;

  it.each<[string, Buffer, Options, Encoding, object]>([
    [
      'one letter',
      latin('organization,country\nCaf\xe9,FR\n'),
      {},
      'windows-1252',
      { code: 'encoding_thin_evidence', line: 2, column: 4 },
    ],
    [
      'a letter that may be Ş or Þ',
      encodeText('organization\nŞahin\n', 'windows-1254'),
      {},
      'windows-1254',
      { code: 'encoding_close', line: 2, column: 1 },
    ],
    [
      'another encoding than the letters',
      encodeText(listOf(NAMES.Russian), 'windows-1251'),
      { encoding: 'latin1' },
      'windows-1252',
      { code: 'encoding_unlikely', line: 2 },
    ],
    [
      'UTF-8 told to be another, without traces',
      Buffer.from('name,x\nMəmmədov,y\n'),
      { encoding: 'cp1251' },
      'windows-1251',
      { code: 'encoding_unlikely', line: 2, column: 2 },
    ],
    [
      'UTF-8 told to be another',
      Buffer.from('name,x\nb,y\na François,y\n'),
      { encoding: 'cp1252' },
      'windows-1252',
      { code: 'mojibake', line: 3, column: 7 },
    ],
    [
      'UTF-8 encoded twice',
      Buffer.from('name,x\nx MÉ™mmÉ™dov,y\n'),
      {},
      'utf-8',
      { code: 'mojibake', line: 2, column: 4 },
    ],
    [
      'Russian decoded wrongly',
      Buffer.from('name,x\nÐ¡Ð°Ð»Ð°Ð¼,y\n'),
      {},
      'utf-8',
      { code: 'mojibake', line: 2, column: 1 },
    ],
    [
      'Russian decoded wrongly as Russian',
      Buffer.from('name,x\nРЎР°Р»Р°Рј,y\n'),
      {},
      'utf-8',
      { code: 'mojibake', line: 2, column: 1 },
    ],
    ['Ç decoded wrongly', Buffer.from('name,x\nÃ‡ingiz,y\n'), {}, 'utf-8', { code: 'mojibake', line: 2, column: 1 }],
    [
      'letters lost before',
      Buffer.from('name,x\nZ\ufffdmr\ufffdd,y\n'),
      {},
      'utf-8',
      { code: 'lost_characters', line: 2, column: 2 },
    ],
    ['rows of another length', Buffer.from('a,b,c\n1\n2\n3\n'), {}, 'utf-8', { code: 'delimiter_doubtful' }],
  ])('warns of %s', async (_, bytes, options, encoding, warning) => {
    const { detected } = await read(bytes, options);
    expect(detected.encoding).toBe(encoding);
    expect(detected.warnings).toContainEqual(expect.objectContaining(warning));
  });

  it('is known in spite of letters that could be UTF-8 by chance', async () => {
    const bytes = encodeText('name;country\n«СССР»;RU\nСёмин;RU\n', 'windows-1251');
    expect((await read(bytes)).detected.encoding).toBe('windows-1251');
  });

  it('takes odd but honest capitals and quotes for what they are', async () => {
    const text = 'name,x\n„HAMÄ“ «CAFÉ» “MENÜ” Сёмин Рёв «С» IRMÃO Åland É. Ø,y\n';
    expect((await read(Buffer.from(text))).detected.warnings).toEqual([]);
  });

  it('is judged as a whole: the only letter beyond ASCII may be in the 90,000th line', async () => {
    const { rows, detected } = await read(encodeText(`${MANY}Общество «Мост»,AZ\n`, 'windows-1251'));
    expect(detected).toMatchObject({ encoding: 'windows-1251', warnings: [] });
    expect(rows.at(-1)).toEqual(['Общество «Мост»', 'AZ']);
  });

  it.each<[string, Buffer, Options, string, object]>([
    [
      'a broken byte in its 90,000th line',
      latin(`${MANY}Ca\xffx,FR\n`),
      {},
      'undecodable',
      { line: 90_000, column: 3 },
    ],
    [
      'a byte that is no UTF-8 among letters that are',
      Buffer.concat([Buffer.from(MANY.replaceAll('B', 'Ə')), latin('Caf\xe9,FR\n')]),
      {},
      'undecodable',
      { line: 90_000, column: 4 },
    ],
    [
      'a byte without meaning in what it is said to be',
      latin('a,b\nx,\x98\n'),
      { encoding: 'cp1251' },
      'undecodable',
      { line: 2, column: 3 },
    ],
    [
      'KOI8-R',
      latin('a,b\n\xed\xcf\xd3\xcb\xd7\xc1,\xf3\xc1\xcc\xc1\xcd\n'),
      {},
      'undecodable',
      { line: 2, column: 1 },
    ],
    [
      'an odd byte at the end of UTF-16',
      Buffer.concat([encodeText('a,b\n1,2\n', 'utf-16le'), latin('x')]),
      {},
      'undecodable',
      { line: 3, column: 1 },
    ],
    [
      'half a surrogate pair',
      encodeText('\ufeffa,b\n1,\ud83d2\n', 'utf-16be'),
      {},
      'undecodable',
      { line: 2, column: 3 },
    ],
    ['a NUL byte', latin('a,b\n1,x\0\n'), {}, 'nul_byte', { line: 2, column: 4 }],
    ['a NUL character in UTF-16', encodeText('\ufeffa,b\n1,x\0\n', 'utf-16le'), {}, 'nul_byte', { line: 2, column: 4 }],
    ['an image', latin('\x89PNG\r\n\x1a\n'), {}, 'not_a_table', { line: 1, column: 1 }],
    [
      'a web page',
      latin('<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<table>'),
      {},
      'not_a_table',
      { line: 1, column: 1 },
    ],
    ['text in UTF-32', latin('\xff\xfe\0\0a\0\0\0'), {}, 'not_a_table', { line: 1, column: 1 }],
    ['nothing but a byte order mark', latin('\xff\xfe'), {}, 'empty_file', { line: 1, column: 1 }],
    [
      'lines in quotes',
      Buffer.from('"name;""country"""\n"Bridge;AZ"\n'),
      {},
      'lines_in_quotes',
      { line: 1, column: 1 },
    ],
    [
      'a declared delimiter that is none',
      Buffer.from('sep=^\na^b\n1^2\n'),
      {},
      'unknown_delimiter',
      { line: 1, column: 1 },
    ],
    ['a million columns', Buffer.from(`a${',x'.repeat(1_000_000)}`), {}, 'row_too_long', { line: 1 }],
  ])('is refused for %s, with the place', async (_, bytes, options, code, place) => {
    await expect(read(bytes, options)).rejects.toMatchObject({ code, errors: [{ pointer: '/file', ...place }] });
  });

  it.each<[string, Buffer, string]>([
    ['its byte order mark', Buffer.from('\ufeffa,b\n1,2\n'), 'cp1251'],
    ['the byte order', encodeText('a,b\n1,2\n', 'utf-16be'), 'utf-16le'],
    ['having no NUL bytes', Buffer.from('a,b\n1,2\n'), 'utf-16'],
    ['having NUL bytes', encodeText('a,b\n1,2\n', 'utf-16le'), 'utf-8'],
  ])('contradicts what the client says by %s', async (_, bytes, encoding) => {
    await expect(read(bytes, { encoding })).rejects.toMatchObject({
      errors: [{ pointer: '/options/encoding', code: 'contradicted_encoding' }],
    });
  });

  it('may declare its delimiter in a first line, as Excel does; the client goes before it', async () => {
    const declared = await read(encodeText('\ufeffsep=;\r\na;b,c\r\n1;2,3\r\n', 'utf-16le'));
    expect(declared).toMatchObject({
      rows: [
        ['a', 'b,c'],
        ['1', '2,3'],
      ],
      detected: { delimiter: ';', delimiterSource: 'declared' },
    });
    const given = await read(Buffer.from('"sep=;"\na;b,c\n1;2,3\n'), { delimiter: ',' });
    expect(given).toMatchObject({
      rows: [
        ['a;b', 'c'],
        ['1;2', '3'],
      ],
      detected: { delimiterSource: 'given', warnings: [] },
    });
  });

  it('may hold a single column, with commas in quotes', async () => {
    expect((await read(Buffer.from('name\n"Bridge, Ltd"\n'))).rows).toEqual([['name'], ['Bridge, Ltd']]);
  });
});
