import { Column, Entity } from 'typeorm';
import type { DatePrecision } from '#conferences';
import { RecordEntity } from '#records';
import type { AgreementStatus } from './agreement-status.js';

export const AGREEMENT_KINDS = [
  'mou',
  'letter_of_intent',
  'contract',
  'grant',
  'loan',
  'charter',
  'declaration',
] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

/** What one source says of an agreement, in its words; another may say otherwise, and both are kept. */
export interface ProvenanceStatement {
  statement: string;
  source: string;
}

/** What parties agreed in writing. Who they are, who signed and what it is linked to stands in tables of their own. */
@Entity('agreements')
export class Agreement extends RecordEntity {
  static readonly noun = 'agreement';

  @Column('text')
  title: string;

  @Column('text')
  kind: AgreementKind;

  /** As written down; one whose last day is over is shown as expired. */
  @Column('text')
  status: AgreementStatus;

  /** What it is about, in words. */
  @Column('text', { nullable: true })
  subject: string | null = null;

  /** Decimal string; null where none was reported. */
  @Column('numeric', { precision: 17, scale: 2, nullable: true })
  amount: string | null = null;

  /** ISO 4217, set where the amount is. */
  @Column('char', { length: 3, nullable: true })
  currency: string | null = null;

  /** First day on which it may have been initialed, YYYY-MM-DD. */
  @Column('date', { name: 'initialed_from', nullable: true })
  initialedFrom: string | null = null;

  /** Last such day, included. */
  @Column('date', { name: 'initialed_to', nullable: true })
  initialedTo: string | null = null;

  @Column('text', { name: 'initialed_precision' })
  initialedPrecision: DatePrecision = 'unknown';

  /** First day on which it may have been signed, YYYY-MM-DD. */
  @Column('date', { name: 'signed_from', nullable: true })
  signedFrom: string | null = null;

  /** Last such day, included. */
  @Column('date', { name: 'signed_to', nullable: true })
  signedTo: string | null = null;

  @Column('text', { name: 'date_precision' })
  datePrecision: DatePrecision = 'unknown';

  /** Last day on which it holds, YYYY-MM-DD. */
  @Column('date', { name: 'expires_on', nullable: true })
  expiresOn: string | null = null;

  @Column('uuid', { name: 'deal_id', nullable: true })
  dealId: string | null = null;

  /** User who sees to it, and is told before it expires. */
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId: string | null = null;

  @Column('jsonb', { default: [] })
  provenance: ProvenanceStatement[] = [];

  @Column('text', { nullable: true })
  notes: string | null = null;

  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy: string | null = null;
}
