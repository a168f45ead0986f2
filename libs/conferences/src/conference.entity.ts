import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { ConferenceStatus } from './conference-status.js';
import type { DatePrecision } from './conference-time.js';

/** An event of the chamber with an agenda. Its time may not be fixed, or not be reported. */
@Entity('conferences')
export class Conference extends RecordEntity {
  static readonly noun = 'conference';

  @Column('text')
  name: string;

  /** What it is held for, such as an anniversary. */
  @Column('text', { nullable: true })
  occasion: string | null = null;

  @Column('text')
  status: ConferenceStatus = 'draft';

  @Column('timestamptz', { name: 'starts_at', nullable: true })
  startsAt: Date | null = null;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null = null;

  /** Null means exact. */
  @Column('text', { name: 'date_precision', nullable: true })
  datePrecision: DatePrecision | null = null;

  /** IANA zone of the place. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  @Column('text', { nullable: true })
  venue: string | null = null;

  @Column('text', { nullable: true })
  city: string | null = null;

  /** ISO 3166-1 alpha-2 */
  @Column('char', { length: 2, nullable: true })
  country: string | null = null;

  /** People it can take. */
  @Column('integer', { nullable: true })
  capacity: number | null = null;

  @Column('uuid', { name: 'organizer_id', nullable: true })
  organizerId: string | null = null;
}
