import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Database } from '#database';
import type { Conference } from './conference.entity.js';
import { type PlacedRegistration, RegistrationPlans } from './registration-plans.js';
import { SEATED } from './registration-status.js';

/** Who stands where in the line for a conference; needs the transaction that holds the conference. */
@Injectable()
export class ConferencePlaces {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
    private readonly plans: RegistrationPlans,
  ) {}

  /** Places left (null without a limit; negative where the limit was lowered) and people in line. */
  async state(conferenceId: string, capacity: number | null): Promise<{ free: number | null; waiting: number }> {
    const row = await this.database.queryOne<{ taken: number; waiting: number }>(STATE, [conferenceId, SEATED]);
    const { taken = 0, waiting = 0 } = row ?? {};
    return { free: capacity === null ? null : capacity - taken, waiting };
  }

  /** Lets the line move up as far as there are places, first come, first served, and tells those who got one. */
  async promote(conference: Conference): Promise<void> {
    const { free, waiting } = await this.state(conference.id, conference.capacity);
    const places = free === null ? waiting : Math.min(free, waiting);
    if (places <= 0) return;
    const promoted = await this.database.query<PlacedRegistration>(PROMOTE, [conference.id, places]);
    await this.trail.record(
      ...promoted.map(({ id }) => ({
        action: 'promoted',
        subjectType: 'registration',
        aboutId: id,
        before: { status: 'waitlisted' },
        after: { status: 'confirmed' },
      })),
    );
    await this.plans.promoted(conference, promoted);
  }
}

const STATE = `
  SELECT count(*) FILTER (WHERE status IN ('confirmed', 'attended') AND kind = ANY($2::text[]))::int AS taken,
    count(*) FILTER (WHERE status = 'waitlisted')::int AS waiting
  FROM registrations WHERE conference_id = $1`;

const PROMOTE = `
  WITH next AS (
    SELECT id FROM registrations WHERE conference_id = $1 AND status = 'waitlisted' ORDER BY queued_at, id LIMIT $2
  ), promoted AS (
    UPDATE registrations r SET status = 'confirmed', promoted_at = now(), version = r.version + 1, updated_at = now()
    FROM next WHERE r.id = next.id RETURNING r.id, r.person_id, r.queued_at)
  SELECT id, person_id AS "personId" FROM promoted ORDER BY queued_at, id`;
