import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';
import type { DayPrecision } from './moment.js';

/** What a record did for a deal; `mentioned` claims the least. */
export const TOUCHPOINT_EFFECTS = ['originated', 'advanced', 'closed', 'mentioned'] as const;
export type TouchpointEffect = (typeof TOUCHPOINT_EFFECTS)[number];

/** A session, meeting, commitment, agreement… that touched a deal. */
@Entity('touchpoints')
export class Touchpoint extends VersionedEntity {
  static readonly noun = 'touchpoint';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'deal_id' })
  dealId: string;

  /** The record. */
  @Column('uuid', { name: 'about_id' })
  aboutId: string;

  @Column('text')
  effect: TouchpointEffect;

  /** null: when the record itself took place, else when the touchpoint was written down. */
  @Column('timestamptz', { nullable: true })
  at: Date | null = null;

  /** `at`, else when the record took place, else when the touchpoint was written down; the database keeps it. */
  @Column({ name: 'touched_at', type: 'timestamptz', select: false, insert: false, update: false })
  touchedAt?: Date;

  /** How far `at` may be trusted; null: to the second. */
  @Column('text', { name: 'date_precision', nullable: true })
  datePrecision: DayPrecision | null = null;

  @Column('text', { nullable: true })
  note: string | null = null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;
}
