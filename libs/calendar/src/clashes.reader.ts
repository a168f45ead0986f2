import { Injectable } from '@nestjs/common';
import { currentActor, Database } from '#database';
import { visibleSql } from '#records';
import { bookingAboutSql } from './availability.reader.js';
import type { Clash, Wish } from './booking.policy.js';
import { clashSql, FARTHEST, travelSql } from './place.js';

/** What stands in the way of a move. */
export interface MoveClash extends Omit<Clash, 'n' | 'other' | 'firm'> {
  aboutId: string;
  wantedStart: Date;
  wantedEnd: Date;
  wantedPlace: string | null;
}

/** Finds what stands in the way of bookings: what is at the same time, or too far away to be reached in time. */
@Injectable()
export class ClashesReader {
  constructor(private readonly database: Database) {}

  /** What stands against the wishes `asked`: bookings of other subjects than these, and the rest of all that is wished. */
  async ofWishes(asked: Wish[], all: Wish[], aboutIds: string[]): Promise<Clash[]> {
    if (asked.length === 0) return [];
    const resources = new Set(asked.map(({ resourceId }) => resourceId));
    const asking = new Set(asked.map(({ n }) => n));
    const wishes = all.filter(({ resourceId }) => resources.has(resourceId));
    const wanted = JSON.stringify(wishes.map((wish) => ({ ...wish, asks: asking.has(wish.n) })));
    return this.find<Clash>(wishesSql, [wanted, aboutIds, [...resources]], wishes.length <= FEW);
  }

  /** Bookings of these resources that do not move along with these moves, as `moved` reads them. */
  ofMoves(moves: string, resourceIds: string[]): Promise<MoveClash[]> {
    return this.find<MoveClash>(movesSql, [moves, resourceIds], resourceIds.length <= FEW);
  }

  /** For a few it takes longer to plan than to run; many want a plan of their own. */
  private find<Row>(sql: (visible: string) => string, parameters: unknown[], few: boolean): Promise<Row[]> {
    const asker: string[] = [];
    const visible = visibleSql('a', currentActor(), (id) => `$${parameters.length + asker.push(id)}`);
    const how = few ? 'prepared' : 'query';
    return this.database[how]<Row>(sql(visible), [...parameters, ...asker]);
  }
}

const FEW = 20;

/** SQL of what moves where, from a JSON list. */
export const moved = (parameter: string): string => `
  jsonb_to_recordset(${parameter}::jsonb) AS m ("aboutId" uuid, "startsAt" timestamptz, "endsAt" timestamptz,
    placed boolean, place text, "placeKey" text)`;

const wishesSql = (visible: string): string => `
  WITH wanted AS MATERIALIZED (
    SELECT w.*, tstzrange(w."startsAt", w."endsAt") AS during,
      tstzrange(w."startsAt" - farthest.way, w."endsAt" + farthest.way) AS reach
    FROM jsonb_to_recordset($1::jsonb) AS w (n int, asks boolean, "aboutId" uuid, "resourceId" uuid, kind text,
      "startsAt" timestamptz, "endsAt" timestamptz, place text, "placeKey" text), ${FARTHEST} farthest (way)
  ), pairs AS (
    SELECT w.n, NULL::int AS other, b.id, b.about_id, b.during, b.place, b.place_key, b.firm
    FROM wanted w JOIN bookings b ON b.resource_id = w."resourceId" AND b.during && w.reach
    WHERE w.asks AND b.about_id <> ALL($2::uuid[]) AND b.resource_id = ANY($3::uuid[])
    UNION ALL
    SELECT w.n, o.n, NULL, o."aboutId", o.during, o.place, o."placeKey", NULL
    FROM wanted w JOIN wanted o ON o."resourceId" = w."resourceId" AND o.n <> w.n AND o.during && w.reach
    WHERE w.asks
  )
  SELECT w.n, p.other, p.firm, travel.duration AS "travelTime",
    jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) AS resource,
    ${bookingAboutSql(visible)} AS about,
    CASE WHEN ${visible} THEN p.place END AS place,
    lower(p.during) AS "startsAt", upper(p.during) AS "endsAt"
  FROM pairs p JOIN wanted w USING (n) JOIN records r ON r.id = w."resourceId" JOIN records a ON a.id = p.about_id
  LEFT JOIN LATERAL (${travelSql('w."placeKey"', 'p.place_key', `w.kind = 'person' AND NOT p.during && w.during`)}) travel ON true
  WHERE ${clashSql('p.during', 'w.during')}
  ORDER BY r.title, lower(p.during), p.id, w.n, p.other`;

/** What holds the same people and rooms at the new times, or too far away from there, and does not move itself. */
const movesSql = (visible: string): string => `
  WITH own AS MATERIALIZED (
    SELECT o.about_id, o.resource_id, o.resource_kind, o.during AS stored,
      tstzrange(m."startsAt", m."endsAt") AS during,
      tstzrange(m."startsAt" - farthest.way, m."endsAt" + farthest.way) AS reach,
      CASE WHEN m.placed THEN m.place ELSE o.place END AS place,
      CASE WHEN m.placed THEN m."placeKey" ELSE o.place_key END AS place_key, o.place_key AS stored_key
    FROM ${moved('$1')} JOIN bookings o ON o.about_id = m."aboutId", ${FARTHEST} farthest (way)
  )
  SELECT DISTINCT own.about_id AS "aboutId", lower(own.during) AS "wantedStart", upper(own.during) AS "wantedEnd",
    own.place AS "wantedPlace", travel.duration AS "travelTime",
    jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) AS resource,
    ${bookingAboutSql(visible)} AS about,
    CASE WHEN ${visible} THEN b.place END AS place,
    lower(b.during) AS "startsAt", upper(b.during) AS "endsAt", r.title
  FROM own JOIN bookings b
    ON b.resource_id = own.resource_id AND b.resource_id = ANY($2::uuid[]) AND b.during && own.reach
  JOIN records r ON r.id = b.resource_id JOIN records a ON a.id = b.about_id
  LEFT JOIN LATERAL (
    ${travelSql('own.place_key', 'b.place_key', `own.resource_kind = 'person' AND NOT b.during && own.during`)}) travel ON true
  WHERE NOT EXISTS (SELECT FROM ${moved('$1')} WHERE m."aboutId" = b.about_id)
    AND (own.during <> own.stored OR (own.place_key IS DISTINCT FROM own.stored_key AND travel.seconds IS NOT NULL))
    AND ${clashSql('b.during', 'own.during')}
  ORDER BY r.title, lower(b.during)`;
