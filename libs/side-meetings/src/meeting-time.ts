import { eventTime, type OpenEventTime, openEventTime, type TimeText } from '#calendar';
import type { DatePrecision } from '#conferences';
import { type FieldFault, Invalid } from '#faults';
import type { SideMeetingStatus } from './side-meeting-status.js';

/**
 * When a meeting is, as a client writes it. Where only a day, month or year is known, `startsAt` lies in it; a window
 * has a start and an end; `unknown` has neither: a date nobody reported is never made up.
 */
export interface MeetingTimeText extends TimeText {
  /** null: exact to the minute. */
  datePrecision?: DatePrecision | null;
}

export interface MeetingTime extends OpenEventTime {
  datePrecision: DatePrecision | null;
}

/** Days that an exact meeting, and a window in which one took place, may span. */
const LONGEST_MEETING = 7;
const LONGEST_WINDOW = 3660;

/**
 * When a meeting of this status is. What the text leaves out is taken from `stored`. A scheduled meeting has an exact
 * start and end, one that took place did not begin in the future. Throws Invalid with every fault.
 */
export function meetingTime(
  text: MeetingTimeText,
  status: SideMeetingStatus,
  now: Date,
  stored?: MeetingTime,
): MeetingTime {
  const asked = precisionAsked(text, stored);
  if (status === 'scheduled') return scheduledTime(text, asked, stored);
  const time = openEventTime(text, stored, asked === null || asked === 'unknown' ? LONGEST_MEETING : LONGEST_WINDOW);
  const datePrecision = asked ?? (time.startsAt === null && time.endsAt === null ? 'unknown' : null);
  const faults = [...halfKnown(time, datePrecision), ...inFuture(time, status, now)];
  if (faults.length > 0) throw new Invalid(faults);
  return { ...time, datePrecision };
}

/** New instants are exact unless the text says otherwise. */
function precisionAsked(
  { startsAt, endsAt, datePrecision }: MeetingTimeText,
  stored?: MeetingTime,
): DatePrecision | null {
  if (datePrecision !== undefined) return datePrecision;
  return startsAt === undefined && endsAt === undefined ? (stored?.datePrecision ?? null) : null;
}

function scheduledTime(text: MeetingTimeText, asked: DatePrecision | null, stored?: MeetingTime): MeetingTime {
  if (asked !== null)
    throw Invalid.field('/datePrecision', 'exact_time_needed', 'A scheduled meeting has an exact start and end.');
  return { ...eventTime(text, stored, LONGEST_MEETING), datePrecision: null };
}

function halfKnown({ startsAt, endsAt }: OpenEventTime, precision: DatePrecision | null): FieldFault[] {
  if (precision === 'unknown') {
    const known = startsAt !== null || endsAt !== null;
    return known
      ? [
          {
            pointer: '/datePrecision',
            code: 'contradiction',
            message: 'With an unknown date, startsAt and endsAt are null.',
          },
        ]
      : [];
  }
  const endNeeded = precision === null || precision === 'window';
  const missing = [...(startsAt ? [] : ['/startsAt']), ...(endsAt || !endNeeded ? [] : ['/endsAt'])];
  return missing.map((pointer) => ({
    pointer,
    code: 'required',
    message: 'Give start and end, or neither and datePrecision unknown.',
  }));
}

function inFuture({ startsAt }: OpenEventTime, status: SideMeetingStatus, now: Date): FieldFault[] {
  const over = status === 'held' || status === 'no_show';
  if (!over || !startsAt || startsAt <= now) return [];
  return [
    { pointer: '/startsAt', code: 'not_begun', message: `A meeting that begins in the future is not ${status}.` },
  ];
}
