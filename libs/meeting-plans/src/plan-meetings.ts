import type { MeetingDraft, MeetingMove } from '#side-meetings';
import type { PlanState } from './meeting-plan.js';
import type { PlanAssignment } from './plan-difference.js';
import type { PlanDelegate, PlanHost } from './plan-requests.js';

/** Two who are to meet, with all that is known of them. */
export interface PlannedPair extends PlanAssignment {
  delegate: PlanDelegate;
  organization: string | null;
  host: PlanHost;
}

const LONGEST_TITLE = 300;

/** The meeting that comes of an assignment: the delegate visits, the host's contact receives. */
export function draftOf(pair: PlannedPair, plan: PlanState): MeetingDraft {
  const { startsAt, endsAt, delegate, host } = pair;
  const visiting = { personId: delegate.personId, organizationId: delegate.organizationId, side: 'visiting' as const };
  const receiving = host.contactId
    ? [{ personId: host.contactId, organizationId: host.organizationId, side: 'host' as const }]
    : [];
  return {
    title: titleOf(pair),
    kind: 'one_on_one',
    startsAt,
    endsAt,
    timeZone: plan.timeZone,
    ...placeOf(pair),
    about: [
      { type: 'trade_mission', id: plan.missionId },
      { type: 'organization', id: host.organizationId },
    ],
    participants: [visiting, ...receiving],
  };
}

export const moveOf = (pair: PlannedPair & { meetingId: string }): MeetingMove => ({
  id: pair.meetingId,
  startsAt: pair.startsAt,
  endsAt: pair.endsAt,
  ...placeOf(pair),
});

/** A room has a name of its own; a table has a number. */
function placeOf({ table, roomId, place }: PlanAssignment): { location: string | null; roomId: string | null } {
  if (roomId) return { location: place, roomId };
  return { location: [`Table ${table}`, ...(place ? [place] : [])].join(', '), roomId };
}

function titleOf({ delegate, organization, host }: PlannedPair): string {
  const title = `${organization ?? delegate.fullName} – ${host.organization}`;
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
}
