import { gridOf } from './timetable-grid.js';
import { TimetableBoard } from './timetable-board.js';
import { type TimetableProblem } from './timetable-problem.js';

/** One fault of a problem; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface TimetableFault {
  pointer: string;
  code: string;
  message: string;
}

/** What the solver takes in: more needs more memory and time than a timetable is worth. */
export const MOST_REQUESTS = 3000;
export const MOST_SLOTS = 200;
/** Of requests × slots. */
export const MOST_CHOICES = 100_000;

/** Everything that makes a problem senseless or impossible to fulfil; empty when it can be solved. */
export function timetableFaults(problem: TimetableProblem): TimetableFault[] {
  const faults = [
    ...sizeFaults(problem),
    ...slotFaults(problem),
    ...limitFaults(problem),
    ...requestFaults(problem),
    ...placeFaults(problem, 'unavailable'),
    ...placeFaults(problem, 'locked'),
    ...placeFaults(problem, 'previous'),
    ...unknownLocks(problem),
  ];
  // Whether locks go together can be asked only when each makes sense.
  return faults.length > 0 ? faults : lockFaults(problem);
}

const fault = (pointer: string, code: string, message: string): TimetableFault => ({ pointer, code, message });
const isCount = (value: unknown, least = 1): boolean => Number.isInteger(value) && (value as number) >= least;

function sizeFaults({ requests, slots }: TimetableProblem): TimetableFault[] {
  const faults: TimetableFault[] = [];
  const most = (pointer: string, what: string, count: number, limit: number): void => {
    const message = `There are ${count} ${what}; a timetable is solved for at most ${limit}.`;
    if (count > limit) faults.push(fault(pointer, 'too_many', message));
  };
  most('/requests', 'requests', requests.length, MOST_REQUESTS);
  most('/slots', 'slots', slots.length, MOST_SLOTS);
  most('/requests', 'requests times slots', requests.length * slots.length, MOST_CHOICES);
  if (slots.length === 0) faults.push(fault('/slots', 'no_slots', 'There are no slots, so nothing can be planned.'));
  return faults;
}

function slotFaults({ slots }: TimetableProblem): TimetableFault[] {
  return slots.flatMap(({ startsAt, endsAt }, at) => {
    const before = slots[at - 1];
    const pointer = `/slots/${at}`;
    if (!Number.isFinite(startsAt) || !Number.isFinite(endsAt))
      return [fault(pointer, 'not_a_time', 'A slot needs a beginning and an end.')];
    if (endsAt <= startsAt) return [fault(pointer, 'ends_before_start', 'A slot ends before it starts.')];
    if (before && startsAt < before.startsAt) return [fault(pointer, 'out_of_order', 'The slots are not in order.')];
    if (before && startsAt < before.endsAt)
      return [fault(pointer, 'overlapping_slots', 'A slot begins before the one ahead of it has ended.')];
    return [];
  });
}

function limitFaults({ tables, limits }: TimetableProblem): TimetableFault[] {
  const faults: TimetableFault[] = [];
  if (!isCount(tables)) faults.push(fault('/tables', 'no_tables', 'There must be one table or more.'));
  for (const name of ['perGuest', 'perHost', 'inARow'] as const)
    if (limits[name] !== undefined && !isCount(limits[name]))
      faults.push(fault(`/limits/${name}`, 'bad_limit', 'A limit is a whole number, 1 or more.'));
  if (limits.interpreters !== undefined && !isCount(limits.interpreters, 0))
    faults.push(fault('/limits/interpreters', 'bad_limit', 'The number of interpreters is a whole number, 0 or more.'));
  return faults;
}

function requestFaults({ requests }: TimetableProblem): TimetableFault[] {
  const ids = new Set<string>();
  const pairs = new Set<string>();
  const guests = new Set(requests.map(({ guest }) => guest));
  return requests.flatMap(({ id, guest, host, priority }, at) => {
    const faults: TimetableFault[] = [];
    const add = (field: string, code: string, message: string): void =>
      void faults.push(fault(`/requests/${at}${field}`, code, message));
    const pair = JSON.stringify([guest, host]);
    if (ids.has(id)) add('/id', 'id_twice', 'Two requests have the same id.');
    if (pairs.has(pair)) add('', 'pair_twice', 'This delegate and this host have another request between them.');
    if (guest === host) add('/host', 'to_oneself', 'Nobody can ask for a meeting with themselves.');
    else if (guests.has(host)) add('/host', 'both_roles', 'A host cannot be a delegate of the same timetable.');
    if (!isCount(priority) || priority > 5) add('/priority', 'bad_priority', 'A priority is 1, 2, 3, 4 or 5.');
    ids.add(id);
    pairs.add(pair);
    return faults;
  });
}

/** Slots and tables that do not exist. Unavailability of somebody without requests is harmless, and so is a `previous` place of a request that is gone. */
function placeFaults(problem: TimetableProblem, list: 'unavailable' | 'locked' | 'previous'): TimetableFault[] {
  const seen = new Set<string>();
  return problem[list].flatMap((place, at) => {
    const faults: TimetableFault[] = [];
    if (!isCount(place.slot, 0) || place.slot >= problem.slots.length)
      faults.push(fault(`/${list}/${at}/slot`, 'no_such_slot', `There is no slot ${place.slot}.`));
    if ('party' in place) return faults;
    if (place.table !== undefined && list === 'locked' && (!isCount(place.table) || place.table > problem.tables))
      faults.push(fault(`/${list}/${at}/table`, 'no_such_table', `There is no table ${place.table}.`));
    if (seen.has(place.request))
      faults.push(fault(`/${list}/${at}/request`, 'placed_twice', 'One request has two places.'));
    seen.add(place.request);
    return faults;
  });
}

function unknownLocks({ requests, locked }: TimetableProblem): TimetableFault[] {
  const ids = new Set(requests.map(({ id }) => id));
  return locked.flatMap(({ request }, at) =>
    ids.has(request) ? [] : [fault(`/locked/${at}/request`, 'no_such_request', 'A locked request does not exist.')],
  );
}

const CLASHES = {
  away: 'The delegate or the host of a locked meeting has no time in its slot.',
  guest_full: 'The locked meetings of one delegate are more than the limit.',
  host_full: 'The locked meetings of one host are more than the limit.',
  busy: 'Two locked meetings need the same delegate or host in one slot.',
  tables: 'More meetings are locked to one slot than there are tables.',
  interpreters: 'More meetings with an interpreter are locked to one slot than there are interpreters.',
  in_a_row: 'The locked meetings of one delegate leave no break.',
};

/** Locks that contradict the rules or one another: then no timetable can hold them all. */
function lockFaults(problem: TimetableProblem): TimetableFault[] {
  const numbers = new Map(problem.requests.map(({ id }, number) => [id, number]));
  const board = new TimetableBoard(gridOf(problem));
  const tables = new Set<string>();
  return problem.locked.flatMap(({ request, slot, table }, at) => {
    const seat = `${slot} ${table}`;
    if (table !== undefined && tables.has(seat))
      return [fault(`/locked/${at}/table`, 'locked_table_taken', 'Two meetings are locked to one table in one slot.')];
    tables.add(seat);
    const obstacle = board.obstacle(numbers.get(request)!, slot);
    if (obstacle) return [fault(`/locked/${at}`, `locked_${obstacle}`, CLASHES[obstacle])];
    board.put(numbers.get(request)!, slot);
    return [];
  });
}
