import { Injectable } from '@nestjs/common';
import { currentActor, Database, Transactional } from '#database';
import { visibleSql } from '#records';
import { bookingAboutSql } from './availability.reader.js';
import { DoubleBooked } from './bookings.errors.js';
import { BookingsService, conflictText, type ConflictRow, isExclusion, MAKE_FIRM } from './bookings.service.js';

/** When a subject takes place from now on. */
export interface BookingMove {
  aboutId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Moves what several subjects hold at once, past one another: whoever was let in beside another of them knowingly stays
 * beside it.
 */
@Injectable()
export class BookingMovesService {
  constructor(
    readonly database: Database,
    private readonly bookings: BookingsService,
  ) {}

  /** Moves all that these subjects hold. Throws DoubleBooked where something that does not move along is in the way. */
  @Transactional()
  async move(moves: BookingMove[]): Promise<void> {
    const text = JSON.stringify(moves);
    const ids = await this.resources(moves);
    await this.bookings.takeTurns(ids);
    const conflicts = await this.database.query<ConflictRow>(conflictsSql(), [text]);
    if (conflicts.length > 0) throw new DoubleBooked(conflicts.map(conflictText));
    await this.replace(text);
    await this.database.query(MAKE_FIRM, [ids]);
  }

  private async resources(moves: BookingMove[]): Promise<string[]> {
    const sql = 'SELECT DISTINCT resource_id AS id FROM bookings WHERE about_id = ANY($1::uuid[])';
    const held = await this.database.query<{ id: string }>(sql, [moves.map(({ aboutId }) => aboutId)]);
    return held.map(({ id }) => id);
  }

  private async replace(moves: string): Promise<void> {
    const taken = await this.database.queryOne<{ rows: object[] }>(TAKE, [moves]);
    try {
      await this.database.query(PUT_BACK, [JSON.stringify(taken?.rows ?? []), moves]);
    } catch (error) {
      if (isExclusion(error)) throw new DoubleBooked([]);
      throw error;
    }
  }
}

const moved = (parameter: string): string =>
  `jsonb_to_recordset(${parameter}::jsonb) AS m ("aboutId" uuid, "startsAt" timestamptz, "endsAt" timestamptz)`;

/** What holds the same people and rooms at the new times, and does not move itself. */
const conflictsSql = (): string => `
  SELECT DISTINCT jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) AS resource,
         ${bookingAboutSql(visibleSql('a', currentActor()))} AS about,
         lower(b.during) AS "startsAt", upper(b.during) AS "endsAt", r.title
  FROM ${moved('$1')} JOIN bookings own ON own.about_id = m."aboutId" AND own.during <> tstzrange(m."startsAt", m."endsAt")
  JOIN bookings b ON b.resource_id = own.resource_id AND b.during && tstzrange(m."startsAt", m."endsAt")
  JOIN records r ON r.id = b.resource_id JOIN records a ON a.id = b.about_id
  WHERE NOT EXISTS (SELECT FROM ${moved('$1')} WHERE m."aboutId" = b.about_id)
  ORDER BY r.title, lower(b.during)`;

const TAKE = `
  WITH gone AS (DELETE FROM bookings b USING ${moved('$1')} WHERE b.about_id = m."aboutId" RETURNING b.*)
  SELECT coalesce(jsonb_agg(to_jsonb(gone)), '[]') AS rows FROM gone`;

const PUT_BACK = `
  INSERT INTO bookings (id, resource_id, resource_kind, during, about_id, firm, override_reason, created_at)
  SELECT b.id, b.resource_id, b.resource_kind, tstzrange(m."startsAt", m."endsAt"), b.about_id, b.firm, b.override_reason, b.created_at
  FROM jsonb_populate_recordset(NULL::bookings, $1::jsonb) b JOIN ${moved('$2')} ON m."aboutId" = b.about_id`;
