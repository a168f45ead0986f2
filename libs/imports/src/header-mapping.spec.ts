import { foldHeader, mapHeader } from './header-mapping.js';

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
      unmapped: ['Colour', ''],
      columns: ['organization', null, null],
    });
  });

  it('follows the client before its own knowledge', () => {
    expect(mapHeader(['Company', 'Firm'], FIELDS, { company: null, FIRM: 'organization' }).columns).toEqual([
      null,
      'organization',
    ]);
  });

  it('folds I and ı, İ and i', () => {
    expect(new Set(['ADI', 'adı', 'Adi', 'ADİ'].map(foldHeader)).size).toBe(1);
  });
});
