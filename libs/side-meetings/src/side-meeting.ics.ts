import { calendarText } from '#calendar';
import type { DatePrecision } from '#conferences';
import type { Participation } from './participant.js';
import type { SideMeetingStatus } from './side-meeting-status.js';
import { NoExactTime } from './side-meetings.errors.js';

/** What a calendar shows of a meeting. */
interface DatedMeeting {
  id: string;
  /** How often its calendar entry has changed. */
  sequence: number;
  updatedAt: Date;
  title: string;
  status: SideMeetingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  timeZone: string;
  datePrecision: DatePrecision | null;
  /** Room and location. */
  place: string | null;
  topics: string[];
}

interface NamedParticipant {
  fullName: string;
  organization: string | null;
  participation: Participation;
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
 * The meeting as an iCalendar file, with the UID and SEQUENCE that the mails about it have. Who takes part stands in the description:
 * a file that is no invitation has no attendees (RFC 5546 §3.2.1). Throws NoExactTime.
 */
export function meetingCalendar(meeting: DatedMeeting, participants: NamedParticipant[]): string {
  const { startsAt, endsAt, datePrecision } = meeting;
  if (!startsAt || !endsAt || datePrecision !== null) throw new NoExactTime();
  const names = participants.map(participantText);
  const event = {
    id: meeting.id,
    sequence: meeting.sequence,
    changedAt: meeting.updatedAt,
    startsAt,
    endsAt,
    timeZone: meeting.timeZone,
    title: meeting.title,
    description: [names.join('\n'), meeting.topics.join('\n')].filter((part) => part).join('\n\n'),
    location: meeting.place,
    status: STATUSES[meeting.status],
  };
  return calendarText({ name: meeting.title, events: [event] });
}

/** Who, for whom, and what they answered, where they did. */
function participantText({ fullName, organization, participation }: NamedParticipant): string {
  const name = organization ? `${fullName} (${organization})` : fullName;
  return participation === 'needs_action' ? name : `${name} – ${participation}`;
}
