import { inThread, threadFile } from '#threads';
import { type SolverTask } from './highs.thread.js';
import { type TimetableFault, timetableFaults } from './timetable-faults.js';
import { type Finding } from './timetable-findings.js';
import { type Timetable, type TimetableProblem, type TimetableProgress } from './timetable-problem.js';

export interface SolveOptions {
  /** Most seconds to solve, more than 0. */
  seconds: number;
  onProgress?: (progress: TimetableProgress) => void;
  /** Ends the solver; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** The problem has faults, so there is nothing to solve. */
export class TimetableRefused extends Error {
  constructor(readonly faults: TimetableFault[]) {
    super(faults.map(({ message }) => message).join(' '));
    this.name = 'TimetableRefused';
  }
}

/** The solver looks at the clock in most of its steps, not in all; this long after its time it is ended from outside. */
const GRACE = 1500;

/** Milliseconds until there is a first draft, at most; on a busy machine it takes a while to load the solver alone. */
const LONGEST_START = 60_000;

/**
 * The timetable with the highest sum of priorities, among those the one that keeps most of `previous`; or, when time runs
 * out, the best found, with a proven bound. Solved in a thread of its own. Throws TimetableRefused.
 */
export async function solveTimetable(problem: TimetableProblem, options: SolveOptions): Promise<Timetable> {
  const faults = timetableFaults(problem);
  if (faults.length > 0) throw new TimetableRefused(faults);
  const { seconds, signal } = options;
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let latest: Finding | undefined;
  const onMessage = (message: unknown): void => {
    timer ??= setTimeout(() => late.abort(), seconds * 1000 + GRACE);
    latest = bothOf(latest, message as Finding);
    options.onProgress?.(latest.progress);
  };
  const task: SolverTask = { problem, seconds };
  try {
    return await inThread<Timetable>(threadFile(__dirname, 'highs'), task, {
      timeout: LONGEST_START + seconds * 1000 + GRACE,
      onMessage,
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
  } catch (error) {
    if (error === late.signal.reason && latest?.timetable) return withBound(latest.timetable, latest.progress);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The timetable found last, and the progress made since. */
function bothOf(before: Finding | undefined, now: Finding): Finding {
  return { progress: now.progress, timetable: now.timetable ?? before?.timetable };
}

/** A bound that was proven after the timetable was found. */
function withBound(
  timetable: Timetable,
  { upperBound = timetable.upperBound, gap = timetable.gap }: TimetableProgress,
): Timetable {
  return { ...timetable, upperBound, gap, status: upperBound === timetable.score ? 'optimal' : 'bounded' };
}
