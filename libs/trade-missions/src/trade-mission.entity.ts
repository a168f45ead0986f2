import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { MissionStatus } from './mission-status.js';

/** reverse: they come to us; outbound: we go to them. */
export const MISSION_DIRECTIONS = ['reverse', 'outbound'] as const;
export type MissionDirection = (typeof MISSION_DIRECTIONS)[number];

/** A journey of delegates to hosts of another country, by days of the time zone it is led from. */
@Entity('trade_missions')
export class TradeMission extends RecordEntity {
  static readonly noun = 'trade_mission';

  @Column('text')
  name: string;

  @Column('text')
  direction: MissionDirection;

  @Column('text')
  status: MissionStatus = 'planned';

  /** Organization that pays for it. */
  @Column('uuid', { name: 'sponsor_id', nullable: true })
  sponsorId: string | null = null;

  /** The mission officer: user who sees to it. */
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null = null;

  @Column('text', { array: true, default: '{}' })
  sectors: string[] = [];

  /** ISO 3166-1 alpha-2 */
  @Column('char', { name: 'origin_country', length: 2 })
  originCountry: string;

  /** ISO 3166-1 alpha-2 */
  @Column('char', { name: 'host_country', length: 2 })
  hostCountry: string;

  /** YYYY-MM-DD */
  @Column('date', { name: 'starts_on' })
  startsOn: string;

  /** Last day, included. */
  @Column('date', { name: 'ends_on' })
  endsOn: string;

  /** IANA zone of its days; each item of the itinerary has its own. */
  @Column('text', { name: 'time_zone' })
  timeZone: string;

  /** A mission is known by its days: nobody begins at midnight. */
  @Column('text', { name: 'date_precision', default: 'window' })
  datePrecision = 'window';

  @Column('text', { nullable: true })
  objectives: string | null = null;
}
