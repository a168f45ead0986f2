import { Conflict } from '#faults';
import type { MeetingPlanStatus } from './meeting-plan-status.js';

export class MeetingPlanStateConflict extends Conflict {
  constructor(status: MeetingPlanStatus, wanted: string) {
    super('meeting_plan_state', `The meeting plan is ${status}; it cannot be ${wanted} now.`, { status });
  }
}

/** Another plan has taken the place of this one, or of the one that this one was to replace. */
export class MeetingPlanSuperseded extends Conflict {
  constructor(planId: string) {
    const detail =
      'Another plan was accepted in the place of this one, or of the plan it replaces; plan again from there.';
    super('meeting_plan_superseded', detail, { planId });
  }
}

/** A delegate or host of a plan who is no longer there. */
export interface GoneParty {
  type: 'delegate' | 'host';
  id: string;
  name: string;
  /** declined, withdrawn or archived */
  status: string;
}

/** Some whom the plan has meet are no longer there. */
export class NoLongerTakingPart extends Conflict {
  constructor(parties: GoneParty[]) {
    const names = parties.map(({ name }) => name).join(', ');
    super('no_longer_taking_part', `No longer taking part: ${names}. Plan again with replaces.`, { parties });
  }
}

/** The mission has other days than when the plan was made. */
export class SlotsOutsideMission extends Conflict {
  constructor({ startsOn, endsOn }: { startsOn: string; endsOn: string }) {
    const detail = `The mission is from ${startsOn} to ${endsOn} by now, and slots of this plan lie outside of it; make another plan.`;
    super('slots_outside_mission', detail, { startsOn, endsOn });
  }
}
