import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tiers and memberships; a membership's status is never stored, the view computes it from its dates. */
export class Memberships1790000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE membership_tiers (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        archived_at timestamptz,
        code text NOT NULL CONSTRAINT membership_tiers_code_key UNIQUE,
        name text NOT NULL,
        annual_dues numeric(14, 2) CHECK (annual_dues >= 0),
        currency char(3),
        grace_days integer NOT NULL CHECK (grace_days BETWEEN 0 AND 366),
        CHECK ((annual_dues IS NULL) = (currency IS NULL))
      )`);
    await runner.query(`
      CREATE TABLE memberships (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        archived_at timestamptz,
        organization_id uuid CONSTRAINT memberships_organization_fk REFERENCES organizations,
        person_id uuid CONSTRAINT memberships_person_fk REFERENCES people,
        tier_id uuid NOT NULL CONSTRAINT memberships_tier_fk REFERENCES membership_tiers,
        joined_on date NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        cancelled_on date,
        cancellation_reason text,
        search_key text NOT NULL,
        CHECK (num_nonnulls(organization_id, person_id) = 1),
        CHECK (joined_on <= starts_on),
        CHECK (starts_on <= ends_on),
        CONSTRAINT memberships_one_per_time EXCLUDE USING gist (
          coalesce(organization_id, person_id) WITH =, daterange(starts_on, ends_on, '[]') WITH &&
        ) WHERE (cancelled_on IS NULL AND archived_at IS NULL)
      )`);
    await runner.query('CREATE INDEX memberships_organization ON memberships (organization_id)');
    await runner.query('CREATE INDEX memberships_person ON memberships (person_id)');
    await runner.query('CREATE INDEX memberships_ends ON memberships (ends_on, id)');
    await runner.query(VIEW);
    await runner.query(FOLLOW_NAMES);
    await runner.query(followNames('organizations', 'name', 'organization_id'));
    await runner.query(followNames('people', 'full_name', 'person_id'));
    await runner.query(RENEWALS);
    await runner.query('CREATE INDEX membership_renewals_membership ON membership_renewals (membership_id)');
    await runner.query(`SELECT attach_records('memberships', 'membership', $$
      SELECT m.id, coalesce(o.name, p.full_name) || ' · ' || t.name, t.code, coalesce(o.search_key, p.search_key), NULL, NULL, NULL::uuid[],
             m.starts_on::timestamptz, m.ends_on::timestamptz, NULL, NULL, m.cancelled_on IS NOT NULL, m.archived_at
      FROM changed m JOIN membership_tiers t ON t.id = m.tier_id
      LEFT JOIN organizations o ON o.id = m.organization_id LEFT JOIN people p ON p.id = m.person_id $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE membership_renewals');
    for (const table of ['organizations', 'people'])
      await runner.query(`DROP TRIGGER memberships_follow_name ON ${table}`);
    await runner.query('DROP FUNCTION follow_member_names()');
    await runner.query('DROP VIEW membership_statuses');
    await runner.query('DROP TABLE memberships');
    await runner.query('DROP TABLE membership_tiers');
    await runner.query(`DELETE FROM records WHERE type = 'membership'`);
  }
}

/** The one rule for a membership's status; dates are days in UTC. */
const VIEW = `
  CREATE VIEW membership_statuses AS
  SELECT m.*, t.code AS tier_code, t.name AS tier_name, CASE
    WHEN m.cancelled_on <= d.today THEN 'cancelled'
    WHEN d.today < m.starts_on THEN 'pending'
    WHEN d.today <= m.ends_on THEN 'current'
    WHEN d.today <= m.ends_on + t.grace_days THEN 'grace'
    ELSE 'lapsed' END AS status
  FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id
  CROSS JOIN (SELECT (now() AT TIME ZONE 'UTC')::date AS today) d`;

/** A member that is renamed renames its memberships, and so what search finds; one statement, renamed rows only. */
const FOLLOW_NAMES = `
  CREATE FUNCTION follow_member_names() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format($sql$
      UPDATE memberships m SET search_key = n.search_key FROM after n JOIN before o USING (id)
      WHERE n.%1$I IS DISTINCT FROM o.%1$I AND m.%2$I = n.id
    $sql$, TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
  END $$`;

const followNames = (table: string, name: string, member: string): string => `
  CREATE TRIGGER memberships_follow_name AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION follow_member_names('${name}', '${member}')`;

/** Each renewal moved the end of a membership; the membership stays the same one. */
const RENEWALS = `
  CREATE TABLE membership_renewals (
    id uuid PRIMARY KEY,
    membership_id uuid NOT NULL CONSTRAINT membership_renewals_membership_fk REFERENCES memberships,
    ended_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on > ended_on),
    renewed_at timestamptz NOT NULL DEFAULT now(),
    renewed_by uuid
  )`;
