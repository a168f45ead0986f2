import { NOWHERE, type TimetableGrid } from './timetable-grid.js';

/** Why a meeting cannot be put into a slot as things stand. */
export type Obstacle = 'away' | 'guest_full' | 'host_full' | 'busy' | 'tables' | 'interpreters' | 'in_a_row';

/** A timetable in the making: which request is met in which slot. Tables are numbered afterwards. */
export class TimetableBoard {
  /** By request: its slot, or NOWHERE. */
  readonly slotOf: number[];
  /** By party and slot: the request that is met there, or NOWHERE. */
  private readonly meetingOf: Int32Array;
  private readonly meetingsOf: Int32Array;
  private readonly meetingsIn: Int32Array;
  private readonly interpretersIn: Int32Array;

  constructor(readonly grid: TimetableGrid) {
    this.slotOf = new Array<number>(grid.requests).fill(NOWHERE);
    this.meetingOf = new Int32Array(grid.parties * grid.slots).fill(NOWHERE);
    this.meetingsOf = new Int32Array(grid.parties);
    this.meetingsIn = new Int32Array(grid.slots);
    this.interpretersIn = new Int32Array(grid.slots);
  }

  /** The meetings at `places` (by request: slot or NOWHERE). */
  static of(grid: TimetableGrid, places: number[]): TimetableBoard {
    const board = new TimetableBoard(grid);
    places.forEach((slot, request) => slot !== NOWHERE && board.put(request, slot));
    return board;
  }

  get score(): number {
    return this.slotOf.reduce((sum, slot, at) => (slot === NOWHERE ? sum : sum + this.grid.priorityOf[at]!), 0);
  }

  /** How many meetings stand where they stood before. */
  get kept(): number {
    const { previouslyIn } = this.grid;
    return this.slotOf.filter((slot, request) => slot !== NOWHERE && previouslyIn[request] === slot).length;
  }

  put(request: number, slot: number): void {
    this.slotOf[request] = slot;
    this.count(request, slot, 1, request);
  }

  take(request: number): void {
    const slot = this.slotOf[request]!;
    this.slotOf[request] = NOWHERE;
    this.count(request, slot, -1, NOWHERE);
  }

  /** The requests that hold the guest or the host of `request` in this slot. */
  inTheWay(request: number, slot: number): number[] {
    const { guestOf, hostOf } = this.grid;
    return [this.at(guestOf[request]!, slot), this.at(hostOf[request]!, slot)].filter((other) => other !== NOWHERE);
  }

  fits(request: number, slot: number): boolean {
    return this.obstacle(request, slot) === undefined;
  }

  /** The first thing that keeps a request, not met yet, out of this slot. */
  obstacle(request: number, slot: number): Obstacle | undefined {
    const { limits, guestOf, hostOf, problem } = this.grid;
    if (!this.grid.bothFree(request, slot)) return 'away';
    if (this.meetingsOf[guestOf[request]!]! >= (limits.perGuest ?? Infinity)) return 'guest_full';
    if (this.meetingsOf[hostOf[request]!]! >= (limits.perHost ?? Infinity)) return 'host_full';
    if (this.inTheWay(request, slot).length > 0) return 'busy';
    if (this.meetingsIn[slot]! >= problem.tables) return 'tables';
    if (this.lacksInterpreter(request, slot)) return 'interpreters';
    return this.rowAround(guestOf[request]!, slot) > (limits.inARow ?? Infinity) ? 'in_a_row' : undefined;
  }

  private lacksInterpreter(request: number, slot: number): boolean {
    const wanted = this.grid.problem.requests[request]!.interpreter === true;
    return wanted && this.interpretersIn[slot]! >= (this.grid.limits.interpreters ?? Infinity);
  }

  /** How many meetings in a row a guest would have with one in this slot. */
  private rowAround(guest: number, slot: number): number {
    const { adjacentToNext } = this.grid;
    let first = slot;
    let last = slot;
    while (first > 0 && adjacentToNext[first - 1] && this.at(guest, first - 1) !== NOWHERE) first--;
    while (adjacentToNext[last] && this.at(guest, last + 1) !== NOWHERE) last++;
    return last - first + 1;
  }

  private at(party: number, slot: number): number {
    return this.meetingOf[party * this.grid.slots + slot]!;
  }

  private count(request: number, slot: number, by: 1 | -1, meeting: number): void {
    const { guestOf, hostOf, slots, problem } = this.grid;
    for (const party of [guestOf[request]!, hostOf[request]!]) {
      this.meetingOf[party * slots + slot] = meeting;
      this.meetingsOf[party]! += by;
    }
    this.meetingsIn[slot]! += by;
    if (problem.requests[request]!.interpreter) this.interpretersIn[slot]! += by;
  }
}
