import type { TimelineSource } from '#records';

/** How far the day of a session is known that has no time of its own: as far as that of its conference. */
const PRECISION = `CASE WHEN s.starts_at IS NULL THEN coalesce(c.date_precision, 'window') END`;

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
    'billedTitle', x.billed_title, 'datePrecision', ${PRECISION}))`,
};

const DAY = `(coalesce(s.starts_at, c.starts_at, s.created_at) AT TIME ZONE 'UTC')::date`;

/** Sessions at which somebody spoke who held a position at the organization on that day: each once, whoever spoke. */
const speechesOfPeople: TimelineSource = {
  name: 'speeches_of_organization',
  of: ['organization'],
  kinds: ['session'],
  from: `(
      SELECT x.session_id AS id, jsonb_agg(DISTINCT p.full_name) AS speakers
      FROM positions h JOIN speakers x ON x.person_id = h.person_id AND x.archived_at IS NULL JOIN people p ON p.id = x.person_id
        JOIN conference_sessions s ON s.id = x.session_id JOIN conferences c ON c.id = s.conference_id
      WHERE h.organization_id = $1 AND h.archived_at IS NULL AND x.status NOT IN ('declined', 'withdrawn')
        AND coalesce(h.started_on, '-infinity') <= ${DAY} AND coalesce(h.ended_on, 'infinity') >= ${DAY}
      GROUP BY x.session_id) x
    JOIN conference_sessions s ON s.id = x.id JOIN conferences c ON c.id = s.conference_id JOIN records r ON r.id = s.id`,
  where: 's.archived_at IS NULL',
  at: speeches.at,
  id: 'x.id',
  about: 's.id',
  title: 'r.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('conferenceId', c.id, 'conference', c.name, 'speakers', x.speakers,
    'datePrecision', ${PRECISION}))`,
};

/** Conferences for which somebody is registered: of an organization, how many come in its name. Whoever is noted to
 * have come when all is over was there until then at the latest. The best status is the first by letter. */
const registrations = (of: 'organization' | 'person'): TimelineSource => ({
  name: `registrations_of_${of}`,
  of: [of],
  kinds: ['conference'],
  from: `(
      SELECT conference_id AS id, min(status) AS status, min(kind) AS kind, count(*)::int AS people, min(checked_in_at) AS came, min(queued_at) AS queued_at
      FROM registrations WHERE ${of}_id = $1 AND status <> 'cancelled' GROUP BY conference_id) x
    JOIN conferences c ON c.id = x.id`,
  where: 'c.archived_at IS NULL',
  at: 'CASE WHEN x.came IS NULL THEN coalesce(c.starts_at, x.queued_at) ELSE least(x.came, c.ends_at) END',
  id: 'x.id',
  about: 'x.id',
  detail: `jsonb_strip_nulls(jsonb_build_object('status', x.status, ${of === 'person' ? `'as', x.kind` : `'people', x.people`},
    'datePrecision', CASE WHEN x.came IS NULL THEN c.date_precision END))`,
});

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

export const conferenceTimelines = [
  speeches,
  speechesOfPeople,
  speakers,
  registrations('organization'),
  registrations('person'),
];
