import { type TimetableBoard } from './timetable-board.js';
import { NOWHERE } from './timetable-grid.js';
import { type TimetableAssignment, type TimetablePlace } from './timetable-problem.js';

/**
 * Gives each meeting its table: the one it is locked to; the one it had, if it stays in its slot; else one at which its
 * host sits as often as possible. In the order of slots, then tables.
 */
export function numberTables(board: TimetableBoard): TimetableAssignment[] {
  const { problem, slots } = board.grid;
  const tables = new Tables(board, slots, problem.tables);
  seatAt(tables, board, problem.locked);
  seatAt(tables, board, problem.previous);
  for (const meetings of byHost(board)) seatTogether(tables, meetings, problem.tables);
  return tables.seated.sort((a, b) => a.slot - b.slot || a.table - b.table);
}

class Tables {
  readonly seated: TimetableAssignment[] = [];
  private readonly has: boolean[];
  private readonly taken: Uint8Array;

  constructor(
    private readonly board: TimetableBoard,
    slots: number,
    private readonly tables: number,
  ) {
    this.has = board.slotOf.map((slot) => slot === NOWHERE);
    this.taken = new Uint8Array(slots * (tables + 1));
  }

  waits(request: number): boolean {
    return !this.has[request];
  }

  isFree(slot: number, table: number): boolean {
    return this.taken[slot * (this.tables + 1) + table] === 0;
  }

  seat(request: number, table: number): void {
    const slot = this.board.slotOf[request]!;
    this.has[request] = true;
    this.taken[slot * (this.tables + 1) + table] = 1;
    this.seated.push({ request: this.board.grid.problem.requests[request]!.id, slot, table });
  }
}

/** Seats the meetings that stand in the slot of their place at its table. */
function seatAt(tables: Tables, board: TimetableBoard, places: TimetablePlace[]): void {
  const numbers = new Map(board.grid.problem.requests.map(({ id }, number) => [id, number]));
  for (const { request, slot, table } of places) {
    const number = numbers.get(request);
    if (number === undefined || table === undefined || table > board.grid.problem.tables) continue;
    if (tables.waits(number) && board.slotOf[number] === slot && tables.isFree(slot, table)) tables.seat(number, table);
  }
}

/** The meetings of each host, the busiest first: it is hardest to keep at one table. */
function byHost(board: TimetableBoard): { request: number; slot: number }[][] {
  const hosts = new Map<number, { request: number; slot: number }[]>();
  board.slotOf.forEach((slot, request) => {
    const host = board.grid.hostOf[request]!;
    if (slot !== NOWHERE) hosts.set(host, [...(hosts.get(host) ?? []), { request, slot }]);
  });
  return [...hosts.values()].sort((a, b) => b.length - a.length);
}

/** Again and again the table that is free for most of what is left. */
function seatTogether(tables: Tables, meetings: { request: number; slot: number }[], count: number): void {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  let waiting = meetings.filter(({ request }) => tables.waits(request));
  while (waiting.length > 0) {
    const free = (table: number): number => waiting.filter(({ slot }) => tables.isFree(slot, table)).length;
    const best = numbers.reduce((a, b) => (free(b) > free(a) ? b : a));
    if (free(best) === 0) throw new Error('More meetings stand in one slot than there are tables.');
    for (const { request, slot } of waiting) if (tables.isFree(slot, best)) tables.seat(request, best);
    waiting = waiting.filter(({ request }) => tables.waits(request));
  }
}
