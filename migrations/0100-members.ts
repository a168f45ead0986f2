import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The directory: organizations, people, and the dated positions that join them. */
export class Members1790000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORGANIZATIONS);
    await runner.query('CREATE INDEX organizations_search ON organizations USING gin (search_key gin_trgm_ops)');
    await runner.query('CREATE INDEX organizations_match ON organizations (match_key)');
    await runner.query('CREATE INDEX organizations_domain ON organizations (domain) WHERE domain IS NOT NULL');
    await runner.query('CREATE INDEX organizations_name ON organizations (name, id) WHERE archived_at IS NULL');
    await runner.query(PEOPLE);
    await runner.query('CREATE INDEX people_search ON people USING gin (search_key gin_trgm_ops)');
    await runner.query('CREATE INDEX people_match ON people (match_key)');
    await runner.query('CREATE INDEX people_name ON people (full_name, id) WHERE archived_at IS NULL');
    await runner.query('CREATE INDEX people_email ON people (email) WHERE email IS NOT NULL');
    await runner.query(POSITIONS);
    await runner.query('CREATE INDEX positions_person ON positions (person_id)');
    await runner.query('CREATE INDEX positions_organization ON positions (organization_id)');
    await runner.query(
      'CREATE UNIQUE INDEX positions_preferred ON positions (person_id, organization_id) WHERE preferred AND archived_at IS NULL',
    );
    await runner.query(`SELECT attach_records('organizations', 'organization', $$
      SELECT id, name, kind, search_key, alias_key, NULL, NULL::uuid[], NULL::timestamptz, NULL::timestamptz, NULL, country, NULL::boolean, archived_at FROM changed $$)`);
    await runner.query(`SELECT attach_records('people', 'person', $$
      SELECT id, full_name, email, search_key, alias_key, NULL, NULL::uuid[], NULL::timestamptz, NULL::timestamptz, time_zone, country, NULL::boolean, archived_at FROM changed $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['positions', 'people', 'organizations']) await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DELETE FROM records WHERE type IN ('organization', 'person')`);
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

/** alias_key and match_key are folded by nameKey; domain is the host of the website without www. */
const ORGANIZATIONS = `
  CREATE TABLE organizations (${VERSIONED},
    name text NOT NULL,
    legal_name text,
    kind text NOT NULL,
    country char(2),
    website text,
    domain text,
    parent_id uuid CONSTRAINT organizations_parent_fk REFERENCES organizations CHECK (parent_id <> id),
    sectors text[] NOT NULL DEFAULT '{}',
    aliases text[] NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    notes text,
    search_key text NOT NULL,
    alias_key text NOT NULL DEFAULT '',
    match_key text NOT NULL
  )`;

const PEOPLE = `
  CREATE TABLE people (${VERSIONED},
    full_name text NOT NULL,
    honorific text,
    native_name text,
    given_name text,
    family_name text,
    aliases text[] NOT NULL DEFAULT '{}',
    email text CHECK (email = lower(email)),
    other_emails text[] NOT NULL DEFAULT '{}',
    phone text,
    country char(2),
    locale text,
    time_zone text,
    notes text,
    search_key text NOT NULL,
    alias_key text NOT NULL DEFAULT '',
    match_key text NOT NULL
  )`;

/** Two sources may disagree: both rows stay, at most one per person and organization is preferred. */
const POSITIONS = `
  CREATE TABLE positions (${VERSIONED},
    person_id uuid NOT NULL CONSTRAINT positions_person_fk REFERENCES people,
    organization_id uuid CONSTRAINT positions_organization_fk REFERENCES organizations,
    title text NOT NULL,
    started_on date,
    ended_on date,
    source text,
    preferred boolean NOT NULL DEFAULT false,
    CHECK (ended_on >= started_on)
  )`;
