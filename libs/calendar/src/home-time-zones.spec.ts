import { DEFAULT_HOME_TIME_ZONES } from '#config';
import { localTimes, useHomeTimeZones } from './home-time-zones.js';

const at = (startsAt: string | null, endsAt: string | null) => ({
  startsAt: startsAt === null ? null : new Date(startsAt),
  endsAt: endsAt === null ? null : new Date(endsAt),
});

describe('the clocks of both sides', () => {
  afterAll(() => useHomeTimeZones(DEFAULT_HOME_TIME_ZONES));

  it('are nine hours apart before Washington sets its clocks forward on 8 March 2026, and eight after', () => {
    // 06:30 UTC is 01:30 EST (UTC-5); clocks go from 02:00 to 03:00 at 07:00 UTC. Baku is UTC+4 all year.
    expect(localTimes(at('2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z'))).toEqual([
      { timeZone: 'America/New_York', startsAt: '2026-03-08T01:30:00', endsAt: '2026-03-08T03:30:00' },
      { timeZone: 'Asia/Baku', startsAt: '2026-03-08T10:30:00', endsAt: '2026-03-08T11:30:00' },
    ]);
  });

  it('are not pretended where the time is not known to the minute, or not at all', () => {
    const day = at('2026-03-10T04:00:00Z', null);
    expect(localTimes({ ...day, datePrecision: 'day' })).toEqual([]);
    expect(localTimes(at(null, null))).toEqual([]);
  });

  it('show a beginning without an end', () => {
    expect(localTimes({ ...at('2026-03-10T14:00:00Z', null), datePrecision: null })).toEqual([
      { timeZone: 'America/New_York', startsAt: '2026-03-10T10:00:00', endsAt: null },
      { timeZone: 'Asia/Baku', startsAt: '2026-03-10T18:00:00', endsAt: null },
    ]);
  });

  it('are those that the configuration names', () => {
    useHomeTimeZones(['Europe/Istanbul']);
    expect(localTimes(at('2026-03-10T14:00:00Z', null))).toEqual([
      { timeZone: 'Europe/Istanbul', startsAt: '2026-03-10T17:00:00', endsAt: null },
    ]);
  });
});
