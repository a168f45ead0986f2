import type { ReminderSubject } from '#reminders';
import type { Attendant } from './participants.store.js';
import type { SideMeeting } from './side-meeting.entity.js';

/** The reminders a scheduled meeting wants: to every participant with an address, by the reminder rules. */
export function meetingReminders(
  meeting: Pick<SideMeeting, 'id' | 'title' | 'timeZone' | 'topics'> & { startsAt: Date },
  attendants: Attendant[],
  place: string | null,
): ReminderSubject {
  return {
    subject: 'side_meeting',
    aboutId: meeting.id,
    at: meeting.startsAt,
    timeZone: meeting.timeZone,
    recipients: attendants.flatMap(({ email, participation: _, ...attendant }) =>
      email ? [{ ...attendant, email, audience: 'participants' }] : [],
    ),
    data: {
      title: meeting.title,
      place,
      participants: attendants.map((attendant) => attendant.name),
      topics: meeting.topics,
    },
  };
}
