import { Injectable } from '@nestjs/common';
import { Database, Transactional } from '#database';
import type { Override, Span } from './booking.js';
import { conflictText } from './booking-conflict.js';
import { type BookingConflict, DoubleBooked } from './bookings.errors.js';
import { BookingsService, isExclusion, MAKE_FIRM } from './bookings.service.js';
import { ClashesReader, type MoveClash, moved } from './clashes.reader.js';
import { OverridesTrail, type SubjectConflict } from './overrides-trail.js';
import { placeKey } from './place.js';

/** When a subject takes place from now on, and where; without a place it stays where it is. */
export interface BookingMove extends Span {
  aboutId: string;
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
    private readonly clashes: ClashesReader,
    private readonly overrides: OverridesTrail,
  ) {}

  /**
   * Moves all that these subjects hold. Throws DoubleBooked where something that does not move along is in the way, or
   * too far away; with `override` only where a room clashes.
   */
  @Transactional()
  async move(moves: BookingMove[], override?: Override): Promise<void> {
    const text = movesText(moves);
    const ids = await this.resources(moves);
    await this.bookings.takeTurns(ids);
    const clashes = await this.clashes.ofMoves(text, ids);
    const refused = override ? clashes.filter(({ resource }) => resource.type !== 'person') : clashes;
    if (refused.length > 0) throw new DoubleBooked(refused.map(moveConflict));
    if (override) await this.overrides.record(override, clashes.map(ofSubject));
    await this.replace(text, clashes, override);
    await this.database.query(MAKE_FIRM, [ids]);
  }

  /** Says where these subjects take place from now on; their times stay. Throws DoubleBooked. */
  @Transactional()
  async relocate(aboutIds: string[], place: string | null, override?: Override): Promise<void> {
    const spans = await this.database.query<BookingMove>(SPANS, [aboutIds]);
    if (spans.length > 0)
      await this.move(
        spans.map((span) => ({ ...span, place })),
        override,
      );
  }

  private async resources(moves: BookingMove[]): Promise<string[]> {
    const sql = 'SELECT DISTINCT resource_id AS id FROM bookings WHERE about_id = ANY($1::uuid[])';
    const held = await this.database.query<{ id: string }>(sql, [moves.map(({ aboutId }) => aboutId)]);
    return held.map(({ id }) => id);
  }

  private async replace(moves: string, clashes: MoveClash[], override?: Override): Promise<void> {
    const softened = clashes.map(({ aboutId, resource }) => ({
      aboutId,
      resourceId: resource.id,
      reason: override?.reason,
    }));
    const taken = await this.database.queryOne<{ rows: object[] }>(TAKE, [moves]);
    try {
      await this.database.query(PUT_BACK, [JSON.stringify(taken?.rows ?? []), moves, JSON.stringify(softened)]);
    } catch (error) {
      if (isExclusion(error)) throw new DoubleBooked([]);
      throw error;
    }
  }
}

/** A move without a place keeps the one that was. */
const movesText = (moves: BookingMove[]): string =>
  JSON.stringify(moves.map((move) => ({ ...move, placed: move.place !== undefined, placeKey: placeKey(move.place) })));

const moveConflict = (clash: MoveClash): BookingConflict =>
  conflictText(clash, { startsAt: clash.wantedStart, endsAt: clash.wantedEnd, place: clash.wantedPlace });

const ofSubject = (clash: MoveClash): SubjectConflict => ({ aboutId: clash.aboutId, conflict: moveConflict(clash) });

const SPANS = `
  SELECT DISTINCT about_id AS "aboutId", lower(during) AS "startsAt", upper(during) AS "endsAt"
  FROM bookings WHERE about_id = ANY($1::uuid[])`;

const TAKE = `
  WITH gone AS (DELETE FROM bookings b USING ${moved('$1')} WHERE b.about_id = m."aboutId" RETURNING b.*)
  SELECT coalesce(jsonb_agg(to_jsonb(gone)), '[]') AS rows FROM gone`;

/** Whoever was let in for a reason is held softly; all others as before. */
const PUT_BACK = `
  INSERT INTO bookings (id, resource_id, resource_kind, during, place, place_key, about_id, firm, override_reason, created_at)
  SELECT b.id, b.resource_id, b.resource_kind, tstzrange(m."startsAt", m."endsAt"),
    CASE WHEN m.placed THEN m.place ELSE b.place END, CASE WHEN m.placed THEN m."placeKey" ELSE b.place_key END,
    b.about_id, b.firm AND s.reason IS NULL, coalesce(s.reason, b.override_reason), b.created_at
  FROM jsonb_populate_recordset(NULL::bookings, $1::jsonb) b JOIN ${moved('$2')} ON m."aboutId" = b.about_id
  LEFT JOIN (SELECT DISTINCT * FROM jsonb_to_recordset($3::jsonb) AS s ("aboutId" uuid, "resourceId" uuid, reason text)) s
    ON s."aboutId" = b.about_id AND s."resourceId" = b.resource_id`;
