import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Override } from './booking.js';
import type { BookingConflict } from './bookings.errors.js';

/** A conflict, and the subject that wants what is taken. */
export interface SubjectConflict {
  aboutId: string;
  conflict: BookingConflict;
}

/** Keeps who was double-booked on purpose, and why. */
@Injectable()
export class OverridesTrail {
  constructor(private readonly trail: AuditTrail) {}

  /** One entry for each subject that something was overridden for. */
  async record({ reason }: Override, overridden: SubjectConflict[]): Promise<void> {
    if (overridden.length === 0) return;
    const conflicts = new Map<string, BookingConflict[]>();
    for (const { aboutId, conflict } of overridden)
      conflicts.set(aboutId, [...(conflicts.get(aboutId) ?? []), conflict]);
    await this.trail.record(
      ...[...conflicts].map(([aboutId, own]) => ({
        action: 'booking_overridden',
        subjectType: 'booking',
        aboutId,
        after: { reason, conflicts: own },
      })),
    );
  }
}
