import { Injectable } from '@nestjs/common';
import { archivedField, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { notMergedSql } from './merged-records.js';
import { searchedBy, sectorsField } from '#records';
import { membershipsSql } from './membership-include.js';
import { ORGANIZATION_KINDS, type OrganizationKind } from './organization.entity.js';

export interface OrganizationRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  name: string;
  legalName: string | null;
  kind: OrganizationKind;
  country: string | null;
  website: string | null;
  parentId: string | null;
  sectors: string[];
  aliases: string[];
  tags: string[];
  notes: string | null;
}

export const organizationsList: ListSpec<OrganizationRow> = {
  from: 'organizations o',
  id: 'o.id',
  select: {
    id: 'o.id',
    version: 'o.version',
    createdAt: 'o.created_at',
    updatedAt: 'o.updated_at',
    archivedAt: 'o.archived_at',
    name: 'o.name',
    legalName: 'o.legal_name',
    kind: 'o.kind',
    country: 'o.country',
    website: 'o.website',
    parentId: 'o.parent_id',
    sectors: 'o.sectors',
    aliases: 'o.aliases',
    tags: 'o.tags',
    notes: 'o.notes',
  },
  fields: {
    name: { column: 'o.name', kind: 'text', sortable: true },
    kind: { column: 'o.kind', kind: 'enum', values: ORGANIZATION_KINDS, sortable: true },
    country: { column: 'o.country', kind: 'text', sortable: true },
    website: { column: 'o.website', kind: 'text' },
    parentId: { column: 'o.parent_id', kind: 'uuid' },
    sectors: sectorsField('o.sectors'),
    tags: { column: 'o.tags', kind: 'list' },
    archived: archivedField('o.archived_at', notMergedSql('o.id')),
    createdAt: { column: 'o.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'o.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'name',
  search: searchedBy('o.id'),
  unlessFiltered: { archived: 'o.archived_at IS NULL' },
  includes: {
    parent: `(SELECT jsonb_build_object('id', p.id, 'name', p.name, 'kind', p.kind) FROM organizations p WHERE p.id = o.parent_id)`,
    children: `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind) ORDER BY c.name, c.id), '[]')
      FROM organizations c WHERE c.parent_id = o.id AND c.archived_at IS NULL)`,
    memberships: membershipsSql('m.organization_id = o.id'),
  },
};

@Injectable()
export class OrganizationsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<OrganizationRow>> {
    return listPage(this.database, organizationsList, request);
  }

  /** Archived ones are found too: what points at them keeps its link. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<OrganizationRow> {
    return demandOne(this.database, organizationsList, 'organization', id, include);
  }
}
