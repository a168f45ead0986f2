import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { currentActor, Database, Transactional } from '#database';
import { type RecordReference, RecordsReader } from '#records';
import { DealPartiesReader } from './deal-parties.reader.js';
import { DealParty, type PartyRole } from './deal-party.entity.js';
import { PartyExists } from './deals.errors.js';
import { LockedDeals } from './locked-deals.js';

export interface DealPartyInput {
  organizationId: string;
  role: PartyRole;
  /** Whom to speak to there. */
  personId?: string | null;
  note?: string | null;
}

/** Adds, changes and archives the parties of deals. */
@Injectable()
export class DealPartiesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly deals: LockedDeals,
    private readonly reader: DealPartiesReader,
  ) {}

  /** Throws NotFound, Invalid, PartyExists. */
  @Transactional()
  async create(dealId: string, input: DealPartyInput): Promise<DealParty> {
    await this.deals.get(dealId);
    await this.demandReferences(input);
    const same = await this.database.queryOne<{ id: string }>(SAME, [dealId, input.organizationId, input.role]);
    if (same) throw new PartyExists(same.id);
    return this.store.insert(DealParty, { ...input, dealId });
  }

  /** Throws NotFound, Stale, Invalid. */
  @Transactional()
  async update(id: string, patch: Pick<DealPartyInput, 'personId' | 'note'>, version?: number): Promise<DealParty> {
    await this.deals.get((await this.reader.get(id)).dealId);
    const party = await this.store.lock(DealParty, id, version);
    await this.demandReferences(patch);
    return this.store.update(DealParty, party, patch);
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.deals.get((await this.reader.get(id)).dealId);
    await this.store.archive(DealParty, id, version);
  }

  private async demandReferences({ organizationId, personId }: Partial<DealPartyInput>): Promise<void> {
    const named: (RecordReference & { pointer: string })[] = [
      ...(organizationId ? [{ type: 'organization' as const, id: organizationId, pointer: '/organizationId' }] : []),
      ...(personId ? [{ type: 'person' as const, id: personId, pointer: '/personId' }] : []),
    ];
    if (named.length > 0) await this.records.demand(named, currentActor(), (index) => named[index]?.pointer ?? '');
  }
}

const SAME = `
  SELECT id FROM deal_parties WHERE deal_id = $1 AND organization_id = $2 AND role = $3 AND archived_at IS NULL`;
