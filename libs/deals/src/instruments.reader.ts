import { Injectable } from '@nestjs/common';
import {
  type Actor,
  childrenOf,
  currentActor,
  Database,
  demandOne,
  listPage,
  type ListRequest,
  type ListSpec,
  type Page,
} from '#database';
import { searchedBy } from '#records';
import { type ShownAbout, shownAboutSql } from '#tasks';
import { DealsReader } from './deals.reader.js';
import {
  INSTRUMENT_KINDS,
  INSTRUMENT_STATUSES,
  type InstrumentKind,
  type InstrumentStatus,
} from './instrument.entity.js';
import type { DayPrecision } from './moment.js';
import { type Money, moneySql } from './money.js';

export interface InstrumentRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  dealId: string;
  kind: InstrumentKind;
  providerId: string;
  /** Name of the provider. */
  provider: string;
  status: InstrumentStatus;
  amount: Money | null;
  /** YYYY-MM-DD */
  statusOn: string | null;
  datePrecision: DayPrecision | null;
  missionId: string | null;
  /** Name of the mission. */
  mission: string | null;
  evidence: ShownAbout | null;
  note: string | null;
}

export const instrumentsList: ListSpec<InstrumentRow> = {
  from: 'instruments i JOIN organizations o ON o.id = i.provider_id LEFT JOIN trade_missions m ON m.id = i.mission_id',
  id: 'i.id',
  select: {
    id: 'i.id',
    version: 'i.version',
    createdAt: 'i.created_at',
    updatedAt: 'i.updated_at',
    archivedAt: 'i.archived_at',
    dealId: 'i.deal_id',
    kind: 'i.kind',
    providerId: 'i.provider_id',
    provider: 'o.name',
    status: 'i.status',
    amount: moneySql('i'),
    statusOn: 'i.status_on::text',
    datePrecision: 'i.date_precision',
    missionId: 'i.mission_id',
    mission: 'm.name',
    evidence: 'NULL',
    note: 'i.note',
  },
  fields: {
    kind: { column: 'i.kind', kind: 'enum', values: INSTRUMENT_KINDS, sortable: true },
    status: { column: 'i.status', kind: 'enum', values: INSTRUMENT_STATUSES, sortable: true },
    providerId: { column: 'i.provider_id', kind: 'uuid' },
    provider: { column: 'o.name', kind: 'text', sortable: true },
    missionId: { column: 'i.mission_id', kind: 'uuid' },
    amount: { column: 'i.amount', kind: 'decimal', sortable: true },
    currency: { column: 'i.currency', kind: 'text', sortable: true },
    statusOn: { column: 'i.status_on', kind: 'date', sortable: true },
    createdAt: { column: 'i.created_at', kind: 'instant', sortable: true },
  },
  defaultSort: 'createdAt',
  search: searchedBy('i.provider_id'),
  where: 'i.archived_at IS NULL',
};

/** What shows an instrument depends on who asks. */
const listFor = (actor: Actor): ListSpec<InstrumentRow> => ({
  ...instrumentsList,
  select: { ...instrumentsList.select, evidence: shownAboutSql('i.evidence_id', actor) },
});

/** What providers give to deals. */
@Injectable()
export class InstrumentsReader {
  constructor(
    private readonly database: Database,
    private readonly deals: DealsReader,
  ) {}

  /** Instruments of one deal, in the order in which they were added. Throws NotFound when there is no such deal. */
  async listOf(dealId: string, request: ListRequest): Promise<Page<InstrumentRow>> {
    await this.deals.get(dealId);
    return listPage(this.database, listFor(currentActor()), request, childrenOf('i.deal_id', dealId));
  }

  /** Archived ones are found too. Throws NotFound. */
  get(id: string): Promise<InstrumentRow> {
    return demandOne(this.database, listFor(currentActor()), 'instrument', id);
  }
}
