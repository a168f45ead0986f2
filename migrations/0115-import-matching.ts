import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets an import find organizations by their other names, and people by their other addresses, for many rows at once.
 * Without fastupdate, because every key of a batch would read the list of what is not yet in the index.
 */
export class ImportMatching1790000000115 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX organizations_alias ON organizations USING gin (string_to_array(alias_key, '|'))
      WITH (fastupdate = off) WHERE alias_key <> ''`);
    await runner.query(`
      CREATE INDEX people_other_emails ON people USING gin (other_emails) WITH (fastupdate = off) WHERE other_emails <> '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people_other_emails');
    await runner.query('DROP INDEX organizations_alias');
  }
}
