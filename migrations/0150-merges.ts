import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Duplicates that were merged, everything a merge changed, and pairs that somebody said are no duplicates. */
export class Merges1790000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MERGES);
    await runner.query('CREATE INDEX merges_kept ON merges (kept_id)');
    await runner.query(MERGED_RECORDS);
    await runner.query('CREATE INDEX merged_records_merge ON merged_records (merge_id)');
    await runner.query('CREATE INDEX merged_records_into ON merged_records (into_id)');
    await runner.query(MERGE_MOVES);
    await runner.query('CREATE INDEX merge_moves_step ON merge_moves (merge_id, step)');
    await runner.query(DISMISSALS);
    await runner.query('CREATE INDEX duplicate_dismissals_other ON duplicate_dismissals (b_id)');
    await runner.query('CREATE INDEX duplicate_dismissals_merge ON duplicate_dismissals (merge_id)');
    await runner.query(
      `CREATE INDEX people_phone ON people (right(regexp_replace(phone, '\\D', '', 'g'), 9)) WHERE phone IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX people_phone');
    for (const table of ['duplicate_dismissals', 'merge_moves', 'merged_records', 'merges'])
      await runner.query(`DROP TABLE ${table}`);
  }
}

/** kept_before and kept_after hold the fields of the kept record that the merge changed; others what it did not take. */
const MERGES = `
  CREATE TABLE merges (
    id uuid PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    type text NOT NULL CHECK (type IN ('person', 'organization')),
    kept_id uuid NOT NULL CONSTRAINT merges_kept_fk REFERENCES records,
    merged_ids uuid[] NOT NULL,
    kept_before jsonb NOT NULL,
    kept_after jsonb NOT NULL,
    others jsonb NOT NULL,
    merged_by uuid,
    reverted_at timestamptz,
    stayed jsonb
  )`;

/** While a merge stands. A record merged into one that is merged later keeps its first target: the chain leads on. */
const MERGED_RECORDS = `
  CREATE TABLE merged_records (
    id uuid PRIMARY KEY CONSTRAINT merged_records_record_fk REFERENCES records,
    into_id uuid NOT NULL CONSTRAINT merged_records_into_fk REFERENCES records,
    merge_id uuid NOT NULL CONSTRAINT merged_records_merge_fk REFERENCES merges,
    CHECK (id <> into_id)
  )`;

/**
 * The journal: what a merge did to each row, in steps that are undone backwards. \`key\` finds the row after the step,
 * before and after hold the columns it changed; a row set aside is whole in \`before\`. A revert marks what it undid. No foreign keys: rows may go.
 */
const MERGE_MOVES = `
  CREATE TABLE merge_moves (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    merge_id uuid NOT NULL CONSTRAINT merge_moves_merge_fk REFERENCES merges,
    step integer NOT NULL,
    kind text NOT NULL,
    table_name text NOT NULL,
    column_name text,
    key jsonb NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    label text,
    about_id uuid,
    undone boolean NOT NULL DEFAULT false
  )`;

/** An unordered pair. Those with a merge were carried over by it from a merged record, and go when it is reverted. */
const DISMISSALS = `
  CREATE TABLE duplicate_dismissals (
    a_id uuid NOT NULL CONSTRAINT duplicate_dismissals_a_fk REFERENCES records ON DELETE CASCADE,
    b_id uuid NOT NULL CONSTRAINT duplicate_dismissals_b_fk REFERENCES records ON DELETE CASCADE,
    reason text,
    dismissed_at timestamptz NOT NULL DEFAULT now(),
    dismissed_by uuid,
    merge_id uuid CONSTRAINT duplicate_dismissals_merge_fk REFERENCES merges,
    PRIMARY KEY (a_id, b_id),
    CHECK (a_id < b_id)
  )`;
