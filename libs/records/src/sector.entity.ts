import { Column, Entity } from 'typeorm';
import { VersionedEntity } from '#database';

/** Where a sector comes from: a section of ISIC Rev. 4, the chamber's own list, or a word somebody used. */
export const SECTOR_ORIGINS = ['isic', 'chamber', 'noted'] as const;
export type SectorOrigin = (typeof SECTOR_ORIGINS)[number];

/** Languages a sector may be named in. */
export const SECTOR_LANGUAGES = ['en', 'az', 'ru', 'tr'] as const;
export type SectorLabels = Partial<Record<(typeof SECTOR_LANGUAGES)[number], string>>;

/** A branch of the economy, by its code; records of all features keep codes. */
@Entity('sectors')
export class Sector extends VersionedEntity {
  static readonly noun = 'sector';

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null = null;

  @Column('text', { unique: true })
  code: string;

  @Column('jsonb')
  labels: SectorLabels;

  /** Section of ISIC Rev. 4, A to U. */
  @Column('char', { length: 1, nullable: true })
  isic: string | null = null;

  @Column('text')
  origin: SectorOrigin;

  /** Code and labels, folded by nameKey. */
  @Column('text', { array: true, default: '{}' })
  keys: string[];
}
