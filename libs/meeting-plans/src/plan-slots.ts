import { Temporal } from 'temporal-polyfill';
import { instantText, toInstant } from '#calendar';
import { type FaultList, Invalid } from '#faults';
import { MOST_SLOTS } from '#timetable';
import type { PlanSlot, SlotSeriesText, SpanText } from './meeting-plan.js';

/** A slot and where in the request it comes from. */
interface PlacedSlot extends PlanSlot {
  pointer: string;
}

/** The days of a mission, as a span of instants. */
export interface MissionDays {
  from: Date;
  /** Exclusive. */
  to: Date;
}

/** From the first midnight to the one after the last day, by the clocks of the mission. */
export function missionDays(mission: { startsOn: string; endsOn: string; timeZone: string }): MissionDays {
  const midnight = (day: Temporal.PlainDate): Date => new Date(day.toZonedDateTime(mission.timeZone).epochMilliseconds);
  const [first, last] = [Temporal.PlainDate.from(mission.startsOn), Temporal.PlainDate.from(mission.endsOn)];
  return { from: midnight(first), to: midnight(last.add({ days: 1 })) };
}

const MINUTE = 60_000;
const LONGEST_MEETING = 480;

/**
 * All slots in order, from those written out and those that series are cut into; faults go to the list. Order is no
 * fault. Undefined when neither is given.
 */
export function readSlots(
  { slots, series }: { slots?: SpanText[]; series?: SlotSeriesText[] },
  timeZone: string,
  days: MissionDays,
  faults: FaultList,
): PlanSlot[] | undefined {
  if (!slots && !series) return undefined;
  const written = (slots ?? []).flatMap((slot, index) => readSpan(slot, timeZone, `/slots/${index}`, faults) ?? []);
  const cut = (series ?? []).flatMap((each, index) => cutSeries(each, timeZone, `/series/${index}`, faults));
  const placed = [...written, ...cut].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  checkSlots(placed, days, faults);
  return placed.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }));
}

/** A span of instants; undefined with the faults in the list. */
export function readSpan(
  { startsAt, endsAt }: SpanText,
  timeZone: string,
  pointer: string,
  faults: FaultList,
  names: [start: string, end: string] = ['startsAt', 'endsAt'],
): PlacedSlot | undefined {
  const start = gathered(faults, () => toInstant(startsAt, timeZone, `${pointer}/${names[0]}`));
  const end = gathered(faults, () => toInstant(endsAt, timeZone, `${pointer}/${names[1]}`));
  if (!start || !end) return undefined;
  if (start < end) return { startsAt: start, endsAt: end, pointer };
  const message = 'The end must come after the start.';
  faults.add({ pointer: `${pointer}/${names[1]}`, code: 'ends_before_start', message });
  return undefined;
}

function checkSlots(slots: PlacedSlot[], days: MissionDays, faults: FaultList): void {
  if (slots.length === 0 && faults.errors.length === 0)
    faults.add({ pointer: '/slots', code: 'required', message: 'A plan needs at least one slot.' });
  if (slots.length > MOST_SLOTS)
    faults.add({
      pointer: '/slots',
      code: 'too_many',
      message: `At most ${MOST_SLOTS} slots; these are ${slots.length}.`,
    });
  slots.forEach((slot, index) => {
    if (slot.startsAt < days.from || slot.endsAt > days.to)
      faults.add({ pointer: slot.pointer, code: 'outside_mission', message: outsideText(days) });
    const before = slots[index - 1];
    if (before && before.endsAt > slot.startsAt)
      faults.add({
        pointer: slot.pointer,
        code: 'overlapping_slots',
        message: overlapText(before),
        other: before.pointer,
      });
  });
}

const outsideText = ({ from, to }: MissionDays): string =>
  `Slots lie within the days of the mission, ${instantText(from)} to ${instantText(to)}.`;

const overlapText = ({ startsAt, endsAt, pointer }: PlacedSlot): string =>
  `Overlaps the slot ${instantText(startsAt)} to ${instantText(endsAt)} (${pointer}).`;

/** One meeting after the other; what would run into a break begins after it. */
function cutSeries(series: SlotSeriesText, timeZone: string, pointer: string, faults: FaultList): PlacedSlot[] {
  const { from, to, breaks = [] } = series;
  const whole = readSpan({ startsAt: from, endsAt: to }, timeZone, pointer, faults, ['from', 'to']);
  const length = minutes(series.meetingLength, `${pointer}/meetingLength`, 1, faults);
  const pause = series.pause === undefined ? 0 : minutes(series.pause, `${pointer}/pause`, 0, faults);
  const free = breaks.map((each, index) => readSpan(each, timeZone, `${pointer}/breaks/${index}`, faults));
  if (!whole || length === undefined || pause === undefined) return [];
  const slots: PlacedSlot[] = [];
  for (let at = whole.startsAt.getTime(); slots.length <= MOST_SLOTS;) {
    const [startsAt, endsAt] = [new Date(at), new Date(at + length * MINUTE)];
    if (endsAt > whole.endsAt) break;
    const inTheWay = free.find((each) => each && each.startsAt < endsAt && startsAt < each.endsAt);
    if (!inTheWay) slots.push({ startsAt, endsAt, pointer });
    at = inTheWay ? inTheWay.endsAt.getTime() : endsAt.getTime() + pause * MINUTE;
  }
  return slots;
}

function minutes(text: string, pointer: string, least: number, faults: FaultList): number | undefined {
  const length = durationMinutes(text);
  if (length !== undefined && length >= least && length <= LONGEST_MEETING) return length;
  const message = `Write a duration of whole minutes such as PT20M, from ${least} minutes to ${LONGEST_MEETING / 60} hours.`;
  faults.add({ pointer, code: 'bad_duration', message });
  return undefined;
}

/** Undefined for what is no duration of whole minutes. */
function durationMinutes(text: string): number | undefined {
  try {
    const length = Temporal.Duration.from(text).total({ unit: 'minutes' });
    return Number.isInteger(length) ? length : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function gathered(faults: FaultList, read: () => Date): Date | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    faults.add(...error.errors);
    return undefined;
  }
}
