import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { TAKING_PART } from '#trade-missions';
import type { PlanPair, PlanSlot } from './meeting-plan.js';
import { MeetingPlanSuperseded } from './meeting-plans.errors.js';
import type { MeetingPlanStatus } from './meeting-plan-status.js';
import { pairKey } from './plan-requests.js';

export interface LinePlan {
  id: string;
  missionId: string;
  status: MeetingPlanStatus;
}

/** A meeting that came of an accepted plan, as it is now. */
export interface PlannedMeeting extends PlanPair, PlanSlot {
  meetingId: string;
  /** Where the plan has put it; see `spotOf`. */
  table: number;
  roomId: string | null;
  place: string | null;
  /** Called off or archived by people. */
  gone: boolean;
  /** It has begun. */
  past: boolean;
  /** People have given it another time than its plan, and both still take part. */
  strayed: boolean;
}

/** Plans that replace one another, and the meetings that came of the one that counts. */
@Injectable()
export class PlanLine {
  constructor(private readonly database: Database) {}

  /** The plan itself, the one it replaces, and so on; empty when there is no such plan. */
  of(id: string): Promise<LinePlan[]> {
    return this.database.query<LinePlan>(LINE, [id]);
  }

  /** What became of the meetings of an accepted plan. */
  meetings(planId: string): Promise<PlannedMeeting[]> {
    return this.database.query<PlannedMeeting>(MEETINGS, [planId, TAKING_PART]);
  }

  /** Those of them that a later plan takes over: what has strayed and is not asked for again is no longer a plan's. */
  async meetingsFor(planId: string, laterId: string): Promise<PlannedMeeting[]> {
    const asked = await this.database.query<PlanPair>(PAIRS, [laterId]);
    const pairs = new Set(asked.map(pairKey));
    return (await this.meetings(planId)).filter((meeting) => !meeting.strayed || pairs.has(pairKey(meeting)));
  }
}

/** The plan of a line whose meetings stand; undefined when none is accepted. Throws MeetingPlanSuperseded. */
export function acceptedIn(line: LinePlan[]): LinePlan | undefined {
  const decided = line.find(({ status }) => status === 'accepted' || status === 'superseded');
  if (decided?.status === 'superseded') throw new MeetingPlanSuperseded(decided.id);
  return decided;
}

const LINE = `
  WITH RECURSIVE line AS (
    SELECT id, mission_id, status, replaces_id, 0 AS depth FROM meeting_plans WHERE id = $1
    UNION ALL
    SELECT p.id, p.mission_id, p.status, p.replaces_id, line.depth + 1 FROM meeting_plans p JOIN line ON p.id = line.replaces_id)
  SELECT id, mission_id AS "missionId", status FROM line ORDER BY depth`;

/** A meeting without a time any more is as good as gone. */
const MEETINGS = `
  SELECT q.delegate_id AS "delegateId", q.host_id AS "hostId", q.meeting_id AS "meetingId", q.table_number AS table,
    p.room_ids[q.table_number] AS "roomId", p.place,
    r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.starts_at <= now() AS past,
    r.called_off OR r.archived_at IS NOT NULL OR r.starts_at IS NULL OR r.ends_at IS NULL AS gone,
    r.starts_at > now() AND (r.starts_at <> (p.slots->q.slot->>'startsAt')::timestamptz
      OR r.ends_at <> (p.slots->q.slot->>'endsAt')::timestamptz)
      AND d.status = ANY($2::text[]) AND d.archived_at IS NULL AND h.status <> 'declined' AND h.archived_at IS NULL AS strayed
  FROM meeting_plan_requests q JOIN meeting_plans p ON p.id = q.plan_id JOIN records r ON r.id = q.meeting_id
  JOIN delegates d ON d.id = q.delegate_id JOIN mission_hosts h ON h.id = q.host_id
  WHERE q.plan_id = $1 ORDER BY q.position`;

const PAIRS = `SELECT delegate_id AS "delegateId", host_id AS "hostId" FROM meeting_plan_requests WHERE plan_id = $1`;
