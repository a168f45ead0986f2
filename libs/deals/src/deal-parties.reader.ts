import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { searchedBy } from '#records';
import { PARTY_ROLES, type PartyRole } from './deal-party.entity.js';
import { DealsReader } from './deals.reader.js';

export interface DealPartyRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  dealId: string;
  organizationId: string;
  /** Name of the organization. */
  organization: string;
  personId: string | null;
  /** Full name of the person to speak to. */
  person: string | null;
  role: PartyRole;
  note: string | null;
}

export const dealPartiesList: ListSpec<DealPartyRow> = {
  from: 'deal_parties x JOIN organizations o ON o.id = x.organization_id LEFT JOIN people p ON p.id = x.person_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    version: 'x.version',
    createdAt: 'x.created_at',
    updatedAt: 'x.updated_at',
    archivedAt: 'x.archived_at',
    dealId: 'x.deal_id',
    organizationId: 'x.organization_id',
    organization: 'o.name',
    personId: 'x.person_id',
    person: 'p.full_name',
    role: 'x.role',
    note: 'x.note',
  },
  fields: {
    organization: { column: 'o.name', kind: 'text', sortable: true },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    personId: { column: 'x.person_id', kind: 'uuid' },
    role: { column: 'x.role', kind: 'enum', values: PARTY_ROLES, sortable: true },
    createdAt: { column: 'x.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'createdAt',
  search: searchedBy('x.organization_id'),
  where: 'x.archived_at IS NULL',
};

/** Who has a part in deals. */
@Injectable()
export class DealPartiesReader {
  constructor(
    private readonly database: Database,
    private readonly deals: DealsReader,
  ) {}

  /** Parties of one deal, in the order in which they were added. Throws NotFound when there is no such deal. */
  async listOf(dealId: string, request: ListRequest): Promise<Page<DealPartyRow>> {
    await this.deals.get(dealId);
    return listPage(this.database, dealPartiesList, request, childrenOf('x.deal_id', dealId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<DealPartyRow> {
    return demandOne(this.database, dealPartiesList, 'deal party', id);
  }
}
