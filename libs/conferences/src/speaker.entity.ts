import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

export const SPEAKER_ROLES = ['keynote', 'speaker', 'moderator', 'panelist', 'chair', 'host'] as const;
export type SpeakerRole = (typeof SPEAKER_ROLES)[number];

export const SPEAKER_STATUSES = ['invited', 'confirmed', 'declined', 'withdrawn'] as const;
export type SpeakerStatus = (typeof SPEAKER_STATUSES)[number];

/** A person's part in a session. */
@Entity('speakers')
export class Speaker extends VersionedEntity {
  static readonly noun = 'speaker';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('uuid', { name: 'person_id' })
  personId: string;

  @Column('text')
  role: SpeakerRole;

  /** Order of precedence, from 1; those without come last. */
  @Column('integer', { nullable: true })
  order: number | null = null;

  /** As the programme prints it; stays when the person's title changes. */
  @Column('text', { name: 'billed_title', nullable: true })
  billedTitle: string | null = null;

  @Column('text')
  status: SpeakerStatus = 'invited';
}
