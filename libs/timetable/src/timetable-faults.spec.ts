import { timetableFaults, type TimetableProblem } from './index.js';

const HOUR = 3_600_000;
const slot = (from: number, to: number) => ({ startsAt: from * HOUR, endsAt: to * HOUR });
const request = (id: string, guest: string, host: string, priority = 3) => ({ id, guest, host, priority });
const good: TimetableProblem = {
  slots: [slot(9, 10), slot(10, 11), slot(11, 12)],
  tables: 2,
  requests: [
    { ...request('a', 'g1', 'h1'), interpreter: true },
    { ...request('b', 'g1', 'h2'), interpreter: true },
    { ...request('c', 'g2', 'h1'), interpreter: true },
    request('d', 'g2', 'h2'),
    request('e', 'g3', 'h3'),
  ],
  unavailable: [{ party: 'g1', slot: 2 }],
  limits: { perGuest: 2, perHost: 2, inARow: 2, interpreters: 2 },
  locked: [],
  previous: [{ request: 'gone', slot: 0, table: 99 }],
};
const lock = (request: string, slot: number, table?: number) => ({ request, slot, table });

describe('A problem for the timetable', () => {
  const faultsOf = (change: Partial<TimetableProblem>): [string, string][] =>
    timetableFaults({ ...good, ...change }).map(({ pointer, code }) => [pointer, code]);

  it('is in order when nothing is wrong; what was before may be gone', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ requests: [], previous: [] })).toEqual([]);
  });

  it.each<[string, Partial<TimetableProblem>, [string, string][]]>([
    ['no slots', { slots: [], unavailable: [], previous: [] }, [['/slots', 'no_slots']]],
    ['overlapping slots', { slots: [slot(9, 10), slot(9.5, 11), slot(11, 12)] }, [['/slots/1', 'overlapping_slots']]],
    ['slots out of order', { slots: [slot(9, 10), slot(8, 9), slot(11, 12)] }, [['/slots/1', 'out_of_order']]],
    [
      'a slot that ends first',
      { slots: [slot(9, 10), slot(11, 11), slot(11, 12)] },
      [['/slots/1', 'ends_before_start']],
    ],
    ['a slot without a time', { slots: [slot(NaN, 10), slot(10, 11), slot(11, 12)] }, [['/slots/0', 'not_a_time']]],
    ['no tables', { tables: 0 }, [['/tables', 'no_tables']]],
    ['half a table', { tables: 1.5 }, [['/tables', 'no_tables']]],
    ['a limit of nothing', { limits: { perGuest: 0 } }, [['/limits/perGuest', 'bad_limit']]],
    ['fewer than no interpreters', { limits: { interpreters: -1 } }, [['/limits/interpreters', 'bad_limit']]],
    ['a priority of 6', { requests: [request('a', 'g', 'h', 6)] }, [['/requests/0/priority', 'bad_priority']]],
    ['a request to oneself', { requests: [request('a', 'g', 'g')] }, [['/requests/0/host', 'to_oneself']]],
    [
      'a host who is a delegate',
      { requests: [request('a', 'g', 'h'), request('b', 'h', 'i')] },
      [['/requests/0/host', 'both_roles']],
    ],
    [
      'a pair twice, and an id',
      { requests: [request('a', 'g', 'h'), request('a', 'g', 'h')] },
      [
        ['/requests/1/id', 'id_twice'],
        ['/requests/1', 'pair_twice'],
      ],
    ],
    [
      'somebody away in no slot',
      { unavailable: [{ party: 'g1', slot: 3 }] },
      [['/unavailable/0/slot', 'no_such_slot']],
    ],
    ['a lock on nothing', { locked: [lock('x', 0)] }, [['/locked/0/request', 'no_such_request']]],
    ['a lock in no slot', { locked: [lock('a', -1)] }, [['/locked/0/slot', 'no_such_slot']]],
    ['a lock at no table', { locked: [lock('a', 0, 3)] }, [['/locked/0/table', 'no_such_table']]],
    ['a request locked twice', { locked: [lock('a', 0), lock('a', 1)] }, [['/locked/1/request', 'placed_twice']]],
    ['a lock on a slot that does not suit', { locked: [lock('a', 2)] }, [['/locked/0', 'locked_away']]],
    ['a delegate locked twice at once', { locked: [lock('a', 0), lock('b', 0)] }, [['/locked/1', 'locked_busy']]],
    ['a host locked twice at once', { locked: [lock('a', 0), lock('c', 0)] }, [['/locked/1', 'locked_busy']]],
    [
      'a table locked twice',
      { locked: [lock('a', 0, 1), lock('d', 0, 1)] },
      [['/locked/1/table', 'locked_table_taken']],
    ],
    [
      'more locks than tables',
      { locked: [lock('a', 0), lock('d', 0), lock('e', 0)] },
      [['/locked/2', 'locked_tables']],
    ],
    [
      'locks over the limit of a delegate',
      { limits: { perGuest: 1 }, locked: [lock('a', 0), lock('b', 1)] },
      [['/locked/1', 'locked_guest_full']],
    ],
    [
      'locks over the limit of a host',
      { limits: { perHost: 1 }, locked: [lock('a', 0), lock('c', 1)] },
      [['/locked/1', 'locked_host_full']],
    ],
    [
      'locks without a break',
      { limits: { inARow: 1 }, locked: [lock('a', 0), lock('b', 1)] },
      [['/locked/1', 'locked_in_a_row']],
    ],
    [
      'locks without interpreters',
      { limits: { interpreters: 0 }, locked: [lock('a', 0)] },
      [['/locked/0', 'locked_interpreters']],
    ],
  ])('may not have %s', (_, change, faults) => {
    expect(faultsOf(change)).toEqual(faults);
  });

  it('may not be larger than can be solved, and says what the limit is', () => {
    const requests = Array.from({ length: 10_000 }, (_, n) => request(`r${n}`, `g${n % 100}`, `h${n}`));
    const [fault] = timetableFaults({ ...good, requests });
    expect(fault).toMatchObject({ pointer: '/requests', code: 'too_many' });
    expect(fault?.message).toBe('There are 10000 requests; a timetable is solved for at most 3000.');
  });
});
