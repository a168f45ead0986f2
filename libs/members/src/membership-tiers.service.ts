import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { Database, Transactional } from '#database';
import { TierCodeTaken, TierInUse } from './members.errors.js';
import { MembershipTier } from './membership-tier.entity.js';

export interface MembershipTierInput {
  code: string;
  name: string;
  annualDues?: { amount: string; currency: string } | null;
  graceDays: number;
}

@Injectable()
export class MembershipTiersService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
  ) {}

  /** Throws TierCodeTaken. */
  @Transactional()
  async create(input: MembershipTierInput): Promise<MembershipTier> {
    await this.demandFree(input.code);
    return this.store.insert(MembershipTier, { ...columns(input) });
  }

  /** Throws NotFound, Stale, TierCodeTaken. */
  @Transactional()
  async update(id: string, patch: Partial<MembershipTierInput>, version?: number): Promise<MembershipTier> {
    const tier = await this.store.lock(MembershipTier, id, version);
    if (patch.code !== undefined && patch.code !== tier.code) await this.demandFree(patch.code);
    return this.store.update(MembershipTier, tier, columns(patch));
  }

  /** A tier that somebody is in stays. Throws NotFound, Stale, TierInUse. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const { code } = await this.store.archive(MembershipTier, id, version);
    const used = await this.database.queryOne(
      `SELECT id FROM membership_statuses WHERE tier_id = $1 AND status IN ('pending', 'current', 'grace') LIMIT 1`,
      [id],
    );
    if (used) throw new TierInUse(code);
  }

  private async demandFree(code: string): Promise<void> {
    if (await this.database.manager.existsBy(MembershipTier, { code })) throw new TierCodeTaken(code);
  }
}

/** Money is one value to a client and two columns in a table; null clears both. */
function columns<T extends Partial<MembershipTierInput>>({ annualDues, ...rest }: T) {
  if (annualDues === undefined) return rest;
  return { ...rest, annualDues: annualDues?.amount ?? null, currency: annualDues?.currency ?? null };
}
