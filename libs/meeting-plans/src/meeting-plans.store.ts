import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { currentScope, Database } from '#database';
import { NotFound } from '#faults';
import type { Timetable, UnmetRequest } from '#timetable';
import type { PlanAbsence, PlanProgress, PlanRequest, PlanSlot, PlanState } from './meeting-plan.js';
import type { MeetingPlanStatus } from './meeting-plan-status.js';

/** Seconds after which a plan is free again when its worker gave no sign of life. */
const LEASE = 5;

/** A plan nobody is at. */
export interface WaitingPlan {
  planId: string;
  /** Another text each time a worker has been at it, and after a while, so that a job for this turn is made once. */
  turn: string;
}

/** A plan to be kept. */
export type NewPlan = Omit<PlanState, 'id' | 'status' | 'attempts' | 'actor' | 'requestId'> & {
  requests: PlanRequest[];
};

/** Spans as JSON keeps them. */
type Kept<Row extends PlanSlot> = Omit<Row, 'startsAt' | 'endsAt'> & { startsAt: string; endsAt: string };
type KeptState = Omit<PlanState, 'slots' | 'unavailable'> & {
  slots: Kept<PlanSlot>[];
  unavailable: Kept<PlanAbsence>[];
};

/** Spans read out of JSON. */
export const revived = <Row extends { startsAt: string; endsAt: string }>(
  rows: Row[],
): (Omit<Row, 'startsAt' | 'endsAt'> & PlanSlot)[] =>
  rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt) }));

/** The rows of `meeting_plans`: what was asked, who works on which, and what came of it. */
@Injectable()
export class MeetingPlansStore {
  constructor(private readonly database: Database) {}

  /** Answers the new plan's id; it waits for a worker. */
  async insert(plan: NewPlan): Promise<string> {
    const id = v7();
    const { actor, requestId } = currentScope();
    const { missionId, replacesId, timeZone, place, slots, tables, roomIds, limits, unavailable } = plan;
    const json = [limits, slots, unavailable, actor].map((value) => JSON.stringify(value));
    await this.database.query(INSERT, [
      ...[id, missionId, replacesId, timeZone, place, tables, roomIds],
      ...[...json, requestId ?? null],
    ]);
    await this.database.query(INSERT_REQUESTS, [id, JSON.stringify(plan.requests)]);
    return id;
  }

  /** The plan, kept from everybody else until the commit. Throws NotFound. */
  async lock(id: string): Promise<PlanState> {
    const found = await this.database.queryOne<KeptState>(`${STATE} WHERE id = $1 FOR UPDATE`, [id]);
    if (!found) throw new NotFound('meeting plan', id);
    return { ...found, slots: revived(found.slots), unavailable: revived(found.unavailable) };
  }

  /** Of which mission a plan is. Throws NotFound. */
  async find(id: string): Promise<Pick<PlanState, 'missionId'>> {
    const found = await this.database.queryOne<{ missionId: string }>(
      'SELECT mission_id AS "missionId" FROM meeting_plans WHERE id = $1',
      [id],
    );
    if (!found) throw new NotFound('meeting plan', id);
    return found;
  }

  /** What was asked of a plan, in the order in which it was asked. */
  requests(id: string): Promise<PlanRequest[]> {
    return this.database.query<PlanRequest>(REQUESTS, [id]);
  }

  /** Plans that wait for a worker, the oldest first. */
  waiting(limit: number): Promise<WaitingPlan[]> {
    return this.database.query<WaitingPlan>(
      `SELECT id AS "planId", concat_ws('-', id, attempts, floor(extract(epoch FROM now()) / ${LEASE})) AS turn
       FROM meeting_plans WHERE ${FREE} ORDER BY created_at, id LIMIT $1`,
      [limit],
    );
  }

  /** Takes a plan nobody works on; false when somebody does, or when there is nothing to do. */
  async claim(id: string, lease: string): Promise<boolean> {
    return this.changed(
      `UPDATE meeting_plans SET status = 'solving', lease = $2, lease_until = ${UNTIL}, attempts = attempts + 1, ${TOUCHED},
         started_at = coalesce(started_at, now()), progress = jsonb_build_object('phase', 'preparing')
       WHERE id = (SELECT id FROM meeting_plans WHERE id = $1 AND ${FREE} FOR UPDATE SKIP LOCKED)`,
      [id, lease],
    );
  }

  /** A sign of life, and how far it is; false when the plan is not this worker's any more. */
  async renew(id: string, lease: string, progress?: PlanProgress): Promise<boolean> {
    return this.changed(
      `UPDATE meeting_plans SET lease_until = ${UNTIL}, progress = coalesce($3::jsonb, progress),
         version = version + CASE WHEN $3::jsonb IS DISTINCT FROM progress AND $3 IS NOT NULL THEN 1 ELSE 0 END
       WHERE id = $1 AND lease = $2 AND status = 'solving'`,
      [id, lease, progress ? JSON.stringify(progress) : null],
    );
  }

  /** Lets another worker take the plan: at once, or `seconds` from now, with what went wrong. The attempt counts unless it was broken off. */
  async release(id: string, lease: string, failure?: { seconds: number; message: string }): Promise<void> {
    await this.database.query(
      `UPDATE meeting_plans SET lease = NULL, failure = $4, lease_until = now() + make_interval(secs => $3),
         attempts = attempts - CASE WHEN $4::text IS NULL THEN 1 ELSE 0 END
       WHERE id = $1 AND lease = $2 AND status = 'solving'`,
      [id, lease, failure?.seconds ?? 0, failure?.message ?? null],
    );
  }

  /** Keeps the timetable that was found; false when the plan is not this worker's any more. */
  async finish(id: string, lease: string, timetable: Timetable, unmet: UnmetRequest[]): Promise<boolean> {
    const { score, upperBound, gap, status, kept, assignments } = timetable;
    const finished = await this.changed(
      `UPDATE meeting_plans SET status = 'ready', score = $3, upper_bound = $4, gap = $5, proven = $6, kept = $7,
         failure = NULL, progress = NULL, ${ENDED} WHERE id = $1 AND lease = $2 AND status = 'solving'`,
      [id, lease, score, upperBound, gap, status, kept],
    );
    if (!finished) return false;
    await this.database.query(ASSIGN, [id, JSON.stringify(assignments)]);
    await this.database.query(EXPLAIN, [id, JSON.stringify(unmet)]);
    return true;
  }

  /** There will be no timetable, and why; what went wrong before is told too. */
  async fail(id: string, lease: string, failure: string): Promise<void> {
    await this.database.query(
      `UPDATE meeting_plans SET status = 'failed', failure = concat_ws(': ', $3::text, failure), ${ENDED} WHERE id = $1 AND lease = $2 AND status = 'solving'`,
      [id, lease, failure],
    );
  }

  /** Changes the status of plans that are locked. */
  async become(status: MeetingPlanStatus, ...ids: string[]): Promise<void> {
    await this.database.query(`UPDATE meeting_plans SET status = $2, ${ENDED} WHERE id = ANY($1::uuid[])`, [
      ids,
      status,
    ]);
  }

  /** Keeps which meeting came of which request, and what the acceptance did. */
  async accept(id: string, meetings: { position: number; meetingId: string }[], acceptance: object): Promise<void> {
    await this.database.query(
      `UPDATE meeting_plan_requests q SET meeting_id = m."meetingId"
       FROM jsonb_to_recordset($2::jsonb) AS m (position integer, "meetingId" uuid) WHERE q.plan_id = $1 AND q.position = m.position`,
      [id, JSON.stringify(meetings)],
    );
    await this.database.query(
      `UPDATE meeting_plans SET status = 'accepted', accepted_at = now(), accepted_by = $2, acceptance = $3, ${TOUCHED} WHERE id = $1`,
      [id, JSON.stringify(currentScope().actor), JSON.stringify(acceptance)],
    );
  }

  private async changed(update: string, parameters: unknown[]): Promise<boolean> {
    const rows = await this.database.query(
      `WITH changed AS (${update} RETURNING id) SELECT id FROM changed`,
      parameters,
    );
    return rows.length > 0;
  }
}

const TOUCHED = 'version = version + 1, updated_at = now()';
const ENDED = `${TOUCHED}, lease = NULL, lease_until = NULL, finished_at = coalesce(finished_at, now())`;
const UNTIL = `now() + interval '${LEASE} seconds'`;

/** Something to do, and nobody at it. */
const FREE = `status IN ('queued', 'solving') AND (lease_until IS NULL OR lease_until < now())`;

const STATE = `
  SELECT id, mission_id AS "missionId", replaces_id AS "replacesId", status, time_zone AS "timeZone", place, slots, tables,
    room_ids::text[] AS "roomIds", limits, unavailable, attempts, actor, request_id AS "requestId" FROM meeting_plans`;

const REQUESTS = `
  SELECT position, delegate_id AS "delegateId", host_id AS "hostId", priority, interpreter, locked,
    CASE WHEN previous_slot IS NOT NULL THEN jsonb_build_object('slot', previous_slot, 'table', previous_table) END AS previous
  FROM meeting_plan_requests WHERE plan_id = $1 ORDER BY position`;

const INSERT = `
  INSERT INTO meeting_plans (id, mission_id, replaces_id, status, time_zone, place, tables, room_ids, limits, slots, unavailable,
    actor, request_id)
  VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const INSERT_REQUESTS = `
  INSERT INTO meeting_plan_requests (plan_id, position, delegate_id, host_id, priority, interpreter, locked, previous_slot, previous_table)
  SELECT $1, position, "delegateId", "hostId", priority, interpreter, locked, (previous->>'slot')::integer, (previous->>'table')::integer
  FROM jsonb_to_recordset($2::jsonb) AS r
    (position integer, "delegateId" uuid, "hostId" uuid, priority integer, interpreter boolean, locked boolean, previous jsonb)`;

/** A timetable knows requests by their position. */
const ASSIGN = `
  UPDATE meeting_plan_requests q SET slot = a.slot, table_number = a.table
  FROM jsonb_to_recordset($2::jsonb) AS a (request integer, slot integer, "table" integer)
  WHERE q.plan_id = $1 AND q.position = a.request`;

const EXPLAIN = `
  UPDATE meeting_plan_requests q SET unmet_code = u.code, unmet_message = u.message
  FROM jsonb_to_recordset($2::jsonb) AS u (request integer, code text, message text)
  WHERE q.plan_id = $1 AND q.position = u.request`;
