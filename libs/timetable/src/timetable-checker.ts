import {
  LONGEST_PAUSE,
  type Timetable,
  type TimetableAssignment,
  type TimetableProblem,
  type TimetableRequest,
} from './timetable-problem.js';

/** A meeting of the timetable with the request it meets. */
interface Meeting extends TimetableAssignment {
  of: TimetableRequest;
}

/**
 * Everything about `timetable` that breaks a rule of `problem`, in words; empty when it is right. Plain counting, written
 * without a look at how timetables are solved, so that a fault there is found here.
 */
export function checkTimetable(problem: TimetableProblem, timetable: Timetable): string[] {
  const unknown = unknownParts(problem, timetable);
  if (unknown.length > 0) return unknown;
  const requests = new Map(problem.requests.map((request) => [request.id, request]));
  const meetings = timetable.assignments.map((assignment) => ({
    ...assignment,
    of: requests.get(assignment.request)!,
  }));
  return [
    ...metTwice(meetings),
    ...clashes(meetings),
    ...absences(problem, meetings),
    ...tableFaults(problem, meetings),
    ...limitsBroken(problem, meetings),
    ...missingBreaks(problem, meetings),
    ...locksBroken(problem, timetable),
    ...sumsWrong(problem, timetable, meetings),
  ];
}

/** What the timetable speaks of but the problem does not have. */
function unknownParts({ requests, slots, tables }: TimetableProblem, { assignments }: Timetable): string[] {
  const ids = new Set(requests.map(({ id }) => id));
  const isOneOf = (value: number, first: number, last: number): boolean =>
    Number.isInteger(value) && value >= first && value <= last;
  return assignments.flatMap(({ request, slot, table }) => [
    ...(ids.has(request) ? [] : [`Request ${request} does not exist.`]),
    ...(isOneOf(slot, 0, slots.length - 1) ? [] : [`Request ${request} is met in slot ${slot}, which does not exist.`]),
    ...(isOneOf(table, 1, tables) ? [] : [`Request ${request} is met at table ${table}, which does not exist.`]),
  ]);
}

function metTwice(meetings: Meeting[]): string[] {
  return crowded(
    meetings,
    ({ request }) => request,
    1,
    (request) => `Request ${request} is met more than once.`,
  );
}

function clashes(meetings: Meeting[]): string[] {
  const parties = meetings.flatMap(({ of, slot }) => [of.guest, of.host].map((party) => ({ party, slot })));
  return crowded(
    parties,
    ({ party, slot }) => `${party} is in more than one meeting in slot ${slot}`,
    1,
    (words) => `${words}.`,
  );
}

function absences({ unavailable }: TimetableProblem, meetings: Meeting[]): string[] {
  return meetings.flatMap(({ of, slot, request }) =>
    unavailable
      .filter((away) => away.slot === slot && (away.party === of.guest || away.party === of.host))
      .map(({ party }) => `Request ${request} is met in slot ${slot}, in which ${party} has no time.`),
  );
}

function tableFaults({ tables }: TimetableProblem, meetings: Meeting[]): string[] {
  return [
    ...crowded(
      meetings,
      ({ slot }) => `${slot}`,
      tables,
      (slot) => `Slot ${slot} has more meetings than tables.`,
    ),
    ...crowded(
      meetings,
      ({ slot, table }) => `Table ${table} is taken more than once in slot ${slot}.`,
      1,
      (words) => words,
    ),
  ];
}

function limitsBroken({ limits }: TimetableProblem, meetings: Meeting[]): string[] {
  const { perGuest = Infinity, perHost = Infinity, interpreters = Infinity } = limits;
  const interpreted = meetings.filter(({ of }) => of.interpreter);
  return [
    ...crowded(
      meetings,
      ({ of }) => of.guest,
      perGuest,
      (guest) => `${guest} has more than ${perGuest} meetings.`,
    ),
    ...crowded(
      meetings,
      ({ of }) => of.host,
      perHost,
      (host) => `${host} has more than ${perHost} meetings.`,
    ),
    ...crowded(
      interpreted,
      ({ slot }) => `${slot}`,
      interpreters,
      (slot) => `Slot ${slot} has more than ${interpreters} meetings with an interpreter.`,
    ),
  ];
}

/** Walks through the slots with each guest and counts the meetings since the last break. */
function missingBreaks({ limits, slots }: TimetableProblem, meetings: Meeting[]): string[] {
  const { inARow = Infinity } = limits;
  const faults: string[] = [];
  for (const guest of new Set(meetings.map(({ of }) => of.guest))) {
    const busy = new Set(meetings.filter(({ of }) => of.guest === guest).map(({ slot }) => slot));
    let run = 0;
    slots.forEach(({ startsAt }, at) => {
      const before = slots[at - 1];
      const pause = before ? startsAt - before.endsAt : Infinity;
      if (!busy.has(at)) run = 0;
      else run = pause <= LONGEST_PAUSE ? run + 1 : 1;
      if (run === inARow + 1) faults.push(`${guest} has more than ${inARow} meetings in a row up to slot ${at}.`);
    });
  }
  return faults;
}

function locksBroken({ locked }: TimetableProblem, { assignments }: Timetable): string[] {
  return locked
    .filter(
      (lock) =>
        !assignments.some(
          ({ request, slot, table }) =>
            request === lock.request && slot === lock.slot && (lock.table === undefined || lock.table === table),
        ),
    )
    .map(({ request, slot }) => `Request ${request} is not met where it is locked, in slot ${slot}.`);
}

/** Score, bound, gap, status and what is kept, reckoned anew. */
function sumsWrong({ previous }: TimetableProblem, timetable: Timetable, meetings: Meeting[]): string[] {
  const { score, upperBound, gap, status, kept } = timetable;
  const met = meetings.reduce((sum, { of }) => sum + of.priority, 0);
  const stayed = previous.filter((place) =>
    meetings.some(({ request, slot }) => request === place.request && slot === place.slot),
  ).length;
  const widest = upperBound > 0 ? (upperBound - score) / upperBound : 0;
  const faults: [boolean, string][] = [
    [met !== score, `The score is said to be ${score}, the priorities met add up to ${met}.`],
    [!Number.isInteger(upperBound), `The upper bound is ${upperBound}, no whole number.`],
    [upperBound < score, `The upper bound ${upperBound} is below the score ${score}.`],
    [Math.abs(gap - widest) > 1e-9, `The gap is said to be ${gap}, score and bound make it ${widest}.`],
    [(status === 'optimal') !== (score === upperBound), `The status "${status}" does not go with the bound.`],
    [kept !== stayed, `${kept} meetings are said to be kept, ${stayed} are.`],
  ];
  return faults.filter(([wrong]) => wrong).map(([, words]) => words);
}

/** Says something about each key that more than `most` of the items have. */
function crowded<Item>(
  items: Item[],
  key: (item: Item) => string,
  most: number,
  say: (key: string) => string,
): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > most).map(([counted]) => say(counted));
}
