import { type Obstacle, TimetableBoard } from './timetable-board.js';
import { gridOf, NOWHERE } from './timetable-grid.js';
import { type Timetable, type TimetableLimits, type TimetableProblem } from './timetable-problem.js';

/** Why a request is not met. */
export type UnmetCode =
  | 'no_common_slot'
  | 'guest_full'
  | 'host_full'
  | 'tables_full'
  | 'interpreters_full'
  | 'in_a_row'
  | 'outranked'
  | 'room_left';

export interface UnmetRequest {
  request: string;
  code: UnmetCode;
  /** A sentence for people; it says "the delegate" and "the host", never a name or an id. */
  message: string;
}

/** For each request the timetable does not meet, in the order of the requests: the nearest reason. */
export function explainUnmet(problem: TimetableProblem, timetable: Timetable): UnmetRequest[] {
  const grid = gridOf(problem);
  const slots = new Map(timetable.assignments.map(({ request, slot }) => [request, slot]));
  const board = TimetableBoard.of(
    grid,
    problem.requests.map(({ id }) => slots.get(id) ?? NOWHERE),
  );
  return problem.requests.flatMap(({ id }, request) => {
    if (slots.has(id)) return [];
    const obstacles = grid.slots === 0 ? [] : obstaclesOf(board, request);
    const code = codeOf(obstacles);
    return [{ request: id, code, message: wordsFor(code, obstacles, problem.limits) }];
  });
}

/** By slot in which both have time: what is in the way there, if anything is. */
function obstaclesOf(board: TimetableBoard, request: number): (Obstacle | undefined)[] {
  const all = Array.from({ length: board.grid.slots }, (_, slot) => board.obstacle(request, slot));
  return all.filter((obstacle) => obstacle !== 'away');
}

/** Obstacles that lie in the slot, not in the two who would meet in it. */
const OF_SLOTS = { tables: 'tables_full', interpreters: 'interpreters_full', in_a_row: 'in_a_row' } as const;
type OfSlot = keyof typeof OF_SLOTS;

function codeOf(obstacles: (Obstacle | undefined)[]): UnmetCode {
  if (obstacles.length === 0) return 'no_common_slot';
  if (obstacles.includes('guest_full')) return 'guest_full';
  if (obstacles.includes('host_full')) return 'host_full';
  if (obstacles.includes(undefined)) return 'room_left';
  const [commonest] = ofSlots(obstacles);
  return commonest ? OF_SLOTS[commonest] : 'outranked';
}

/** Which of these obstacles there are, the commonest first. */
function ofSlots(obstacles: (Obstacle | undefined)[]): OfSlot[] {
  const count = (name: OfSlot): number => obstacles.filter((obstacle) => obstacle === name).length;
  const names = Object.keys(OF_SLOTS) as OfSlot[];
  return names.filter((name) => count(name) > 0).sort((a, b) => count(b) - count(a));
}

function wordsFor(code: UnmetCode, obstacles: (Obstacle | undefined)[], limits: TimetableLimits): string {
  switch (code) {
    case 'no_common_slot':
      return 'The delegate and the host never have time in the same slot.';
    case 'guest_full':
      return `The delegate already has ${meetings(limits.perGuest)}, the most that one delegate may have.`;
    case 'host_full':
      return `The host already has ${meetings(limits.perHost)}, the most that one host may have.`;
    case 'outranked':
      return 'In every slot that suits both, the delegate or the host has another meeting; those matter as much or more.';
    case 'room_left':
      return 'There is room for this meeting; the timetable could still be improved.';
    case 'tables_full':
    case 'interpreters_full':
    case 'in_a_row':
      return `In every slot in which the delegate and the host are both free, ${causes(obstacles, limits)}.`;
  }
}

function causes(obstacles: (Obstacle | undefined)[], { inARow }: TimetableLimits): string {
  const words: Record<OfSlot, string> = {
    tables: 'all tables are taken',
    interpreters: 'all interpreters are busy',
    in_a_row: `the delegate would have more than ${meetings(inARow)} without a break`,
  };
  return ofSlots(obstacles)
    .map((name) => words[name])
    .join(', or ');
}

function meetings(count = 0): string {
  return count === 1 ? 'one meeting' : `${count} meetings`;
}
