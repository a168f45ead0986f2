import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';

/** One thing the delegates of a mission do, in the zone of the place where they do it. */
@Entity('itinerary_items')
export class ItineraryItem extends RecordEntity {
  static readonly noun = 'itinerary_item';

  @Column('uuid', { name: 'mission_id' })
  missionId: string;

  /** A word of the mission's own vocabulary, snake_case. */
  @Column('text')
  kind: string;

  @Column('text')
  title: string;

  @Column('timestamptz', { name: 'starts_at' })
  startsAt: Date;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt: Date;

  /** IANA zone of the place. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  @Column('text', { nullable: true })
  city: string | null = null;

  @Column('text', { nullable: true })
  address: string | null = null;

  @Column('uuid', { name: 'host_id', nullable: true })
  hostId: string | null = null;

  @Column('text', { nullable: true })
  notes: string | null = null;

  /** Whether those who take part are booked for it; a night in a hotel books nobody. */
  @Column('boolean', { name: 'holds_people' })
  holdsPeople: boolean;

  /** Every delegate who is coming takes part; otherwise those named in `itinerary_item_delegates`. */
  @Column('boolean', { name: 'for_all', default: true })
  forAll = true;
}
