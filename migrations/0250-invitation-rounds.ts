import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Nothing is silent: whoever gets no mail for want of an address stands in the ledger too. And an answer to an
 * invitation to a meeting is kept with the participant.
 */
export class InvitationRounds1790000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages ALTER email DROP NOT NULL,
        ADD CONSTRAINT messages_email_known CHECK (email IS NOT NULL OR status = 'cancelled')`);
    await runner.query(`
      ALTER TABLE side_meeting_participants ADD participation text NOT NULL DEFAULT 'needs_action'
        CHECK (participation IN ('needs_action', 'accepted', 'tentative', 'declined', 'delegated'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE side_meeting_participants DROP participation');
    await runner.query('DELETE FROM messages WHERE email IS NULL');
    await runner.query('ALTER TABLE messages DROP CONSTRAINT messages_email_known, ALTER email SET NOT NULL');
  }
}
