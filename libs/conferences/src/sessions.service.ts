import { Injectable } from '@nestjs/common';
import { AuditedStore, definedOnly } from '#audit';
import { type OpenEventTime, openEventTime, type Override, type TimeText } from '#calendar';
import { Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { InvitationsService } from '#invitations';
import { RemindersService } from '#reminders';
import { nameKey, SectorsService } from '#records';
import { Conference } from './conference.entity.js';
import { demandWithin } from './conference-time.js';
import { ConferenceReminders } from './conference-reminders.js';
import { ConferenceCancelled, roomElsewhere, unknownReference } from './conferences.errors.js';
import { Room } from './room.entity.js';
import { Session, type SessionKind, type SessionStatus } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';
import { SessionsReader } from './sessions.reader.js';

/** Times are read in `timeZone`, by default the conference's; both are given, or both are null for not known. */
export interface SessionInput extends TimeText {
  /** Null when not announced or not reported. */
  title: string | null;
  kind: SessionKind;
  status?: SessionStatus;
  roomId?: string | null;
  capacity?: number | null;
  abstract?: string | null;
  topics?: string[];
  sectors?: string[];
  /** Speakers who are booked elsewhere may be double-booked for a reason. */
  override?: Override;
}

@Injectable()
export class SessionsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly reader: SessionsReader,
    private readonly bookings: SessionBookings,
    private readonly reminders: RemindersService,
    private readonly invitations: InvitationsService,
    private readonly sectors: SectorsService,
    private readonly plans: ConferenceReminders,
  ) {}

  /** Throws NotFound, Invalid, ConferenceCancelled, DoubleBooked. */
  @Transactional()
  async create(conferenceId: string, input: SessionInput): Promise<Session> {
    const conference = await this.store.lock(Conference, conferenceId);
    const { override, timeZone: _, ...fields } = await this.sectors.withCodes(input);
    const values = { ...fields, ...sessionTime(input, conference), ...sessionKeys(input) };
    await this.demandPlace(values, conference);
    const session = await this.store.insert(Session, { ...values, conferenceId });
    await this.bookings.sync(session, override);
    await this.plans.follow([session.id]);
    return session;
  }

  /** A new time or room moves what is held in the calendar. Throws NotFound, Stale, Invalid, ConferenceCancelled, DoubleBooked. */
  @Transactional()
  async update(id: string, patch: Partial<SessionInput>, version?: number): Promise<Session> {
    const conference = await this.conferenceOf(id);
    const session = await this.store.lock(Session, id, version);
    const { override, timeZone: _, ...fields } = await this.sectors.withCodes(patch);
    const next = { ...session, ...definedOnly(fields) };
    const changes = { ...fields, ...sessionTime(patch, conference, session), ...sessionKeys(next) };
    await this.demandPlace({ ...session, ...definedOnly(changes) }, conference);
    const updated = await this.store.update(Session, session, changes);
    await this.bookings.sync(updated, override);
    if (updated.status === 'cancelled') await this.reminders.cancel(id, 'subject_called_off');
    await this.plans.followSession(updated);
    await this.invitations.follow(id);
    return updated;
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.conferenceOf(id);
    const session = await this.store.archive(Session, id, version);
    await this.bookings.sync(session);
    await this.reminders.cancel(id, 'subject_called_off');
    await this.plans.followSession(session);
    await this.invitations.follow(id);
  }

  /** Conference before session, everywhere: locks taken in one order cannot wait for each other. */
  private async conferenceOf(sessionId: string): Promise<Conference> {
    const { conferenceId } = await this.reader.get(sessionId);
    return this.store.lock(Conference, conferenceId);
  }

  private async demandPlace(session: PlannedSession, conference: Conference): Promise<void> {
    if (session.status === 'cancelled') return;
    if (conference.status === 'cancelled') throw new ConferenceCancelled();
    demandWithin({ ...session, timeZone: conference.timeZone }, conference);
    if (session.roomId) await this.demandRoom(session.roomId, conference.id);
  }

  private async demandRoom(roomId: string, conferenceId: string): Promise<void> {
    const room = await this.database.manager.findOneBy(Room, { id: roomId });
    if (!room || room.archivedAt) throw unknownReference('/roomId', 'room', roomId);
    if (room.conferenceId !== conferenceId) throw roomElsewhere();
  }
}

type PlannedSession = Omit<OpenEventTime, 'timeZone'> & { status?: SessionStatus; roomId?: string | null };

function sessionTime(text: TimeText, conference: Conference, stored?: Session) {
  const before = stored && { startsAt: stored.startsAt, endsAt: stored.endsAt, timeZone: conference.timeZone };
  const { startsAt, endsAt } = openEventTime({ ...text, timeZone: text.timeZone ?? conference.timeZone }, before);
  if ((startsAt === null) === (endsAt === null)) return { startsAt, endsAt };
  const pointer = startsAt ? '/endsAt' : '/startsAt';
  throw Invalid.field(pointer, 'required', 'Give both times, or null for both.');
}

/** A session without a title is found by its kind. */
const sessionKeys = ({ title, kind }: Pick<SessionInput, 'title' | 'kind'>) => ({ searchKey: nameKey(title ?? kind) });
