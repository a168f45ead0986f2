import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PlannedMessage } from '#messaging';
import { type ReminderSubject, RemindersService } from '#reminders';
import { commitmentReminders, type Watched } from './commitment.mail.js';
import type { Commitment } from './commitment.entity.js';

/** Keeps the reminders of promises in step with them. Needs a transaction. */
@Injectable()
export class CommitmentReminders {
  constructor(
    private readonly database: Database,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what new promises want. */
  async planNew(commitments: Commitment[]): Promise<PlannedMessage[]> {
    const subjects = await this.subjects(commitments);
    return subjects.length > 0 ? this.reminders.planNew(subjects) : [];
  }

  /** Plans what changed promises want now, and takes back the rest. */
  async follow(...commitments: Commitment[]): Promise<void> {
    const ended = commitments.filter(({ status }) => status !== 'open');
    if (ended.length > 0) await this.reminders.cancelAll(idsOf(ended), 'settled');
    const open = commitments.filter(({ status }) => status === 'open');
    const subjects = await this.subjects(open);
    const wanting = new Set(subjects.map(({ aboutId }) => aboutId));
    const silent = idsOf(open).filter((id) => !wanting.has(id));
    if (silent.length > 0) await this.reminders.stop(silent, 'no_longer_wanted');
    await this.reminders.syncAll(subjects);
  }

  /** Takes back everything about a promise that is archived. */
  async forget(id: string): Promise<void> {
    await this.reminders.cancel(id, 'subject_called_off');
  }

  private async subjects(commitments: Commitment[]): Promise<ReminderSubject[]> {
    const watched = commitments.filter(({ ownerId, dueTo }) => ownerId !== null && dueTo !== null);
    if (watched.length === 0) return [];
    const rows = await this.database.prepared<Watched & { commitmentId: string }>(WATCHED, [idsOf(watched)]);
    const owners = new Map(rows.map(({ commitmentId, ...owner }) => [commitmentId, owner]));
    const now = await this.database.now();
    return watched.flatMap((commitment) => commitmentReminders(commitment, owners.get(commitment.id), now) ?? []);
  }
}

const idsOf = (commitments: Commitment[]): string[] => commitments.map(({ id }) => id);

/** A person who speaks for an organization is told with it. */
const side = (by: 'owed_by' | 'owed_to'): string => `
  (SELECT concat(p.title, CASE WHEN p.title IS NULL THEN o.title ELSE ' (' || o.title || ')' END)
   FROM (SELECT 1) one LEFT JOIN records p ON p.id = c.${by}_person_id LEFT JOIN records o ON o.id = c.${by}_organization_id)`;

/** A mail may not tell what a restricted record is called: an owner need not be one of its owners. */
const WATCHED = `
  SELECT c.id AS "commitmentId", u.id, u.email, u.name, u.locale, u.time_zone AS "timeZone", a.title AS "aboutTitle",
    ${side('owed_by')} AS "owedBy", ${side('owed_to')} AS "owedTo"
  FROM commitments c JOIN users u ON u.id = c.owner_id AND u.archived_at IS NULL
  LEFT JOIN records a ON a.id = c.about_id AND a.visibility = 'internal'
  WHERE c.id = ANY($1::uuid[])`;
