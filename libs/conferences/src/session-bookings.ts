import { Injectable } from '@nestjs/common';
import {
  AvailabilityReader,
  type BookableResource,
  BookingMovesService,
  BookingsService,
  type Override,
} from '#calendar';
import { Database } from '#database';
import { conferencePlaceSql } from './conference-place.js';
import { Session } from './session.entity.js';

/** Keeps the calendar in step with a session: its room, and everybody who has not declined to speak. */
@Injectable()
export class SessionBookings {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingsService,
    private readonly moves: BookingMovesService,
    private readonly availability: AvailabilityReader,
  ) {}

  /** Holds what the session needs as it is now, and lets go of the rest. Throws DoubleBooked. */
  async sync(session: Session, override?: Override): Promise<void> {
    const { id, startsAt, endsAt, status, archivedAt } = session;
    if (!startsAt || !endsAt || status === 'cancelled' || archivedAt) return this.bookings.release(id);
    const span = { startsAt, endsAt, place: await this.place(session) };
    await this.bookings.book(id, span, await this.resources(session), override);
  }

  /**
   * Moves what these sessions hold to where they are now, past one another; `place` only where that is new. Throws
   * DoubleBooked.
   */
  async move(sessions: Session[], place?: string | null, override?: Override): Promise<void> {
    const moves = sessions.flatMap(({ id: aboutId, startsAt, endsAt }) =>
      startsAt && endsAt ? [{ aboutId, startsAt, endsAt, place }] : [],
    );
    await this.moves.move(moves, override);
  }

  /** Says where all that is held for a conference takes place: its sessions, and whatever else has one of its rooms. Throws DoubleBooked. */
  async relocate(sessionIds: string[], roomIds: string[], place: string | null, override?: Override): Promise<void> {
    const others = await this.availability.holdersOf(roomIds);
    await this.moves.relocate([...new Set([...sessionIds, ...others])], place, override);
  }

  private async place({ conferenceId }: Session): Promise<string | null> {
    const sql = `SELECT ${conferencePlaceSql('c')} AS place FROM conferences c WHERE c.id = $1`;
    return (await this.database.queryOne<{ place: string | null }>(sql, [conferenceId]))?.place ?? null;
  }

  private async resources(session: Session): Promise<BookableResource[]> {
    const speakers = await this.database.query<BookableResource>(
      `SELECT DISTINCT person_id AS id, 'person' AS kind FROM speakers
       WHERE session_id = $1 AND status IN ('invited', 'confirmed') AND archived_at IS NULL`,
      [session.id],
    );
    return session.roomId ? [{ id: session.roomId, kind: 'room' }, ...speakers] : speakers;
  }
}
