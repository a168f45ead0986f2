import { Injectable } from '@nestjs/common';
import { Database, listOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';

export interface PositionRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  personId: string;
  organizationId: string | null;
  organizationName: string | null;
  title: string;
  startedOn: string | null;
  endedOn: string | null;
  source: string | null;
  preferred: boolean;
}

export const positionsList: ListSpec<PositionRow> = {
  from: 'positions x LEFT JOIN organizations o ON o.id = x.organization_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    archivedAt: 'x.archived_at',
    personId: 'x.person_id',
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
    startedOn: { column: 'x.started_on', kind: 'date', sortable: true },
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'createdAt',
  where: 'x.archived_at IS NULL',
};

@Injectable()
export class PositionsReader {
  constructor(private readonly database: Database) {}

  /** Titles of one person. */
  listOf(personId: string, request: ListRequest): Promise<Page<PositionRow>> {
    const ofPerson = { field: 'personId', operator: 'eq' as const, values: [personId] };
    return listPage(this.database, positionsList, { ...request, filters: [...request.filters, ofPerson] });
  }

  /** Throws NotFound. */
  async get(id: string): Promise<PositionRow> {
    const row = await listOne(this.database, positionsList, id);
    if (!row) throw new NotFound('position', id);
    return row;
  }
}
