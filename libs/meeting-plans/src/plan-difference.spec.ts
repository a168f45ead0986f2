import { type PlanAssignment, planDifference } from './plan-difference.js';
import type { PlannedMeeting } from './plan-line.js';

const at = (hour: number) => ({
  startsAt: new Date(Date.UTC(2027, 4, 5, hour)),
  endsAt: new Date(Date.UTC(2027, 4, 5, hour, 30)),
});
const seat = { table: 1, roomId: null, place: 'Willard Hotel' };
const meeting = (hostId: string, hour: number, fields: Partial<PlannedMeeting> = {}): PlannedMeeting => ({
  ...{ delegateId: 'aysel', hostId, meetingId: `with ${hostId}`, gone: false, past: false, strayed: false },
  ...at(hour),
  ...seat,
  ...fields,
});
const assignment = (hostId: string, hour: number, fields: Partial<PlanAssignment> = {}): PlanAssignment => ({
  ...{ position: 0, delegateId: 'aysel', hostId },
  ...at(hour),
  ...seat,
  ...fields,
});
const told = (assignments: PlanAssignment[], meetings: PlannedMeeting[]) => {
  const { created, kept, moved, dropped } = planDifference(assignments, meetings);
  return {
    created: created.map(({ hostId }) => hostId),
    kept: kept.map(({ meetingId }) => meetingId),
    moved: moved.map(({ meetingId }) => meetingId),
    dropped,
  };
};

describe('what a new plan makes of the meetings of the one it replaces', () => {
  it('leaves alone what is where it was, moves what is elsewhere, makes what is new, calls off what is gone', () => {
    const meetings = [meeting('exim', 9), meeting('visa', 10), meeting('dfc', 11)];
    const assignments = [assignment('exim', 9), assignment('visa', 12), assignment('ustr', 10)];
    expect(told(assignments, meetings)).toEqual({
      ...{ kept: ['with exim'], moved: ['with visa'], created: ['ustr'], dropped: ['with dfc'] },
    });
  });

  it.each([
    ['another table', { table: 2 }],
    ['a room in the place of a table', { roomId: 'oak' }],
    ['another house', { place: 'Mayflower Hotel' }],
  ])('takes %s for a move', (_, fields) => {
    expect(told([assignment('exim', 9, fields)], [meeting('exim', 9)]).moved).toEqual(['with exim']);
  });

  it('knows a room again whatever its number', () => {
    const room = { roomId: 'oak', table: 3 };
    expect(told([assignment('exim', 9, room)], [meeting('exim', 9, { ...room, table: 1 })]).kept).toHaveLength(1);
  });

  it('neither moves nor calls off what has begun', () => {
    const begun = [meeting('exim', 9, { past: true }), meeting('dfc', 10, { past: true })];
    expect(told([assignment('exim', 12)], begun)).toEqual({ kept: ['with exim'], moved: [], created: [], dropped: [] });
  });

  it('makes anew what people have called off, where it is wanted again, and lets the rest be', () => {
    const off = [meeting('exim', 9, { gone: true }), meeting('dfc', 10, { gone: true })];
    expect(told([assignment('exim', 9)], off)).toEqual({ kept: [], moved: [], created: ['exim'], dropped: [] });
  });
});
