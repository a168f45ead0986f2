import { Invalid } from '#faults';
import {
  type DateText,
  futureFaults,
  isPartialDate,
  type KnownDate,
  knownDate,
  knownText,
  UNKNOWN_DATE,
} from './agreement-date.js';

const AT = { on: '/signedOn', from: '/signedFrom', to: '/signedTo', precision: '/datePrecision' };
const DAY: KnownDate = { from: '2026-03-11', to: '2026-03-11', precision: 'day' };
const MARCH: KnownDate = { from: '2026-03-01', to: '2026-03-31', precision: 'month' };
const VISIT: KnownDate = { from: '2026-03-08', to: '2026-03-11', precision: 'window' };
const known = (text: DateText, stored = UNKNOWN_DATE) => knownDate(text, stored, AT);

function faults(text: DateText, stored = UNKNOWN_DATE): string[] {
  try {
    known(text, stored);
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
}

describe('the date of an agreement', () => {
  it.each<[string, DateText, KnownDate]>([
    ['a day', { on: '2026-03-11' }, DAY],
    ['a month', { on: '2026-03' }, MARCH],
    ['the month of a day', { on: '2026-03-11', precision: 'month' }, MARCH],
    ['a short month', { on: '2024-02' }, { from: '2024-02-01', to: '2024-02-29', precision: 'month' }],
    ['a year', { on: '2025' }, { from: '2025-01-01', to: '2025-12-31', precision: 'year' }],
    ['a window', { from: '2026-03-08', to: '2026-03-11' }, VISIT],
    ['nothing', { precision: 'unknown' }, UNKNOWN_DATE],
  ])('may be known as %s', (_what, text, expected) => expect(known(text)).toEqual(expected));

  it.each<[string | null, KnownDate]>([
    ['2026-03-11', DAY],
    ['2026-03', MARCH],
    ['2025', known({ on: '2025' })],
    ['2026-03-08/2026-03-11', VISIT],
    [null, UNKNOWN_DATE],
  ])('is told as %s, in no more figures than are known', (text, date) => expect(knownText(date)).toBe(text));

  it('stays where a change does not speak of it, and goes where it is cleared', () => {
    expect(known({}, VISIT)).toBe(VISIT);
    expect(known({ on: null }, DAY)).toBe(UNKNOWN_DATE);
    expect(known({ precision: null }, DAY)).toBe(UNKNOWN_DATE);
  });

  it('may become less exact by itself, and more exact only with a date', () => {
    expect(known({ precision: 'month' }, DAY)).toEqual(MARCH);
    expect(faults({ precision: 'day' }, MARCH)).toEqual(['/signedOn required']);
    expect(known({ on: '2026-03-11' }, MARCH)).toEqual(DAY);
  });

  it('lets one end of a window move', () => {
    expect(known({ to: '2026-03-09' }, VISIT)).toEqual({ ...VISIT, to: '2026-03-09' });
    expect(faults({ to: '2026-03-09' }, DAY)).toEqual(['/signedFrom required']);
  });

  it.each<[DateText, string[]]>([
    [{ on: '2026-03-11', precision: 'unknown' }, ['/datePrecision contradiction']],
    [{ precision: 'day' }, ['/signedOn required']],
    [{ on: '2026-03', precision: 'day' }, ['/signedOn contradiction']],
    [{ precision: 'window' }, ['/signedFrom required', '/signedTo required']],
    [{ on: '2026-03-11', precision: 'window' }, ['/signedOn contradiction']],
    [{ on: '2026-03-11', from: '2026-03-08' }, ['/signedFrom contradiction']],
    [{ from: '2026-03-11', to: '2026-03-08' }, ['/signedTo ends_before_start']],
    [{ from: '1990-01-01', to: '2026-03-08' }, ['/signedTo too_long']],
    [{ on: '2026-02-30', from: 'x', to: 'y' }, ['/signedOn bad_date', '/signedFrom bad_date', '/signedTo bad_date']],
  ])('is refused as %j', (text, expected) => expect(faults(text)).toEqual(expected));

  it('never lies in the future, a month that has begun aside', () => {
    const future = (date: KnownDate) => futureFaults(date, '2026-03-10', AT).map(({ pointer }) => pointer);
    expect([future(DAY), future(VISIT), future(MARCH), future(UNKNOWN_DATE)]).toEqual([
      ['/signedOn'],
      ['/signedTo'],
      [],
      [],
    ]);
  });

  it.each(['2026-13', '2026-00', '0000', '26', '2026-3', '2026-03-1', '', '2026-03-11T10:00'])('is not %j', (text) =>
    expect(isPartialDate(text)).toBe(false),
  );
});
