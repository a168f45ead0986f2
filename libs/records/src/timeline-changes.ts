import { mergedIntoSql } from '#audit';
import { RECORD_TYPES, type RecordType } from './record-types.js';
import { newestFirst, type TimelineSource } from './timeline-sources.js';

/** Actions of the audit trail that are told by their own name; all others are updates. */
const TOLD = ['created', 'archived', 'restored', 'merged', 'merged_into', 'unmerged', 'cancelled', 'renewed'];

/** What people did to a record: names of the fields, not what they held. */
const changes = (name: string, of: RecordType[], ...whose: string[]): TimelineSource => ({
  name,
  of,
  kinds: [...TOLD, 'updated'],
  kind: `CASE WHEN a.action IN (${TOLD.map((action) => `'${action}'`).join(', ')}) THEN a.action ELSE 'updated' END`,
  from: newestFirst(
    whose.map((condition) => `SELECT at, id FROM audit_entries WHERE ${condition}`),
    {
      a: 'SELECT * FROM audit_entries WHERE id = x.id',
    },
  ),
  where: 'true',
  at: 'x.at',
  id: 'x.id',
  about: 'a.about_id',
  detail: `jsonb_build_object('action', a.action, 'fields', CASE WHEN a.action = 'created' OR jsonb_typeof(a.after) <> 'object' THEN '[]'::jsonb
    ELSE (SELECT coalesce(jsonb_agg(field ORDER BY field), '[]') FROM jsonb_object_keys(a.after) field) END)`,
  actor: 'a.actor_name',
});

/** Few have taken another in, and the walk through merges costs more than all else that finds nothing. */
const MERGED = `EXISTS (SELECT FROM merged_records WHERE into_id = $1) AND about_id = ANY(ARRAY(${mergedIntoSql('$1')}))`;

const OWN = 'about_id = $1';
const MERGEABLE: RecordType[] = ['organization', 'person'];

/** To the record itself, and to those that became part of it. */
export const changeTimelines = [
  changes(
    'changes',
    RECORD_TYPES.filter((type) => !MERGEABLE.includes(type)),
    OWN,
  ),
  changes('changes_before_merge', MERGEABLE, OWN, MERGED),
];
