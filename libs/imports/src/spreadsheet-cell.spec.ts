import fc from 'fast-check';
import { guardCell, unguardCell } from './spreadsheet-cell.js';

const SEED = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
const [bom, nbsp, zeroWidth, ideographic, leftToRight] = ['\ufeff', '\u00a0', '\u200b', '\u3000', '\u200e'];

describe('cells that are safe in a spreadsheet', () => {
  it.each([
    '=1+1',
    '+994 12 497 0000',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tplain',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM',
    '−1',
    '   =1',
    `${nbsp}=1`,
    `${bom}=1`,
    `${zeroWidth}${leftToRight}+1`,
    `${ideographic}－1`,
    '\u0000=1',
  ])('%j gets an apostrophe, and an import takes it off', (text) => {
    expect(guardCell(text)).toBe(`'${text}`);
    expect(unguardCell(guardCell(text))).toBe(text);
  });

  it.each([
    '',
    "'quoted' name",
    "'s-Hertogenbosch",
    "O'Neil",
    'Caspian-Vest',
    'a=b',
    "'",
    "''",
    '(+994) 12',
    "D'Angelo & Co. =)",
    'ə',
    '007',
  ])('%j stays as it is, both ways', (text) => {
    expect(guardCell(text)).toBe(text);
    expect(unguardCell(text)).toBe(text);
  });

  it('keeps apostrophes that people wrote before a sign apart from its own', () => {
    expect(guardCell("'=1")).toBe("''=1");
    expect(unguardCell("''=1")).toBe("'=1");
    expect(unguardCell('=1')).toBe('=1');
  });

  it(`gives every text back, and never lets one begin a formula (seed ${SEED})`, () => {
    const unit = fc.constantFrom(...'=\'+-@＝＋－＠− \t\r\n;,"aə', bom, nbsp, zeroWidth, '😀');
    const text = fc.oneof(fc.string({ unit, maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 20 }));
    const property = fc.property(text, (value) => {
      const cell = guardCell(value);
      expect(unguardCell(cell)).toBe(value);
      expect(cell.trimStart().replace(/^[\p{Cf}\p{Cc}\s]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠]/u);
      expect(cell).not.toMatch(/^[\t\r\n]/);
      if (cell === value) expect(unguardCell(value)).toBe(value);
    });
    fc.assert(property, { seed: SEED, numRuns: 3_000 });
  });
});
