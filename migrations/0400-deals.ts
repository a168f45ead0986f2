import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deals with their parties, the stages they went through, the instruments granted to them, and what touched them. */
export class Deals1790000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DEALS);
    await runner.query('CREATE INDEX deals_search ON deals USING gin (search_key gin_trgm_ops)');
    for (const column of ['created_at', 'amount']) await runner.query(latestFirst(column));
    await runner.query('CREATE INDEX deals_owner ON deals (owner_id)');
    await runner.query('CREATE INDEX deals_stage ON deals (stage, stage_since) WHERE archived_at IS NULL');
    await runner.query(STAGE_CHANGES);
    await runner.query('CREATE INDEX deal_stage_changes_evidence ON deal_stage_changes (evidence_id)');
    await runner.query(PARTIES);
    await runner.query(
      'CREATE UNIQUE INDEX deal_parties_once ON deal_parties (deal_id, organization_id, role) WHERE archived_at IS NULL',
    );
    await runner.query('CREATE INDEX deal_parties_organization ON deal_parties (organization_id, deal_id)');
    await runner.query('CREATE INDEX deal_parties_person ON deal_parties (person_id, deal_id)');
    await runner.query(INSTRUMENTS);
    await runner.query('CREATE INDEX instruments_deal ON instruments (deal_id)');
    await runner.query('CREATE INDEX instruments_provider ON instruments (provider_id)');
    await runner.query('CREATE INDEX instruments_mission ON instruments (mission_id)');
    await runner.query('CREATE INDEX instruments_evidence ON instruments (evidence_id)');
    await runner.query(TOUCHPOINTS);
    await runner.query(
      'CREATE UNIQUE INDEX touchpoints_once ON touchpoints (deal_id, about_id, effect) WHERE archived_at IS NULL',
    );
    await runner.query('CREATE INDEX touchpoints_about ON touchpoints (about_id, deal_id)');
    await runner.query(`SELECT attach_records('deals', 'deal', $$
      SELECT id, title, kind, search_key, NULL, NULL, NULL::uuid[], NULL::timestamptz, NULL::timestamptz, NULL, NULL, false, archived_at
      FROM changed $$)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['touchpoints', 'instruments', 'deal_parties', 'deal_stage_changes', 'deals'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`UPDATE side_meetings SET deal_id = NULL
      FROM records r WHERE r.id = side_meetings.deal_id AND r.type = 'deal'`);
    await runner.query(`DELETE FROM records WHERE type = 'deal'`);
  }
}

/** In the order in which lists read it from the top: NULLS LAST also where the column has none. */
const latestFirst = (column: string): string =>
  `CREATE INDEX deals_by_${column} ON deals (${column} DESC NULLS LAST, id DESC NULLS LAST) WHERE archived_at IS NULL`;

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

const STAGES = `('lead', 'qualified', 'scoping', 'feasibility_study', 'feed', 'financing', 'negotiation', 'contract',
  'implementation', 'closed_won', 'closed_lost', 'on_hold')`;

/** An amount and its currency, both or neither. */
const MONEY = `
    amount numeric(17, 2) CHECK (amount >= 0),
    currency char(3) CHECK (currency ~ '^[A-Z]{3}$'),
    CHECK ((amount IS NULL) = (currency IS NULL))`;

/** How far a moment may be trusted: null is to the second; day, month and year are kept as the first moment, in UTC, of theirs. */
const PRECISION = `CHECK (date_precision IN ('day', 'month', 'year'))`;

/**
 * probability: null is that of the stage. held_from: the stage a deal on hold had before. stage_since, stage_precision and closed_on
 * repeat what the last stage change says, so that a hundred thousand deals are sorted and counted without their histories.
 */
const DEALS = `
  CREATE TABLE deals (${VERSIONED},
    title text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('export_sale', 'investment', 'project', 'study', 'partnership', 'financing')),
    stage text NOT NULL CHECK (stage IN ${STAGES}),
    held_from text CHECK (held_from IN ${STAGES} AND held_from NOT IN ('closed_won', 'closed_lost', 'on_hold')),
    stage_since timestamptz NOT NULL,
    stage_precision text CHECK (stage_precision IN ('day', 'month', 'year')),
    closed_on date,${MONEY},
    probability smallint CHECK (probability BETWEEN 0 AND 100),
    country char(2),
    sectors text[] NOT NULL DEFAULT '{}',
    owner_id uuid CONSTRAINT deals_owner_fk REFERENCES users,
    expected_close_on date,
    notes text,
    search_key text NOT NULL,
    CHECK ((stage IN ('closed_won', 'closed_lost')) = (closed_on IS NOT NULL)),
    CHECK (stage = 'on_hold' OR held_from IS NULL)
  )`;

/** Never changed: what was wrong is put right by a further change. place: first, second… of its deal. */
const STAGE_CHANGES = `
  CREATE TABLE deal_stage_changes (
    id uuid PRIMARY KEY,
    deal_id uuid NOT NULL CONSTRAINT deal_stage_changes_deal_fk REFERENCES deals ON DELETE CASCADE,
    place integer NOT NULL CHECK (place > 0),
    from_stage text CHECK (from_stage IN ${STAGES}),
    to_stage text NOT NULL CHECK (to_stage IN ${STAGES}),
    at timestamptz NOT NULL,
    date_precision text ${PRECISION},
    note text,
    evidence_id uuid CONSTRAINT deal_stage_changes_evidence_fk REFERENCES records,
    created_by uuid,
    created_by_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT deal_stage_changes_place UNIQUE (deal_id, place),
    CHECK ((place = 1) = (from_stage IS NULL)),
    CHECK (from_stage <> to_stage)
  )`;

const PARTIES = `
  CREATE TABLE deal_parties (${VERSIONED},
    deal_id uuid NOT NULL CONSTRAINT deal_parties_deal_fk REFERENCES deals ON DELETE CASCADE,
    organization_id uuid NOT NULL CONSTRAINT deal_parties_organization_fk REFERENCES organizations,
    role text NOT NULL CHECK (role IN
      ('buyer', 'supplier', 'developer', 'sponsor', 'lender', 'guarantor', 'adviser', 'facilitator', 'regulator')),
    person_id uuid CONSTRAINT deal_parties_person_fk REFERENCES people,
    note text
  )`;

/** status_on: since when it has its status. mission_id: the reverse trade mission that it paid for. */
const INSTRUMENTS = `
  CREATE TABLE instruments (${VERSIONED},
    deal_id uuid NOT NULL CONSTRAINT instruments_deal_fk REFERENCES deals ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN
      ('feasibility_study', 'feed', 'technical_assistance', 'pilot', 'reverse_trade_mission', 'loan', 'guarantee')),
    provider_id uuid NOT NULL CONSTRAINT instruments_provider_fk REFERENCES organizations,
    status text NOT NULL CHECK (status IN
      ('proposed', 'applied', 'approved', 'granted', 'disbursing', 'completed', 'refused', 'cancelled')),${MONEY},
    status_on date,
    date_precision text ${PRECISION},
    mission_id uuid CONSTRAINT instruments_mission_fk REFERENCES trade_missions,
    evidence_id uuid CONSTRAINT instruments_evidence_fk REFERENCES records,
    note text,
    created_by uuid,
    CHECK ((status_on IS NULL) = (date_precision IS NULL)),
    CHECK (mission_id IS NULL OR kind = 'reverse_trade_mission')
  )`;

/** at: null is when the record itself took place, so that a session that moves takes its touchpoints along. */
const TOUCHPOINTS = `
  CREATE TABLE touchpoints (${VERSIONED},
    deal_id uuid NOT NULL CONSTRAINT touchpoints_deal_fk REFERENCES deals ON DELETE CASCADE,
    about_id uuid NOT NULL CONSTRAINT touchpoints_about_fk REFERENCES records,
    effect text NOT NULL CHECK (effect IN ('originated', 'advanced', 'closed', 'mentioned')),
    at timestamptz,
    date_precision text ${PRECISION},
    note text,
    created_by uuid,
    CHECK (about_id <> deal_id),
    CHECK (at IS NOT NULL OR date_precision IS NULL)
  )`;
