import type { MissionReport } from '#mission-papers';
import { presentEventTime } from '../calendar/event-time.presenter.js';
import { instant } from '../http/format.js';
import type {
  MissionReportDto,
  ReportedDelegateDto,
  ReportedHostDto,
  ReportedItemDto,
  ReportedMeetingDto,
  ReportedMissionDto,
  ReportedTaskDto,
} from './mission-report.dto.js';

export const presentMissionReport = (report: MissionReport): MissionReportDto => ({
  generatedAt: instant(report.generatedAt),
  mission: presentMission(report.mission),
  delegates: { ...report.delegates, data: report.delegates.data.map(presentDelegate) },
  hosts: { ...report.hosts, data: report.hosts.data.map(presentHost) },
  itinerary: { ...report.itinerary, data: report.itinerary.data.map(presentItem) },
  meetings: { ...report.meetings, data: report.meetings.data.map(presentMeeting) },
  requests: {
    ...report.requests,
    plans: report.requests.plans.map((plan) => ({ ...plan, acceptedAt: instant(plan.acceptedAt) })),
  },
  topics: report.topics,
  sectors: report.sectors,
  commitments: {
    ...report.commitments,
    data: report.commitments.data.map(({ byPersonId: _person, byOrganizationId: _organization, ...rest }) => rest),
  },
  followUps: { ...report.followUps, data: report.followUps.data.map(presentTask) },
  surveys: report.surveys.map((survey) => ({ ...presentTask(survey), months: survey.months ?? 0 })),
});

const presentMission = (row: MissionReport['mission']): ReportedMissionDto => ({
  id: row.id,
  name: row.name,
  direction: row.direction,
  status: row.status,
  sponsor: row.sponsor ? { id: row.sponsor.id, name: row.sponsor.name } : null,
  owner: row.owner ?? null,
  sectors: row.sectors,
  originCountry: row.originCountry,
  hostCountry: row.hostCountry,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  timeZone: row.timeZone,
  objectives: row.objectives,
});

const presentDelegate = (row: MissionReport['delegates']['data'][number]): ReportedDelegateDto => ({
  id: row.id,
  personId: row.personId,
  fullName: row.fullName,
  organizationId: row.organizationId,
  organization: row.organization,
  role: row.role,
  status: row.status,
  visaStatus: row.visaStatus,
  meetings: row.meetings,
});

const presentHost = (row: MissionReport['hosts']['data'][number]): ReportedHostDto => ({
  id: row.id,
  organizationId: row.organizationId,
  organization: row.organization,
  contact: row.contact,
  status: row.status,
  meetings: row.meetings,
});

const presentItem = (row: MissionReport['itinerary']['data'][number]): ReportedItemDto => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  ...presentEventTime(row),
  place: row.place,
  host: row.host?.organization ?? null,
  held: row.held,
});

const presentMeeting = (row: MissionReport['meetings']['data'][number]): ReportedMeetingDto => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  status: row.status,
  ...presentEventTime(row),
  datePrecision: row.datePrecision,
  summary: row.summary,
  participants: row.participants,
});

const presentTask = (row: MissionReport['surveys'][number]): ReportedTaskDto => ({
  id: row.id,
  title: row.title,
  status: row.status,
  dueAt: instant(row.dueAt),
  assignee: row.assignee,
});
