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
import { type ShownAbout, shownAboutSql } from '#tasks';
import { DEAL_STAGES, type DealStage } from './deal-stage.js';
import { DealsReader } from './deals.reader.js';
import type { DayPrecision } from './moment.js';

export interface StageChangeRow {
  id: string;
  dealId: string;
  /** 1 for the first of its deal. */
  place: number;
  from: DealStage | null;
  to: DealStage;
  at: Date;
  datePrecision: DayPrecision | null;
  note: string | null;
  evidence: ShownAbout | null;
  /** User or API key; null for the system. */
  byId: string | null;
  byName: string;
  createdAt: Date;
}

export const stageChangesList: ListSpec<StageChangeRow> = {
  from: 'deal_stage_changes s',
  id: 's.id',
  select: {
    id: 's.id',
    dealId: 's.deal_id',
    place: 's.place',
    from: 's.from_stage',
    to: 's.to_stage',
    at: 's.at',
    datePrecision: 's.date_precision',
    note: 's.note',
    evidence: 'NULL',
    byId: 's.created_by',
    byName: 's.created_by_name',
    createdAt: 's.created_at',
  },
  fields: {
    place: { column: 's.place', kind: 'integer', sortable: true },
    from: { column: 's.from_stage', kind: 'enum', values: DEAL_STAGES },
    to: { column: 's.to_stage', kind: 'enum', values: DEAL_STAGES },
    at: { column: 's.at', kind: 'instant' },
    createdAt: { column: 's.created_at', kind: 'instant' },
  },
  defaultSort: 'place',
};

/** What shows a change depends on who asks. */
const listFor = (actor: Actor): ListSpec<StageChangeRow> => ({
  ...stageChangesList,
  select: { ...stageChangesList.select, evidence: shownAboutSql('s.evidence_id', actor) },
});

/** The stages that deals went through. */
@Injectable()
export class StageChangesReader {
  constructor(
    private readonly database: Database,
    private readonly deals: DealsReader,
  ) {}

  /** Those of one deal, the first one first. Throws NotFound when there is no such deal. */
  async listOf(dealId: string, request: ListRequest): Promise<Page<StageChangeRow>> {
    await this.deals.get(dealId);
    return listPage(this.database, listFor(currentActor()), request, childrenOf('s.deal_id', dealId));
  }

  /** Throws NotFound. */
  get(id: string): Promise<StageChangeRow> {
    return demandOne(this.database, listFor(currentActor()), 'stage change', id);
  }
}
