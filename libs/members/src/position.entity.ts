import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** A person's dated title at an organization, with its source. Sources may disagree; all are kept, one is preferred. */
@Entity('positions')
export class Position extends VersionedEntity {
  static readonly noun = 'position';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  /** Null for offices that are no organization's, such as a head of state. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId: string | null = null;

  @Column('text')
  title: string;

  @Column('date', { name: 'started_on', nullable: true })
  startedOn: string | null = null;

  @Column('date', { name: 'ended_on', nullable: true })
  endedOn: string | null = null;

  /** Where the title was read, such as a press report. */
  @Column('text', { nullable: true })
  source: string | null = null;

  @Column('boolean', { default: false })
  preferred: boolean;
}
