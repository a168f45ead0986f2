import fc from 'fast-check';
import { ATTRIBUTION_MODELS, divided, ratio, sharesOf, type TouchTally } from './attribution.js';

const tally = (eventId: string | null, fields: Partial<TouchTally> = {}): TouchTally => ({
  ...{ eventId, ways: 1, even: 1, firstTouch: 0, lastTouch: 0 },
  ...fields,
});

const tallies = fc.uniqueArray(
  fc.record({
    eventId: fc.constantFrom('a', 'b', 'c', 'd', null),
    ways: fc.integer({ min: 1, max: 7 }),
    even: fc.integer({ min: 1, max: 500 }),
    firstTouch: fc.integer({ min: 0, max: 5 }),
    lastTouch: fc.integer({ min: 0, max: 5 }),
  }),
  { selector: ({ eventId, ways }) => `${eventId} ${ways}`, minLength: 1, maxLength: 12 },
);

describe('the attribution of a deal', () => {
  it('counts a touch of two events half for each', () => {
    // Three touches: one of a alone, one of a and b, one of none. a: 1 + ½ of 3, b: ½ of 3, none: 1 of 3.
    const given = [tally('a'), tally('a', { ways: 2 }), tally('b', { ways: 2 }), tally(null)];
    expect(sharesOf(given, 'even').map((share) => [share.eventId, ratio(share)])).toEqual([
      ['a', 0.5],
      ['b', 0.166667],
      [null, 0.333333],
    ]);
  });

  it('loses no cent: what rounding leaves goes to who lost most, then to the lower id, and to no event last', () => {
    const thirds = sharesOf([tally(null), tally('b'), tally('a')], 'even');
    expect(divided(100n, thirds)).toEqual([33n, 33n, 34n]);
    expect(divided(101n, thirds)).toEqual([33n, 34n, 34n]);
    expect(divided(1n, thirds)).toEqual([0n, 0n, 1n]);
    // 2/3 and 1/3 of 0.01: the larger part lost more.
    expect(divided(1n, sharesOf([tally('a'), tally('b', { even: 2 })], 'even'))).toEqual([0n, 1n]);
  });

  it('adds up to the deal, to the cent, and no part is off by a whole one, whatever the touches', () => {
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`fast-check seed: ${seed}\n`);
    const property = fc.property(tallies, fc.bigInt({ min: 0n, max: 10n ** 17n }), (given, amount) => {
      for (const model of ATTRIBUTION_MODELS) {
        if (given.every((row) => row[model] === 0)) continue;
        const shares = sharesOf(given, model);
        const parts = divided(amount, shares);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        shares.forEach(({ weight, whole }, place) => {
          const off = (parts[place] ?? -1n) * whole - amount * weight;
          expect(off < whole && -off < whole).toBe(true);
        });
      }
    });
    fc.assert(property, { seed, numRuns: 500 });
  });
});
