import { Injectable } from '@nestjs/common';
import { type Actor, currentActor, Database } from '#database';
import { visibleSql } from '#records';
import { DELEGATE_STATUSES, DelegatesReader, HostsReader, ItineraryReader, TradeMissionsReader } from '#trade-missions';
import { type MissionReport, missionReport } from './mission-report.js';
import type {
  MissionFacts,
  ReportedCommitment,
  ReportedMeeting,
  ReportedPlan,
  ReportedTask,
} from './mission-report-facts.js';

/**
 * What was planned in a mission and what happened, as far as the caller may know: restricted meetings of others, and what came
 * of them, are neither named nor counted. Eight queries, however large the mission.
 */
@Injectable()
export class MissionReportReader {
  constructor(
    private readonly database: Database,
    private readonly missions: TradeMissionsReader,
    private readonly delegates: DelegatesReader,
    private readonly hosts: HostsReader,
    private readonly itinerary: ItineraryReader,
  ) {}

  /** Throws NotFound. Archived missions answer too. */
  async get(missionId: string): Promise<MissionReport> {
    const mission = (await this.missions.get(missionId, ['sponsor', 'owner'])) as MissionFacts['mission'];
    const about = aboutMeetings(currentActor());
    const [delegates, hosts, itinerary, meetings, commitments, tasks, rest] = await Promise.all([
      this.delegates.ofMission(missionId, DELEGATE_STATUSES),
      this.hosts.ofMission(missionId),
      this.itinerary.ofMission(missionId),
      this.database.query<ReportedMeeting>(about.meetings, [missionId]),
      this.database.query<ReportedCommitment>(about.commitments, [missionId]),
      this.database.query<ReportedTask>(about.tasks, [missionId]),
      this.database.queryOne<{ now: Date; plans: StoredPlan[] }>(PLANS, [missionId]),
    ]);
    if (!rest) throw new Error('PostgreSQL does not tell the time');
    const plans = rest.plans.map((plan) => ({ ...plan, acceptedAt: new Date(plan.acceptedAt) }));
    return missionReport({ now: rest.now, mission, delegates, hosts, itinerary, meetings, commitments, tasks, plans });
  }
}

/** The meetings about the mission $1 that an actor may see, and what came of them. */
function aboutMeetings(actor: Actor) {
  const seen = `
    FROM side_meeting_abouts a JOIN side_meetings m ON m.id = a.meeting_id AND m.archived_at IS NULL
    JOIN records mv ON mv.id = m.id AND ${visibleSql('mv', actor)}`;
  return {
    meetings: `
      SELECT m.id, m.title, m.kind, m.status, m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.time_zone AS "timeZone",
             m.date_precision AS "datePrecision", m.topics, m.sectors, m.summary,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('personId', x.person_id, 'fullName', p.full_name,
                'organizationId', x.organization_id, 'organization', o.name, 'side', x.side) ORDER BY x.id), '[]')
              FROM side_meeting_participants x JOIN people p ON p.id = x.person_id
              LEFT JOIN organizations o ON o.id = x.organization_id WHERE x.meeting_id = m.id) AS participants
      ${seen} WHERE a.record_id = $1 ORDER BY m.starts_at NULLS LAST, m.id`,
    commitments: `
      SELECT c.id, c.action, m.id AS "meetingId", c.owed_by_person_id AS "byPersonId", c.owed_by_organization_id AS "byOrganizationId",
             ${partySql('by')} AS "owedBy", ${partySql('to')} AS "owedTo", c.due_to::text AS "dueTo", c.status
      ${seen} JOIN commitments c ON c.about_id = m.id AND c.archived_at IS NULL
      JOIN records v ON v.id = c.id AND ${visibleSql('v', actor)}
      WHERE a.record_id = $1 ORDER BY c.created_at, c.id`,
    tasks: `
      SELECT t.id, t.title, t.status, t.due_at AS "dueAt", u.name AS assignee, s.months
      FROM tasks t JOIN records v ON v.id = t.id AND ${visibleSql('v', actor)}
      LEFT JOIN users u ON u.id = t.assignee_id LEFT JOIN mission_surveys s ON s.task_id = t.id
      WHERE t.archived_at IS NULL AND (s.mission_id = $1 OR t.about_id IN (SELECT m.id ${seen} WHERE a.record_id = $1))
      ORDER BY t.due_at NULLS LAST, t.id`,
  };
}

const partySql = (side: 'by' | 'to'): string => `
  (SELECT string_agg(r.title, ', ' ORDER BY r.type DESC) FROM records r
   WHERE r.id IN (c.owed_${side}_person_id, c.owed_${side}_organization_id))`;

type StoredPlan = Omit<ReportedPlan, 'acceptedAt'> & { acceptedAt: string };

/** Plans that were accepted and not replaced since, and the time of the report. */
const PLANS = `
  SELECT now() AS now, (SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'acceptedAt', p.accepted_at, 'score', p.score, 'upperBound', p.upper_bound, 'gap', p.gap,
      'requests', (SELECT coalesce(jsonb_agg(jsonb_build_object('delegateId', r.delegate_id, 'hostId', r.host_id,
          'priority', r.priority, 'met', r.slot IS NOT NULL, 'meetingId', r.meeting_id, 'reason', r.unmet_message) ORDER BY r.position), '[]')
        FROM meeting_plan_requests r WHERE r.plan_id = p.id)) ORDER BY p.accepted_at, p.id), '[]')
    FROM meeting_plans p WHERE p.mission_id = $1 AND p.status = 'accepted') AS plans`;
