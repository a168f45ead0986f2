import { Injectable } from '@nestjs/common';
import {
  type Actor,
  currentActor,
  Database,
  listOne,
  listPage,
  listRequest,
  type ListRequest,
  type ListSpec,
  MAX_LIMIT,
  type Page,
} from '#database';
import { NotFound } from '#faults';
import { RecordsReader, searchedBy, visibleSql } from '#records';
import { COMMITMENT_STATUSES, type CommitmentStatus } from './commitment-status.js';
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
  about: ShownAbout | null;
  source: string | null;
  status: CommitmentStatus;
  overdue: boolean;
  evidence: string | null;
  evidenceRecord: ShownAbout | null;
  settledAt: Date | null;
}

const partySql = (side: 'owed_by' | 'owed_to'): string => `
  jsonb_build_object(
    'organizationId', c.${side}_organization_id, 'organizationName', (SELECT title FROM records WHERE id = c.${side}_organization_id),
    'personId', c.${side}_person_id, 'personName', (SELECT title FROM records WHERE id = c.${side}_person_id))`;

/** The last day of the window is over everywhere: days end last at UTC−12. */
const OVERDUE = `coalesce(c.status = 'open' AND c.due_to < (now() AT TIME ZONE 'Etc/GMT+12')::date, false)`;

export const commitmentsList: ListSpec<CommitmentRow> = {
  from: 'commitments c JOIN records v ON v.id = c.id',
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
    about: 'NULL',
    source: 'c.source',
    status: 'c.status',
    overdue: OVERDUE,
    evidence: 'c.evidence',
    evidenceRecord: 'NULL',
    settledAt: 'c.settled_at',
  },
  fields: {
    action: { column: 'c.action', kind: 'text', sortable: true },
    status: { column: 'c.status', kind: 'enum', values: COMMITMENT_STATUSES, sortable: true },
    overdue: { column: OVERDUE, kind: 'boolean' },
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
const listFor = (actor: Actor): ListSpec<CommitmentRow> => ({
  ...commitmentsList,
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
  ) {}

  /** Those the caller may see. */
  list(request: ListRequest): Promise<Page<CommitmentRow>> {
    const actor = currentActor();
    return listPage(this.database, listFor(actor), request, () => visibleSql('v', actor));
  }

  /** Archived ones are found too. Throws NotFound. */
  async get(id: string): Promise<CommitmentRow> {
    await this.records.demandVisible('commitment', id);
    const row = await listOne(this.database, listFor(currentActor()), id);
    if (!row) throw new NotFound('commitment', id);
    return row;
  }

  /** Commitments about one record, at most 200, the earliest due first. */
  async about(aboutId: string): Promise<CommitmentRow[]> {
    const ofRecord = { field: 'aboutId', operator: 'eq' as const, values: [aboutId] };
    return (await this.list(listRequest({ filters: [ofRecord], limit: MAX_LIMIT }))).data;
  }
}
