import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import type { Override } from '#calendar';
import { Database, Transactional } from '#database';
import { InvitationsService } from '#invitations';
import { RemindersService } from '#reminders';
import { nameKey, RecordsReader } from '#records';
import { Conference } from './conference.entity.js';
import { ConferencePlans } from './conference-plans.js';
import { ConferenceSessions } from './conference-sessions.js';
import { type ConferenceStatus, demandStatusChange } from './conference-status.js';
import { conferenceTime, type ConferenceTimeText } from './conference-time.js';
import { unknownReference } from './conferences.errors.js';

export interface ConferenceInput extends ConferenceTimeText {
  name: string;
  timeZone: string;
  occasion?: string | null;
  /** Draft unless said otherwise; a past conference may be recorded as it ended. */
  status?: ConferenceStatus;
  venue?: string | null;
  city?: string | null;
  /** ISO 3166-1 alpha-2 */
  country?: string | null;
  capacity?: number | null;
  organizerId?: string | null;
}

export interface ConferencePatch extends Partial<ConferenceInput> {
  /** With a new start: every session moves as far on the clock as the conference does. */
  moveSessions?: boolean;
  /** People who are booked elsewhere at the new time, or too far from the new place, may be double-booked for a reason. */
  override?: Override;
}

@Injectable()
export class ConferencesService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly sessions: ConferenceSessions,
    private readonly plans: ConferencePlans,
    private readonly reminders: RemindersService,
    private readonly invitations: InvitationsService,
  ) {}

  /** Throws Invalid. */
  @Transactional()
  async create(input: ConferenceInput): Promise<Conference> {
    await this.demandOrganizer(input.organizerId);
    return this.store.insert(Conference, { ...input, ...conferenceTime(input), searchKey: nameKey(input.name) });
  }

  /** Cancelling calls off every session. Throws NotFound, Stale, Invalid, ConferenceStatusRefused, SessionsOutside, DoubleBooked. */
  @Transactional()
  async update(id: string, patch: ConferencePatch, version?: number): Promise<Conference> {
    const conference = await this.store.lock(Conference, id, version);
    const before = { ...conference };
    const { moveSessions, override, ...fields } = patch;
    if (patch.status) demandStatusChange(before.status, patch.status);
    await this.demandOrganizer(patch.organizerId);
    const time = conferenceTime(patch, before);
    const searchKey = nameKey(patch.name ?? before.name);
    const updated = await this.store.update(Conference, conference, { ...fields, ...time, searchKey });
    if (moveSessions) await this.sessions.moveAlong(before, updated, override);
    await this.sessions.relocate(before, updated, override);
    if (before.status !== 'cancelled' && updated.status === 'cancelled') await this.callOff(id);
    await this.sessions.demandWithin(id, time);
    const sessionIds = await this.sessions.ids(id);
    await this.plans.follow(before, updated, sessionIds);
    await this.invitations.follow(id, ...sessionIds);
    return updated;
  }

  /** Its sessions go with it, and what they hold in the calendar is free again. Throws NotFound, Stale. */
  @Transactional()
  async archive(id: string, version?: number): Promise<void> {
    await this.store.archive(Conference, id, version);
    const sessionIds = await this.sessions.ids(id);
    await this.sessions.archive(id);
    await this.reminders.cancel(id, 'subject_called_off');
    await this.invitations.follow(id, ...sessionIds);
  }

  private async callOff(id: string): Promise<void> {
    await this.sessions.callOff(id);
    await this.reminders.cancel(id, 'subject_called_off');
  }

  private async demandOrganizer(organizerId: string | null | undefined): Promise<void> {
    if (!organizerId) return;
    const found = await this.records.find(organizerId);
    if (found?.type !== 'organization' || found.archivedAt)
      throw unknownReference('/organizerId', 'organization', organizerId);
  }
}
