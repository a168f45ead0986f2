import { agreementsList } from '#agreements';
import type { Actor } from '#database';
import { dealsList, openDealSql } from '#deals';
import { ofHouseSql } from '#members';
import { visibleSql } from '#records';
import { commitmentsList, tasksList } from '#tasks';
import { MOST_ROWS } from './brief.js';
import { PARTY_PEOPLE } from './party-facts.js';

const named = (id: string, name: string): string =>
  `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_object('id', ${id}, 'name', ${name}) END`;

/** A person’s promise is their organization’s where none is named; what somebody promises for another is not. */
const partyOfPromise = (side: 'owed_by' | 'owed_to'): string => `
  SELECT c.id FROM commitments c WHERE c.${side}_organization_id = ANY($1::uuid[])
  UNION SELECT c.id FROM theirs t JOIN commitments c ON c.${side}_person_id = t.person_id
    WHERE c.${side}_organization_id IS NULL OR $2::uuid IS NOT NULL`;

/** Open promises by whose they are, each once: one between two of the party is theirs. The earliest due first. */
export const commitmentsSql = (actor: Actor): string => `
  WITH theirs AS (${PARTY_PEOPLE}), by_them AS (${partyOfPromise('owed_by')}), to_them AS (${partyOfPromise('owed_to')}),
  sides AS (
    SELECT c.*, v.visibility, v.owner_ids, CASE WHEN c.id IN (SELECT id FROM by_them) THEN 'byThem'
      WHEN ${ofHouseSql('c.owed_by_organization_id', 'c.owed_by_person_id')} THEN 'byUs' ELSE 'byOthers' END AS side
    FROM commitments c JOIN records v ON v.id = c.id
    WHERE c.id IN (SELECT id FROM by_them UNION SELECT id FROM to_them) AND c.status = 'open' AND c.archived_at IS NULL
      AND ${visibleSql('v', actor)}),
  ranked AS (
    SELECT c.*, ${commitmentsList.select.overdue} AS is_overdue, count(*) OVER w::int AS count,
      (count(*) FILTER (WHERE ${commitmentsList.select.overdue}) OVER w)::int AS overdue,
      row_number() OVER (PARTITION BY side ORDER BY due_to NULLS LAST, id) AS rank
    FROM sides c WINDOW w AS (PARTITION BY side))
  SELECT c.side, c.count, c.overdue AS "overdueCount", c.id, c.action, ${commitmentsList.select.owedBy} AS "owedBy",
    ${commitmentsList.select.owedTo} AS "owedTo", c.due_from::text AS "dueFrom", c.due_to::text AS "dueTo", c.due_text AS "dueText",
    c.is_overdue AS overdue, ${named('u.id', 'u.name')} AS owner, c.source
  FROM ranked c LEFT JOIN users u ON u.id = c.owner_id WHERE c.rank <= ${MOST_ROWS} ORDER BY c.side, c.rank`;

const OPEN_DEAL = openDealSql('d');

/** Deals in which the party has a role, or is whom one speaks to: open ones first, those that moved last before others. */
export const DEALS = `
  WITH mine AS (
    SELECT x.deal_id FROM deal_parties x WHERE x.organization_id = ANY($1::uuid[]) AND x.archived_at IS NULL
    UNION SELECT x.deal_id FROM deal_parties x WHERE x.person_id = $2 AND x.archived_at IS NULL),
  ranked AS (
    SELECT d.*, ${OPEN_DEAL} AS is_open, count(*) OVER ()::int AS count, (count(*) FILTER (WHERE ${OPEN_DEAL}) OVER ())::int AS open_count
    FROM mine JOIN deals d ON d.id = mine.deal_id WHERE d.archived_at IS NULL
    ORDER BY is_open DESC, d.stage_since DESC, d.id LIMIT ${MOST_ROWS})
  SELECT d.count, d.open_count AS "openCount", d.id, d.title, d.kind, d.stage, d.stage_since AS "stageSince",
    d.stage_precision AS "stagePrecision", d.is_open AS open, ${dealsList.select.value} AS value,
    ${dealsList.select.probability} AS probability, d.expected_close_on::text AS "expectedCloseOn", ${named('u.id', 'u.name')} AS owner,
    (SELECT jsonb_agg(jsonb_build_object('role', x.role, 'organizationId', o.id, 'organization', o.name, 'personId', p.id,
        'person', p.full_name) ORDER BY x.id)
     FROM deal_parties x JOIN organizations o ON o.id = x.organization_id LEFT JOIN people p ON p.id = x.person_id
     WHERE x.deal_id = d.id AND x.archived_at IS NULL AND (x.organization_id = ANY($1::uuid[]) OR x.person_id = $2)) AS roles
  FROM ranked d LEFT JOIN users u ON u.id = d.owner_id ORDER BY d.is_open DESC, d.stage_since DESC, d.id`;

const linked = (table: string): string => `
  SELECT x.agreement_id FROM ${table} x WHERE x.organization_id = ANY($1::uuid[])
  UNION SELECT x.agreement_id FROM ${table} x WHERE x.person_id = $2`;

/** Agreements that the party made or signed, those signed last first. */
export const AGREEMENTS = `
  WITH parties AS (${linked('agreement_parties')}), signatories AS (${linked('agreement_signatories')})
  SELECT count(*) OVER ()::int AS count, g.id, g.title, g.kind, ${agreementsList.select.status} AS status,
    ${agreementsList.select.value} AS value, g.signed_from::text AS "signedFrom", g.signed_to::text AS "signedTo",
    g.date_precision AS "datePrecision", g.expires_on::text AS "expiresOn", g.provenance,
    array_remove(ARRAY[CASE WHEN g.id IN (SELECT * FROM parties) THEN 'party' END,
      CASE WHEN g.id IN (SELECT * FROM signatories) THEN 'signatory' END], NULL) AS as
  FROM agreements g WHERE g.id IN (SELECT * FROM parties UNION SELECT * FROM signatories) AND g.archived_at IS NULL
  ORDER BY g.signed_from DESC NULLS LAST, g.created_at DESC, g.id LIMIT ${MOST_ROWS}`;

/** Open tasks about the party, or about who works there, the most urgent first. */
export const tasksSql = (actor: Actor): string => `
  WITH theirs AS (${PARTY_PEOPLE})
  SELECT count(*) OVER ()::int AS count, (count(*) FILTER (WHERE ${tasksList.select.overdue}) OVER ())::int AS "overdueCount",
    t.id, t.title, t.due_at AS "dueAt", t.time_zone AS "timeZone", ${tasksList.select.overdue} AS overdue, ${named('u.id', 'u.name')} AS assignee
  FROM tasks t JOIN records v ON v.id = t.id LEFT JOIN users u ON u.id = t.assignee_id
  WHERE t.about_id IN (SELECT unnest($1::uuid[]) UNION SELECT person_id FROM theirs) AND t.status = 'open' AND t.archived_at IS NULL
    AND ${visibleSql('v', actor)}
  ORDER BY t.due_at NULLS LAST, t.id LIMIT ${MOST_ROWS}`;
