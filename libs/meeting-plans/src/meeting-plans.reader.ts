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
import { visibleSql } from '#records';
import { TradeMissionsReader } from '#trade-missions';
import type { PlanAbsence, PlanLimits, PlanProgress, PlanSlot } from './meeting-plan.js';
import { revived } from './meeting-plans.store.js';
import { MEETING_PLAN_STATUSES, type MeetingPlanStatus } from './meeting-plan-status.js';

type Doer = { kind: string; id: string | null; name: string };

/** What became of the meetings when a plan was accepted. */
export interface PlanAcceptance {
  created: number;
  kept: number;
  moved: number;
  cancelled: number;
  /** Invitations to new meetings. */
  invited: number;
}

export interface MeetingPlanRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  missionId: string;
  /** Name of the mission. */
  mission: string;
  replacesId: string | null;
  status: MeetingPlanStatus;
  timeZone: string;
  place: string | null;
  slots: PlanSlot[];
  tables: number;
  roomIds: string[];
  limits: PlanLimits;
  unavailable: PlanAbsence[];
  progress: PlanProgress | null;
  score: number | null;
  upperBound: number | null;
  gap: number | null;
  proven: 'optimal' | 'bounded' | null;
  kept: number | null;
  failure: string | null;
  requestCount: number;
  createdBy: Doer;
  startedAt: Date | null;
  finishedAt: Date | null;
  acceptedAt: Date | null;
  acceptedBy: Doer | null;
  acceptance: PlanAcceptance | null;
}

/** A request with the names of today, and what the plan makes of it. */
export interface PlannedRequestRow {
  position: number;
  delegateId: string;
  delegate: string;
  delegateOrganization: string | null;
  hostId: string;
  /** Name of the organization. */
  host: string;
  contact: string | null;
  priority: number;
  interpreter: boolean;
  locked: boolean;
  previousSlot: number | null;
  previousTable: number | null;
  /** Null where the two do not meet. */
  slot: number | null;
  table: number | null;
  unmetCode: string | null;
  unmetMessage: string | null;
  /** Null before the acceptance, and for what the caller may not see. */
  meetingId: string | null;
}

export type WholeMeetingPlan = MeetingPlanRow & { requests: PlannedRequestRow[] };

const doerSql = (column: string): string =>
  `jsonb_build_object('kind', ${column}->'kind', 'id', ${column}->'id', 'name', ${column}->'name')`;

export const meetingPlansList: ListSpec<MeetingPlanRow> = {
  from: 'meeting_plans p',
  id: 'p.id',
  select: {
    id: 'p.id',
    version: 'p.version',
    createdAt: 'p.created_at',
    updatedAt: 'p.updated_at',
    missionId: 'p.mission_id',
    mission: '(SELECT m.name FROM trade_missions m WHERE m.id = p.mission_id)',
    replacesId: 'p.replaces_id',
    status: 'p.status',
    timeZone: 'p.time_zone',
    place: 'p.place',
    slots: 'p.slots',
    tables: 'p.tables',
    roomIds: 'p.room_ids::text[]',
    limits: 'p.limits',
    unavailable: 'p.unavailable',
    progress: 'p.progress',
    score: 'p.score',
    upperBound: 'p.upper_bound',
    gap: 'p.gap',
    proven: 'p.proven',
    kept: 'p.kept',
    failure: 'p.failure',
    requestCount: '(SELECT count(*)::integer FROM meeting_plan_requests q WHERE q.plan_id = p.id)',
    createdBy: doerSql('p.actor'),
    startedAt: 'p.started_at',
    finishedAt: 'p.finished_at',
    acceptedAt: 'p.accepted_at',
    acceptedBy: `CASE WHEN p.accepted_by IS NOT NULL THEN ${doerSql('p.accepted_by')} END`,
    acceptance: 'p.acceptance',
  },
  fields: {
    status: { column: 'p.status', kind: 'enum', values: MEETING_PLAN_STATUSES },
    replaces: { column: 'p.replaces_id', kind: 'uuid' },
    createdAt: { column: 'p.created_at', kind: 'instant', sortable: true },
    score: { column: 'p.score', kind: 'integer', sortable: true },
  },
  defaultSort: '-createdAt',
};

/** Answers about meeting plans. */
@Injectable()
export class MeetingPlansReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
  ) {}

  /** Plans of one mission, the latest first. Throws NotFound when there is no such mission. */
  async listOf(missionId: string, request: ListRequest): Promise<Page<MeetingPlanRow>> {
    await this.missions.get(missionId);
    const page = await listPage(this.database, meetingPlansList, request, childrenOf('p.mission_id', missionId));
    return { ...page, data: page.data.map(withDates) };
  }

  /** With all that was asked, and what came of it; by slot and table, what is not met last. Throws NotFound. */
  async get(id: string): Promise<WholeMeetingPlan> {
    const row = await demandOne(this.database, meetingPlansList, 'meeting plan', id);
    const requests = await this.database.query<PlannedRequestRow>(requestsSql(visibleSql('r', currentActor())), [id]);
    return { ...withDates(row), requests };
  }
}

const withDates = (row: MeetingPlanRow): MeetingPlanRow => ({
  ...row,
  slots: revived(row.slots as unknown as { startsAt: string; endsAt: string }[]),
  unavailable: revived(row.unavailable as unknown as (PlanAbsence & { startsAt: string; endsAt: string })[]),
});

const requestsSql = (visible: string): string => `
  SELECT q.position, q.delegate_id AS "delegateId", p.full_name AS delegate, g.name AS "delegateOrganization",
    q.host_id AS "hostId", o.name AS host, c.full_name AS contact, q.priority, q.interpreter, q.locked,
    q.previous_slot AS "previousSlot", q.previous_table AS "previousTable", q.slot, q.table_number AS table,
    q.unmet_code AS "unmetCode", q.unmet_message AS "unmetMessage", r.id AS "meetingId"
  FROM meeting_plan_requests q
  JOIN delegates d ON d.id = q.delegate_id JOIN people p ON p.id = d.person_id LEFT JOIN organizations g ON g.id = d.organization_id
  JOIN mission_hosts h ON h.id = q.host_id JOIN organizations o ON o.id = h.organization_id LEFT JOIN people c ON c.id = h.contact_id
  LEFT JOIN records r ON r.id = q.meeting_id AND ${visible}
  WHERE q.plan_id = $1 ORDER BY q.slot, q.table_number, q.position`;
