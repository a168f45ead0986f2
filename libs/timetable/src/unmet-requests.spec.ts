import loadHighs, { type Highs } from 'highs';
import { solveWithHighs } from './highs-timetable.js';
import { explainUnmet, type TimetableProblem } from './index.js';

const MINUTE = 60_000;
const slots = [0, 25].map((start) => ({ startsAt: start * MINUTE, endsAt: (start + 20) * MINUTE }));
const wants = (guest: string, host: string, priority: number, interpreter?: boolean) => ({
  id: `${guest}-${host}`,
  guest,
  host,
  priority,
  interpreter,
});
const problemOf = (parts: Partial<TimetableProblem>): TimetableProblem => ({
  slots,
  tables: 5,
  requests: [],
  unavailable: [],
  limits: {},
  locked: [],
  previous: [],
  ...parts,
});

describe('A request that is not met', () => {
  let highs: Highs;
  beforeAll(async () => (highs = await loadHighs()));
  const reasons = (parts: Partial<TimetableProblem>) => {
    const problem = problemOf(parts);
    return explainUnmet(problem, solveWithHighs(highs, problem, 10));
  };
  const one = slots.slice(0, 1);

  it('may have no slot that suits both', () => {
    const unavailable = [
      { party: 'g', slot: 0 },
      { party: 'h', slot: 1 },
    ];
    expect(reasons({ requests: [wants('g', 'h', 5)], unavailable })).toEqual([
      {
        request: 'g-h',
        code: 'no_common_slot',
        message: 'The delegate and the host never have time in the same slot.',
      },
    ]);
  });

  it('may be one too many for the delegate, or for the host', () => {
    const requests = [wants('g', 'h1', 5), wants('g', 'h2', 1)];
    expect(reasons({ requests, limits: { perGuest: 1 } })).toEqual([
      {
        request: 'g-h2',
        code: 'guest_full',
        message: 'The delegate already has one meeting, the most that one delegate may have.',
      },
    ]);
    const hosted = [wants('g1', 'h', 1), wants('g2', 'h', 5)];
    expect(reasons({ requests: hosted, limits: { perHost: 1 } })).toMatchObject([
      { request: 'g1-h', code: 'host_full' },
    ]);
  });

  it('may find all tables taken, all interpreters busy, or no break left', () => {
    const apart = [wants('g1', 'h1', 5, true), wants('g2', 'h2', 1, true)];
    expect(reasons({ slots: one, tables: 1, requests: apart })).toEqual([
      {
        request: 'g2-h2',
        code: 'tables_full',
        message: 'In every slot in which the delegate and the host are both free, all tables are taken.',
      },
    ]);
    expect(reasons({ slots: one, requests: apart, limits: { interpreters: 1 } })).toMatchObject([
      { request: 'g2-h2', code: 'interpreters_full' },
    ]);
    const same = [wants('g', 'h1', 5), wants('g', 'h2', 1)];
    expect(reasons({ requests: same, limits: { inARow: 1 } })).toMatchObject([
      {
        code: 'in_a_row',
        message: expect.stringMatching(/the delegate would have more than one meeting without a break\.$/),
      },
    ]);
  });

  it('may hear of several reasons, the commonest first', () => {
    const three = [0, 25, 50].map((start) => ({ startsAt: start * MINUTE, endsAt: (start + 20) * MINUTE }));
    const requests = [wants('g', 'h1', 5), wants('g2', 'h2', 5), wants('g', 'h3', 1)];
    const locked = [
      { request: 'g-h1', slot: 1 },
      { request: 'g2-h2', slot: 0 },
    ];
    const [reason] = reasons({ slots: three, tables: 1, requests, locked, limits: { inARow: 1 } });
    expect(reason).toMatchObject({ code: expect.stringMatching(/tables_full|in_a_row/) });
    expect(reason?.message).toMatch(/all tables are taken, or the delegate would|without a break, or all tables/);
  });

  it('may stand behind what is worth as much or more', () => {
    expect(reasons({ slots: one, requests: [wants('g1', 'h', 4), wants('g2', 'h', 5)] })).toEqual([
      {
        request: 'g1-h',
        code: 'outranked',
        message:
          'In every slot that suits both, the delegate or the host has another meeting; those matter as much or more.',
      },
    ]);
  });

  it('is told when a timetable made elsewhere has room for it', () => {
    const nothing = {
      assignments: [],
      score: 0,
      upperBound: 5,
      gap: 1,
      status: 'bounded',
      kept: 0,
      keptProven: false,
    } as const;
    const unmet = explainUnmet(problemOf({ requests: [wants('g', 'h', 5)] }), { ...nothing, assignments: [] });
    expect(unmet).toMatchObject([{ code: 'room_left' }]);
  });
});
