import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { TAKING_PART } from '#trade-missions';
import { type GoneParty, NoLongerTakingPart } from './meeting-plans.errors.js';
import type { PlanState } from './meeting-plan.js';
import type { PlannedPair } from './plan-meetings.js';

/** A pair as SQL answers it. */
interface PairRow extends Omit<PlannedPair, 'startsAt' | 'endsAt' | 'roomId' | 'place'> {
  slot: number;
  gone: GoneParty[];
}

/** Those whom a plan has meet, as the mission knows them now. */
@Injectable()
export class PlannedPairs {
  constructor(private readonly database: Database) {}

  /** By slot and table. Throws NoLongerTakingPart, which names everybody who has gone. */
  async of(plan: PlanState): Promise<PlannedPair[]> {
    const rows = await this.database.query<PairRow>(PAIRS, [plan.id, TAKING_PART]);
    const gone = new Map(rows.flatMap((row) => row.gone.map((party) => [party.id, party] as const)));
    if (gone.size > 0) throw new NoLongerTakingPart([...gone.values()]);
    return rows.flatMap(({ slot, gone: _, ...pair }) => {
      const { startsAt, endsAt } = plan.slots[slot] ?? {};
      if (!startsAt || !endsAt) return [];
      return [{ ...pair, startsAt, endsAt, roomId: plan.roomIds[pair.table - 1] ?? null, place: plan.place }];
    });
  }
}

const PAIRS = `
  SELECT q.position, q.delegate_id AS "delegateId", q.host_id AS "hostId", q.slot, q.table_number AS table, g.name AS organization,
    jsonb_build_object('id', d.id, 'personId', d.person_id, 'fullName', p.full_name, 'organizationId', d.organization_id,
      'status', d.status, 'takesPart', true) AS delegate,
    jsonb_build_object('id', h.id, 'organizationId', h.organization_id, 'organization', o.name, 'contactId', h.contact_id,
      'status', h.status, 'takesPart', true) AS host,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('type', type, 'id', id, 'name', name, 'status', status)), '[]') FROM (
       SELECT 'delegate' AS type, d.id, p.full_name AS name, CASE WHEN d.archived_at IS NULL THEN d.status ELSE 'archived' END AS status
       WHERE d.archived_at IS NOT NULL OR d.status <> ALL($2::text[])
       UNION ALL
       SELECT 'host', h.id, o.name, CASE WHEN h.archived_at IS NULL THEN h.status ELSE 'archived' END
       WHERE h.archived_at IS NOT NULL OR h.status = 'declined') parties) AS gone
  FROM meeting_plan_requests q
  JOIN delegates d ON d.id = q.delegate_id JOIN people p ON p.id = d.person_id LEFT JOIN organizations g ON g.id = d.organization_id
  JOIN mission_hosts h ON h.id = q.host_id JOIN organizations o ON o.id = h.organization_id
  WHERE q.plan_id = $1 AND q.slot IS NOT NULL ORDER BY q.slot, q.table_number`;
