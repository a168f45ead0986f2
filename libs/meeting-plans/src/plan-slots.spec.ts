import { FaultList } from '#faults';
import { missionDays, readSlots } from './plan-slots.js';

const MISSION = { startsOn: '2027-03-13', endsOn: '2027-03-15', timeZone: 'America/New_York' };
const read = (slots: { startsAt: string; endsAt: string }[]) => {
  const faults = new FaultList();
  const found = readSlots({ slots }, MISSION.timeZone, missionDays(MISSION), faults) ?? [];
  return {
    starts: found.map(({ startsAt }) => startsAt.toISOString().slice(5, 16)),
    faults: faults.errors.map(({ pointer, code }) => `${pointer} ${code}`),
  };
};

describe('the slots of a plan', () => {
  it('come in order, whatever order they are given in, each in the time of its own day', () => {
    // Clocks go forward on the 14th.
    const slots = [
      { startsAt: '2027-03-14T09:00', endsAt: '2027-03-14T09:30' },
      { startsAt: '2027-03-13T09:00', endsAt: '2027-03-13T09:30' },
    ];
    expect(read(slots)).toEqual({ starts: ['03-13T14:00', '03-14T13:00'], faults: [] });
  });

  it('may touch, and may not overlap', () => {
    const slots = [
      { startsAt: '2027-03-13T09:30', endsAt: '2027-03-13T10:00' },
      { startsAt: '2027-03-13T09:00', endsAt: '2027-03-13T09:30' },
      { startsAt: '2027-03-13T09:59', endsAt: '2027-03-13T10:30' },
    ];
    expect(read(slots).faults).toEqual(['/slots/2 overlapping_slots']);
  });

  it('lie within the days of the mission, from midnight to midnight', () => {
    const slots = [
      { startsAt: '2027-03-13T00:00', endsAt: '2027-03-13T00:30' },
      { startsAt: '2027-03-15T23:30', endsAt: '2027-03-16T00:00' },
      { startsAt: '2027-03-12T23:59', endsAt: '2027-03-13T00:00' },
      { startsAt: '2027-03-16T00:00', endsAt: '2027-03-16T00:01' },
    ];
    expect(read(slots).faults).toEqual(['/slots/2 outside_mission', '/slots/3 outside_mission']);
  });

  it('cannot begin at an hour that clocks skip', () => {
    expect(read([{ startsAt: '2027-03-14T02:30', endsAt: '2027-03-14T03:30' }]).faults).toEqual([
      '/slots/0/startsAt local_time_skipped',
    ]);
  });
});
