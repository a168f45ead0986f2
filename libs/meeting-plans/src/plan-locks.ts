import type { FaultList } from '#faults';
import type { PlanAbsence, PlanLimits, PlanPair, PlanSlot } from './meeting-plan.js';
import { type CheckedRequest, pairKey } from './plan-requests.js';

/** Where a replaced plan has two people meet. */
export interface FormerAssignment extends PlanPair, PlanSlot {
  table: number;
  /** The meeting has begun or is over, so that nothing about it can change. */
  past: boolean;
  /** People have given the meeting another time than its plan. */
  strayed: boolean;
}

/** What locks are held against. */
export interface LockGround {
  requests: CheckedRequest[];
  slots: PlanSlot[];
  tables: number;
  limits: PlanLimits;
  unavailable: PlanAbsence[];
}

/** The slot of a plan that is exactly this span; undefined when it has none. */
export function slotOf(slots: PlanSlot[], { startsAt, endsAt }: PlanSlot): number | undefined {
  const found = slots.findIndex(
    (slot) => slot.startsAt.getTime() === startsAt.getTime() && slot.endsAt.getTime() === endsAt.getTime(),
  );
  return found < 0 ? undefined : found;
}

/** Pairs to be held where the replaced plan has them, and what speaks against it; faults go to the list. */
export function checkLocks(
  locked: PlanPair[],
  former: FormerAssignment[],
  ground: LockGround,
  faults: FaultList,
): void {
  const places = new Map(former.map((each) => [pairKey(each), each]));
  const wanted = new Set(ground.requests.map(pairKey));
  locked.forEach((pair, index) => {
    const at = `/locked/${index}`;
    const place = places.get(pairKey(pair));
    if (!place) {
      faults.add({
        pointer: at,
        code: 'not_assigned',
        message: 'The plan that is replaced does not have these two meet.',
      });
      return;
    }
    if (locked.findIndex((other) => pairKey(other) === pairKey(pair)) < index)
      faults.add({ pointer: at, code: 'duplicate_lock', message: 'These two are locked already.' });
    if (!wanted.has(pairKey(pair)))
      faults.add({ pointer: at, code: 'not_requested', message: 'These two are not among the requests.' });
    checkPlace(place, at, ground, faults);
  });
  checkCounts(locked, ground, faults);
}

function checkPlace(place: FormerAssignment, pointer: string, ground: LockGround, faults: FaultList): void {
  if (slotOf(ground.slots, place) === undefined)
    faults.add({ pointer, code: 'slot_gone', message: 'The slot in which these two meet is not among the slots.' });
  if (place.table > ground.tables)
    faults.add({ pointer, code: 'table_gone', message: `They meet at table ${place.table} of ${ground.tables}.` });
  const absent = ground.unavailable.some(
    ({ delegateId, hostId, startsAt, endsAt }) =>
      (delegateId === place.delegateId || hostId === place.hostId) &&
      startsAt < place.endsAt &&
      place.startsAt < endsAt,
  );
  if (absent) faults.add({ pointer, code: 'unavailable', message: 'One of the two is unavailable then.' });
}

/** Locks alone must not exceed the limits. */
function checkCounts(locked: PlanPair[], { limits }: LockGround, faults: FaultList): void {
  const limited = [
    ['delegateId', limits.perDelegate, 'perDelegate'],
    ['hostId', limits.perHost, 'perHost'],
  ] as const;
  for (const [party, most, limit] of limited) {
    if (most === undefined) continue;
    for (const id of new Set(locked.map((pair) => pair[party]))) {
      const count = locked.filter((pair) => pair[party] === id).length;
      if (count <= most) continue;
      const index = locked.map((pair) => pair[party]).lastIndexOf(id);
      const message = `${count} locked meetings of this one, and limits.${limit} is ${most}.`;
      faults.add({ pointer: `/locked/${index}`, code: 'over_limit', message });
    }
  }
}
