import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';

/** A room or table of a conference that one thing at a time can take place in. */
@Entity('rooms')
export class Room extends RecordEntity {
  static readonly noun = 'room';

  @Column('uuid', { name: 'conference_id' })
  conferenceId: string;

  /** Unique within its conference, without regard to case. */
  @Column('text')
  name: string;

  /** Seats. */
  @Column('integer', { nullable: true })
  capacity: number | null = null;
}
