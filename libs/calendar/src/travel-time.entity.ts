import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** How long people need from one place to another. */
@Entity('travel_times')
export class TravelTime extends VersionedEntity {
  static readonly noun = 'travel_time';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  /** Null stands for any place; the way back takes as long. */
  @Column('text', { name: 'from_place', nullable: true })
  fromPlace: string | null = null;

  @Column('text', { name: 'to_place', nullable: true })
  toPlace: string | null = null;

  /** What the places are compared by. */
  @Column('text', { name: 'from_key', nullable: true })
  fromKey: string | null = null;

  @Column('text', { name: 'to_key', nullable: true })
  toKey: string | null = null;

  /** ISO 8601 */
  @Column('text')
  duration: string;

  /** The duration in seconds, 0–86,400. */
  @Column('integer')
  seconds: number;

  @Column('boolean')
  enabled: boolean;
}
