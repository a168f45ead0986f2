import { calendarText } from '#calendar';
import type { DatePrecision } from '#conferences';
import type { SideMeetingStatus } from './side-meeting-status.js';
import { NoExactTime } from './side-meetings.errors.js';

/** What a calendar shows of a meeting. */
interface DatedMeeting {
  id: string;
  version: number;
  updatedAt: Date;
  title: string;
  status: SideMeetingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  datePrecision: DatePrecision | null;
  location: string | null;
  topics: string[];
}

interface NamedParticipant {
  fullName: string;
  organization: string | null;
}

/** STATUS of the event (RFC 5545 §3.8.1.11). */
const STATUSES: Record<SideMeetingStatus, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'> = {
  requested: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  held: 'CONFIRMED',
  cancelled: 'CANCELLED',
  no_show: 'CANCELLED',
};

/**
 * The meeting as an iCalendar file; its version is the event's SEQUENCE. Who takes part stands in the description:
 * a file that is no invitation has no attendees (RFC 5546 §3.2.1). Throws NoExactTime.
 */
export function meetingCalendar(meeting: DatedMeeting, participants: NamedParticipant[]): string {
  const { startsAt, endsAt, datePrecision } = meeting;
  if (!startsAt || !endsAt || datePrecision !== null) throw new NoExactTime();
  const names = participants.map(({ fullName, organization }) =>
    organization ? `${fullName} (${organization})` : fullName,
  );
  const event = {
    id: meeting.id,
    sequence: meeting.version,
    changedAt: meeting.updatedAt,
    startsAt,
    endsAt,
    title: meeting.title,
    description: [names.join('\n'), meeting.topics.join('\n')].filter((part) => part).join('\n\n'),
    location: meeting.location,
    status: STATUSES[meeting.status],
  };
  return calendarText({ name: meeting.title, events: [event] });
}
