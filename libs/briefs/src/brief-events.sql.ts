import type { Actor } from '#database';
import { ofHouseSql } from '#members';
import { visibleSql } from '#records';
import { MOST_EVENTS } from './brief.js';
import { ofPartySql, PARTY_PEOPLE_EVER, partyRowsSql, partySpeakersSql } from './party-facts.js';

const MOST_PEOPLE = 10;
const MOST_LETTERS = 2000;

const CAME = `x.participation NOT IN ('declined', 'delegated')`;
/** A meeting of which nobody knows when it was counts for those who hold a position when it is written down. */
const MEETING_DAY = `(x.at AT TIME ZONE 'UTC')::date`;
const SESSION_DAY = `(coalesce(s.starts_at, c.starts_at, s.created_at) AT TIME ZONE 'UTC')::date`;

/** Last moment at which it may have been, for meetings that are not known to the minute. */
const UNTIL = `CASE m.date_precision WHEN 'day' THEN m.starts_at + interval '1 day' WHEN 'month' THEN m.starts_at + interval '1 month'
  WHEN 'year' THEN m.starts_at + interval '1 year' ELSE m.ends_at END`;

const SPEAKS = `x.archived_at IS NULL AND x.status NOT IN ('declined', 'withdrawn')`;

/** Side meetings in which the party took part, as far as the actor may know, and sessions at which it spoke. */
const events = (actor: Actor): string => `
  met AS (${partyRowsSql('side_meeting_participants', 'meeting_id', MEETING_DAY, CAME)}),
  spoke AS (
    SELECT DISTINCT x.session_id FROM speakers x JOIN conference_sessions s ON s.id = x.session_id JOIN conferences c ON c.id = s.conference_id
    WHERE x.person_id IN (${PARTY_PEOPLE_EVER}) AND ${SPEAKS} AND ${partySpeakersSql('x', SESSION_DAY)}),
  events AS (
    SELECT 'side_meeting' AS type, m.id, m.starts_at AS at, m.ends_at AS until, m.time_zone, m.date_precision,
      CASE WHEN m.status = 'held' THEN 'past' WHEN ${UNTIL} <= now() THEN 'unlogged' ELSE 'upcoming' END AS phase
    FROM met JOIN side_meetings m ON m.id = met.meeting_id
    WHERE m.archived_at IS NULL AND m.status IN ('held', 'scheduled', 'requested') AND ${visibleSql('m', actor)}
    UNION ALL
    SELECT 'session', s.id, coalesce(s.starts_at, c.starts_at), coalesce(s.ends_at, c.ends_at), c.time_zone,
      CASE WHEN s.starts_at IS NULL THEN coalesce(c.date_precision, 'window') END,
      CASE WHEN coalesce(s.ends_at, c.ends_at, c.starts_at) <= now() OR c.status = 'completed' THEN 'past' ELSE 'upcoming' END
    FROM spoke JOIN conference_sessions s ON s.id = spoke.session_id JOIN conferences c ON c.id = s.conference_id
    WHERE s.archived_at IS NULL AND c.archived_at IS NULL AND s.status = 'scheduled' AND c.status <> 'cancelled')`;

const PARTICIPANTS = (condition: string): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'fullName', y.full_name)), '[]') FROM (
     SELECT p.id, p.full_name FROM side_meeting_participants x JOIN people p ON p.id = x.person_id
     WHERE x.meeting_id = e.id AND ${CAME} AND ${condition} ORDER BY p.full_name, p.id LIMIT ${MOST_PEOPLE}) y)`;

const SPEAKING = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'fullName', p.full_name, 'role', x.role, 'status', x.status,
      'billedTitle', x.billed_title) ORDER BY x."order" NULLS LAST, p.full_name, x.id), '[]')
   FROM speakers x JOIN people p ON p.id = x.person_id WHERE x.session_id = e.id AND ${SPEAKS} AND ${partySpeakersSql('x', SESSION_DAY)})`;

const THEIRS = ofPartySql('x', MEETING_DAY);

/** The latest of each phase, or the next; with how many there are in all. */
export const eventsSql = (actor: Actor): string => `
  WITH ${events(actor)},
  ranked AS (
    SELECT e.*, count(*) OVER w::int AS count, (count(*) FILTER (WHERE type = 'session') OVER w)::int AS sessions,
      row_number() OVER (PARTITION BY phase ORDER BY CASE WHEN phase = 'upcoming' THEN at END NULLS LAST, at DESC NULLS LAST, id DESC) AS rank
    FROM events e WINDOW w AS (PARTITION BY phase))
  SELECT e.phase, e.count, e.sessions, e.type, e.id, r.title, coalesce(m.kind, s.kind) AS kind, coalesce(m.status, s.status) AS status,
    e.at AS "startsAt", e.until AS "endsAt", e.time_zone AS "timeZone", e.date_precision AS "datePrecision", r.place,
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'name', c.name) END AS conference,
    coalesce(m.topics, s.topics) AS topics,
    CASE WHEN length(m.summary) > ${MOST_LETTERS} THEN rtrim(left(m.summary, ${MOST_LETTERS - 1})) || '…' ELSE m.summary END AS summary,
    coalesce(m.visibility = 'restricted', false) AS restricted,
    ${PARTICIPANTS(THEIRS)} AS theirs,
    ${PARTICIPANTS(`${THEIRS} IS NOT TRUE AND ${ofHouseSql('x.organization_id', 'x.person_id')}`)} AS ours,
    CASE WHEN s.id IS NOT NULL THEN ${SPEAKING} ELSE '[]' END AS speaking,
    (SELECT a.actor_name FROM audit_entries a WHERE a.about_id = m.id AND a.action = 'created' ORDER BY a.id LIMIT 1) AS "loggedBy"
  FROM ranked e JOIN records r ON r.id = e.id LEFT JOIN side_meetings m ON m.id = e.id
    LEFT JOIN conference_sessions s ON s.id = e.id LEFT JOIN conferences c ON c.id = s.conference_id
  WHERE e.rank <= ${MOST_EVENTS} ORDER BY e.phase, e.rank`;

/** Who is noted to have come when all is over was there until then at the latest. */
const THERE = 'least(x.checked_in_at, c.ends_at)';

/** The last conference that somebody of the party came to. */
export const LAST_CONFERENCE = `
  SELECT 'conference' AS type, c.id, c.name AS title, ${THERE} AS "startsAt", NULL AS "endsAt", c.time_zone AS "timeZone",
    NULL AS "datePrecision", '[]'::jsonb AS by, NULL AS "loggedBy"
  FROM registrations x JOIN conferences c ON c.id = x.conference_id AND c.archived_at IS NULL
  WHERE x.id IN (${partyRowsSql('registrations', 'id', `(x.checked_in_at AT TIME ZONE 'UTC')::date`, `x.status = 'attended'`)})
  ORDER BY ${THERE} DESC, x.id DESC LIMIT 1`;
