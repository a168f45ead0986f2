import { Injectable } from '@nestjs/common';
import { type BookableResource, BookingsService, type Override } from '#calendar';
import { InvitationsService } from '#invitations';
import { type MessageReason, type PlannedMessage } from '#messaging';
import { RemindersService } from '#reminders';
import { RecordsReader } from '#records';
import { isComing } from './participant.js';
import { type Attendant, ParticipantsStore } from './participants.store.js';
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

  /** Makes bookings and reminders fit the meeting as it is now, and tells whoever knew it otherwise. Throws DoubleBooked. */
  async follow(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    const planned = await this.followPeople(meeting, override);
    await this.tell(meeting);
    return planned;
  }

  /** Lets everybody invited or reminded know of a change; that it was held, or that nobody came, is no news to them. */
  async tell({ id, status }: SideMeeting): Promise<void> {
    if (status !== 'held' && status !== 'no_show') await this.invitations.follow(id);
  }

  /** The same where nothing is said of the meeting itself: bookings and reminders of those who are coming. Throws DoubleBooked. */
  async followPeople(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    const { id, status, startsAt, endsAt, roomId } = meeting;
    if (status !== 'scheduled' || !startsAt || !endsAt)
      return this.drop(meeting, status === 'scheduled' ? 'no_longer_wanted' : REASONS[status]);
    const attendants = (await this.participants.attendants(id)).filter(isComing);
    const people = attendants.map(({ personId }): BookableResource => ({ id: personId, kind: 'person' }));
    await this.bookings.book(
      id,
      { startsAt, endsAt },
      roomId ? [...people, { id: roomId, kind: 'room' }] : people,
      override,
    );
    return this.remind(meeting, attendants);
  }

  /** Plans the reminders of a scheduled meeting to those who are coming. */
  async remind(meeting: SideMeeting, coming?: Attendant[]): Promise<PlannedMessage[]> {
    const { id, startsAt, roomId } = meeting;
    if (!startsAt) return [];
    const attendants = coming ?? (await this.participants.attendants(id)).filter(isComing);
    const room = roomId ? await this.records.find(roomId) : undefined;
    return this.reminders.sync(
      meetingReminders({ ...meeting, startsAt } as SideMeeting & { startsAt: Date }, attendants, room?.title),
    );
  }

  /** Makes all that depends on the meeting fit what is said of it now; only a scheduled one holds people. Throws DoubleBooked. */
  async followChange(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    if (meeting.status === 'scheduled') return this.follow(meeting, override);
    await this.tell(meeting);
    return [];
  }

  /** Frees everybody and takes back what has not gone out. */
  async drop({ id }: SideMeeting, reason: MessageReason): Promise<PlannedMessage[]> {
    await this.bookings.release(id);
    await this.reminders.cancel(id, reason);
    return [];
  }
}
