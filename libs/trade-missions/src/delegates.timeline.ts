import { newestFirst, type TimelineSource } from '#records';

const MISSION_DETAIL = `'direction', m.direction, 'status', m.status, 'startsOn', m.starts_on, 'endsOn', m.ends_on`;

/** Missions in which a person takes part, or somebody for an organization. */
const travelled = (of: 'organization' | 'person', column: string): TimelineSource => ({
  name: `missions_of_${of}`,
  of: [of],
  kinds: ['trade_mission'],
  from: newestFirst(
    `SELECT m.starts_on::timestamp AT TIME ZONE m.time_zone AS at, d.id FROM delegates d JOIN trade_missions m ON m.id = d.mission_id
     WHERE d.${column} = $1 AND d.archived_at IS NULL AND m.archived_at IS NULL`,
    {
      d: 'SELECT * FROM delegates WHERE id = x.id',
      m: 'SELECT * FROM trade_missions WHERE id = d.mission_id',
      p: 'SELECT full_name FROM people WHERE id = d.person_id',
    },
  ),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
  about: 'm.id',
  title: 'm.name',
  detail: `jsonb_build_object(${MISSION_DETAIL}, 'as', 'delegate', 'role', d.role, 'delegateStatus', d.status, 'delegate', p.full_name)`,
});

/** Who takes part in a mission. */
const delegates: TimelineSource = {
  name: 'mission_delegates',
  of: ['trade_mission'],
  kinds: ['delegate'],
  from: 'delegates d',
  where: 'd.mission_id = $1 AND d.archived_at IS NULL',
  at: 'd.created_at',
  id: 'd.id',
  about: 'd.person_id',
  detail: `jsonb_build_object('delegateId', d.id, 'role', d.role, 'status', d.status)`,
};

export const delegateTimelines = [
  travelled('organization', 'organization_id'),
  travelled('person', 'person_id'),
  delegates,
];
