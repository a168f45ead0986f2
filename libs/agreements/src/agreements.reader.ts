import { Injectable } from '@nestjs/common';
import { DATE_PRECISIONS, type DatePrecision } from '#conferences';
import {
  type Actor,
  currentActor,
  Database,
  demandOne,
  type ListField,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { searchedBy, visibleSql } from '#records';
import { type ShownAbout, shownAboutSql } from '#tasks';
import type { AgreementRelation } from './agreement-links.js';
import { AGREEMENT_STATUSES, type AgreementStatus } from './agreement-status.js';
import { AGREEMENT_KINDS, type AgreementKind, type ProvenanceStatement } from './agreement.entity.js';
import { type Money, moneySql } from '#deals';

export interface AgreementPartyRow {
  id: string;
  organizationId: string | null;
  /** Name of the organization in the directory. */
  organization: string | null;
  personId: string | null;
  /** Full name of the person in the directory. */
  person: string | null;
  /** As printed. */
  name: string | null;
  role: string | null;
}

export interface SignatoryRow {
  id: string;
  personId: string;
  fullName: string;
  organizationId: string | null;
  organization: string | null;
  /** As printed. */
  title: string | null;
  /** YYYY-MM-DD */
  signedOn: string | null;
}

/** A record an agreement is linked to, as far as the reader may know, and what the link claims. */
export type AgreementAbout = ShownAbout & { relation: AgreementRelation };

export interface AgreementRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  title: string;
  kind: AgreementKind;
  status: AgreementStatus;
  subject: string | null;
  value: Money | null;
  initialedFrom: string | null;
  initialedTo: string | null;
  initialedPrecision: DatePrecision;
  signedFrom: string | null;
  signedTo: string | null;
  datePrecision: DatePrecision;
  expiresOn: string | null;
  deal: ShownAbout | null;
  ownerId: string | null;
  abouts: AgreementAbout[];
  provenance: ProvenanceStatement[];
  notes: string | null;
  parties: AgreementPartyRow[];
  signatories: SignatoryRow[];
}

/** Names are the directory's of today. */
const PARTIES = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'organizationId', x.organization_id, 'organization', o.name,
      'personId', x.person_id, 'person', p.full_name, 'name', x.name, 'role', x.role) ORDER BY x.position, x.id), '[]')
   FROM agreement_parties x LEFT JOIN organizations o ON o.id = x.organization_id LEFT JOIN people p ON p.id = x.person_id
   WHERE x.agreement_id = g.id)`;

const SIGNATORIES = `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'personId', x.person_id, 'fullName', p.full_name,
      'organizationId', x.organization_id, 'organization', o.name, 'title', x.title, 'signedOn', x.signed_on)
      ORDER BY x.position, x.id), '[]')
   FROM agreement_signatories x JOIN people p ON p.id = x.person_id LEFT JOIN organizations o ON o.id = x.organization_id
   WHERE x.agreement_id = g.id)`;

/** An agreement, by its alias, expires by itself when its last day is over everywhere: days end last at UTC−12. */
export const agreementStatusSql = (agreement: string): string =>
  `(CASE WHEN ${agreement}.status IN ('signed', 'in_force') AND ${agreement}.expires_on < (now() AT TIME ZONE 'Etc/GMT+12')::date
  THEN 'expired' ELSE ${agreement}.status END)`;
const STATUS = agreementStatusSql('g');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Agreements that have a row with one of these ids; what is no id is nobody's. */
const having = (table: string, columns: string[], visible = 'true'): ListField => ({
  column: `(SELECT coalesce(array_agg(x.${columns[0]}::text), '{}') FROM ${table} x WHERE x.agreement_id = g.id)`,
  kind: 'list',
  condition: (values, bind) => {
    const ids = bind(values.filter((value) => UUID.test(value)));
    const any = columns.map((column) => `x.${column} = ANY(${ids}::uuid[])`).join(' OR ');
    return `g.id IN (SELECT x.agreement_id FROM ${table} x WHERE (${any}) AND ${visible})`;
  },
});

export const agreementsList: ListSpec<AgreementRow> = {
  from: 'agreements g',
  id: 'g.id',
  select: {
    id: 'g.id',
    version: 'g.version',
    createdAt: 'g.created_at',
    updatedAt: 'g.updated_at',
    archivedAt: 'g.archived_at',
    title: 'g.title',
    kind: 'g.kind',
    status: STATUS,
    subject: 'g.subject',
    value: moneySql('g'),
    initialedFrom: 'g.initialed_from::text',
    initialedTo: 'g.initialed_to::text',
    initialedPrecision: 'g.initialed_precision',
    signedFrom: 'g.signed_from::text',
    signedTo: 'g.signed_to::text',
    datePrecision: 'g.date_precision',
    expiresOn: 'g.expires_on::text',
    deal: 'NULL',
    ownerId: 'g.owner_id',
    abouts: `'[]'::jsonb`,
    provenance: 'g.provenance',
    notes: 'g.notes',
    parties: PARTIES,
    signatories: SIGNATORIES,
  },
  fields: {
    title: { column: 'g.title', kind: 'text', sortable: true },
    kind: { column: 'g.kind', kind: 'enum', values: AGREEMENT_KINDS, sortable: true },
    status: { column: STATUS, kind: 'enum', values: AGREEMENT_STATUSES, sortable: true },
    partyId: having('agreement_parties', ['organization_id', 'person_id']),
    signatoryId: having('agreement_signatories', ['person_id']),
    dealId: { column: 'g.deal_id', kind: 'uuid' },
    aboutId: having('agreement_abouts', ['record_id']),
    ownerId: { column: 'g.owner_id', kind: 'uuid' },
    initialedOn: { column: 'g.initialed_from', kind: 'date', sortable: true },
    signedOn: { column: 'g.signed_from', kind: 'date', sortable: true },
    datePrecision: { column: 'g.date_precision', kind: 'enum', values: DATE_PRECISIONS },
    expiresOn: { column: 'g.expires_on', kind: 'date', sortable: true },
    createdAt: { column: 'g.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'g.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: '-signedOn',
  search: searchedBy('g.id'),
  where: 'g.archived_at IS NULL',
};

/** What an agreement is linked to depends on who asks, and so does what may be asked for. */
function listFor(actor: Actor): ListSpec<AgreementRow> {
  const seen = `EXISTS (SELECT FROM records v WHERE v.id = x.record_id AND ${visibleSql('v', actor)})`;
  return {
    ...agreementsList,
    select: {
      ...agreementsList.select,
      deal: shownAboutSql('g.deal_id', actor),
      abouts: `(SELECT coalesce(jsonb_agg(${shownAboutSql('x.record_id', actor)} || jsonb_build_object('relation', x.relation)
                  ORDER BY x.position, x.record_id), '[]') FROM agreement_abouts x WHERE x.agreement_id = g.id)`,
    },
    fields: { ...agreementsList.fields, aboutId: having('agreement_abouts', ['record_id'], seen) },
  };
}

/** Answers about agreements. */
@Injectable()
export class AgreementsReader {
  constructor(private readonly database: Database) {}

  list(request: ListRequest): Promise<Page<AgreementRow>> {
    return listPage(this.database, listFor(currentActor()), request);
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<AgreementRow> {
    return demandOne(this.database, listFor(currentActor()), 'agreement', id);
  }
}
