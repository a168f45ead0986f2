import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Imports can be taken back, by somebody else (`reverter`: actor and request id) if need be: a row of the ledger tells what became of it, `kept` what could not be taken back. Mail that
 * never went out lets go of what is removed, and every foreign key to the directory has an index: each removed row is
 * looked for behind every one of them.
 */
export class ImportReversals1790000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE imports DROP CONSTRAINT imports_status_check,
        ADD CONSTRAINT imports_status_check CHECK (status IN
          ('analyzing', 'ready', 'running', 'completed', 'failed', 'cancelled', 'reverting', 'reverted')),
        ADD reverted_from integer,
        ADD reverter jsonb,
        ADD removed integer NOT NULL DEFAULT 0,
        ADD restored integer NOT NULL DEFAULT 0,
        ADD kept integer NOT NULL DEFAULT 0,
        ADD partly_kept integer NOT NULL DEFAULT 0`);
    await runner.query('DROP INDEX imports_at_work');
    await runner.query(`
      CREATE INDEX imports_at_work ON imports (lease_until) WHERE status IN ('analyzing', 'running', 'reverting')`);
    await runner.query(`
      ALTER TABLE import_verdicts ADD reversal text CHECK (reversal IN ('removed', 'restored', 'kept', 'partly_kept')),
        ADD kept jsonb`);
    for (const [table, column] of INDEXED) {
      await runner.query(`CREATE INDEX ${table}_${column} ON ${table} (${column}) WHERE ${column} IS NOT NULL`);
    }
    for (const column of ['about', 'person']) await runner.query(messageLink(column, 'ON DELETE SET NULL'));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['about', 'person']) await runner.query(messageLink(column, ''));
    for (const [table, column] of INDEXED) await runner.query(`DROP INDEX ${table}_${column}`);
    await runner.query('ALTER TABLE import_verdicts DROP kept, DROP reversal');
    await runner.query(`UPDATE imports SET status = 'completed' WHERE status IN ('reverting', 'reverted')`);
    await runner.query('DROP INDEX imports_at_work');
    await runner.query(
      `CREATE INDEX imports_at_work ON imports (lease_until) WHERE status IN ('analyzing', 'running')`,
    );
    await runner.query(`
      ALTER TABLE imports DROP partly_kept, DROP kept, DROP restored, DROP removed, DROP reverter, DROP reverted_from,
        DROP CONSTRAINT imports_status_check,
        ADD CONSTRAINT imports_status_check CHECK (status IN
          ('analyzing', 'ready', 'running', 'completed', 'failed', 'cancelled'))`);
  }
}

/** Foreign keys that had no index so far. */
const INDEXED = [
  ['organizations', 'parent_id'],
  ['conferences', 'organizer_id'],
  ['commitments', 'evidence_id'],
  ['side_meetings', 'room_id'],
];

const messageLink = (column: string, onDelete: string): string => `
  ALTER TABLE messages DROP CONSTRAINT messages_${column}_fk,
    ADD CONSTRAINT messages_${column}_fk FOREIGN KEY (${column}_id) REFERENCES records ${onDelete}`;
