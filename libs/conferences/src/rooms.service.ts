import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import { AvailabilityReader } from '#calendar';
import { Database, Transactional } from '#database';
import { InvitationsService } from '#invitations';
import { nameKey } from '#records';
import { ReminderSources } from '#reminders';
import { Conference } from './conference.entity.js';
import { ConferenceReminders } from './conference-reminders.js';
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
    private readonly reminders: ConferenceReminders,
    private readonly reminded: ReminderSources,
    private readonly invitations: InvitationsService,
  ) {}

  /** Throws NotFound, RoomNameTaken. */
  @Transactional()
  async create(conferenceId: string, input: RoomInput): Promise<Room> {
    await this.store.lock(Conference, conferenceId);
    await this.demandFreeName(conferenceId, input.name);
    return this.store.insert(Room, { ...input, conferenceId, searchKey: nameKey(input.name) });
  }

  /** A new name is a new place for what is held in it. Throws NotFound, Stale, RoomNameTaken. */
  @Transactional()
  async update(id: string, patch: Partial<RoomInput>, version?: number): Promise<Room> {
    await this.holdConference(id);
    const room = await this.store.lock(Room, id, version);
    if (patch.name !== undefined) await this.demandFreeName(room.conferenceId, patch.name, id);
    const renamed = patch.name !== undefined && patch.name !== room.name;
    const updated = await this.store.update(Room, room, { ...patch, searchKey: nameKey(patch.name ?? room.name) });
    if (renamed) await this.tell(id);
    return updated;
  }

  /** Throws NotFound, Stale, RoomInUse while something to come is planned in it. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.holdConference(id);
    await this.store.archive(Room, id, version);
    if (await this.availability.isHeldAfter(id, await this.database.now())) throw new RoomInUse();
    if (await this.database.queryOne(UNTIMED, [id])) throw new RoomInUse();
  }

  /** Sessions and meetings alike: what waits to be sent says the new name, whoever was told the other one hears of it. */
  private async tell(id: string): Promise<void> {
    const held = await this.availability.heldAfter(id, await this.database.now());
    await this.reminders.follow(held);
    await this.reminded.of('side_meeting')?.plan(held);
    await this.invitations.follow(...held);
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

/** Sessions whose time is not known hold nothing in the calendar. */
const UNTIMED = `
  SELECT 1 FROM conference_sessions
  WHERE room_id = $1 AND starts_at IS NULL AND status = 'scheduled' AND archived_at IS NULL LIMIT 1`;
