import { Injectable } from '@nestjs/common';
import { Database } from '#database';

/** Whom facts are about: organizations, or one person. */
export interface FactsParty {
  type: 'organization' | 'person';
  id: string;
  /** The organization and, unless they are left out, its subsidiaries; none for a person. */
  organizationIds: string[];
  /** The person; null for an organization. */
  personId: string | null;
}

/** Tells of which organizations facts count as those of one, and what time it is. */
@Injectable()
export class PartyFactsReader {
  constructor(private readonly database: Database) {}

  /** Subsidiaries are those of subsidiaries too; archived ones, and what hangs on them, are left out. */
  async organization(id: string, subsidiaries: boolean): Promise<FactsParty & { now: Date }> {
    const found = await this.database.queryOne<{ now: Date; ids: string[] }>(SCOPE, [id, subsidiaries]);
    if (!found) throw new Error('PostgreSQL does not tell the time');
    return { type: 'organization', id, organizationIds: found.ids, personId: null, now: found.now };
  }

  async person(id: string): Promise<FactsParty & { now: Date }> {
    return { type: 'person', id, organizationIds: [], personId: id, now: await this.database.now() };
  }
}

const SCOPE = `
  WITH RECURSIVE scope AS (
    SELECT $1::uuid AS id
    UNION SELECT o.id FROM organizations o JOIN scope s ON o.parent_id = s.id WHERE $2 AND o.archived_at IS NULL
  ) SELECT now() AS now, array_agg(id::text) AS ids FROM scope`;

/**
 * Parameters of all SQL about a party: `$1` its organizations, `$2` its person. What people do counts for the organization
 * they did it for; where that was not said, for those where they held a position on that day.
 */
export const partyParameters = ({ organizationIds, personId }: FactsParty): [string[], string | null] => [
  organizationIds,
  personId,
];

/** A position (by its alias) was held on a day. */
const heldOn = (position: string, day: string): string =>
  `${position}.archived_at IS NULL AND coalesce(${position}.started_on, '-infinity') <= ${day} AND coalesce(${position}.ended_on, 'infinity') >= ${day}`;

/** A row with person_id and organization_id (by its alias) that concerns `day` is about the party. */
export const ofPartySql = (row: string, day: string): string => `
  (${row}.organization_id = ANY($1::uuid[]) OR ${row}.person_id = $2 OR ${row}.organization_id IS NULL AND EXISTS (
    SELECT FROM positions h WHERE h.person_id = ${row}.person_id AND h.organization_id = ANY($1::uuid[]) AND ${heldOn('h', day)}))`;

/** The same as SELECTs of `column` that start from the party, so that each is answered by an index. */
export const partyRowsSql = (table: string, column: string, day: string, condition: string): string => `
  SELECT x.${column} FROM ${table} x WHERE x.organization_id = ANY($1::uuid[]) AND ${condition}
  UNION SELECT x.${column} FROM ${table} x WHERE x.person_id = $2 AND ${condition}
  UNION SELECT x.${column} FROM positions h JOIN ${table} x ON x.person_id = h.person_id AND x.organization_id IS NULL
    WHERE h.organization_id = ANY($1::uuid[]) AND ${heldOn('h', day)} AND ${condition}`;

/** Speakers speak for themselves, whatever the programme prints: those of an organization are who held a position there. */
export const partySpeakersSql = (speaker: string, day: string): string => `
  (${speaker}.person_id = $2 OR EXISTS (
    SELECT FROM positions h WHERE h.person_id = ${speaker}.person_id AND h.organization_id = ANY($1::uuid[]) AND ${heldOn('h', day)}))`;

/** Who may have spoken for the party at any time: SELECT of person_id. */
export const PARTY_PEOPLE_EVER = `
  SELECT h.person_id FROM positions h WHERE h.organization_id = ANY($1::uuid[]) AND h.archived_at IS NULL
  UNION SELECT $2::uuid WHERE $2::uuid IS NOT NULL`;

/** Who is the party, or works there today: SELECT of person_id. */
export const PARTY_PEOPLE = `
  SELECT h.person_id FROM current_positions h WHERE h.organization_id = ANY($1::uuid[])
  UNION SELECT $2::uuid WHERE $2::uuid IS NOT NULL`;
