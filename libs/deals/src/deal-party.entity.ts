import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

export const PARTY_ROLES = [
  'buyer',
  'supplier',
  'developer',
  'sponsor',
  'lender',
  'guarantor',
  'adviser',
  'facilitator',
  'regulator',
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** An organization that has a part in a deal; once in each role, and in as many roles as it plays. */
@Entity('deal_parties')
export class DealParty extends VersionedEntity {
  static readonly noun = 'deal_party';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('uuid', { name: 'deal_id' })
  dealId: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId: string;

  @Column('text')
  role: PartyRole;

  /** Whom to speak to there. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null = null;

  @Column('text', { nullable: true })
  note: string | null = null;
}
