import type { Actor } from '#database';
import { HOUSE, HOUSE_PEOPLE } from '#members';
import { visibleSql } from '#records';

/** The latest meetings with a host that a book tells; of the others it says how many there are. */
const MOST_MEETINGS = 5;

const PEOPLE = `
  ARRAY(SELECT concat_ws(', ', p.full_name, o.name) FROM side_meeting_participants x JOIN people p ON p.id = x.person_id
        LEFT JOIN organizations o ON o.id = x.organization_id
        WHERE x.meeting_id = m.id AND x.participation NOT IN ('declined', 'delegated') ORDER BY x.side = 'host' DESC, p.full_name, x.id)`;

/** Profiles of the organizations $1. */
export const ORGANIZATIONS = `
  SELECT o.id, o.kind, o.country, o.website, o.sectors FROM organizations o WHERE o.id = ANY($1::uuid[])`;

/**
 * Meetings about the mission $1, of the person $2 unless that is null, as far as the actor may know of them. Talks that prepared
 * it months before are no part of the journey.
 */
export const entriesSql = (actor: Actor): string => `
  SELECT m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.time_zone AS "timeZone", m.title, m.kind, v.place,
    NULL AS host, NULL AS notes, ${PEOPLE} AS people
  FROM side_meeting_abouts a JOIN side_meetings m ON m.id = a.meeting_id JOIN records v ON v.id = m.id
    JOIN trade_missions t ON t.id = a.record_id
  WHERE a.record_id = $1 AND m.starts_at BETWEEN t.starts_on - interval '14 days' AND t.ends_on + interval '15 days' AND m.status IN ('scheduled', 'held') AND m.archived_at IS NULL
    AND m.starts_at IS NOT NULL AND m.ends_at IS NOT NULL AND m.date_precision IS NULL
    AND ($2::uuid IS NULL OR EXISTS (SELECT FROM side_meeting_participants x
      WHERE x.meeting_id = m.id AND x.person_id = $2 AND x.participation NOT IN ('declined', 'delegated')))
    AND ${visibleSql('v', actor)}
  ORDER BY m.starts_at, m.ends_at, m.id`;

/**
 * Meetings held with, or about, each of the organizations $1. $2: the book leaves the house, so that nothing restricted is in
 * it, whoever makes it.
 */
export const pastMeetingsSql = (actor: Actor): string => `
  WITH met AS (
    SELECT x.organization_id AS organization_id, x.meeting_id FROM side_meeting_participants x WHERE x.organization_id = ANY($1::uuid[])
    UNION SELECT a.record_id, a.meeting_id FROM side_meeting_abouts a WHERE a.record_id = ANY($1::uuid[])
  ), ranked AS (
    SELECT met.organization_id, m.*, count(*) OVER (PARTITION BY met.organization_id)::int AS total,
      row_number() OVER (PARTITION BY met.organization_id ORDER BY m.starts_at DESC NULLS LAST, m.id DESC) AS rank
    FROM met JOIN side_meetings m ON m.id = met.meeting_id JOIN records v ON v.id = m.id
    WHERE m.status = 'held' AND m.archived_at IS NULL AND ${visibleSql('v', actor)} AND (NOT $2 OR v.visibility = 'internal')
  )
  SELECT m.organization_id AS "organizationId", m.total, m.title, m.kind, m.starts_at AS "startsAt", m.time_zone AS "timeZone",
    m.date_precision AS "datePrecision", m.topics, CASE WHEN NOT $2 THEN m.summary END AS summary,
    CASE WHEN $2 THEN '{}' ELSE ${PEOPLE} END AS people
  FROM ranked m WHERE m.rank <= ${MOST_MEETINGS} ORDER BY m.organization_id, m.rank`;

const partySql = (side: 'owed_by' | 'owed_to'): string => `
  concat_ws(', ', (SELECT full_name FROM people WHERE id = c.${side}_person_id), (SELECT name FROM organizations WHERE id = c.${side}_organization_id))`;

const isOneOf = (side: 'owed_by' | 'owed_to', organizations: string, people: string): string =>
  `(c.${side}_organization_id = ANY(${organizations}) OR c.${side}_person_id = ANY(${people}))`;

const HOSTS = ['$1::uuid[]', '$2::uuid[]'] as const;
const HOME = ['ARRAY(SELECT id FROM home)', 'ARRAY(SELECT person_id FROM home_people)'] as const;

/**
 * What is open between the hosts (organizations $1, people $2) and those at home: the organizations $3 and people $4 and, in
 * the chamber’s own book ($5), chambers and who works for them. In a copy that leaves the house nothing restricted.
 */
export const commitmentsSql = (actor: Actor): string => `
  WITH home AS (
    SELECT unnest($3::uuid[]) AS id UNION SELECT h.id FROM (${HOUSE}) h WHERE $5
  ), home_people AS (
    SELECT unnest($4::uuid[]) AS person_id
    UNION SELECT h.person_id FROM (${HOUSE_PEOPLE}) h WHERE $5
  )
  SELECT c.action, ${partySql('owed_by')} AS "owedBy", ${partySql('owed_to')} AS "owedTo",
    c.due_from::text AS "dueFrom", c.due_to::text AS "dueTo", c.source
  FROM commitments c JOIN records v ON v.id = c.id
  WHERE c.status = 'open' AND c.archived_at IS NULL AND ${visibleSql('v', actor)} AND ($5 OR v.visibility = 'internal')
    AND (${isOneOf('owed_by', ...HOSTS)} AND ${isOneOf('owed_to', ...HOME)}
      OR ${isOneOf('owed_to', ...HOSTS)} AND ${isOneOf('owed_by', ...HOME)})
  ORDER BY c.due_to NULLS LAST, c.id`;
