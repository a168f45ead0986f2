import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has a share in a membership, whom to write to about it, and which reminders are planned for its present end. */
export class MembershipReminders1790000000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE memberships ADD reminders_planned_for date');
    for (const index of INDEXES) await runner.query(index);
    await runner.query(statuses(GRACE));
    for (const view of [CURRENT_POSITIONS, CONTACTS, PEOPLE_MEMBERSHIPS]) await runner.query(view);
    await runner.query(STALE);
    for (const trigger of TRIGGERS) await runner.query(trigger);
    await runner.query(DEFAULT_RULES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE messages SET rule_id = NULL WHERE rule_id IN (${RULE_IDS})`);
    await runner.query(`DELETE FROM reminder_rules WHERE id IN (${RULE_IDS})`);
    for (const [name, table] of Object.entries(TRIGGERED)) await runner.query(`DROP TRIGGER ${name} ON ${table}`);
    await runner.query('DROP FUNCTION outdate_membership_reminders()');
    for (const view of ['people_memberships', 'organization_contacts', 'current_positions'])
      await runner.query(`DROP VIEW ${view}`);
    await runner.query(statuses(`WHEN d.today <= m.ends_on + t.grace_days THEN 'grace'`));
    await runner.query('ALTER TABLE memberships DROP reminders_planned_for');
  }
}

/**
 * reminders_planned_for: the end they are planned for; NULL while nothing is planned, '-infinity' when what is planned
 * is out of date. These are what the planner reads; they hold open work only.
 */
const INDEXES = [
  `CREATE INDEX memberships_unplanned ON memberships (tier_id, ends_on)
   WHERE reminders_planned_for IS NULL AND cancelled_on IS NULL AND archived_at IS NULL`,
  'CREATE INDEX memberships_outdated ON memberships (id) WHERE reminders_planned_for <> ends_on',
];

const TODAY = `(SELECT (now() AT TIME ZONE 'UTC')::date AS today) d`;

/** The one rule for a membership's status; dates are days in UTC. */
const statuses = (grace: string): string => `
  CREATE OR REPLACE VIEW membership_statuses AS
  SELECT m.id, m.version, m.created_at, m.updated_at, m.archived_at, m.organization_id, m.person_id, m.tier_id, m.joined_on,
    m.starts_on, m.ends_on, m.cancelled_on, m.cancellation_reason, m.search_key, t.code AS tier_code, t.name AS tier_name, CASE
    WHEN m.cancelled_on <= d.today THEN 'cancelled'
    WHEN d.today < m.starts_on THEN 'pending'
    WHEN d.today <= m.ends_on THEN 'current'
    ${grace}
    ELSE 'lapsed' END AS status
  FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id CROSS JOIN ${TODAY}`;

/** Grace ends when the member's next membership begins: nobody is a member twice. */
const GRACE = `WHEN d.today <= m.ends_on + t.grace_days AND NOT EXISTS (
      SELECT FROM memberships n
      WHERE (n.organization_id = m.organization_id OR n.person_id = m.person_id) AND n.archived_at IS NULL
        AND n.starts_on > m.ends_on AND n.starts_on <= d.today AND (n.cancelled_on IS NULL OR n.cancelled_on > d.today)
    ) THEN 'grace'`;

/** A position counts while it lasts, of people who are in the directory. */
const CURRENT_POSITIONS = `
  CREATE VIEW current_positions AS
  SELECT x.id, x.person_id, x.organization_id, x.title, x.preferred FROM positions x JOIN people p ON p.id = x.person_id CROSS JOIN ${TODAY}
  WHERE x.archived_at IS NULL AND p.archived_at IS NULL AND (x.started_on IS NULL OR x.started_on <= d.today)
    AND (x.ended_on IS NULL OR x.ended_on >= d.today)`;

/** Whom to write to at an organization: who has an address before who has none, preferred titles first, then the oldest. */
const CONTACTS = `
  CREATE VIEW organization_contacts AS
  SELECT DISTINCT ON (c.organization_id) c.organization_id, c.person_id, c.title, p.full_name, p.email, p.locale, p.time_zone
  FROM current_positions c JOIN people p ON p.id = c.person_id
  ORDER BY c.organization_id, p.email IS NULL, c.preferred DESC, c.id`;

/** The one rule for who has a share in a membership: the person who is the member, and whoever works at the member. */
const PEOPLE_MEMBERSHIPS = `
  CREATE VIEW people_memberships AS
  SELECT m.id AS membership_id, m.person_id, NULL::uuid AS inherited_from_id
  FROM memberships m WHERE m.person_id IS NOT NULL AND m.archived_at IS NULL
  UNION ALL
  SELECT DISTINCT m.id, c.person_id, m.organization_id
  FROM memberships m JOIN current_positions c ON c.organization_id = m.organization_id JOIN organizations o ON o.id = m.organization_id
  WHERE m.archived_at IS NULL AND o.archived_at IS NULL`;

/** Whatever a mail about a membership rests on may change in a merge or an import too; those need not think of it. */
const STALE = `
  CREATE FUNCTION outdate_membership_reminders() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format($sql$
      UPDATE memberships SET reminders_planned_for = '-infinity' WHERE id = ANY (ARRAY(%s))
    $sql$, TG_ARGV[0]);
    RETURN NULL;
  END $$`;

/** Planned memberships among those of what changed; the inner query is fenced off, so that it uses the key's index alone. */
const planned = (changed: string, key: string): string => `
  SELECT m.id FROM ${changed} CROSS JOIN LATERAL (
    SELECT p.id, p.reminders_planned_for FROM memberships p WHERE p.${key} OFFSET 0) m
  WHERE m.reminders_planned_for > ''-infinity''`;

/** Rows of which one of these columns has changed; fenced off too, for they are the fewest. */
const touched = (...columns: string[]): string => `(SELECT n.id FROM changed n JOIN before o USING (id)
  WHERE (${columns.map((column) => `n.${column}`).join(', ')}) IS DISTINCT FROM (${columns.map((column) => `o.${column}`).join(', ')}) OFFSET 0) c`;

const ofPositions = (rows: string): string => planned(`${rows} c`, 'organization_id = c.organization_id');
const TOUCHED_PEOPLE = touched('full_name', 'email', 'locale', 'time_zone', 'archived_at');
const THEIR_POSITIONS = 'CROSS JOIN LATERAL (SELECT organization_id FROM positions WHERE person_id = c.id OFFSET 0) x';
const otherOf = (member: string): string => `${planned('changed c', `${member} = c.${member}`)} AND m.id <> c.id`;

const outdate = (name: string, event: string, tables: string, memberships: string): string => `
  CREATE TRIGGER ${name} AFTER ${event} REFERENCING ${tables}
  FOR EACH STATEMENT EXECUTE FUNCTION outdate_membership_reminders('${memberships}')`;

const BOTH = 'OLD TABLE AS before NEW TABLE AS changed';

const TRIGGERS = [
  outdate('reminders_added', 'INSERT ON positions', 'NEW TABLE AS changed', ofPositions('changed')),
  outdate('reminders_removed', 'DELETE ON positions', 'OLD TABLE AS before', ofPositions('before')),
  outdate('reminders_changed', 'UPDATE ON positions', BOTH, `${ofPositions('changed')} UNION ${ofPositions('before')}`),
  outdate(
    'reminders_readdressed',
    'UPDATE ON people',
    BOTH,
    `${planned(TOUCHED_PEOPLE, 'person_id = c.id')} UNION ${planned(
      `${TOUCHED_PEOPLE} ${THEIR_POSITIONS}`,
      'organization_id = x.organization_id',
    )}`,
  ),
  outdate(
    'reminders_renamed',
    'UPDATE ON organizations',
    BOTH,
    planned(touched('name', 'archived_at'), 'organization_id = c.id'),
  ),
  outdate(
    'reminders_graced',
    'UPDATE ON membership_tiers',
    BOTH,
    planned(touched('name', 'grace_days'), 'tier_id = c.id'),
  ),
  outdate(
    'reminders_followed',
    'INSERT ON memberships',
    'NEW TABLE AS changed',
    `${otherOf('organization_id')} UNION ${otherOf('person_id')}`,
  ),
];

const TRIGGERED = {
  reminders_added: 'positions',
  reminders_removed: 'positions',
  reminders_changed: 'positions',
  reminders_readdressed: 'people',
  reminders_renamed: 'organizations',
  reminders_graced: 'membership_tiers',
  reminders_followed: 'memberships',
};

const RULE_IDS = [3, 4, 5, 6].map((n) => `'01960000-0000-7000-8000-00000000000${n}'`).join(', ');

const DEFAULT_RULES = `
  INSERT INTO reminder_rules (id, subject, offset_from, at_local_time, audience, template_key, enabled) VALUES
    ('01960000-0000-7000-8000-000000000003', 'membership', '-P60D', '09:00', 'all', 'membership_reminder', true),
    ('01960000-0000-7000-8000-000000000004', 'membership', '-P30D', '09:00', 'all', 'membership_reminder', true),
    ('01960000-0000-7000-8000-000000000005', 'membership', '-P7D', '09:00', 'all', 'membership_reminder', true),
    ('01960000-0000-7000-8000-000000000006', 'membership', 'P7D', '09:00', 'all', 'membership_reminder', true)`;
