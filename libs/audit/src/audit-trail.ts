import { AsyncLocalStorage } from 'node:async_hooks';
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
  private readonly gathering = new AsyncLocalStorage<Change[]>();

  constructor(private readonly database: Database) {}

  /** One entry per change, in the name of whoever acts now. */
  async record(...changes: Change[]): Promise<void> {
    const gathered = this.gathering.getStore();
    if (gathered) gathered.push(...changes);
    else await this.write(changes);
  }

  /** Does some work, and then writes the entries of all its changes in one statement. Needs a transaction around it, and no savepoint in it. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    const changes: Change[] = [];
    const result = await this.gathering.run(changes, work);
    if (changes.length > 0) await this.record(...changes);
    return result;
  }

  private async write(changes: Change[]): Promise<void> {
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
    await this.database.prepared(INSERT, [JSON.stringify(entries)]);
  }
}

const COLUMNS = 'id, actor_kind, actor_id, actor_name, request_id, action, subject_type, about_id, before, after';
const INSERT = `INSERT INTO audit_entries (${COLUMNS}) SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::audit_entries, $1::jsonb)`;
