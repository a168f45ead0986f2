import { personKey } from './name-key.js';
import type { SearchQuery } from './search-query.js';

/** The folded names of a record that may be what was searched for. */
export interface SearchedNames {
  searchKey: string;
  /** Other names, joined by `|`; empty without. */
  aliasKey: string;
}

/**
 * How well a record answers a query, 0–1: 1 the very name, 0.99 its words in another order or without middle initials,
 * above 0.9 the start of the name, 0.8–0.89 another name, below by how close each word comes.
 */
export function searchScore(query: SearchQuery, { searchKey, aliasKey }: SearchedNames): number {
  if (searchKey === query.key) return 1;
  if (personKey(searchKey) === personKey(query.key)) return 0.99;
  const start = Math.max(...query.starts.map((key) => shareOfStart(key, searchKey)));
  if (start > 0) return 0.9 + 0.08 * start;
  const aliases = aliasKey === '' ? [] : aliasKey.split('|');
  if (aliases.includes(query.key)) return 0.89;
  const alias = Math.max(0, ...aliases.map((name) => shareOfStart(query.key, name)));
  if (alias > 0) return 0.8 + 0.08 * alias;
  return 0.79 * wordScore(query.words, [...searchKey.split(' '), ...aliases.flatMap((name) => name.split(' '))]);
}

/** Which part of the name the key covers from its start; 0 where the name begins otherwise. */
const shareOfStart = (key: string, name: string): number => (name.startsWith(key) ? key.length / name.length : 0);

/** Mean closeness of the words asked for; records with few other words come first among equals. */
function wordScore(asked: string[], words: string[]): number {
  const close = asked.map((word) => Math.max(...words.map((other) => closeness(word, other))));
  const mean = close.reduce((sum, one) => sum + one, 0) / asked.length;
  return mean * (0.9 + 0.1 * Math.min(1, asked.length / words.length));
}

/** 1 for the same word; then its continuations, typing errors, and words it is part of. */
export function closeness(asked: string, word: string): number {
  if (asked === word) return 1;
  const share = asked.length / word.length;
  if (word.startsWith(asked)) return 0.8 + 0.1 * share;
  const slip = slips(asked, word);
  if (slip <= (asked.length < 5 ? 1 : 2)) return 0.9 * (1 - slip / asked.length);
  return word.includes(asked) ? 0.5 + 0.1 * share : 0;
}

/** Letters added, left out, replaced or swapped with their neighbour (optimal string alignment); 9 for far more than two. */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 9;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : 9;
      row.push(Math.min(replaced, swapped, at(last, j) + 1, at(row, j - 1) + 1));
    }
    [before, last] = [last, row];
  }
  return at(last, b.length);
}

const at = (row: number[], index: number): number => row[index] ?? 9;
