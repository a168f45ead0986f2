import { Column, Entity, Exclusion } from 'typeorm';
import { RecordEntity } from '#records';

/** One member's time in a tier. Dates are days; the status follows from them and is never stored. */
@Entity('memberships')
@Exclusion(
  'memberships_one_per_time',
  `USING gist (COALESCE(organization_id, person_id) WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE (((cancelled_on IS NULL) AND (archived_at IS NULL)))`,
)
export class Membership extends RecordEntity {
  static readonly noun = 'membership';

  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId: string | null = null;

  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null = null;

  @Column('uuid', { name: 'tier_id' })
  tierId: string;

  /** First day as a member of any tier. */
  @Column('date', { name: 'joined_on' })
  joinedOn: string;

  @Column('date', { name: 'starts_on' })
  startsOn: string;

  /** Last day, included. */
  @Column('date', { name: 'ends_on' })
  endsOn: string;

  @Column('date', { name: 'cancelled_on', nullable: true })
  cancelledOn: string | null = null;

  @Column('text', { name: 'cancellation_reason', nullable: true })
  cancellationReason: string | null = null;

  /** Kept by the planner of reminders in SQL, never read or written with the rest. */
  @Column({ name: 'reminders_planned_for', type: 'date', nullable: true, select: false, insert: false, update: false })
  remindersPlannedFor?: string | null;
}
