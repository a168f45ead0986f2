import { Conflict } from '#faults';

export const SIDE_MEETING_STATUSES = ['requested', 'scheduled', 'held', 'cancelled', 'no_show'] as const;
export type SideMeetingStatus = (typeof SIDE_MEETING_STATUSES)[number];

/** What happens to a meeting. An outcome says that it was held, whatever was planned. */
export type SideMeetingStep = 'schedule' | 'reschedule' | 'hold' | 'outcome' | 'cancellation' | 'no_show';

const STEPS: Record<SideMeetingStep, { from: SideMeetingStatus[]; to: SideMeetingStatus; hasBegun: boolean }> = {
  schedule: { from: ['requested'], to: 'scheduled', hasBegun: false },
  reschedule: { from: ['scheduled'], to: 'scheduled', hasBegun: false },
  hold: { from: ['requested', 'scheduled'], to: 'held', hasBegun: true },
  outcome: { from: ['requested', 'scheduled', 'held'], to: 'held', hasBegun: true },
  cancellation: { from: ['requested', 'scheduled'], to: 'cancelled', hasBegun: false },
  no_show: { from: ['scheduled'], to: 'no_show', hasBegun: true },
};

/** The step is not possible from where the meeting stands. */
export class SideMeetingStepImpossible extends Conflict {
  constructor(step: SideMeetingStep, status: SideMeetingStatus) {
    super('meeting_step_impossible', `"${step}" is not possible for a meeting that is ${status}.`, {
      status,
      possibleFrom: STEPS[step].from,
    });
  }
}

/** Nobody can say how a meeting went before it begins. */
export class MeetingNotBegun extends Conflict {
  constructor(startsAt: Date) {
    super('meeting_not_begun', `This meeting begins at ${startsAt.toISOString()}; reschedule it, or wait.`, {
      startsAt: startsAt.toISOString(),
    });
  }
}

/** The status after a step. Throws SideMeetingStepImpossible, MeetingNotBegun. */
export function statusAfter(
  step: SideMeetingStep,
  meeting: { status: SideMeetingStatus; startsAt: Date | null },
  now: Date,
): SideMeetingStatus {
  const { from, to, hasBegun } = STEPS[step];
  if (!from.includes(meeting.status)) throw new SideMeetingStepImpossible(step, meeting.status);
  if (hasBegun && meeting.startsAt && meeting.startsAt > now) throw new MeetingNotBegun(meeting.startsAt);
  return to;
}
