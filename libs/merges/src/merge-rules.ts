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
