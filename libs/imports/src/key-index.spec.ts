import { KeyIndex } from './key-index.js';

const shelvesOf = (index: KeyIndex, key: string): number[] => {
  const found = new Set<number>();
  index.find(key, found);
  return [...found];
};

describe('the index of the keys of a file', () => {
  it('leads to every shelf a key stands on, however many keys there are', () => {
    const index = new KeyIndex();
    for (let i = 0; i < 100_000; i++) index.add(`n:company ${i}`, 1 + (i >> 5));
    index.add('n:company 7', 4_000);
    for (let i = 0; i < 100_000; i += 97) expect(shelvesOf(index, `n:company ${i}`)).toContain(1 + (i >> 5));
    expect(shelvesOf(index, 'n:company 7')).toEqual(expect.arrayContaining([1, 4_000]));
  });

  it('seldom leads to a shelf in vain', () => {
    const index = new KeyIndex();
    expect(shelvesOf(index, 'n:nobody')).toEqual([]);
    for (let i = 0; i < 100_000; i++) index.add(`e:c${i}@example.com`, 1 + (i >> 5));
    const strangers = Array.from({ length: 20_000 }, (_, i) => shelvesOf(index, `e:x${i}@example.com`).length);
    expect(strangers.reduce((sum, count) => sum + count)).toBeLessThan(400);
  });
});
