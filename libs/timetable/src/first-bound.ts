import { NOWHERE, type TimetableGrid } from './timetable-grid.js';

/**
 * No timetable has a higher score than this, whatever it looks like: what each delegate, each host and all tables could
 * take at best, each looked at alone. Stands until the solver proves something better.
 */
export function firstBound(grid: TimetableGrid): number {
  const possible = Array.from({ length: grid.requests }, (_, request) => request).filter(
    (request) => slotsFor(grid, request) > 0,
  );
  const { perGuest = Infinity, perHost = Infinity } = grid.limits;
  const best = (requests: number[], most: number): number =>
    requests
      .map((request) => grid.priorityOf[request]!)
      .sort((a, b) => b - a)
      .slice(0, Math.min(most, requests.length))
      .reduce((sum, priority) => sum + priority, 0);
  const ofParties = (partyOf: number[], most: number): number =>
    [...groups(possible, partyOf)].reduce((sum, requests) => sum + best(requests, Math.min(most, grid.slots)), 0);
  return Math.min(
    ofParties(grid.guestOf, perGuest),
    ofParties(grid.hostOf, perHost),
    best(possible, grid.slots * grid.problem.tables),
  );
}

function slotsFor(grid: TimetableGrid, request: number): number {
  if (grid.lockedIn[request] !== NOWHERE) return 1;
  let count = 0;
  for (let slot = 0; slot < grid.slots; slot++) if (grid.bothFree(request, slot)) count++;
  return count;
}

function groups(requests: number[], partyOf: number[]): Iterable<number[]> {
  const found = new Map<number, number[]>();
  for (const request of requests) {
    const group = found.get(partyOf[request]!) ?? [];
    group.push(request);
    found.set(partyOf[request]!, group);
  }
  return found.values();
}
