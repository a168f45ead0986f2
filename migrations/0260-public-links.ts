import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Answer links carry the version they were made with, so that those sent so far can be revoked. What counted wrong
 * sign-ins counts visits of the public pages too, whose counters drain with time and so may hold fractions.
 */
export class PublicLinks1790000000260 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invitations ADD link_version integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE login_attempts RENAME TO attempts');
    await runner.query('ALTER TABLE attempts RENAME COLUMN failures TO tries');
    await runner.query('ALTER TABLE attempts RENAME COLUMN last_failure_at TO last_at');
    await runner.query('ALTER TABLE attempts ALTER COLUMN tries TYPE double precision');
    await runner.query('CREATE INDEX attempts_last_at ON attempts (last_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX attempts_last_at');
    await runner.query('ALTER TABLE attempts ALTER COLUMN tries TYPE integer');
    await runner.query('ALTER TABLE attempts RENAME COLUMN last_at TO last_failure_at');
    await runner.query('ALTER TABLE attempts RENAME COLUMN tries TO failures');
    await runner.query('ALTER TABLE attempts RENAME TO login_attempts');
    await runner.query('ALTER TABLE invitations DROP link_version');
  }
}
