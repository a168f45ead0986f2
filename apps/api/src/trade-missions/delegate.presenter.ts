import { toLocal } from '#calendar';
import type { DelegateRow, MeetingAhead, MissionReadiness } from '#trade-missions';
import { instant, stamps } from '../http/format.js';
import type { DelegateDto, MeetingAheadDto, MissionReadinessDto } from './delegate.dto.js';

/** Instants as JSON of the database writes them. */
interface IncludedMilestone {
  dueAt: string;
  doneAt?: string | null;
}

type IncludedRow = DelegateRow & { person?: object; milestones?: IncludedMilestone[] };

export const presentDelegate = (row: IncludedRow): DelegateDto => ({
  ...stamps(row),
  missionId: row.missionId,
  personId: row.personId,
  fullName: row.fullName,
  organizationId: row.organizationId,
  organization: row.organization,
  role: row.role,
  status: row.status,
  visaStatus: row.visaStatus,
  arrivesAt: instant(row.arrivesAt),
  departsAt: instant(row.departsAt),
  arrivesAtLocal: row.arrivesAt && toLocal(row.arrivesAt, row.missionTimeZone),
  departsAtLocal: row.departsAt && toLocal(row.departsAt, row.missionTimeZone),
  timeZone: row.missionTimeZone,
  dietary: row.dietary,
  notes: row.notes,
  byAnswer: row.byAnswer,
  ...(row.person && { person: row.person }),
  ...(row.milestones && { milestones: row.milestones.map(presentIncluded) }),
});

export const presentMeetingAhead = ({ id, title, startsAt }: MeetingAhead): MeetingAheadDto => ({
  id,
  title,
  startsAt: instant(startsAt),
});

export const presentReadiness = (row: MissionReadiness): MissionReadinessDto => ({
  ...row,
  overdue: row.overdue.map((each) => ({ ...each, milestones: each.milestones.map(presentIncluded) })),
});

const presentIncluded = (milestone: IncludedMilestone): object => ({
  ...milestone,
  dueAt: instant(new Date(milestone.dueAt)),
  ...(milestone.doneAt !== undefined && { doneAt: milestone.doneAt && instant(new Date(milestone.doneAt)) }),
});
