import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore } from '#audit';
import type { Override } from '#calendar';
import { Database } from '#database';
import { RemindersService } from '#reminders';
import type { Conference } from './conference.entity.js';
import { conferencePlace } from './conference-place.js';
import { type ConferenceTime, conferenceSpan, movedAlong } from './conference-time.js';
import { type SessionOutside, SessionsOutside } from './conferences.errors.js';
import { Session } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';

/** What happens to a whole conference happens to its sessions; needs the transaction that holds the conference. */
@Injectable()
export class ConferenceSessions {
  constructor(
    private readonly database: Database,
    private readonly store: AuditedStore,
    private readonly bookings: SessionBookings,
    private readonly reminders: RemindersService,
  ) {}

  /** Cancels every session, frees its room and speakers, and takes back its messages. */
  async callOff(conferenceId: string): Promise<void> {
    for (const session of await this.sessions(conferenceId)) {
      await this.release(await this.store.update(Session, session, { status: 'cancelled' }, 'cancelled'));
    }
  }

  /** Archives every session with its conference. */
  async archive(conferenceId: string): Promise<void> {
    const archivedAt = await this.database.now();
    for (const session of await this.sessions(conferenceId)) {
      await this.release(await this.store.update(Session, session, { archivedAt }, 'archived'));
    }
  }

  /** Moves every session as far on the clock as the conference's start moves, and to its place. Throws DoubleBooked. */
  async moveAlong(from: Placed, to: Conference, override?: Override): Promise<void> {
    if (!from.startsAt || !to.startsAt) return;
    const marks = [
      { instant: from.startsAt, timeZone: from.timeZone },
      { instant: to.startsAt, timeZone: to.timeZone },
    ] as const;
    const sessions = await this.sessions(to.id);
    for (const session of sessions) {
      await this.store.update(Session, session, movedAlong(session, ...marks), 'moved');
    }
    await this.bookings.move(sessions, isElsewhere(from, to) ? conferencePlace(to) : undefined, override);
  }

  /** A new venue is a new place for all that is held there. Throws DoubleBooked where people have too long a way from there. */
  async relocate(from: Placed, to: Conference, override?: Override): Promise<void> {
    if (!isElsewhere(from, to)) return;
    const rooms = await this.database.query<{ id: string }>('SELECT id FROM rooms WHERE conference_id = $1', [to.id]);
    const roomIds = rooms.map(({ id }) => id);
    await this.bookings.relocate(await this.ids(to.id), roomIds, conferencePlace(to), override);
  }

  /** Throws SessionsOutside when scheduled sessions begin before or end after the conference. */
  async demandWithin(conferenceId: string, time: ConferenceTime): Promise<void> {
    const outside = await this.database.query<SessionOutside>(OUTSIDE, [conferenceId, ...conferenceSpan(time)]);
    if (outside.length > 0) throw new SessionsOutside(outside);
  }

  async ids(conferenceId: string): Promise<string[]> {
    const sql = 'SELECT id FROM conference_sessions WHERE conference_id = $1 AND archived_at IS NULL';
    return (await this.database.query<{ id: string }>(sql, [conferenceId])).map(({ id }) => id);
  }

  private async release(session: Session): Promise<void> {
    await this.bookings.sync(session);
    await this.reminders.cancel(session.id, 'subject_called_off');
  }

  private sessions(conferenceId: string): Promise<Session[]> {
    return this.database.manager.find(Session, {
      where: { conferenceId, archivedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }
}

type Placed = ConferenceTime & Pick<Conference, 'venue' | 'city'>;

const isElsewhere = (before: Placed, now: Placed): boolean => conferencePlace(before) !== conferencePlace(now);

const OUTSIDE = `
  SELECT s.id, r.title, s.starts_at AS "startsAt", s.ends_at AS "endsAt"
  FROM conference_sessions s JOIN records r ON r.id = s.id
  WHERE s.conference_id = $1 AND s.archived_at IS NULL AND s.status = 'scheduled' AND s.starts_at IS NOT NULL
    AND NOT tstzrange(s.starts_at, s.ends_at) <@ tstzrange($2, $3)
  ORDER BY s.starts_at, s.id`;
