import { Injectable } from '@nestjs/common';
import { type BookableResource, BookingMovesService, BookingsService, type Override } from '#calendar';
import { Database } from '#database';
import { Session } from './session.entity.js';

/** Keeps the calendar in step with a session: its room, and everybody who has not declined to speak. */
@Injectable()
export class SessionBookings {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingsService,
    private readonly moves: BookingMovesService,
  ) {}

  /** Holds what the session needs as it is now, and lets go of the rest. Throws DoubleBooked. */
  async sync(session: Session, override?: Override): Promise<void> {
    const { id, startsAt, endsAt, status, archivedAt } = session;
    if (!startsAt || !endsAt || status === 'cancelled' || archivedAt) return this.bookings.release(id);
    await this.bookings.book(id, { startsAt, endsAt }, await this.resources(session), override);
  }

  /** Moves what these sessions hold to where they are now, past one another. Throws DoubleBooked. */
  async move(sessions: Session[]): Promise<void> {
    const moves = sessions.flatMap(({ id: aboutId, startsAt, endsAt }) =>
      startsAt && endsAt ? [{ aboutId, startsAt, endsAt }] : [],
    );
    await this.moves.move(moves);
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
