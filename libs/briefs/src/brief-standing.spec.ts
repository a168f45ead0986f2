import { isOldTitle, isStaleAfter, standing } from './brief-standing.js';

const contact = (startsAt: string | null, values: object = {}) => ({
  startsAt: startsAt === null ? null : new Date(startsAt),
  ...{ endsAt: null, timeZone: 'America/New_York', datePrecision: null },
  ...values,
});

describe('how things stand with somebody', () => {
  // 2026-03-10 + 90 days: 21 days are left of March, then April has 30 and May 31, which makes 82; 8 of June.
  const march10 = contact('2026-03-10T15:00:00Z');

  it.each([
    ['2026-03-10T16:00:00Z', 'fresh', 0],
    ['2026-06-08T12:00:00Z', 'fresh', 90],
    // Washington is four hours behind: still June 8 there.
    ['2026-06-09T03:59:59Z', 'fresh', 90],
    ['2026-06-09T04:00:00Z', 'stale', 91],
  ])('is told by days on the clocks of the place: at %s %s after %i days', (now, state, days) => {
    expect(standing(march10, 'P90D', new Date(now))).toEqual({ state, days, staleAfter: 'P90D' });
  });

  it('takes the day of the place, not of Greenwich, for the day of the contact', () => {
    // 23:00 of March 9 in Washington.
    const late = contact('2026-03-10T03:00:00Z');
    expect(standing(late, 'P1D', new Date('2026-03-10T23:00:00Z'))).toMatchObject({ state: 'fresh', days: 1 });
    expect(standing(late, 'P1D', new Date('2026-03-11T05:00:00Z'))).toMatchObject({ state: 'stale', days: 2 });
  });

  it('counts months by the calendar: a month after January 31 is the last of February', () => {
    const january = contact('2026-01-31T17:00:00Z');
    expect(standing(january, 'P1M', new Date('2026-02-28T17:00:00Z')).state).toBe('fresh');
    expect(standing(january, 'P1M', new Date('2026-03-01T17:00:00Z')).state).toBe('stale');
  });

  it.each([
    ['month', '2026-03-31'],
    ['year', '2026-12-31'],
    ['window', '2026-03-20'],
  ])('never warns too early where only the %s is known: the last day it may have been counts', (precision, last) => {
    const vague = contact('2026-03-05T15:00:00Z', {
      endsAt: new Date('2026-03-20T15:00:00Z'),
      datePrecision: precision,
    });
    const noon = new Date(`${last}T16:00:00Z`);
    const dayAfter = new Date(noon.getTime() + 86_400_000);
    expect(standing(vague, 'P0D', noon)).toMatchObject({ state: 'fresh', days: 0 });
    expect(standing(vague, 'P0D', dayAfter)).toMatchObject({ state: 'stale', days: 1 });
  });

  it('knows no contact from a contact of which nobody knows when it was', () => {
    const now = new Date();
    expect(standing(null, 'P90D', now)).toMatchObject({ state: 'never', days: null });
    expect(standing(contact(null, { datePrecision: 'unknown' }), 'P90D', now)).toMatchObject({ state: 'undated' });
  });

  it('takes durations of whole days up to ten years', () => {
    for (const right of ['P0D', 'P90D', 'P2W', 'P3M', 'P1Y6M', 'P10Y', 'P3652D'])
      expect(`${right} ${isStaleAfter(right)}`).toBe(`${right} true`);
    for (const wrong of [
      '',
      'P',
      '90',
      'P90',
      '-P1D',
      'PT1H',
      'P1DT1H',
      'P1.5D',
      'P9999D',
      'P99Y',
      'P999M',
      'p90d',
      'P1D2W',
      ' P1D',
    ])
      expect(`${wrong} ${isStaleAfter(wrong)}`).toBe(`${wrong} false`);
  });

  it('doubts a title a year and a day after it was written down', () => {
    expect(isOldTitle('2025-03-10', new Date('2026-03-10T23:59:59Z'))).toBe(false);
    expect(isOldTitle('2025-03-10', new Date('2026-03-11T00:00:00Z'))).toBe(true);
  });
});
