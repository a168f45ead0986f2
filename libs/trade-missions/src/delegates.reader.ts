import { Injectable } from '@nestjs/common';
import {
  childrenOf,
  currentActor,
  Database,
  demandOne,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { NotFound } from '#faults';
import type { EventGuest } from '#invitations';
import { RecordsReader, searchedBy, visibleSql } from '#records';
import {
  DELEGATE_ROLES,
  DELEGATE_STATUSES,
  type DelegateRole,
  type DelegateStatus,
  TAKING_PART,
  VISA_STATUSES,
  type VisaStatus,
} from './delegate-status.js';

export interface DelegateRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  missionId: string;
  /** Zone of the mission, in which stays are shown. */
  missionTimeZone: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  /** Name of the organization. */
  organization: string | null;
  role: DelegateRole;
  status: DelegateStatus;
  visaStatus: VisaStatus;
  arrivesAt: Date | null;
  departsAt: Date | null;
  dietary: string | null;
  notes: string | null;
  byAnswer: boolean;
  email: string | null;
  /** IANA zone of the person. */
  timeZone: string | null;
  /** BCP 47, of the person. */
  locale: string | null;
}

/** A meeting that somebody has to see to when a delegate leaves the mission. */
export interface MeetingAhead {
  id: string;
  title: string;
  startsAt: Date;
  timeZone: string;
}

export const delegatesList: ListSpec<DelegateRow> = {
  from: `delegates x JOIN people p ON p.id = x.person_id JOIN trade_missions m ON m.id = x.mission_id
    LEFT JOIN organizations o ON o.id = x.organization_id`,
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    archivedAt: 'x.archived_at',
    missionId: 'x.mission_id',
    missionTimeZone: 'm.time_zone',
    personId: 'x.person_id',
    fullName: 'p.full_name',
    organizationId: 'x.organization_id',
    organization: 'o.name',
    role: 'x.role',
    status: 'x.status',
    visaStatus: 'x.visa_status',
    arrivesAt: 'x.arrives_at',
    departsAt: 'x.departs_at',
    dietary: 'x.dietary',
    notes: 'x.notes',
    byAnswer: 'x.by_answer',
    email: 'p.email',
    timeZone: 'p.time_zone',
    locale: 'p.locale',
  },
  fields: {
    fullName: { column: 'p.full_name', kind: 'text', sortable: true },
    personId: { column: 'x.person_id', kind: 'uuid' },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    role: { column: 'x.role', kind: 'enum', values: DELEGATE_ROLES, sortable: true },
    status: { column: 'x.status', kind: 'enum', values: DELEGATE_STATUSES, sortable: true },
    visaStatus: { column: 'x.visa_status', kind: 'enum', values: VISA_STATUSES, sortable: true },
    arrivesAt: { column: 'x.arrives_at', kind: 'instant', sortable: true },
    departsAt: { column: 'x.departs_at', kind: 'instant', sortable: true },
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'fullName',
  where: 'x.archived_at IS NULL',
  search: searchedBy('x.person_id'),
  includes: {
    person: `jsonb_build_object('id', p.id, 'fullName', p.full_name, 'email', p.email, 'phone', p.phone, 'country', p.country)`,
    milestones: `coalesce((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'title', s.title, 'dueAt', s.due_at,
      'doneAt', s.done_at) ORDER BY s.due_at, s.id) FROM milestones s WHERE s.delegate_id = x.id AND s.archived_at IS NULL), '[]')`,
  },
};

/** Who takes part in trade missions. */
@Injectable()
export class DelegatesReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  /** One page of the delegates of a mission. Throws NotFound when there is no such mission. */
  async listOf(missionId: string, request: ListRequest): Promise<Page<DelegateRow>> {
    await this.records.demandVisible('trade_mission', missionId);
    return listPage(this.database, delegatesList, request, childrenOf('x.mission_id', missionId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<DelegateRow> {
    return demandOne(this.database, delegatesList, 'delegate', id, include);
  }

  /** Throws NotFound for an archived one too. */
  async getLive(id: string): Promise<DelegateRow> {
    const row = await this.get(id);
    if (row.archivedAt) throw new NotFound('delegate', id);
    return row;
  }

  /** Scheduled meetings about the mission that a delegate is to take part in, as far as the caller may know of them. */
  meetingsAhead({ missionId, personId }: Pick<DelegateRow, 'missionId' | 'personId'>): Promise<MeetingAhead[]> {
    return this.database.query<MeetingAhead>(meetingsSql(), [missionId, personId]);
  }

  /** Who takes part in some missions, and who no longer does. */
  guestsOf(missionIds: string[]): Promise<(EventGuest & { aboutId: string })[]> {
    return this.database.query(GUESTS, [missionIds, TAKING_PART]);
  }

  /** All delegates of a mission with one of these statuses, those who take part unless said otherwise; heads first, then by name. */
  ofMission(missionId: string, statuses: readonly DelegateStatus[] = TAKING_PART): Promise<DelegateRow[]> {
    return this.database.query<DelegateRow>(OF_MISSION, [missionId, statuses]);
  }
}

const COLUMNS = Object.entries(delegatesList.select).map(([property, column]) => `${column} AS "${property}"`);

const OF_MISSION = `
  SELECT ${COLUMNS.join(', ')} FROM ${delegatesList.from}
  WHERE x.mission_id = $1 AND x.status = ANY($2::text[]) AND x.archived_at IS NULL
  ORDER BY x.role <> 'head', p.full_name, x.id`;

const meetingsSql = (): string => `
  SELECT s.id, s.title, s.starts_at AS "startsAt", s.time_zone AS "timeZone"
  FROM side_meetings s JOIN records r ON r.id = s.id
    JOIN side_meeting_abouts a ON a.meeting_id = s.id AND a.record_id = $1
    JOIN side_meeting_participants x ON x.meeting_id = s.id AND x.person_id = $2
  WHERE s.status = 'scheduled' AND s.starts_at > now() AND s.archived_at IS NULL
    AND x.participation NOT IN ('declined', 'delegated') AND ${visibleSql('r', currentActor())}
  ORDER BY s.starts_at, s.id`;

const GUESTS = `
  SELECT d.mission_id AS "aboutId", d.person_id AS "personId",
    bool_or(d.status = ANY($2::text[]) AND d.archived_at IS NULL) AS "takesPart"
  FROM delegates d WHERE d.mission_id = ANY($1::uuid[]) GROUP BY d.mission_id, d.person_id`;
