import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A sent message may come back; whoever planned it is told. */
export class Bounces1790000000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages ADD bounce text, ADD planned_by uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages DROP bounce, DROP planned_by');
  }
}
