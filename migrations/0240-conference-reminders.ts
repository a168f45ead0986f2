import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which rules people are reminded of conferences and sessions until staff make their own. */
export class ConferenceReminders1790000000240 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DEFAULT_RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE messages SET rule_id = NULL WHERE rule_id IN (${RULE_IDS})`);
    await runner.query(`DELETE FROM reminder_rules WHERE id IN (${RULE_IDS})`);
  }
}

const RULE_IDS = [1, 2, 3].map((n) => `'01960000-0000-7000-8000-00000000024${n}'`).join(', ');

/** Whoever speaks or takes part in a session has until the evening before to prepare. */
const DEFAULT_RULES = `
  INSERT INTO reminder_rules (id, subject, offset_from, at_local_time, audience, template_key, enabled) VALUES
    ('01960000-0000-7000-8000-000000000241', 'conference', '-P7D', '09:00', 'registered', 'conference_reminder', true),
    ('01960000-0000-7000-8000-000000000242', 'conference', '-P1D', '09:00', 'registered', 'conference_reminder', true),
    ('01960000-0000-7000-8000-000000000243', 'session', '-P1D', '17:00', 'all', 'session_reminder', true)`;
