import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { nameKey, organizationKey, personKey } from '#records';

/** Somebody as others name them: by id, by any of their addresses, or by any of their names. */
export interface PersonQuestion {
  id?: string | null;
  email?: string | null;
  name?: string | null;
}

/** A person who fits a question. */
export interface PersonMatch {
  /** Index of the question. */
  asked: number;
  by: 'id' | 'email' | 'name';
  id: string;
  fullName: string;
  /** Every organization at which the person holds or held a position. */
  organizationIds: string[];
  /** The position to show: a current one before one that ended, a preferred one before others. */
  title: string | null;
  organizationId: string | null;
  organization: string | null;
  /** False where every known position has ended. */
  current: boolean;
}

/** An organization as others name it. */
export interface OrganizationQuestion {
  id?: string | null;
  name?: string | null;
}

export interface OrganizationMatch {
  asked: number;
  id: string;
  name: string;
  kind: string;
  country: string | null;
}

/**
 * Finds who is meant, for many questions in one query; names match across scripts. Archived ones are never meant, and those
 * found are held until the commit: nobody merges them away meanwhile.
 */
@Injectable()
export class DirectoryMatchesReader {
  constructor(private readonly database: Database) {}

  async people(questions: PersonQuestion[]): Promise<PersonMatch[]> {
    if (questions.length === 0) return [];
    const asked = questions.map(({ id, email, name }, index) => ({
      asked: index,
      id: id ?? null,
      email: email?.toLowerCase() ?? null,
      match_key: name ? personKey(name) : null,
      name_key: name ? nameKey(name) : null,
    }));
    return this.database.prepared<PersonMatch>(PEOPLE, [JSON.stringify(asked)]);
  }

  async organizations(questions: OrganizationQuestion[]): Promise<OrganizationMatch[]> {
    if (questions.length === 0) return [];
    const asked = questions.map(({ id, name }, index) => ({
      asked: index,
      id: id ?? null,
      match_key: name ? organizationKey(name) : null,
      name_key: name ? nameKey(name) : null,
    }));
    return this.database.prepared<OrganizationMatch>(ORGANIZATIONS, [JSON.stringify(asked)]);
  }
}

/** One branch per index, so that each question costs a few look-ups however large the directory is. */
const PEOPLE = `
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS a (asked int, id uuid, email text, match_key text, name_key text)
  ), found AS (
    SELECT a.asked, p.id, 'id' AS by FROM asked a JOIN people p ON p.id = a.id
    UNION SELECT a.asked, p.id, 'email' FROM asked a JOIN people p ON p.email = a.email
    UNION SELECT a.asked, p.id, 'email' FROM asked a JOIN people p ON p.other_emails @> ARRAY[a.email] AND p.other_emails <> '{}'
    UNION SELECT a.asked, p.id, 'name' FROM asked a JOIN people p ON p.match_key = a.match_key AND a.match_key <> ''
    UNION SELECT a.asked, p.id, 'name' FROM asked a
      JOIN people p ON string_to_array(p.alias_key, '|') @> ARRAY[a.name_key] AND p.alias_key <> '' AND a.name_key <> ''
  )
  SELECT f.asked, f.by, p.id, p.full_name AS "fullName",
    ARRAY(SELECT DISTINCT x.organization_id FROM positions x
          WHERE x.person_id = p.id AND x.archived_at IS NULL AND x.organization_id IS NOT NULL)::text[] AS "organizationIds",
    best.title, best.organization_id AS "organizationId", best.name AS organization, coalesce(best.current, false) AS current
  FROM found f
  JOIN people p ON p.id = f.id AND p.archived_at IS NULL
  LEFT JOIN LATERAL (
    SELECT x.title, x.organization_id, o.name, x.ended_on IS NULL AS current
    FROM positions x LEFT JOIN organizations o ON o.id = x.organization_id
    WHERE x.person_id = p.id AND x.archived_at IS NULL
    ORDER BY x.ended_on IS NOT NULL, x.preferred DESC, x.started_on DESC NULLS LAST, x.id LIMIT 1
  ) best ON true
  ORDER BY p.full_name, p.id FOR KEY SHARE OF p`;

const ORGANIZATIONS = `
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS a (asked int, id uuid, match_key text, name_key text)
  ), found AS (
    SELECT a.asked, o.id FROM asked a JOIN organizations o ON o.id = a.id
    UNION SELECT a.asked, o.id FROM asked a JOIN organizations o ON o.match_key = a.match_key AND a.match_key <> ''
    UNION SELECT a.asked, o.id FROM asked a
      JOIN organizations o ON string_to_array(o.alias_key, '|') @> ARRAY[a.name_key] AND o.alias_key <> '' AND a.name_key <> ''
  )
  SELECT f.asked, o.id, o.name, o.kind, o.country
  FROM found f JOIN organizations o ON o.id = f.id AND o.archived_at IS NULL
  ORDER BY o.name, o.id FOR KEY SHARE OF o`;
