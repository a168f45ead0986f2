import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Side meetings, who took part, and what else they were about; people are found by their other names too. */
export class SideMeetings1790000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SIDE_MEETINGS);
    await runner.query('CREATE INDEX side_meetings_starts ON side_meetings (starts_at, id) WHERE archived_at IS NULL');
    await runner.query('CREATE INDEX side_meetings_deal ON side_meetings (deal_id)');
    await runner.query('CREATE INDEX side_meetings_search ON side_meetings USING gin (search_key gin_trgm_ops)');
    await runner.query(`
      CREATE TABLE side_meeting_abouts (
        meeting_id uuid NOT NULL CONSTRAINT side_meeting_abouts_meeting_fk REFERENCES side_meetings ON DELETE CASCADE,
        record_id uuid NOT NULL CONSTRAINT side_meeting_abouts_record_fk REFERENCES records,
        PRIMARY KEY (meeting_id, record_id)
      )`);
    await runner.query('CREATE INDEX side_meeting_abouts_record ON side_meeting_abouts (record_id)');
    await runner.query(`
      CREATE TABLE side_meeting_participants (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL CONSTRAINT side_meeting_participants_meeting_fk REFERENCES side_meetings ON DELETE CASCADE,
        person_id uuid NOT NULL CONSTRAINT side_meeting_participants_person_fk REFERENCES people,
        organization_id uuid CONSTRAINT side_meeting_participants_organization_fk REFERENCES organizations,
        side text NOT NULL CHECK (side IN ('host', 'visiting', 'facilitator')),
        role text,
        CONSTRAINT side_meeting_participants_once UNIQUE (meeting_id, person_id)
      )`);
    await runner.query('CREATE INDEX side_meeting_participants_person ON side_meeting_participants (person_id)');
    await runner.query(
      'CREATE INDEX side_meeting_participants_organization ON side_meeting_participants (organization_id)',
    );
    await runner.query(
      `CREATE INDEX people_alias ON people USING gin (string_to_array(alias_key, '|')) WHERE alias_key <> ''`,
    );
    await runner.query(`SELECT attach_records('side_meetings', 'side_meeting', $$
      SELECT id, title, kind, search_key, topics_key, visibility, owner_ids, starts_at, ends_at, time_zone, location,
             status IN ('cancelled', 'no_show'), archived_at FROM changed $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people_alias');
    for (const table of ['side_meeting_participants', 'side_meeting_abouts', 'side_meetings'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DELETE FROM records WHERE type = 'side_meeting'`);
  }
}

/** date_precision says how far the start may be trusted; null: to the minute, and then there is an end too. */
const SIDE_MEETINGS = `
  CREATE TABLE side_meetings (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    title text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL CHECK (status IN ('requested', 'scheduled', 'held', 'cancelled', 'no_show')),
    starts_at timestamptz,
    ends_at timestamptz,
    time_zone text NOT NULL,
    date_precision text CHECK (date_precision IN ('day', 'month', 'year', 'window', 'unknown')),
    location text,
    room_id uuid CONSTRAINT side_meetings_room_fk REFERENCES records,
    topics text[] NOT NULL DEFAULT '{}',
    sectors text[] NOT NULL DEFAULT '{}',
    visibility text NOT NULL CHECK (visibility IN ('internal', 'restricted')),
    owner_ids uuid[] NOT NULL DEFAULT '{}',
    summary text,
    deal_id uuid CONSTRAINT side_meetings_deal_fk REFERENCES records,
    cancellation_reason text,
    search_key text NOT NULL,
    topics_key text NOT NULL DEFAULT '',
    CHECK (starts_at < ends_at),
    CHECK (starts_at IS NOT NULL OR ends_at IS NULL),
    CHECK (ends_at IS NOT NULL OR date_precision IN ('day', 'month', 'year', 'unknown')),
    CHECK ((starts_at IS NULL) = (date_precision IS NOT DISTINCT FROM 'unknown')),
    CHECK (status <> 'scheduled' OR date_precision IS NULL)
  )`;
