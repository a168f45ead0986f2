import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** A class of membership: what it costs a year, and how long a late member still counts as one. */
@Entity('membership_tiers')
export class MembershipTier extends VersionedEntity {
  static readonly noun = 'membership_tier';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text', { unique: true })
  code: string;

  @Column('text')
  name: string;

  /** Decimal string; null where the dues are not fixed. */
  @Column('numeric', { name: 'annual_dues', precision: 14, scale: 2, nullable: true })
  annualDues: string | null = null;

  /** ISO 4217, set where the dues are. */
  @Column('char', { length: 3, nullable: true })
  currency: string | null = null;

  /** Days after the end for which the status is `grace`. */
  @Column('integer', { name: 'grace_days' })
  graceDays: number;
}
