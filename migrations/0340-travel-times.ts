import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where things take place that people are booked for, and how long the ways between places take. None is asked to begin with. */
export class TravelTimes1790000000340 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE travel_times (
        id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        archived_at timestamptz,
        from_place text,
        to_place text,
        from_key text CONSTRAINT travel_times_from_key CHECK (from_key <> ''),
        to_key text CONSTRAINT travel_times_to_key CHECK (to_key <> ''),
        duration text NOT NULL,
        seconds integer NOT NULL CONSTRAINT travel_times_within_a_day CHECK (seconds BETWEEN 0 AND 86400),
        enabled boolean NOT NULL,
        CONSTRAINT travel_times_two_places CHECK (from_key <> to_key)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX travel_times_once ON travel_times (
        least(coalesce(from_key, ''), coalesce(to_key, '')), greatest(coalesce(from_key, ''), coalesce(to_key, ''))
      ) WHERE archived_at IS NULL`);
    await runner.query('ALTER TABLE bookings ADD COLUMN place text, ADD COLUMN place_key text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bookings DROP COLUMN place_key, DROP COLUMN place');
    await runner.query('DROP TABLE travel_times');
  }
}
