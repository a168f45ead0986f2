import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#database';
import type { ReminderSource } from '#reminders';
import { MeetingEffects } from './meeting-effects.js';
import { SideMeeting } from './side-meeting.entity.js';

/** Scheduled meetings, for when a reminder rule changes. */
@Injectable()
export class MeetingReminderSource implements ReminderSource {
  readonly subject = 'side_meeting';

  constructor(
    private readonly database: Database,
    private readonly effects: MeetingEffects,
  ) {}

  async ahead(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(AHEAD, [after, limit]);
    return rows.map(({ id }) => id);
  }

  /** Locks them first, so that nobody moves one while it is planned. */
  async plan(ids: string[]): Promise<void> {
    const meetings = await this.database.manager.find(SideMeeting, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    await this.effects.remind(meetings.filter((meeting) => meeting.archivedAt === null));
  }
}

const AHEAD = `
  SELECT id FROM side_meetings WHERE status = 'scheduled' AND starts_at > now() AND archived_at IS NULL
    AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
