import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { type RecordReference, RecordsReader } from '#records';
import { missionOfAnotherKind } from './deals.errors.js';
import { Instrument, type InstrumentKind, type InstrumentStatus } from './instrument.entity.js';
import { InstrumentsReader } from './instruments.reader.js';
import { LockedDeals } from './locked-deals.js';
import { type DayPrecision, pastMoment } from './moment.js';
import { type Money, moneyFields } from './money.js';

export interface InstrumentInput {
  kind: InstrumentKind;
  /** Organization that gives it. */
  providerId: string;
  status: InstrumentStatus;
  amount?: Money | null;
  /** Since when it has its status, YYYY-MM-DD; not in the future. A new status without it is of a day nobody has said. */
  statusOn?: string | null;
  /** Of statusOn; day unless said otherwise. */
  datePrecision?: DayPrecision;
  /** Trade mission that a reverse_trade_mission pays for. */
  missionId?: string | null;
  /** Record that shows it. */
  evidence?: RecordReference | null;
  note?: string | null;
}

const STATUS_ON = { at: '/statusOn', datePrecision: '/datePrecision' };

/** Adds, changes and archives what providers give to deals. */
@Injectable()
export class InstrumentsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly deals: LockedDeals,
    private readonly reader: InstrumentsReader,
  ) {}

  /** Throws NotFound, Invalid, NoEvidence. */
  @Transactional()
  async create(dealId: string, input: InstrumentInput): Promise<Instrument> {
    await this.deals.get(dealId);
    const fields = await this.fieldsOf(input, { ...input, dealId });
    return this.store.insert(Instrument, { ...fields, dealId, createdBy: currentActor().id });
  }

  /** Throws NotFound, Stale, Invalid, NoEvidence, Forbidden. */
  @Transactional()
  async update(id: string, patch: Partial<InstrumentInput>, version?: number): Promise<Instrument> {
    await this.deals.get((await this.reader.get(id)).dealId);
    const instrument = await this.store.lock(Instrument, id, version);
    const { kind = instrument.kind, missionId = instrument.missionId } = patch;
    const isNewStatus = patch.status !== undefined && patch.status !== instrument.status;
    const statusOn = isNewStatus ? (patch.statusOn ?? null) : patch.statusOn;
    if (patch.evidence !== undefined) await this.records.demandReplaceable(instrument.evidenceId);
    const after = { kind, missionId, dealId: instrument.dealId };
    return this.store.update(Instrument, instrument, await this.fieldsOf({ ...patch, statusOn }, after));
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.deals.get((await this.reader.get(id)).dealId);
    await this.store.archive(Instrument, id, version);
  }

  /** Only what the input names, so that a patch leaves the rest alone. Throws Invalid with every fault, NoEvidence. */
  private async fieldsOf(
    input: Partial<InstrumentInput>,
    { kind, missionId, dealId }: Pick<Instrument, 'kind' | 'dealId'> & Pick<InstrumentInput, 'missionId'>,
  ): Promise<Partial<Instrument>> {
    const faults = new FaultList();
    const since = await faults.gather(() => this.since(input));
    if (missionId && kind !== 'reverse_trade_mission') faults.add(...missionOfAnotherKind().errors);
    await faults.gather(() => this.demandReferences(input));
    faults.throwAny();
    if (input.evidence) await this.records.demandEvidence(input.evidence, dealId);
    const { amount, evidence, statusOn: _date, datePrecision: _precision, ...fields } = input;
    return {
      ...fields,
      ...moneyFields(amount),
      ...since,
      ...(evidence !== undefined && { evidenceId: evidence?.id ?? null }),
    };
  }

  private async since({
    statusOn,
    datePrecision,
  }: Partial<InstrumentInput>): Promise<Partial<Pick<Instrument, 'statusOn' | 'datePrecision'>>> {
    if (statusOn === null && datePrecision === undefined) return { statusOn: null, datePrecision: null };
    if (statusOn === undefined && datePrecision === undefined) return {};
    const day = pastMoment({ at: statusOn ?? undefined, datePrecision }, await this.database.now(), STATUS_ON);
    return { statusOn: day.at.toISOString().slice(0, 10), datePrecision: day.datePrecision };
  }

  private async demandReferences({ providerId, missionId }: Partial<InstrumentInput>): Promise<void> {
    const named: (RecordReference & { pointer: string })[] = [
      ...(providerId ? [{ type: 'organization' as const, id: providerId, pointer: '/providerId' }] : []),
      ...(missionId ? [{ type: 'trade_mission' as const, id: missionId, pointer: '/missionId' }] : []),
    ];
    if (named.length > 0) await this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? '');
  }
}
