import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

export const HOST_STATUSES = ['proposed', 'approached', 'confirmed', 'declined'] as const;
export type HostStatus = (typeof HOST_STATUSES)[number];

/** An organization that receives the delegates of a mission. */
@Entity('mission_hosts')
export class MissionHost extends VersionedEntity {
  static readonly noun = 'mission_host';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'mission_id' })
  missionId: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId: string;

  /** Person who receives the delegates. */
  @Column('uuid', { name: 'contact_id', nullable: true })
  contactId: string | null = null;

  @Column('text')
  status: HostStatus = 'proposed';

  /** Why this host and these delegates should meet. */
  @Column('text', { name: 'fit_note', nullable: true })
  fitNote: string | null = null;
}
