import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff must do (tasks) and who promised whom what (commitments). Both are as confidential as what they are about. */
export class Tasks1790000000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COMMITMENTS);
    await runner.query('CREATE INDEX commitments_about ON commitments (about_id)');
    await runner.query('CREATE INDEX commitments_owed_by_organization ON commitments (owed_by_organization_id)');
    await runner.query('CREATE INDEX commitments_owed_by_person ON commitments (owed_by_person_id)');
    await runner.query('CREATE INDEX commitments_owed_to_organization ON commitments (owed_to_organization_id)');
    await runner.query('CREATE INDEX commitments_owed_to_person ON commitments (owed_to_person_id)');
    await runner.query(`CREATE INDEX commitments_due ON commitments (due_to, id) WHERE status = 'open'`);
    await runner.query(TASKS);
    await runner.query('CREATE INDEX tasks_about ON tasks (about_id)');
    await runner.query('CREATE INDEX tasks_commitment ON tasks (commitment_id)');
    await runner.query('CREATE INDEX tasks_assignee ON tasks (assignee_id, due_at)');
    await runner.query(`CREATE INDEX tasks_due ON tasks (due_at, id) WHERE status = 'open'`);
    await runner.query(`SELECT attach_records('commitments', 'commitment', $$
      SELECT c.id, c.action, c.status, c.search_key, NULL, a.visibility, a.owner_ids,
             c.due_from::timestamptz, c.due_to::timestamptz, NULL, NULL, c.status = 'released', c.archived_at
      FROM changed c LEFT JOIN records a ON a.id = c.about_id $$)`);
    await runner.query(`SELECT attach_records('tasks', 'task', $$
      SELECT t.id, t.title, t.status, t.search_key, NULL, a.visibility, array_remove(a.owner_ids || t.assignee_id || t.created_by, NULL),
             t.due_at, t.due_at, t.time_zone, NULL, t.status = 'cancelled', t.archived_at
      FROM changed t LEFT JOIN records a ON a.id = t.about_id $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tasks');
    await runner.query('DROP TABLE commitments');
    await runner.query(`DELETE FROM records WHERE type IN ('task', 'commitment')`);
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

const party = (side: string): string => `
    ${side}_organization_id uuid CONSTRAINT commitments_${side}_organization_fk REFERENCES records,
    ${side}_person_id uuid CONSTRAINT commitments_${side}_person_fk REFERENCES records,
    CHECK (num_nonnulls(${side}_organization_id, ${side}_person_id) > 0)`;

/** A promise is due within a window of days; either end may be unknown. */
const COMMITMENTS = `
  CREATE TABLE commitments (${VERSIONED},
    action text NOT NULL,
    ${party('owed_by')},
    ${party('owed_to')},
    due_from date,
    due_to date,
    about_id uuid CONSTRAINT commitments_about_fk REFERENCES records,
    source text,
    status text NOT NULL CHECK (status IN ('open', 'kept', 'broken', 'released')),
    evidence text,
    evidence_id uuid CONSTRAINT commitments_evidence_fk REFERENCES records,
    settled_at timestamptz,
    created_by uuid,
    search_key text NOT NULL,
    CHECK (due_from <= due_to),
    CHECK ((status = 'open') = (settled_at IS NULL))
  )`;

const TASKS = `
  CREATE TABLE tasks (${VERSIONED},
    title text NOT NULL,
    due_at timestamptz,
    time_zone text,
    assignee_id uuid CONSTRAINT tasks_assignee_fk REFERENCES users,
    priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
    status text NOT NULL CHECK (status IN ('open', 'done', 'cancelled')),
    completed_at timestamptz,
    about_id uuid CONSTRAINT tasks_about_fk REFERENCES records,
    commitment_id uuid CONSTRAINT tasks_commitment_fk REFERENCES records,
    remind_before text[] NOT NULL,
    notes text,
    created_by uuid,
    search_key text NOT NULL,
    CHECK ((due_at IS NULL) = (time_zone IS NULL)),
    CHECK ((status = 'done') = (completed_at IS NOT NULL))
  )`;
