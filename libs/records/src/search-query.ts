import { nameKey, personKey } from './name-key.js';

/** What somebody typed into the search, taken apart. */
export interface SearchQuery {
  /** The folded text. */
  key: string;
  /** The orders in which a record's name may begin with these words; the first is the key itself. */
  starts: string[];
  /** The words a record must have: without initials and patronymic where two other words are left. */
  words: string[];
  /** The address, or its beginning, where the text looks like one; then nothing else is looked for. */
  address: string | null;
}

/** More orders than six are not tried: people's names have up to three words. */
const PERMUTED = 3;
const ADDRESS = /^[^\s@]+@[^\s@]*$/;

/** Takes a search apart; undefined where there is no letter or digit to look for. */
export function searchQuery(text: string): SearchQuery | undefined {
  const key = nameKey(text);
  if (key === '') return undefined;
  const words = [...new Set(personKey(key).split(' '))];
  const address = ADDRESS.test(text.trim()) ? text.trim().toLowerCase() : null;
  return { key, starts: startsOf(key, words), words: inOrderOf(key, words), address };
}

/** personKey sorts the words; readings of a query are likelier in the order typed. */
function inOrderOf(key: string, words: string[]): string[] {
  const typed = key.split(' ').filter((word) => words.includes(word));
  return [...new Set([...typed, ...words])];
}

function startsOf(key: string, words: string[]): string[] {
  if (words.length > PERMUTED) return [key];
  return [...new Set([key, ...permutations(words).map((order) => order.join(' '))])];
}

function permutations(words: string[]): string[][] {
  if (words.length <= 1) return [words];
  return words.flatMap((word, at) => permutations(words.toSpliced(at, 1)).map((rest) => [word, ...rest]));
}
