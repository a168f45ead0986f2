import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { MessageReason, PlannedMessage } from '#messaging';
import { type ReminderSource, type ReminderSubject, RemindersService } from '#reminders';
import { attendantReminders, type Remindable } from './conference.mail.js';
import { type Concerned, ConferencePeople } from './conference-people.js';
import type { Session } from './session.entity.js';

/** Keeps the reminders of conferences and sessions in step with them; needs the transaction that changes them. */
@Injectable()
export class ConferenceReminders {
  constructor(
    private readonly database: Database,
    private readonly people: ConferencePeople,
    private readonly reminders: RemindersService,
  ) {}

  /**
   * Plans what conferences and sessions want as they are now, and takes back the rest. A draft reminds nobody, nor does one
   * without an exact time. Safe to repeat.
   */
  async follow(ids: string[]): Promise<void> {
    const wanted = await this.wanted(ids);
    if (wanted.length > 0) await this.reminders.replanAll(wanted);
  }

  /** The same for the reminders of some people alone; those of all others stay as they are. */
  async followPeople(ids: string[], concerned: Concerned): Promise<PlannedMessage[]> {
    const wanted = await this.wanted(ids, concerned);
    return wanted.length > 0 ? this.reminders.syncAll(wanted, concerned.personIds) : [];
  }

  /** Takes back the reminders of what wants none, and answers what wants some. */
  private async wanted(ids: string[], concerned?: Concerned): Promise<ReminderSubject[]> {
    const subjects = await this.database.query<Remindable>(REMINDABLE, [ids]);
    for (const against of new Set(subjects.flatMap((subject) => subject.against ?? [])))
      await this.reminders.stop(idsOf(subjects, against), against, concerned?.personIds);
    const open = subjects.filter((subject) => subject.against === null);
    if (open.length === 0) return [];
    const attendants = await this.people.attendants(idsOf(open, null), concerned);
    return open.map((subject) => attendantReminders(subject, attendants));
  }

  /** Those of a session, and of its conference for those who speak in it: with a session that is off, somebody may speak no more. */
  async followSession({ id, conferenceId }: Pick<Session, 'id' | 'conferenceId'>): Promise<void> {
    await this.follow([id]);
    const personIds = await this.people.speakersOf(id);
    if (personIds.length > 0) await this.followPeople([conferenceId], { personIds });
  }

  /** How a changed rule finds what it speaks to. */
  source(subject: keyof typeof AHEAD): ReminderSource {
    return {
      subject,
      ahead: async (after, limit) =>
        (await this.database.query<{ id: string }>(AHEAD[subject], [after, limit])).map(({ id }) => id),
      plan: (ids) => this.followAgain(ids),
    };
  }

  /** Whoever changes a conference meanwhile is waited for, and waits. */
  private async followAgain(ids: string[]): Promise<void> {
    await this.database.query(HELD, [ids]);
    await this.follow(ids);
  }
}

const idsOf = (subjects: Remindable[], reason: MessageReason | null): string[] =>
  subjects.filter(({ against }) => against === reason).map(({ id }) => id);

const AGAINST = `CASE
  WHEN r.called_off OR r.archived_at IS NOT NULL OR c.status = 'cancelled' OR c.archived_at IS NOT NULL THEN 'subject_called_off'
  WHEN c.status = 'completed' THEN 'completed'
  WHEN c.status = 'draft' OR r.starts_at IS NULL OR r.date_precision IS NOT NULL THEN 'no_longer_wanted' END`;

const isAhead = (event: string): string => `
  c.status IN ('published', 'in_progress') AND c.archived_at IS NULL AND ${event}.archived_at IS NULL AND ${event}.starts_at > now()
  AND ($1::uuid IS NULL OR ${event}.id > $1) ORDER BY ${event}.id LIMIT $2`;

const AHEAD = {
  conference: `SELECT c.id FROM conferences c WHERE ${isAhead('c')}`,
  session: `SELECT s.id FROM conference_sessions s JOIN conferences c ON c.id = s.conference_id WHERE ${isAhead('s')}`,
};

const HELD = `
  SELECT FROM conferences WHERE id = ANY($1::uuid[]) OR id IN (SELECT conference_id FROM conference_sessions WHERE id = ANY($1::uuid[]))
  ORDER BY id FOR UPDATE`;

const REMINDABLE = `
  SELECT r.id, r.type, r.title, CASE WHEN r.type = 'session' THEN c.name END AS conference, r.starts_at AS "startsAt",
    r.ends_at AS "endsAt", r.time_zone AS "timeZone", r.place, ${AGAINST} AS against
  FROM records r LEFT JOIN conference_sessions s ON s.id = r.id JOIN conferences c ON c.id = coalesce(s.conference_id, r.id)
  WHERE r.id = ANY($1::uuid[]) ORDER BY r.id`;
