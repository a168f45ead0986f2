import fc from 'fast-check';
import loadHighs, { type Highs } from 'highs';
import { solveWithHighs } from './highs-timetable.js';
import { checkTimetable, solveTimetable, type TimetableProblem, timetableFaults, TimetableRefused } from './index.js';
import { type TimetablePlace } from './timetable-problem.js';

const MINUTE = 60_000;

/** Slots of 20 minutes; `pauses[n]` minutes lie before slot n. */
const slotsWith = (pauses: number[]): TimetableProblem['slots'] => {
  let at = Date.UTC(2026, 8, 14, 9);
  return pauses.map((pause) => {
    const startsAt = at + pause * MINUTE;
    at = startsAt + 20 * MINUTE;
    return { startsAt, endsAt: at };
  });
};

const problemOf = (parts: Partial<TimetableProblem>): TimetableProblem => ({
  slots: slotsWith([0, 5, 5]),
  tables: 5,
  requests: [],
  unavailable: [],
  limits: {},
  locked: [],
  previous: [],
  ...parts,
});

const wants = (guest: string, host: string, priority = 3, interpreter?: boolean) => ({
  id: `${guest}-${host}`,
  guest,
  host,
  priority,
  interpreter,
});

/** Tries every timetable there is; the most score, and the most kept with it. Knows nothing of models. */
function tryAll(problem: TimetableProblem): { score: number; kept: number } {
  const { slots, requests, limits, unavailable, tables } = problem;
  const met: (TimetableProblem['requests'][number] & { slot: number })[] = [];
  const before = new Map(problem.previous.map(({ request, slot }) => [request, slot]));
  const locks = new Map(problem.locked.map(({ request, slot }) => [request, slot]));
  const count = (test: (meeting: (typeof met)[number]) => unknown): number => met.filter(test).length;
  const longestRow = (guest: string): number => {
    let longest = 0;
    let run = 0;
    slots.forEach((slot, at) => {
      const follows = at > 0 && slot.startsAt - slots[at - 1]!.endsAt <= 10 * MINUTE;
      run = count((meeting) => meeting.guest === guest && meeting.slot === at) === 0 ? 0 : follows ? run + 1 : 1;
      longest = Math.max(longest, run);
    });
    return longest;
  };
  const isAllowed = ({ guest, host, slot, interpreter }: (typeof met)[number]): boolean =>
    !unavailable.some((away) => away.slot === slot && (away.party === guest || away.party === host)) &&
    count((meeting) => meeting.slot === slot) <= tables &&
    count((meeting) => meeting.slot === slot && meeting.guest === guest) <= 1 &&
    count((meeting) => meeting.slot === slot && meeting.host === host) <= 1 &&
    count((meeting) => meeting.guest === guest) <= (limits.perGuest ?? Infinity) &&
    count((meeting) => meeting.host === host) <= (limits.perHost ?? Infinity) &&
    (!interpreter ||
      count((meeting) => meeting.slot === slot && meeting.interpreter) <= (limits.interpreters ?? Infinity));
  let best = { score: -1, kept: -1 };
  const tryFrom = (at: number, score: number, kept: number): void => {
    const request = requests[at];
    if (!request) {
      const rested = requests.every(({ guest }) => longestRow(guest) <= (limits.inARow ?? Infinity));
      if (rested && (score > best.score || (score === best.score && kept > best.kept))) best = { score, kept };
      return;
    }
    const lock = locks.get(request.id);
    slots.forEach((_, slot) => {
      if (lock !== undefined && lock !== slot) return;
      const meeting = { ...request, slot };
      met.push(meeting);
      const stays = before.get(request.id) === slot ? 1 : 0;
      if (isAllowed(meeting)) tryFrom(at + 1, score + request.priority, kept + stays);
      met.pop();
    });
    if (lock === undefined) tryFrom(at + 1, score, kept);
  };
  tryFrom(0, 0, 0);
  return best;
}

/** Problems of up to so many delegates, hosts, slots and requests; some with limits, old places and locks. */
function problems(size: { parties: number; slots: number; requests: number }): fc.Arbitrary<TimetableProblem> {
  const most = (count: number) => fc.option(fc.integer({ min: 1, max: count }), { nil: undefined, freq: 2 });
  const party = fc.integer({ min: 1, max: size.parties });
  const slot = fc.nat(size.slots - 1);
  const place = fc.record({ at: fc.nat(size.requests - 1), slot, table: most(3) });
  return fc
    .record({
      pauses: fc.array(fc.constantFrom(0, 5, 10, 11, 60), { minLength: 1, maxLength: size.slots }),
      tables: fc.integer({ min: 1, max: 4 }),
      pairs: fc.uniqueArray(
        fc.record({ guest: party, host: party, priority: fc.integer({ min: 1, max: 5 }), interpreter: fc.boolean() }),
        { selector: ({ guest, host }) => `${guest} ${host}`, maxLength: size.requests },
      ),
      away: fc.array(fc.record({ side: fc.constantFrom('g', 'h'), party, slot }), { maxLength: 2 * size.slots }),
      limits: fc.record({ perGuest: most(4), perHost: most(4), inARow: most(3), interpreters: most(2) }),
      locked: fc.array(place, { maxLength: 3 }),
      previous: fc.uniqueArray(place, { selector: ({ at }) => at, maxLength: size.requests }),
    })
    .map(({ pauses, tables, pairs, away, limits, locked, previous }) => {
      const requests = pairs.map((pair) => ({ ...pair, ...wants(`g${pair.guest}`, `h${pair.host}`, pair.priority) }));
      const placesOf = (places: typeof previous): TimetablePlace[] =>
        places
          .filter(({ at, slot }) => at < requests.length && slot < pauses.length)
          .map(({ at, slot, table }) => ({ request: requests[at]!.id, slot, table }));
      const problem = problemOf({
        slots: slotsWith(pauses),
        tables,
        requests: requests.map((request, at) => ({ ...request, interpreter: pairs[at]!.interpreter })),
        unavailable: away
          .filter(({ slot }) => slot < pauses.length)
          .map(({ side, party, slot }) => ({ party: `${side}${party}`, slot })),
        limits,
        previous: placesOf(previous),
      });
      // Of the locks thought of, those that can be had together.
      for (const lock of placesOf(locked))
        if (timetableFaults({ ...problem, locked: [...problem.locked, lock] }).length === 0) problem.locked.push(lock);
      return problem;
    });
}

const SEED = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);

describe(`A timetable (seed ${SEED})`, () => {
  let highs: Highs;
  beforeAll(async () => (highs = await loadHighs()));
  const solve = (problem: TimetableProblem, seconds = 20) => {
    expect(timetableFaults(problem)).toEqual([]);
    const timetable = solveWithHighs(highs, problem, seconds);
    expect(checkTimetable(problem, timetable)).toEqual([]);
    return timetable;
  };
  const slotOf = (problem: TimetableProblem, request: string) =>
    solve(problem).assignments.find((assignment) => assignment.request === request)?.slot;

  it('has the score, and keeps as much, as the best of all there are, whatever the problem (400 small ones)', () => {
    fc.assert(
      fc.property(problems({ parties: 3, slots: 4, requests: 6 }), (problem) => {
        const { score, upperBound, status, kept, keptProven } = solve(problem);
        expect({ score, kept, upperBound, status, keptProven }).toEqual({
          ...tryAll(problem),
          upperBound: score,
          status: 'optimal',
          keptProven: true,
        });
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('breaks no rule, and is proven, in larger problems too (120 of them)', () => {
    fc.assert(
      fc.property(problems({ parties: 8, slots: 10, requests: 40 }), (problem) => {
        expect(solve(problem)).toMatchObject({ status: 'optimal', gap: 0, keptProven: true });
      }),
      { seed: SEED, numRuns: 120 },
    );
  });

  it('gives a host whom two want in the only slot to the higher priority', () => {
    const problem = problemOf({ slots: slotsWith([0]), requests: [wants('g1', 'h', 4), wants('g2', 'h', 5)] });
    const timetable = solve(problem);
    expect(timetable.assignments).toEqual([{ request: 'g2-h', slot: 0, table: 1 }]);
    expect(timetable).toMatchObject({ score: 5, upperBound: 5, gap: 0, status: 'optimal' });
  });

  it('meets two of priority 3 rather than one of priority 5', () => {
    const problem = problemOf({
      slots: slotsWith([0]),
      requests: [wants('g1', 'h1', 5), wants('g1', 'h2', 3), wants('g2', 'h1', 3)],
    });
    expect(solve(problem)).toMatchObject({ score: 6 });
  });

  it('of no requests, or of requests that can never be met, is empty and optimal', () => {
    const nothing = { assignments: [], score: 0, upperBound: 0, gap: 0, status: 'optimal', kept: 0, keptProven: true };
    expect(solve(problemOf({}))).toEqual(nothing);
    const away = [0, 1, 2].map((slot) => ({ party: 'g', slot }));
    expect(solve(problemOf({ requests: [wants('g', 'h')], unavailable: away }))).toEqual(nothing);
  });

  it('in which everything is locked stays as it is, tables too', () => {
    const locked = [
      { request: 'g1-h', slot: 2, table: 4 },
      { request: 'g2-h', slot: 1, table: 2 },
    ];
    const timetable = solve(problemOf({ requests: [wants('g1', 'h', 1), wants('g2', 'h', 1)], locked }));
    expect(timetable.assignments).toEqual([locked[1], locked[0]]);
  });

  it('holds a lock on a meeting of little worth against one of much', () => {
    const problem = problemOf({
      slots: slotsWith([0]),
      requests: [wants('g1', 'h', 1), wants('g2', 'h', 5)],
      locked: [{ request: 'g1-h', slot: 0 }],
    });
    expect(solve(problem)).toMatchObject({ score: 1, upperBound: 1, status: 'optimal' });
  });

  it('counts a pause of up to ten minutes as no break, and a longer one as a break', () => {
    const three = [wants('g', 'h1'), wants('g', 'h2'), wants('g', 'h3')];
    const scores = [0, 10, 11].map(
      (pause) =>
        solve(problemOf({ slots: slotsWith([0, pause, pause]), requests: three, limits: { inARow: 1 } })).score,
    );
    expect(scores).toEqual([6, 6, 9]);
  });

  it('without interpreters meets those who need none', () => {
    const requests = [wants('g1', 'h1', 5, true), wants('g2', 'h2', 1, false)];
    expect(solve(problemOf({ requests, limits: { interpreters: 0 } }))).toMatchObject({ score: 1, upperBound: 1 });
  });

  it('leaves everybody where they were after a dropout, and fills what became free', () => {
    const requests = [wants('g1', 'h1', 2), wants('g2', 'h1', 2), wants('g3', 'h1', 2)];
    const before = problemOf({
      slots: slotsWith([0, 5]),
      requests: requests.slice(0, 2),
      previous: [
        { request: 'g0-h1', slot: 0 },
        { request: 'g2-h1', slot: 1, table: 3 },
      ],
    });
    const timetable = solve({ ...before, requests: requests.slice(1) });
    expect(timetable.assignments).toEqual([
      { request: 'g3-h1', slot: 0, table: expect.any(Number) },
      { request: 'g2-h1', slot: 1, table: 3 },
    ]);
    expect(timetable).toMatchObject({ kept: 1, keptProven: true });
  });

  it('moves somebody when score is to be had by it', () => {
    const problem = problemOf({
      slots: slotsWith([0, 5]),
      requests: [wants('g1', 'h', 1), wants('g2', 'h', 1)],
      unavailable: [{ party: 'g2', slot: 1 }],
      previous: [{ request: 'g1-h', slot: 0 }],
    });
    expect(slotOf(problem, 'g1-h')).toBe(1);
    expect(solve(problem)).toMatchObject({ score: 2, kept: 0, keptProven: true });
  });

  it('begins early, and lets a host sit at one table', () => {
    const slots = slotsWith([0, 5, 5, 5, 5]);
    const requests = ['g1', 'g2', 'g3'].flatMap((guest) => [wants(guest, 'h1'), wants(guest, 'h2')]);
    const { assignments } = solve(problemOf({ slots, requests }));
    expect(Math.max(...assignments.map(({ slot }) => slot))).toBeLessThan(4);
    for (const host of ['h1', 'h2'])
      expect(new Set(assignments.filter(({ request }) => request.endsWith(host)).map(({ table }) => table)).size).toBe(
        1,
      );
  });

  it('whose first draft can be no better is not searched for', () => {
    const problem = problemOf({ requests: [wants('g1', 'h1', 4), wants('g2', 'h1', 5)] });
    expect(solveWithHighs({} as Highs, problem, 1)).toMatchObject({ score: 9, status: 'optimal', keptProven: true });
  });

  it('that finds no time to be proven says how far from the best it can be', () => {
    const timetable = solve(large(1), 0.001);
    expect(timetable.upperBound).toBeGreaterThanOrEqual(timetable.score);
    expect(timetable.score).toBeGreaterThan(0.5 * timetable.upperBound);
  });

  describe('solved in a thread', () => {
    it('is the same, and tells how it goes', async () => {
      const problem = problemOf({ requests: [wants('g1', 'h', 4), wants('g2', 'h', 5)] });
      const heard: unknown[] = [];
      const timetable = await solveTimetable(problem, { seconds: 10, onProgress: (progress) => heard.push(progress) });
      expect(timetable).toEqual(solve(problem));
      expect(heard[0]).toEqual({ phase: 'first draft', score: 9, upperBound: 9, gap: 0 });
    });

    it('ends when it is aborted', async () => {
      const abort = new AbortController();
      const solving = solveTimetable(large(2), {
        seconds: 600,
        signal: abort.signal,
        onProgress: () => abort.abort(new Error('no longer wanted')),
      });
      await expect(solving).rejects.toThrow('no longer wanted');
    });

    it('is handed over as far as it came when the solver does not heed its time', async () => {
      const problem = large(3);
      const timetable = await solveTimetable(problem, { seconds: 0.001 });
      expect(checkTimetable(problem, timetable)).toEqual([]);
    });

    it('is refused with every fault of the problem', async () => {
      const solving = solveTimetable(problemOf({ slots: [], tables: 0 }), { seconds: 1 });
      await expect(solving).rejects.toBeInstanceOf(TimetableRefused);
      await expect(solving).rejects.toMatchObject({ faults: [{ code: 'no_slots' }, { code: 'no_tables' }] });
    });
  });

  /** Too large to be solved in a moment. */
  function large(variant: number): TimetableProblem {
    const requests = Array.from({ length: 600 }, (_, n) =>
      wants(`g${n % 40}`, `h${(n * 7 + variant) % 97}`, 1 + (n % 5)),
    );
    const unique = [...new Map(requests.map((request) => [request.id, request])).values()];
    const limits = { inARow: 2, perGuest: 11 };
    return problemOf({ slots: slotsWith(Array<number>(24).fill(5)), tables: 12, requests: unique, limits });
  }
});
