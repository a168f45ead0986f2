import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** RFC 5545 §3.2.12 participation statuses. */
export const INVITATION_STATUSES = ['needs_action', 'accepted', 'tentative', 'declined', 'delegated'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** One person asked to one thing, once. */
@Entity('invitations')
export class Invitation extends VersionedEntity {
  static readonly noun = 'invitation';

  @Column('uuid', { name: 'about_id' })
  aboutId: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  @Column('uuid', { name: 'batch_id' })
  batchId: string;

  @Column('text')
  status: InvitationStatus;

  @Column({ name: 'respond_by', type: 'timestamptz', nullable: true })
  respondBy: Date | null = null;

  @Column({ name: 'responded_at', type: 'timestamptz', nullable: true })
  respondedAt: Date | null = null;

  @Column('text', { nullable: true })
  note: string | null = null;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt: Date | null = null;

  /** Answer links of an older version are revoked. */
  @Column('integer', { name: 'link_version', default: 1 })
  linkVersion: number;
}
