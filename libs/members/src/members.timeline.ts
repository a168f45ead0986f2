import { newestFirst, type TimelineSource } from '#records';

/** The start of a day in UTC. */
const dayStart = (column: string): string => `${column}::timestamp AT TIME ZONE 'UTC'`;
const TODAY = `(now() AT TIME ZONE 'UTC')::date`;

/** Titles taken, or given up: at an organization by its people, by a person at organizations. */
const positions = (
  of: 'organization' | 'person',
  other: 'organization' | 'person',
  kind: 'position_started' | 'position_ended',
): TimelineSource => ({
  name: `${kind}_of_${of}`,
  of: [of],
  kinds: [kind],
  from: newestFirst(`SELECT ${TURNS[kind].at} AS at, id FROM positions WHERE ${of}_id = $1 AND ${TURNS[kind].when}`, {
    p: 'SELECT * FROM positions WHERE id = x.id',
  }),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
  about: `p.${other}_id`,
  title: 'p.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('positionId', p.id, 'startedOn', p.started_on, 'endedOn', p.ended_on,
    'source', p.source, 'preferred', p.preferred, 'datePrecision', ${TURNS[kind].precision}))`,
});

const TURNS = {
  // Who does not know since when tells when it was written down, and that it is no more than that.
  position_started: {
    at: `coalesce(${dayStart('started_on')}, created_at)`,
    when: 'archived_at IS NULL',
    precision: `CASE WHEN p.started_on IS NULL THEN 'unknown' END`,
  },
  position_ended: {
    at: `${dayStart('ended_on')} + interval '1 day - 1 second'`,
    when: `archived_at IS NULL AND ended_on <= ${TODAY}`,
    precision: 'NULL::text',
  },
};

/** What became of memberships; those that lie ahead are no news. */
const memberships = (of: 'organization' | 'person' | 'membership', column: string): TimelineSource => ({
  name: `memberships_of_${of}`,
  of: [of],
  kinds: ['membership_joined', 'membership_renewed', 'membership_cancelled', 'membership_ended'],
  kind: 'e.kind',
  from: `memberships m JOIN membership_tiers t ON t.id = m.tier_id CROSS JOIN LATERAL (
      SELECT m.id, 'membership_joined' AS kind, ${dayStart('m.joined_on')} AS at, m.ends_on
      UNION ALL SELECT r.id, 'membership_renewed', r.renewed_at, r.ends_on FROM membership_renewals r WHERE r.membership_id = m.id
      UNION ALL SELECT m.id, 'membership_cancelled', ${dayStart('m.cancelled_on')}, m.ends_on
      UNION ALL SELECT m.id, 'membership_ended', ${dayStart('m.ends_on')} + interval '1 day', m.ends_on
        WHERE m.cancelled_on IS NULL) e`,
  where: `m.${column} = $1 AND m.archived_at IS NULL AND e.at <= now()`,
  at: 'e.at',
  id: 'e.id',
  about: 'm.id',
  detail: `jsonb_strip_nulls(jsonb_build_object('tierCode', t.code, 'endsOn', e.ends_on,
    'reason', CASE WHEN e.kind = 'membership_cancelled' THEN m.cancellation_reason END))`,
});

export const memberTimelines = [
  positions('organization', 'person', 'position_started'),
  positions('organization', 'person', 'position_ended'),
  positions('person', 'organization', 'position_started'),
  positions('person', 'organization', 'position_ended'),
  memberships('organization', 'organization_id'),
  memberships('person', 'person_id'),
  memberships('membership', 'id'),
];
