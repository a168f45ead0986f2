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
  async register(conferenceId: string, input: RegistrationInput): Promise<Registered> {
    const conference = await this.store.lock(Conference, conferenceId);
    if (conference.status === 'cancelled') throw new ConferenceCancelled();
    await this.demandKnown('person', '/personId', input.personId);
    if (input.organizationId) await this.demandKnown('organization', '/organizationId', input.organizationId);
    const other = await this.standing(conferenceId, input.personId);
    if (other) throw new AlreadyRegistered(other.id);
    const { kind = 'attendee' } = input;
    const { free, waiting } = await this.places.state(conferenceId, conference.capacity);
    const status = statusOfNewcomer(kind, free, waiting);
    const place = { conferenceId, code: newRegistrationCode(), queuedAt: new Date(), status };
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
    const place = needsNone && { status: 'confirmed' as const, promotedAt: new Date() };
    const updated = await this.store.update(Registration, registration, { ...definedOnly(patch), ...place });
    if (needsNone) await this.plans.promoted(conference, [updated]);
    await this.places.promote(conference);
    return updated;
  }

  /** Gives the place to the first in line. Safe to repeat. Throws NotFound. */
  @Transactional()
  async cancel(id: string): Promise<Registration> {
    const { conference, registration } = await this.lock(id);
    if (registration.status === 'cancelled') return registration;
    const ended = { status: 'cancelled' as const, cancelledAt: new Date() };
    const cancelled = await this.store.update(Registration, registration, ended, 'cancelled');
    await this.plans.cancelled(conference, cancelled);
    await this.places.promote(conference);
    return cancelled;
  }

  /** Who accepts an invitation gets a place, or one in the line; who declines gives it back. Whoever was let in stays. */
  @Transactional()
  async follow({ aboutId, personId, status }: AnsweredInvitation): Promise<void> {
    const conference = await this.store.lockAny(Conference, aboutId);
    if (conference.archivedAt) return;
    const standing = await this.standing(aboutId, personId);
    if (status === 'accepted' && !standing && conference.status !== 'cancelled') {
      await this.register(aboutId, { personId });
    }
    if (status === 'declined' && standing && standing.status !== 'attended') await this.cancel(standing.id);
  }

  /** Lets somebody in; a second time says so and changes nothing. Throws NotFound, NotAdmitted, ConferenceCancelled. */
  @Transactional()
  async checkIn(id: string): Promise<CheckIn> {
    const registration = await this.store.lock(Registration, id);
    if (registration.status === 'attended') return { id, alreadyCheckedIn: true };
    if (registration.status !== 'confirmed') throw new NotAdmitted(registration.status);
    await this.demandOpen(registration.conferenceId);
    await this.store.update(Registration, registration, { status: 'attended', checkedInAt: new Date() }, 'checked_in');
    return { id, alreadyCheckedIn: false };
  }

  /** The same by the code of the confirmation, however it is typed. Throws NotFound, NotAdmitted. */
  @Transactional()
  async checkInByCode(code: string): Promise<CheckIn> {
    const found = await this.database.manager.findOneBy(Registration, { code: readRegistrationCode(code) });
    if (!found) throw new NotFound('registration with code', code);
    return this.checkIn(found.id);
  }

  private async lock(id: string, version?: number): Promise<{ conference: Conference; registration: Registration }> {
    const found = await this.database.manager.findOneBy(Registration, { id });
    if (!found) throw new NotFound(Registration.noun, id);
    const conference = await this.store.lock(Conference, found.conferenceId);
    return { conference, registration: await this.store.lock(Registration, id, version) };
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
