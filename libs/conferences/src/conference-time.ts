import {
  calendarUnit,
  instantText,
  type LocalMark,
  moveLocal,
  type OpenEventTime,
  openEventTime,
  type TimeText,
} from '#calendar';
import { type FieldFault, Invalid } from '#faults';

export const DATE_PRECISIONS = ['day', 'month', 'year', 'window', 'unknown'] as const;
/** How well the date is known; `window` means some time between start and end. */
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/** When a conference takes place, as far as it is known; `datePrecision` null means exactly. */
export interface ConferenceTime extends OpenEventTime {
  datePrecision: DatePrecision | null;
}

export interface ConferenceTimeText extends TimeText {
  datePrecision?: DatePrecision | null;
}

/** Days; a year-long window must fit. */
const LONGEST_DAYS = 366;

/**
 * The time a client gave, completed from what is stored. Without a start nothing is known, and the precision says so.
 * Throws Invalid.
 */
export function conferenceTime(text: ConferenceTimeText, stored?: ConferenceTime): ConferenceTime {
  const time = openEventTime(text, stored, LONGEST_DAYS);
  const before = stored?.datePrecision === 'unknown' ? null : (stored?.datePrecision ?? null);
  const asked = text.datePrecision === undefined ? before : text.datePrecision;
  const datePrecision = asked === null && !time.startsAt ? 'unknown' : asked;
  const fault = precisionFault(time, datePrecision, text);
  if (fault) throw new Invalid([fault]);
  return { ...time, datePrecision: time.startsAt ? datePrecision : 'unknown' };
}

function precisionFault(
  time: OpenEventTime,
  precision: DatePrecision | null,
  text: ConferenceTimeText,
): FieldFault | undefined {
  const fault = (pointer: string, code: string, message: string): FieldFault => ({ pointer, code, message });
  if (!time.startsAt && time.endsAt) return fault('/startsAt', 'required', 'An end needs a start.');
  if (time.startsAt && precision === 'unknown') {
    return fault('/datePrecision', 'precision_mismatch', 'A date that is unknown has no startsAt.');
  }
  if (!time.startsAt && text.datePrecision && precision !== 'unknown') {
    return fault('/startsAt', 'required', `A date known to the ${precision} needs startsAt.`);
  }
  if (time.startsAt && precision === 'window' && !time.endsAt)
    return fault('/endsAt', 'required', 'A window needs an end.');
  return undefined;
}

/** The span that sessions must lie in; a null edge is open. A date known to the month leaves the whole month. */
export function conferenceSpan({
  startsAt,
  endsAt,
  timeZone,
  datePrecision,
}: ConferenceTime): [from: Date | null, to: Date | null] {
  if (!startsAt || datePrecision === null || datePrecision === 'window' || datePrecision === 'unknown') {
    return [startsAt, endsAt];
  }
  const [from] = calendarUnit(startsAt, timeZone, datePrecision);
  const last = endsAt ? new Date(endsAt.getTime() - 1) : startsAt;
  return [from, calendarUnit(last, timeZone, datePrecision)[1]];
}

/** Throws Invalid when a session begins before its conference or ends after it, as far as both are known. */
export function demandWithin(session: OpenEventTime, conference: ConferenceTime): void {
  const [from, to] = conferenceSpan(conference);
  const faults: FieldFault[] = [];
  if (from && session.startsAt && session.startsAt < from) {
    faults.push({
      pointer: '/startsAt',
      code: 'outside_conference',
      message: `The conference begins at ${instantText(from)}.`,
    });
  }
  if (to && session.endsAt && session.endsAt > to) {
    faults.push({
      pointer: '/endsAt',
      code: 'outside_conference',
      message: `The conference ends at ${instantText(to)}.`,
    });
  }
  if (faults.length > 0) throw new Invalid(faults);
}

type SessionTime = Pick<OpenEventTime, 'startsAt' | 'endsAt'>;

/**
 * The times of a session when its conference moves from one mark to another: as far on the clock. A session that clocks
 * would swallow, because they skip its hour, keeps its length.
 */
export function movedAlong({ startsAt, endsAt }: SessionTime, from: LocalMark, to: LocalMark): SessionTime {
  if (!startsAt || !endsAt) return { startsAt, endsAt };
  const [start, end] = [moveLocal(startsAt, from, to), moveLocal(endsAt, from, to)];
  if (start < end) return { startsAt: start, endsAt: end };
  return { startsAt: start, endsAt: new Date(start.getTime() + endsAt.getTime() - startsAt.getTime()) };
}
