import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail outlives what it speaks of: no foreign keys, and the database refuses to change or delete an entry. */
export class Audit1790000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entries (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'system')),
        actor_id uuid,
        actor_name text NOT NULL,
        request_id text,
        action text NOT NULL,
        subject_type text NOT NULL,
        about_id uuid NOT NULL,
        before jsonb,
        after jsonb
      )`);
    await runner.query('CREATE INDEX audit_entries_about ON audit_entries (about_id, id)');
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$`);
    await runner.query(`
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_entries');
    await runner.query('DROP FUNCTION refuse_change');
  }
}
