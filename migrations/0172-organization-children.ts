import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the organizations below one: for lists of them, and so that removing many asks for the children of each quickly. */
export class OrganizationChildren1790000000172 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX organizations_parent ON organizations (parent_id) WHERE parent_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX organizations_parent');
  }
}
