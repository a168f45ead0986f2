import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What calendars of invitees need: how often an event has changed (SEQUENCE), how well its date is known, the room it is
 * in, and which mails carry an entry.
 */
export class CalendarMails1790000000230 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE records ADD COLUMN sequence integer NOT NULL DEFAULT 0, ADD COLUMN date_precision text`);
    await runner.query('ALTER TABLE messages ADD COLUMN calendar jsonb, ADD COLUMN told jsonb');
    await runner.query(sync(WITH_PRECISION));
    for (const table of ['conferences', 'side_meetings']) {
      await runner.query(`
        UPDATE records r SET date_precision = s.date_precision FROM ${table} s
        WHERE s.id = r.id AND s.date_precision IS NOT NULL`);
    }
    for (const mapping of PLACES_WITH_ROOMS) await attachAgain(runner, mapping);
    await runner.query(ROOMS_FOLLOW);
    await runner.query(`
      CREATE TRIGGER rooms_follow AFTER UPDATE ON rooms REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION rooms_follow()`);
    await runner.query(RAISE);
    await runner.query(RAISED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER records_sequence ON records');
    await runner.query('DROP FUNCTION raise_sequence()');
    await runner.query('DROP TRIGGER rooms_follow ON rooms');
    await runner.query('DROP FUNCTION rooms_follow()');
    for (const mapping of PLACES) await attachAgain(runner, mapping);
    await runner.query(sync(WITHOUT_PRECISION));
    await runner.query('ALTER TABLE messages DROP COLUMN calendar, DROP COLUMN told');
    await runner.query('ALTER TABLE records DROP COLUMN sequence, DROP COLUMN date_precision');
  }
}

interface Mapping {
  table: string;
  type: string;
  mapping: string;
}

/** The rows of a source are written to `records` anew, by another mapping. */
async function attachAgain(runner: QueryRunner, { table, type, mapping }: Mapping): Promise<void> {
  for (const event of ['insert', 'update', 'delete']) await runner.query(`DROP TRIGGER records_${event} ON ${table}`);
  await runner.query(`SELECT attach_records('${table}', '${type}', $$${mapping}$$)`);
  await runner.query(`UPDATE ${table} SET id = id`);
}

/** Line by line as migration 0120 has it, so that going back leaves what was there. */
const session = (room: string): Mapping => ({
  table: 'conference_sessions',
  type: 'session',
  mapping: ` SELECT s.id, coalesce(s.title, initcap(s.kind)), c.name, s.search_key, NULL, NULL, NULL::uuid[], s.starts_at,
            s.ends_at, c.time_zone, nullif(concat_ws(', ', ${room}c.venue, c.city), ''), s.status = 'cancelled', s.archived_at
     FROM changed s JOIN conferences c ON c.id = s.conference_id `,
});

/** As migration 0130 has it. */
const sideMeeting = (place: string): Mapping => ({
  table: 'side_meetings',
  type: 'side_meeting',
  mapping: `
      SELECT id, title, kind, search_key, topics_key, visibility, owner_ids, starts_at, ends_at, time_zone, ${place},
             status IN ('cancelled', 'no_show'), archived_at FROM changed `,
});

const PLACES = [session(''), sideMeeting('location')];

const PLACES_WITH_ROOMS = [
  session('(SELECT name FROM rooms WHERE id = s.room_id), '),
  sideMeeting(`nullif(concat_ws(', ', (SELECT title FROM records WHERE id = room_id), location), '')`),
];

/** What is held in a room is held in a room of another name: its rows are written again. */
const ROOMS_FOLLOW = `
  CREATE FUNCTION rooms_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE conference_sessions s SET room_id = s.room_id FROM before b JOIN after a ON a.id = b.id
    WHERE s.room_id = a.id AND a.name <> b.name;
    UPDATE side_meetings m SET room_id = m.room_id FROM before b JOIN after a ON a.id = b.id
    WHERE m.room_id = a.id AND a.name <> b.name;
    RETURN NULL;
  END $$`;

const RAISE = `
  CREATE FUNCTION raise_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.sequence := OLD.sequence + 1;
    RETURN NEW;
  END $$`;

/** Only events stand in calendars; imports of people and organizations do not stop for this. */
const RAISED = `
  CREATE TRIGGER records_sequence BEFORE UPDATE ON records FOR EACH ROW
  WHEN (OLD.type IN ('conference', 'session', 'side_meeting', 'trade_mission')
    AND (OLD.title, OLD.starts_at, OLD.ends_at, OLD.date_precision, OLD.time_zone, OLD.place, OLD.called_off, OLD.archived_at IS NULL)
      IS DISTINCT FROM
        (NEW.title, NEW.starts_at, NEW.ends_at, NEW.date_precision, NEW.time_zone, NEW.place, NEW.called_off, NEW.archived_at IS NULL))
  EXECUTE FUNCTION raise_sequence()`;

interface Precision {
  declaration: string;
  column: string;
  value: string;
  join: string;
  set: string;
  before: string;
  after: string;
  parameter: string;
}

const WITHOUT_PRECISION: Precision = {
  declaration: '',
  column: '',
  value: '',
  join: '',
  set: '',
  before: '',
  after: '',
  parameter: '',
};

/** A source with a column date_precision hands it on; the dates of all others are exact. */
const WITH_PRECISION: Precision = {
  declaration: `DECLARE
    precisions text := CASE WHEN EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = TG_RELID AND attname = 'date_precision' AND NOT attisdropped
    ) THEN 'SELECT id, date_precision FROM changed' ELSE 'SELECT NULL::uuid, NULL::text WHERE false' END;
  `,
  column: ', date_precision',
  value: ', p.date_precision',
  join: ' LEFT JOIN (%s) AS p (id, date_precision) USING (id)',
  set: ', date_precision = excluded.date_precision',
  before: ', r.date_precision',
  after: ', excluded.date_precision',
  parameter: ', precisions',
};

/** Without the precision, as migration 0140 has it. */
const sync = ({ declaration, column, value, join, set, before, after, parameter }: Precision): string => `
  CREATE OR REPLACE FUNCTION sync_records() RETURNS trigger LANGUAGE plpgsql AS $$
  ${declaration}BEGIN
    EXECUTE format($sql$
      WITH mirrored AS (
      INSERT INTO records AS r (id, type, title, subtitle, search_key, alias_key, visibility, owner_ids,
                                starts_at, ends_at, time_zone, place, called_off, archived_at${column})
      SELECT id, %L, title, subtitle, search_key, coalesce(alias_key, ''), coalesce(visibility, 'internal'),
             coalesce(owner_ids, '{}'), starts_at, ends_at, time_zone, place, coalesce(called_off, false), archived_at${value}
      FROM (%s) AS m (id, title, subtitle, search_key, alias_key, visibility, owner_ids,
                      starts_at, ends_at, time_zone, place, called_off, archived_at)${join}
      ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, subtitle = excluded.subtitle, search_key = excluded.search_key,
        alias_key = excluded.alias_key, visibility = excluded.visibility, owner_ids = excluded.owner_ids,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
        place = excluded.place, called_off = excluded.called_off, archived_at = excluded.archived_at${set}
      WHERE (r.title, r.subtitle, r.search_key, r.alias_key, r.visibility, r.owner_ids, r.starts_at, r.ends_at,
             r.time_zone, r.place, r.called_off, r.archived_at${before})
        IS DISTINCT FROM
            (excluded.title, excluded.subtitle, excluded.search_key, excluded.alias_key, excluded.visibility,
             excluded.owner_ids, excluded.starts_at, excluded.ends_at, excluded.time_zone, excluded.place,
             excluded.called_off, excluded.archived_at${after})
      RETURNING r.search_key, r.alias_key)
      INSERT INTO search_words
      SELECT word FROM (
        SELECT DISTINCT unnest(string_to_array(translate(search_key || ' ' || alias_key, '|', ' '), ' ')) AS word FROM mirrored) used
      WHERE length(word) BETWEEN 2 AND 60 AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = used.word)
    $sql$, TG_ARGV[0], TG_ARGV[1]${parameter});
    RETURN NULL;
  END $$`;
