import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { MessageReason, PlannedMessage } from '#messaging';
import { type ReminderSource, type ReminderSubject, RemindersService } from '#reminders';
import { missionReminders, type RemindedDelegate, type RemindedMission } from './delegate.mail.js';
import { TAKING_PART } from './delegate-status.js';

/** Keeps the reminders of missions to their delegates in step with both; needs the transaction that changes them. */
@Injectable()
export class DelegateReminders implements ReminderSource {
  readonly subject = 'delegate';

  constructor(
    private readonly database: Database,
    private readonly reminders: RemindersService,
  ) {}

  /** Plans what missions want as they are now, and takes back the rest. Safe to repeat. */
  async follow(missionIds: string[]): Promise<void> {
    const wanted = await this.wanted(missionIds);
    if (wanted.length > 0) await this.reminders.replanAll(wanted);
  }

  /** The same for the reminders of some people alone; those of all others stay as they are. */
  async followPeople(missionId: string, personIds: string[]): Promise<PlannedMessage[]> {
    const wanted = await this.wanted([missionId], personIds);
    return wanted.length > 0 ? this.reminders.syncAll(wanted, personIds) : [];
  }

  async ahead(after: string | null, limit: number): Promise<string[]> {
    return (await this.database.query<{ id: string }>(AHEAD, [after, limit])).map(({ id }) => id);
  }

  /** Locks them first, so that nobody joins one, or calls it off, while it is planned. */
  async plan(ids: string[]): Promise<void> {
    await this.database.query('SELECT FROM trade_missions WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      ids,
    ]);
    await this.follow(ids);
  }

  /** Takes back the reminders of missions that want none, and answers what the others want. */
  private async wanted(ids: string[], personIds?: string[]): Promise<ReminderSubject[]> {
    const missions = await this.database.query<RemindedMission>(MISSIONS, [ids]);
    for (const against of new Set(missions.flatMap((mission) => mission.against ?? [])))
      await this.reminders.stop(idsOf(missions, against), against, personIds);
    const open = missions.filter(({ against }) => against === null);
    if (open.length === 0) return [];
    const parameters = [idsOf(open, null), TAKING_PART, personIds ?? null];
    const delegates = await this.database.query<RemindedDelegate>(DELEGATES, parameters);
    return open.map((mission) => missionReminders(mission, delegates));
  }
}

const idsOf = (missions: RemindedMission[], reason: MessageReason | null): string[] =>
  missions.filter(({ against }) => against === reason).map(({ id }) => id);

/** Nine in the morning is on every clock: none skips it. */
const AT = `(m.starts_on + time '09:00') AT TIME ZONE m.time_zone`;

const MISSIONS = `
  SELECT m.id, m.name AS title, r.starts_at AS "startsAt", r.ends_at AS "endsAt", m.time_zone AS "timeZone", ${AT} AS at,
    CASE WHEN m.status = 'cancelled' OR m.archived_at IS NOT NULL THEN 'subject_called_off'
      WHEN m.status IN ('completed', 'reported') THEN 'completed' END AS against
  FROM trade_missions m JOIN records r ON r.id = m.id WHERE m.id = ANY($1::uuid[]) ORDER BY m.id`;

const DELEGATES = `
  SELECT d.mission_id AS "missionId", p.id AS "personId", p.full_name AS name, p.email, p.locale, p.time_zone AS "timeZone"
  FROM delegates d JOIN people p ON p.id = d.person_id
  WHERE d.mission_id = ANY($1::uuid[]) AND d.status = ANY($2::text[]) AND d.archived_at IS NULL AND p.archived_at IS NULL
    AND ($3::uuid[] IS NULL OR d.person_id = ANY($3))
  ORDER BY d.mission_id, p.id`;

const AHEAD = `
  SELECT m.id FROM trade_missions m
  WHERE m.status IN ('planned', 'recruiting', 'confirmed', 'under_way') AND m.archived_at IS NULL AND ${AT} > now()
    AND ($1::uuid IS NULL OR m.id > $1) ORDER BY m.id LIMIT $2`;
