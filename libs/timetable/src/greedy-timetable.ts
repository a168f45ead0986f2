import { TimetableBoard } from './timetable-board.js';
import { NOWHERE, type TimetableGrid } from './timetable-grid.js';

/**
 * A decent timetable in milliseconds: what is locked, what was, then the rest by priority, each in the first slot that
 * takes it or can be cleared for it by moving one other meeting. The solver starts from it; it proves nothing.
 */
export function greedyTimetable(grid: TimetableGrid): TimetableBoard {
  const board = TimetableBoard.of(grid, grid.lockedIn);
  const wanted = [...grid.priorityOf.keys()].sort((a, b) => grid.priorityOf[b]! - grid.priorityOf[a]!);
  for (const request of wanted) putBack(board, request);
  for (const request of wanted) if (board.slotOf[request] === NOWHERE) fitIn(board, request);
  return board;
}

/** Puts whatever still fits into a timetable, back where it was or else early, and moves what nobody minds to earlier slots. */
export function tidy(board: TimetableBoard): void {
  const requests = [...board.slotOf.keys()];
  for (const request of requests) if (isLoose(board, request)) putBack(board, request);
  // Each move makes some meeting earlier, so this comes to an end.
  let moved = true;
  while (moved) moved = requests.filter((request) => isLoose(board, request) && moveEarlier(board, request)).length > 0;
}

/** Neither locked nor where it was before. */
function isLoose({ grid, slotOf }: TimetableBoard, request: number): boolean {
  const stays = slotOf[request] !== NOWHERE && grid.previouslyIn[request] === slotOf[request];
  return grid.lockedIn[request] === NOWHERE && !stays;
}

/** Where it was before, if that is possible. */
function putBack(board: TimetableBoard, request: number): void {
  const before = board.grid.previouslyIn[request]!;
  const now = board.slotOf[request]!;
  if (before === NOWHERE || board.grid.lockedIn[request] !== NOWHERE) return;
  if (now !== NOWHERE) board.take(request);
  const slot = board.fits(request, before) ? before : now;
  if (slot !== NOWHERE) board.put(request, slot);
}

function fitIn(board: TimetableBoard, request: number): void {
  const slot = firstSlot(board, request);
  if (slot !== NOWHERE) board.put(request, slot);
  else for (let other = 0; other < board.grid.slots; other++) if (clearFor(board, request, other)) return;
}

function firstSlot(board: TimetableBoard, request: number, before = board.grid.slots): number {
  for (let slot = 0; slot < before; slot++) if (board.fits(request, slot)) return slot;
  return NOWHERE;
}

/** Puts the request into the slot if the only meeting in its way finds another. */
function clearFor(board: TimetableBoard, request: number, slot: number): boolean {
  const [blocker, second] = board.grid.bothFree(request, slot) ? board.inTheWay(request, slot) : [];
  if (blocker === undefined || second !== undefined || board.grid.lockedIn[blocker] !== NOWHERE) return false;
  board.take(blocker);
  if (board.fits(request, slot)) {
    board.put(request, slot);
    const elsewhere = firstSlot(board, blocker);
    if (elsewhere !== NOWHERE) {
      board.put(blocker, elsewhere);
      return true;
    }
    board.take(request);
  }
  board.put(blocker, slot);
  return false;
}

/** Whether the request, met or not, could be given an earlier slot (any, when it was not met). */
function moveEarlier(board: TimetableBoard, request: number): boolean {
  const now = board.slotOf[request]!;
  if (now !== NOWHERE) board.take(request);
  const earlier = firstSlot(board, request, now === NOWHERE ? undefined : now);
  if (earlier !== NOWHERE) board.put(request, earlier);
  else if (now !== NOWHERE) board.put(request, now);
  return earlier !== NOWHERE;
}
