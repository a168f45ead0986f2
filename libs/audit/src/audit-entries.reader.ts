import { Injectable } from '@nestjs/common';
import { Database, listPage, type ListRequest, type ListSpec, type Page } from '#database';

export interface AuditEntryRow {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  requestId: string | null;
  action: string;
  subjectType: string;
  aboutId: string;
  /** Of a record; null for what is none, such as a user. */
  aboutTitle: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * SQL condition on `a`, an audit entry. Entries cannot change, so those about a record that was merged into another keep its id; whoever asks about the kept
 * one is answered with them. The inner query asks nothing of the entry, so that it runs once.
 */
const auditedAboutSql = (ids: string): string => `
  a.about_id = ANY(ARRAY(
    WITH RECURSIVE merged AS (
      SELECT id FROM unnest(${ids}::uuid[]) AS id
      UNION SELECT m.id FROM merged_records m JOIN merged ON m.into_id = merged.id)
    SELECT id FROM merged))`;

/** SQL of the ids of all that was merged into a record, straight or by way of others. */
export const mergedIntoSql = (id: string): string => `
  WITH RECURSIVE merged AS (
    SELECT id FROM merged_records WHERE into_id = ${id}
    UNION SELECT m.id FROM merged_records m JOIN merged ON m.into_id = merged.id)
  SELECT id FROM merged`;

export const auditEntriesList: ListSpec<AuditEntryRow> = {
  from: 'audit_entries a',
  id: 'a.id',
  select: {
    id: 'a.id',
    at: 'a.at',
    actorKind: 'a.actor_kind',
    actorId: 'a.actor_id',
    actorName: 'a.actor_name',
    requestId: 'a.request_id',
    action: 'a.action',
    subjectType: 'a.subject_type',
    aboutId: 'a.about_id',
    aboutTitle: '(SELECT r.title FROM records r WHERE r.id = a.about_id)',
    before: 'a.before',
    after: 'a.after',
  },
  fields: {
    aboutId: { column: 'a.about_id', kind: 'uuid', condition: (ids, bind) => auditedAboutSql(bind(ids)) },
    actorId: { column: 'a.actor_id', kind: 'uuid' },
    subjectType: { column: 'a.subject_type', kind: 'text' },
    action: { column: 'a.action', kind: 'text' },
    requestId: { column: 'a.request_id', kind: 'text' },
    at: { column: 'a.at', kind: 'instant', sortable: true },
  },
  defaultSort: '-at',
};

/** Answers who changed what. */
@Injectable()
export class AuditEntriesReader {
  constructor(private readonly database: Database) {}

  /** Newest first unless asked otherwise. */
  list(request: ListRequest): Promise<Page<AuditEntryRow>> {
    return listPage(this.database, auditEntriesList, request);
  }
}
