import type { MappedRow } from '#imports';
import { countryCode } from './import-countries.js';
import { MEMBER_FIELDS } from './import-fields.js';
import { readRow } from './import-row.js';

/** A row as the hub hands it over: clean texts by field, nothing wrong with the cells. */
const mappedRow = (texts: Record<string, string>): MappedRow => ({
  rowNumber: 1,
  texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
  problems: [],
});
const TIERS = new Map([['gold', '01920000-0000-7000-8000-000000000001']]);
const read = (texts: Record<string, string>, dateOrder?: 'dmy' | 'mdy') =>
  readRow(mappedRow(texts), { dateOrder, tiers: TIERS, header: (field) => field });
const problemsOf = (texts: Record<string, string>) => {
  const answer = read({ organization: 'Bridge', ...texts });
  return 'problems' in answer ? answer.problems.map(({ column, code }) => [column, code]) : [];
};

describe('a row of a members list', () => {
  it('needs an organization with a name that can be found again', () => {
    expect(problemsOf({ organization: '' })).toEqual([['organization', 'required']]);
    expect(problemsOf({ organization: '–––' })).toEqual([['organization', 'no_letters']]);
    expect(problemsOf({})).toEqual([]);
  });

  it('tells every problem at once', () => {
    expect(
      problemsOf({ email: 'a@@b.example.com', country: 'Atlantis', contactName: 'X', phone: 'CALL', tier: 'diamond' }),
    ).toEqual([
      ['country', 'unknown_country'],
      ['phone', 'bad_phone'],
      ['email', 'bad_email'],
      ['tier', 'unknown_tier'],
      ['startsOn', 'required'],
      ['endsOn', 'required'],
    ]);
  });

  it('says nothing of cells whose columns may have shifted', () => {
    const problems = [{ column: null, code: 'ragged_row', message: '' }];
    expect(readRow({ ...mappedRow({}), problems }, { tiers: TIERS, header: () => null })).toEqual({ problems });
  });

  it('takes the printed name of the contact, or puts it together, and never takes it apart', () => {
    const person = (texts: Record<string, string>) => {
      const answer = read({ organization: 'Bridge', ...texts });
      return 'row' in answer ? answer.row.person : undefined;
    };
    expect(person({ contactName: 'Su Le' })).toEqual({ full_name: 'Su Le' });
    expect(person({ givenName: 'Elnur', familyName: 'Əliyev' })).toEqual({
      full_name: 'Elnur Əliyev',
      given_name: 'Elnur',
      family_name: 'Əliyev',
    });
    expect(person({ contactName: 'Elnur R. Əliyev', givenName: 'Elnur' })).toMatchObject({
      full_name: 'Elnur R. Əliyev',
    });
    expect(person({})).toBeNull();
  });

  it('cannot have an address, a telephone or a title without a contact', () => {
    expect(problemsOf({ email: 'a@example.com', phone: '123', title: 'Director', locale: 'az' })).toEqual([
      ['email', 'contact_without_name'],
      ['phone', 'contact_without_name'],
      ['title', 'contact_without_name'],
    ]);
  });

  it('has a whole membership or none', () => {
    const dates = { startsOn: '2026-01-01', endsOn: '2026-12-31' };
    expect(problemsOf({ tier: 'Gold', ...dates })).toEqual([]);
    expect(problemsOf(dates)).toEqual([['tier', 'required']]);
    expect(problemsOf({ tier: 'gold', startsOn: '2026-01-01', endsOn: '2025-12-31' })).toEqual([
      ['endsOn', 'ends_before_start'],
    ]);
    expect(problemsOf({ tier: 'gold', joinedOn: '2026-02-01', ...dates })).toEqual([
      ['joinedOn', 'joined_after_start'],
    ]);
  });

  it.each([
    ['AZ', 'AZ'],
    ['aze', 'AZ'],
    ['Azərbaycan', 'AZ'],
    ['АЗЕРБАЙДЖАН', 'AZ'],
    ['azerbaycan', 'AZ'],
    ['U.S.A.', 'US'],
    ['Amerika Birləşmiş Ştatları', 'US'],
    ['США', 'US'],
    ['ABD', 'US'],
    ['Türkiye', 'TR'],
    ['TÜRKİYƏ', 'TR'],
    ['Atlantis', undefined],
    ['XX', undefined],
  ])('understands the country %s', (text, code) => expect(countryCode(text)).toBe(code));

  it('never has one header for two fields', () => {
    const names = MEMBER_FIELDS.flatMap((field) => [
      ...new Set([field.name, ...field.headers].map((h) => h.toLowerCase())),
    ]);
    const doubled = names.filter((name, i) => names.indexOf(name) !== i);
    expect(doubled).toEqual([]);
  });
});
