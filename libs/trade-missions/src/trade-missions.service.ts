import { Injectable } from '@nestjs/common';
import { UsersReader } from '#access';
import { AuditedStore } from '#audit';
import type { Override } from '#calendar';
import { currentActor, Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { nameKey, RecordsReader, SectorsService } from '#records';
import { LockedMissions } from './locked-missions.js';
import { demandDays } from './mission-days.js';
import { MissionEffects } from './mission-effects.js';
import { MissionItinerary } from './mission-itinerary.js';
import { demandStatusChange, type MissionStatus } from './mission-status.js';
import { type MissionDirection, TradeMission } from './trade-mission.entity.js';
import { unknownReference } from './trade-missions.errors.js';

export interface TradeMissionInput {
  name: string;
  direction: MissionDirection;
  sponsorId?: string | null;
  /** Whoever adds it unless said otherwise. */
  ownerId?: string | null;
  sectors?: string[];
  /** ISO 3166-1 alpha-2 */
  originCountry: string;
  hostCountry: string;
  /** YYYY-MM-DD */
  startsOn: string;
  /** Last day, included. */
  endsOn: string;
  /** IANA zone of its days. */
  timeZone: string;
  /** Planned unless said otherwise; a past mission may be recorded as it ended. */
  status?: MissionStatus;
  objectives?: string | null;
}

export interface TradeMissionPatch extends Partial<TradeMissionInput> {
  /** With a new first day: every item of the itinerary moves by as many days. */
  moveItinerary?: boolean;
  /** Delegates who are booked elsewhere by now may be double-booked for a reason. */
  override?: Override;
}

/** Adds, changes and archives trade missions. */
@Injectable()
export class TradeMissionsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly users: UsersReader,
    private readonly sectors: SectorsService,
    private readonly missions: LockedMissions,
    private readonly itinerary: MissionItinerary,
    private readonly effects: MissionEffects,
  ) {}

  /** Throws Invalid. */
  @Transactional()
  async create(input: TradeMissionInput): Promise<TradeMission> {
    await this.check(input, input);
    const fields = await this.sectors.withCodes(input);
    const ownerId = input.ownerId === undefined ? await this.actingUser() : input.ownerId;
    return this.store.insert(TradeMission, { ...fields, ownerId, searchKey: nameKey(input.name) });
  }

  /**
   * Cancelling frees every delegate, and setting it back holds them again. Throws NotFound, Stale, Invalid,
   * MissionStatusRefused, ItemsOutside, DoubleBooked.
   */
  @Transactional()
  async update(id: string, patch: TradeMissionPatch, version?: number): Promise<TradeMission> {
    const mission = await this.missions.get(id, version);
    const before = { ...mission };
    const { moveItinerary, override, ...given } = patch;
    if (patch.status) demandStatusChange(before.status, patch.status);
    await this.check(given, { startsOn: patch.startsOn ?? before.startsOn, endsOn: patch.endsOn ?? before.endsOn });
    const fields = await this.sectors.withCodes(given);
    const searchKey = nameKey(patch.name ?? before.name);
    const updated = await this.store.update(TradeMission, mission, { ...fields, searchKey });
    if (moveItinerary) await this.itinerary.moveAlong(id, before, updated, override);
    await this.itinerary.demandWithin(id, updated);
    await this.effects.follow(before, updated, override);
    return updated;
  }

  /** Its delegates are free again, and nobody is mailed about it any more. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const before = { ...(await this.missions.get(id, version)) };
    await this.effects.follow(before, await this.store.archive(TradeMission, id));
  }

  /** Throws Invalid with every fault. */
  private async check(
    { sponsorId, ownerId }: Partial<TradeMissionInput>,
    days: Pick<TradeMission, 'startsOn' | 'endsOn'>,
  ): Promise<void> {
    const faults = new FaultList();
    await faults.gather(() => demandDays(days));
    if (sponsorId)
      await faults.gather(() =>
        this.records.demand([{ type: 'organization', id: sponsorId }], currentActor(), () => '/sponsorId'),
      );
    if (ownerId) await faults.gather(() => this.demandOwner(ownerId));
    faults.throwAny();
  }

  private async demandOwner(ownerId: string): Promise<void> {
    const [user] = await this.users.active([ownerId]);
    if (!user) throw unknownReference('/ownerId', 'user', ownerId);
  }

  /** API keys are nobody's. */
  private async actingUser(): Promise<string | null> {
    const { id } = currentActor();
    const [user] = id ? await this.users.active([id]) : [];
    return user?.id ?? null;
  }
}
