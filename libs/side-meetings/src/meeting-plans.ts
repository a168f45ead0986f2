import { Injectable } from '@nestjs/common';
import { type BookableResource, BookingsService, type Override } from '#calendar';
import { InvitationsService } from '#invitations';
import { type MessageReason, type PlannedMessage } from '#messaging';
import { RemindersService } from '#reminders';
import { RecordsReader } from '#records';
import { ParticipantsStore } from './participants.store.js';
import type { SideMeetingStatus } from './side-meeting-status.js';
import type { SideMeeting } from './side-meeting.entity.js';
import { meetingReminders } from './side-meeting.mail.js';

/** Why a meeting in this status reminds nobody. */
const REASONS: Record<Exclude<SideMeetingStatus, 'scheduled'>, MessageReason> = {
  requested: 'no_longer_wanted',
  held: 'completed',
  cancelled: 'subject_called_off',
  no_show: 'subject_called_off',
};

/** What a meeting holds in the calendar and plans to send; only a scheduled one does either. */
@Injectable()
export class MeetingPlans {
  constructor(
    private readonly participants: ParticipantsStore,
    private readonly bookings: BookingsService,
    private readonly reminders: RemindersService,
    private readonly invitations: InvitationsService,
    private readonly records: RecordsReader,
  ) {}

  /** Makes bookings and reminders fit the meeting as it is now. Throws DoubleBooked. */
  async follow(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    const { id, status, startsAt, endsAt, roomId } = meeting;
    await this.invitations.follow(id);
    if (status !== 'scheduled' || !startsAt || !endsAt)
      return this.drop(meeting, status === 'scheduled' ? 'no_longer_wanted' : REASONS[status]);
    const attendants = await this.participants.attendants(id);
    const people = attendants.map(({ personId }): BookableResource => ({ id: personId, kind: 'person' }));
    await this.bookings.book(
      id,
      { startsAt, endsAt },
      roomId ? [...people, { id: roomId, kind: 'room' }] : people,
      override,
    );
    const room = roomId ? await this.records.find(roomId) : undefined;
    return this.reminders.sync(
      meetingReminders({ ...meeting, startsAt } as SideMeeting & { startsAt: Date }, attendants, room?.title),
    );
  }

  /** Makes all that depends on the meeting fit what is said of it now; only a scheduled one holds people. Throws DoubleBooked. */
  async followChange(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    if (meeting.status === 'scheduled') return this.follow(meeting, override);
    await this.invitations.follow(meeting.id);
    return [];
  }

  /** Frees everybody and takes back what has not gone out. */
  async drop({ id }: SideMeeting, reason: MessageReason): Promise<PlannedMessage[]> {
    await this.bookings.release(id);
    await this.reminders.cancel(id, reason);
    return [];
  }
}
