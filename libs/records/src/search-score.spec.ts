import { nameKey } from './name-key.js';
import { searchQuery } from './search-query.js';
import { closeness, searchScore } from './search-score.js';

const score = (text: string, name: string, aliases: string[] = []): number =>
  searchScore(searchQuery(text)!, { searchKey: nameKey(name), aliasKey: aliases.map(nameKey).join('|') });

describe('the score of a hit', () => {
  it('falls from the very name over its start and other names to what is similar', () => {
    const scores = [
      score('Elnur Aliyev', 'Elnur Əliyev'),
      score('Aliyev Elnur', 'Elnur Əliyev'),
      score('Elnur', 'Elnur Əliyev'),
      score('SOCAR', 'State Oil Company', ['SOCAR']),
      score('SOCAR', 'State Oil Company', ['SOCAR Group']),
      score('Aliyev', 'Elnur Əliyev'),
      score('Elnur Alyef', 'Elnur Əliyev'),
      score('Elnur Aliyev', 'Ilham Aliyev'),
    ];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.slice(0, 2)).toEqual([1, 0.99]);
    expect(scores[2]).toBeGreaterThan(0.9);
    expect(scores[3]).toBe(0.89);
    expect(scores[4]).toBeGreaterThan(0.8);
    expect(scores[5]).toBeLessThan(0.8);
  });

  it('is higher for a name with fewer other words', () => {
    expect(score('bank', 'Azer Bank')).toBeGreaterThan(score('bank', 'The Azer Bank of All Nations'));
  });
});

describe('the closeness of two words', () => {
  it.each([
    ['alnur', 'alnur', 1],
    ['aln', 'alnur', 0.86],
    ['anlur', 'alnur', 0.72],
    ['almar', 'alnur', 0.54],
    ['bang', 'azarbang', 0.55],
    ['su', 'sa', 0.45],
    ['alnur', 'mamadov', 0],
  ])('%s and %s is %d', (asked, word, expected) => {
    expect(closeness(asked, word)).toBeCloseTo(expected);
  });
});

describe('a search', () => {
  it('is an address when it looks like one or the start of one', () => {
    expect(searchQuery(' A@x.az ')?.address).toBe('a@x.az');
    expect(searchQuery('a@')?.address).toBe('a@');
    expect(searchQuery('lunch @ noon')?.address).toBeNull();
  });

  it('tries every order of up to three words, and one of many', () => {
    expect(searchQuery('Elnur Aliyev')?.starts).toEqual(['alnur aliav', 'aliav alnur']);
    expect(searchQuery('bir iki uch dord')?.starts).toHaveLength(1);
  });

  it('is nothing without a letter or digit', () => {
    expect(searchQuery('% _ «»')).toBeUndefined();
  });
});
