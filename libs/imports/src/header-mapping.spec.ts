import { columnNames, foldHeader, mapHeader } from './header-mapping.js';

const FIELDS = [
  { name: 'organization', headers: ['Company', 'Təşkilat', 'Организация', 'Şirkət adı'], required: true },
  { name: 'startsOn', headers: ['Start date', 'Başlama tarixi', 'Дата начала'] },
];
const fieldsOf = (...header: string[]): (string | null)[] => mapHeader(header, FIELDS).columns;

describe('the header of a file', () => {
  it.each([
    ['organization', 'starts_on'],
    ['ORGANIZATION', 'Starts On'],
    ['Company', 'START-DATE'],
    ['TƏŞKİLAT', 'başlama_tarixi'],
    ['Şirkət  Adı', 'BAŞLAMA TARİXİ'],
    ['организация', 'ДАТА НАЧАЛА'],
    ['"Organization"', ' startsOn '],
  ])('is recognised as %s, %s', (organization, start) => {
    expect(fieldsOf(organization, start)).toEqual(['organization', 'startsOn']);
  });

  it('leaves out what it does not know, empty headers too', () => {
    expect(mapHeader(['Company', 'Colour', ''], FIELDS)).toEqual({
      mapping: { Company: 'organization' },
      unmapped: ['Colour', '#1'],
      columns: ['organization', null, null],
    });
  });

  it('follows the client before its own knowledge', () => {
    expect(mapHeader(['Company', 'Firm'], FIELDS, { company: null, FIRM: 'organization' }).columns).toEqual([
      null,
      'organization',
    ]);
  });

  it('lets a column that is only recognised give way to the one the client names', () => {
    expect(mapHeader(['Company', 'Firm'], FIELDS, { Firm: 'organization' })).toMatchObject({
      mapping: { Firm: 'organization' },
      unmapped: ['Company'],
    });
  });

  it('numbers columns of one header, and columns without; the client may name them so', () => {
    const header = ['Company', '', 'company', 'Start', '', 'Phone #2'];
    expect(columnNames(header)).toEqual(['Company#1', '#1', 'company#2', 'Start', '#2', 'Phone #2']);
    const fields = [...FIELDS, { name: 'phone', headers: [] }];
    const given = { 'COMPANY#2': 'organization', '#2': 'startsOn', 'phone #2': 'phone' };
    expect(mapHeader(header, fields, given)).toEqual({
      mapping: { 'company#2': 'organization', '#2': 'startsOn', 'Phone #2': 'phone' },
      unmapped: ['Company#1', '#1', 'Start'],
      columns: [null, null, 'organization', null, 'startsOn', 'phone'],
    });
    expect(mapHeader(header, fields, mapHeader(header, fields, given).mapping).columns).toEqual([
      ...[null, null, 'organization', null, 'startsOn', 'phone'],
    ]);
  });

  it('means all columns by a header without a number, but for those that have a say of their own', () => {
    expect(
      mapHeader(['Company', 'Company', 'Company', 'Firm'], FIELDS, { Company: null, 'Company#2': 'organization' })
        .columns,
    ).toEqual([null, 'organization', null, null]);
  });

  it('that comes twice is refused, and the answer shows how to choose', () => {
    const errors = [
      { code: 'duplicate_column', column: 2, message: expect.stringContaining('{"Company#2":"organization"}') },
    ];
    expect(() => mapHeader(['Company', 'Company'], FIELDS)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining(errors[0])] }),
    );
    expect(() => mapHeader(['Company'], FIELDS, { 'Company#2': 'organization' })).toThrow(/no column "Company#2"/);
  });

  it('folds I and ı, İ and i', () => {
    expect(new Set(['ADI', 'adı', 'Adi', 'ADİ'].map(foldHeader)).size).toBe(1);
  });
});
