import type { TimelineSource } from '#records';

const MISSION_DETAIL = `'direction', m.direction, 'status', m.status, 'startsOn', m.starts_on, 'endsOn', m.ends_on`;
const BEGIN = 'm.starts_on::timestamp AT TIME ZONE m.time_zone';

/** Missions an organization pays for. */
const sponsored: TimelineSource = {
  name: 'sponsored_missions',
  of: ['organization'],
  kinds: ['trade_mission'],
  from: 'trade_missions m',
  where: 'm.sponsor_id = $1 AND m.archived_at IS NULL',
  at: BEGIN,
  id: 'm.id',
  about: 'm.id',
  title: 'm.name',
  detail: `jsonb_build_object(${MISSION_DETAIL}, 'as', 'sponsor')`,
};

/** Missions an organization receives, or a person for it. */
const hosted = (of: 'organization' | 'person', column: string, as: string): TimelineSource => ({
  name: `hosted_missions_of_${of}`,
  of: [of],
  kinds: ['trade_mission'],
  from: 'mission_hosts h JOIN trade_missions m ON m.id = h.mission_id',
  where: `h.${column} = $1 AND h.archived_at IS NULL AND m.archived_at IS NULL`,
  at: BEGIN,
  id: 'h.id',
  about: 'm.id',
  title: 'm.name',
  detail: `jsonb_build_object(${MISSION_DETAIL}, 'as', '${as}', 'hostStatus', h.status)`,
});

/** What the delegates of a mission do. */
const itinerary: TimelineSource = {
  name: 'itinerary',
  of: ['trade_mission'],
  kinds: ['itinerary_item'],
  from: 'itinerary_items i',
  where: 'i.mission_id = $1 AND i.archived_at IS NULL',
  at: 'i.starts_at',
  id: 'i.id',
  about: 'i.id',
  title: 'i.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('kind', i.kind, 'city', i.city, 'endsAt', i.ends_at, 'timeZone', i.time_zone))`,
};

/** Who receives them. */
const hosts: TimelineSource = {
  name: 'mission_hosts',
  of: ['trade_mission'],
  kinds: ['host'],
  from: 'mission_hosts h',
  where: 'h.mission_id = $1 AND h.archived_at IS NULL',
  at: 'h.created_at',
  id: 'h.id',
  about: 'h.organization_id',
  detail: `jsonb_build_object('hostId', h.id, 'status', h.status)`,
};

export const tradeMissionTimelines = [
  sponsored,
  hosted('organization', 'organization_id', 'host'),
  hosted('person', 'contact_id', 'contact'),
  itinerary,
  hosts,
];
