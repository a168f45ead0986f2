import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deals that nobody has touched for long, and the task that was made of each such time. */
export class DealStalls1790000000430 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deals ADD stall_look_at timestamptz NOT NULL DEFAULT now()');
    await runner.query('CREATE INDEX deals_stall_look ON deals (stall_look_at)');
    await runner.query(STALLS);
    await runner.query('CREATE UNIQUE INDEX deal_stalls_current ON deal_stalls (deal_id) WHERE ended_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deal_stalls');
    await runner.query('ALTER TABLE deals DROP stall_look_at');
  }
}

/**
 * touched_at: the last touch, which tells one stall of a deal from another. stalled_since: when its time had run out.
 * title and assignee_id are what the task was given last: what people changed since is theirs. stopped: the task was
 * cancelled because the stall ended.
 */
const STALLS = `
  CREATE TABLE deal_stalls (
    deal_id uuid NOT NULL CONSTRAINT deal_stalls_deal_fk REFERENCES deals ON DELETE CASCADE,
    touched_at timestamptz NOT NULL,
    stalled_since timestamptz NOT NULL,
    ended_at timestamptz,
    task_id uuid NOT NULL CONSTRAINT deal_stalls_task_fk REFERENCES tasks,
    title text NOT NULL,
    assignee_id uuid CONSTRAINT deal_stalls_assignee_fk REFERENCES users,
    stopped boolean NOT NULL DEFAULT false,
    CONSTRAINT deal_stalls_once PRIMARY KEY (deal_id, touched_at),
    CONSTRAINT deal_stalls_task UNIQUE (task_id)
  )`;
