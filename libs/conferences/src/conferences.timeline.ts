import type { TimelineSource } from '#records';

/** Sessions a person spoke at. */
const speeches: TimelineSource = {
  name: 'speeches',
  of: ['person'],
  kinds: ['session'],
  from: `speakers x JOIN conference_sessions s ON s.id = x.session_id JOIN conferences c ON c.id = s.conference_id
    JOIN records r ON r.id = s.id`,
  where: 'x.person_id = $1 AND x.archived_at IS NULL AND s.archived_at IS NULL',
  at: 'coalesce(s.starts_at, c.starts_at, s.created_at)',
  id: 'x.id',
  about: 's.id',
  title: 'r.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('conferenceId', c.id, 'conference', c.name, 'role', x.role, 'status', x.status,
    'billedTitle', x.billed_title))`,
};

/** Who speaks at a session. */
const speakers: TimelineSource = {
  name: 'speakers',
  of: ['session'],
  kinds: ['speaker'],
  from: 'speakers x',
  where: 'x.session_id = $1 AND x.archived_at IS NULL',
  at: 'x.created_at',
  id: 'x.id',
  about: 'x.person_id',
  detail: `jsonb_build_object('role', x.role, 'status', x.status)`,
};

export const conferenceTimelines = [speeches, speakers];
