import { Invalid } from '#faults';
import { stayOf, type StayText } from './delegate-stay.js';

const MISSION = { startsOn: '2026-03-09', endsOn: '2026-03-13', timeZone: 'America/New_York' };

const codes = (text: StayText, stored?: { arrivesAt: Date | null; departsAt: Date | null }): string[] => {
  try {
    stayOf(text, MISSION, stored);
    return [];
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
};

describe('the stay of a delegate', () => {
  it('is read on the clocks of the mission, or of the zone that is given', () => {
    expect(stayOf({ arrivesAt: '2026-03-07T21:40', departsAt: '2026-03-14T09:00' }, MISSION)).toEqual({
      arrivesAt: new Date('2026-03-08T02:40:00Z'),
      departsAt: new Date('2026-03-14T13:00:00Z'),
    });
    expect(stayOf({ arrivesAt: '2026-03-08T05:00', timeZone: 'Asia/Baku' }, MISSION).arrivesAt).toEqual(
      new Date('2026-03-08T01:00:00Z'),
    );
  });

  it('lies around the mission, fourteen days before and after included', () => {
    expect(codes({ arrivesAt: '2026-02-23T00:00', departsAt: '2026-03-27T23:59' })).toEqual([]);
    expect(codes({ arrivesAt: '2026-02-22T23:59', departsAt: '2026-03-28T00:00' })).toEqual([
      '/arrivesAt outside_mission',
      '/departsAt outside_mission',
    ]);
  });

  it('ends after it begins, whichever of the two is new', () => {
    const stored = { arrivesAt: new Date('2026-03-08T12:00:00Z'), departsAt: null };
    expect(codes({ departsAt: '2026-03-08T12:00:00Z' }, stored)).toEqual(['/departsAt ends_before_start']);
    expect(codes({ arrivesAt: null, departsAt: '2026-03-08T12:00:00Z' }, stored)).toEqual([]);
  });

  it('knows no hour that clocks skip, no word for a time and no zone on Mars', () => {
    expect(codes({ arrivesAt: '2026-03-08T02:30', departsAt: 'noon' })).toEqual([
      '/arrivesAt local_time_skipped',
      '/departsAt bad_time',
    ]);
    expect(codes({ timeZone: 'Mars/Olympus' })).toEqual(['/timeZone unknown_time_zone']);
  });

  it('keeps what is stored although the mission has moved away from it', () => {
    const stored = { arrivesAt: new Date('2025-01-01T00:00:00Z'), departsAt: new Date('2025-01-03T00:00:00Z') };
    expect(stayOf({}, MISSION, stored)).toEqual(stored);
  });
});
