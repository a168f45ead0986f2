import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An import has three tables. `import_rows` is the file, never changed after the upload. `import_verdicts` is the
 * ledger: what becomes of each row, and the plan of what it writes. `import_keys` is only there during the analysis:
 * under which names earlier rows made somebody known to later rows of the same file. The three have no foreign key to
 * `imports`: it would be checked row by row, a million times for one file.
 */
export class Imports1790000000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IMPORTS);
    await runner.query('CREATE INDEX imports_created ON imports (created_at, id)');
    await runner.query(
      `CREATE INDEX imports_at_work ON imports (lease_until) WHERE status IN ('analyzing', 'running')`,
    );
    await runner.query(`
      CREATE TABLE import_rows (
        import_id uuid NOT NULL,
        row_number integer NOT NULL,
        line_number integer NOT NULL,
        cells json NOT NULL,
        PRIMARY KEY (import_id, row_number)
      )`);
    await runner.query(`
      CREATE TABLE import_verdicts (
        import_id uuid NOT NULL,
        row_number integer NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('create', 'update', 'unchanged', 'skip', 'error')),
        problems jsonb,
        organization_id uuid,
        person_id uuid,
        position_id uuid,
        membership_id uuid,
        plan jsonb,
        PRIMARY KEY (import_id, row_number)
      )`);
    await runner.query(`
      CREATE INDEX import_verdicts_errors ON import_verdicts (import_id, row_number) WHERE verdict = 'error'`);
    await runner.query(`
      CREATE TABLE import_keys (
        import_id uuid NOT NULL,
        key text NOT NULL,
        subject_id uuid NOT NULL,
        row_number integer NOT NULL,
        fields text[]
      )`);
    await runner.query('CREATE INDEX import_keys_key ON import_keys (import_id, key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['import_keys', 'import_verdicts', 'import_rows', 'imports']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}

/** The five counts follow from import_verdicts and add up to row_count; done_count belongs to the current phase. */
const IMPORTS = `
  CREATE TABLE imports (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    target text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('upsert', 'create', 'update', 'fill')),
    status text NOT NULL CHECK (status IN ('analyzing', 'ready', 'running', 'completed', 'failed', 'cancelled')),
    options jsonb NOT NULL,
    actor jsonb NOT NULL,
    request_id text,
    file_name text NOT NULL,
    file_bytes bigint NOT NULL DEFAULT 0,
    file_hash text NOT NULL DEFAULT '',
    header text[] NOT NULL DEFAULT '{}',
    detected jsonb NOT NULL DEFAULT '{}',
    row_count integer NOT NULL DEFAULT 0,
    done_count integer NOT NULL DEFAULT 0,
    analyzed_through integer NOT NULL DEFAULT 0,
    committed_through integer NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    lost integer NOT NULL DEFAULT 0,
    lease uuid,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    failure text,
    started_at timestamptz,
    finished_at timestamptz
  )`;
