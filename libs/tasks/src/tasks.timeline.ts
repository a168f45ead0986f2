import type { TimelineSource } from '#records';

/** Tasks about a record; as confidential as what they are about. */
const tasks = (kind: string, at: 'created_at' | 'completed_at'): TimelineSource => ({
  name: `${kind}s`,
  kinds: [kind],
  from: 'tasks t JOIN records v ON v.id = t.id',
  where: `t.about_id = $1 AND t.${at} IS NOT NULL AND t.archived_at IS NULL`,
  at: `t.${at}`,
  id: 't.id',
  about: 't.id',
  title: 't.title',
  detail: `jsonb_strip_nulls(jsonb_build_object('status', t.status, 'dueAt', to_char(t.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))`,
  visible: (may) => may('v'),
});

/** Promises about a record, and those by and to it. */
const commitments: TimelineSource = {
  name: 'commitments',
  kinds: ['commitment', 'commitment_settled'],
  kind: 'e.kind',
  from: `(SELECT id FROM commitments WHERE about_id = $1
      UNION SELECT id FROM commitments WHERE owed_by_organization_id = $1 UNION SELECT id FROM commitments WHERE owed_by_person_id = $1
      UNION SELECT id FROM commitments WHERE owed_to_organization_id = $1 UNION SELECT id FROM commitments WHERE owed_to_person_id = $1) mine
    JOIN commitments c ON c.id = mine.id JOIN records v ON v.id = c.id
    CROSS JOIN LATERAL (VALUES ('commitment', c.created_at), ('commitment_settled', c.settled_at)) e (kind, at)`,
  where: 'c.archived_at IS NULL AND e.at IS NOT NULL',
  at: 'e.at',
  id: 'c.id',
  about: 'c.id',
  title: 'c.action',
  detail: `jsonb_strip_nulls(jsonb_build_object('status', c.status, 'dueFrom', c.due_from, 'dueTo', c.due_to,
    'side', CASE WHEN $1 IN (c.owed_by_organization_id, c.owed_by_person_id) THEN 'owed_by'
                 WHEN $1 IN (c.owed_to_organization_id, c.owed_to_person_id) THEN 'owed_to' END))`,
  visible: (may) => may('v'),
};

export const taskTimelines = [tasks('task', 'created_at'), tasks('task_completed', 'completed_at'), commitments];
