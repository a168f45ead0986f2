import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trade missions with their delegates, what each of these has to see to, hosts and itinerary. What an item holds is in `bookings`. */
export class TradeMissions1790000000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MISSIONS);
    await runner.query('CREATE INDEX trade_missions_search ON trade_missions USING gin (search_key gin_trgm_ops)');
    await runner.query('CREATE INDEX trade_missions_start ON trade_missions (starts_on, id) WHERE archived_at IS NULL');
    await runner.query('CREATE INDEX trade_missions_sponsor ON trade_missions (sponsor_id)');
    await runner.query(DELEGATES);
    await runner.query(
      'CREATE UNIQUE INDEX delegates_once ON delegates (mission_id, person_id) WHERE archived_at IS NULL',
    );
    await runner.query('CREATE INDEX delegates_person ON delegates (person_id)');
    await runner.query('CREATE INDEX delegates_organization ON delegates (organization_id)');
    await runner.query(MILESTONES);
    await runner.query('CREATE INDEX milestones_delegate ON milestones (delegate_id, due_at, id)');
    await runner.query(HOSTS);
    await runner.query(
      'CREATE UNIQUE INDEX mission_hosts_once ON mission_hosts (mission_id, organization_id) WHERE archived_at IS NULL',
    );
    await runner.query('CREATE INDEX mission_hosts_organization ON mission_hosts (organization_id)');
    await runner.query('CREATE INDEX mission_hosts_contact ON mission_hosts (contact_id)');
    await runner.query(ITINERARY);
    await runner.query('CREATE INDEX itinerary_items_order ON itinerary_items (mission_id, starts_at, id)');
    await runner.query('CREATE INDEX itinerary_items_host ON itinerary_items (host_id)');
    await runner.query(ITINERARY_DELEGATES);
    await runner.query('CREATE INDEX itinerary_item_delegates_delegate ON itinerary_item_delegates (delegate_id)');
    for (const [table, type, mapping] of MAPPINGS)
      await runner.query(`SELECT attach_records('${table}', '${type}', $$ ${mapping} $$)`);
    await runner.query(raisedFor([...RAISED_BEFORE, 'itinerary_item']));
    await runner.query(FOLLOW);
    await runner.query(`
      CREATE TRIGGER missions_follow AFTER UPDATE ON trade_missions REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION trade_missions_follow()`);
    await runner.query(MILESTONES_FOLLOW);
    await runner.query(`
      CREATE TRIGGER milestones_follow AFTER UPDATE ON delegates REFERENCING OLD TABLE AS before NEW TABLE AS after
      FOR EACH STATEMENT EXECUTE FUNCTION delegates_follow()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(raisedFor(RAISED_BEFORE));
    for (const table of [
      'itinerary_item_delegates',
      'itinerary_items',
      'mission_hosts',
      'milestones',
      'delegates',
      'trade_missions',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION trade_missions_follow()');
    await runner.query('DROP FUNCTION delegates_follow()');
    await runner.query(`DELETE FROM records WHERE type IN ('trade_mission', 'itinerary_item', 'milestone')`);
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz`;

/** A mission is known by its days, the last one included; as a record it is a window, since nobody begins at midnight. */
const MISSIONS = `
  CREATE TABLE trade_missions (${VERSIONED},
    name text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('reverse', 'outbound')),
    status text NOT NULL CHECK (status IN
      ('planned', 'recruiting', 'confirmed', 'under_way', 'completed', 'reported', 'cancelled')),
    sponsor_id uuid CONSTRAINT trade_missions_sponsor_fk REFERENCES organizations,
    owner_id uuid CONSTRAINT trade_missions_owner_fk REFERENCES users,
    sectors text[] NOT NULL DEFAULT '{}',
    origin_country char(2) NOT NULL,
    host_country char(2) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    time_zone text NOT NULL,
    date_precision text NOT NULL DEFAULT 'window' CHECK (date_precision = 'window'),
    objectives text,
    search_key text NOT NULL,
    CONSTRAINT trade_missions_days CHECK (starts_on <= ends_on)
  )`;

/** by_answer: somebody accepted an invitation to the mission whom nobody had nominated. */
const DELEGATES = `
  CREATE TABLE delegates (${VERSIONED},
    mission_id uuid NOT NULL CONSTRAINT delegates_mission_fk REFERENCES trade_missions,
    person_id uuid NOT NULL CONSTRAINT delegates_person_fk REFERENCES people,
    organization_id uuid CONSTRAINT delegates_organization_fk REFERENCES organizations,
    role text NOT NULL CHECK (role IN ('head', 'delegate', 'observer', 'interpreter', 'escort')),
    status text NOT NULL CHECK (status IN ('nominated', 'invited', 'accepted', 'confirmed', 'declined', 'withdrawn')),
    visa_status text NOT NULL CHECK (visa_status IN
      ('not_required', 'not_started', 'letter_issued', 'submitted', 'approved', 'refused')),
    arrives_at timestamptz,
    departs_at timestamptz,
    dietary text,
    notes text,
    by_answer boolean NOT NULL DEFAULT false,
    CONSTRAINT delegates_stay CHECK (arrives_at < departs_at)
  )`;

/** Something a delegate, or staff for them, has to have done by a moment: a visa interview, a flight to book. */
const MILESTONES = `
  CREATE TABLE milestones (${VERSIONED},
    delegate_id uuid NOT NULL CONSTRAINT milestones_delegate_fk REFERENCES delegates ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN
      ('nomination', 'invitation_letter', 'visa_application', 'visa_interview', 'visa_decision', 'flights', 'insurance',
       'arrival', 'departure', 'other')),
    title text NOT NULL,
    due_at timestamptz NOT NULL,
    done_at timestamptz,
    remind_before text[] NOT NULL DEFAULT '{}',
    remind text NOT NULL DEFAULT 'delegate' CHECK (remind IN ('delegate', 'owner', 'both')),
    search_key text NOT NULL
  )`;

const HOSTS = `
  CREATE TABLE mission_hosts (${VERSIONED},
    mission_id uuid NOT NULL CONSTRAINT mission_hosts_mission_fk REFERENCES trade_missions,
    organization_id uuid NOT NULL CONSTRAINT mission_hosts_organization_fk REFERENCES organizations,
    contact_id uuid CONSTRAINT mission_hosts_contact_fk REFERENCES people,
    status text NOT NULL CHECK (status IN ('proposed', 'approached', 'confirmed', 'declined')),
    fit_note text
  )`;

/** holds_people: whoever takes part is booked; a hotel or free time books nobody. for_all: every delegate who is coming takes part. */
const ITINERARY = `
  CREATE TABLE itinerary_items (${VERSIONED},
    mission_id uuid NOT NULL CONSTRAINT itinerary_items_mission_fk REFERENCES trade_missions,
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
    title text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    time_zone text NOT NULL,
    city text,
    address text,
    host_id uuid CONSTRAINT itinerary_items_host_fk REFERENCES mission_hosts,
    notes text,
    holds_people boolean NOT NULL,
    for_all boolean NOT NULL DEFAULT true,
    search_key text NOT NULL,
    CONSTRAINT itinerary_items_span CHECK (starts_at < ends_at)
  )`;

/** Who takes part in an item that is not for all. */
const ITINERARY_DELEGATES = `
  CREATE TABLE itinerary_item_delegates (
    item_id uuid NOT NULL CONSTRAINT itinerary_item_delegates_item_fk REFERENCES itinerary_items ON DELETE CASCADE,
    delegate_id uuid NOT NULL CONSTRAINT itinerary_item_delegates_delegate_fk REFERENCES delegates ON DELETE CASCADE,
    PRIMARY KEY (item_id, delegate_id)
  )`;

const MAPPINGS = [
  [
    'trade_missions',
    'trade_mission',
    `SELECT id, name, direction, search_key, NULL, NULL, NULL::uuid[], starts_on::timestamp AT TIME ZONE time_zone,
            (ends_on + 1)::timestamp AT TIME ZONE time_zone, time_zone, NULL, status = 'cancelled', archived_at FROM changed`,
  ],
  [
    'itinerary_items',
    'itinerary_item',
    `SELECT i.id, i.title, m.name, i.search_key, NULL, NULL, NULL::uuid[], i.starts_at, i.ends_at, i.time_zone,
            nullif(concat_ws(', ', i.address, i.city), ''), m.status = 'cancelled', coalesce(i.archived_at, m.archived_at)
     FROM changed i JOIN trade_missions m ON m.id = i.mission_id`,
  ],
  [
    'milestones',
    'milestone',
    `SELECT s.id, s.title, m.name, s.search_key, NULL, NULL, NULL::uuid[], s.due_at, NULL::timestamptz, m.time_zone,
            NULL, m.status = 'cancelled' OR d.status IN ('declined', 'withdrawn'),
            coalesce(s.archived_at, d.archived_at, m.archived_at)
     FROM changed s JOIN delegates d ON d.id = s.delegate_id JOIN trade_missions m ON m.id = d.mission_id`,
  ],
];

/** The records of items and milestones show name, zone and end of their mission: touched ones are written again. */
const FOLLOW = `
  CREATE FUNCTION trade_missions_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE itinerary_items i SET mission_id = i.mission_id FROM before b JOIN after a ON a.id = b.id
    WHERE i.mission_id = a.id AND (a.name, a.status = 'cancelled', a.archived_at) IS DISTINCT FROM (b.name, b.status = 'cancelled', b.archived_at);
    UPDATE milestones s SET delegate_id = s.delegate_id
    FROM delegates d, before b JOIN after a ON a.id = b.id
    WHERE d.mission_id = a.id AND s.delegate_id = d.id
      AND (a.name, a.time_zone, a.status = 'cancelled', a.archived_at) IS DISTINCT FROM (b.name, b.time_zone, b.status = 'cancelled', b.archived_at);
    RETURN NULL;
  END $$`;

const MILESTONES_FOLLOW = `
  CREATE FUNCTION delegates_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE milestones s SET delegate_id = s.delegate_id FROM before b JOIN after a ON a.id = b.id
    WHERE s.delegate_id = a.id AND (a.status, a.archived_at) IS DISTINCT FROM (b.status, b.archived_at);
    RETURN NULL;
  END $$`;

const RAISED_BEFORE = ['conference', 'session', 'side_meeting', 'trade_mission'];

/** What raises SEQUENCE of a calendar entry, as migration 0230 has it, for events of these types. */
const raisedFor = (types: string[]): string => `
  DROP TRIGGER records_sequence ON records;
  CREATE TRIGGER records_sequence BEFORE UPDATE ON records FOR EACH ROW
  WHEN (OLD.type IN (${types.map((type) => `'${type}'`).join(', ')})
    AND (OLD.title, OLD.starts_at, OLD.ends_at, OLD.date_precision, OLD.time_zone, OLD.place, OLD.called_off, OLD.archived_at IS NULL)
      IS DISTINCT FROM
        (NEW.title, NEW.starts_at, NEW.ends_at, NEW.date_precision, NEW.time_zone, NEW.place, NEW.called_off, NEW.archived_at IS NULL))
  EXECUTE FUNCTION raise_sequence()`;
