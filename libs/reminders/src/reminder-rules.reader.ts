import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { STOPPABLE } from '#messaging';
import { REMINDER_SUBJECTS, type ReminderSubjectKind } from './reminder-subject.js';

export interface ReminderRuleRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  subject: ReminderSubjectKind;
  offset: string;
  atLocalTime: string | null;
  audience: string;
  templateKey: string;
  enabled: boolean;
  /** Messages by this rule that wait to go out. */
  planned: number;
  /** Whether what is ahead of its kind is still being planned anew. */
  replanning: boolean;
}

export const reminderRulesList: ListSpec<ReminderRuleRow> = {
  from: 'reminder_rules r',
  id: 'r.id',
  select: {
    id: 'r.id',
    version: 'r.version',
    createdAt: 'r.created_at',
    updatedAt: 'r.updated_at',
    archivedAt: 'r.archived_at',
    subject: 'r.subject',
    offset: 'r.offset_from',
    atLocalTime: 'r.at_local_time',
    audience: 'r.audience',
    templateKey: 'r.template_key',
    enabled: 'r.enabled',
    planned: `(SELECT count(*)::int FROM messages m WHERE m.rule_id = r.id AND m.${STOPPABLE})`,
    replanning: 'EXISTS (SELECT FROM reminder_replans p WHERE p.subject = r.subject)',
  },
  fields: {
    subject: { column: 'r.subject', kind: 'enum', values: REMINDER_SUBJECTS, sortable: true },
    templateKey: { column: 'r.template_key', kind: 'text' },
    enabled: { column: 'r.enabled', kind: 'boolean' },
    createdAt: { column: 'r.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'subject',
  where: 'r.archived_at IS NULL',
};

@Injectable()
export class ReminderRulesReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<ReminderRuleRow>> {
    return listPage(this.database, reminderRulesList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<ReminderRuleRow> {
    return demandOne(this.database, reminderRulesList, 'reminder rule', id, [], 'r.archived_at IS NULL');
  }

  /** The rules that speak about a kind of subject now. */
  enabled(
    subject: ReminderSubjectKind,
  ): Promise<Pick<ReminderRuleRow, 'id' | 'offset' | 'atLocalTime' | 'templateKey'>[]> {
    return this.database.query(ENABLED, [subject]);
  }
}

const ENABLED = `
  SELECT id, offset_from AS offset, at_local_time AS "atLocalTime", template_key AS "templateKey"
  FROM reminder_rules WHERE subject = $1 AND enabled AND archived_at IS NULL ORDER BY id`;
