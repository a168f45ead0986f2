import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';
import type { DelegateRole, DelegateStatus, VisaStatus } from './delegate-status.js';

/** A person's part in a trade mission. */
@Entity('delegates')
export class Delegate extends VersionedEntity {
  static readonly noun = 'delegate';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'mission_id' })
  missionId: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  /** For whom the person comes. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId: string | null = null;

  @Column('text')
  role: DelegateRole = 'delegate';

  @Column('text')
  status: DelegateStatus = 'nominated';

  @Column('text', { name: 'visa_status' })
  visaStatus: VisaStatus = 'not_started';

  @Column('timestamptz', { name: 'arrives_at', nullable: true })
  arrivesAt: Date | null = null;

  @Column('timestamptz', { name: 'departs_at', nullable: true })
  departsAt: Date | null = null;

  /** What the person does not eat. */
  @Column('text', { nullable: true })
  dietary: string | null = null;

  @Column('text', { nullable: true })
  notes: string | null = null;

  /** Came of an invitation that was accepted, and goes with it. */
  @Column('boolean', { name: 'by_answer', default: false })
  byAnswer: boolean = false;
}
