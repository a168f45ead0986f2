import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promises are watched by a user, who is reminded of them; why a promise was opened again, and what a task came to. */
export class CommitmentLedger1790000000420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

/** `owners`: SQL of who, besides managers, sees a commitment about a restricted record. */
const attach = (owners: string): string[] => [
  ...['insert', 'update', 'delete'].map((event) => `DROP TRIGGER records_${event} ON commitments`),
  `SELECT attach_records('commitments', 'commitment', $$
      SELECT c.id, c.action, c.status, c.search_key, NULL, a.visibility, ${owners},
             c.due_from::timestamptz, c.due_to::timestamptz, NULL, NULL, c.status = 'released', c.archived_at
      FROM changed c LEFT JOIN records a ON a.id = c.about_id $$)`,
];

/**
 * due_text: the words in which it was promised; nothing is computed from them. remind_before: null for the usual times.
 * Open promises of before are watched by whoever wrote them down, and their reminders are left to the worker.
 */
const UP = [
  `ALTER TABLE commitments ADD due_text text, ADD remind_before text[], ADD reopening_note text,
     ADD owner_id uuid CONSTRAINT commitments_owner_fk REFERENCES users`,
  'ALTER TABLE tasks ADD completion_note text',
  ...attach('array_remove(a.owner_ids || c.owner_id, NULL)'),
  `UPDATE commitments SET owner_id = u.id FROM users u WHERE u.id = commitments.created_by AND u.archived_at IS NULL`,
  `INSERT INTO reminder_replans (subject)
   SELECT 'commitment' WHERE EXISTS (SELECT FROM commitments WHERE status = 'open' AND owner_id IS NOT NULL)
   ON CONFLICT (subject) DO NOTHING`,
  'CREATE INDEX commitments_owner ON commitments (owner_id)',
  `CREATE INDEX commitments_open_of ON commitments (owner_id, due_to) WHERE status = 'open' AND archived_at IS NULL`,
  'CREATE INDEX commitments_by_due ON commitments (due_to, id) WHERE archived_at IS NULL',
  'CREATE INDEX commitments_evidence ON commitments (evidence_id)',
  'CREATE INDEX tasks_by_due ON tasks (due_at, id) WHERE archived_at IS NULL',
];

const DOWN = [
  'DROP INDEX tasks_by_due',
  'DROP INDEX commitments_evidence',
  'DROP INDEX commitments_by_due',
  'DROP INDEX commitments_open_of',
  'DROP INDEX commitments_owner',
  `DELETE FROM reminder_replans WHERE subject = 'commitment'`,
  ...attach('a.owner_ids'),
  `UPDATE messages SET status = 'cancelled', reason = 'no_longer_wanted', lease_until = NULL
   WHERE (reminder_of = 'commitment' OR template_key = 'task_assigned') AND status IN ('planned', 'queued')`,
  'ALTER TABLE tasks DROP completion_note',
  'ALTER TABLE commitments DROP owner_id, DROP reopening_note, DROP remind_before, DROP due_text',
];
