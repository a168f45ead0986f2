import { Injectable } from '@nestjs/common';
import type { CommitBatch, LostRow } from '#imports';
import { Database } from '#database';
import type { PlannedRow } from './import-subject.js';
import { ownDomain } from './import-values.js';
import type { Values } from './member-row.js';

/** Something stored that a row meets. */
interface Met {
  rowNumber: number;
  id: string;
}

/**
 * Finds rows that would create what is stored by now. The analysis creates only where no key meets anything live, so
 * whatever meets one now is new, whenever its writer began; what this import itself wrote or changed is no surprise.
 */
@Injectable()
export class ImportAppeared {
  constructor(private readonly database: Database) {}

  async since(batch: CommitBatch, planned: PlannedRow[]): Promise<LostRow[]> {
    const met = [
      ...(await this.meet(ORGANIZATIONS, planned.flatMap(newOrganizations))),
      ...(await this.meet(PEOPLE, planned.flatMap(newPerson))),
      ...(await this.meet(MEMBERSHIPS, planned.flatMap(newMembership))),
    ];
    if (met.length === 0) return [];
    const ids = met.map(({ id }) => id);
    const rows = await this.database.query<{ id: string }>(OWN, [batch.importId, batch.to, ids]);
    const own = new Set(rows.map(({ id }) => id));
    return met.filter(({ id }) => !own.has(id)).map(({ rowNumber }) => ({ rowNumber, problem: APPEARED }));
  }

  private meet(sql: string, wanted: Values[]): Promise<Met[]> {
    return wanted.length === 0 ? Promise.resolve([]) : this.database.query<Met>(sql, [JSON.stringify(wanted)]);
  }
}

const APPEARED: LostRow['problem'] = {
  column: null,
  code: 'appeared_since',
  message: 'Somebody entered the same since the analysis; import the row again.',
};

const newOrganizations = ({ rowNumber, plan }: PlannedRow): Values[] =>
  [plan.organization, plan.parent].flatMap((piece) => {
    if (!piece?.new) return [];
    const { match_key: key, country, website } = piece.after;
    return { row: rowNumber, key, country, domain: ownDomain((website as string | null) ?? undefined) };
  });

/** Nobody has a title at an organization that is yet to be created. */
function newPerson({ rowNumber, plan, organizationId }: PlannedRow): Values[] {
  if (!plan.person?.new) return [];
  const { email, match_key: key } = plan.person.after;
  const organization = plan.organization?.new ? null : organizationId;
  return [{ row: rowNumber, email, key, organization, alone: organizationId === null }];
}

/** Nor is it, or a new person, a member already. */
function newMembership({ rowNumber, plan }: PlannedRow): Values[] {
  if (!plan.membership?.new || plan.membership.after.cancelled_on) return [];
  const { organization_id: organization, person_id: person, starts_on: from, ends_on: to } = plan.membership.after;
  const member = organization ? plan.organization : plan.person;
  return member?.new ? [] : [{ row: rowNumber, organization, person, from, to }];
}

/** The inner query is fenced off, so that it uses the key's index alone. */
const live = (table: string, key: string, condition = 'true'): string => `
  SELECT p.row AS "rowNumber", x.id FROM planned p CROSS JOIN LATERAL (
    SELECT s.id FROM (SELECT * FROM ${table} s WHERE ${key} OFFSET 0) s WHERE ${condition} AND s.archived_at IS NULL) x`;

const planned = (columns: string): string =>
  `WITH planned AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS p (row int, ${columns}))`;

const ORGANIZATIONS = `
  ${planned('key text, country text, domain text')}
  ${live('organizations', 's.match_key = p.key', '(s.country = p.country OR s.country IS NULL OR p.country IS NULL)')}
  UNION ALL ${live('organizations', 's.domain = p.domain')} WHERE p.domain IS NOT NULL`;

const TITLES = '(SELECT * FROM positions WHERE person_id = s.id OFFSET 0) h';

/** Namesakes count at one organization, and where neither has any. */
const PEOPLE = `
  ${planned('email text, key text, organization uuid, alone boolean')}
  ${live('people', 's.email = p.email')} WHERE p.email IS NOT NULL
  UNION ALL ${live(
    'people',
    's.match_key = p.key',
    `EXISTS (SELECT FROM ${TITLES} WHERE h.organization_id = p.organization AND h.archived_at IS NULL)`,
  )} WHERE p.organization IS NOT NULL
  UNION ALL ${live(
    'people',
    's.match_key = p.key',
    `NOT EXISTS (SELECT FROM ${TITLES} WHERE h.organization_id IS NOT NULL AND h.archived_at IS NULL)`,
  )} WHERE p.alone`;

const SHARES_DAYS = 's.cancelled_on IS NULL AND s.starts_on <= p."to" AND s.ends_on >= p."from"';

const MEMBERSHIPS = `
  ${planned('organization uuid, person uuid, "from" date, "to" date')}
  ${live('memberships', 's.organization_id = p.organization', SHARES_DAYS)} WHERE p.organization IS NOT NULL
  UNION ALL ${live('memberships', 's.person_id = p.person', SHARES_DAYS)} WHERE p.person IS NOT NULL`;

/** Which of some subjects this import has written or changes in the batch at hand: one pass over its ledger, however many they are. */
const OWN = `
  SELECT DISTINCT x.id FROM import_verdicts v,
    LATERAL (VALUES (v.organization_id), (v.person_id), (v.membership_id), ((v.plan->'parent'->>'id')::uuid)) x (id)
  WHERE v.import_id = $1 AND v.row_number <= $2 AND v.plan IS NOT NULL AND x.id = ANY($3::uuid[])`;
