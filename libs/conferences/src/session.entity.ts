import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';

export const SESSION_KINDS = [
  'plenary',
  'keynote',
  'panel',
  'roundtable',
  'workshop',
  'ceremony',
  'networking',
  'briefing',
] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_STATUSES = ['scheduled', 'cancelled'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** One item of a conference's agenda, in the zone of its conference. */
@Entity('conference_sessions')
export class Session extends RecordEntity {
  static readonly noun = 'session';

  @Column('uuid', { name: 'conference_id' })
  conferenceId: string;

  /** Null when not announced or not reported. */
  @Column('text', { nullable: true })
  title: string | null = null;

  @Column('text')
  kind: SessionKind;

  @Column('text')
  status: SessionStatus = 'scheduled';

  @Column('uuid', { name: 'room_id', nullable: true })
  roomId: string | null = null;

  /** Start and end are known both or not at all. */
  @Column('timestamptz', { name: 'starts_at', nullable: true })
  startsAt: Date | null = null;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null = null;

  @Column('integer', { nullable: true })
  capacity: number | null = null;

  @Column('text', { nullable: true })
  abstract: string | null = null;

  @Column('text', { array: true, default: '{}' })
  topics: string[] = [];

  @Column('text', { array: true, default: '{}' })
  sectors: string[] = [];
}
