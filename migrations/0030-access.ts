import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may come in: users, their sessions, API keys, and the counters that slow down guessing. */
export class Access1790000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const role = `text NOT NULL CHECK (role IN ('admin', 'manager', 'staff', 'viewer'))`;
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        archived_at timestamptz,
        email text NOT NULL CHECK (email = lower(email)),
        name text NOT NULL,
        role ${role},
        time_zone text NOT NULL,
        locale text NOT NULL,
        password_hash text,
        CONSTRAINT users_email_key UNIQUE (email)
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        family_id uuid NOT NULL,
        user_id uuid NOT NULL CONSTRAINT sessions_user_fk REFERENCES users,
        token_hash bytea NOT NULL CONSTRAINT sessions_token_key UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE INDEX sessions_family ON sessions (family_id)');
    await runner.query('CREATE INDEX sessions_user ON sessions (user_id)');
    await runner.query(`
      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        archived_at timestamptz,
        name text NOT NULL,
        role ${role},
        prefix text NOT NULL,
        key_hash bytea NOT NULL CONSTRAINT api_keys_hash_key UNIQUE,
        expires_at timestamptz,
        created_by uuid CONSTRAINT api_keys_creator_fk REFERENCES users
      )`);
    await runner.query(`
      CREATE TABLE login_attempts (
        key text PRIMARY KEY,
        failures integer NOT NULL,
        last_failure_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['login_attempts', 'api_keys', 'sessions', 'users']) await runner.query(`DROP TABLE ${table}`);
  }
}
