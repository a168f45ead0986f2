import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who comes to a conference. Places are given out under a lock on the conference; the database makes sure of one
 * registration per person and of statuses that agree with their times.
 */
export class Registrations1790000000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REGISTRATIONS);
    await runner.query(`
      CREATE UNIQUE INDEX registrations_once ON registrations (conference_id, person_id) WHERE status <> 'cancelled'`);
    await runner.query(`
      CREATE INDEX registrations_queue ON registrations (conference_id, queued_at, id) WHERE status = 'waitlisted'`);
    await runner.query('CREATE INDEX registrations_conference ON registrations (conference_id, id)');
    await runner.query('CREATE INDEX registrations_person ON registrations (person_id)');
    await runner.query('CREATE INDEX registrations_organization ON registrations (organization_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registrations');
  }
}

/** queued_at is the place in the line: when the registration came in. */
const REGISTRATIONS = `
  CREATE TABLE registrations (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    conference_id uuid NOT NULL CONSTRAINT registrations_conference_fk REFERENCES conferences,
    person_id uuid NOT NULL CONSTRAINT registrations_person_fk REFERENCES people,
    organization_id uuid CONSTRAINT registrations_organization_fk REFERENCES organizations,
    kind text NOT NULL CHECK (kind IN ('attendee', 'speaker', 'delegate', 'press', 'staff')),
    status text NOT NULL CHECK (status IN ('confirmed', 'waitlisted', 'attended', 'cancelled')),
    code text NOT NULL CONSTRAINT registrations_code_key UNIQUE,
    queued_at timestamptz NOT NULL,
    promoted_at timestamptz,
    checked_in_at timestamptz,
    cancelled_at timestamptz,
    CHECK (status <> 'attended' OR checked_in_at IS NOT NULL),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
  )`;
