import { guardedBy, newestFirst, RECORD_TYPES, type RecordType, type TimelineSource } from '#records';

/** Tasks about a record; as confidential as what they are about. */
const tasks = (kind: string, at: 'created_at' | 'completed_at'): TimelineSource => ({
  name: `${kind}s`,
  kinds: [kind],
  from:
    newestFirst(`SELECT ${at} AS at, id FROM tasks WHERE about_id = $1 AND ${at} IS NOT NULL`, {
      t: 'SELECT * FROM tasks WHERE id = x.id',
    }) + guardedBy('x.id'),
  where: 't.archived_at IS NULL',
  at: 'x.at',
  id: 'x.id',
  about: 't.id',
  title: 't.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('status', t.status, 'dueAt', to_char(t.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))`,
  visible: (may) => may('v'),
});

/** How a promise may concern a record, in this order: it is told once, of the first way it does. */
const WAYS = {
  organization: ['owed_by_organization_id', 'owed_to_organization_id', 'about_id'],
  person: ['owed_by_person_id', 'owed_to_person_id', 'about_id'],
  record: ['about_id'],
};

const TYPES: Record<keyof typeof WAYS, readonly RecordType[]> = {
  organization: ['organization'],
  person: ['person'],
  record: RECORD_TYPES.filter((type) => type !== 'organization' && type !== 'person'),
};

/** When a promise was made is stored nowhere: this is when it was written down. */
const UNDATED = `'unknown'`;

/**
 * Promises about a record, or by or to it: when they were written down, or settled. Each way is found in an index by time
 * of its own.
 */
const commitments = (kind: string, at: 'created_at' | 'settled_at', of: keyof typeof WAYS): TimelineSource => ({
  name: `${kind}s_of_${of}`,
  of: TYPES[of],
  kinds: [kind],
  from:
    newestFirst(
      WAYS[of].map(
        (way) => `SELECT ${at} AS at, id, '${way}' AS way FROM commitments WHERE ${way} = $1 AND ${at} IS NOT NULL`,
      ),
      { c: 'SELECT * FROM commitments WHERE id = x.id' },
    ) + guardedBy('x.id'),
  where: `c.archived_at IS NULL AND x.way = CASE $1 ${WAYS[of].map((way) => `WHEN c.${way} THEN '${way}'`).join(' ')} END`,
  at: 'x.at',
  id: 'x.id',
  about: 'c.id',
  title: 'c.action',
  detail: `jsonb_strip_nulls(jsonb_build_object('status', c.status, 'dueFrom', c.due_from, 'dueTo', c.due_to, 'dueText', c.due_text,
    'datePrecision', ${kind === 'commitment' ? UNDATED : 'NULL::text'},
    'side', CASE WHEN $1 IN (c.owed_by_organization_id, c.owed_by_person_id) THEN 'owed_by'
                 WHEN $1 IN (c.owed_to_organization_id, c.owed_to_person_id) THEN 'owed_to' END))`,
  visible: (may) => may('v'),
});

export const taskTimelines = [
  tasks('task', 'created_at'),
  tasks('task_completed', 'completed_at'),
  ...(['organization', 'person', 'record'] as const).flatMap((of) => [
    commitments('commitment', 'created_at', of),
    commitments('commitment_settled', 'settled_at', of),
  ]),
];
