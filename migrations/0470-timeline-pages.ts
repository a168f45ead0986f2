import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest promises of a party, and the newest steps of a deal, from an index alone: a page of a timeline reads no more than it shows. */
export class TimelinePages1790000000470 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of CONCERNED) {
      await runner.query(`CREATE INDEX commitments_${column}_created ON commitments (${column}_id, created_at, id)`);
      await runner.query(
        `CREATE INDEX commitments_${column}_settled ON commitments (${column}_id, settled_at, id) WHERE settled_at IS NOT NULL`,
      );
      await runner.query(`DROP INDEX commitments_${column}`);
    }
    await runner.query('CREATE INDEX deal_stage_changes_at ON deal_stage_changes (deal_id, at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deal_stage_changes_at');
    for (const column of CONCERNED) {
      await runner.query(`CREATE INDEX commitments_${column} ON commitments (${column}_id)`);
      await runner.query(`DROP INDEX commitments_${column}_settled`);
      await runner.query(`DROP INDEX commitments_${column}_created`);
    }
  }
}

/** Columns by which a promise concerns a record, without their ending. */
const CONCERNED = ['owed_by_organization', 'owed_by_person', 'owed_to_organization', 'owed_to_person', 'about'];
