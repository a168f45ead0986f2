import {
  LONGEST_PAUSE,
  type TimetableLimits,
  type TimetablePlace,
  type TimetableProblem,
} from './timetable-problem.js';

/** No slot: a request that is not met, not locked, or was not met before. */
export const NOWHERE = -1;

/** A problem in numbers: requests and parties by index. */
export interface TimetableGrid {
  problem: TimetableProblem;
  limits: TimetableLimits;
  requests: number;
  slots: number;
  parties: number;
  guestOf: number[];
  hostOf: number[];
  priorityOf: number[];
  /** By slot: the next one begins so soon that two meetings in them are in a row. */
  adjacentToNext: boolean[];
  /** By request: the slot it is locked to, or NOWHERE. */
  lockedIn: number[];
  /** By request: the slot it had before, or NOWHERE. */
  previouslyIn: number[];
  /** Guest and host both have time in this slot. */
  bothFree(request: number, slot: number): boolean;
}

/** Reads a problem without faults (timetableFaults). */
export function gridOf(problem: TimetableProblem): TimetableGrid {
  const { requests, slots } = problem;
  const parties = indexOf(requests.flatMap(({ guest, host }) => [guest, host]));
  const guestOf = requests.map(({ guest }) => parties.get(guest)!);
  const hostOf = requests.map(({ host }) => parties.get(host)!);
  const away = new Set(problem.unavailable.map(({ party, slot }) => (parties.get(party) ?? -1) * slots.length + slot));
  const free = (party: number, slot: number): boolean => !away.has(party * slots.length + slot);
  const numbers = indexOf(requests.map(({ id }) => id));
  return {
    problem,
    limits: problem.limits,
    requests: requests.length,
    slots: slots.length,
    parties: parties.size,
    guestOf,
    hostOf,
    priorityOf: requests.map(({ priority }) => priority),
    adjacentToNext: slots.map(({ endsAt }, at) => (slots[at + 1]?.startsAt ?? Infinity) - endsAt <= LONGEST_PAUSE),
    lockedIn: slotsOf(problem.locked, numbers),
    previouslyIn: slotsOf(problem.previous, numbers),
    bothFree: (request, slot) => free(guestOf[request]!, slot) && free(hostOf[request]!, slot),
  };
}

function indexOf(names: string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, index) => [name, index]));
}

/** A place of a request that is no longer there (a delegate who dropped out) is passed over. */
function slotsOf(places: TimetablePlace[], numbers: Map<string, number>): number[] {
  const slots = new Array<number>(numbers.size).fill(NOWHERE);
  for (const { request, slot } of places) {
    const number = numbers.get(request);
    if (number !== undefined) slots[number] = slot;
  }
  return slots;
}
