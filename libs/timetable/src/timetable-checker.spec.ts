import { checkTimetable, type Timetable, type TimetableProblem } from './index.js';

const MINUTE = 60_000;
const slots = [0, 25, 50, 100].map((start) => ({ startsAt: start * MINUTE, endsAt: (start + 20) * MINUTE }));

/** A problem and a timetable that fulfils it; each test breaks one rule. */
const problem: TimetableProblem = {
  slots,
  tables: 2,
  requests: [
    { id: 'a', guest: 'g1', host: 'h1', priority: 5, interpreter: true },
    { id: 'b', guest: 'g1', host: 'h2', priority: 3 },
    { id: 'c', guest: 'g2', host: 'h1', priority: 4, interpreter: true },
    { id: 'd', guest: 'g2', host: 'h2', priority: 1 },
    { id: 'e', guest: 'g3', host: 'h3', priority: 2 },
  ],
  unavailable: [
    { party: 'g3', slot: 0 },
    { party: 'h3', slot: 3 },
  ],
  limits: { perGuest: 2, perHost: 2, inARow: 2, interpreters: 1 },
  locked: [{ request: 'a', slot: 0, table: 1 }],
  previous: [
    { request: 'b', slot: 1 },
    { request: 'gone', slot: 1 },
  ],
};
const timetable: Timetable = {
  assignments: [
    { request: 'a', slot: 0, table: 1 },
    { request: 'd', slot: 0, table: 2 },
    { request: 'b', slot: 1, table: 1 },
    { request: 'c', slot: 1, table: 2 },
    { request: 'e', slot: 2, table: 1 },
  ],
  score: 15,
  upperBound: 15,
  gap: 0,
  status: 'optimal',
  kept: 1,
  keptProven: true,
};

const move = (request: string, to: Partial<Timetable['assignments'][number]>): Timetable => ({
  ...timetable,
  assignments: timetable.assignments.map((one) => (one.request === request ? { ...one, ...to } : one)),
});

describe('The checker of timetables', () => {
  it('has nothing to say about one that keeps all rules', () => {
    expect(checkTimetable(problem, timetable)).toEqual([]);
  });

  it.each([
    ['a request nobody made', move('e', { request: 'x' }), /Request x does not exist/],
    ['a slot there is not', move('e', { slot: 4 }), /slot 4, which does not exist/],
    ['half a slot', move('e', { slot: 0.5 }), /slot 0.5, which does not exist/],
    ['a table above the last', move('e', { table: 3 }), /table 3, which does not exist/],
    ['a table before the first', move('e', { table: 0 }), /table 0, which does not exist/],
    ['two meetings for one request', move('e', { request: 'b' }), /Request b is met more than once/],
    ['a delegate in two places', move('b', { slot: 0, table: 2 }), /g1 is in more than one meeting in slot 0/],
    ['a host in two places', move('c', { slot: 0, table: 2 }), /h1 is in more than one meeting in slot 0/],
    ['one table for two', move('c', { table: 1 }), /Table 1 is taken more than once in slot 1/],
    ['a third meeting at two tables', move('e', { slot: 1, table: 1 }), /Slot 1 has more meetings than tables/],
    ['a delegate who is away', move('e', { slot: 0, table: 2 }), /Request e is met in slot 0, in which g3 has no time/],
    ['a host who is away', move('e', { slot: 3 }), /Request e is met in slot 3, in which h3 has no time/],
    ['a lock moved to another slot', move('a', { slot: 3 }), /Request a is not met where it is locked, in slot 0/],
    ['a lock moved to another table', move('a', { table: 2 }), /Request a is not met where it is locked/],
    ['a score too high', { ...timetable, score: 16 }, /score is said to be 16, the priorities met add up to 15/],
    ['a bound below the score', { ...timetable, upperBound: 14 }, /upper bound 14 is below the score 15/],
    ['half a bound', { ...timetable, upperBound: 15.5 }, /no whole number/],
    ['no bound at all', { ...timetable, upperBound: NaN }, /no whole number/],
    ['a gap made small', { ...timetable, upperBound: 20, status: 'bounded' as const }, /gap is said to be 0/],
    ['a proof without one', { ...timetable, upperBound: 20, gap: 0.25 }, /status "optimal" does not go/],
    ['a proof denied', { ...timetable, status: 'bounded' as const }, /status "bounded" does not go/],
    ['more kept than there is', { ...timetable, kept: 2 }, /2 meetings are said to be kept, 1 are/],
  ])('names %s', (_, forged, fault) => {
    expect(checkTimetable(problem, forged).join('\n')).toMatch(fault);
  });

  it.each([
    ['perGuest', { perGuest: 1 }, /g1 has more than 1 meetings/],
    ['perHost', { perHost: 1 }, /h1 has more than 1 meetings/],
    ['inARow', { inARow: 1 }, /g1 has more than 1 meetings in a row up to slot 1/],
    ['interpreters', { interpreters: 0 }, /Slot 0 has more than 0 meetings with an interpreter/],
  ])('counts for the limit %s', (_, limits, fault) => {
    expect(checkTimetable({ ...problem, limits }, timetable).join('\n')).toMatch(fault);
  });

  it('takes a pause of more than ten minutes for a break', () => {
    const limits = { inARow: 1 };
    const far = [0, 31, 62, 93].map((start) => ({ startsAt: start * MINUTE, endsAt: (start + 20) * MINUTE }));
    expect(checkTimetable({ ...problem, limits }, timetable)).not.toEqual([]);
    expect(checkTimetable({ ...problem, limits, slots: far }, timetable)).toEqual([]);
  });

  it('misses a locked meeting that is not held at all', () => {
    const without = { ...timetable, assignments: timetable.assignments.slice(1), score: 10, upperBound: 10 };
    expect(checkTimetable(problem, without)).toEqual(['Request a is not met where it is locked, in slot 0.']);
  });
});
