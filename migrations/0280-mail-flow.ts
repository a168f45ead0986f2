import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The line of waiting messages, by urgency and by recipients' domain, and what all workers know about domains that want to be left alone. */
export class MailFlow1790000000280 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX messages_due');
    for (const index of INDEXES) await runner.query(index);
    for (const table of [RESTS, PACES, SWEEPS]) await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['mail_sweeps', 'mail_paces', 'mail_rests']) await runner.query(`DROP TABLE ${table}`);
    for (const index of ['messages_domain_line', 'messages_line']) await runner.query(`DROP INDEX ${index}`);
    await runner.query(`CREATE INDEX messages_due ON messages (due_at) WHERE status = 'planned'`);
  }
}

/** What many get at once, and nobody waits for to the minute. */
const BULK = `(CASE WHEN kind IN ('invitation', 'nudge') THEN 1 ELSE 0 END)`;

const INDEXES = [
  `CREATE INDEX messages_line ON messages (${BULK}, due_at) WHERE status = 'planned'`,
  `CREATE INDEX messages_domain_line ON messages (split_part(email, '@', 2), ${BULK}, due_at) WHERE status = 'planned'`,
];

/** Domains that said "slow down", until they take a mail again; '*' is the mail server that everything goes through. */
const RESTS = `
  CREATE TABLE mail_rests (
    domain text PRIMARY KEY,
    strikes integer NOT NULL,
    until timestamptz NOT NULL,
    error text NOT NULL
  )`;

/** When a domain whose rate is limited may be written to next. */
const PACES = `
  CREATE TABLE mail_paces (
    domain text PRIMARY KEY,
    next_at timestamptz NOT NULL
  )`;

/** One row: when a worker last looked for due messages. */
const SWEEPS = `
  CREATE TABLE mail_sweeps (
    one boolean PRIMARY KEY CHECK (one),
    swept_at timestamptz NOT NULL
  )`;
