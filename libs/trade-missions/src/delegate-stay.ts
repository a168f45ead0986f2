import { addDays, dayStart, instantText, isTimeZone, toInstant } from '#calendar';
import { FaultList, type FieldFault, Invalid } from '#faults';
import type { MissionDays } from './mission-days.js';

/** When a delegate comes and goes, as a client writes it; absent means "as stored", null "not known". */
export interface StayText {
  /** Instant, or local time in `timeZone`. */
  arrivesAt?: string | null;
  departsAt?: string | null;
  /** IANA zone of local times; the mission's when absent. */
  timeZone?: string;
}

export interface Stay {
  arrivesAt: Date | null;
  departsAt: Date | null;
}

/** Days before the mission begins, and after it ends, that a stay may reach. */
const AROUND = 14;

const NOWHERE: Stay = { arrivesAt: null, departsAt: null };

/** The stay a client gave, completed from what is stored; only what is given must lie around the mission. Throws Invalid. */
export function stayOf(text: StayText, mission: MissionDays, stored = NOWHERE): Stay {
  const { timeZone = mission.timeZone } = text;
  if (!isTimeZone(timeZone)) throw unknownZone(timeZone);
  const faults = new FaultList();
  const read = (field: keyof Stay): Date | null => {
    const given = text[field];
    if (given === undefined) return stored[field];
    const at = given === null ? null : readTime(faults, given, timeZone, `/${field}`);
    if (at) faults.add(...aroundFaults(at, mission, `/${field}`));
    return at;
  };
  const stay = { arrivesAt: read('arrivesAt'), departsAt: read('departsAt') };
  faults.add(...orderFaults(stay));
  faults.throwAny();
  return stay;
}

function readTime(faults: FaultList, text: string, timeZone: string, pointer: string): Date | null {
  try {
    return toInstant(text, timeZone, pointer);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    faults.add(...error.errors);
    return null;
  }
}

function aroundFaults(at: Date, { startsOn, endsOn, timeZone }: MissionDays, pointer: string): FieldFault[] {
  const from = addDays(dayStart(startsOn, timeZone), -AROUND, timeZone);
  const to = addDays(dayStart(endsOn, timeZone), AROUND + 1, timeZone);
  if (at >= from && at < to) return [];
  const message = `This is more than ${AROUND} days from the mission; it must lie from ${instantText(from)} to ${instantText(to)}.`;
  return [{ pointer, code: 'outside_mission', message }];
}

function orderFaults({ arrivesAt, departsAt }: Stay): FieldFault[] {
  if (!arrivesAt || !departsAt || arrivesAt < departsAt) return [];
  return [{ pointer: '/departsAt', code: 'ends_before_start', message: 'The departure must come after the arrival.' }];
}

const unknownZone = (timeZone: string): Invalid =>
  Invalid.field(
    '/timeZone',
    'unknown_time_zone',
    `There is no time zone "${timeZone}"; use an IANA name such as Asia/Baku.`,
  );
