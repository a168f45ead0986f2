import { DELIMITERS, type Encoding, ENCODINGS } from '#imports';
import { encodeText } from '../support/encode-text.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

/** Headers and names in the languages of a list, as far as an encoding has their letters. */
const LISTS: Record<Encoding, string[][]> = {
  'utf-8': [
    ['Təşkilat', 'Ölkə', 'Əlaqədar şəxs', 'Qeyd'],
    ['Xəzər Körpüsü MMC', 'AZ', 'Gülşən Əliyeva', 'iki\nsətir'],
    ['Общество «Мост»', 'AZ', 'Гусейнова Айтэн', ''],
    ['Boğaziçi Köprüsü A.Ş.', 'TR', 'Işıl Yılmaz', ''],
  ],
  'utf-16le': [],
  'utf-16be': [],
  'windows-1251': [
    ['Организация', 'Страна', 'Контактное лицо', 'Примечание'],
    ['Общество «Мост»', 'AZ', 'Гусейнова Айтэн', 'две\nстроки'],
    ['Гавань № 5', 'RU', 'Юсиф Ёлкин', ''],
    ['Bridge', 'US', 'Carl B. Kress', ''],
  ],
  'windows-1252': [
    ['Organization', 'Country', 'Contact name', 'Notes'],
    ['Société Générale à Paris', 'FR', 'François Müller', 'two\nlines'],
    ['Câmara de Comércio', 'BR', 'João Gonçalves', ''],
    ['L’Œuvre – Zürich', 'CH', 'Noël Björk', ''],
  ],
  'windows-1254': [
    ['Kuruluş adı', 'Ülke', 'İlgili kişi', 'Açıklama'],
    ['Boğaziçi Köprüsü A.Ş.', 'TR', 'Işıl Yılmaz', 'iki\nsatır'],
    ['Çağdaş Müşavirlik', 'TR', 'Şükrü Doğan', ''],
    ['İstanbul Gümüş', 'TR', 'Ayşe Kılıçoğlu', ''],
  ],
};
LISTS['utf-16le'] = LISTS['utf-16be'] = LISTS['utf-8'];

const csv = (rows: string[][], delimiter: string, newline = '\r\n'): string =>
  rows.map((row) => row.map((cell) => (/[\n"]/.test(cell) ? `"${cell}"` : cell)).join(delimiter) + newline).join('');
const PAIRS = ENCODINGS.flatMap((encoding) => DELIMITERS.map((delimiter) => [encoding, delimiter] as const));

describe('files over HTTP', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  const upload = (file: string | Buffer, options: object = {}) =>
    staff
      .post('/v1/imports')
      .attach('file', Buffer.from(file as string), 'members.csv')
      .field('options', JSON.stringify({ target: 'members', ...options }));
  const rowsOf = async (id: string): Promise<string[][]> => {
    const rows = await api.database.query<{ cells: string[] }>(
      'SELECT cells FROM import_rows WHERE import_id = $1 ORDER BY row_number',
      [id],
    );
    return rows.map(({ cells }) => cells);
  };
  const nothingKept = async (): Promise<void> =>
    expect(await api.database.query('SELECT id FROM imports')).toHaveLength(0);

  describe('that are no list', () => {
    it.each<[string, Buffer | string, string, object]>([
      ['0 bytes', '', 'empty_file', { line: 1, column: 1 }],
      ['only blank lines', '\r\n\r\n ,,\r\n', 'empty_file', { line: 1, column: 1 }],
      ['a header alone', 'organization,country\r\n', 'no_rows', { line: 2, column: 1 }],
      ['an image', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'not_a_table', { line: 1, column: 1 }],
      ['NUL bytes', 'organization,country\nBridge,A\0Z\n', 'nul_byte', { line: 2, column: 9 }],
      [
        'bytes at random',
        Buffer.from(Array.from({ length: 4_000 }, (_, i) => ((i * i * 7 + i * 31) >> 3) & 255)),
        'nul_byte',
        { line: 1 },
      ],
      ['ten million columns', `organization${',x'.repeat(10_000_000)}\nBridge\n`, 'row_too_long', { line: 1 }],
      [
        'a broken byte in its 90,000th line',
        Buffer.concat([Buffer.from(`organization\n${'Körpü\n'.repeat(89_998)}Ca`), Buffer.from([0xff, 0x0a])]),
        'undecodable',
        { line: 90_000, column: 3 },
      ],
      [
        'an open quote in its 90,000th line',
        `organization,country\n${'Bridge,AZ\n'.repeat(89_998)}Harbour,"AZ\nX,AZ\n`,
        'unclosed_quote',
        { line: 90_000, column: 2 },
      ],
      ['lines in quotes', '"organization,country"\n"Bridge,AZ"\n', 'lines_in_quotes', { line: 1, column: 1 }],
    ])('are refused for %s, with the place, and leave nothing', async (_, file, code, place) => {
      const { body } = await upload(file).expect(422);
      expect(body).toMatchObject({ code, errors: [{ pointer: '/file', code, ...place }] });
      await nothingKept();
    });

    it('are refused for two columns of one meaning, with a way to choose that then works', async () => {
      const file = 'Organization,Email,Email,\nBridge,a@example.com,b@example.com,more\n';
      const { body } = await upload(file).expect(422);
      expect(body.errors).toMatchObject([{ code: 'duplicate_column', line: 1, column: 3 }]);
      expect(body.errors[0].message).toContain('mapping {"Email#2":"email"}');
      const chosen = await upload(file, { mapping: { 'Email#2': 'email', '#1': 'notes' } }).expect(202);
      expect(chosen.body.detected).toMatchObject({
        mapping: { Organization: 'organization', 'Email#2': 'email', '#1': 'notes' },
        unmapped: ['Email#1'],
      });
      await staff.post(`/v1/imports/${chosen.body.id}/cancel`).expect(200);
    });
  });

  it.each(PAIRS)(
    'in %s between %j come in letter by letter, and the answer says what they are',
    async (encoding, delimiter) => {
      const list = LISTS[encoding];
      const { body } = await upload(encodeText(csv(list, delimiter), encoding)).expect(202);
      expect(body.detected).toMatchObject({
        encoding,
        encodingSource: 'content',
        delimiter,
        delimiterSource: 'content',
        unmapped: [],
        warnings: [],
      });
      const fields = list[0]?.map((header) => body.detected.mapping[header] as string);
      expect(fields).toEqual(['organization', 'country', 'contactName', 'notes']);
      expect(await rowsOf(body.id)).toEqual(list.slice(1));
    },
  );

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('in %s may begin with a byte order mark', async (encoding) => {
    const list = LISTS[encoding];
    const { body } = await upload(encodeText(`\ufeff${csv(list, ';')}`, encoding)).expect(202);
    expect(body.detected).toMatchObject({ encoding, encodingSource: 'bom', warnings: [] });
    expect(body.detected.mapping).toHaveProperty('Təşkilat', 'organization');
    expect(await rowsOf(body.id)).toEqual(list.slice(1));
  });

  it.each(['\n', '\r\n', '\r'])('may end their lines with %j', async (newline) => {
    const { body } = await upload(csv(LISTS['utf-8'], ';', newline)).expect(202);
    expect(await rowsOf(body.id)).toEqual(LISTS['utf-8'].slice(1));
  });

  it.each([
    ['CP1251', 'windows-1251'],
    ['iso-8859-1', 'windows-1252'],
    ['latin5', 'windows-1254'],
    ['UTF-16', 'utf-16be'],
    ['utf8', 'utf-8'],
  ] as const)('are read as the client says: %s', async (label, encoding) => {
    const list = LISTS[encoding];
    const { body } = await upload(encodeText(csv(list, '|'), encoding), { encoding: label }).expect(202);
    expect(body.detected).toMatchObject({ encoding, encodingSource: 'given', warnings: [] });
    expect(await rowsOf(body.id)).toEqual(list.slice(1));
  });

  it('name line and column of what the encoding that the client says does not have', async () => {
    const file = Buffer.concat([Buffer.from('organization\nBridge\nCa'), Buffer.from([0x81, 0x0a])]);
    const { body } = await upload(file, { encoding: 'windows-1252' }).expect(422);
    expect(body).toMatchObject({ code: 'undecodable', errors: [{ pointer: '/file', line: 3, column: 3 }] });
  });

  it('are refused in an encoding there is none of, naming those there are, or that the file cannot have', async () => {
    const unknown = (await upload('organization\nBridge\n', { encoding: 'koi8-r' }).expect(422)).body;
    expect(unknown.errors).toMatchObject([{ pointer: '/options/encoding', code: 'unsupported_encoding' }]);
    for (const encoding of ENCODINGS) expect(unknown.errors[0].message).toContain(encoding);
    const marked = (await upload('\ufefforganization\nBridge\n', { encoding: 'cp1251' }).expect(422)).body;
    expect(marked.errors).toMatchObject([{ pointer: '/options/encoding', code: 'contradicted_encoding' }]);
  });

  it('never come in wrongly without a word', async () => {
    const close = (await upload(encodeText('organization\nŞahin\n', 'windows-1254')).expect(202)).body.detected;
    expect(close.warnings).toContainEqual(expect.objectContaining({ code: 'encoding_close', line: 2, column: 1 }));
    const twice = (await upload('organization\nBridge\nFranÃ§ois\n').expect(202)).body.detected;
    expect(twice.warnings).toMatchObject([{ code: 'mojibake', line: 3, column: 5 }]);
    expect(twice.warnings[0].message).toContain('FranÃ§ois');
  });

  it('may declare their delimiter in the first line, which counts as a line', async () => {
    const { body } = await upload('sep=;\r\nOrganization;Country\r\nBridge, Ltd;AZ\r\n').expect(202);
    expect(body.detected).toMatchObject({ delimiter: ';', delimiterSource: 'declared' });
    const [row] = await api.database.query<{ line_number: number }>(
      'SELECT line_number FROM import_rows WHERE import_id = $1',
      [body.id],
    );
    expect(row?.line_number).toBe(3);
  });
});
