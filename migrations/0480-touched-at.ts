import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a touchpoint was stands beside it, though it is mostly the record that says so: what touched the deals of a party is read
 * in the order of time from an index, which cannot reach into another table.
 */
export class TouchedAt1790000000480 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE touchpoints ADD touched_at timestamptz');
    await runner.query(`
      UPDATE touchpoints t SET touched_at = coalesce(t.at, CASE WHEN r.type IN ${EVENTS} THEN r.starts_at END, t.created_at)
      FROM records r WHERE r.id = t.about_id`);
    await runner.query('ALTER TABLE touchpoints ALTER touched_at SET NOT NULL');
    await runner.query(TAKE_TIME);
    await runner.query(`
      CREATE TRIGGER touched_at BEFORE INSERT OR UPDATE OF at, about_id, created_at ON touchpoints
      FOR EACH ROW EXECUTE FUNCTION take_touchpoint_time()`);
    await runner.query(PASS_TIME_ON);
    await runner.query(`
      CREATE TRIGGER touchpoint_time AFTER UPDATE ON records FOR EACH ROW
      WHEN (old.starts_at IS DISTINCT FROM new.starts_at AND new.type IN ${EVENTS}) EXECUTE FUNCTION pass_touchpoint_time_on()`);
    await runner.query(
      'CREATE INDEX touchpoints_of_deal ON touchpoints (deal_id, touched_at, id) WHERE archived_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX touchpoints_of_deal');
    await runner.query('DROP TRIGGER touchpoint_time ON records');
    await runner.query('DROP FUNCTION pass_touchpoint_time_on()');
    await runner.query('DROP TRIGGER touched_at ON touchpoints');
    await runner.query('DROP FUNCTION take_touchpoint_time()');
    await runner.query('ALTER TABLE touchpoints DROP touched_at');
  }
}

/** Records that take place at a time of their own; when a task or a promise is due says nothing of when it touched a deal. */
const EVENTS = `('conference', 'session', 'side_meeting', 'trade_mission', 'agreement')`;

/** Holds the record, so that one which is being moved is not read as it was. */
const TAKE_TIME = `
  CREATE FUNCTION take_touchpoint_time() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE took_place timestamptz;
  BEGIN
    SELECT starts_at INTO took_place FROM records WHERE id = NEW.about_id AND type IN ${EVENTS} FOR SHARE;
    NEW.touched_at := coalesce(NEW.at, took_place, NEW.created_at);
    RETURN NEW;
  END $$`;

const PASS_TIME_ON = `
  CREATE FUNCTION pass_touchpoint_time_on() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE touchpoints SET touched_at = coalesce(NEW.starts_at, created_at) WHERE about_id = NEW.id AND at IS NULL;
    RETURN NULL;
  END $$`;
