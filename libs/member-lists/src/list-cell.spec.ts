import fc from 'fast-check';
import { joinList, splitList } from './list-cell.js';

const SEED = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);

describe('several things in one cell', () => {
  it('stand between semicolons, or between commas where there is no semicolon', () => {
    expect(splitList('energy; agriculture;;  energy ')).toEqual(['energy', 'agriculture']);
    expect(splitList('energy, agriculture')).toEqual(['energy', 'agriculture']);
    expect(splitList('oil, gas; transport')).toEqual(['oil, gas', 'transport']);
    expect(splitList('')).toEqual([]);
  });

  it('may hold separators and quotes themselves', () => {
    expect(joinList(['SOCAR', 'Smith; Sons', '"Bridge" LLC'])).toBe('SOCAR; "Smith; Sons"; """Bridge"" LLC"');
    expect(joinList(['Smith, Jones'])).toBe('"Smith, Jones"');
  });

  it('may be quoted by people who do not mean anything by it', () => {
    expect(splitList('"Bridge" LLC; Harbour')).toEqual(['"Bridge" LLC', 'Harbour']);
    expect(splitList('"Bridge; Harbour')).toEqual(['"Bridge', 'Harbour']);
  });

  it(`come back as they were (seed ${SEED})`, () => {
    const item = fc.string({ unit: fc.constantFrom(...'ab;,"\' ə='), minLength: 1, maxLength: 8 });
    const property = fc.property(fc.uniqueArray(item, { maxLength: 5 }), (items) => {
      expect(splitList(joinList(items))).toEqual(items);
    });
    fc.assert(property, { seed: SEED, numRuns: 3_000 });
  });
});
