import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conferences with their rooms, sessions and speakers. Times may be unknown; what is held for them is in `bookings`. */
export class Conferences1790000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONFERENCES);
    await runner.query('CREATE INDEX conferences_search ON conferences USING gin (search_key gin_trgm_ops)');
    await runner.query('CREATE INDEX conferences_start ON conferences (starts_at, id) WHERE archived_at IS NULL');
    await runner.query(ROOMS);
    await runner.query(
      `CREATE UNIQUE INDEX rooms_name ON rooms (conference_id, lower(name)) WHERE archived_at IS NULL`,
    );
    await runner.query(SESSIONS);
    await runner.query(
      'CREATE INDEX conference_sessions_search ON conference_sessions USING gin (search_key gin_trgm_ops)',
    );
    await runner.query('CREATE INDEX conference_sessions_agenda ON conference_sessions (conference_id, starts_at, id)');
    await runner.query('CREATE INDEX conference_sessions_room ON conference_sessions (room_id)');
    await runner.query(SPEAKERS);
    await runner.query(
      'CREATE UNIQUE INDEX speakers_once ON speakers (session_id, person_id, role) WHERE archived_at IS NULL',
    );
    await runner.query('CREATE INDEX speakers_person ON speakers (person_id)');
    for (const [table, type, mapping] of MAPPINGS) {
      await runner.query(`SELECT attach_records('${table}', '${type}', $$ ${mapping} $$)`);
    }
    await runner.query(FOLLOW);
    await runner.query(`
      CREATE TRIGGER sessions_follow AFTER UPDATE ON conferences REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION conference_sessions_follow()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['speakers', 'conference_sessions', 'rooms', 'conferences']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('DROP FUNCTION conference_sessions_follow()');
    await runner.query(`DELETE FROM records WHERE type IN ('conference', 'room', 'session')`);
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

/** date_precision: null means exact; unknown means that no time is known, and nothing else does. */
const CONFERENCES = `
  CREATE TABLE conferences (${VERSIONED},
    name text NOT NULL,
    occasion text,
    status text NOT NULL CHECK (status IN ('draft', 'published', 'in_progress', 'completed', 'cancelled')),
    starts_at timestamptz,
    ends_at timestamptz,
    date_precision text CHECK (date_precision IN ('day', 'month', 'year', 'window', 'unknown')),
    time_zone text NOT NULL,
    venue text,
    city text,
    country char(2),
    capacity integer CHECK (capacity > 0),
    organizer_id uuid CONSTRAINT conferences_organizer_fk REFERENCES organizations,
    search_key text NOT NULL,
    CHECK (starts_at < ends_at),
    CHECK (starts_at IS NOT NULL OR ends_at IS NULL),
    CHECK ((starts_at IS NULL) = (date_precision IS NOT DISTINCT FROM 'unknown'))
  )`;

const ROOMS = `
  CREATE TABLE rooms (${VERSIONED},
    conference_id uuid NOT NULL CONSTRAINT rooms_conference_fk REFERENCES conferences,
    name text NOT NULL,
    capacity integer CHECK (capacity > 0),
    search_key text NOT NULL
  )`;

/** A null title is one that was not announced or not reported. */
const SESSIONS = `
  CREATE TABLE conference_sessions (${VERSIONED},
    conference_id uuid NOT NULL CONSTRAINT conference_sessions_conference_fk REFERENCES conferences,
    title text,
    kind text NOT NULL CHECK (kind IN
      ('plenary', 'keynote', 'panel', 'roundtable', 'workshop', 'ceremony', 'networking', 'briefing')),
    status text NOT NULL CHECK (status IN ('scheduled', 'cancelled')),
    room_id uuid CONSTRAINT conference_sessions_room_fk REFERENCES rooms,
    starts_at timestamptz,
    ends_at timestamptz,
    capacity integer CHECK (capacity > 0),
    abstract text,
    topics text[] NOT NULL DEFAULT '{}',
    sectors text[] NOT NULL DEFAULT '{}',
    search_key text NOT NULL,
    CHECK (starts_at < ends_at),
    CHECK ((starts_at IS NULL) = (ends_at IS NULL))
  )`;

/** billed_title is what the programme prints, whatever the person's title becomes later. */
const SPEAKERS = `
  CREATE TABLE speakers (${VERSIONED},
    session_id uuid NOT NULL CONSTRAINT speakers_session_fk REFERENCES conference_sessions,
    person_id uuid NOT NULL CONSTRAINT speakers_person_fk REFERENCES people,
    role text NOT NULL CHECK (role IN ('keynote', 'speaker', 'moderator', 'panelist', 'chair', 'host')),
    "order" integer CHECK ("order" > 0),
    billed_title text,
    status text NOT NULL CHECK (status IN ('invited', 'confirmed', 'declined', 'withdrawn'))
  )`;

const MAPPINGS = [
  [
    'conferences',
    'conference',
    `SELECT id, name, occasion, search_key, NULL, NULL, NULL::uuid[], starts_at, ends_at, time_zone,
            nullif(concat_ws(', ', venue, city), ''), status = 'cancelled', archived_at FROM changed`,
  ],
  [
    'rooms',
    'room',
    `SELECT id, name, NULL, search_key, NULL, NULL, NULL::uuid[], NULL::timestamptz, NULL::timestamptz, NULL,
            NULL, NULL::boolean, archived_at FROM changed`,
  ],
  [
    'conference_sessions',
    'session',
    `SELECT s.id, coalesce(s.title, initcap(s.kind)), c.name, s.search_key, NULL, NULL, NULL::uuid[], s.starts_at,
            s.ends_at, c.time_zone, nullif(concat_ws(', ', c.venue, c.city), ''), s.status = 'cancelled', s.archived_at
     FROM changed s JOIN conferences c ON c.id = s.conference_id`,
  ],
];

/** The records of sessions show zone, place and name of their conference: touched sessions are written again. */
const FOLLOW = `
  CREATE FUNCTION conference_sessions_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE conference_sessions s SET conference_id = s.conference_id
    FROM before b JOIN after a ON a.id = b.id
    WHERE s.conference_id = a.id
      AND (a.name, a.time_zone, a.venue, a.city) IS DISTINCT FROM (b.name, b.time_zone, b.venue, b.city);
    RETURN NULL;
  END $$`;
