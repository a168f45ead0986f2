import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { AuditedStore, definedOnly } from '#audit';
import { Database, Transactional } from '#database';
import { NotFound } from '#faults';
import type { AnsweredInvitation } from '#invitations';
import type { PlannedMessage } from '#messaging';
import { RecordsReader } from '#records';
import { Conference } from './conference.entity.js';
import { ConferencePlaces } from './conference-places.js';
import {
  AlreadyRegistered,
  ConferenceCancelled,
  NotAdmitted,
  RegistrationCancelled,
  unknownReference,
} from './conferences.errors.js';
import { Registration } from './registration.entity.js';
import { newRegistrationCode, readRegistrationCode } from './registration-code.js';
import { RegistrationPlans } from './registration-plans.js';
import { isSeated, type RegistrationKind, statusOfNewcomer } from './registration-status.js';

export interface RegistrationInput {
  personId: string;
  organizationId?: string | null;
  /** `attendee` unless said otherwise. */
  kind?: RegistrationKind;
}

/** A new registration, and what is planned to be sent for it. */
export interface Registered {
  id: string;
  planned: PlannedMessage[];
}

/** What the door answers. */
export interface CheckIn {
  id: string;
  /** Somebody has shown this code before. */
  alreadyCheckedIn: boolean;
}

/** Gives out the places of conferences. Conference before registration, everywhere: locks are taken in one order. */
@Injectable()
export class RegistrationsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly records: RecordsReader,
    private readonly places: ConferencePlaces,
    private readonly plans: RegistrationPlans,
  ) {}

  /** A place, or the last one in the line. Throws NotFound, Invalid, ConferenceCancelled, AlreadyRegistered. */
  @Transactional()
  async register(conferenceId: string, input: RegistrationInput, byAnswer = false): Promise<Registered> {
    const conference = await this.store.lock(Conference, conferenceId);
    if (conference.status === 'cancelled') throw new ConferenceCancelled();
    await this.demandKnown('person', '/personId', input.personId);
    if (input.organizationId) await this.demandKnown('organization', '/organizationId', input.organizationId);
    const other = await this.standing(conferenceId, input.personId);
    if (other) throw new AlreadyRegistered(other.id);
    const { kind = 'attendee' } = input;
    const { free, waiting } = await this.places.state(conferenceId, conference.capacity);
    const status = statusOfNewcomer(kind, free, waiting);
    const place = { conferenceId, code: newRegistrationCode(), queuedAt: await this.clock(), status, byAnswer };
    const registration = await this.store.insert(Registration, { ...input, kind, ...place });
    return { id: registration.id, planned: await this.plans.registered(conference, registration) };
  }

  /** Another organization or kind; the place in the line stays. Throws NotFound, Stale, Invalid, RegistrationCancelled. */
  @Transactional()
  async update(
    id: string,
    patch: Partial<Omit<RegistrationInput, 'personId'>>,
    version?: number,
  ): Promise<Registration> {
    const { conference, registration } = await this.lock(id, version);
    if (registration.status === 'cancelled') throw new RegistrationCancelled();
    if (patch.organizationId) await this.demandKnown('organization', '/organizationId', patch.organizationId);
    const needsNone = registration.status === 'waitlisted' && !isSeated(patch.kind ?? registration.kind);
    const place = needsNone && { status: 'confirmed' as const, promotedAt: await this.clock() };
    const updated = await this.store.update(Registration, registration, { ...definedOnly(patch), ...place });
    if (needsNone) await this.plans.promoted(conference, [updated]);
    await this.places.promote(conference);
    return updated;
  }

  /** Gives the place to the first in line. Safe to repeat. Throws NotFound. */
  @Transactional()
  async cancel(id: string): Promise<Registration> {
    const { conference, registration } = await this.lock(id);
    if (registration.status !== 'cancelled') await this.end(conference, registration);
    return registration;
  }

  /**
   * Who accepts an invitation gets a place, or one in the line; who declines gives it back, as does whose yes was none
   * after all. Whoever was let in stays.
   */
  @Transactional()
  async follow({ aboutId, personId, status }: AnsweredInvitation): Promise<void> {
    const conference = await this.store.lockAny(Conference, aboutId);
    if (conference.archivedAt) return;
    const standing = await this.standing(aboutId, personId);
    if (status === 'accepted' && !standing && conference.status !== 'cancelled') {
      await this.register(aboutId, { personId }, true);
    }
    const givesBack = status === 'declined' || (status === 'needs_action' && standing?.byAnswer);
    if (givesBack && standing && standing.status !== 'attended') await this.cancel(standing.id);
  }

  /**
   * A place that came of accepting goes with the invitation; one that staff gave stays, as does whoever was let in, and
   * what is over. True where a mail about the place tells of it.
   */
  @Transactional()
  async followWithdrawal({ aboutId, personId }: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    const conference = await this.store.lockAny(Conference, aboutId);
    const standing = await this.standing(aboutId, personId);
    if (conference.archivedAt || conference.status === 'completed') return false;
    if (!standing?.byAnswer || standing.status === 'attended') return false;
    const { registration } = await this.lock(standing.id);
    return (await this.end(conference, registration)).length > 0;
  }

  /** Lets somebody in; a second time says so and changes nothing. Throws NotFound, NotAdmitted, ConferenceCancelled. */
  @Transactional()
  async checkIn(id: string): Promise<CheckIn> {
    const registration = await this.store.lock(Registration, id);
    if (registration.status === 'attended') return { id, alreadyCheckedIn: true };
    if (registration.status !== 'confirmed') throw new NotAdmitted(registration.status);
    await this.demandOpen(registration.conferenceId);
    const attended = { status: 'attended' as const, checkedInAt: await this.clock() };
    await this.store.update(Registration, registration, attended, 'checked_in');
    return { id, alreadyCheckedIn: false };
  }

  /** The same by the code of the confirmation, however it is typed. Throws NotFound, NotAdmitted. */
  @Transactional()
  async checkInByCode(code: string): Promise<CheckIn> {
    const found = await this.database.manager.findOneBy(Registration, { code: readRegistrationCode(code) });
    if (!found) throw new NotFound('registration with code', code);
    return this.checkIn(found.id);
  }

  /** Answers what tells the person of it. */
  private async end(conference: Conference, registration: Registration): Promise<PlannedMessage[]> {
    const ended = { status: 'cancelled' as const, cancelledAt: await this.clock() };
    const cancelled = await this.store.update(Registration, registration, ended, 'cancelled');
    const told = await this.plans.cancelled(conference, cancelled);
    await this.places.promote(conference);
    return told;
  }

  private async lock(id: string, version?: number): Promise<{ conference: Conference; registration: Registration }> {
    const found = await this.database.manager.findOneBy(Registration, { id });
    if (!found) throw new NotFound(Registration.noun, id);
    const conference = await this.store.lock(Conference, found.conferenceId);
    return { conference, registration: await this.store.lock(Registration, id, version) };
  }

  /** Later for whoever got the lock later: the begin of the transaction is no place in a line. */
  private async clock(): Promise<Date> {
    const row = await this.database.queryOne<{ at: Date }>('SELECT clock_timestamp() AS at');
    if (!row) throw new Error('PostgreSQL does not tell the time');
    return row.at;
  }

  /** Read without a lock: people at the door do not wait for whoever changes the conference. */
  private async demandOpen(conferenceId: string): Promise<void> {
    const conference = await this.database.manager.findOneBy(Conference, { id: conferenceId });
    if (!conference || conference.archivedAt) throw new NotFound(Conference.noun, conferenceId);
    if (conference.status === 'cancelled') throw new ConferenceCancelled();
  }

  private async demandKnown(type: 'person' | 'organization', pointer: string, id: string): Promise<void> {
    if (!(await this.records.findLive({ type, id }))) throw unknownReference(pointer, type, id);
  }

  /** The registration of a person that is not cancelled. */
  private standing(conferenceId: string, personId: string): Promise<Registration | null> {
    return this.database.manager.findOneBy(Registration, { conferenceId, personId, status: Not('cancelled') });
  }
}
