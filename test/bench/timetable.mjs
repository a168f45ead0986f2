/** Timetables of one-on-one meetings: how close to the best, how soon, in how much memory. Seeds make each run the same. */
import { loadavg } from 'node:os';
import timetables from '../../dist/libs/timetable/src/index.js';

const { solveTimetable, checkTimetable } = timetables;
const MINUTE = 60_000;
const LARGE = { guests: 60, hosts: 120, slots: 24, tables: 40, requests: 800 };
const SMALL = { guests: 10, hosts: 30, slots: 12, tables: 10, requests: 120, away: 0.15 };

const SHAPES = {
  'everybody free': {},
  '15 % of the time away': { away: 0.15 },
  'and at most 10 meetings each, 5 for a host': { away: 0.15, limits: { perGuest: 10, perHost: 5 } },
  'and 3 in a row, all in adjacent slots': { away: 0.15, limits: { inARow: 3 }, unbroken: true },
  'and 10 interpreters': { away: 0.15, limits: { interpreters: 10 } },
  'all of it at once': {
    away: 0.15,
    limits: { perGuest: 12, perHost: 6, inARow: 3, interpreters: 10 },
    unbroken: true,
  },
  'few hosts wanted by most, 2 in a row, 20 tables': {
    away: 0.4,
    skew: 1,
    tables: 20,
    limits: { inARow: 2, interpreters: 5 },
    unbroken: true,
  },
};

/** Each large shape under each seed (one in three of its requests needs an interpreter), then the small one. */
export async function timetable(seeds = [1, 2, 3]) {
  const large = [];
  for (const [shape, settings] of Object.entries(SHAPES))
    for (const seed of seeds) large.push({ shape, ...(await measure({ ...LARGE, ...settings }, seed, 30)) });
  const small = [];
  for (const seed of seeds) small.push(await measure(SMALL, seed, 30));
  return { large, small, replan: await replan() };
}

/** Two delegates drop out of a solved timetable, ten meetings are locked. */
async function replan() {
  const before = problemOf({ ...LARGE, ...SHAPES['all of it at once'] }, 1);
  const { assignments } = await solveTimetable(before, { seconds: 30 });
  const requests = before.requests.filter(({ guest }) => guest !== 'g3' && guest !== 'g7');
  const left = assignments.filter(({ request }) => requests.some(({ id }) => id === request));
  const problem = { ...before, requests, previous: assignments, locked: left.slice(0, 10) };
  return { left: left.length, ...(await solve(problem, 30)) };
}

const measure = (settings, seed, seconds) => solve(problemOf(settings, seed), seconds);

async function solve(problem, seconds) {
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const start = performance.now();
  const cpu = process.cpuUsage();
  let within;
  const onProgress = ({ gap }) => (within ??= gap <= 0.01 ? (performance.now() - start) / 1000 : undefined);
  const { gap, score, upperBound, status, kept, keptProven, assignments } = await solveTimetable(problem, {
    seconds,
    onProgress,
  }).finally(() => clearInterval(watch));
  const { user, system } = process.cpuUsage(cpu);
  const faults = checkTimetable(problem, {
    gap,
    score,
    upperBound,
    status,
    kept,
    keptProven,
    assignments,
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return {
    gap,
    status,
    score,
    kept,
    keptProven,
    within,
    seconds: (performance.now() - start) / 1000,
    processor: (user + system) / 1e6,
    memory: (peak - before) / 1e6,
    load: loadavg()[0],
  };
}

function problemOf(
  { guests, hosts, slots, tables, requests, away = 0, skew = 0, limits = {}, unbroken = false },
  seed,
) {
  const random = randomFrom(seed);
  const pairs = new Map();
  while (pairs.size < requests) {
    const guest = `g${Math.floor(random() * guests)}`;
    const host = `h${Math.floor(random() ** (1 + skew) * hosts)}`;
    const id = `${guest}-${host}`;
    pairs.set(id, { id, guest, host, priority: 1 + Math.floor(random() * 5), interpreter: random() < 0.3 });
  }
  const parties = [...Array(guests).keys()].map((n) => `g${n}`).concat([...Array(hosts).keys()].map((n) => `h${n}`));
  const all = [...Array(slots).keys()];
  return {
    slots: slotsOf(slots, unbroken),
    tables,
    requests: [...pairs.values()],
    unavailable: parties.flatMap((party) => all.filter(() => random() < away).map((slot) => ({ party, slot }))),
    limits,
    locked: [],
    previous: [],
  };
}

/** 20 minutes and 5 between; unless `unbroken`, an hour after each fourth. */
function slotsOf(count, unbroken) {
  let at = Date.UTC(2026, 8, 14, 9);
  return Array.from({ length: count }, (_, n) => {
    const slot = { startsAt: at, endsAt: at + 20 * MINUTE };
    at = slot.endsAt + (!unbroken && n % 4 === 3 ? 60 : 5) * MINUTE;
    return slot;
  });
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
