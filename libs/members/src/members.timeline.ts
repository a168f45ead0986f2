import type { TimelineSource } from '#records';

/** The start of a day in UTC. */
const dayStart = (column: string): string => `${column}::timestamp AT TIME ZONE 'UTC'`;
const TODAY = `(now() AT TIME ZONE 'UTC')::date`;

/** Titles taken and given up: at an organization by its people, by a person at organizations. */
const positions = (of: 'organization' | 'person', other: 'organization' | 'person'): TimelineSource => ({
  name: `positions_of_${of}`,
  of: [of],
  kinds: ['position_started', 'position_ended'],
  kind: 'e.kind',
  from: `positions x CROSS JOIN LATERAL (VALUES
    ('position_started', coalesce(${dayStart('x.started_on')}, x.created_at)),
    ('position_ended', CASE WHEN x.ended_on <= ${TODAY} THEN ${dayStart('x.ended_on')} + interval '1 day - 1 second' END)) e (kind, at)`,
  where: `x.${of}_id = $1 AND x.archived_at IS NULL AND e.at IS NOT NULL`,
  at: 'e.at',
  id: 'x.id',
  about: `x.${other}_id`,
  title: 'x.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('positionId', x.id, 'startedOn', x.started_on, 'endedOn', x.ended_on,
    'source', x.source, 'preferred', x.preferred))`,
});

/** What became of memberships; those that lie ahead are no news. */
const memberships: TimelineSource = {
  name: 'memberships',
  of: ['organization', 'person', 'membership'],
  kinds: ['membership_joined', 'membership_renewed', 'membership_cancelled', 'membership_ended'],
  kind: 'e.kind',
  from: `(SELECT id FROM memberships WHERE id = $1 UNION SELECT id FROM memberships WHERE organization_id = $1
      UNION SELECT id FROM memberships WHERE person_id = $1) mine
    JOIN membership_statuses m ON m.id = mine.id CROSS JOIN LATERAL (
      SELECT m.id, 'membership_joined' AS kind, ${dayStart('m.joined_on')} AS at, m.ends_on
      UNION ALL SELECT r.id, 'membership_renewed', r.renewed_at, r.ends_on FROM membership_renewals r WHERE r.membership_id = m.id
      UNION ALL SELECT m.id, 'membership_cancelled', ${dayStart('m.cancelled_on')}, m.ends_on
      UNION ALL SELECT m.id, 'membership_ended', ${dayStart('m.ends_on')} + interval '1 day', m.ends_on
        WHERE m.cancelled_on IS NULL) e`,
  where: 'm.archived_at IS NULL AND e.at <= now()',
  at: 'e.at',
  id: 'e.id',
  about: 'm.id',
  detail: `jsonb_strip_nulls(jsonb_build_object('tierCode', m.tier_code, 'endsOn', e.ends_on,
    'reason', CASE WHEN e.kind = 'membership_cancelled' THEN m.cancellation_reason END))`,
};

export const memberTimelines = [positions('organization', 'person'), positions('person', 'organization'), memberships];
