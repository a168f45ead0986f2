import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page, type Role, ROLES } from '#database';

export interface UserRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  email: string;
  name: string;
  role: Role;
  timeZone: string;
  locale: string;
  digest: boolean;
}

export const usersList: ListSpec<UserRow> = {
  from: 'users u',
  id: 'u.id',
  select: {
    id: 'u.id',
    version: 'u.version',
    createdAt: 'u.created_at',
    updatedAt: 'u.updated_at',
    archivedAt: 'u.archived_at',
    email: 'u.email',
    name: 'u.name',
    role: 'u.role',
    timeZone: 'u.time_zone',
    locale: 'u.locale',
    digest: 'u.digest',
  },
  fields: {
    email: { column: 'u.email', kind: 'text', sortable: true },
    name: { column: 'u.name', kind: 'text', sortable: true },
    role: { column: 'u.role', kind: 'enum', values: ROLES, sortable: true },
    createdAt: { column: 'u.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'name',
  where: 'u.archived_at IS NULL',
};

@Injectable()
export class UsersReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<UserRow>> {
    return listPage(this.database, usersList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<UserRow> {
    return demandOne(this.database, usersList, 'user', id);
  }

  /** Those of these users who can still sign in. */
  active(ids: string[]): Promise<UserRow[]> {
    const columns = Object.entries(usersList.select).map(([property, column]) => `${column} AS "${property}"`);
    return this.database.query<UserRow>(
      `SELECT ${columns.join(', ')} FROM users u WHERE u.id = ANY($1::uuid[]) AND u.archived_at IS NULL`,
      [ids],
    );
  }
}
