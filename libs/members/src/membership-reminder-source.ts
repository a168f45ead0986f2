import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ReminderSource } from '#reminders';
import { MembershipRemindersService } from './membership-reminders.service.js';

/** Memberships with something planned, for when a rule changes; the others are found by the planner when they are near. */
@Injectable()
export class MembershipReminderSource implements ReminderSource {
  readonly subject = 'membership';

  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipRemindersService,
  ) {}

  async ahead(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(AHEAD, [after, limit]);
    return rows.map(({ id }) => id);
  }

  async plan(ids: string[]): Promise<void> {
    await this.database.query(HELD, [ids]);
    await this.memberships.plan(ids);
  }
}

/** Rules may speak long after the end, while the member is in grace. */
const AHEAD = `
  SELECT m.id FROM memberships m JOIN membership_tiers t ON t.id = m.tier_id
  WHERE m.reminders_planned_for IS NOT NULL AND m.ends_on >= (now() AT TIME ZONE 'UTC')::date - t.grace_days
    AND m.cancelled_on IS NULL AND m.archived_at IS NULL AND ($1::uuid IS NULL OR m.id > $1)
  ORDER BY m.id LIMIT $2`;

const HELD = 'SELECT FROM memberships WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE';
