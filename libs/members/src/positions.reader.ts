import { Injectable } from '@nestjs/common';
import {
  archivedField,
  childrenOf,
  Database,
  demandOne,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';

export interface PositionRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  personId: string;
  personName: string;
  organizationId: string | null;
  organizationName: string | null;
  title: string;
  startedOn: string | null;
  endedOn: string | null;
  source: string | null;
  preferred: boolean;
}

/** Held today, in UTC; a day that is not known does not speak against it. */
const CURRENT = `(coalesce(x.started_on, '-infinity') <= (now() AT TIME ZONE 'UTC')::date
  AND coalesce(x.ended_on, 'infinity') >= (now() AT TIME ZONE 'UTC')::date)`;

export const positionsList: ListSpec<PositionRow> = {
  from: 'positions x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    archivedAt: 'x.archived_at',
    personId: 'x.person_id',
    personName: 'p.full_name',
    organizationId: 'x.organization_id',
    organizationName: 'o.name',
    title: 'x.title',
    startedOn: 'x.started_on::text',
    endedOn: 'x.ended_on::text',
    source: 'x.source',
    preferred: 'x.preferred',
  },
  fields: {
    personId: { column: 'x.person_id', kind: 'uuid' },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    title: { column: 'x.title', kind: 'text', sortable: true },
    source: { column: 'x.source', kind: 'text' },
    preferred: { column: 'x.preferred', kind: 'boolean' },
    current: { column: CURRENT, kind: 'boolean' },
    personName: { column: 'p.full_name', kind: 'text', sortable: true },
    startedOn: { column: 'x.started_on', kind: 'date', sortable: true },
    endedOn: { column: 'x.ended_on', kind: 'date', sortable: true },
    archived: archivedField('x.archived_at'),
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'createdAt',
  unlessFiltered: { archived: 'x.archived_at IS NULL' },
};

@Injectable()
export class PositionsReader {
  constructor(private readonly database: Database) {}

  /** Titles of one person. */
  listOf(personId: string, request: ListRequest): Promise<Page<PositionRow>> {
    return listPage(this.database, positionsList, request, childrenOf('x.person_id', personId));
  }

  /** Who holds or held which title at an organization; people who left the directory are left out. */
  listAt(organizationId: string, request: ListRequest): Promise<Page<PositionRow>> {
    return listPage(
      this.database,
      positionsList,
      request,
      (parameters) => `x.organization_id = ${parameters.add(organizationId)} AND p.archived_at IS NULL`,
    );
  }

  /** Throws NotFound. */
  get(id: string): Promise<PositionRow> {
    return demandOne(this.database, positionsList, 'position', id);
  }
}
