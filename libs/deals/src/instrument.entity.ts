import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';
import type { DayPrecision } from './moment.js';

export const INSTRUMENT_KINDS = [
  'feasibility_study',
  'feed',
  'technical_assistance',
  'pilot',
  'reverse_trade_mission',
  'loan',
  'guarantee',
] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/**
 * proposed: somebody thinks of it; applied: the provider has the papers; approved: its board has said yes; granted: the grant, loan
 * or guarantee agreement is signed; disbursing: money flows; completed: all of it is used and reported; refused and cancelled: it
 * came to nothing, by the provider or by the others. Any may follow any, since this is a record of what others decide.
 */
export const INSTRUMENT_STATUSES = [
  'proposed',
  'applied',
  'approved',
  'granted',
  'disbursing',
  'completed',
  'refused',
  'cancelled',
] as const;
export type InstrumentStatus = (typeof INSTRUMENT_STATUSES)[number];

/** What a provider such as a development agency or an export credit agency gives to a deal. */
@Entity('instruments')
export class Instrument extends VersionedEntity {
  static readonly noun = 'instrument';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'deal_id' })
  dealId: string;

  @Column('text')
  kind: InstrumentKind;

  /** Organization that gives it. */
  @Column('uuid', { name: 'provider_id' })
  providerId: string;

  @Column('text')
  status: InstrumentStatus;

  /** Decimal string; null where nobody knows. */
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  amount: string | null = null;

  /** ISO 4217, set where the amount is. */
  @Column('char', { length: 3, nullable: true })
  currency: string | null = null;

  /** Since when it has its status, YYYY-MM-DD; the first day of a month or year. */
  @Column('date', { name: 'status_on', nullable: true })
  statusOn: string | null = null;

  /** How far `statusOn` may be trusted. */
  @Column('text', { name: 'date_precision', nullable: true })
  datePrecision: DayPrecision | null = null;

  /** Trade mission that a reverse_trade_mission paid for. */
  @Column('uuid', { name: 'mission_id', nullable: true })
  missionId: string | null = null;

  /** Record that shows it. */
  @Column('uuid', { name: 'evidence_id', nullable: true })
  evidenceId: string | null = null;

  @Column('text', { nullable: true })
  note: string | null = null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;
}
