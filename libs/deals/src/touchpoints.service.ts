import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { FaultList, NotFound } from '#faults';
import { type RecordReference, RecordsReader } from '#records';
import { TouchpointExists, touchesItself } from './deals.errors.js';
import { LockedDeals } from './locked-deals.js';
import { type DayPrecision, pastMoment } from './moment.js';
import { Touchpoint, type TouchpointEffect } from './touchpoint.entity.js';
import { TouchpointsReader } from './touchpoints.reader.js';

export interface TouchpointInput {
  /** Any record the actor may see, but the deal itself. */
  about: RecordReference;
  effect: TouchpointEffect;
  note?: string | null;
  /** A past instant or date; absent or null: when the record took place, else now. */
  at?: string | null;
  /** Of a date; day unless said otherwise. */
  datePrecision?: DayPrecision;
}

export type TouchpointPatch = Partial<Omit<TouchpointInput, 'about'>>;

/** Says what touched a deal, and what it did for it. */
@Injectable()
export class TouchpointsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly deals: LockedDeals,
    private readonly reader: TouchpointsReader,
  ) {}

  /** Throws NotFound, Invalid, TouchpointExists. */
  @Transactional()
  async create(dealId: string, { about, ...input }: TouchpointInput): Promise<Touchpoint> {
    await this.deals.get(dealId);
    const moment = await this.check(dealId, about, input);
    await this.demandNew(dealId, about.id, input.effect);
    const { effect, note } = input;
    const createdBy = currentActor().id;
    return this.store.insert(Touchpoint, { dealId, aboutId: about.id, effect, note, ...moment, createdBy });
  }

  /** Throws NotFound, Stale, Invalid, TouchpointExists. */
  @Transactional()
  async update(id: string, { effect, note, ...text }: TouchpointPatch, version?: number): Promise<Touchpoint> {
    const touchpoint = await this.lock(id, version);
    if (effect && effect !== touchpoint.effect) await this.demandNew(touchpoint.dealId, touchpoint.aboutId, effect);
    const moment = await this.moment(text);
    return this.store.update(Touchpoint, touchpoint, { effect, note, ...moment });
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.lock(id, version);
    await this.store.archive(Touchpoint, id);
  }

  /** Whoever may not know of the record does not speak of it either. Throws NotFound, Stale. */
  private async lock(id: string, version?: number): Promise<Touchpoint> {
    const { about, dealId } = await this.reader.get(id);
    if ('restricted' in about) throw new NotFound('touchpoint', id);
    await this.deals.get(dealId);
    return this.store.lock(Touchpoint, id, version);
  }

  private async check(dealId: string, about: RecordReference, text: TouchpointPatch): Promise<Partial<Touchpoint>> {
    const faults = new FaultList();
    await faults.gather(() => this.records.demand([about], currentActor(), () => '/about'));
    if (about.id === dealId) faults.add(...touchesItself().errors);
    const moment = await faults.gather(() => this.moment(text));
    faults.throwAny();
    return moment ?? {};
  }

  /** null gives the record its own time back, absent leaves it alone. Throws Invalid. */
  private async moment({ at, datePrecision }: TouchpointPatch): Promise<Partial<Touchpoint>> {
    if (at === null) return { at: null, datePrecision: null };
    if (at === undefined && datePrecision === undefined) return {};
    return pastMoment({ at, datePrecision }, await this.database.now());
  }

  private async demandNew(dealId: string, aboutId: string, effect: TouchpointEffect): Promise<void> {
    const same = await this.database.queryOne<{ id: string }>(SAME, [dealId, aboutId, effect]);
    if (same) throw new TouchpointExists(same.id);
  }
}

const SAME = 'SELECT id FROM touchpoints WHERE deal_id = $1 AND about_id = $2 AND effect = $3 AND archived_at IS NULL';
