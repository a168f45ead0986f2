import type { TimelineSource } from '#records';

/**
 * The import that brought a record in. What an import creates has no audit entry of its own; the import is named where
 * only one was at work then. The audit entry of a creation is of the same transaction, so of the same time.
 */
const AT_WORK = `imports i WHERE r.created_at BETWEEN i.started_at AND coalesce(i.finished_at, now()) AND i.committed_through > 0`;

export const importTimelines: TimelineSource[] = [
  {
    name: 'imports',
    of: ['organization', 'person', 'membership'],
    kinds: ['imported'],
    from: 'records r',
    where: `r.id = $1 AND EXISTS (SELECT FROM ${AT_WORK})
      AND NOT EXISTS (SELECT FROM audit_entries a WHERE a.about_id = $1 AND a.at <= r.created_at AND a.action = 'created')`,
    at: 'r.created_at',
    id: 'r.id',
    about: 'r.id',
    detail: `(SELECT CASE WHEN count(*) = 1 THEN jsonb_build_object('importId', min(i.id::text), 'fileName', min(i.file_name)) END FROM ${AT_WORK})`,
    actor: `(SELECT CASE WHEN count(*) = 1 THEN min(i.actor->>'name') END FROM ${AT_WORK})`,
  },
];
