import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What parties agreed in writing: who they are, who signed, where that happened as far as it is known, and until when it holds. */
export class Agreements1790000000410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(AGREEMENTS);
    await runner.query('CREATE INDEX agreements_signed ON agreements (signed_from, id) WHERE archived_at IS NULL');
    await runner.query('CREATE INDEX agreements_expiring ON agreements (expires_on, id) WHERE archived_at IS NULL');
    await runner.query('CREATE INDEX agreements_deal ON agreements (deal_id)');
    await runner.query('CREATE INDEX agreements_owner ON agreements (owner_id)');
    await runner.query(PARTIES);
    await runner.query('CREATE INDEX agreement_parties_organization ON agreement_parties (organization_id)');
    await runner.query('CREATE INDEX agreement_parties_person ON agreement_parties (person_id)');
    await runner.query(`
      CREATE UNIQUE INDEX agreement_parties_name_once ON agreement_parties (agreement_id, name_key)
      WHERE organization_id IS NULL AND person_id IS NULL`);
    await runner.query(SIGNATORIES);
    await runner.query('CREATE INDEX agreement_signatories_person ON agreement_signatories (person_id)');
    await runner.query('CREATE INDEX agreement_signatories_organization ON agreement_signatories (organization_id)');
    await runner.query(ABOUTS);
    await runner.query('CREATE INDEX agreement_abouts_record ON agreement_abouts (record_id)');
    await runner.query(EXPIRIES);
    await runner.query(`SELECT attach_records('agreements', 'agreement', $$ ${MAPPING} $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'agreement_expiries',
      'agreement_abouts',
      'agreement_signatories',
      'agreement_parties',
      'agreements',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DELETE FROM records WHERE type = 'agreement'`);
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

/** Days from and to, both included, in which it happened; equal where the day is known, NULL where nothing is. */
const knownDate = (act: string, precision: string, precisions: string): string => `
    ${act}_from date,
    ${act}_to date,
    ${precision} text NOT NULL CHECK (${precision} IN (${precisions})),
    CONSTRAINT agreements_${act}_span CHECK (${act}_from <= ${act}_to),
    CONSTRAINT agreements_${act}_known CHECK (num_nulls(${act}_from, ${act}_to) = CASE ${precision} WHEN 'unknown' THEN 2 ELSE 0 END)`;

const AGREEMENTS = `
  CREATE TABLE agreements (${VERSIONED},
    title text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('mou', 'letter_of_intent', 'contract', 'grant', 'loan', 'charter', 'declaration')),
    status text NOT NULL CHECK (status IN ('draft', 'initialed', 'signed', 'in_force', 'expired', 'terminated')),
    subject text,
    amount numeric(17, 2) CHECK (amount >= 0),
    currency char(3),
    ${knownDate('initialed', 'initialed_precision', `'day', 'month', 'year', 'unknown'`)},
    ${knownDate('signed', 'date_precision', `'day', 'month', 'year', 'window', 'unknown'`)},
    expires_on date,
    deal_id uuid CONSTRAINT agreements_deal_fk REFERENCES records,
    owner_id uuid CONSTRAINT agreements_owner_fk REFERENCES users,
    provenance jsonb NOT NULL DEFAULT '[]',
    notes text,
    created_by uuid,
    search_key text NOT NULL,
    CONSTRAINT agreements_value CHECK ((amount IS NULL) = (currency IS NULL)),
    CONSTRAINT agreements_not_initialed CHECK (status <> 'draft' OR initialed_from IS NULL),
    CONSTRAINT agreements_not_signed CHECK (status NOT IN ('draft', 'initialed') OR signed_from IS NULL)
  )`;

/** An organization, a person, or nobody of the directory: then the name as it was printed. */
const PARTIES = `
  CREATE TABLE agreement_parties (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL CONSTRAINT agreement_parties_agreement_fk REFERENCES agreements ON DELETE CASCADE,
    position integer NOT NULL,
    organization_id uuid CONSTRAINT agreement_parties_organization_fk REFERENCES organizations,
    person_id uuid CONSTRAINT agreement_parties_person_fk REFERENCES people,
    name text,
    name_key text,
    role text,
    CONSTRAINT agreement_parties_one CHECK (num_nonnulls(organization_id, person_id) <= 1),
    CONSTRAINT agreement_parties_somebody CHECK (num_nonnulls(organization_id, person_id, name) > 0),
    CONSTRAINT agreement_parties_organization_once UNIQUE (agreement_id, organization_id),
    CONSTRAINT agreement_parties_person_once UNIQUE (agreement_id, person_id)
  )`;

const SIGNATORIES = `
  CREATE TABLE agreement_signatories (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL CONSTRAINT agreement_signatories_agreement_fk REFERENCES agreements ON DELETE CASCADE,
    position integer NOT NULL,
    person_id uuid NOT NULL CONSTRAINT agreement_signatories_person_fk REFERENCES people,
    organization_id uuid CONSTRAINT agreement_signatories_organization_fk REFERENCES organizations,
    title text,
    signed_on date,
    CONSTRAINT agreement_signatories_once UNIQUE (agreement_id, person_id)
  )`;

/** What the relation claims is written down in decision 0030; 'related' claims nothing. */
const ABOUTS = `
  CREATE TABLE agreement_abouts (
    agreement_id uuid NOT NULL CONSTRAINT agreement_abouts_agreement_fk REFERENCES agreements ON DELETE CASCADE,
    record_id uuid NOT NULL CONSTRAINT agreement_abouts_record_fk REFERENCES records,
    relation text NOT NULL CHECK (relation IN ('signed_at', 'initialed_at', 'within', 'discussed_in', 'follows', 'related')),
    position integer NOT NULL,
    PRIMARY KEY (agreement_id, record_id, relation),
    CONSTRAINT agreement_abouts_other CHECK (record_id <> agreement_id)
  )`;

/**
 * The task that reminds the owner of the end of an agreement. due_at and assignee_id are what it was given last, for the
 * end expires_on: what people changed since is theirs. stopped: cancelled because the agreement no longer needs it.
 */
const EXPIRIES = `
  CREATE TABLE agreement_expiries (
    agreement_id uuid CONSTRAINT agreement_expiries_once PRIMARY KEY CONSTRAINT agreement_expiries_agreement_fk REFERENCES agreements,
    task_id uuid NOT NULL CONSTRAINT agreement_expiries_task_fk REFERENCES tasks,
    expires_on date NOT NULL,
    due_at timestamptz NOT NULL,
    assignee_id uuid CONSTRAINT agreement_expiries_assignee_fk REFERENCES users,
    stopped boolean NOT NULL DEFAULT false,
    CONSTRAINT agreement_expiries_task UNIQUE (task_id)
  )`;

/** As a record it is at the days in which it was signed, wherever that was. */
const MAPPING = `
  SELECT id, title, kind, search_key, NULL, NULL, NULL::uuid[], signed_from::timestamp AT TIME ZONE 'UTC',
         (signed_to + 1)::timestamp AT TIME ZONE 'UTC', NULL, NULL, status = 'terminated', archived_at FROM changed`;
