import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';
import type { RegistrationKind, RegistrationStatus } from './registration-status.js';

/** A person's place at a conference, or in the line for one. */
@Entity('registrations')
export class Registration extends VersionedEntity {
  static readonly noun = 'registration';

  @Column('uuid', { name: 'conference_id' })
  conferenceId: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  /** For whom the person comes. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId: string | null = null;

  @Column('text')
  kind: RegistrationKind;

  @Column('text')
  status: RegistrationStatus;

  /** What the door reads: ten characters that are hard to misread. */
  @Column('text')
  code: string;

  /** Place in the line. */
  @Column('timestamptz', { name: 'queued_at' })
  queuedAt: Date;

  /** When the line moved up to it. */
  @Column('timestamptz', { name: 'promoted_at', nullable: true })
  promotedAt: Date | null = null;

  /** It came of an invitation that was accepted, and goes with it. */
  @Column('boolean', { name: 'by_answer', default: false })
  byAnswer: boolean;

  @Column('timestamptz', { name: 'checked_in_at', nullable: true })
  checkedInAt: Date | null = null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt: Date | null = null;
}
