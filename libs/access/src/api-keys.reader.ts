import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page, type Role, ROLES } from '#database';

export interface ApiKeyRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  name: string;
  role: Role;
  prefix: string;
  expiresAt: Date | null;
  createdBy: string | null;
}

export const apiKeysList: ListSpec<ApiKeyRow> = {
  from: 'api_keys k',
  id: 'k.id',
  select: {
    id: 'k.id',
    version: 'k.version',
    createdAt: 'k.created_at',
    updatedAt: 'k.updated_at',
    archivedAt: 'k.archived_at',
    name: 'k.name',
    role: 'k.role',
    prefix: 'k.prefix',
    expiresAt: 'k.expires_at',
    createdBy: 'k.created_by',
  },
  fields: {
    name: { column: 'k.name', kind: 'text', sortable: true },
    role: { column: 'k.role', kind: 'enum', values: ROLES },
    expiresAt: { column: 'k.expires_at', kind: 'instant', sortable: true },
    createdAt: { column: 'k.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'name',
  where: 'k.archived_at IS NULL',
};

@Injectable()
export class ApiKeysReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<ApiKeyRow>> {
    return listPage(this.database, apiKeysList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<ApiKeyRow> {
    return demandOne(this.database, apiKeysList, 'API key', id);
  }
}
