import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row for everything others may point at. `attach_records(table, type, mapping)` keeps it in step by
 * statement-level triggers: `mapping` selects the columns named in sync_records from the changed rows.
 */
export class Records1790000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE records (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        title text NOT NULL,
        subtitle text,
        search_key text NOT NULL,
        alias_key text NOT NULL DEFAULT '',
        visibility text NOT NULL DEFAULT 'internal' CHECK (visibility IN ('internal', 'restricted')),
        owner_ids uuid[] NOT NULL DEFAULT '{}',
        starts_at timestamptz,
        ends_at timestamptz,
        time_zone text,
        place text,
        called_off boolean NOT NULL DEFAULT false,
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX records_search ON records USING gin (search_key gin_trgm_ops)');
    await runner.query(
      `CREATE INDEX records_alias ON records USING gin (alias_key gin_trgm_ops) WHERE alias_key <> ''`,
    );
    await runner.query(SYNC);
    await runner.query(UNSYNC);
    await runner.query(ATTACH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION attach_records(regclass, text, text)');
    await runner.query('DROP FUNCTION unsync_records()');
    await runner.query('DROP FUNCTION sync_records()');
    await runner.query('DROP TABLE records');
  }
}

/** `mapping` may leave columns out by selecting NULL; the defaults below stand in. */
const SYNC = `
  CREATE FUNCTION sync_records() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format($sql$
      INSERT INTO records AS r (id, type, title, subtitle, search_key, alias_key, visibility, owner_ids,
                                starts_at, ends_at, time_zone, place, called_off, archived_at)
      SELECT id, %L, title, subtitle, search_key, coalesce(alias_key, ''), coalesce(visibility, 'internal'),
             coalesce(owner_ids, '{}'), starts_at, ends_at, time_zone, place, coalesce(called_off, false), archived_at
      FROM (%s) AS m (id, title, subtitle, search_key, alias_key, visibility, owner_ids,
                      starts_at, ends_at, time_zone, place, called_off, archived_at)
      ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, subtitle = excluded.subtitle, search_key = excluded.search_key,
        alias_key = excluded.alias_key, visibility = excluded.visibility, owner_ids = excluded.owner_ids,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone,
        place = excluded.place, called_off = excluded.called_off, archived_at = excluded.archived_at
      WHERE (r.title, r.subtitle, r.search_key, r.alias_key, r.visibility, r.owner_ids, r.starts_at, r.ends_at,
             r.time_zone, r.place, r.called_off, r.archived_at)
        IS DISTINCT FROM
            (excluded.title, excluded.subtitle, excluded.search_key, excluded.alias_key, excluded.visibility,
             excluded.owner_ids, excluded.starts_at, excluded.ends_at, excluded.time_zone, excluded.place,
             excluded.called_off, excluded.archived_at)
    $sql$, TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
  END $$`;

const UNSYNC = `
  CREATE FUNCTION unsync_records() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM records WHERE id IN (SELECT id FROM changed);
    RETURN NULL;
  END $$`;

const ATTACH = `
  CREATE FUNCTION attach_records(source regclass, type text, mapping text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('CREATE TRIGGER records_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION sync_records(%L, %L)', source, type, mapping);
    EXECUTE format('CREATE TRIGGER records_update AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION sync_records(%L, %L)', source, type, mapping);
    EXECUTE format('CREATE TRIGGER records_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS changed
                    FOR EACH STATEMENT EXECUTE FUNCTION unsync_records()', source);
  END $$`;
