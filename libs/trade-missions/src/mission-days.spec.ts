import { Invalid } from '#faults';
import { daysBetween, demandDays, demandWithin, itinerarySpan, movedByDays } from './mission-days.js';

const NEW_YORK = 'America/New_York';
const MISSION = { startsOn: '2027-03-10', endsOn: '2027-03-12', timeZone: NEW_YORK };

function faults(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    if (error instanceof Invalid) return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
}

const texts = (...instants: Date[]) => instants.map((instant) => instant.toISOString());

describe('the days of a mission', () => {
  it.each([
    ['2027-03-10', '2027-03-10', []],
    ['2027-01-01', '2028-01-01', []],
    ['2027-01-01', '2028-01-02', ['/endsOn too_long']],
    ['2027-03-10', '2027-03-09', ['/endsOn ends_before_start']],
    ['1899-12-31', '1900-01-01', ['/startsOn out_of_range']],
    ['2199-12-31', '2200-01-01', ['/endsOn out_of_range']],
  ])('from %s to %s: %j', (startsOn, endsOn, expected) => {
    expect(faults(() => demandDays({ startsOn, endsOn }))).toEqual(expected);
  });

  it('leave three days before and after for travelling, by the clocks of the mission, also where these change', () => {
    expect(texts(...itinerarySpan(MISSION))).toEqual(['2027-03-07T05:00:00.000Z', '2027-03-16T04:00:00.000Z']);
  });

  it('hold the items of the itinerary', () => {
    const item = (startsAt: string, endsAt: string) => () =>
      demandWithin({ startsAt: new Date(startsAt), endsAt: new Date(endsAt), timeZone: 'Asia/Baku' }, MISSION);
    expect(faults(item('2027-03-07T05:00Z', '2027-03-16T04:00Z'))).toEqual([]);
    expect(faults(item('2027-03-07T04:59Z', '2027-03-16T04:01Z'))).toEqual([
      '/startsAt outside_mission',
      '/endsAt outside_mission',
    ]);
  });

  it('are counted without regard to clocks', () => {
    expect([
      daysBetween('2027-03-13', '2027-03-15'),
      daysBetween('2027-03-15', '2027-03-13'),
      daysBetween('2027-12-31', '2028-03-01'),
    ]).toEqual([2, -2, 61]);
  });
});

describe('an item that moves along', () => {
  const moved = (startsAt: string, endsAt: string, days: number, timeZone = NEW_YORK) => {
    const time = movedByDays({ startsAt: new Date(startsAt), endsAt: new Date(endsAt), timeZone }, days);
    return texts(time.startsAt, time.endsAt);
  };

  it('keeps its time of day across a change of clocks, each in its own zone', () => {
    expect(moved('2027-03-12T15:00Z', '2027-03-12T16:00Z', 3)).toEqual([
      '2027-03-15T14:00:00.000Z',
      '2027-03-15T15:00:00.000Z',
    ]);
    expect(moved('2027-03-12T15:00Z', '2027-03-12T16:00Z', 3, 'Asia/Baku')).toEqual([
      '2027-03-15T15:00:00.000Z',
      '2027-03-15T16:00:00.000Z',
    ]);
  });

  it('moves back to where it was', () => {
    expect(moved('2027-03-15T14:00Z', '2027-03-15T15:00Z', -3)).toEqual([
      '2027-03-12T15:00:00.000Z',
      '2027-03-12T16:00:00.000Z',
    ]);
  });

  it('keeps its length where clocks would swallow it', () => {
    expect(moved('2027-03-13T07:30Z', '2027-03-13T08:00Z', 1)).toEqual([
      '2027-03-14T07:30:00.000Z',
      '2027-03-14T08:00:00.000Z',
    ]);
  });
});
