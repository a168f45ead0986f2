import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets the page of a timeline stop after its rows, however many there are: each source has an index by subject and time.
 * A meeting's time stands beside its participants and subjects too, because there it is looked up by them.
 */
export class Timelines1790000000171 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of MEETING_LINKS) {
      await runner.query(`ALTER TABLE ${table} ADD at timestamptz`);
      await runner.query(
        `UPDATE ${table} x SET at = coalesce(m.starts_at, m.created_at) FROM side_meetings m WHERE m.id = x.meeting_id`,
      );
      await runner.query(`ALTER TABLE ${table} ALTER at SET NOT NULL`);
    }
    await runner.query(TAKE_TIME);
    for (const table of MEETING_LINKS) {
      await runner.query(
        `CREATE TRIGGER meeting_time BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION take_meeting_time()`,
      );
    }
    await runner.query(PASS_TIME_ON);
    await runner.query(`
      CREATE TRIGGER meeting_time AFTER UPDATE ON side_meetings REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION pass_meeting_time_on()`);
    for (const [old, index] of INDEXES) {
      if (old) await runner.query(`DROP INDEX ${old.split(' ', 1)[0]}`);
      await runner.query(`CREATE INDEX ${index}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [old, index] of [...INDEXES].reverse()) {
      await runner.query(`DROP INDEX ${index.split(' ', 1)[0]}`);
      if (old) await runner.query(`CREATE INDEX ${old}`);
    }
    await runner.query('DROP TRIGGER meeting_time ON side_meetings');
    await runner.query('DROP FUNCTION pass_meeting_time_on()');
    for (const table of MEETING_LINKS) {
      await runner.query(`DROP TRIGGER meeting_time ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DROP at`);
    }
    await runner.query('DROP FUNCTION take_meeting_time()');
  }
}

const MEETING_LINKS = ['side_meeting_participants', 'side_meeting_abouts'];

const TAKE_TIME = `
  CREATE FUNCTION take_meeting_time() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    SELECT coalesce(starts_at, created_at) INTO NEW.at FROM side_meetings WHERE id = NEW.meeting_id;
    RETURN NEW;
  END $$`;

const PASS_TIME_ON = `
  CREATE FUNCTION pass_meeting_time_on() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT EXISTS (SELECT FROM after a JOIN before b USING (id) WHERE a.starts_at IS DISTINCT FROM b.starts_at) THEN
      RETURN NULL;
    END IF;
    ${MEETING_LINKS.map(
      (table) => `
    UPDATE ${table} x SET at = coalesce(a.starts_at, a.created_at) FROM after a JOIN before b USING (id)
    WHERE x.meeting_id = a.id AND a.starts_at IS DISTINCT FROM b.starts_at;`,
    ).join('')}
    RETURN NULL;
  END $$`;

/** The index by subject alone that goes, if there is one, and the index by subject and time that does its work too. */
const INDEXES: [old: string | null, index: string][] = [
  [
    'side_meeting_participants_person ON side_meeting_participants (person_id)',
    'side_meeting_participants_of_person ON side_meeting_participants (person_id, at, meeting_id)',
  ],
  [
    'side_meeting_participants_organization ON side_meeting_participants (organization_id)',
    'side_meeting_participants_of_organization ON side_meeting_participants (organization_id, at, meeting_id)',
  ],
  [
    'side_meeting_abouts_record ON side_meeting_abouts (record_id)',
    'side_meeting_abouts_of_record ON side_meeting_abouts (record_id, at, meeting_id)',
  ],
  ['tasks_about ON tasks (about_id)', 'tasks_about_created ON tasks (about_id, created_at, id)'],
  [null, 'tasks_about_completed ON tasks (about_id, completed_at, id) WHERE completed_at IS NOT NULL'],
  [null, `messages_about_sent ON messages (about_id, sent_at, id) WHERE status = 'sent'`],
  [null, `messages_person_sent ON messages (person_id, sent_at, id) WHERE status = 'sent'`],
  [null, 'invitations_about_created ON invitations (about_id, created_at, id)'],
  [null, 'invitations_about_responded ON invitations (about_id, responded_at, id) WHERE responded_at IS NOT NULL'],
  ['audit_entries_about ON audit_entries (about_id, id)', 'audit_entries_about_at ON audit_entries (about_id, at, id)'],
];
