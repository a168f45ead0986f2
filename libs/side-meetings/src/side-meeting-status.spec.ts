import { MeetingNotBegun, SideMeetingStepImpossible, statusAfter } from './side-meeting-status.js';

const now = new Date('2026-03-10T15:00:00Z');
const earlier = new Date('2026-03-10T14:00:00Z');
const later = new Date('2026-03-10T16:00:00Z');
const steps = ['schedule', 'reschedule', 'hold', 'outcome', 'cancellation', 'no_show'] as const;

describe('the status of a side meeting', () => {
  it.each([
    ['requested', ['scheduled', undefined, 'held', 'held', 'cancelled', undefined]],
    ['scheduled', [undefined, 'scheduled', 'held', 'held', 'cancelled', 'no_show']],
    ['held', [undefined, undefined, undefined, 'held', undefined, undefined]],
    ['cancelled', [undefined, undefined, undefined, undefined, undefined, undefined]],
    ['no_show', [undefined, undefined, undefined, undefined, undefined, undefined]],
  ] as const)('moves on from %s only where it can', (status, ends) => {
    const reached = steps.map((step) => {
      try {
        return statusAfter(step, { status, startsAt: earlier }, now);
      } catch (error) {
        expect(error).toBeInstanceOf(SideMeetingStepImpossible);
        return undefined;
      }
    });
    expect(reached).toEqual(ends);
  });

  it.each(['hold', 'outcome', 'no_show'] as const)('does not know a "%s" before the meeting begins', (step) => {
    expect(() => statusAfter(step, { status: 'scheduled', startsAt: later }, now)).toThrow(MeetingNotBegun);
  });

  it('takes a requested meeting of unknown date as held', () => {
    expect(statusAfter('hold', { status: 'requested', startsAt: null }, now)).toBe('held');
  });
});
