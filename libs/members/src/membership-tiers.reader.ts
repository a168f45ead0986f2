import { Injectable } from '@nestjs/common';
import { Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';

export interface MembershipTierRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  code: string;
  name: string;
  annualDues: { amount: string; currency: string } | null;
  graceDays: number;
}

export const membershipTiersList: ListSpec<MembershipTierRow> = {
  from: 'membership_tiers t',
  id: 't.id',
  select: {
    id: 't.id',
    version: 't.version',
    createdAt: 't.created_at',
    updatedAt: 't.updated_at',
    archivedAt: 't.archived_at',
    code: 't.code',
    name: 't.name',
    annualDues: `CASE WHEN t.currency IS NOT NULL THEN jsonb_build_object('amount', t.annual_dues::text, 'currency', t.currency) END`,
    graceDays: 't.grace_days',
  },
  fields: {
    code: { column: 't.code', kind: 'text', sortable: true },
    name: { column: 't.name', kind: 'text', sortable: true },
    createdAt: { column: 't.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'code',
  where: 't.archived_at IS NULL',
};

@Injectable()
export class MembershipTiersReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<MembershipTierRow>> {
    return listPage(this.database, membershipTiersList, request);
  }

  /** Throws NotFound. */
  get(id: string): Promise<MembershipTierRow> {
    return demandOne(this.database, membershipTiersList, 'membership tier', id);
  }
}
