import { Injectable } from '@nestjs/common';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { TravelTime } from './travel-time.entity.js';
import { reckoned, type ReckonedTerms } from './travel-time.policy.js';
import { TravelTimeExists } from './travel-times.errors.js';

export interface TravelTimeInput {
  /** Absent or null for any place. */
  fromPlace?: string | null;
  toPlace?: string | null;
  /** ISO 8601, PT0S to P1D; PT15M when absent. */
  duration?: string;
  /** true when absent. */
  enabled?: boolean;
}

const DEFAULTS = { fromPlace: null, toPlace: null, duration: 'PT15M', enabled: true };

/** What is booked already stays booked: a travel time speaks for what is booked or moved from now on. */
@Injectable()
export class TravelTimesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
  ) {}

  /** Throws Invalid, TravelTimeExists. */
  @Transactional()
  async create(input: TravelTimeInput): Promise<TravelTime> {
    const values = { ...DEFAULTS, ...definedOnly(input) };
    const terms = reckoned(values);
    await this.demandNew(terms);
    return this.store.insert(TravelTime, { ...values, ...terms });
  }

  /** Throws NotFound, Stale, Invalid, TravelTimeExists. */
  @Transactional()
  async update(id: string, patch: TravelTimeInput, version?: number): Promise<TravelTime> {
    const stored = await this.store.lock(TravelTime, id, version);
    const values = definedOnly(patch);
    const terms = reckoned({ ...stored, ...values });
    await this.demandNew(terms, id);
    return this.store.update(TravelTime, stored, { ...values, ...terms });
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(TravelTime, id, version);
  }

  private async demandNew({ fromKey, toKey }: ReckonedTerms, id?: string): Promise<void> {
    const other = await this.database.queryOne<{ id: string }>(SAME_WAY, [fromKey, toKey, id ?? null]);
    if (other) throw new TravelTimeExists(other.id);
  }
}

const SAME_WAY = `
  SELECT id FROM travel_times
  WHERE archived_at IS NULL AND id IS DISTINCT FROM $3::uuid
    AND least(coalesce(from_key, ''), coalesce(to_key, '')) = least(coalesce($1::text, ''), coalesce($2::text, ''))
    AND greatest(coalesce(from_key, ''), coalesce(to_key, '')) = greatest(coalesce($1::text, ''), coalesce($2::text, ''))`;
