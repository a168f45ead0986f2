import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore } from '#audit';
import { type Override, toLocal } from '#calendar';
import { currentActor, Database, listRequest, MAX_LIMIT, Transactional } from '#database';
import { PositionsReader } from '#members';
import { RecordsReader } from '#records';
import { billedTitle } from './billed-title.js';
import { Conference } from './conference.entity.js';
import { ConferenceReminders } from './conference-reminders.js';
import { SpeakerExists, UnknownSpeaker } from './conferences.errors.js';
import { Session } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';
import { SessionsReader } from './sessions.reader.js';
import { Speaker, type SpeakerRole, type SpeakerStatus } from './speaker.entity.js';
import { SpeakersReader } from './speakers.reader.js';

export interface SpeakerInput {
  personId: string;
  role: SpeakerRole;
  /** Precedence, from 1. */
  order?: number | null;
  /** Absent: taken from the person's preferred position now. */
  billedTitle?: string | null;
  status?: SpeakerStatus;
  /** Speaks although booked elsewhere, and why. */
  override?: Override;
}

@Injectable()
export class SpeakersService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly positions: PositionsReader,
    private readonly sessions: SessionsReader,
    private readonly reader: SpeakersReader,
    private readonly bookings: SessionBookings,
    private readonly reminders: ConferenceReminders,
  ) {}

  /** Holds the person for the session unless they said no. Throws NotFound, Invalid, SpeakerExists, DoubleBooked. */
  @Transactional()
  async create(sessionId: string, input: SpeakerInput): Promise<Speaker> {
    const { session, timeZone } = await this.lockSession(sessionId);
    const { override, ...fields } = input;
    await this.records.demand([{ type: 'person', id: input.personId }], currentActor(), () => '/personId');
    await this.demandNew(sessionId, input.personId, input.role);
    const billed = input.billedTitle === undefined ? await this.titleOf(input.personId, timeZone) : input.billedTitle;
    const speaker = await this.store.insert(Speaker, { ...fields, billedTitle: billed, sessionId });
    await this.follow(session, input.personId, override);
    return speaker;
  }

  /** Throws NotFound, Stale, SpeakerExists, DoubleBooked when somebody who had declined is booked elsewhere by now. */
  @Transactional()
  async update(id: string, patch: Partial<Omit<SpeakerInput, 'personId'>>, version?: number): Promise<Speaker> {
    const { sessionId, personId } = await this.reader.get(id);
    const { session } = await this.lockSession(sessionId);
    const speaker = await this.store.lock(Speaker, id, version);
    const { override, ...fields } = patch;
    if (patch.role) await this.demandNew(sessionId, personId, patch.role, id);
    const updated = await this.store.update(Speaker, speaker, fields);
    await this.follow(session, personId, override);
    return updated;
  }

  /**
   * Gives those named the first places of the order of precedence; others who have a place follow in the order they had.
   * Throws NotFound, UnknownSpeaker.
   */
  @Transactional()
  async reorder(sessionId: string, ids: string[]): Promise<void> {
    await this.lockSession(sessionId);
    const speakers = await this.inOrder(sessionId);
    const named = ids.map((id, index) => {
      const speaker = speakers.find((each) => each.id === id);
      if (!speaker) throw new UnknownSpeaker(index, id);
      return speaker;
    });
    const others = speakers.filter((each) => !named.includes(each) && each.order !== null);
    for (const [index, speaker] of [...named, ...others].entries())
      await this.store.update(Speaker, speaker, { order: index + 1 });
  }

  /** Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    const { sessionId, personId } = await this.reader.get(id);
    const { session } = await this.lockSession(sessionId);
    await this.store.archive(Speaker, id, version);
    await this.follow(session, personId);
  }

  /** What the session holds, and what the person is reminded of. */
  private async follow(session: Session, personId: string, override?: Override): Promise<void> {
    await this.bookings.sync(session, override);
    await this.reminders.followPeople([session.conferenceId, session.id], { personIds: [personId] });
  }

  private async lockSession(id: string): Promise<{ session: Session; timeZone: string }> {
    const { conferenceId } = await this.sessions.get(id);
    const { timeZone } = await this.store.lock(Conference, conferenceId);
    return { session: await this.store.lock(Session, id), timeZone };
  }

  private inOrder(sessionId: string): Promise<Speaker[]> {
    return this.database.manager.find(Speaker, {
      where: { sessionId, archivedAt: IsNull() },
      order: { order: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async titleOf(personId: string, timeZone: string): Promise<string | null> {
    const { data } = await this.positions.listOf(personId, listRequest({ limit: MAX_LIMIT }));
    return billedTitle(data, toLocal(await this.database.now(), timeZone).slice(0, 10));
  }

  private async demandNew(sessionId: string, personId: string, role: SpeakerRole, ownId?: string): Promise<void> {
    const same = await this.database.queryOne<{ id: string }>(
      'SELECT id FROM speakers WHERE session_id = $1 AND person_id = $2 AND role = $3 AND archived_at IS NULL',
      [sessionId, personId, role],
    );
    if (same && same.id !== ownId) throw new SpeakerExists(same.id);
  }
}
