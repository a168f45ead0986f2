import { Injectable } from '@nestjs/common';
import {
  type Actor,
  currentActor,
  Database,
  demandOne,
  type ListField,
  type ListFilter,
  listPage,
  listRequest,
  type ListRequest,
  type ListSpec,
  MAX_LIMIT,
  type Page,
} from '#database';
import { EventParts, RecordsReader, type RecordType, searchedBy, visibleSql } from '#records';
import { COMMITMENT_STATUSES, type CommitmentStatus } from './commitment-status.js';
import { flag, me } from './filters.js';
import { type ShownAbout, shownAboutSql } from './shown-about.js';

/** One side of a promise as it is answered. */
export interface NamedParty {
  organizationId: string | null;
  organizationName: string | null;
  personId: string | null;
  personName: string | null;
}

export interface CommitmentRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  action: string;
  owedBy: NamedParty;
  owedTo: NamedParty;
  dueFrom: string | null;
  dueTo: string | null;
  dueText: string | null;
  ownerId: string | null;
  ownerName: string | null;
  remindBefore: string[] | null;
  about: ShownAbout | null;
  source: string | null;
  status: CommitmentStatus;
  overdue: boolean;
  evidence: string | null;
  evidenceRecord: ShownAbout | null;
  settledAt: Date | null;
  reopeningNote: string | null;
}

/** What a party has promised, and what it was promised. */
export interface OpenSides {
  owedByThem: Page<CommitmentRow>;
  owedToThem: Page<CommitmentRow>;
}

const partySql = (side: 'owed_by' | 'owed_to'): string => `
  jsonb_build_object(
    'organizationId', c.${side}_organization_id, 'organizationName', (SELECT title FROM records WHERE id = c.${side}_organization_id),
    'personId', c.${side}_person_id, 'personName', (SELECT title FROM records WHERE id = c.${side}_person_id))`;

/** Days end last at UTC−12. */
const TODAY = `(now() AT TIME ZONE 'Etc/GMT+12')::date`;
/** The last day of the window is over everywhere. */
const OVERDUE = `c.status = 'open' AND c.due_to < ${TODAY}`;
/** Days ahead within which a window that closes is worth a look. */
export const CLOSING_DAYS = 14;
const CLOSING = `c.status = 'open' AND c.due_to >= ${TODAY} AND c.due_to <= (now() AT TIME ZONE 'UTC')::date + ${CLOSING_DAYS}`;

const PARTIES = ['owed_by_organization_id', 'owed_by_person_id', 'owed_to_organization_id', 'owed_to_person_id'];

/** Promises about an event, or about what happened as part of it. */
const eventField = (parts: EventParts): ListField => ({
  column: 'c.about_id',
  kind: 'uuid',
  condition: (ids, bind) => `c.about_id IN (${parts.idsSql(`${bind(ids)}::uuid[]`)})`,
});

export const commitmentsList: ListSpec<CommitmentRow> = {
  from: 'commitments c JOIN records v ON v.id = c.id LEFT JOIN users u ON u.id = c.owner_id',
  id: 'c.id',
  select: {
    id: 'c.id',
    version: 'c.version',
    createdAt: 'c.created_at',
    updatedAt: 'c.updated_at',
    archivedAt: 'c.archived_at',
    action: 'c.action',
    owedBy: partySql('owed_by'),
    owedTo: partySql('owed_to'),
    dueFrom: 'c.due_from::text',
    dueTo: 'c.due_to::text',
    dueText: 'c.due_text',
    ownerId: 'c.owner_id',
    ownerName: 'u.name',
    remindBefore: 'c.remind_before',
    about: 'NULL',
    source: 'c.source',
    status: 'c.status',
    overdue: `coalesce(${OVERDUE}, false)`,
    evidence: 'c.evidence',
    evidenceRecord: 'NULL',
    settledAt: 'c.settled_at',
    reopeningNote: 'c.reopening_note',
  },
  fields: {
    action: { column: 'c.action', kind: 'text', sortable: true },
    status: { column: 'c.status', kind: 'enum', values: COMMITMENT_STATUSES, sortable: true },
    open: flag(`c.status = 'open'`),
    overdue: flag(OVERDUE),
    closing: flag(CLOSING),
    ownerId: { column: 'c.owner_id', kind: 'uuid', resolve: me },
    partyId: {
      column: 'c.id',
      kind: 'uuid',
      condition: (ids, bind) => `(${PARTIES.map((column) => `c.${column} = ANY(${bind(ids)}::uuid[])`).join(' OR ')})`,
    },
    eventId: eventField(new EventParts()),
    aboutId: { column: 'c.about_id', kind: 'uuid' },
    owedByOrganizationId: { column: 'c.owed_by_organization_id', kind: 'uuid' },
    owedByPersonId: { column: 'c.owed_by_person_id', kind: 'uuid' },
    owedToOrganizationId: { column: 'c.owed_to_organization_id', kind: 'uuid' },
    owedToPersonId: { column: 'c.owed_to_person_id', kind: 'uuid' },
    dueFrom: { column: 'c.due_from', kind: 'date', sortable: true },
    dueTo: { column: 'c.due_to', kind: 'date', sortable: true },
    createdAt: { column: 'c.created_at', kind: 'instant', sortable: true },
    updatedAt: { column: 'c.updated_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'dueTo',
  search: searchedBy('c.id'),
  where: 'c.archived_at IS NULL',
};

/** What a commitment is about, and what shows its end, depend on who asks. */
const listFor = (actor: Actor, parts: EventParts): ListSpec<CommitmentRow> => ({
  ...commitmentsList,
  fields: { ...commitmentsList.fields, eventId: eventField(parts) },
  select: {
    ...commitmentsList.select,
    about: shownAboutSql('c.about_id', actor),
    evidenceRecord: shownAboutSql('c.evidence_id', actor),
  },
});

/** Answers about commitments; those about a restricted record show themselves to its owners and managers. */
@Injectable()
export class CommitmentsReader {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly parts: EventParts,
  ) {}

  /** Those the caller may see. */
  list(request: ListRequest): Promise<Page<CommitmentRow>> {
    const actor = currentActor();
    return listPage(this.database, listFor(actor, this.parts), request, () => visibleSql('v', actor));
  }

  /** Archived ones are found too. Throws NotFound. */
  async get(id: string): Promise<CommitmentRow> {
    await this.records.demandVisible('commitment', id);
    return demandOne(this.database, listFor(currentActor(), this.parts), 'commitment', id);
  }

  /** What is open on either side of an organization or a person, at most 200 each, the earliest due first. Throws NotFound. */
  async openOf(type: 'organization' | 'person', id: string): Promise<OpenSides> {
    await this.records.demandVisible(type, id);
    const side = (name: 'owedBy' | 'owedTo'): Promise<Page<CommitmentRow>> =>
      this.open({ field: `${name}${type === 'person' ? 'PersonId' : 'OrganizationId'}`, operator: 'eq', values: [id] });
    const [owedByThem, owedToThem] = [await side('owedBy'), await side('owedTo')];
    return { owedByThem, owedToThem };
  }

  /** What is open of what was promised about an event or its parts, at most 200, the earliest due first. Throws NotFound. */
  async openAbout(type: RecordType, eventId: string): Promise<Page<CommitmentRow>> {
    await this.records.demandVisible(type, eventId);
    return this.open({ field: 'eventId', operator: 'eq', values: [eventId] });
  }

  private open(filter: ListFilter): Promise<Page<CommitmentRow>> {
    const open = { field: 'open', operator: 'eq' as const, values: ['true'] };
    return this.list(listRequest({ filters: [filter, open], limit: MAX_LIMIT, count: true }));
  }

  /** Commitments about one record, at most 200, the earliest due first. */
  async about(aboutId: string): Promise<CommitmentRow[]> {
    const ofRecord = { field: 'aboutId', operator: 'eq' as const, values: [aboutId] };
    return (await this.list(listRequest({ filters: [ofRecord], limit: MAX_LIMIT }))).data;
  }
}
