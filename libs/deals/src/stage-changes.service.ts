import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { type RecordReference, RecordsReader } from '#records';
import { type DealStage, type DealStanding, isClosed, stageAfter, stageAfterReopening } from './deal-stage.js';
import { Deal } from './deal.entity.js';
import { closedProbability, reasonRequired } from './deals.errors.js';
import { LockedDeals } from './locked-deals.js';
import { type Moment, type MomentText, nextMoment } from './moment.js';
import { stageFields, StageHistory } from './stage-history.js';

export interface StageChangeInput extends MomentText {
  stage: DealStage;
  /** Why; needed for closed_lost. */
  note?: string | null;
  /** The record that shows it. */
  evidence?: RecordReference | null;
  /** In percent, of a stage that is not closed; that of the stage unless said otherwise. */
  probability?: number | null;
}

/** Moves deals from stage to stage, one change after another, each with its moment, its reason and its evidence. */
@Injectable()
export class StageChangesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly deals: LockedDeals,
    private readonly history: StageHistory,
  ) {}

  /** Answers the id of the change. Throws NotFound, Invalid, NoEvidence, SameStage, DealClosed. */
  @Transactional()
  async change(dealId: string, input: StageChangeInput): Promise<string> {
    const deal = await this.deals.get(dealId);
    return this.move(deal, stageAfter(deal, input.stage), input, 'stage_changed');
  }

  /** Takes the end of a closed deal back. Answers the id of the change. Throws NotFound, Invalid, NoEvidence, DealOpen. */
  @Transactional()
  async reopen(dealId: string, input: StageChangeInput): Promise<string> {
    const deal = await this.deals.get(dealId);
    return this.move(deal, stageAfterReopening(deal, input.stage), input, 'reopened');
  }

  private async move(deal: Deal, next: DealStanding, input: StageChangeInput, action: string): Promise<string> {
    const moment = await this.check(deal.id, input);
    const from = deal.stage;
    const probability = input.probability ?? next.probability;
    await this.store.update(Deal, deal, { ...next, probability, ...stageFields(next.stage, moment) }, action);
    const { note = null, evidence } = input;
    return this.history.add({
      dealId: deal.id,
      from,
      to: next.stage,
      ...moment,
      note,
      evidenceId: evidence?.id ?? null,
    });
  }

  /** Answers when it happened. Throws Invalid with every fault, NoEvidence. */
  private async check(
    dealId: string,
    { stage, note, evidence, probability, ...text }: StageChangeInput,
  ): Promise<Moment> {
    const faults = new FaultList();
    const now = await this.database.now();
    const former = await this.history.moments(dealId);
    const moment = await faults.gather(() => nextMoment(text, now, former));
    if (stage === 'closed_lost' && !note) faults.add(...reasonRequired().errors);
    if (typeof probability === 'number' && isClosed(stage)) faults.add(...closedProbability().errors);
    faults.throwAny();
    if (evidence) await this.records.demandEvidence(evidence, dealId);
    return moment ?? { at: now, datePrecision: null };
  }
}
