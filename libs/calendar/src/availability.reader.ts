import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { Invalid } from '#faults';
import { type RecordSummary, visibleSql } from '#records';
import type { BookingAbout } from './bookings.errors.js';
import { FARTHEST, placeKey, travelSql } from './place.js';

/** One span in which a resource is held. */
export interface BusySpan {
  startsAt: Date;
  endsAt: Date;
  /** False where somebody was double-booked on purpose. */
  firm: boolean;
  about: BookingAbout;
  /** Where; null when not known, or not for the asker. */
  place: string | null;
}

/** A person or room with the spans in which it is held, earliest first; none means free. */
export interface Availability {
  resource: Pick<RecordSummary, 'type' | 'id' | 'title'>;
  busy: BusySpan[];
}

/** A span in which somebody cannot be at a place. */
export interface AwaySpan {
  personId: string;
  aboutId: string;
  startsAt: Date;
  endsAt: Date;
}

export interface AvailabilityQuestion {
  personIds: string[];
  roomIds: string[];
  from: Date;
  /** Exclusive. */
  to: Date;
}

interface BusyRow extends BusySpan {
  resourceId: string;
}

/** SQL of what a booking (alias `b`) is for, as its asker may see it; `a` is the record behind. */
export const bookingAboutSql = (visible: string): string => `
  CASE WHEN ${visible} THEN jsonb_build_object('type', a.type, 'id', a.id, 'title', a.title)
       ELSE jsonb_build_object('type', a.type, 'restricted', true) END`;

/** Answers who and what is free. */
@Injectable()
export class AvailabilityReader {
  constructor(private readonly database: Database) {}

  /** Every resource asked for, people first, with what touches the span. Throws Invalid for ids that name nothing. */
  async busy({ personIds, roomIds, from, to }: AvailabilityQuestion): Promise<Availability[]> {
    const people = await this.resources('person', personIds, 'personIds');
    const rooms = await this.resources('room', roomIds, 'roomIds');
    const spans = await this.spans([...personIds, ...roomIds], from, to);
    return [...people, ...rooms].map((resource) => ({
      resource,
      busy: spans.filter((span) => span.resourceId === resource.id).map(({ resourceId: _, ...span }) => span),
    }));
  }

  /**
   * When people cannot be at a place: what holds them, each with the way from there and back where a travel time is asked.
   * Times alone; whoever shows them to people says what for by other means.
   */
  async awayFrom(place: string | null, personIds: string[], from: Date, to: Date): Promise<AwaySpan[]> {
    return this.database.query<AwaySpan>(AWAY, [personIds, from, to, placeKey(place)]);
  }

  /** Whether anything holds this resource at or after an instant. */
  async isHeldAfter(resourceId: string, instant: Date): Promise<boolean> {
    const row = await this.database.queryOne(
      'SELECT 1 FROM bookings WHERE resource_id = $1 AND upper(during) > $2 LIMIT 1',
      [resourceId, instant],
    );
    return row !== undefined;
  }

  /** What holds this resource at or after an instant. */
  async heldAfter(resourceId: string, instant: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT DISTINCT about_id AS id FROM bookings WHERE resource_id = $1 AND upper(during) > $2 ORDER BY about_id',
      [resourceId, instant],
    );
    return rows.map(({ id }) => id);
  }

  /** What holds any of these resources, at whatever time. */
  async holdersOf(resourceIds: string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT DISTINCT about_id AS id FROM bookings WHERE resource_id = ANY($1::uuid[]) ORDER BY about_id',
      [resourceIds],
    );
    return rows.map(({ id }) => id);
  }

  private spans(ids: string[], from: Date, to: Date): Promise<BusyRow[]> {
    return this.database.query<BusyRow>(
      `SELECT b.resource_id AS "resourceId", lower(b.during) AS "startsAt", upper(b.during) AS "endsAt", b.firm,
              ${bookingAboutSql(visibleSql('a', currentActor()))} AS about,
              CASE WHEN ${visibleSql('a', currentActor())} THEN b.place END AS place
       FROM bookings b JOIN records a ON a.id = b.about_id
       WHERE b.resource_id = ANY($1::uuid[]) AND b.during && tstzrange($2, $3)
       ORDER BY lower(b.during), b.id`,
      [ids, from, to],
    );
  }

  private async resources(type: string, ids: string[], parameter: string): Promise<Availability['resource'][]> {
    const rows = await this.database.query<Availability['resource']>(
      'SELECT type, id, title FROM records WHERE id = ANY($1::uuid[]) AND type = $2',
      [ids, type],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
    throw new Invalid(
      missing.map((id) => ({
        pointer: '',
        parameter,
        code: 'unknown_record',
        message: `There is no ${type} with id ${id}.`,
      })),
    );
  }
}

const AWAY = `
  SELECT b.resource_id AS "personId", b.about_id AS "aboutId",
    lower(b.during) - way.long AS "startsAt", upper(b.during) + way.long AS "endsAt"
  FROM bookings b
  LEFT JOIN LATERAL (${travelSql('b.place_key', '$4::text', 'b.place_key IS NOT NULL AND $4::text IS NOT NULL')}) travel ON true
  CROSS JOIN LATERAL (SELECT make_interval(secs => coalesce(travel.seconds, 0)) AS long) way
  WHERE b.resource_id = ANY($1::uuid[])
    AND b.during && tstzrange($2::timestamptz - ${FARTHEST}, $3::timestamptz + ${FARTHEST})
  ORDER BY b.resource_id, lower(b.during)`;
