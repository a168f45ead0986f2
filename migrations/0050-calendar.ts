import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One calendar: no person and no room can be held firmly twice at one time, whoever writes. */
export class Calendar1790000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings (
        id uuid PRIMARY KEY,
        resource_id uuid NOT NULL CONSTRAINT bookings_resource_fk REFERENCES records,
        resource_kind text NOT NULL CHECK (resource_kind IN ('person', 'room')),
        during tstzrange NOT NULL,
        about_id uuid NOT NULL CONSTRAINT bookings_about_fk REFERENCES records ON DELETE CASCADE,
        firm boolean NOT NULL,
        override_reason text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT bookings_once UNIQUE (resource_id, about_id),
        CONSTRAINT bookings_finite CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
        CONSTRAINT bookings_reason CHECK (firm OR override_reason IS NOT NULL),
        CONSTRAINT bookings_no_overlap EXCLUDE USING gist (resource_id WITH =, during WITH &&) WHERE (firm)
      )`);
    await runner.query('CREATE INDEX bookings_about ON bookings (about_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bookings');
  }
}
