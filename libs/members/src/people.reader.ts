import { Injectable } from '@nestjs/common';
import { archivedField, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { notMergedSql } from './merged-records.js';
import { searchedBy } from '#records';
import { personMembershipsSql } from './memberships.reader.js';

export interface PersonRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  fullName: string;
  honorific: string | null;
  nativeName: string | null;
  givenName: string | null;
  familyName: string | null;
  aliases: string[];
  email: string | null;
  otherEmails: string[];
  phone: string | null;
  country: string | null;
  locale: string | null;
  timeZone: string | null;
  notes: string | null;
}

export const peopleList: ListSpec<PersonRow> = {
  from: 'people p',
  id: 'p.id',
  select: {
    id: 'p.id',
    version: 'p.version',
    createdAt: 'p.created_at',
    updatedAt: 'p.updated_at',
    archivedAt: 'p.archived_at',
    fullName: 'p.full_name',
    honorific: 'p.honorific',
    nativeName: 'p.native_name',
    givenName: 'p.given_name',
    familyName: 'p.family_name',
    aliases: 'p.aliases',
    email: 'p.email',
    otherEmails: 'p.other_emails',
    phone: 'p.phone',
    country: 'p.country',
    locale: 'p.locale',
    timeZone: 'p.time_zone',
    notes: 'p.notes',
  },
  fields: {
    fullName: { column: 'p.full_name', kind: 'text', sortable: true },
    email: { column: 'p.email', kind: 'text', sortable: true, resolve: (email) => email.toLowerCase() },
    country: { column: 'p.country', kind: 'text', sortable: true },
    locale: { column: 'p.locale', kind: 'text' },
    organizationId: {
      column: `(SELECT coalesce(array_agg(x.organization_id::text), '{}') FROM positions x WHERE x.person_id = p.id AND x.archived_at IS NULL)`,
      kind: 'list',
    },
    archived: archivedField('p.archived_at', notMergedSql('p.id')),
    createdAt: { column: 'p.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'p.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'fullName',
  search: searchedBy('p.id'),
  unlessFiltered: { archived: 'p.archived_at IS NULL' },
  includes: {
    positions: `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'organizationId', x.organization_id, 'organizationName', o.name,
        'title', x.title, 'startedOn', x.started_on, 'endedOn', x.ended_on, 'preferred', x.preferred, 'source', x.source) ORDER BY x.preferred DESC, x.id), '[]')
      FROM positions x LEFT JOIN organizations o ON o.id = x.organization_id WHERE x.person_id = p.id AND x.archived_at IS NULL)`,
    memberships: personMembershipsSql('p.id'),
  },
};

@Injectable()
export class PeopleReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<PersonRow>> {
    return listPage(this.database, peopleList, request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string, include: string[] = []): Promise<PersonRow> {
    return demandOne(this.database, peopleList, 'person', id, include);
  }
}
