import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

export const SUPPRESSION_SOURCES = ['staff', 'unsubscribed', 'bounced'] as const;
export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

/** An address that must not be mailed. */
@Entity('suppressions')
export class Suppression extends VersionedEntity {
  static readonly noun = 'suppression';

  @Column('text')
  email: string;

  @Column('text')
  reason: string;

  @Column('text')
  source: SuppressionSource;
}
