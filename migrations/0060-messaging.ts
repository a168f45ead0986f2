import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The message ledger and what it is planned from: templates, reminder rules, invitations, suppressions. */
export class Messaging1790000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [TEMPLATES, REMINDER_RULES, INVITATIONS, SUPPRESSIONS, MESSAGES]) await runner.query(table);
    for (const index of INDEXES) await runner.query(index);
    await runner.query(DEFAULT_RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['messages', 'suppressions', 'invitations', 'reminder_rules', 'templates']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}

const VERSIONED = `
  id uuid PRIMARY KEY,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()`;

/** `body` is MJML as written; `html` and `text` are compiled from it when it is saved. */
const TEMPLATES = `
  CREATE TABLE templates (${VERSIONED},
    archived_at timestamptz,
    key text NOT NULL,
    locale text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    html text NOT NULL,
    text text NOT NULL,
    source_hash text NOT NULL,
    customised boolean NOT NULL
  )`;

/** offset_from is an ISO 8601 duration from the subject's instant, "-P1D" is a day before it. */
const REMINDER_RULES = `
  CREATE TABLE reminder_rules (${VERSIONED},
    archived_at timestamptz,
    subject text NOT NULL CHECK (subject IN ('task', 'side_meeting', 'session', 'conference', 'invitation', 'membership', 'delegate')),
    offset_from text NOT NULL,
    at_local_time text CHECK (at_local_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    audience text NOT NULL,
    template_key text NOT NULL,
    enabled boolean NOT NULL
  )`;

const INVITATIONS = `
  CREATE TABLE invitations (${VERSIONED},
    about_id uuid NOT NULL CONSTRAINT invitations_about_fk REFERENCES records,
    person_id uuid NOT NULL CONSTRAINT invitations_person_fk REFERENCES records,
    batch_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('needs_action', 'accepted', 'tentative', 'declined', 'delegated')),
    respond_by timestamptz,
    responded_at timestamptz,
    note text,
    cancelled_at timestamptz,
    CONSTRAINT invitations_about_person_key UNIQUE (about_id, person_id)
  )`;

const SUPPRESSIONS = `
  CREATE TABLE suppressions (${VERSIONED},
    email text NOT NULL CHECK (email = lower(email)),
    reason text NOT NULL,
    source text NOT NULL CHECK (source IN ('staff', 'unsubscribed', 'bounced')),
    CONSTRAINT suppressions_email_key UNIQUE (email)
  )`;

/**
 * due_at is the next time to try, claim counts how often a worker took the row. A row between two claims belongs to
 * nobody; leased ones belong to a worker until lease_until.
 */
const MESSAGES = `
  CREATE TABLE messages (${VERSIONED},
    kind text NOT NULL CHECK (kind IN ('invitation', 'nudge', 'reminder', 'digest', 'escalation', 'notice')),
    status text NOT NULL CHECK (status IN ('planned', 'queued', 'sending', 'sent', 'cancelled', 'suppressed', 'failed', 'unknown')),
    reason text,
    dedupe_key text NOT NULL,
    rule_id uuid CONSTRAINT messages_rule_fk REFERENCES reminder_rules,
    reminder_of text,
    occurs_at timestamptz,
    about_id uuid CONSTRAINT messages_about_fk REFERENCES records,
    person_id uuid CONSTRAINT messages_person_fk REFERENCES records,
    user_id uuid CONSTRAINT messages_user_fk REFERENCES users,
    invitation_id uuid CONSTRAINT messages_invitation_fk REFERENCES invitations,
    batch_id uuid,
    email text NOT NULL CHECK (email = lower(email)),
    recipient_name text NOT NULL,
    locale text NOT NULL,
    time_zone text NOT NULL,
    template_key text NOT NULL,
    data jsonb NOT NULL,
    subject text NOT NULL,
    even_if_called_off boolean NOT NULL DEFAULT false,
    send_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    not_after timestamptz,
    lease_until timestamptz,
    claim integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    first_tried_at timestamptz,
    last_error text,
    sent_at timestamptz,
    CONSTRAINT messages_dedupe_key UNIQUE (dedupe_key),
    CONSTRAINT messages_sent_check CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT messages_lease_check CHECK ((status IN ('queued', 'sending')) = (lease_until IS NOT NULL)),
    CONSTRAINT messages_reason_check CHECK (reason IS NOT NULL OR status NOT IN ('cancelled', 'suppressed', 'failed', 'unknown'))
  )`;

/** The first three are all the sweep reads; they hold the open rows only, so they stay small for ever. */
const INDEXES = [
  `CREATE INDEX messages_due ON messages (due_at) WHERE status = 'planned'`,
  `CREATE INDEX messages_leased ON messages (status, lease_until) WHERE status IN ('queued', 'sending')`,
  `CREATE INDEX messages_useful ON messages (not_after) WHERE status = 'planned'`,
  'CREATE INDEX messages_about ON messages (about_id)',
  'CREATE INDEX messages_person ON messages (person_id)',
  'CREATE INDEX messages_user ON messages (user_id) WHERE user_id IS NOT NULL',
  'CREATE INDEX messages_invitation ON messages (invitation_id) WHERE invitation_id IS NOT NULL',
  'CREATE INDEX messages_email ON messages (email)',
  'CREATE INDEX messages_send_at ON messages (send_at, id)',
  'CREATE INDEX messages_batch ON messages (batch_id) WHERE batch_id IS NOT NULL',
  'CREATE INDEX invitations_person ON invitations (person_id)',
  'CREATE INDEX invitations_batch ON invitations (batch_id)',
  'CREATE UNIQUE INDEX templates_key_locale ON templates (key, locale) WHERE archived_at IS NULL',
  'CREATE INDEX reminder_rules_subject ON reminder_rules (subject) WHERE archived_at IS NULL',
];

const DEFAULT_RULES = `
  INSERT INTO reminder_rules (id, subject, offset_from, at_local_time, audience, template_key, enabled) VALUES
    ('01960000-0000-7000-8000-000000000001', 'side_meeting', '-P1D', NULL, 'participants', 'side_meeting_reminder', true),
    ('01960000-0000-7000-8000-000000000002', 'side_meeting', '-PT1H', NULL, 'participants', 'side_meeting_reminder', true)`;
