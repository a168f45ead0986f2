import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A delegation has one head at most, and its delegates are reminded of the mission until staff make rules of their own. */
export class Delegates1790000000325 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNIQUE INDEX delegates_one_head ON delegates (mission_id)
      WHERE role = 'head' AND archived_at IS NULL AND status NOT IN ('declined', 'withdrawn')`);
    await runner.query(DEFAULT_RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE messages SET rule_id = NULL WHERE rule_id IN (${RULE_IDS})`);
    await runner.query(`DELETE FROM reminder_rules WHERE id IN (${RULE_IDS})`);
    await runner.query('DROP INDEX delegates_one_head');
  }
}

const RULE_IDS = [1, 2].map((n) => `'01960000-0000-7000-8000-00000000325${n}'`).join(', ');

const DEFAULT_RULES = `
  INSERT INTO reminder_rules (id, subject, offset_from, at_local_time, audience, template_key, enabled) VALUES
    ('01960000-0000-7000-8000-000000003251', 'delegate', '-P7D', '09:00', 'delegates', 'delegate_reminder', true),
    ('01960000-0000-7000-8000-000000003252', 'delegate', '-P1D', '09:00', 'delegates', 'delegate_reminder', true)`;
