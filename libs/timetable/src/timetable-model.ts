import { NOWHERE, type TimetableGrid } from './timetable-grid.js';

/** Request `request` is met in slot `slot`: one binary variable of the model. */
export interface Choice {
  request: number;
  slot: number;
  locked: boolean;
}

/** At most `most` of these choices. */
export interface AtMost {
  most: number;
  choices: number[];
}

/** The timetable as a 0/1 programme: pick choices, break none of the rules. */
export interface TimetableModel {
  choices: Choice[];
  rules: AtMost[];
}

/** One variable for each request and slot that suits both; what is locked has one variable, which is fixed. */
export function modelOf(grid: TimetableGrid): TimetableModel {
  const choices = possibleChoices(grid);
  const rules = new Map<string, AtMost>();
  choices.forEach((choice, number) => {
    for (const [name, most] of rulesFor(grid, choice)) {
      const rule = rules.get(name) ?? { most, choices: [] };
      rule.choices.push(number);
      rules.set(name, rule);
    }
  });
  return { choices, rules: [...rules.values()].filter(({ most, choices }) => choices.length > most) };
}

/** Whether the chosen ones break no rule: what a solver calls feasible it means within a tolerance. */
export function obeys({ rules, choices }: TimetableModel, chosen: boolean[]): boolean {
  const counted = ({ choices: of, most }: AtMost): boolean => of.filter((choice) => chosen[choice]).length <= most;
  return rules.every(counted) && choices.every(({ locked }, choice) => !locked || chosen[choice]);
}

function possibleChoices(grid: TimetableGrid): Choice[] {
  const choices: Choice[] = [];
  for (let request = 0; request < grid.requests; request++) {
    const lockedIn = grid.lockedIn[request]!;
    const locked = lockedIn !== NOWHERE;
    for (let slot = 0; slot < grid.slots; slot++)
      if (locked ? slot === lockedIn : grid.bothFree(request, slot)) choices.push({ request, slot, locked });
  }
  return choices;
}

/** Name and bound of every rule this choice counts for. */
function rulesFor(grid: TimetableGrid, { request, slot }: Choice): [string, number][] {
  const { limits, problem } = grid;
  const guest = grid.guestOf[request]!;
  const host = grid.hostOf[request]!;
  const rules: [string, number][] = [
    [`request ${request}`, 1],
    [`party ${guest} in ${slot}`, 1],
    [`party ${host} in ${slot}`, 1],
    [`tables in ${slot}`, problem.tables],
  ];
  if (limits.perGuest !== undefined) rules.push([`meetings of ${guest}`, limits.perGuest]);
  if (limits.perHost !== undefined) rules.push([`meetings of ${host}`, limits.perHost]);
  if (limits.interpreters !== undefined && problem.requests[request]!.interpreter)
    rules.push([`interpreters in ${slot}`, limits.interpreters]);
  if (limits.inARow !== undefined)
    for (const first of rowsThrough(grid, slot, limits.inARow))
      rules.push([`row of ${guest} from ${first}`, limits.inARow]);
  return rules;
}

/** The first slots of all runs of `length` + 1 adjacent slots that `slot` is in. */
function rowsThrough({ adjacentToNext, slots }: TimetableGrid, slot: number, length: number): number[] {
  const firsts: number[] = [];
  for (let first = Math.max(0, slot - length); first <= slot && first + length < slots; first++)
    if (adjacentToNext.slice(first, first + length).every(Boolean)) firsts.push(first);
  return firsts;
}
