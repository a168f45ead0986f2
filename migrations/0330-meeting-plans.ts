import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Schedules of one-on-ones, and what was asked of each. That nobody, and no table, has two meetings in one slot is
 * checked before a schedule is stored; the unique indexes see to it whoever writes.
 */
export class MeetingPlans1790000000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLANS);
    await runner.query('CREATE INDEX meeting_plans_mission ON meeting_plans (mission_id, created_at, id)');
    await runner.query('CREATE INDEX meeting_plans_replaces ON meeting_plans (replaces_id)');
    await runner.query(
      `CREATE INDEX meeting_plans_at_work ON meeting_plans (lease_until) WHERE status IN ('queued', 'solving')`,
    );
    await runner.query(REQUESTS);
    for (const [name, columns] of [
      ['guest', 'delegate_id, slot'],
      ['host', 'host_id, slot'],
      ['table', 'slot, table_number'],
    ])
      await runner.query(
        `CREATE UNIQUE INDEX meeting_plan_requests_${name}_once ON meeting_plan_requests (plan_id, ${columns}) WHERE slot IS NOT NULL`,
      );
    for (const column of ['delegate_id', 'host_id', 'meeting_id'])
      await runner.query(
        `CREATE INDEX meeting_plan_requests_${column.replace('_id', '')} ON meeting_plan_requests (${column})`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE meeting_plan_requests');
    await runner.query('DROP TABLE meeting_plans');
  }
}

/** slots: [{startsAt, endsAt}] in order; requests name them by their place, from 0. room_ids: table 1 is the first of them. */
const PLANS = `
  CREATE TABLE meeting_plans (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    mission_id uuid NOT NULL CONSTRAINT meeting_plans_mission_fk REFERENCES trade_missions,
    replaces_id uuid CONSTRAINT meeting_plans_replaces_fk REFERENCES meeting_plans,
    status text NOT NULL CHECK (status IN
      ('queued', 'solving', 'ready', 'failed', 'cancelled', 'accepted', 'superseded')),
    time_zone text NOT NULL,
    place text,
    slots jsonb NOT NULL,
    tables integer NOT NULL CHECK (tables > 0),
    room_ids uuid[] NOT NULL DEFAULT '{}',
    limits jsonb NOT NULL DEFAULT '{}',
    unavailable jsonb NOT NULL DEFAULT '[]',
    progress jsonb,
    score integer,
    upper_bound double precision,
    gap double precision,
    proven text CHECK (proven IN ('optimal', 'bounded')),
    kept integer,
    failure text,
    actor jsonb NOT NULL,
    request_id text,
    lease uuid,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    started_at timestamptz,
    finished_at timestamptz,
    accepted_at timestamptz,
    accepted_by jsonb,
    acceptance jsonb,
    CHECK ((score IS NULL) = (proven IS NULL)),
    CHECK (status NOT IN ('ready', 'accepted') OR score IS NOT NULL)
  )`;

/** previous_…: where the plan that this one replaces has the same two. slot and table_number are set where they meet. */
const REQUESTS = `
  CREATE TABLE meeting_plan_requests (
    plan_id uuid NOT NULL CONSTRAINT meeting_plan_requests_plan_fk REFERENCES meeting_plans ON DELETE CASCADE,
    position integer NOT NULL,
    delegate_id uuid NOT NULL CONSTRAINT meeting_plan_requests_delegate_fk REFERENCES delegates,
    host_id uuid NOT NULL CONSTRAINT meeting_plan_requests_host_fk REFERENCES mission_hosts,
    priority integer NOT NULL CHECK (priority BETWEEN 1 AND 5),
    interpreter boolean NOT NULL DEFAULT false,
    locked boolean NOT NULL DEFAULT false,
    previous_slot integer,
    previous_table integer,
    slot integer CHECK (slot >= 0),
    table_number integer CHECK (table_number > 0),
    unmet_code text,
    unmet_message text,
    meeting_id uuid CONSTRAINT meeting_plan_requests_meeting_fk REFERENCES side_meetings,
    PRIMARY KEY (plan_id, position),
    CONSTRAINT meeting_plan_requests_pair_once UNIQUE (plan_id, delegate_id, host_id),
    CHECK ((slot IS NULL) = (table_number IS NULL))
  )`;
