import type { LinkedTable, UniqueRule } from './merge-schema.js';

/**
 * What the catalog cannot tell a merge. Foreign keys and unique indexes say what points at a record and what may be
 * there once; here stands what else must be there once, and what the row that stays takes over from the one set aside.
 *
 * Ids that stand somewhere without a foreign key:
 * - `messages.dedupe_key` holds the recipient's id as text: it is written anew, else a later plan would mail twice.
 * - `import_verdicts`, `import_keys` and import plans say what a file's row meant when it was read. They keep the old
 *   id, which leads on; a plan that still waits finds its person or organization archived, and its row fails by name.
 * - `audit_entries.about_id` cannot change; the list of entries about a record answers those of its merged ones too.
 * - `idempotency_keys.body` is an answer once given; the old id in it leads on.
 * - `owner_ids`, `created_by`, `renewed_by`, `merged_by` are users, `batch_id` a round of mails.
 */

/** Two rows that say the same of the same are one. */
const SAME: Record<string, UniqueRule> = {
  positions: {
    name: 'positions_same',
    columns: ['person_id', 'organization_id', 'lower(title)', 'started_on', 'ended_on'],
    predicate: 'archived_at IS NULL',
    nullsEqual: true,
  },
};

/** A change after which a row can stay. */
interface Easing {
  set: Record<string, string>;
  kind: 'not_preferred';
}

/** Unique indexes that a change of the row satisfies, so that it need not be set aside. */
const EASED: Record<string, Easing> = {
  positions_preferred: { set: { preferred: 'false' }, kind: 'not_preferred' },
};

/** What the row that stays (`t`) takes from one set aside (`a`): no attribute of a link is lost. */
interface Completion {
  set: Record<string, string>;
  when: string;
}

const empty = (column: string) => ({ [column]: `coalesce(t.${column}, a.${column})` });

/** SQL: a delegate who has left takes part by the other row. */
const joinsBy = (left: string, other: string): string =>
  `(${left}.role <> 'head' AND ${left}.status IN ('declined', 'withdrawn') AND ${other}.status NOT IN ('declined', 'withdrawn'))`;

const NO_STAY = 'num_nonnulls(t.arrives_at, t.departs_at) = 0';

const COMPLETED: Record<string, Completion> = {
  side_meeting_participants: {
    set: {
      ...empty('role'),
      ...empty('organization_id'),
      participation: `CASE WHEN t.participation = 'needs_action' THEN a.participation ELSE t.participation END`,
      by_answer: 't.by_answer AND a.by_answer',
    },
    when: `(t.role IS NULL AND a.role IS NOT NULL) OR (t.organization_id IS NULL AND a.organization_id IS NOT NULL)
      OR (t.participation = 'needs_action' AND a.participation <> 'needs_action') OR (t.by_answer AND NOT a.by_answer)`,
  },
  speakers: {
    set: { ...empty('billed_title'), order: 'coalesce(t."order", a."order")' },
    when: '(t.billed_title IS NULL AND a.billed_title IS NOT NULL) OR (t."order" IS NULL AND a."order" IS NOT NULL)',
  },
  positions: {
    set: { source: `left(concat_ws('; ', t.source, a.source), 500)` },
    when: 'a.source IS NOT NULL AND t.source IS DISTINCT FROM a.source',
  },
  mission_hosts: {
    set: { ...empty('contact_id'), ...empty('fit_note') },
    when: '(t.contact_id IS NULL AND a.contact_id IS NOT NULL) OR (t.fit_note IS NULL AND a.fit_note IS NOT NULL)',
  },
  deal_parties: {
    set: { ...empty('person_id'), ...empty('note') },
    when: '(t.person_id IS NULL AND a.person_id IS NOT NULL) OR (t.note IS NULL AND a.note IS NOT NULL)',
  },
  touchpoints: {
    set: {
      ...empty('note'),
      ...empty('at'),
      date_precision: 'CASE WHEN t.at IS NULL THEN a.date_precision ELSE t.date_precision END',
    },
    when: '(t.note IS NULL AND a.note IS NOT NULL) OR (t.at IS NULL AND a.at IS NOT NULL)',
  },
  agreement_parties: {
    set: { ...empty('name'), ...empty('name_key'), ...empty('role') },
    when: '(t.name IS NULL AND a.name IS NOT NULL) OR (t.role IS NULL AND a.role IS NOT NULL)',
  },
  agreement_signatories: {
    set: { ...empty('organization_id'), ...empty('title'), ...empty('signed_on') },
    when: `(t.organization_id IS NULL AND a.organization_id IS NOT NULL) OR (t.title IS NULL AND a.title IS NOT NULL)
      OR (t.signed_on IS NULL AND a.signed_on IS NOT NULL)`,
  },
  // Who takes part by either row takes part; a head stays what they are, since there is one at most.
  delegates: {
    set: {
      ...empty('organization_id'),
      ...empty('dietary'),
      ...empty('notes'),
      status: `CASE WHEN ${joinsBy('t', 'a')} THEN a.status ELSE t.status END`,
      visa_status: `CASE WHEN t.visa_status = 'not_started' THEN a.visa_status ELSE t.visa_status END`,
      arrives_at: `CASE WHEN ${NO_STAY} THEN a.arrives_at ELSE t.arrives_at END`,
      departs_at: `CASE WHEN ${NO_STAY} THEN a.departs_at ELSE t.departs_at END`,
      by_answer: 't.by_answer AND a.by_answer',
    },
    when: `(t.organization_id IS NULL AND a.organization_id IS NOT NULL) OR (t.dietary IS NULL AND a.dietary IS NOT NULL)
      OR (t.notes IS NULL AND a.notes IS NOT NULL) OR ${joinsBy('t', 'a')} OR (t.visa_status = 'not_started' AND a.visa_status <> 'not_started')
      OR (${NO_STAY} AND num_nonnulls(a.arrives_at, a.departs_at) > 0) OR (t.by_answer AND NOT a.by_answer)`,
  },
  // An answer, or an invitation that still stands, must not vanish behind one without.
  invitations: {
    set: Object.fromEntries(
      ['status', 'responded_at', 'note', 'cancelled_at', 'respond_by'].map((column) => [column, `a.${column}`]),
    ),
    when: `a.cancelled_at IS NULL AND (t.cancelled_at IS NOT NULL OR (t.status = 'needs_action' AND a.status <> 'needs_action'))`,
  },
};

/** What must be there once in a table, in the order in which it is seen to. */
export function uniqueRules(table: LinkedTable): UniqueRule[] {
  const same = SAME[table.name];
  const concerned = [...(same ? [same] : []), ...table.uniques].filter((rule) =>
    rule.columns.some((column) => table.columns.includes(column)),
  );
  return concerned.sort((a, b) => Number(a.name in EASED) - Number(b.name in EASED));
}

/** How a row of this unique index can stay; undefined where it must be set aside. */
export const easing = (rule: UniqueRule): Easing | undefined => EASED[rule.name];

/** What rows of this table hand on before they are set aside; undefined where there is nothing. */
export const completion = (table: string): Completion | undefined => COMPLETED[table];
