/** Records that take place at a time of their own; when a task or a promise is due says nothing of when it touched a deal. */
const EVENTS = `('conference', 'session', 'side_meeting', 'trade_mission', 'agreement')`;

/** How far `touched_at` of a touchpoint may be trusted, by the aliases of it and of its record; null: to the second. */
export const touchedPrecisionSql = (touchpoint: string, record: string): string =>
  `CASE WHEN ${touchpoint}.at IS NOT NULL THEN ${touchpoint}.date_precision
    WHEN ${record}.type IN ${EVENTS} AND (${record}.starts_at IS NOT NULL OR ${record}.date_precision = 'unknown') THEN ${record}.date_precision END`;

/** Side meetings whose deal this is, unless staff have said more of them, or they did not take place. */
export const IMPLICIT = `m.deal_id IS NOT NULL AND m.archived_at IS NULL AND m.status NOT IN ('cancelled', 'no_show')
  AND NOT EXISTS (SELECT FROM touchpoints t WHERE t.deal_id = m.deal_id AND t.about_id = m.id AND t.archived_at IS NULL)`;

/**
 * Touchpoints that staff wrote down, and side meetings that are touchpoints by themselves. `undated`: nobody knows when, and `at` is
 * when it was written down.
 */
export const TOUCHPOINTS = `
  (SELECT t.id, t.version, t.created_at, t.updated_at, t.archived_at, t.deal_id, t.about_id, t.effect, t.note, false AS implicit,
     t.touched_at AS at, ${touchedPrecisionSql('t', 'v')} AS date_precision,
     CASE WHEN t.at IS NULL THEN v.time_zone END AS time_zone,
     t.at IS NULL AND NOT coalesce(v.type IN ${EVENTS} AND v.starts_at IS NOT NULL, false) AS undated, v.type, v.visibility, v.owner_ids
   FROM touchpoints t JOIN records v ON v.id = t.about_id
   UNION ALL
   SELECT m.id, m.version, m.created_at, m.updated_at, NULL, m.deal_id, m.id, 'mentioned', NULL, true,
     coalesce(m.starts_at, m.created_at), m.date_precision, m.time_zone, m.starts_at IS NULL, v.type, v.visibility, v.owner_ids
   FROM side_meetings m JOIN records v ON v.id = m.id WHERE ${IMPLICIT})`;
