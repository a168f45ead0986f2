import { nameKey, organizationKey, personKey } from '#records';

/**
 * How two people's names stand to one another. `contradicts`: they share a word and differ in another, as brothers do;
 * `renamed`: only the last word differs, as after a wedding; `unrelated`: nothing in common.
 */
export type NameRelation =
  | 'same_spelling'
  | 'same_key'
  | 'subset'
  | 'initials'
  | 'similar'
  | 'partial'
  | 'renamed'
  | 'contradicts'
  | 'unrelated';

/** From the likeliest to the unlikeliest. */
const ORDER: NameRelation[] = [
  ...(['same_spelling', 'same_key', 'subset', 'initials', 'similar', 'partial', 'renamed', 'contradicts'] as const),
  'unrelated',
];

/** The best relation between any name of one and any of the other. */
export function comparePeople(a: string[], b: string[]): NameRelation {
  const relations = a.flatMap((one) => b.map((other) => compareTwo(one, other)));
  return ORDER.find((relation) => relations.includes(relation)) ?? 'unrelated';
}

function compareTwo(a: string, b: string): NameRelation {
  const [keyA, keyB] = [personKey(a), personKey(b)];
  if (keyA === '' || keyB === '') return 'unrelated';
  if (keyA === keyB) return plain(a) === plain(b) ? 'same_spelling' : 'same_key';
  const [restA, restB] = [without(keyA.split(' '), keyB.split(' ')), without(keyB.split(' '), keyA.split(' '))];
  const shared = keyA.split(' ').length - restA.length;
  if (restA.length === 0 || restB.length === 0) return shared >= 2 ? 'subset' : 'partial';
  const related = compareRest(restA, restB, shared);
  if (related) return related;
  if (shared > 0) return onlyLastDiffers(a, b);
  return restA.some((word) => restB.some((other) => isFeminine(word, other))) ? 'contradicts' : 'unrelated';
}

/** Aliyev and Aliyeva are of one family, and two. */
const isFeminine = (a: string, b: string): boolean => a === `${b}a` || b === `${a}a`;

/** The words that differ, matched one by one; undefined where one finds no partner. */
function compareRest(restA: string[], restB: string[], shared: number): NameRelation | undefined {
  const [few, many] = restA.length <= restB.length ? [restA, [...restB]] : [restB, [...restA]];
  let relation: NameRelation = 'similar';
  for (const word of few) {
    const at = many.findIndex((other) => isInitialOf(word, other) || isInitialOf(other, word) || isTypo(word, other));
    if (at < 0) return undefined;
    if (!isTypo(word, many[at] ?? '')) relation = 'initials';
    many.splice(at, 1);
  }
  return shared === 0 && relation === 'initials' ? 'partial' : relation;
}

const without = (words: string[], others: string[]): string[] => {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const isInitialOf = (initial: string, word: string): boolean =>
  /^([a-z]|sh|ch)$/.test(initial) && word.length > initial.length && word.startsWith(initial);

/** The family name comes last in most spellings we meet. */
function onlyLastDiffers(a: string, b: string): NameRelation {
  const [wordsA, wordsB] = [nameKey(a).split(' '), nameKey(b).split(' ')];
  const given = (words: string[]): string => words.slice(0, -1).join(' ');
  return given(wordsA) !== '' && given(wordsA) === given(wordsB) ? 'renamed' : 'contradicts';
}

/** Without case and marks, words in any order. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');

const VOWELS = 'aiou';

/**
 * One slip of the hand (two in long words): a letter lost, doubled, swapped, or a consonant mistaken. Another vowel makes
 * another name (Rashid, Rashad), and so does an ending in -a (Aliyev, Aliyeva).
 */
export function isTypo(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || isFeminine(short, long)) return false;
  return slips(short, long) <= (short.length >= 9 ? 2 : 1);
}

/** Optimal string alignment distance; a vowel for a vowel counts as two. */
function slips(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const [x, y] = [a.charAt(i - 1), b.charAt(j - 1)];
      const swapped = i > 1 && j > 1 && x === b.charAt(j - 2) && y === a.charAt(i - 2);
      const other = VOWELS.includes(x) && VOWELS.includes(y) ? 3 : 1;
      rows[i]?.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (x === y ? 0 : other),
          swapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}

/** How two organizations' names stand to one another. */
export type OrganizationRelation = 'same_name' | 'same_alias' | 'similar' | 'unrelated';

/** `names` begin with the one in use; numbers must agree, so that School 6 and School 16 stay apart. */
export function compareOrganizations(a: string[], b: string[]): OrganizationRelation {
  const [keysA, keysB] = [a.map(organizationKey), b.map(organizationKey)];
  if (keysA[0] === keysB[0] && keysA[0] !== '') return 'same_name';
  if (keysA.some((key) => key !== '' && keysB.includes(key))) return 'same_alias';
  const similar = keysA.some((x) => keysB.some((y) => numbers(x) === numbers(y) && likeness(x, y) >= 0.55));
  return similar ? 'similar' : 'unrelated';
}

const numbers = (key: string): string => (key.match(/\d+/g) ?? []).join(' ');

/** Share of common trigrams, 0–1 (Jaccard, as pg_trgm counts them). */
export function likeness(a: string, b: string): number {
  const [x, y] = [trigrams(a), trigrams(b)];
  const common = [...x].filter((part) => y.has(part)).length;
  return x.size + y.size === 0 ? 0 : common / (x.size + y.size - common);
}

const trigrams = (key: string): Set<string> =>
  new Set(
    key
      .split(' ')
      .filter(Boolean)
      .flatMap((word) => {
        const padded = `  ${word} `;
        return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
      }),
  );
