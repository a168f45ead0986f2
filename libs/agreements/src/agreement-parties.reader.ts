import { Injectable } from '@nestjs/common';
import { childrenOf, Database, demandOne, listPage, type ListRequest, type ListSpec, type Page } from '#database';
import { RecordsReader } from '#records';
import type { AgreementPartyRow, SignatoryRow } from './agreements.reader.js';

export const agreementPartiesList: ListSpec<AgreementPartyRow & { position: number }> = {
  from: 'agreement_parties x LEFT JOIN organizations o ON o.id = x.organization_id LEFT JOIN people p ON p.id = x.person_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    position: 'x.position',
    organizationId: 'x.organization_id',
    organization: 'o.name',
    personId: 'x.person_id',
    person: 'p.full_name',
    name: 'x.name',
    role: 'x.role',
  },
  fields: {
    position: { column: 'x.position', kind: 'integer', sortable: true, filterable: false },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    personId: { column: 'x.person_id', kind: 'uuid' },
    role: { column: 'x.role', kind: 'text', sortable: true },
  },
  defaultSort: 'position',
};

export const signatoriesList: ListSpec<SignatoryRow & { position: number }> = {
  from: 'agreement_signatories x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id',
  id: 'x.id',
  select: {
    id: 'x.id',
    position: 'x.position',
    personId: 'x.person_id',
    fullName: 'p.full_name',
    organizationId: 'x.organization_id',
    organization: 'o.name',
    title: 'x.title',
    signedOn: 'x.signed_on::text',
  },
  fields: {
    position: { column: 'x.position', kind: 'integer', sortable: true, filterable: false },
    fullName: { column: 'p.full_name', kind: 'text', sortable: true },
    personId: { column: 'x.person_id', kind: 'uuid' },
    organizationId: { column: 'x.organization_id', kind: 'uuid' },
    signedOn: { column: 'x.signed_on', kind: 'date', sortable: true },
  },
  defaultSort: 'position',
};

/** Who agreed, and who signed, one agreement. */
@Injectable()
export class AgreementPartiesReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
  ) {}

  /** In the order in which they are printed. Throws NotFound. */
  parties(agreementId: string, request: ListRequest): Promise<Page<AgreementPartyRow>> {
    return this.listOf(agreementPartiesList, agreementId, request);
  }

  /** In the order in which they are printed. Throws NotFound. */
  signatories(agreementId: string, request: ListRequest): Promise<Page<SignatoryRow>> {
    return this.listOf(signatoriesList, agreementId, request);
  }

  /** Throws NotFound. */
  party(id: string): Promise<AgreementPartyRow> {
    return demandOne(this.database, agreementPartiesList, 'party', id);
  }

  /** Throws NotFound. */
  signatory(id: string): Promise<SignatoryRow> {
    return demandOne(this.database, signatoriesList, 'signatory', id);
  }

  private async listOf<Row extends object>(spec: ListSpec<Row>, id: string, request: ListRequest): Promise<Page<Row>> {
    await this.records.demandVisible('agreement', id);
    return listPage(this.database, spec, request, childrenOf('x.agreement_id', id));
  }
}
