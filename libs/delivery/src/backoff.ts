import type { Retry } from './smtp-outcome.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A message is tried for so many milliseconds, counted from its first attempt; then it has failed. */
export const TRY_FOR = 72 * HOUR;

/** Longest wait between two attempts: some sixty in all. */
const LONGEST = 2 * HOUR;

/** Half of it by chance, so that a crowd does not come back as one. */
const jittered = (milliseconds: number, random: number): number => Math.round(milliseconds * (0.5 + random / 2));

const doubled = (base: number, times: number, longest: number): number =>
  Math.min(longest, base * 2 ** Math.min(times, 20));

/** Milliseconds until a message is tried for the `attempts + 1`-th time: doubled each time, up to 2 h, or 1 min when only the mail server is away. */
export function retryDelay(attempts: number, base: number, rests: Retry['rests'], random = Math.random()): number {
  const [first, longest] = rests === 'relay' ? [base / 5, MINUTE] : [base, LONGEST];
  return jittered(doubled(first, attempts - 1, longest), random);
}

/**
 * For how many milliseconds nobody is to be disturbed that said "slow down": at first and at most. Each time in a row it is
 * doubled; a mail that is taken afterwards ends it.
 */
export function restSpan(
  rests: 'domain' | 'relay',
  base: number,
  random = Math.random(),
): { first: number; longest: number } {
  const [first, longest] = rests === 'relay' ? [base / 5, 4 * base] : [2 * base, 60 * base];
  return { first: jittered(first, random), longest: jittered(longest, random) };
}
