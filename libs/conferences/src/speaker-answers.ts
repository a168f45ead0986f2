import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AuditedStore } from '#audit';
import { Database } from '#database';
import type { AnsweredInvitation } from '#invitations';
import { Conference } from './conference.entity.js';
import { ConferenceReminders } from './conference-reminders.js';
import { Session } from './session.entity.js';
import { SessionBookings } from './session-bookings.js';
import { SessionsReader } from './sessions.reader.js';
import { Speaker, type SpeakerStatus } from './speaker.entity.js';

/** Somebody who had said no may be booked elsewhere by now; a yes counts all the same, and staff can see why. */
const SAID_YES_AFTER_ALL = { reason: 'Accepted the invitation to the session after declining it.' };

/** What an invitee's answer makes of their part in a session; who was taken off the programme stays off. */
export function statusAfter(answer: AnsweredInvitation['status'], status: SpeakerStatus): SpeakerStatus {
  if (status === 'withdrawn') return status;
  if (answer === 'accepted') return 'confirmed';
  return answer === 'declined' ? 'declined' : status;
}

/** Moves speakers by their answers to the invitation to the session; needs the transaction of the answer. */
@Injectable()
export class SpeakerAnswers {
  constructor(
    private readonly database: Database,
    private readonly store: AuditedStore,
    private readonly sessions: SessionsReader,
    private readonly bookings: SessionBookings,
    private readonly reminders: ConferenceReminders,
  ) {}

  /** Who accepts is confirmed and reminded, who declines is free again; of an archived session nothing moves. Throws NotFound. */
  async follow({ aboutId, personId, status }: AnsweredInvitation): Promise<void> {
    const { conferenceId } = await this.sessions.get(aboutId);
    await this.store.lockAny(Conference, conferenceId);
    const session = await this.store.lockAny(Session, aboutId);
    if (session.archivedAt) return;
    const parts = await this.partsOf(aboutId, personId);
    const saidNo = parts.some((part) => part.status === 'declined');
    for (const part of parts) await this.store.update(Speaker, part, { status: statusAfter(status, part.status) });
    if (parts.length > 0) await this.bookings.sync(session, saidNo ? SAID_YES_AFTER_ALL : undefined);
    await this.reminders.followPeople([conferenceId, aboutId], { personIds: [personId], answer: status });
  }

  /** Who was a guest is reminded of it no more; who speaks in it does so still. */
  async followWithdrawal({ aboutId, personId }: Pick<AnsweredInvitation, 'aboutId' | 'personId'>): Promise<boolean> {
    const { conferenceId } = await this.sessions.get(aboutId);
    await this.store.lockAny(Conference, conferenceId);
    const session = await this.store.lockAny(Session, aboutId);
    if (!session.archivedAt)
      await this.reminders.followPeople([aboutId], { personIds: [personId], answer: 'needs_action' });
    return false;
  }

  private partsOf(sessionId: string, personId: string): Promise<Speaker[]> {
    return this.database.manager.find(Speaker, {
      where: { sessionId, personId, archivedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }
}
