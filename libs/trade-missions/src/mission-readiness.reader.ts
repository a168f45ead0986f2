import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { NotFound } from '#faults';
import { type DelegateStatus, TAKING_PART, type VisaStatus } from './delegate-status.js';
import type { HostStatus } from './mission-host.entity.js';

/** A delegate whom something is missing. */
export interface Lacking {
  id: string;
  fullName: string;
}

/** How far a mission is prepared. */
export interface MissionReadiness {
  missionId: string;
  startsOn: string;
  /** Days until it begins by the clocks of its zone; negative afterwards. */
  daysToStart: number;
  /** Statuses that somebody has, and how many. */
  delegates: Partial<Record<DelegateStatus, number>>;
  /** The same of the visas of those who take part. */
  visas: Partial<Record<VisaStatus, number>>;
  hosts: Partial<Record<HostStatus, number>>;
  /** Whose visa is not settled although the mission begins in less than 30 days. */
  visasAtRisk: (Lacking & { visaStatus: VisaStatus })[];
  overdue: (Lacking & { milestones: { id: string; kind: string; title: string; dueAt: string }[] })[];
  /** Who needs a visa and has no invitation letter yet. */
  withoutLetter: Lacking[];
  /** Whom no mail can reach. */
  withoutAddress: Lacking[];
}

/** Says what a mission still lacks. */
@Injectable()
export class MissionReadinessReader {
  constructor(private readonly database: Database) {}

  /** Throws NotFound. */
  async get(missionId: string): Promise<MissionReadiness> {
    const row = await this.database.queryOne<MissionReadiness>(READINESS, [missionId, TAKING_PART, RISK_DAYS]);
    if (!row) throw new NotFound('trade mission', missionId);
    return row;
  }
}

/** Consulates take weeks. */
const RISK_DAYS = 30;

const countsSql = (column: string, from: string): string =>
  `(SELECT coalesce(jsonb_object_agg(word, n), '{}') FROM (SELECT ${column} AS word, count(*)::int AS n FROM ${from} GROUP BY 1) c)`;

const listSql = (where: string, more = ''): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'fullName', c.full_name${more}) ORDER BY c.full_name, c.id), '[]')
   FROM coming c WHERE ${where})`;

const OVERDUE = `
  (SELECT jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'title', s.title, 'dueAt', s.due_at)
     ORDER BY s.due_at, s.id)
   FROM milestones s WHERE s.delegate_id = c.id AND s.done_at IS NULL AND s.due_at < now() AND s.archived_at IS NULL)`;

const HAS_LETTER = `
  EXISTS (SELECT FROM milestones s WHERE s.delegate_id = c.id AND s.kind = 'invitation_letter' AND s.done_at IS NOT NULL AND s.archived_at IS NULL)`;

const READINESS = `
  WITH everybody AS (
    SELECT d.* FROM delegates d WHERE d.mission_id = $1 AND d.archived_at IS NULL
  ), coming AS (
    SELECT d.id, d.visa_status, p.full_name, p.email FROM everybody d JOIN people p ON p.id = d.person_id WHERE d.status = ANY($2::text[])
  ), mission AS (
    SELECT m.*, m.starts_on - (now() AT TIME ZONE m.time_zone)::date AS days FROM trade_missions m WHERE m.id = $1
  )
  SELECT m.id AS "missionId", m.starts_on::text AS "startsOn", m.days AS "daysToStart",
    ${countsSql('status', 'everybody')} AS delegates,
    ${countsSql('visa_status', 'coming')} AS visas,
    ${countsSql('status', 'mission_hosts h WHERE h.mission_id = m.id AND h.archived_at IS NULL')} AS hosts,
    ${listSql(`m.days < $3 AND m.status NOT IN ('completed', 'reported', 'cancelled') AND c.visa_status NOT IN ('approved', 'not_required')`, `, 'visaStatus', c.visa_status`)} AS "visasAtRisk",
    ${listSql(`${OVERDUE} IS NOT NULL`, `, 'milestones', ${OVERDUE}`)} AS overdue,
    ${listSql(`c.visa_status = 'not_started' AND NOT ${HAS_LETTER}`)} AS "withoutLetter",
    ${listSql('c.email IS NULL')} AS "withoutAddress"
  FROM mission m`;
