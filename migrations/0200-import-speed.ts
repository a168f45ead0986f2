import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys of a file stand in shelves: one row for a few dozen, which the worker's own index leads to. An import in the
 * midst of its analysis begins that again. Most members are organizations: the index of the others leaves them out.
 */
export class ImportSpeed1790000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await beginAnalysesAgain(runner);
    await runner.query('DROP TABLE import_keys');
    await runner.query(`
      CREATE TABLE import_keys (
        import_id uuid NOT NULL,
        shelf integer NOT NULL,
        keys json NOT NULL,
        PRIMARY KEY (import_id, shelf)
      ) WITH (toast_tuple_target = 8160)`);
    await runner.query('DROP INDEX memberships_person');
    await runner.query('CREATE INDEX memberships_person ON memberships (person_id) WHERE person_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX memberships_person');
    await runner.query('CREATE INDEX memberships_person ON memberships (person_id)');
    await beginAnalysesAgain(runner);
    await runner.query('DROP TABLE import_keys');
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
}

async function beginAnalysesAgain(runner: QueryRunner): Promise<void> {
  await runner.query(`
    DELETE FROM import_verdicts v USING imports i WHERE i.id = v.import_id AND i.status = 'analyzing'`);
  await runner.query(`UPDATE imports SET analyzed_through = 0, done_count = 0 WHERE status = 'analyzing'`);
}
