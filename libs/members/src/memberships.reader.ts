import { Injectable } from '@nestjs/common';
import { Database, listOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { NotFound } from '#faults';

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
    renewals: `(SELECT coalesce(jsonb_agg(jsonb_build_object('endedOn', r.ended_on, 'endsOn', r.ends_on, 'renewedAt', to_char(r.renewed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY r.id), '[]')
      FROM membership_renewals r WHERE r.membership_id = m.id)`,
  },
};

@Injectable()
export class MembershipsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<MembershipRow>> {
    return listPage(this.database, membershipsList, request);
  }

  /** Throws NotFound. */
  async get(id: string, include: string[] = []): Promise<MembershipRow> {
    const row = await listOne(this.database, membershipsList, id, include);
    if (!row) throw new NotFound('membership', id);
    return row;
  }
}
