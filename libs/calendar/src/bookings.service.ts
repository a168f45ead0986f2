import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { v7 } from 'uuid';
import { AuditTrail } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { visibleSql } from '#records';
import { bookingAboutSql } from './availability.reader.js';
import { type BookingAbout, type BookingConflict, DoubleBooked } from './bookings.errors.js';
import { instantText } from './event-time.js';

export const RESOURCE_KINDS = ['person', 'room'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Somebody or something that can be in one place only. */
export interface BookableResource {
  /** Id of the person or room. */
  id: string;
  kind: ResourceKind;
}

/** People may be double-booked on purpose; the reason is kept and audited. Rooms never. */
export interface Override {
  reason: string;
}

interface Span {
  startsAt: Date;
  endsAt: Date;
}

export interface ConflictRow extends Span {
  resource: BookingConflict['resource'] & { type: ResourceKind };
  about: BookingAbout;
}

/** What the subject holds already. */
interface HeldRow extends Span {
  resourceId: string;
  firm: boolean;
  overrideReason: string | null;
}

/** Keeps the advisory locks of the calendar apart from those of others. */
const LOCK_SEED = 50;
const EXCLUSION_VIOLATION = '23P01';

/**
 * Holds people and rooms for sessions, meetings, itineraries. The first booking of an hour is firm; one made over it
 * with an override is soft. Both count against whoever comes next, so that each further clash needs an override of its
 * own. A firm holder is not asked about the soft ones made over it, unless it takes time it did not hold. When it lets
 * go, soft bookings that clash with no firm and no earlier soft one become firm; their reason stays in the audit trail.
 */
@Injectable()
export class BookingsService {
  constructor(
    readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Makes `resources` all that `aboutId` holds, for this span; called again, it moves what was held before. The ids
   * must be of existing records. Throws DoubleBooked; with `override` only where a room clashes. An override given
   * earlier for the same person and span still counts.
   */
  @Transactional()
  async book(aboutId: string, span: Span, resources: BookableResource[], override?: Override): Promise<void> {
    const wanted = [...new Map(resources.map((resource) => [resource.id, resource])).values()];
    const held = await this.held(aboutId);
    await this.takeTurns([...wanted.map(({ id }) => id), ...held.map((row) => row.resourceId)]);
    const conflicts = await this.conflicts(aboutId, span, wanted, firmlyHeld(held, span));
    const reasons = overrideReasons(conflicts, override, held, span);
    demandOverridden(conflicts, reasons);
    if (override && reasons.size > 0) await this.auditOverride(aboutId, override, conflicts);
    await this.replace(aboutId, span, wanted, reasons);
    await this.makeFirm(held);
  }

  /** Lets go of everything these subjects hold. */
  @Transactional()
  async release(...aboutIds: string[]): Promise<void> {
    const held = await this.held(...aboutIds);
    await this.takeTurns(held.map((row) => row.resourceId));
    await this.delete(...aboutIds);
    await this.makeFirm(held);
  }

  private async delete(...aboutIds: string[]): Promise<void> {
    await this.database.query('DELETE FROM bookings WHERE about_id = ANY($1::uuid[])', [aboutIds]);
  }

  /** Soft bookings of what a subject held, where nothing stands against them any more. */
  private async makeFirm(held: HeldRow[]): Promise<void> {
    if (held.length > 0) await this.database.query(MAKE_FIRM, [held.map((row) => row.resourceId)]);
  }

  private held(...aboutIds: string[]): Promise<HeldRow[]> {
    return this.database.query<HeldRow>(
      `SELECT resource_id AS "resourceId", firm, override_reason AS "overrideReason", lower(during) AS "startsAt",
              upper(during) AS "endsAt" FROM bookings WHERE about_id = ANY($1::uuid[])`,
      [aboutIds],
    );
  }

  /**
   * Writers that want the same resource go one after the other until the commit. The exclusion constraint alone would
   * be safe but not calm: two inserts that wait for each other's rows end as a deadlock. Locks are taken in one order.
   * Whoever hands on what a resource holds (a merge) takes its turn too. Needs a transaction.
   */
  async takeTurns(ids: string[]): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(id, ${LOCK_SEED}) AS key FROM unnest($1::text[]) AS id ORDER BY key) ordered`,
      [ids],
    );
  }

  /** Of the resources in `firmly`, only firm bookings stand in the way. */
  private conflicts(aboutId: string, span: Span, wanted: BookableResource[], firmly: string[]): Promise<ConflictRow[]> {
    return this.database.query<ConflictRow>(
      `SELECT jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) AS resource,
              ${bookingAboutSql(visibleSql('a', currentActor()))} AS about,
              lower(b.during) AS "startsAt", upper(b.during) AS "endsAt"
       FROM bookings b JOIN records r ON r.id = b.resource_id JOIN records a ON a.id = b.about_id
       WHERE b.resource_id = ANY($1::uuid[]) AND b.during && tstzrange($2, $3) AND b.about_id <> $4
         AND (b.firm OR b.resource_id <> ALL($5::uuid[]))
       ORDER BY r.title, lower(b.during)`,
      [wanted.map(({ id }) => id), span.startsAt, span.endsAt, aboutId, firmly],
    );
  }

  private async auditOverride(aboutId: string, override: Override, conflicts: ConflictRow[]): Promise<void> {
    const after = { reason: override.reason, conflicts: conflicts.map(conflictText) };
    await this.trail.record({ action: 'booking_overridden', subjectType: 'booking', aboutId, after });
  }

  private async replace(aboutId: string, span: Span, wanted: BookableResource[], reasons: Map<string, string>) {
    await this.delete(aboutId);
    const rows = wanted.map(({ id, kind }) => ({ id: v7(), resource: id, kind, reason: reasons.get(id) ?? null }));
    try {
      await this.database.query(INSERT, [JSON.stringify(rows), aboutId, span.startsAt, span.endsAt]);
    } catch (error) {
      if (isExclusion(error)) throw new DoubleBooked([]);
      throw error;
    }
  }
}

const INSERT = `
  INSERT INTO bookings (id, resource_id, resource_kind, during, about_id, firm, override_reason)
  SELECT id, resource, kind, tstzrange($3, $4), $2, reason IS NULL, reason
  FROM jsonb_to_recordset($1::jsonb) AS wanted (id uuid, resource uuid, kind text, reason text)`;

export const MAKE_FIRM = `
  UPDATE bookings b SET firm = true, override_reason = NULL
  WHERE b.resource_id = ANY($1::uuid[]) AND NOT b.firm AND NOT EXISTS (
    SELECT FROM bookings o WHERE o.resource_id = b.resource_id AND o.during && b.during AND o.id <> b.id
      AND (o.firm OR o.id < b.id))`;

/** Resource id → why it may be double-booked, for the people among the conflicts. */
function overrideReasons(conflicts: ConflictRow[], override: Override | undefined, held: HeldRow[], span: Span) {
  const reasons = new Map<string, string>();
  for (const { resource } of conflicts) {
    if (resource.type !== 'person') continue;
    const before = held.find((row) => row.resourceId === resource.id && sameSpan(row, span));
    const reason = override?.reason ?? before?.overrideReason;
    if (reason) reasons.set(resource.id, reason);
  }
  return reasons;
}

function demandOverridden(conflicts: ConflictRow[], reasons: Map<string, string>): void {
  const left = conflicts.filter(({ resource }) => !reasons.has(resource.id));
  if (left.length > 0) throw new DoubleBooked(left.map(conflictText));
}

/** What a subject holds firmly for at least this span: whoever is there beside it was let in knowingly. */
const firmlyHeld = (held: HeldRow[], span: Span): string[] =>
  held
    .filter((row) => row.firm && row.startsAt <= span.startsAt && span.endsAt <= row.endsAt)
    .map((row) => row.resourceId);

const sameSpan = (a: Span, b: Span): boolean =>
  a.startsAt.getTime() === b.startsAt.getTime() && a.endsAt.getTime() === b.endsAt.getTime();

export const conflictText = ({ resource, about, startsAt, endsAt }: ConflictRow): BookingConflict => ({
  resource,
  about,
  startsAt: instantText(startsAt),
  endsAt: instantText(endsAt),
});

export const isExclusion = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === EXCLUSION_VIOLATION;
