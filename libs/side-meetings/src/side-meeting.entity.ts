import { Column, Entity } from 'typeorm';
import type { DatePrecision } from '#conferences';
import { RecordEntity } from '#records';
import type { SideMeetingStatus } from './side-meeting-status.js';

export const SIDE_MEETING_KINDS = [
  'bilateral',
  'roundtable',
  'courtesy_call',
  'one_on_one',
  'site_visit',
  'business_briefing',
  'call',
] as const;
export type SideMeetingKind = (typeof SIDE_MEETING_KINDS)[number];

export const VISIBILITIES = ['internal', 'restricted'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** A meeting beside the programme: who talked with whom about what, and what came of it. */
@Entity('side_meetings')
export class SideMeeting extends RecordEntity {
  static readonly noun = 'side_meeting';

  @Column('text')
  title: string;

  @Column('text')
  kind: SideMeetingKind;

  @Column('text')
  status: SideMeetingStatus;

  @Column({ name: 'starts_at', type: 'timestamptz', nullable: true })
  startsAt: Date | null = null;

  @Column({ name: 'ends_at', type: 'timestamptz', nullable: true })
  endsAt: Date | null = null;

  /** IANA zone of the place. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  /** How far the start may be trusted; null: to the minute. */
  @Column('text', { name: 'date_precision', nullable: true })
  datePrecision: DatePrecision | null = null;

  @Column('text', { nullable: true })
  location: string | null = null;

  @Column('uuid', { name: 'room_id', nullable: true })
  roomId: string | null = null;

  /** What was talked about, by all who took part. */
  @Column('text', { array: true, default: '{}' })
  topics: string[] = [];

  @Column('text', { array: true, default: '{}' })
  sectors: string[] = [];

  @Column('text')
  visibility: Visibility;

  /** Users and API keys that see it when it is restricted. */
  @Column('uuid', { name: 'owner_ids', array: true, default: '{}' })
  ownerIds: string[] = [];

  @Column('text', { nullable: true })
  summary: string | null = null;

  @Column('uuid', { name: 'deal_id', nullable: true })
  dealId: string | null = null;

  @Column('text', { name: 'cancellation_reason', nullable: true })
  cancellationReason: string | null = null;

  /** Folded topics, so that search finds a meeting by what was talked about. */
  @Column('text', { name: 'topics_key', default: '' })
  aliasKey: string;
}
