import { MOST_ROWS } from './brief.js';

/** Children of the organization `$1` by name. */
export const CHILDREN = `
  SELECT count(*) OVER ()::int AS count, o.id, o.name, o.kind FROM organizations o
  WHERE o.parent_id = $1 AND o.archived_at IS NULL ORDER BY o.name, o.id LIMIT ${MOST_ROWS}`;

/** Who works at the organization `$1` today: whom mails go to first, then preferred titles. */
export const CONTACTS = `
  SELECT count(*) OVER ()::int AS count, p.id, p.email, p.phone,
    coalesce(p.id = (SELECT c.person_id FROM organization_contacts c WHERE c.organization_id = $1), false) AS "primary"
  FROM (SELECT c.person_id, bool_or(c.preferred) AS preferred FROM current_positions c WHERE c.organization_id = $1 GROUP BY c.person_id) c
  JOIN people p ON p.id = c.person_id
  ORDER BY "primary" DESC, c.preferred DESC, p.full_name, p.id LIMIT ${MOST_ROWS}`;

const MOST_FORMER = 5;

/** Titles that the person `$1` has given up, the last first. */
export const FORMER_TITLES = `
  SELECT x.title, o.name AS organization, x.source, x.started_on::text AS "startedOn", x.ended_on::text AS "endedOn"
  FROM positions x LEFT JOIN organizations o ON o.id = x.organization_id
  WHERE x.person_id = $1 AND x.archived_at IS NULL AND x.ended_on < (now() AT TIME ZONE 'UTC')::date
  ORDER BY x.ended_on DESC, x.id DESC LIMIT ${MOST_FORMER}`;
