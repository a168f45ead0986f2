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

interface ConflictRow extends Span {
  resource: BookingConflict['resource'] & { type: ResourceKind };
  about: BookingAbout;
}

/** What the subject holds already. */
interface HeldRow extends Span {
  resourceId: string;
  overrideReason: string | null;
}

/** Keeps the advisory locks of the calendar apart from those of others. */
const LOCK_SEED = 50;
const EXCLUSION_VIOLATION = '23P01';

/** Holds people and rooms for sessions, meetings, itineraries. */
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
    const conflicts = await this.conflicts(aboutId, span, wanted);
    const reasons = overrideReasons(conflicts, override, held, span);
    demandOverridden(conflicts, reasons);
    if (override && reasons.size > 0) await this.auditOverride(aboutId, override, conflicts);
    await this.replace(aboutId, span, wanted, reasons);
  }

  /** Lets go of everything the subject holds. */
  @Transactional()
  async release(aboutId: string): Promise<void> {
    await this.database.query('DELETE FROM bookings WHERE about_id = $1', [aboutId]);
  }

  private held(aboutId: string): Promise<HeldRow[]> {
    return this.database.query<HeldRow>(
      `SELECT resource_id AS "resourceId", override_reason AS "overrideReason", lower(during) AS "startsAt",
              upper(during) AS "endsAt" FROM bookings WHERE about_id = $1`,
      [aboutId],
    );
  }

  /**
   * Writers that want the same resource go one after the other until the commit. The exclusion constraint alone would
   * be safe but not calm: two inserts that wait for each other's rows end as a deadlock. Locks are taken in one order.
   */
  private async takeTurns(ids: string[]): Promise<void> {
    await this.database.query(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(id, ${LOCK_SEED}) AS key FROM unnest($1::text[]) AS id ORDER BY key) ordered`,
      [ids],
    );
  }

  private conflicts(aboutId: string, span: Span, wanted: BookableResource[]): Promise<ConflictRow[]> {
    return this.database.query<ConflictRow>(
      `SELECT jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) AS resource,
              ${bookingAboutSql(visibleSql('a', currentActor()))} AS about,
              lower(b.during) AS "startsAt", upper(b.during) AS "endsAt"
       FROM bookings b JOIN records r ON r.id = b.resource_id JOIN records a ON a.id = b.about_id
       WHERE b.resource_id = ANY($1::uuid[]) AND b.firm AND b.during && tstzrange($2, $3) AND b.about_id <> $4
       ORDER BY r.title, lower(b.during)`,
      [wanted.map(({ id }) => id), span.startsAt, span.endsAt, aboutId],
    );
  }

  private async auditOverride(aboutId: string, override: Override, conflicts: ConflictRow[]): Promise<void> {
    const after = { reason: override.reason, conflicts: conflicts.map(conflictText) };
    await this.trail.record({ action: 'booking_overridden', subjectType: 'booking', aboutId, after });
  }

  private async replace(aboutId: string, span: Span, wanted: BookableResource[], reasons: Map<string, string>) {
    await this.release(aboutId);
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

const sameSpan = (a: Span, b: Span): boolean =>
  a.startsAt.getTime() === b.startsAt.getTime() && a.endsAt.getTime() === b.endsAt.getTime();

const conflictText = ({ resource, about, startsAt, endsAt }: ConflictRow): BookingConflict => ({
  resource,
  about,
  startsAt: instantText(startsAt),
  endsAt: instantText(endsAt),
});

const isExclusion = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === EXCLUSION_VIOLATION;
