import { Column, Entity } from 'typeorm';
import { RecordEntity } from '#records';

/** Kinds of organization the chamber deals with. */
export const ORGANIZATION_KINDS = [
  'company',
  'state_owned_enterprise',
  'ministry',
  'government_agency',
  'department',
  'department_unit',
  'embassy',
  'legislature',
  'parliamentary_committee',
  'export_credit_agency',
  'development_finance_institution',
  'bank',
  'chamber',
  'association',
  'university',
  'nonprofit',
  'media',
  'other',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** A company, ministry, agency, embassy, lender, association… */
@Entity('organizations')
export class Organization extends RecordEntity {
  static readonly noun = 'organization';

  @Column('text')
  name: string;

  @Column('text', { name: 'legal_name', nullable: true })
  legalName: string | null = null;

  @Column('text')
  kind: OrganizationKind;

  /** ISO 3166-1 alpha-2 */
  @Column('char', { length: 2, nullable: true })
  country: string | null = null;

  @Column('text', { nullable: true })
  website: string | null = null;

  /** Host of the website without `www.`: the surest sign that two rows mean one organization. */
  @Column('text', { nullable: true })
  domain: string | null = null;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId: string | null = null;

  @Column('text', { array: true, default: '{}' })
  sectors: string[] = [];

  @Column('text', { array: true, default: '{}' })
  aliases: string[] = [];

  @Column('text', { array: true, default: '{}' })
  tags: string[] = [];

  @Column('text', { nullable: true })
  notes: string | null = null;

  @Column('text', { name: 'alias_key', default: '' })
  aliasKey: string;

  /** Folded name without company suffix, for finding the same organization again. */
  @Column('text', { name: 'match_key' })
  matchKey: string;
}
