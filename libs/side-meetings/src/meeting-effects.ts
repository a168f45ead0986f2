import { Injectable } from '@nestjs/common';
import { type BookableResource, type BookingSubject, BookingsService, type Override } from '#calendar';
import { InvitationsService } from '#invitations';
import { type MessageReason, type PlannedMessage } from '#messaging';
import { RemindersService } from '#reminders';
import { isComing } from './participant.js';
import { type Attendance, ParticipantsStore } from './participants.store.js';
import type { SideMeetingStatus } from './side-meeting-status.js';
import type { SideMeeting } from './side-meeting.entity.js';
import { meetingReminders } from './side-meeting.mail.js';

/** Why a meeting in this status reminds nobody. */
const REASONS: Record<SideMeetingStatus, MessageReason> = {
  requested: 'no_longer_wanted',
  scheduled: 'no_longer_wanted',
  held: 'completed',
  cancelled: 'subject_called_off',
  no_show: 'subject_called_off',
};

/** A scheduled meeting with its exact time, and who is coming to it. */
interface Planned {
  meeting: SideMeeting;
  startsAt: Date;
  endsAt: Date;
  attendance: Attendance;
}

/** What meetings hold in the calendar and plan to send, for many as for one; only a scheduled one does either. */
@Injectable()
export class MeetingEffects {
  constructor(
    private readonly participants: ParticipantsStore,
    private readonly bookings: BookingsService,
    private readonly reminders: RemindersService,
    private readonly invitations: InvitationsService,
  ) {}

  /** Books and reminds those who are coming to new meetings, of which nobody has heard yet. Throws DoubleBooked. */
  async begin(meetings: SideMeeting[], override?: Override): Promise<PlannedMessage[]> {
    const planned = await this.planned(meetings);
    await this.bookings.bookAll(planned.map(held), override);
    return this.reminders.planNew(planned.map(reminded));
  }

  /** Makes bookings and reminders fit the meetings as they are now, and tells whoever knew them otherwise. Throws DoubleBooked. */
  async follow(meetings: SideMeeting[], override?: Override): Promise<PlannedMessage[]> {
    const planned = await this.followPeople(meetings, override);
    await this.tell(meetings);
    return planned;
  }

  /** Lets everybody invited or reminded know of a change; that it was held, or that nobody came, is no news to them. */
  async tell(meetings: SideMeeting[]): Promise<void> {
    const news = meetings.filter(({ status }) => status !== 'held' && status !== 'no_show');
    if (news.length > 0) await this.invitations.follow(...news.map(({ id }) => id));
  }

  /** The same where nothing is said of the meetings themselves: bookings and reminders of those who are coming. Throws DoubleBooked. */
  async followPeople(meetings: SideMeeting[], override?: Override): Promise<PlannedMessage[]> {
    const planned = await this.planned(meetings);
    const others = meetings.filter((meeting) => !planned.some((each) => each.meeting === meeting));
    for (const status of new Set(others.map((meeting) => meeting.status)))
      await this.drop(
        others.filter((meeting) => meeting.status === status),
        REASONS[status],
      );
    if (planned.length === 0) return [];
    await this.bookings.bookAll(planned.map(held), override);
    return this.reminders.syncAll(planned.map(reminded));
  }

  /** Plans the reminders of scheduled meetings to those who are coming. */
  async remind(meetings: SideMeeting[]): Promise<void> {
    await this.reminders.replanAll((await this.planned(meetings)).map(reminded));
  }

  /** Makes all that depends on a meeting fit what is said of it now; only a scheduled one holds people. Throws DoubleBooked. */
  async followChange(meeting: SideMeeting, override?: Override): Promise<PlannedMessage[]> {
    if (meeting.status === 'scheduled') return this.follow([meeting], override);
    await this.tell([meeting]);
    return [];
  }

  /** Frees everybody and takes back what has not gone out. */
  async drop(meetings: SideMeeting[], reason: MessageReason): Promise<void> {
    const ids = meetings.map(({ id }) => id);
    await this.bookings.release(...ids);
    await this.reminders.cancelAll(ids, reason);
  }

  private async planned(meetings: SideMeeting[]): Promise<Planned[]> {
    const scheduled = meetings.filter(({ status }) => status === 'scheduled');
    if (scheduled.length === 0) return [];
    const attendances = await this.participants.attendances(scheduled.map(({ id }) => id));
    return scheduled.flatMap((meeting) => {
      const [{ startsAt, endsAt }, attendance] = [meeting, attendances.get(meeting.id)];
      if (!startsAt || !endsAt || !attendance) return [];
      const attendants = attendance.attendants.filter(isComing);
      return [{ meeting, startsAt, endsAt, attendance: { ...attendance, attendants } }];
    });
  }
}

function held({ meeting, startsAt, endsAt, attendance }: Planned): BookingSubject {
  const people = attendance.attendants.map(({ personId }): BookableResource => ({ id: personId, kind: 'person' }));
  const room: BookableResource[] = meeting.roomId ? [{ id: meeting.roomId, kind: 'room' }] : [];
  return { aboutId: meeting.id, span: { startsAt, endsAt, place: attendance.venue }, resources: [...people, ...room] };
}

const reminded = ({ meeting, startsAt, attendance }: Planned) =>
  meetingReminders({ ...meeting, startsAt }, attendance.attendants, attendance.place);
