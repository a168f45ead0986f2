import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { AvailabilityReader } from '#calendar';
import { Database, Transactional } from '#database';
import { nameKey } from '#records';
import { Conference } from './conference.entity.js';
import { RoomInUse, RoomNameTaken } from './conferences.errors.js';
import { Room } from './room.entity.js';
import { RoomsReader } from './rooms.reader.js';

export interface RoomInput {
  name: string;
  /** Seats. */
  capacity?: number | null;
}

@Injectable()
export class RoomsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly reader: RoomsReader,
    private readonly availability: AvailabilityReader,
  ) {}

  /** Throws NotFound, RoomNameTaken. */
  @Transactional()
  async create(conferenceId: string, input: RoomInput): Promise<Room> {
    await this.store.lock(Conference, conferenceId);
    await this.demandFreeName(conferenceId, input.name);
    return this.store.insert(Room, { ...input, conferenceId, searchKey: nameKey(input.name) });
  }

  /** Throws NotFound, Stale, RoomNameTaken. */
  @Transactional()
  async update(id: string, patch: Partial<RoomInput>, version?: number): Promise<Room> {
    await this.holdConference(id);
    const room = await this.store.lock(Room, id, version);
    if (patch.name !== undefined) await this.demandFreeName(room.conferenceId, patch.name, id);
    return this.store.update(Room, room, { ...patch, searchKey: nameKey(patch.name ?? room.name) });
  }

  /** Throws NotFound, Stale, RoomInUse while something to come is planned in it. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.holdConference(id);
    await this.store.archive(Room, id, version);
    if (await this.availability.isHeldAfter(id, new Date())) throw new RoomInUse();
  }

  /** Nobody plans a session in the room, or names another one so, until the commit. */
  private async holdConference(roomId: string): Promise<void> {
    const { conferenceId } = await this.reader.get(roomId);
    await this.store.lock(Conference, conferenceId);
  }

  private async demandFreeName(conferenceId: string, name: string, ownId?: string): Promise<void> {
    const taken = await this.database.queryOne<{ id: string }>(
      'SELECT id FROM rooms WHERE conference_id = $1 AND lower(name) = lower($2) AND archived_at IS NULL',
      [conferenceId, name],
    );
    if (taken && taken.id !== ownId) throw new RoomNameTaken(name);
  }
}
