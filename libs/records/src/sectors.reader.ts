import { Injectable } from '@nestjs/common';
import {
  archivedField,
  Database,
  demandOne,
  type ListField,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { nameKey } from './name-key.js';
import { SECTOR_ORIGINS, type SectorLabels, type SectorOrigin } from './sector.entity.js';

export interface SectorRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  code: string;
  labels: SectorLabels;
  isic: string | null;
  origin: SectorOrigin;
}

export const sectorsList: ListSpec<SectorRow> = {
  from: 'sectors s',
  id: 's.id',
  select: {
    id: 's.id',
    version: 's.version',
    createdAt: 's.created_at',
    updatedAt: 's.updated_at',
    archivedAt: 's.archived_at',
    code: 's.code',
    labels: 's.labels',
    isic: 's.isic',
    origin: 's.origin',
  },
  fields: {
    code: { column: 's.code', kind: 'text', sortable: true },
    isic: { column: 's.isic', kind: 'text', sortable: true },
    origin: { column: 's.origin', kind: 'enum', values: SECTOR_ORIGINS, sortable: true },
    archived: archivedField('s.archived_at'),
    createdAt: { column: 's.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'code',
  searchKey: `array_to_string(s.keys, '|')`,
  unlessFiltered: { archived: 's.archived_at IS NULL' },
};

/** Filter on a column of sector codes: by code, by a label in any language, or by a word that folds to the same. */
export const sectorsField = (column: string): ListField => ({
  column,
  kind: 'list',
  condition: (texts, bind) => `${column} && ${sectorCodesSql(bind(texts), bind(texts.map(nameKey)))}`,
});

/** The codes to look for when these texts are asked for; NULL for NULL. A subquery, so that it is answered once. */
export const sectorCodesSql = (texts: string, folded: string): string =>
  `(SELECT sector_codes(${texts}::text[], ${folded}::text[]))`;

/** Answers the list of sectors. */
@Injectable()
export class SectorsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<SectorRow>> {
    return listPage(this.database, sectorsList, request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<SectorRow> {
    return demandOne(this.database, sectorsList, 'sector', id);
  }
}
