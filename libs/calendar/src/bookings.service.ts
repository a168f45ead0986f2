import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { v7 } from 'uuid';
import { Database, Transactional } from '#database';
import type { BookableResource, BookingSubject, Override, Span } from './booking.js';
import { type Clash, differences, type Holding, unsettled, verdictOn, type Wish } from './booking.policy.js';
import { conflictText } from './booking-conflict.js';
import { DoubleBooked } from './bookings.errors.js';
import { ClashesReader } from './clashes.reader.js';
import { OverridesTrail, type SubjectConflict } from './overrides-trail.js';
import { clashSql, placeKey, travelSql } from './place.js';

/** Keeps the advisory locks of the calendar apart from those of others. */
const LOCK_SEED = 50;
const EXCLUSION_VIOLATION = '23P01';

/**
 * Holds people and rooms for sessions, meetings, itineraries. The first booking of an hour is firm; one made over it
 * with an override is soft. Both count against whoever comes next, so that each further clash needs an override of its
 * own. A firm holder is not asked about the soft ones made over it, unless it takes time it did not hold. When it lets
 * go, soft bookings that clash with no firm and no earlier soft one become firm; their reason stays in the audit trail.
 * What is too far away to be reached in time clashes as what is at the same time does; rooms do not travel.
 */
@Injectable()
export class BookingsService {
  constructor(
    readonly database: Database,
    private readonly clashes: ClashesReader,
    private readonly overrides: OverridesTrail,
  ) {}

  /**
   * Makes `resources` all that `aboutId` holds, for this span; called again, it moves what was held before. The ids
   * must be of existing records. Throws DoubleBooked; with `override` only where a room clashes. An override given
   * earlier for the same person and span still counts.
   */
  async book(aboutId: string, span: Span, resources: BookableResource[], override?: Override): Promise<void> {
    await this.bookAll([{ aboutId, span, resources }], override);
  }

  /**
   * The same for many subjects at once, past one another: what counts is where each of them is in the end. Throws
   * DoubleBooked with every conflict of all of them, also between themselves; there, who is named first goes first.
   */
  @Transactional()
  async bookAll(subjects: BookingSubject[], override?: Override): Promise<void> {
    if (subjects.length === 0) return;
    const aboutIds = subjects.map(({ aboutId }) => aboutId);
    const { held, wishes } = await this.hold(aboutIds, subjects);
    const clashes = await this.clashes.ofWishes(unsettled(wishes, held), wishes, aboutIds);
    const verdict = verdictOn(wishes, held, clashes, override);
    if (verdict.refused.length > 0)
      throw new DoubleBooked(bySubject(verdict.refused, wishes).map(({ conflict }) => conflict));
    if (override) await this.overrides.record(override, bySubject(verdict.overridden, wishes));
    await this.replace(held, wishes, verdict.reasons);
    await this.makeFirm(held);
  }

  /** Lets go of everything these subjects hold. */
  @Transactional()
  async release(...aboutIds: string[]): Promise<void> {
    const { held } = await this.hold(aboutIds, []);
    await this.delete(held);
    await this.makeFirm(held);
  }

  /**
   * Writers that want the same resource go one after the other until the commit. The exclusion constraint alone would
   * be safe but not calm: two inserts that wait for each other's rows end as a deadlock. Locks are taken in one order.
   * Whoever hands on what a resource holds (a merge) takes its turn too. Needs a transaction.
   */
  async takeTurns(ids: string[]): Promise<void> {
    await this.database.query(takeTurnsSql('SELECT unnest($1::text[]) AS id'), [ids]);
  }

  /** What these subjects hold and want, once it is our turn with that; whoever was merged before it was is who they became. */
  private async hold(
    aboutIds: string[],
    subjects: BookingSubject[],
    merged = new Map<string, string>(),
  ): Promise<Held> {
    const wishes = wishesOf(subjects, merged);
    const wanted = [...new Set(wishes.map(({ resourceId }) => resourceId))];
    await this.database.query(takeTurnsSql(WANTED_OR_HELD), [wanted, aboutIds]);
    const rows = await this.database.query<Holding & { mergedInto: string | null }>(HELD, [aboutIds, wanted]);
    const gone = rows.flatMap(({ resourceId, mergedInto }) => (mergedInto ? [[resourceId, mergedInto] as const] : []));
    if (gone.length === 0) return { held: rows, wishes };
    return this.hold(aboutIds, subjects, new Map([...merged, ...gone]));
  }

  /** What stays as it is is left alone. */
  private async replace(held: Holding[], wishes: Wish[], reasons: Map<number, string>): Promise<void> {
    const { gone, added } = differences(wishes, held, reasons);
    await this.delete(gone);
    if (added.length === 0) return;
    const rows = added.map((wish) => ({ ...wish, id: v7(), reason: reasons.get(wish.n) ?? null }));
    try {
      await this.database.query(INSERT, [JSON.stringify(rows)]);
    } catch (error) {
      if (isExclusion(error)) throw new DoubleBooked([]);
      throw error;
    }
  }

  private async delete(holdings: Holding[]): Promise<void> {
    if (holdings.length === 0) return;
    await this.database.query('DELETE FROM bookings WHERE id = ANY($1::uuid[])', [holdings.map(({ id }) => id)]);
  }

  /** Soft bookings of what a subject held, where nothing stands against them any more. */
  private async makeFirm(held: Holding[]): Promise<void> {
    if (held.length > 0) await this.database.query(MAKE_FIRM, [held.map((row) => row.resourceId)]);
  }
}

interface Held {
  held: Holding[];
  wishes: Wish[];
}

/** Each resource of each subject once; of a subject named twice, what is said last. */
function wishesOf(subjects: BookingSubject[], merged: Map<string, string>): Wish[] {
  const became = (id: string): string => (merged.has(id) ? became(merged.get(id) as string) : id);
  const bySubject = new Map(subjects.map((subject) => [subject.aboutId.toLowerCase(), subject]));
  const wishes = [...bySubject].flatMap(
    ([
      aboutId,
      {
        span: { startsAt, endsAt, place = null },
        resources,
      },
    ]) =>
      [...new Map(resources.map(({ id, kind }) => [became(id.toLowerCase()), kind]))].map(([resourceId, kind]) => ({
        ...{ aboutId, resourceId, kind, startsAt, endsAt, place },
        placeKey: placeKey(place),
      })),
  );
  return wishes.map((wish, n) => ({ n, ...wish }));
}

const bySubject = (clashes: Clash[], wishes: Wish[]): SubjectConflict[] =>
  clashes.map((clash) => {
    const wish = wishes[clash.n] as Wish;
    return { aboutId: wish.aboutId, conflict: conflictText(clash, wish) };
  });

export const isExclusion = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === EXCLUSION_VIOLATION;

const takeTurnsSql = (ids: string): string => `
  SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended(id, ${LOCK_SEED}) AS key FROM (${ids}) wanted ORDER BY key) ordered`;

const WANTED_OR_HELD = `
  SELECT unnest($1::text[]) AS id
  UNION SELECT resource_id::text FROM bookings WHERE about_id = ANY($2::uuid[])`;

const HELD = `
  SELECT id, about_id AS "aboutId", resource_id AS "resourceId", firm, override_reason AS "overrideReason",
    lower(during) AS "startsAt", upper(during) AS "endsAt", place, place_key AS "placeKey", NULL::uuid AS "mergedInto"
  FROM bookings WHERE about_id = ANY($1::uuid[])
  UNION ALL
  SELECT NULL, NULL, id, false, NULL, NULL, NULL, NULL, NULL, into_id FROM merged_records WHERE id = ANY($2::uuid[])`;

const INSERT = `
  INSERT INTO bookings (id, resource_id, resource_kind, during, place, place_key, about_id, firm, override_reason)
  SELECT id, "resourceId", kind, tstzrange("startsAt", "endsAt"), place, "placeKey", "aboutId", reason IS NULL, reason
  FROM jsonb_to_recordset($1::jsonb) AS wanted (id uuid, "resourceId" uuid, kind text, "startsAt" timestamptz,
    "endsAt" timestamptz, place text, "placeKey" text, "aboutId" uuid, reason text)`;

export const MAKE_FIRM = `
  UPDATE bookings b SET firm = true, override_reason = NULL
  WHERE b.resource_id = ANY($1::uuid[]) AND NOT b.firm AND NOT EXISTS (
    SELECT FROM bookings o LEFT JOIN LATERAL (
      ${travelSql('b.place_key', 'o.place_key', `b.resource_kind = 'person' AND NOT o.during && b.during`)}) travel ON true
    WHERE o.resource_id = b.resource_id AND o.id <> b.id AND (o.firm OR o.id < b.id)
      AND ${clashSql('o.during', 'b.during')})`;
