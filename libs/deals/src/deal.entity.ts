import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { DealStage } from './deal-stage.js';
import type { DayPrecision } from './moment.js';

export const DEAL_KINDS = ['export_sale', 'investment', 'project', 'study', 'partnership', 'financing'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** A deal that is hoped for, or made: from handshake to contract. Its stages are told by its stage changes. */
@Entity('deals')
export class Deal extends RecordEntity {
  static readonly noun = 'deal';

  @Column('text')
  title: string;

  @Column('text')
  kind: DealKind;

  @Column('text')
  stage: DealStage;

  /** The stage that a deal on hold had before. */
  @Column('text', { name: 'held_from', nullable: true })
  heldFrom: DealStage | null = null;

  /** Since when it is in its stage. */
  @Column('timestamptz', { name: 'stage_since' })
  stageSince: Date;

  /** How far `stageSince` may be trusted; null: to the second. */
  @Column('text', { name: 'stage_precision', nullable: true })
  stagePrecision: DayPrecision | null = null;

  /** YYYY-MM-DD, of a closed deal. */
  @Column('date', { name: 'closed_on', nullable: true })
  closedOn: string | null = null;

  /** Decimal string; null where nobody knows. */
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  amount: string | null = null;

  /** ISO 4217, set where the amount is. */
  @Column('char', { length: 3, nullable: true })
  currency: string | null = null;

  /** In percent; null for that of the stage. */
  @Column('smallint', { nullable: true })
  probability: number | null = null;

  /** ISO 3166-1 alpha-2 */
  @Column('char', { length: 2, nullable: true })
  country: string | null = null;

  @Column('text', { array: true, default: '{}' })
  sectors: string[] = [];

  /** User who sees to it. */
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null = null;

  /** YYYY-MM-DD */
  @Column('date', { name: 'expected_close_on', nullable: true })
  expectedCloseOn: string | null = null;

  @Column('text', { nullable: true })
  notes: string | null = null;

  /** When it is looked at next whether it has stalled. Kept by its planner in SQL, never read or written with the rest. */
  @Column({
    ...{ name: 'stall_look_at', type: 'timestamptz', default: () => 'now()' },
    ...{ select: false, insert: false, update: false },
  })
  stallLookAt?: Date;
}
