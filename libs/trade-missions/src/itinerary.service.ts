import { Injectable } from '@nestjs/common';
import { AuditedStore, AuditTrail } from '#audit';
import { type EventTime, eventTime, type Override, type TimeText } from '#calendar';
import { Database, Transactional } from '#database';
import { FaultList } from '#faults';
import { nameKey } from '#records';
import { holdsPeople } from './itinerary-kinds.js';
import { ItineraryBookings } from './itinerary-bookings.js';
import { ItineraryItem } from './itinerary-item.entity.js';
import { ItineraryReader } from './itinerary.reader.js';
import { LockedMissions } from './locked-missions.js';
import { demandWithin } from './mission-days.js';
import { MissionHost } from './mission-host.entity.js';
import type { TradeMission } from './trade-mission.entity.js';
import { hostElsewhere, MissionCancelled, unknownDelegates, unknownReference } from './trade-missions.errors.js';

/** Times are read in `timeZone`, which is that of the place. */
export interface ItineraryItemInput extends TimeText {
  /** snake_case word. */
  kind: string;
  title: string;
  city?: string | null;
  address?: string | null;
  hostId?: string | null;
  notes?: string | null;
  /** Delegates of the mission; absent or null: every one who is coming, nobody for an empty list. */
  delegateIds?: string[] | null;
  /** By its kind unless said otherwise. */
  holdsPeople?: boolean;
  /** Delegates who are booked elsewhere may be double-booked for a reason. */
  override?: Override;
}

/** A night in a hotel may be many nights. */
const LONGEST_DAYS = 366;

/** Adds, changes and archives the items of itineraries, and books who takes part in them. */
@Injectable()
export class ItineraryService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly trail: AuditTrail,
    private readonly missions: LockedMissions,
    private readonly reader: ItineraryReader,
    private readonly bookings: ItineraryBookings,
  ) {}

  /** Throws NotFound, Invalid with every fault, MissionCancelled, DoubleBooked. */
  @Transactional()
  async create(missionId: string, input: ItineraryItemInput): Promise<ItineraryItem> {
    const mission = await this.missions.get(missionId);
    const { override, delegateIds, ...fields } = input;
    const time = await this.check(mission, input);
    const item = await this.store.insert(ItineraryItem, {
      holdsPeople: holdsPeople(input.kind),
      ...fields,
      ...time,
      missionId,
      forAll: !delegateIds,
      searchKey: nameKey(input.title),
    });
    if (delegateIds?.length) await this.name(item, delegateIds);
    await this.bookings.followItem(item.id, override);
    return item;
  }

  /** Moves what it holds along. Throws NotFound, Stale, Invalid with every fault, MissionCancelled, DoubleBooked. */
  @Transactional()
  async update(id: string, patch: Partial<ItineraryItemInput>, version?: number): Promise<ItineraryItem> {
    const mission = await this.missions.get((await this.reader.get(id)).missionId);
    const item = await this.store.lock(ItineraryItem, id, version);
    const { override, delegateIds, ...fields } = patch;
    const time = await this.check(mission, patch, item);
    const forAll = delegateIds === undefined ? item.forAll : delegateIds === null;
    const searchKey = nameKey(patch.title ?? item.title);
    await this.store.update(ItineraryItem, item, { ...fields, ...time, forAll, searchKey });
    if (delegateIds !== undefined) await this.name(item, delegateIds ?? []);
    await this.bookings.followItem(id, override);
    return item;
  }

  /** Whoever it held is free again. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.missions.get((await this.reader.get(id)).missionId);
    await this.store.archive(ItineraryItem, id, version);
    await this.bookings.followItem(id);
  }

  /** When it is, as given or as stored. Throws Invalid with every fault. */
  private async check(
    mission: TradeMission,
    input: Partial<ItineraryItemInput>,
    stored?: ItineraryItem,
  ): Promise<EventTime> {
    if (mission.status === 'cancelled') throw new MissionCancelled();
    const faults = new FaultList();
    const timeOf = (): EventTime => eventTime(input, stored, LONGEST_DAYS);
    await faults.gather(() => demandWithin(timeOf(), mission));
    const { hostId, delegateIds } = input;
    if (hostId) await faults.gather(() => this.demandHost(hostId, mission.id));
    if (delegateIds?.length) await faults.gather(() => this.demandDelegates(delegateIds, mission.id));
    faults.throwAny();
    return timeOf();
  }

  private async demandHost(hostId: string, missionId: string): Promise<void> {
    const host = await this.database.manager.findOneBy(MissionHost, { id: hostId });
    if (!host || host.archivedAt) throw unknownReference('/hostId', 'host', hostId);
    if (host.missionId !== missionId) throw hostElsewhere();
  }

  private async demandDelegates(ids: string[], missionId: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM delegates WHERE id = ANY($1::uuid[]) AND mission_id = $2 AND archived_at IS NULL',
      [ids, missionId],
    );
    const known = new Set(rows.map(({ id }) => id));
    const missing = ids.flatMap((id, index) => (known.has(id) ? [] : [{ id, index }]));
    if (missing.length > 0) throw unknownDelegates(missing);
  }

  /** Makes these all that the item names. Another set of names is another version of the item. */
  private async name(item: ItineraryItem, delegateIds: string[]): Promise<void> {
    const [change] = await this.database.query<{ changes: number }>(NAME, [item.id, delegateIds]);
    if (!change?.changes) return;
    const after = { delegateIds: item.forAll ? null : delegateIds };
    await this.trail.record({ action: 'delegates_named', subjectType: ItineraryItem.noun, aboutId: item.id, after });
    await this.database.query('UPDATE itinerary_items SET version = version + 1, updated_at = now() WHERE id = $1', [
      item.id,
    ]);
  }
}

const NAME = `
  WITH gone AS (DELETE FROM itinerary_item_delegates WHERE item_id = $1 AND delegate_id <> ALL($2::uuid[]) RETURNING 1),
  added AS (INSERT INTO itinerary_item_delegates (item_id, delegate_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT (SELECT count(*) FROM gone)::int + (SELECT count(*) FROM added)::int AS changes`;
