import { Invalid } from '#faults';
import { conferenceSpan, conferenceTime, type ConferenceTimeText, demandWithin } from './conference-time.js';

const timeZone = 'America/New_York';
const MARCH_10 = { startsAt: '2026-03-10T09:00', endsAt: '2026-03-10T18:00', timeZone };

function faults(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
}

const span = (text: ConferenceTimeText) =>
  conferenceSpan(conferenceTime(text)).map((edge) => edge?.toISOString() ?? null);

describe('the time of a conference', () => {
  it('is exact unless said otherwise, and unknown without a start', () => {
    expect(conferenceTime(MARCH_10).datePrecision).toBeNull();
    const unknown = { startsAt: null, endsAt: null, timeZone, datePrecision: 'unknown' };
    expect(conferenceTime({ timeZone })).toEqual(unknown);
    expect(conferenceTime({ timeZone, datePrecision: 'unknown' })).toEqual(unknown);
  });

  it('becomes exact when a date is fixed, and unknown when it is taken back', () => {
    const unknown = conferenceTime({ timeZone });
    expect(conferenceTime(MARCH_10, unknown).datePrecision).toBeNull();
    const monthly = conferenceTime({ ...MARCH_10, datePrecision: 'month' });
    expect(conferenceTime({ startsAt: null, endsAt: null }, monthly).datePrecision).toBe('unknown');
    expect(conferenceTime({ endsAt: '2026-03-11T18:00' }, monthly).datePrecision).toBe('month');
  });

  it('never claims more or less than is known', () => {
    expect(faults(() => conferenceTime({ ...MARCH_10, datePrecision: 'unknown' }))).toEqual([
      '/datePrecision precision_mismatch',
    ]);
    expect(faults(() => conferenceTime({ timeZone, datePrecision: 'month' }))).toEqual(['/startsAt required']);
    expect(faults(() => conferenceTime({ ...MARCH_10, endsAt: null, datePrecision: 'window' }))).toEqual([
      '/endsAt required',
    ]);
    expect(faults(() => conferenceTime({ ...MARCH_10, startsAt: null }))).toEqual(['/startsAt required']);
  });

  it('leaves room for sessions as wide as its precision', () => {
    expect(span(MARCH_10)).toEqual(['2026-03-10T13:00:00.000Z', '2026-03-10T22:00:00.000Z']);
    expect(span({ ...MARCH_10, datePrecision: 'day' })).toEqual([
      '2026-03-10T04:00:00.000Z',
      '2026-03-11T04:00:00.000Z',
    ]);
    expect(span({ ...MARCH_10, datePrecision: 'month' })).toEqual([
      '2026-03-01T05:00:00.000Z',
      '2026-04-01T04:00:00.000Z',
    ]);
    expect(span({ ...MARCH_10, endsAt: null, datePrecision: 'day' })).toEqual([
      '2026-03-10T04:00:00.000Z',
      '2026-03-11T04:00:00.000Z',
    ]);
    expect(span({ timeZone })).toEqual([null, null]);
  });

  it('holds its sessions', () => {
    const conference = conferenceTime(MARCH_10);
    const session = (startsAt: string, endsAt: string) => {
      const time = { startsAt: new Date(startsAt), endsAt: new Date(endsAt), timeZone };
      return faults(() => demandWithin(time, conference));
    };
    expect(session('2026-03-10T13:00Z', '2026-03-10T22:00Z')).toEqual([]);
    expect(session('2026-03-10T12:59Z', '2026-03-10T22:01Z')).toEqual([
      '/startsAt outside_conference',
      '/endsAt outside_conference',
    ]);
  });
});
