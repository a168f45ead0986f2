import { agreementsList } from '#agreements';
import type { Actor } from '#database';
import { dealsList, TOUCHPOINTS } from '#deals';
import { visibleSql } from '#records';
import { commitmentsList, shownAboutSql } from '#tasks';

/** What takes place, and so can be called off. */
const PLACES = `('conference', 'session', 'side_meeting', 'trade_mission')`;
/** What deals are credited to. */
const EVENTS = `('conference', 'trade_mission')`;
/** Relations that say that an agreement came about at an event, or in the course of it. */
const CAME_ABOUT = `('signed_at', 'initialed_at', 'within')`;

/** Archived records neither count nor lead on; an event that was taken out of the lists still is what it was. */
const live = (record: string): string => `(${record}.archived_at IS NULL OR ${record}.type IN ${EVENTS})`;

/** SQL of the wholes of a part, or of the parts of a whole; looked up one by one, for there are few of many. */
const related = (pairs: string, asked: 'whole' | 'part', given: 'whole' | 'part', id: string): string =>
  `LATERAL (SELECT p.${asked} AS id FROM (${pairs}) p WHERE p.${given} = ${id} OFFSET 0) n`;

/** The event $1 with all that happens as part of it and that the actor may know of; `pairs` is SQL of wholes and parts. */
export const partsSql = (pairs: string, actor: Actor): string => `
  WITH RECURSIVE parts (id) AS (
    SELECT $1::uuid UNION
    SELECT n.id FROM parts e, ${related(pairs, 'part', 'whole', 'e.id')}
    JOIN records v ON v.id = n.id AND v.archived_at IS NULL AND ${visibleSql('v', actor)})
  SELECT now() AS now, (SELECT array_agg(id) FROM parts) AS parts`;

/** How many of the parts $1 are meetings, by status. */
export const MEETINGS = `
  SELECT status, count(*)::int AS count FROM side_meetings WHERE id = ANY($1::uuid[]) GROUP BY status`;

/** Sessions of the conference $1 by status, and who registered for it. */
export const ATTENDANCE = `
  SELECT
    (SELECT coalesce(jsonb_object_agg(status, count), '{}') FROM (
      SELECT status, count(*) FROM conference_sessions WHERE conference_id = $1 AND archived_at IS NULL GROUP BY status) s) AS sessions,
    (SELECT coalesce(jsonb_object_agg(status, count), '{}') FROM (
      SELECT status, count(*) FROM registrations WHERE conference_id = $1 GROUP BY status) r) AS registrations`;

/** Promises about the parts $1 by who promised whom: one row for each pair of parties, status and whether it is overdue. */
export const commitmentsSql = (actor: Actor): string => `
  SELECT c.status, ${commitmentsList.select.overdue} AS overdue, count(*)::int AS count,
         ${partySql('giver')} AS "owedBy", ${partySql('taker')} AS "owedTo"
  FROM commitments c JOIN records v ON v.id = c.id AND ${visibleSql('v', actor)}
  JOIN records giver ON giver.id = coalesce(c.owed_by_organization_id, c.owed_by_person_id)
  JOIN records taker ON taker.id = coalesce(c.owed_to_organization_id, c.owed_to_person_id)
  WHERE c.about_id = ANY($1::uuid[]) AND c.archived_at IS NULL
  GROUP BY 1, 2, giver.id, taker.id ORDER BY giver.title, giver.id, taker.title, taker.id`;

const partySql = (alias: string): string =>
  `jsonb_build_object('type', ${alias}.type, 'id', ${alias}.id, 'title', ${alias}.title)`;

/** Agreements linked to the parts $1, each once, with all that is claimed of it there. */
export const agreementsSql = (actor: Actor): string => `
  SELECT g.id, g.title, g.kind, ${agreementsList.select.status} AS status, l.relations,
         ${agreementsList.select.signedFrom} AS "signedFrom", ${agreementsList.select.signedTo} AS "signedTo",
         g.date_precision AS "datePrecision", ${shownAboutSql('g.deal_id', actor)} AS deal
  FROM (SELECT agreement_id, array_agg(DISTINCT relation) AS relations FROM agreement_abouts
        WHERE record_id = ANY($1::uuid[]) GROUP BY agreement_id) l
  JOIN agreements g ON g.id = l.agreement_id AND g.archived_at IS NULL
  JOIN records v ON v.id = g.id AND ${visibleSql('v', actor)}
  ORDER BY g.signed_from NULLS LAST, g.title, g.id`;

/** The last moment of a day, month or year, or of a window that ends at `windowEnd`; of anything exact, itself. */
const lastMoment = (at: string, precision: string, zone: string, windowEnd: string): string => `
  CASE ${precision} ${['day', 'month', 'year']
    .map(
      (unit) =>
        `WHEN '${unit}' THEN (${at} AT TIME ZONE ${zone} + interval '1 ${unit}') AT TIME ZONE ${zone} - interval '1 microsecond'`,
    )
    .join(' ')}
    WHEN 'window' THEN greatest(${at}, ${windowEnd} - interval '1 microsecond') ELSE ${at} END`;

/** When the agreement of a touch was initialed, of which nobody knows when it was signed: as a record it is at the days of signing. */
const INITIALED = `LATERAL (
      SELECT initialed_from, initialed_precision FROM agreements WHERE x.undated AND id = x.about_id OFFSET 0)`;

/** A mission is known to the day, and counts as of when it begins: its days are no doubt about its date. */
const PRECISION = `CASE WHEN g.initialed_from IS NOT NULL THEN g.initialed_precision WHEN v.type = 'trade_mission' AND x.date_precision = 'window' THEN 'day' ELSE x.date_precision END`;

/** Ids of deals that something of the parts $1 is linked to; whether it touched them is for `dealsSql` to say. */
export const CANDIDATES = `
  WITH here (id) AS (
    SELECT unnest($1::uuid[])
    UNION SELECT id FROM commitments WHERE about_id = ANY($1::uuid[])
    UNION SELECT id FROM tasks WHERE about_id = ANY($1::uuid[])
    UNION SELECT agreement_id FROM agreement_abouts WHERE record_id = ANY($1::uuid[]) AND relation IN ${CAME_ABOUT}),
  candidates (id) AS (
    SELECT t.deal_id FROM here h, LATERAL (
      SELECT deal_id FROM touchpoints WHERE about_id = h.id AND archived_at IS NULL OFFSET 0) t
    UNION SELECT deal_id FROM side_meetings WHERE id = ANY($1::uuid[]) AND deal_id IS NOT NULL)
  SELECT coalesce(array_agg(id), '{}') AS deals FROM candidates`;

/**
 * Those of the deals $2 that the event $1 touched, each with all its touches, counted by the events they belong to. The rules are
 * told in words in event-outcome-rules.ts; `pairs` is SQL of wholes and parts.
 */
export const dealsSql = (pairs: string, actor: Actor): string => `
  WITH RECURSIVE
  candidates AS MATERIALIZED (
    SELECT d.id, CASE WHEN d.closed_on IS NOT NULL
      THEN ${lastMoment('d.stage_since', 'd.stage_precision', `'UTC'`, 'd.stage_since')} END AS closed_at
    FROM deals d WHERE d.id = ANY($2::uuid[]) AND d.archived_at IS NULL),
  dated AS (
    SELECT x.deal_id, x.about_id, x.effect, d.closed_at, ${PRECISION} AS precision, coalesce(x.time_zone, 'UTC') AS zone, v.ends_at,
           CASE WHEN g.initialed_from IS NOT NULL THEN g.initialed_from::timestamp AT TIME ZONE 'UTC'
             WHEN x.undated AND x.effect <> 'mentioned' THEN least(x.at, d.closed_at) ELSE x.at END AS earliest
    FROM ${TOUCHPOINTS} x JOIN candidates d ON d.id = x.deal_id JOIN records v ON v.id = x.about_id
    LEFT JOIN ${INITIALED} g ON true
    WHERE x.deal_id = ANY($2::uuid[]) AND x.archived_at IS NULL AND ${live('v')} AND ${visibleSql('v', actor)} AND NOT (v.type IN ${PLACES} AND v.called_off)
      AND (NOT x.implicit OR (SELECT m.status FROM side_meetings m WHERE m.id = x.about_id) = 'held')),
  placed AS (
    SELECT *, min(latest) OVER w AS first_known, max(earliest) OVER w AS last_known FROM (
      SELECT *, ${lastMoment('earliest', 'precision', 'zone', 'ends_at')} AS latest
      FROM dated WHERE earliest <= least(now(), closed_at)) p
    WINDOW w AS (PARTITION BY deal_id)),
  touches AS MATERIALIZED (
    SELECT deal_id, about_id, bool_or(earliest <= first_known) AS is_first, bool_or(latest >= last_known) AS is_last,
           bool_or(effect = 'originated') AS originated, bool_or(effect = 'advanced') AS advanced, bool_or(effect = 'closed') AS closed
    FROM placed GROUP BY deal_id, about_id),
  touching AS MATERIALIZED (SELECT DISTINCT about_id AS id FROM touches),
  linked (record_id, place_id) AS (
    SELECT c.id, c.about_id FROM touching JOIN commitments c USING (id)
    UNION SELECT t.id, t.about_id FROM touching JOIN tasks t USING (id)
    UNION SELECT x.agreement_id, x.record_id FROM touching JOIN agreement_abouts x ON x.agreement_id = id AND x.relation IN ${CAME_ABOUT}),
  up (record_id, place_id) AS (
    (SELECT id, id FROM touching
     UNION SELECT l.record_id, l.place_id FROM linked l JOIN records v ON v.id = l.place_id AND ${live('v')} AND ${visibleSql('v', actor)})
    UNION SELECT u.record_id, n.id FROM up u, ${related(pairs, 'whole', 'part', 'u.place_id')}
    JOIN records v ON v.id = n.id AND ${live('v')} AND ${visibleSql('v', actor)}),
  spread AS (
    SELECT t.*, e.id AS event_id, count(e.id) OVER (PARTITION BY t.deal_id, t.about_id) AS events
    FROM touches t LEFT JOIN (SELECT u.record_id, v.id FROM up u JOIN records v ON v.id = u.place_id AND v.type IN ${EVENTS}) e
      ON e.record_id = t.about_id),
  tallies AS (
    SELECT deal_id, event_id, greatest(events, 1) AS ways, count(*) AS even,
           count(*) FILTER (WHERE is_first) AS first_touch, count(*) FILTER (WHERE is_last) AS last_touch,
           bool_or(originated) AS originated, bool_or(advanced) AS advanced, bool_or(closed) AS closed
    FROM spread GROUP BY deal_id, event_id, ways)
  SELECT d.id, d.title, d.kind, d.stage, ${dealsList.select.closedOn} AS "closedOn", d.amount::text AS amount, d.currency,
         ${dealsList.select.probability} AS probability, t.tallies, t.originated, t.advanced, t.closed
  FROM (
    SELECT deal_id, jsonb_agg(jsonb_build_object('eventId', event_id, 'ways', ways, 'even', even,
        'firstTouch', first_touch, 'lastTouch', last_touch) ORDER BY event_id, ways) AS tallies,
      bool_or(event_id = $1) AS is_here,
      coalesce(bool_or(originated) FILTER (WHERE event_id = $1), false) AS originated,
      coalesce(bool_or(advanced) FILTER (WHERE event_id = $1), false) AS advanced,
      coalesce(bool_or(closed) FILTER (WHERE event_id = $1), false) AS closed
    FROM tallies GROUP BY deal_id) t
  JOIN deals d ON d.id = t.deal_id WHERE t.is_here ORDER BY d.title, d.id`;
