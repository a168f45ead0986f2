import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';
import type { CommitmentStatus } from './commitment-status.js';

/** Who promised whom what, and by when. Either side may be an organization, a person, or a person for an organization. */
@Entity('commitments')
export class Commitment extends RecordEntity {
  static readonly noun = 'commitment';

  /** What was promised. */
  @Column('text')
  action: string;

  @Column('uuid', { name: 'owed_by_organization_id', nullable: true })
  owedByOrganizationId: string | null = null;

  @Column('uuid', { name: 'owed_by_person_id', nullable: true })
  owedByPersonId: string | null = null;

  @Column('uuid', { name: 'owed_to_organization_id', nullable: true })
  owedToOrganizationId: string | null = null;

  @Column('uuid', { name: 'owed_to_person_id', nullable: true })
  owedToPersonId: string | null = null;

  /** First day of the window in which it is due. */
  @Column('date', { name: 'due_from', nullable: true })
  dueFrom: string | null = null;

  /** Last day of the window. */
  @Column('date', { name: 'due_to', nullable: true })
  dueTo: string | null = null;

  /** The words in which it was promised (“later this year”); nothing is computed from them. */
  @Column('text', { name: 'due_text', nullable: true })
  dueText: string | null = null;

  /** User who watches it, and is reminded before the window closes. */
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null = null;

  /** ISO 8601 durations before 09:00 of the last day at which the owner is reminded, none where empty; null: the usual ones. */
  @Column('text', { name: 'remind_before', array: true, nullable: true })
  remindBefore: string[] | null = null;

  @Column('uuid', { name: 'about_id', nullable: true })
  aboutId: string | null = null;

  /** Where the promise can be read. */
  @Column('text', { nullable: true })
  source: string | null = null;

  @Column('text')
  status: CommitmentStatus;

  /** What shows that it was kept, broken or released. */
  @Column('text', { nullable: true })
  evidence: string | null = null;

  /** The record that shows it. */
  @Column('uuid', { name: 'evidence_id', nullable: true })
  evidenceId: string | null = null;

  /** When it stopped being open. */
  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true })
  settledAt: Date | null = null;

  /** Why it was last opened again after it had been settled. */
  @Column('text', { name: 'reopening_note', nullable: true })
  reopeningNote: string | null = null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;
}
