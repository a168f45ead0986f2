import type { Actor } from '#database';
import { TOUCHPOINTS } from '#deals';
import { visibleSql } from '#records';
import { dayOrInstantSql, NODE_DETAILS, OWN_NODES } from './lineage-nodes.sql.js';

/** What may be between an event and a deal; organizations and people are told with what they did, other deals have lineages of their own. */
const LINKED = `('conference', 'session', 'side_meeting', 'trade_mission', 'agreement', 'commitment', 'task')`;

/**
 * What a node `w` itself points at, as `node` → `other` where it is outward, else the other way round. Nothing else is followed, so a walk
 * ends, mostly at conferences and missions. The type decides which table is asked.
 */
const POINTERS = `
  SELECT 'session.conferenceId' AS basis, 'part_of' AS relation, true AS outward, s.conference_id AS other_id, 0 AS position
  FROM conference_sessions s WHERE w.type = 'session' AND s.id = w.id
  UNION ALL SELECT 'side_meeting.about', 'about', true, x.record_id, 0
  FROM side_meeting_abouts x WHERE w.type = 'side_meeting' AND x.meeting_id = w.id
  UNION ALL SELECT 'agreement.about', x.relation, true, x.record_id, x.position
  FROM agreement_abouts x WHERE w.type = 'agreement' AND x.agreement_id = w.id
  UNION ALL SELECT v.basis, v.relation, v.outward, v.other_id, 0
  FROM commitments c CROSS JOIN LATERAL (VALUES ('commitment.about', 'about', true, c.about_id),
    ('commitment.evidence', 'evidence_of', false, c.evidence_id)) v (basis, relation, outward, other_id)
  WHERE w.type = 'commitment' AND c.id = w.id AND v.other_id IS NOT NULL
  UNION ALL SELECT v.basis, v.relation, true, v.other_id, 0
  FROM tasks t CROSS JOIN LATERAL (VALUES ('task.about', 'about', t.about_id), ('task.commitmentId', 'follow_up_of', t.commitment_id))
    v (basis, relation, other_id)
  WHERE w.type = 'task' AND t.id = w.id AND v.other_id IS NOT NULL`;

/** Whether a pointer of this basis may lead to a record `r`: evidence, and what touched a deal, is whatever people say it is. */
const leads = (basis: string): string => `(r.type IN ${LINKED} OR r.id = $1 OR ${basis} NOT LIKE '%about')`;

/** Joins the record of an id as `r`: by the index, whatever PostgreSQL thinks of how many ids there are (OFFSET 0 keeps it from hashing all records). */
const recordOf = (id: string): string => `CROSS JOIN LATERAL (SELECT * FROM records WHERE id = ${id} OFFSET 0) r`;

/**
 * The ids that a query answers, of which PostgreSQL thinks there are few: of what a walk finds it would think there are millions,
 * and then take its time to plan, sort and compile (jit) for them.
 */
const few = (ids: string): string => `unnest(ARRAY(${ids}))`;

const nulls = (count: number): string => Array<string>(count).fill('NULL').join(', ');

/** position, fact_id, effect, implicit, at, date_precision, time_zone and note of what is no touchpoint. */
const UNTOUCHED = `NULL, NULL, NULL, false, ${nulls(4)}`;

/** The facts of the deal itself that lead to records, in the form of POINTERS. */
const OWN_LINKS = `
  SELECT CASE WHEN x.implicit THEN 'side_meeting.dealId' ELSE 'touchpoint' END AS basis, 'touched' AS relation, false AS outward,
    $1::uuid AS node_id, x.about_id AS other_id, 0 AS position, x.id AS fact_id, x.effect, x.implicit,
    CASE WHEN NOT x.undated THEN ${dayOrInstantSql('x.at', 'x.date_precision', 'x.time_zone')} END AS at,
    CASE WHEN x.undated THEN 'unknown' ELSE x.date_precision END AS date_precision, x.time_zone, x.note
  FROM touched x
  UNION ALL SELECT 'agreement.dealId', 'of_deal', false, $1, g.id, ${UNTOUCHED} FROM agreements g WHERE g.deal_id = $1
  UNION ALL SELECT 'stage_change.evidence', 'evidence_of', false, s.id, s.evidence_id, ${UNTOUCHED}
  FROM deal_stage_changes s WHERE s.deal_id = $1 AND s.evidence_id IS NOT NULL
  UNION ALL SELECT v.basis, v.relation, v.outward, i.id, v.other_id, ${UNTOUCHED}
  FROM instruments i CROSS JOIN LATERAL (VALUES ('instrument.evidence', 'evidence_of', false, i.evidence_id),
    ('instrument.missionId', 'paid_for', true, i.mission_id)) v (basis, relation, outward, other_id)
  WHERE i.deal_id = $1 AND i.archived_at IS NULL AND v.other_id IS NOT NULL`;

/** Facts between parts of the deal: nobody may be kept from knowing them. */
const OWN_EDGES = `
  SELECT s.id::text AS "from", $1::text AS "to", 'of_deal' AS relation, 'stage_change.dealId' AS basis FROM deal_stage_changes s WHERE s.deal_id = $1
  UNION ALL SELECT s.former::text, s.id::text, 'next_stage', 'stage_change.place'
  FROM (SELECT id, lag(id) OVER (ORDER BY place) AS former FROM deal_stage_changes WHERE deal_id = $1) s WHERE s.former IS NOT NULL
  UNION ALL SELECT i.id::text, $1::text, 'of_deal', 'instrument.dealId' FROM instruments i WHERE i.deal_id = $1 AND i.archived_at IS NULL`;

/** Records that something of the deal itself names; a meeting that did not take place counts only where staff say so. */
const NEAR = `
  SELECT other_id AS id FROM own
  UNION SELECT id FROM commitments WHERE about_id = $1
  UNION SELECT m.id FROM side_meeting_abouts x JOIN side_meetings m ON m.id = x.meeting_id
    WHERE x.record_id = $1 AND m.status NOT IN ('cancelled', 'no_show')`;

/** They, and what was promised about the meetings and agreements among them. */
const WITH_PROMISES = `
  SELECT id FROM near
  UNION SELECT c.id FROM near n JOIN commitments c ON c.about_id = n.id WHERE n.type IN ('side_meeting', 'agreement')`;

/**
 * SQL of the graph of the deal $1 as far as the actor may know; `bind` answers a placeholder for the actor's id. It walks over
 * visible records only: what is known by way of a restricted one alone is not there, and each fact that leads to a restricted
 * one has a node of its own, so that nobody can tell whether two are the same. No place in the answer depends on what is hidden.
 */
export function lineageSql(actor: Actor, bind: (id: string) => string): string {
  let reader: string | undefined;
  const visible = visibleSql('r', actor, (id) => (reader ??= bind(id)));
  const live = `r.archived_at IS NULL AND r.id <> $1 AND ${visible}`;
  return `
    WITH RECURSIVE touched AS MATERIALIZED (SELECT * FROM ${TOUCHPOINTS} x WHERE x.deal_id = $1 AND x.archived_at IS NULL),
    own AS MATERIALIZED (${OWN_LINKS}),
    near AS MATERIALIZED (SELECT r.id, r.type FROM ${few(NEAR)} n (id) ${recordOf('n.id')} WHERE ${live}),
    walk (id, type) AS (
      SELECT r.id, r.type FROM ${few(WITH_PROMISES)} n (id) ${recordOf('n.id')} WHERE ${live}
      UNION SELECT r.id, r.type FROM walk w CROSS JOIN LATERAL (${POINTERS}) p ${recordOf('p.other_id')}
      WHERE ${leads('p.basis')} AND ${live}),
    reached AS MATERIALIZED (SELECT r.id, r.type, r.title, r.starts_at, r.ends_at, r.time_zone, r.date_precision
      FROM ${few('SELECT id FROM walk')} n (id) ${recordOf('n.id')}),
    pointed AS (
      SELECT p.basis, p.relation, p.outward, w.id AS node_id, p.other_id, p.position, NULL::uuid, NULL, false, ${nulls(4)}
      FROM reached w CROSS JOIN LATERAL (${POINTERS}) p),
    ends AS MATERIALIZED (
      SELECT l.*, r.type, ${visible} AS seen FROM (SELECT * FROM own UNION ALL SELECT * FROM pointed) l ${recordOf('l.other_id')}
      WHERE ${leads('l.basis')} AND (r.archived_at IS NULL OR r.id = $1) AND (${visible} OR NOT l.implicit)),
    counted AS (
      SELECT e.*, CASE WHEN NOT e.seen THEN row_number() OVER
        (PARTITION BY e.seen ORDER BY e.type COLLATE "C", e.basis COLLATE "C", e.relation COLLATE "C", e.node_id, e.effect COLLATE "C", e.fact_id, e.position) END AS hidden
      FROM ends e),
    named AS MATERIALIZED (SELECT c.*, CASE WHEN c.seen THEN c.other_id::text ELSE 'restricted-' || c.hidden END AS other FROM counted c),
    nodes AS (
      SELECT w.id::text AS key, w.id, w.type, w.title, d.* FROM reached w LEFT JOIN LATERAL (${NODE_DETAILS}) d ON true
      UNION ALL ${OWN_NODES}),
    placed AS MATERIALIZED (
      SELECT n.*, row_number() OVER (ORDER BY n.id = $1 DESC, n.moment NULLS LAST, n.rank NULLS LAST, n.place, n.id) AS number FROM nodes n),
    edges AS (
      SELECT CASE WHEN outward THEN node_id::text ELSE other END AS "from", CASE WHEN outward THEN other ELSE node_id::text END AS "to",
        relation, basis, CASE WHEN basis = 'touchpoint' THEN fact_id END AS "touchpointId", effect,
        CASE WHEN seen THEN at END AS at, CASE WHEN seen THEN date_precision END AS "datePrecision",
        CASE WHEN seen THEN time_zone END AS "timeZone", CASE WHEN seen THEN note END AS note, nullif(implicit, false) AS implicit, hidden
      FROM named
      UNION ALL SELECT "from", "to", relation, basis, ${nulls(8)} FROM (${OWN_EDGES}) o)
    SELECT (SELECT json_strip_nulls(json_agg(j ORDER BY number, hidden)) FROM (
        SELECT number, NULL::bigint AS hidden, (SELECT row_to_json(o) FROM (SELECT key, id, type, title, kind, status, at, until,
          date_precision AS "datePrecision", time_zone AS "timeZone", date_of AS "dateOf", detail) o) AS j FROM placed
        UNION ALL SELECT NULL, hidden, json_build_object('key', other, 'type', type, 'restricted', true) FROM named WHERE NOT seen) n) AS nodes,
      (SELECT json_strip_nulls(json_agg((SELECT row_to_json(o) FROM (SELECT e."from", e."to", e.relation, e.basis, e."touchpointId", e.effect,
          e.at, e."datePrecision", e."timeZone", e.note, e.implicit) o)
          ORDER BY f.number, t.number, e.hidden, e.relation COLLATE "C", e.effect COLLATE "C", e."touchpointId"))
       FROM edges e LEFT JOIN placed f ON f.key = e."from" LEFT JOIN placed t ON t.key = e."to") AS edges`;
}
