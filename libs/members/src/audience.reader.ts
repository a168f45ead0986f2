import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Invalid } from '#faults';
import { nameKey, sectorCodesSql } from '#records';
import { MEMBER_NOW_SQL } from './memberships.reader.js';

/**
 * Whom to write to: the people named, whoever works at the organizations named, and whoever fits all of tiers, sectors
 * and countries that are given; one tier, sector or country of several is enough.
 */
export interface Audience {
  personIds?: string[];
  /** Everybody who holds a title there now. */
  organizationIds?: string[];
  /** Members of today in one of these tiers, and who works at one. */
  tierCodes?: string[];
  /** People of organizations in one of these sectors. */
  sectors?: string[];
  /** ISO 3166-1 alpha-2 of the organization, or of the person where there is none. */
  countries?: string[];
}

/** People that one round may reach. */
export const MAX_AUDIENCE = 50_000;

/** Somebody in an audience, with or without an address. */
export interface AudienceMember {
  personId: string;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** Answers who an audience is. An audience that names nothing is nobody, never everybody. */
@Injectable()
export class AudienceReader {
  constructor(private readonly database: Database) {}

  /**
   * Each person once, by name; nobody who is archived. Throws Invalid for a person, an organization, a tier or a sector
   * that does not exist, and for more than MAX_AUDIENCE people.
   */
  async people(audience: Audience): Promise<AudienceMember[]> {
    const { personIds = [], organizationIds = [], tierCodes = [], sectors = [], countries = [] } = audience;
    await this.demandKnown('people', personIds, 'personIds');
    await this.demandKnown('organizations', organizationIds, 'organizationIds');
    await this.demandWords(tierCodes, sectors);
    const people = await this.database.query<AudienceMember>(AUDIENCE, [
      personIds,
      organizationIds,
      orNull(tierCodes),
      orNull(sectors),
      orNull(countries),
      sectors.map(nameKey),
    ]);
    if (people.length > MAX_AUDIENCE) throw tooLarge();
    return people;
  }

  /** A misspelt word would be an empty audience, or a smaller one than was meant. */
  private async demandWords(tierCodes: string[], sectors: string[]): Promise<void> {
    const rows = await this.database.query<{ field: string; index: number; text: string }>(UNKNOWN_WORDS, [
      tierCodes,
      sectors,
      sectors.map(nameKey),
    ]);
    const faults = rows.map(({ field, index, text }) => ({
      pointer: `/recipients/${field}/${index}`,
      code: 'unknown_reference',
      message: `There is no ${field === 'sectors' ? 'sector' : 'membership tier'} ${JSON.stringify(text)}.`,
    }));
    if (faults.length > 0) throw new Invalid(faults);
  }

  private async demandKnown(table: 'people' | 'organizations', ids: string[], field: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE id = ANY($1::uuid[]) AND archived_at IS NULL`,
      [ids],
    );
    const known = new Set(rows.map((row) => row.id));
    const faults = ids.flatMap((id, index) =>
      known.has(id.toLowerCase())
        ? []
        : [
            {
              pointer: `/recipients/${field}/${index}`,
              code: 'unknown_reference',
              message: `There is nobody with id ${id}.`,
            },
          ],
    );
    if (faults.length > 0) throw new Invalid(faults);
  }
}

const tooLarge = (): Invalid =>
  Invalid.field(
    '/recipients',
    'audience_too_large',
    `More than ${MAX_AUDIENCE.toLocaleString('en')} people fit; one round reaches no more. Narrow it by tier, sector or country.`,
  );

const orNull = (values: string[]): string[] | null => (values.length > 0 ? values : null);

const UNKNOWN_WORDS = `
  SELECT 'tierCodes' AS field, (n - 1)::int AS index, code AS text FROM unnest($1::text[]) WITH ORDINALITY AS t (code, n)
  WHERE NOT EXISTS (SELECT FROM membership_tiers m WHERE m.code = t.code)
  UNION ALL
  SELECT 'sectors', (n - 1)::int, word FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w (word, folded, n)
  WHERE NOT EXISTS (SELECT FROM sectors s WHERE s.code = w.word OR s.keys @> ARRAY[w.folded])
  ORDER BY field, index`;

/** A position counts while it lasts; a criterion that is NULL does not narrow, and without any nobody is chosen by criteria. */
const AUDIENCE = `
  WITH holders AS (
    SELECT x.person_id, o.id AS organization_id, o.country, o.sectors
    FROM current_positions x JOIN organizations o ON o.id = x.organization_id WHERE o.archived_at IS NULL
  ), members AS (
    SELECT s.person_id, s.inherited_from_id FROM people_memberships s JOIN membership_statuses m ON m.id = s.membership_id
    WHERE m.status IN (${MEMBER_NOW_SQL}) AND m.tier_code = ANY($3)
  ), chosen AS (
    SELECT p.id FROM people p LEFT JOIN holders h ON h.person_id = p.id
    WHERE num_nonnulls($3::text[], $4::text[], $5::text[]) > 0
      AND ($3::text[] IS NULL OR p.id IN (SELECT person_id FROM members WHERE inherited_from_id IS NULL)
        OR (p.id, h.organization_id) IN (SELECT person_id, inherited_from_id FROM members WHERE inherited_from_id IS NOT NULL))
      AND ($4::text[] IS NULL OR h.sectors && ${sectorCodesSql('$4', '$6')})
      AND ($5::text[] IS NULL OR coalesce(h.country, p.country) = ANY($5))
    UNION SELECT unnest($1::uuid[])
    UNION SELECT person_id FROM holders WHERE organization_id = ANY($2::uuid[])
  )
  SELECT p.id AS "personId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  FROM people p WHERE p.id IN (SELECT id FROM chosen) AND p.archived_at IS NULL
  ORDER BY p.full_name, p.id LIMIT ${MAX_AUDIENCE + 1}`;
