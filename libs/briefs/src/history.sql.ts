import type { Actor } from '#database';
import { visibleSql } from '#records';

const MOST_PEOPLE = 20;

const names = (side: 'owed_by' | 'owed_to'): string => `
  nullif(concat_ws(', ', (SELECT p.full_name FROM people p WHERE p.id = c.${side}_person_id),
    (SELECT o.name FROM organizations o WHERE o.id = c.${side}_organization_id)), '')`;

/** What there is to know of the records `$1` that entries lead to, besides their title. */
export const factsSql = (actor: Actor): string => `
  SELECT r.id, r.time_zone AS "timeZone", r.place, r.visibility = 'restricted' AS restricted, r.date_precision AS "datePrecision",
    coalesce(m.summary, c.evidence) AS outcome, coalesce(m.topics, '{}') AS topics,
    CASE WHEN m.id IS NULL THEN '{}' ELSE ARRAY(
      SELECT p.full_name FROM side_meeting_participants x JOIN people p ON p.id = x.person_id
      WHERE x.meeting_id = m.id AND x.participation NOT IN ('declined', 'delegated') ORDER BY p.full_name, p.id LIMIT ${MOST_PEOPLE}) END AS people,
    CASE WHEN c.id IS NOT NULL THEN ${names('owed_by')} END AS "owedBy", CASE WHEN c.id IS NOT NULL THEN ${names('owed_to')} END AS "owedTo"
  FROM records r LEFT JOIN side_meetings m ON m.id = r.id LEFT JOIN commitments c ON c.id = r.id
  WHERE r.id = ANY($1::uuid[]) AND ${visibleSql('r', actor)}`;

/** Deals in which the party `$1` has a role, or is whom one speaks to: by stage, and all together (stage is null), each by currency. */
export const DEALS_BY_STAGE = `
  SELECT d.stage, d.currency, count(*)::int AS deals, sum(d.amount)::text AS amount
  FROM deals d WHERE d.archived_at IS NULL AND d.id IN (
    SELECT deal_id FROM deal_parties WHERE organization_id = $1 AND archived_at IS NULL
    UNION SELECT deal_id FROM deal_parties WHERE person_id = $1 AND archived_at IS NULL)
  GROUP BY GROUPING SETS ((d.stage, d.currency), (d.currency)) ORDER BY d.currency`;
