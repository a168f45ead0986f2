import { Injectable } from '@nestjs/common';
import { Database, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy, sectorsField } from '#records';
import { MEMBER_NOW, MEMBERSHIP_STATUSES, type MembershipStatus } from './memberships.reader.js';

/** Who is a member, with what staff ask for first. */
export interface MemberRow {
  membershipId: string;
  organization: { id: string; name: string; country: string | null } | null;
  person: { id: string; fullName: string; email: string | null } | null;
  tier: { code: string; name: string };
  status: MembershipStatus;
  since: string;
  until: string;
  primaryContact: { personId: string; fullName: string; title: string; email: string | null } | null;
}

export const membersList: ListSpec<MemberRow> = {
  from: 'membership_statuses m LEFT JOIN organizations o ON o.id = m.organization_id LEFT JOIN people p ON p.id = m.person_id',
  id: 'm.id',
  select: {
    membershipId: 'm.id',
    organization: `CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'name', o.name, 'country', o.country) END`,
    person: `CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'fullName', p.full_name, 'email', p.email) END`,
    tier: `jsonb_build_object('code', m.tier_code, 'name', m.tier_name)`,
    status: 'm.status',
    since: 'm.joined_on::text',
    until: 'm.ends_on::text',
    primaryContact: `(SELECT jsonb_build_object('personId', c.person_id, 'fullName', c.full_name, 'title', c.title, 'email', c.email)
      FROM organization_contacts c WHERE c.organization_id = o.id)`,
  },
  fields: {
    name: { column: 'coalesce(o.name, p.full_name)', kind: 'text', sortable: true },
    organizationId: { column: 'm.organization_id', kind: 'uuid' },
    personId: { column: 'm.person_id', kind: 'uuid' },
    status: { column: 'm.status', kind: 'enum', values: MEMBERSHIP_STATUSES },
    tierCode: { column: 'm.tier_code', kind: 'text', sortable: true },
    country: { column: 'coalesce(o.country, p.country)', kind: 'text', sortable: true },
    sector: sectorsField(`coalesce(o.sectors, '{}')`),
    since: { column: 'm.joined_on', kind: 'date', sortable: true },
    endsOn: { column: 'm.ends_on', kind: 'date', sortable: true },
  },
  defaultSort: 'name',
  search: searchedBy('m.id'),
  where: 'coalesce(m.archived_at, o.archived_at, p.archived_at) IS NULL',
};

@Injectable()
export class MembersReader {
  constructor(private readonly database: Database) {}

  /** Members of today (current or in grace) unless a status is asked for. */
  list(request: ListRequest): Promise<Page<MemberRow>> {
    const asked = request.filters.some((filter) => filter.field === 'status');
    const filters = asked
      ? request.filters
      : [...request.filters, { field: 'status', operator: 'in' as const, values: MEMBER_NOW }];
    return listPage(this.database, membersList, { ...request, filters });
  }
}
