import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { nameKey, SectorsService } from '#records';
import { type DealStage, isClosed } from './deal-stage.js';
import { Deal, type DealKind } from './deal.entity.js';
import { closedProbability, unknownOwner } from './deals.errors.js';
import { LockedDeals } from './locked-deals.js';
import { type DayPrecision, type Moment, type MomentText, pastMoment } from './moment.js';
import { type Money, moneyFields } from './money.js';
import { stageFields, StageHistory } from './stage-history.js';

/** What anybody may change of a deal; its stage has a history, and changes by a stage change. */
export interface DealFields {
  title: string;
  kind: DealKind;
  value?: Money | null;
  /** In percent; null takes that of the stage. */
  probability?: number | null;
  /** ISO 3166-1 alpha-2 */
  country?: string | null;
  sectors?: string[];
  /** Whoever adds it unless said otherwise. */
  ownerId?: string | null;
  /** YYYY-MM-DD */
  expectedCloseOn?: string | null;
  notes?: string | null;
}

export interface DealInput extends DealFields {
  /** A lead unless said otherwise; a past deal may be recorded as it ended. */
  stage?: DealStage;
  /** Since when it is in that stage: a past instant or date; now unless said otherwise. */
  stageSince?: string;
  /** Of a date; day unless said otherwise. */
  stagePrecision?: DayPrecision;
}

const SINCE = { at: '/stageSince', datePrecision: '/stagePrecision' };

/** Adds, changes and archives deals. */
@Injectable()
export class DealsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly users: UsersReader,
    private readonly sectors: SectorsService,
    private readonly deals: LockedDeals,
    private readonly history: StageHistory,
  ) {}

  /** The stage it begins with is the first of its history. Throws Invalid. */
  @Transactional()
  async create({ stage = 'lead', stageSince, stagePrecision, ...input }: DealInput): Promise<Deal> {
    const since = await this.check(input, stage, { at: stageSince, datePrecision: stagePrecision });
    const ownerId = input.ownerId === undefined ? await this.actingUser() : input.ownerId;
    const fields = await this.fieldsOf({ ...input, ownerId });
    const deal = await this.store.insert(Deal, { ...fields, stage, ...stageFields(stage, since) });
    await this.history.add({ dealId: deal.id, from: null, to: stage, ...since, note: null, evidenceId: null });
    return deal;
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Partial<DealFields>, version?: number): Promise<Deal> {
    const deal = await this.deals.get(id, version);
    await this.check(patch, deal.stage);
    return this.store.update(Deal, deal, await this.fieldsOf(patch));
  }

  /** What points at it goes on pointing. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.deals.get(id, version);
    await this.store.archive(Deal, id);
  }

  /** Answers when the stage began. Throws Invalid with every fault. */
  private async check(
    { ownerId, probability }: Partial<DealFields>,
    stage: DealStage,
    since: MomentText = {},
  ): Promise<Moment> {
    const faults = new FaultList();
    const now = await this.database.now();
    const moment = await faults.gather(() => pastMoment(since, now, SINCE));
    if (ownerId) await faults.gather(() => this.demandOwner(ownerId));
    if (typeof probability === 'number' && isClosed(stage)) faults.add(...closedProbability().errors);
    faults.throwAny();
    return moment ?? { at: now, datePrecision: null };
  }

  private async demandOwner(ownerId: string): Promise<void> {
    const [user] = await this.users.active([ownerId]);
    if (!user) throw unknownOwner(ownerId);
  }

  /** API keys are nobody's. */
  private async actingUser(): Promise<string | null> {
    const { id } = currentActor();
    const [user] = id ? await this.users.active([id]) : [];
    return user?.id ?? null;
  }

  private async fieldsOf({ value, ...input }: Partial<DealFields>): Promise<Partial<Deal>> {
    return {
      ...(await this.sectors.withCodes(input)),
      ...moneyFields(value),
      ...(input.title !== undefined && { searchKey: nameKey(input.title) }),
    };
  }
}
