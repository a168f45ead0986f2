import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trigrams for search, GiST on scalars for the calendar's exclusion constraint. */
export class Extensions1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP EXTENSION btree_gist');
    await runner.query('DROP EXTENSION pg_trgm');
  }
}
