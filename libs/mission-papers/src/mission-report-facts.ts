import type { ParticipantSide, SideMeetingStatus } from '#side-meetings';
import type { CommitmentStatus, TaskStatus } from '#tasks';
import type { DelegateRow, HostRow, ItineraryItemRow, TradeMissionRow } from '#trade-missions';

export interface ReportedParticipant {
  personId: string;
  fullName: string;
  organizationId: string | null;
  organization: string | null;
  side: ParticipantSide;
}

/** A meeting about the mission that the reader of the report may see. */
export interface ReportedMeeting {
  id: string;
  title: string;
  kind: string;
  status: SideMeetingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: string | null;
  topics: string[];
  sectors: string[];
  summary: string | null;
  participants: ReportedParticipant[];
}

export interface ReportedCommitment {
  id: string;
  action: string;
  /** Meeting that it came of. */
  meetingId: string;
  byPersonId: string | null;
  byOrganizationId: string | null;
  /** Names. */
  owedBy: string;
  owedTo: string;
  dueTo: string | null;
  status: CommitmentStatus;
}

export interface ReportedTask {
  id: string;
  title: string;
  status: TaskStatus;
  dueAt: Date | null;
  assignee: string | null;
  /** Months after the end for a survey, null for what came of a meeting. */
  months: number | null;
}

/** What somebody wanted of an accepted plan. */
export interface ReportedRequest {
  delegateId: string;
  hostId: string;
  priority: number;
  /** Whether the plan let them meet. */
  met: boolean;
  meetingId: string | null;
  reason: string | null;
}

export interface ReportedPlan {
  id: string;
  acceptedAt: Date;
  /** Sum of the priorities met, and the most that any schedule could have reached. */
  score: number;
  upperBound: number;
  gap: number;
  requests: ReportedRequest[];
}

/** All that the report is made of. */
export interface MissionFacts {
  now: Date;
  mission: TradeMissionRow & {
    sponsor?: { id: string; name: string } | null;
    owner?: { id: string; name: string } | null;
  };
  delegates: DelegateRow[];
  hosts: HostRow[];
  itinerary: ItineraryItemRow[];
  meetings: ReportedMeeting[];
  commitments: ReportedCommitment[];
  tasks: ReportedTask[];
  plans: ReportedPlan[];
}
