import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff get by themselves: digests and escalations of tasks, task reminders by rule, and rules that take effect at once. */
export class StaffMails1790000000270 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const TASK_RULE = `'01960000-0000-7000-8000-000000000270'`;

/**
 * escalated_for: the due time for which managers were told, or would have been. The index holds what may still be
 * escalated; most of what is overdue for long has been.
 */
const UP = [
  'ALTER TABLE users ADD digest boolean NOT NULL DEFAULT true',
  'ALTER TABLE tasks ADD escalated_for timestamptz, ALTER remind_before DROP NOT NULL',
  `CREATE INDEX tasks_unescalated ON tasks (due_at)
   WHERE status = 'open' AND archived_at IS NULL AND escalated_for IS DISTINCT FROM due_at`,
  `CREATE INDEX tasks_open_of ON tasks (assignee_id, due_at) WHERE status = 'open' AND archived_at IS NULL`,
  `CREATE TABLE task_digests (
    user_id uuid PRIMARY KEY CONSTRAINT task_digests_user_fk REFERENCES users,
    day date NOT NULL
  )`,
  `CREATE TABLE reminder_replans (
    subject text PRIMARY KEY,
    after_id uuid,
    requested_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX messages_rule ON messages (rule_id)
   WHERE rule_id IS NOT NULL AND status IN ('planned', 'queued', 'sending')`,
  `INSERT INTO reminder_rules (id, subject, offset_from, at_local_time, audience, template_key, enabled)
   VALUES (${TASK_RULE}, 'task', '-P1D', NULL, 'assignee', 'task_reminder', true)`,
];

/** Tasks that followed the rules are given what they got by default before. */
const DOWN = [
  `UPDATE messages SET rule_id = NULL WHERE rule_id = ${TASK_RULE}`,
  `DELETE FROM reminder_rules WHERE id = ${TASK_RULE}`,
  'DROP INDEX messages_rule',
  'DROP TABLE reminder_replans',
  'DROP TABLE task_digests',
  'DROP INDEX tasks_open_of',
  'DROP INDEX tasks_unescalated',
  `UPDATE tasks SET remind_before = '{P1D}' WHERE remind_before IS NULL`,
  'ALTER TABLE tasks ALTER remind_before SET NOT NULL, DROP escalated_for',
  'ALTER TABLE users DROP digest',
];
