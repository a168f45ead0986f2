import type { MissionFacts, ReportedCommitment } from './mission-report-facts.js';

/** Who promised: one of those who travelled, one of those who received them, or neither. */
export type Promiser = 'delegates' | 'hosts' | 'others';

type Promised = Pick<ReportedCommitment, 'meetingId' | 'byPersonId' | 'byOrganizationId'>;

/**
 * On whose side somebody is: a delegate or the contact of a host by name; else an organization by whom it is of; else a
 * person by whom they spoke for in that meeting.
 */
export function promisedBy({ meetingId, byPersonId, byOrganizationId }: Promised, facts: MissionFacts): Promiser {
  const spokeFor = facts.meetings
    .find(({ id }) => id === meetingId)
    ?.participants.find(({ personId }) => personId === byPersonId)?.organizationId;
  return (
    sideOfPerson(byPersonId, facts) ??
    sideOfOrganization(byOrganizationId, facts) ??
    sideOfOrganization(spokeFor ?? null, facts) ??
    'others'
  );
}

function sideOfPerson(person: string | null, { delegates, hosts }: MissionFacts): Promiser | undefined {
  if (person === null) return undefined;
  if (delegates.some(({ personId }) => personId === person)) return 'delegates';
  if (hosts.some(({ contactId }) => contactId === person)) return 'hosts';
  return undefined;
}

function sideOfOrganization(organization: string | null, { delegates, hosts }: MissionFacts): Promiser | undefined {
  if (organization === null) return undefined;
  if (hosts.some(({ organizationId }) => organizationId === organization)) return 'hosts';
  if (delegates.some(({ organizationId }) => organizationId === organization)) return 'delegates';
  return undefined;
}
