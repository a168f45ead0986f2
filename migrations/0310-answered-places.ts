import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came of an answer alone goes with a withdrawn invitation; what was there before stays. */
export class AnsweredPlaces1790000000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN by_answer boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN by_answer`);
  }
}

const TABLES = ['registrations', 'side_meeting_participants'];
