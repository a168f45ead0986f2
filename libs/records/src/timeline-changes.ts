import { auditedAboutSql } from '#audit';
import type { TimelineSource } from './timeline-sources.js';

/** Actions of the audit trail that are told by their own name; all others are updates. */
const TOLD = ['created', 'archived', 'restored', 'merged', 'merged_into', 'unmerged', 'cancelled', 'renewed'];

/** What people did to the record itself: names of the fields, not what they held. */
export const changes: TimelineSource = {
  name: 'changes',
  kinds: [...TOLD, 'updated'],
  kind: `CASE WHEN a.action IN (${TOLD.map((action) => `'${action}'`).join(', ')}) THEN a.action ELSE 'updated' END`,
  from: 'audit_entries a',
  where: auditedAboutSql('ARRAY[$1]'),
  at: 'a.at',
  id: 'a.id',
  about: 'a.about_id',
  detail: `jsonb_build_object('action', a.action, 'fields', CASE WHEN a.action = 'created' OR jsonb_typeof(a.after) <> 'object' THEN '[]'::jsonb
    ELSE (SELECT coalesce(jsonb_agg(field ORDER BY field), '[]') FROM jsonb_object_keys(a.after) field) END)`,
  actor: 'a.actor_name',
};
