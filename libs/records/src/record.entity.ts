import { Column } from 'typeorm';
import { VersionedEntity } from '#database';

/**
 * What every entity behind a row of `records` has in common. The trigger of its table copies title, keys and
 * dates to `records`; the folded keys are computed in code, because PostgreSQL cannot fold across scripts.
 */
export abstract class RecordEntity extends VersionedEntity {
  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text', { name: 'search_key' })
  searchKey: string;
}
