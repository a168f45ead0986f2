import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';

export const MEMBERSHIP_STATUSES = ['pending', 'current', 'grace', 'lapsed', 'cancelled'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

export interface MembershipRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  organizationId: string | null;
  personId: string | null;
  tierCode: string;
  joinedOn: string;
  startsOn: string;
  endsOn: string;
  status: MembershipStatus;
  cancelledOn: string | null;
  cancellationReason: string | null;
}

/** Statuses that count as being a member. */
export const MEMBER_NOW: MembershipStatus[] = ['current', 'grace'];

/** The same for a list in SQL. */
export const MEMBER_NOW_SQL = MEMBER_NOW.map((status) => `'${status}'`).join(', ');

export const membershipsList: ListSpec<MembershipRow> = {
  from: 'membership_statuses m',
  id: 'm.id',
  select: {
    id: 'm.id',
    version: 'm.version',
    createdAt: 'm.created_at',
    updatedAt: 'm.updated_at',
    archivedAt: 'm.archived_at',
    organizationId: 'm.organization_id',
    personId: 'm.person_id',
    tierCode: 'm.tier_code',
    joinedOn: 'm.joined_on::text',
    startsOn: 'm.starts_on::text',
    endsOn: 'm.ends_on::text',
    status: 'm.status',
    cancelledOn: 'm.cancelled_on::text',
    cancellationReason: 'm.cancellation_reason',
  },
  fields: {
    organizationId: { column: 'm.organization_id', kind: 'uuid' },
    personId: { column: 'm.person_id', kind: 'uuid' },
    tierCode: { column: 'm.tier_code', kind: 'text' },
    status: { column: 'm.status', kind: 'enum', values: MEMBERSHIP_STATUSES },
    joinedOn: { column: 'm.joined_on', kind: 'date', sortable: true },
    startsOn: { column: 'm.starts_on', kind: 'date', sortable: true },
    endsOn: { column: 'm.ends_on', kind: 'date', sortable: true },
    createdAt: { column: 'm.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'endsOn',
  where: 'm.archived_at IS NULL',
  includes: {
    reminderContact: `CASE WHEN m.organization_id IS NOT NULL THEN
      (SELECT jsonb_build_object('personId', c.person_id, 'fullName', c.full_name, 'email', c.email)
        FROM organization_contacts c WHERE c.organization_id = m.organization_id AND c.email IS NOT NULL)
      ELSE (SELECT jsonb_build_object('personId', p.id, 'fullName', p.full_name, 'email', p.email)
        FROM people p WHERE p.id = m.person_id AND p.email IS NOT NULL AND p.archived_at IS NULL) END`,
    renewals: `(SELECT coalesce(jsonb_agg(jsonb_build_object('endedOn', r.ended_on, 'endsOn', r.ends_on, 'renewedAt', to_char(r.renewed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY r.id), '[]')
      FROM membership_renewals r WHERE r.membership_id = m.id)`,
  },
};

/** A membership as somebody has it: their own, or through an organization they work at. */
export interface PersonMembershipRow extends MembershipRow {
  inheritedFrom: { organizationId: string; name: string } | null;
}

const INHERITED_FROM = `CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('organizationId', o.id, 'name', o.name) END`;

export const personMembershipsList: ListSpec<PersonMembershipRow> = {
  from: `people_memberships s JOIN membership_statuses m ON m.id = s.membership_id
    LEFT JOIN organizations o ON o.id = s.inherited_from_id`,
  id: 'm.id',
  select: { ...membershipsList.select, inheritedFrom: INHERITED_FROM },
  fields: { ...membershipsList.fields, personId: { column: 's.person_id', kind: 'uuid' } },
  defaultSort: '-endsOn',
};

/** JSON of the memberships of the person with the id in `personId`, own and inherited, the latest first, for another reader. */
export const personMembershipsSql = (personId: string): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'tierCode', m.tier_code, 'status', m.status, 'joinedOn', m.joined_on,
      'startsOn', m.starts_on, 'endsOn', m.ends_on, 'inheritedFrom', ${INHERITED_FROM}) ORDER BY m.ends_on DESC, m.id), '[]')
   FROM ${personMembershipsList.from} WHERE s.person_id = ${personId})`;

/** One step of a membership's history. */
export interface MembershipRenewalRow {
  id: string;
  membershipId: string;
  endedOn: string;
  endsOn: string;
  renewedAt: Date;
  renewedById: string | null;
}

export const membershipRenewalsList: ListSpec<MembershipRenewalRow> = {
  from: 'membership_renewals r',
  id: 'r.id',
  select: {
    id: 'r.id',
    membershipId: 'r.membership_id',
    endedOn: 'r.ended_on::text',
    endsOn: 'r.ends_on::text',
    renewedAt: 'r.renewed_at',
    renewedById: 'r.renewed_by',
  },
  fields: {
    membershipId: { column: 'r.membership_id', kind: 'uuid' },
    endsOn: { column: 'r.ends_on', kind: 'date', sortable: true },
    renewedAt: { column: 'r.renewed_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'renewedAt',
};

@Injectable()
export class MembershipsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<MembershipRow>> {
    return listPage(this.database, membershipsList, request);
  }

  /** Own and inherited ones of a person, past ones included. */
  listOf(personId: string, request: ListRequest): Promise<Page<PersonMembershipRow>> {
    return listPage(this.database, personMembershipsList, request, childrenOf('s.person_id', personId));
  }

  /** When a membership was renewed, and until when. */
  renewals(id: string, request: ListRequest): Promise<Page<MembershipRenewalRow>> {
    return listPage(this.database, membershipRenewalsList, request, childrenOf('r.membership_id', id));
  }

  /** Throws NotFound. */
  get(id: string, include: string[] = []): Promise<MembershipRow> {
    return demandOne(this.database, membershipsList, 'membership', id, include);
  }
}
