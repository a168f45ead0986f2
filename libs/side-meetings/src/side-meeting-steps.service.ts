import { Injectable } from '@nestjs/common';
import { AuditedStore } from '#audit';
import type { Override } from '#calendar';
import { Database, Transactional } from '#database';
import { FaultList } from '#faults';
import type { PlannedMessage } from '#messaging';
import { FollowUps, type FollowUpsInput } from './follow-ups.js';
import { LockedMeetings } from './locked-meetings.js';
import { MeetingLinks } from './meeting-links.js';
import { MeetingEffects } from './meeting-effects.js';
import { meetingTime, type MeetingTimeText } from './meeting-time.js';
import { type SideMeetingStep, statusAfter } from './side-meeting-status.js';
import { SideMeeting } from './side-meeting.entity.js';

/** When and where a meeting is to be; what is left out stays. */
export interface Appointment extends Omit<MeetingTimeText, 'datePrecision'> {
  location?: string | null;
  roomId?: string | null;
  override?: Override;
}

/** What is known after a meeting. */
export type Holding = MeetingTimeText & { summary?: string | null };

/** What a meeting led to. */
export interface Outcome extends FollowUpsInput {
  summary?: string | null;
  dealId?: string | null;
}

/** Moves meetings from status to status, with bookings and messages in the same transaction; answers what is planned. */
@Injectable()
export class SideMeetingStepsService {
  constructor(
    readonly database: Database,
    private readonly store: AuditedStore,
    private readonly locked: LockedMeetings,
    private readonly links: MeetingLinks,
    private readonly followUps: FollowUps,
    private readonly effects: MeetingEffects,
  ) {}

  /** Throws NotFound, Invalid, SideMeetingStepImpossible, DoubleBooked. */
  @Transactional()
  schedule(id: string, appointment: Appointment): Promise<PlannedMessage[]> {
    return this.appoint('schedule', id, appointment);
  }

  /** Throws NotFound, Invalid, SideMeetingStepImpossible, DoubleBooked. */
  @Transactional()
  reschedule(id: string, appointment: Appointment): Promise<PlannedMessage[]> {
    return this.appoint('reschedule', id, appointment);
  }

  /** Throws NotFound, Invalid, SideMeetingStepImpossible, MeetingNotBegun. */
  @Transactional()
  async hold(id: string, { summary, ...text }: Holding): Promise<void> {
    const meeting = await this.locked.get(id);
    const now = await this.database.now();
    const status = statusAfter('hold', meeting, now);
    const time = meetingTime(text, status, now, meeting);
    await this.store.update(SideMeeting, meeting, { ...time, status, summary }, 'held');
    await this.effects.follow([meeting]);
  }

  /** Throws NotFound, SideMeetingStepImpossible. */
  @Transactional()
  async cancel(id: string, reason?: string | null): Promise<void> {
    await this.take('cancellation', id, { cancellationReason: reason });
  }

  /** Throws NotFound, SideMeetingStepImpossible, MeetingNotBegun. */
  @Transactional()
  async noShow(id: string): Promise<void> {
    await this.take('no_show', id, {});
  }

  /** The meeting was held, and this came of it. Throws NotFound, Invalid, SideMeetingStepImpossible, MeetingNotBegun. */
  @Transactional()
  async outcome(id: string, { summary, dealId, ...input }: Outcome): Promise<PlannedMessage[]> {
    const meeting = await this.locked.get(id);
    const status = statusAfter('outcome', meeting, await this.database.now());
    const faults = new FaultList();
    await this.links.check({ dealId }, faults);
    const drafts = await this.followUps.check(input, meeting.timeZone, faults);
    faults.throwAny();
    await this.store.update(SideMeeting, meeting, { status, summary, dealId }, 'outcome_recorded');
    await this.effects.follow([meeting]);
    return this.followUps.create(id, drafts);
  }

  private async appoint(
    step: 'schedule' | 'reschedule',
    id: string,
    { location, roomId, override, ...text }: Appointment,
  ): Promise<PlannedMessage[]> {
    await this.links.holdRooms(roomId);
    const meeting = await this.locked.get(id);
    const now = await this.database.now();
    const status = statusAfter(step, meeting, now);
    const faults = new FaultList();
    const stored = { ...meeting, datePrecision: null };
    const time = (await faults.gather(() => meetingTime(text, status, now, stored))) ?? {};
    await this.links.check({ roomId }, faults);
    faults.throwAny();
    await this.store.update(SideMeeting, meeting, { ...time, status, location, roomId }, `${step}d`);
    return this.effects.follow([meeting], override);
  }

  private async take(step: SideMeetingStep, id: string, change: Partial<SideMeeting>): Promise<void> {
    const meeting = await this.locked.get(id);
    const status = statusAfter(step, meeting, await this.database.now());
    await this.store.update(SideMeeting, meeting, { ...change, status }, status);
    await this.effects.follow([meeting]);
  }
}
