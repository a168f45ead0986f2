import fc from 'fast-check';
import { restSpan, retryDelay, TRY_FOR } from './backoff.js';
import { DEFAULT_DELIVERY } from './delivery-options.js';

const HOUR = 3_600_000;
const { retryBase } = DEFAULT_DELIVERY;

/** How often a message is tried when chance says this each time. */
function tries(chance: () => number): number {
  let attempts = 1;
  for (let elapsed = 0; ; attempts++) {
    elapsed += retryDelay(attempts, retryBase, 'nobody', chance());
    if (elapsed > TRY_FOR) return attempts;
  }
}

describe('the waits between attempts', () => {
  it('are doubled each time, up to two hours, and half of each is chance', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), chance, (attempts, random) => {
        const full = Math.min(2 * HOUR, retryBase * 2 ** (attempts - 1));
        const wait = retryDelay(attempts, retryBase, 'nobody', random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(wait).toBeLessThanOrEqual(full);
      }),
    );
    expect([1, 2, 3, 4, 20].map((attempts) => retryDelay(attempts, retryBase, 'nobody', 1) / 1000)).toEqual([
      15, 30, 60, 120, 7_200,
    ]);
  });

  it('make 44 to 80 attempts of 72 hours, 56 on average', () => {
    expect([tries(() => 1), tries(() => 0.5), tries(() => 0)]).toEqual([44, 56, 80]);
  });

  it('are short while only the mail server is away', () => {
    expect([1, 2, 3, 20].map((attempts) => retryDelay(attempts, retryBase, 'relay', 1))).toEqual([
      3_000, 6_000, 12_000, 60_000,
    ]);
  });

  it('of a domain last from half a minute to a quarter of an hour, of the mail server from seconds to a minute', () => {
    expect(restSpan('domain', retryBase, 1)).toEqual({ first: 30_000, longest: 900_000 });
    expect(restSpan('relay', retryBase, 1)).toEqual({ first: 3_000, longest: 60_000 });
    expect(restSpan('domain', retryBase, 0)).toEqual({ first: 15_000, longest: 450_000 });
  });
});
