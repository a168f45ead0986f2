import { Injectable } from '@nestjs/common';
import { Database } from '#database';

/** A title somebody holds now, and where it was read. */
export interface PaperTitle {
  title: string;
  organizationId: string | null;
  organization: string | null;
  source: string | null;
  preferred: boolean;
  /** YYYY-MM-DD: when what is stored was written down. */
  asOf: string;
}

/** Somebody as papers name them. */
export interface PaperPerson {
  id: string;
  fullName: string;
  honorific: string | null;
  nativeName: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
  /** Present titles, the preferred ones first; where sources disagree, all of them. */
  titles: PaperTitle[];
}

/** People with the titles they hold today. */
@Injectable()
export class PaperPeopleReader {
  constructor(private readonly database: Database) {}

  /** By id; one query, however many. */
  async ofIds(ids: string[]): Promise<Map<string, PaperPerson>> {
    const people = await this.database.query<PaperPerson>(PEOPLE, [[...new Set(ids)]]);
    return new Map(people.map((person) => [person.id, person]));
  }
}

const PEOPLE = `
  SELECT p.id, p.full_name AS "fullName", p.honorific, p.native_name AS "nativeName", p.country,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('title', x.title, 'organizationId', x.organization_id,
       'organization', o.name, 'source', x.source, 'preferred', x.preferred,
       'asOf', to_char(x.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) ORDER BY x.preferred DESC, x.created_at DESC, x.id), '[]')
     FROM positions x LEFT JOIN organizations o ON o.id = x.organization_id
     WHERE x.person_id = p.id AND x.archived_at IS NULL
       AND coalesce(x.started_on, '-infinity') <= (now() AT TIME ZONE 'UTC')::date
       AND coalesce(x.ended_on, 'infinity') >= (now() AT TIME ZONE 'UTC')::date) AS titles
  FROM people p WHERE p.id = ANY($1::uuid[])`;
