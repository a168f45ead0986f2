import { EventTimeDto } from '../calendar/event-time.dto.js';

export class ReportedNameDto {
  id: string;
  name: string;
}

export class ReportedMissionDto {
  id: string;
  name: string;
  direction: string;
  status: string;
  sponsor: ReportedNameDto | null;
  /** The mission officer */
  owner: ReportedNameDto | null;
  sectors: string[];
  originCountry: string;
  hostCountry: string;
  startsOn: string;
  /** Last day, included */
  endsOn: string;
  timeZone: string;
  objectives: string | null;
}

export class ReportedDelegateDto {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  organization: string | null;
  role: string;
  status: string;
  visaStatus: string;
  /** Meetings about the mission in which this person takes part: total, and by status */
  meetings: object;
}

export class ReportedDelegatesDto {
  total: number;
  /** How many have each status */
  byStatus: object;
  byRole: object;
  byVisaStatus: object;
  data: ReportedDelegateDto[];
}

export class ReportedHostDto {
  id: string;
  organizationId: string;
  organization: string;
  contact: string | null;
  status: string;
  /** Meetings about the mission with somebody of this organization, each once: total, and by status */
  meetings: object;
}

export class ReportedHostsDto {
  total: number;
  byStatus: object;
  data: ReportedHostDto[];
}

export class ReportedItemDto extends EventTimeDto {
  id: string;
  kind: string;
  title: string;
  /** Address and city */
  place: string | null;
  host: string | null;
  /** Over, in a mission that was not cancelled; nobody writes down whether it took place */
  held: boolean;
}

export class ReportedItineraryDto {
  total: number;
  held: number;
  byKind: object;
  data: ReportedItemDto[];
}

export class ReportedParticipantDto {
  personId: string;
  fullName: string;
  organizationId: string | null;
  organization: string | null;
  side: string;
}

export class ReportedMeetingDto extends EventTimeDto {
  id: string;
  title: string;
  kind: string;
  status: string;
  /** How far startsAt may be trusted; null: to the minute */
  datePrecision: string | null;
  summary: string | null;
  participants: ReportedParticipantDto[];
}

export class ReportedMeetingsDto {
  total: number;
  byStatus: object;
  /** Those kinds that there are */
  byKind: object;
  data: ReportedMeetingDto[];
}

export class ReportedPlanDto {
  id: string;
  acceptedAt: string;
  /** How many were asked of it */
  requests: number;
  met: number;
  /** Sum of the priorities met */
  score: number;
  /** No schedule can score more */
  upperBound: number;
  /** (upperBound − score) ÷ upperBound */
  gap: number;
}

export class ReportedWishDto {
  delegateId: string;
  delegate: string | null;
  hostId: string;
  host: string | null;
  priority: number;
  /** Why they could not meet */
  reason: string | null;
}

/** One-on-ones asked of accepted plans; two who were asked for in several plans are one request */
export class ReportedRequestsDto {
  total: number;
  /** A plan lets them meet */
  met: number;
  unmet: number;
  /** Met, and the meeting was held */
  held: number;
  plans: ReportedPlanDto[];
  /** Those not met */
  data: ReportedWishDto[];
}

export class MentionDto {
  name: string;
  /** Held meetings that named it */
  meetings: number;
}

export class ReportedCommitmentDto {
  id: string;
  action: string;
  meetingId: string;
  /** Names of who promised */
  owedBy: string;
  owedTo: string;
  /** delegates, hosts or others */
  promisedBy: string;
  dueTo: string | null;
  status: string;
}

export class ReportedCommitmentsDto {
  total: number;
  /** What delegates promised, by status: open, kept, broken, released */
  byDelegates: object;
  byHosts: object;
  byOthers: object;
  data: ReportedCommitmentDto[];
}

export class ReportedTaskDto {
  id: string;
  title: string;
  status: string;
  dueAt: string | null;
  assignee: string | null;
}

export class ReportedTasksDto {
  total: number;
  byStatus: object;
  data: ReportedTaskDto[];
}

export class ReportedSurveyDto extends ReportedTaskDto {
  /** After the last day of the mission: 3, 6 or 12 */
  months: number;
}

/** What was planned in a mission and what happened. Restricted meetings of others, and what came of them, are neither named nor counted */
export class MissionReportDto {
  generatedAt: string;
  mission: ReportedMissionDto;
  delegates: ReportedDelegatesDto;
  hosts: ReportedHostsDto;
  itinerary: ReportedItineraryDto;
  /** Meetings about the mission */
  meetings: ReportedMeetingsDto;
  requests: ReportedRequestsDto;
  /** Topics of the meetings held, the most named first */
  topics: MentionDto[];
  sectors: MentionDto[];
  /** Promises made in these meetings */
  commitments: ReportedCommitmentsDto;
  /** Tasks that came of these meetings */
  followUps: ReportedTasksDto;
  /** Tasks to ask what came of the mission, made when it is completed */
  surveys: ReportedSurveyDto[];
}
