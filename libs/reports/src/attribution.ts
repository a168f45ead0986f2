/** The three ways in which a deal is credited to what touched it, side by side. */
export const ATTRIBUTION_MODELS = ['firstTouch', 'lastTouch', 'even'] as const;
export type AttributionModel = (typeof ATTRIBUTION_MODELS)[number];

/** Touches of one deal that belong to one event, and to as many events in all as each other. */
export interface TouchTally {
  /** null: touches that belong to no event. */
  eventId: string | null;
  /** Among how many events each of these touches is divided, at least 1. */
  ways: number;
  /** How many touches there are. */
  even: number;
  /** How many of them may have been the first touch of the deal, and the last. */
  firstTouch: number;
  lastTouch: number;
}

/** What one event, or none, has of a deal. */
export interface Share {
  eventId: string | null;
  /** Exactly weight ÷ whole of the deal. */
  weight: bigint;
  whole: bigint;
}

/** Every touch weighs the same and is divided evenly among its events; first and last count only those that may have been it. */
export function sharesOf(tallies: TouchTally[], model: AttributionModel): Share[] {
  const common = tallies.reduce((multiple, { ways }) => leastCommonMultiple(multiple, BigInt(ways)), 1n);
  const weights = new Map<string | null, bigint>();
  for (const tally of tallies) {
    const weight = (BigInt(tally[model]) * common) / BigInt(tally.ways);
    weights.set(tally.eventId, (weights.get(tally.eventId) ?? 0n) + weight);
  }
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0n);
  return [...weights].map(([eventId, weight]) => ({ eventId, weight, whole }));
}

/**
 * Divides an amount in its smallest unit, so that the parts add up to it exactly: each is rounded down, and what is left goes to
 * those that lost most by it (largest remainder); among equals to the lower id, and to no event last. The parts are in the
 * order of the shares.
 */
export function divided(amount: bigint, shares: Share[]): bigint[] {
  const parts = shares.map(({ weight, whole }) => (amount * weight) / whole);
  const left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const byLoss = shares
    .map((share, place) => ({ place, ...share, lost: (amount * share.weight) % share.whole }))
    .sort((a, b) => compare(b.lost, a.lost) || compareIds(a.eventId, b.eventId));
  for (const { place } of byLoss.slice(0, Number(left))) parts[place] = (parts[place] ?? 0n) + 1n;
  return parts;
}

/** Rounded to six places. */
export const ratio = ({ weight, whole }: Share): number => Number((weight * 2_000_000n + whole) / (whole * 2n)) / 1e6;

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function compareIds(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}

const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;
const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));
