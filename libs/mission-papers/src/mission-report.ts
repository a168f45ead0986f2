import { COMMITMENT_STATUSES, type CommitmentStatus, TASK_STATUSES } from '#tasks';
import { SIDE_MEETING_STATUSES, type SideMeetingStatus } from '#side-meetings';
import {
  DELEGATE_ROLES,
  DELEGATE_STATUSES,
  type DelegateRow,
  HOST_STATUSES,
  type HostRow,
  type ItineraryItemRow,
  VISA_STATUSES,
} from '#trade-missions';
import type {
  MissionFacts,
  ReportedCommitment,
  ReportedMeeting,
  ReportedParticipant,
  ReportedPlan,
  ReportedRequest,
  ReportedTask,
} from './mission-report-facts.js';
import { promisedBy, type Promiser } from './mission-report-promises.js';

export type Counts<Key extends string = string> = Record<Key, number>;

type MeetingCounts = Counts<SideMeetingStatus | 'total'>;

/** How many there are in all, and by what they are; `data` is what was counted. */
interface Part<Row> {
  total: number;
  data: Row[];
}

/** How many of the meetings held named something. */
export interface Mention {
  name: string;
  meetings: number;
}

/** A request that no accepted plan met. */
export interface UnmetWish {
  delegateId: string;
  delegate: string | null;
  hostId: string;
  host: string | null;
  priority: number;
  reason: string | null;
}

interface RequestsPart extends Part<UnmetWish> {
  met: number;
  unmet: number;
  /** Met, and the meeting was held. */
  held: number;
  plans: (Omit<ReportedPlan, 'requests'> & { requests: number; met: number })[];
}

interface CommitmentsPart extends Part<ReportedCommitment & { promisedBy: Promiser }> {
  byDelegates: Counts<CommitmentStatus>;
  byHosts: Counts<CommitmentStatus>;
  byOthers: Counts<CommitmentStatus>;
}

export interface MissionReport {
  generatedAt: Date;
  mission: MissionFacts['mission'];
  delegates: Part<DelegateRow & { meetings: MeetingCounts }> & Record<'byStatus' | 'byRole' | 'byVisaStatus', Counts>;
  hosts: Part<HostRow & { meetings: MeetingCounts }> & { byStatus: Counts };
  itinerary: Part<ItineraryItemRow & { held: boolean }> & { held: number; byKind: Counts };
  meetings: Part<ReportedMeeting> & { byStatus: Counts<SideMeetingStatus>; byKind: Counts };
  requests: RequestsPart;
  topics: Mention[];
  sectors: Mention[];
  commitments: CommitmentsPart;
  followUps: Part<ReportedTask> & { byStatus: Counts };
  surveys: ReportedTask[];
}

/** What was planned and what happened, each thing counted once. */
export function missionReport(facts: MissionFacts): MissionReport {
  const { now, mission, meetings, tasks } = facts;
  const followUps = tasks.filter(({ months }) => months === null);
  const held = meetings.filter(({ status }) => status === 'held');
  return {
    generatedAt: now,
    mission,
    delegates: delegatesPart(facts),
    hosts: hostsPart(facts),
    itinerary: itineraryPart(facts),
    meetings: {
      total: meetings.length,
      byStatus: counts(
        meetings.map(({ status }) => status),
        SIDE_MEETING_STATUSES,
      ),
      byKind: counts(meetings.map(({ kind }) => kind)),
      data: meetings,
    },
    requests: requestsPart(facts),
    topics: mentions(held, ({ topics }) => topics),
    sectors: mentions(held, ({ sectors }) => sectors),
    commitments: commitmentsPart(facts),
    followUps: {
      total: followUps.length,
      byStatus: counts(
        followUps.map(({ status }) => status),
        TASK_STATUSES,
      ),
      data: followUps,
    },
    surveys: tasks.filter(({ months }) => months !== null).sort((a, b) => Number(a.months) - Number(b.months)),
  };
}

function delegatesPart({ delegates, meetings }: MissionFacts): MissionReport['delegates'] {
  return {
    total: delegates.length,
    byStatus: counts(
      delegates.map(({ status }) => status),
      DELEGATE_STATUSES,
    ),
    byRole: counts(
      delegates.map(({ role }) => role),
      DELEGATE_ROLES,
    ),
    byVisaStatus: counts(
      delegates.map(({ visaStatus }) => visaStatus),
      VISA_STATUSES,
    ),
    data: delegates.map((delegate) => ({
      ...delegate,
      meetings: meetingCounts(meetings, ({ personId }) => personId === delegate.personId),
    })),
  };
}

function hostsPart({ hosts, meetings }: MissionFacts): MissionReport['hosts'] {
  return {
    total: hosts.length,
    byStatus: counts(
      hosts.map(({ status }) => status),
      HOST_STATUSES,
    ),
    data: hosts.map((host) => ({
      ...host,
      meetings: meetingCounts(
        meetings,
        ({ personId, organizationId }) => organizationId === host.organizationId || personId === host.contactId,
      ),
    })),
  };
}

/** Nobody writes down whether an item took place: what is over counts as held, unless the mission was cancelled. */
function itineraryPart({ itinerary, mission, now }: MissionFacts): MissionReport['itinerary'] {
  const isHeld = ({ endsAt }: ItineraryItemRow): boolean => mission.status !== 'cancelled' && endsAt <= now;
  return {
    total: itinerary.length,
    held: itinerary.filter(isHeld).length,
    byKind: counts(itinerary.map(({ kind }) => kind)),
    data: itinerary.map((item) => ({ ...item, held: isHeld(item) })),
  };
}

/** Two who were asked for in several plans are one request, met when any plan let them meet. */
function requestsPart({ plans, delegates, hosts, meetings }: MissionFacts): RequestsPart {
  const pairs = new Map<string, ReportedRequest>();
  for (const request of plans.flatMap((plan) => plan.requests)) {
    const pair = `${request.delegateId} ${request.hostId}`;
    if (!pairs.get(pair)?.met) pairs.set(pair, request);
  }
  const requests = [...pairs.values()];
  const held = new Set(meetings.filter(({ status }) => status === 'held').map(({ id }) => id));
  const name = new Map([
    ...delegates.map(({ id, fullName }) => [id, fullName] as const),
    ...hosts.map(({ id, organization }) => [id, organization] as const),
  ]);
  return {
    total: requests.length,
    met: requests.filter(({ met }) => met).length,
    unmet: requests.filter(({ met }) => !met).length,
    held: requests.filter(({ meetingId }) => meetingId !== null && held.has(meetingId)).length,
    plans: plans.map(({ requests: asked, ...plan }) => ({
      ...plan,
      requests: asked.length,
      met: asked.filter(({ met }) => met).length,
    })),
    data: requests
      .filter(({ met }) => !met)
      .map(({ delegateId, hostId, priority, reason }) => ({
        ...{ delegateId, delegate: name.get(delegateId) ?? null, hostId, host: name.get(hostId) ?? null },
        ...{ priority, reason },
      })),
  };
}

function commitmentsPart(facts: MissionFacts): CommitmentsPart {
  const data = facts.commitments.map((commitment) => ({ ...commitment, promisedBy: promisedBy(commitment, facts) }));
  const by = (side: Promiser): Counts<CommitmentStatus> =>
    counts(
      data.filter((commitment) => commitment.promisedBy === side).map(({ status }) => status),
      COMMITMENT_STATUSES,
    );
  return {
    total: data.length,
    byDelegates: by('delegates'),
    byHosts: by('hosts'),
    byOthers: by('others'),
    data,
  };
}

/** The meetings in which somebody takes part, by status; a meeting with two of them counts once. */
function meetingCounts(
  meetings: ReportedMeeting[],
  isMine: (participant: ReportedParticipant) => boolean,
): MeetingCounts {
  const mine = meetings.filter(({ participants }) => participants.some(isMine));
  return {
    total: mine.length,
    ...counts(
      mine.map(({ status }) => status),
      SIDE_MEETING_STATUSES,
    ),
  };
}

/** How many meetings named each, the most named first. */
function mentions(meetings: ReportedMeeting[], of: (meeting: ReportedMeeting) => string[]): Mention[] {
  const named = counts(meetings.flatMap((meeting) => [...new Set(of(meeting))]));
  return Object.entries(named)
    .map(([name, count]) => ({ name, meetings: count }))
    .sort((a, b) => b.meetings - a.meetings || a.name.localeCompare(b.name));
}

/** How often each value is there; those of `all` are told also where there is none. */
function counts<Key extends string>(values: Key[], all: readonly Key[] = []): Counts<Key> {
  const found = new Map<Key, number>(all.map((key) => [key, 0]));
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return Object.fromEntries(found) as Counts<Key>;
}
