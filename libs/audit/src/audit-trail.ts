import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { currentScope, Database } from '#database';

export interface Change {
  action: string;
  subjectType: string;
  aboutId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes audit entries in the transaction of the change they speak of. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** One entry per change, in the name of whoever acts now. */
  async record(...changes: Change[]): Promise<void> {
    const { actor, requestId } = currentScope();
    const entries = changes.map((change) => ({
      id: v7(),
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      request_id: requestId,
      action: change.action,
      subject_type: change.subjectType,
      about_id: change.aboutId,
      before: change.before,
      after: change.after,
    }));
    await this.database.query(INSERT, [JSON.stringify(entries)]);
  }
}

const COLUMNS = 'id, actor_kind, actor_id, actor_name, request_id, action, subject_type, about_id, before, after';
const INSERT = `INSERT INTO audit_entries (${COLUMNS}) SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::audit_entries, $1::jsonb)`;
