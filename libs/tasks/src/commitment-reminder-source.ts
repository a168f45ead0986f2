import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#database';
import type { ReminderSource } from '#reminders';
import { CommitmentReminders } from './commitment-reminders.js';
import { Commitment } from './commitment.entity.js';

/** Promises whose windows are still open, for when all reminders are planned anew. */
@Injectable()
export class CommitmentReminderSource implements ReminderSource {
  readonly subject = 'commitment';

  constructor(
    private readonly database: Database,
    private readonly reminders: CommitmentReminders,
  ) {}

  async ahead(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(AHEAD, [after, limit]);
    return rows.map(({ id }) => id);
  }

  /** Locks them first, so that nobody settles one while it is planned. */
  async plan(ids: string[]): Promise<void> {
    const commitments = await this.database.manager.find(Commitment, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    await this.reminders.follow(...commitments.filter(({ archivedAt }) => archivedAt === null));
  }
}

/** A day ends last at UTC−12. */
const AHEAD = `
  SELECT id FROM commitments
  WHERE status = 'open' AND due_to >= (now() AT TIME ZONE 'Etc/GMT+12')::date AND owner_id IS NOT NULL AND archived_at IS NULL
    AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
