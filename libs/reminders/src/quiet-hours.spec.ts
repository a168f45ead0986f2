import fc from 'fast-check';
import { isQuiet, outsideQuietHours } from './quiet-hours.js';

const LONG_AGO = new Date('1990-01-01T00:00:00Z');
const moved = (at: string, zone: string, limits: { now?: string; notAfter?: string } = {}): string =>
  outsideQuietHours(new Date(at), zone, {
    now: limits.now ? new Date(limits.now) : LONG_AGO,
    ...(limits.notAfter && { notAfter: new Date(limits.notAfter) }),
  }).toISOString();

describe('quiet hours', () => {
  it('leave the day alone, from 08:00 sharp until before 21:00', () => {
    expect(moved('2026-05-05T04:00:00Z', 'Asia/Baku')).toBe('2026-05-05T04:00:00.000Z');
    expect(moved('2026-05-05T16:59:59Z', 'Asia/Baku')).toBe('2026-05-05T16:59:59.000Z');
  });

  it('move a mail to 20:00 of the evening before, on either side of midnight', () => {
    expect(moved('2026-05-05T17:00:00Z', 'Asia/Baku')).toBe('2026-05-05T16:00:00.000Z');
    expect(moved('2026-05-06T03:59:00Z', 'Asia/Baku')).toBe('2026-05-05T16:00:00.000Z');
  });

  it('move it to the morning when that evening has passed', () => {
    const now = '2026-05-05T18:00:00Z';
    expect(moved(now, 'Asia/Baku', { now })).toBe('2026-05-06T04:00:00.000Z');
    expect(moved('2026-05-06T02:00:00Z', 'Asia/Baku', { now })).toBe('2026-05-06T04:00:00.000Z');
  });

  it('give way where neither helps: the morning would be too late', () => {
    const now = '2026-05-05T18:00:00Z';
    expect(moved(now, 'Asia/Baku', { now, notAfter: '2026-05-06T04:00:00Z' })).toBe('2026-05-05T18:00:00.000Z');
    expect(moved(now, 'Asia/Baku', { now, notAfter: '2026-05-06T04:00:01Z' })).toBe('2026-05-06T04:00:00.000Z');
  });

  it('are counted on the clocks of the night, when these change in spring and in autumn', () => {
    // Washington: 02:00 EST becomes 03:00 EDT on 8 March 2026, 02:00 EDT becomes 01:00 EST on 1 November.
    expect(moved('2026-03-08T09:00:00Z', 'America/New_York')).toBe('2026-03-08T01:00:00.000Z');
    expect(moved('2026-03-08T09:00:00Z', 'America/New_York', { now: '2026-03-08T02:00:00Z' })).toBe(
      '2026-03-08T12:00:00.000Z',
    );
    expect(moved('2026-11-01T06:30:00Z', 'America/New_York')).toBe('2026-11-01T00:00:00.000Z');
    expect(moved('2026-11-01T05:30:00Z', 'America/New_York', { now: '2026-11-01T04:00:00Z' })).toBe(
      '2026-11-01T13:00:00.000Z',
    );
  });

  it('find the evening and the morning of a zone that left a day out', () => {
    // Samoa had no 30 December 2011: 29 December 24:00 (10:00Z) was 31 December 00:00.
    expect(moved('2011-12-30T13:00:00Z', 'Pacific/Apia')).toBe('2011-12-30T06:00:00.000Z');
    expect(moved('2011-12-30T08:00:00Z', 'Pacific/Apia', { now: '2011-12-30T08:00:00Z' })).toBe(
      '2011-12-30T18:00:00.000Z',
    );
  });

  it('find them when the clocks skip half an hour of the night itself', () => {
    // Pyongyang went from 23:30 straight to midnight on 4 May 2018.
    expect(moved('2018-05-04T15:10:00Z', 'Asia/Pyongyang')).toBe('2018-05-04T11:30:00.000Z');
    expect(moved('2018-05-04T15:10:00Z', 'Asia/Pyongyang', { now: '2018-05-04T15:00:00Z' })).toBe(
      '2018-05-04T23:00:00.000Z',
    );
  });

  it('refuse a zone that does not exist', () => {
    expect(() => moved('2026-05-05T12:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
  });

  it('hold or give way, wherever and whenever: never past the limit, never into the past, and once is enough', () => {
    const HOUR = 3_600_000;
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const hours = fc.integer({ min: -72, max: 72 });
    fc.assert(
      fc.property(at, zone, hours, fc.option(hours, { nil: undefined }), (wanted, where, toNow, toLimit) => {
        const now = new Date(wanted.getTime() + toNow * HOUR);
        const notAfter = toLimit === undefined ? undefined : new Date(wanted.getTime() + toLimit * HOUR);
        const result = outsideQuietHours(wanted, where, { now, notAfter });
        if (result.getTime() !== wanted.getTime()) {
          expect(isQuiet(wanted, where) && !isQuiet(result, where)).toBe(true);
          if (result < wanted) expect(result >= now).toBe(true);
          if (result > wanted && notAfter) expect(result < notAfter).toBe(true);
        }
        expect(outsideQuietHours(result, where, { now, notAfter })).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });
});
