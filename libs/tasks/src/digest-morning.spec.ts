import fc from 'fast-check';
import { morningIn } from './digest-morning.js';

const told = (timeZone: string, now: string) => {
  const morning = morningIn(timeZone, new Date(now));
  return morning && `${morning.day} ${morning.sendAt.toISOString()} ${morning.notAfter.toISOString()}`;
};
const HOUR = 3_600_000;

describe('the hours of a digest', () => {
  it('are from eight to twelve on the clocks of the zone', () => {
    const baku = '2026-03-10 2026-03-10T04:00:00.000Z 2026-03-10T08:00:00.000Z';
    expect(told('Asia/Baku', '2026-03-10T03:59:59.999Z')).toBeUndefined();
    expect(told('Asia/Baku', '2026-03-10T04:00:00Z')).toBe(baku);
    expect(told('Asia/Baku', '2026-03-10T07:59:59.999Z')).toBe(baku);
    expect(told('Asia/Baku', '2026-03-10T08:00:00Z')).toBeUndefined();
  });

  it('follow the clocks when they change', () => {
    expect(told('America/New_York', '2026-03-07T13:30:00Z')).toContain('2026-03-07T13:00:00.000Z');
    expect(told('America/New_York', '2026-03-08T12:30:00Z')).toContain('2026-03-08T12:00:00.000Z');
    expect(told('America/New_York', '2026-11-01T13:30:00Z')).toContain('2026-11-01T13:00:00.000Z');
  });

  it('leave out a day that a zone left out', () => {
    // Samoa went from 29 December 2011 straight to the 31st.
    const looks = Array.from({ length: 72 }, (_, hour) => new Date(Date.UTC(2011, 11, 29, hour)).toISOString());
    const days = looks.flatMap((look) => told('Pacific/Apia', look)?.slice(0, 10) ?? []);
    expect([...new Set(days)]).toEqual(['2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('look to the end of the day, and three days on', () => {
    const morning = morningIn('America/New_York', new Date('2026-03-06T13:00:00Z'));
    expect(morning?.tomorrow.toISOString()).toBe('2026-03-07T05:00:00.000Z');
    expect(morning?.horizon.toISOString()).toBe('2026-03-10T04:00:00.000Z');
  });

  it('do not come in a zone that does not exist', () => {
    expect(morningIn('Mars/Phobos', new Date())).toBeUndefined();
  });

  it('come once each day in every zone, for about four hours', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const times = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, times, (zone, start) => {
        const looks = Array.from({ length: 48 }, (_, half) =>
          morningIn(zone, new Date(start.getTime() + (half * HOUR) / 2)),
        );
        const days = new Set(looks.flatMap((morning) => morning?.day ?? []));
        const open = looks.filter((morning) => morning).length;
        return days.size >= 1 && days.size <= 2 && open >= 6 && open <= 10;
      }),
      { numRuns: 60 },
    );
  });
});
