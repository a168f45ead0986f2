import { addDays, dayStart, type EventTime, instantText } from '#calendar';
import { type FieldFault, Invalid } from '#faults';

/** The days of a mission, both included, by the clocks of its zone. */
export interface MissionDays {
  /** YYYY-MM-DD */
  startsOn: string;
  endsOn: string;
  /** IANA zone. */
  timeZone: string;
}

const DAY = 86_400_000;
const LONGEST_DAYS = 366;
const YEARS = { first: 1900, last: 2199 };
/** People arrive before a mission begins, and leave after it ends. */
const MARGIN_DAYS = 3;

/** Days from one date to another; negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;

/** Throws Invalid where they are no days of a mission: in order, 366 at most, of the years 1900 to 2199. */
export function demandDays({ startsOn, endsOn }: Omit<MissionDays, 'timeZone'>): void {
  const faults: FieldFault[] = [
    ...yearFault('/startsOn', startsOn),
    ...yearFault('/endsOn', endsOn),
    ...lengthFault(daysBetween(startsOn, endsOn) + 1),
  ];
  if (faults.length > 0) throw new Invalid(faults);
}

/** From three days before the first day to three days after the last: what items of the itinerary must lie in. */
export function itinerarySpan({ startsOn, endsOn, timeZone }: MissionDays): [from: Date, to: Date] {
  const after = addDays(dayStart(endsOn, timeZone), MARGIN_DAYS + 1, timeZone);
  return [addDays(dayStart(startsOn, timeZone), -MARGIN_DAYS, timeZone), after];
}

/** Throws Invalid when an item begins or ends too far outside of the mission. */
export function demandWithin({ startsAt, endsAt }: EventTime, mission: MissionDays): void {
  const [from, to] = itinerarySpan(mission);
  const days = `${mission.startsOn} to ${mission.endsOn}, ${MARGIN_DAYS} days before and after included`;
  const fault = (pointer: string, when: string): FieldFault => ({
    pointer,
    code: 'outside_mission',
    message: `The mission goes from ${days}; this must be ${when}.`,
  });
  const faults = [
    ...(startsAt < from ? [fault('/startsAt', `${instantText(from)} or later`)] : []),
    ...(endsAt > to ? [fault('/endsAt', `${instantText(to)} or earlier`)] : []),
  ];
  if (faults.length > 0) throw new Invalid(faults);
}

/**
 * An item some days later or earlier, at the same times on the clocks of its own zone. One that clocks would swallow,
 * because they skip its hour, keeps its length.
 */
export function movedByDays(
  { startsAt, endsAt, timeZone }: EventTime,
  days: number,
): Pick<EventTime, 'startsAt' | 'endsAt'> {
  const [start, end] = [addDays(startsAt, days, timeZone), addDays(endsAt, days, timeZone)];
  if (start < end) return { startsAt: start, endsAt: end };
  return { startsAt: start, endsAt: new Date(start.getTime() + endsAt.getTime() - startsAt.getTime()) };
}

function yearFault(pointer: string, date: string): FieldFault[] {
  const year = Number(date.slice(0, 4));
  if (year >= YEARS.first && year <= YEARS.last) return [];
  return [{ pointer, code: 'out_of_range', message: `The year must be ${YEARS.first} to ${YEARS.last}.` }];
}

function lengthFault(days: number): FieldFault[] {
  const pointer = '/endsOn';
  if (days < 1)
    return [{ pointer, code: 'ends_before_start', message: 'The last day must not come before the first.' }];
  if (days <= LONGEST_DAYS) return [];
  return [{ pointer, code: 'too_long', message: `A mission may last ${LONGEST_DAYS} days at most.` }];
}
