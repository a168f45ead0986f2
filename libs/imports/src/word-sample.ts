import { CODE_PAGES, type CodePage } from './encodings.js';

/** Different words kept of either kind. */
const MOST = 4_000;
/** Letters of a word that count. */
const LONGEST = 40;
/** ASCII letters and the bytes that are letters in one of the code pages. */
const LETTERS =
  '[A-Za-z\\x80\\x81\\x83\\x8a\\x8c-\\x90\\x9a\\x9c-\\x9f\\xa1-\\xa3\\xa5\\xa8\\xaa\\xaf\\xb2-\\xb4\\xb8\\xba\\xbc-\\xff]+';
/** Letters, also with a sign between them that no word has: it speaks against every code page. */
const WORD = new RegExp(`${LETTERS}(?:[\\xa4\\xa6\\xa7\\xa9\\xab\\xac\\xae\\xb1\\xb5\\xb6\\xbb]${LETTERS})*`, 'y');
const FOREIGN = /[\x80-\xff]/g;
/** Letters by which Windows-1252 and -1254 differ: Ğ İ Ş ğ ı ş there, Ð Ý Þ ð ý þ and Ž ž here. */
const TELLING = /[\x8e\x9e\xd0\xdd\xde\xf0\xfd\xfe]/;

/** Different words with letters beyond ASCII, each byte written as the character of its number. */
export class WordSample {
  private readonly plain = new Set<string>();
  private readonly telling = new Set<string>();

  /** Picks the words of a text (each byte one character). */
  add(text: string): void {
    if (this.telling.size >= MOST || (this.plain.size >= MOST && !TELLING.test(text))) return;
    for (const word of foreignWords(text)) {
      const kept = TELLING.test(word) ? this.telling : this.plain;
      if (kept.size < MOST) kept.add(word.slice(0, LONGEST));
    }
  }

  /** How much the words look like words in a code page; below 1 they do not. */
  score(page: CodePage): number {
    const scoreOf = page === 'windows-1251' ? cyrillicScore : latinScore;
    return [...this.plain, ...this.telling].reduce((sum, word) => sum + scoreOf(inPage(word, page)), 0);
  }

  /** Natural logarithm of the odds that the telling letters are Turkish rather than Icelandic or Czech, if there are any. */
  turkishOdds(): number | undefined {
    if (this.telling.size === 0) return undefined;
    const others = [...this.plain].filter((word) => SLAVIC.test(word)).length;
    return [...this.telling].reduce((sum, word) => sum + turkishVote(word), PRIOR - Math.min(others, 2) * 1.5);
  }
}

/** Looks for the bytes beyond ASCII first: in most files there are few. */
function* foreignWords(text: string): Generator<string> {
  const foreign = new RegExp(FOREIGN);
  const word = new RegExp(WORD);
  for (let found = foreign.exec(text); found; found = foreign.exec(text)) {
    let start = found.index;
    while (start > 0 && isAsciiLetter(text.charCodeAt(start - 1))) start--;
    word.lastIndex = start;
    const letters = word.exec(text)?.[0] ?? '';
    foreign.lastIndex = Math.max(foreign.lastIndex, start + letters.length);
    if (start + letters.length > found.index) yield letters;
  }
}

/** A–Z, a–z. */
const isAsciiLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

const inPage = (word: string, page: CodePage): string =>
  word.replace(/[\x80-\xff]/g, (char) => CODE_PAGES[page][char.charCodeAt(0) - 0x80] ?? char);

const ONE_CASE = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u;
const EVERYDAY_CYRILLIC = /^[а-яёіїєґўА-ЯЁІЇЄҐЎ]+$/u;

/** Cyrillic words are Cyrillic throughout, and capitals stand where capitals do. */
function cyrillicScore(word: string): number {
  if (!EVERYDAY_CYRILLIC.test(word)) return -2;
  if (word.length === 1) return 0.3;
  return ONE_CASE.test(word) ? Math.min(word.length, 6) : -2;
}

const EVERYDAY_LATIN = new Set('àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþßšžœğışÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŠŽŒĞİŞ');
/** A capital after a small letter; in `VakıfBank` neither is foreign, so that it may be. */
const ODD_CAPITAL = /[a-z][^\P{Lu}A-Z]|[^\P{Ll}a-z]\p{Lu}(?!\p{Ll})/u;

/** Latin words mix ASCII letters with a few others. */
function latinScore(word: string): number {
  if (word === '€') return 1;
  const foreign = [...word].filter((char) => char > '\x7f');
  if (foreign.length === word.length && word.length > 1) return word.length > 2 ? -word.length : -1;
  const letters = foreign.reduce((sum, char) => sum + (EVERYDAY_LATIN.has(char) ? 2 : /[ªº²³]/.test(char) ? 0 : -3), 0);
  const oneLetter = word.length === 1 ? 0.1 : 1;
  return (ODD_CAPITAL.test(word) ? letters - 4 : letters) * oneLetter;
}

/** Lists of this chamber hold more Turkish and Azerbaijani names than Icelandic ones. */
const PRIOR = 2;
/** š, in words without a telling letter. */
const SLAVIC = /[\x8a\x9a]/;
/** What a letter says for Turkish wherever it stands, by its byte; for those whose place matters see turkishVote. */
const VOTES: Record<string, number> = {
  ...votes(3, '\xdd'),
  ...votes(2.5, '\xfd'),
  ...votes(1.5, '\xe7\xc7\xfc\xdc'),
  ...votes(-1.5, '\xf3\xc1\xcd\xd3\xda\xe5\xc5\xe9'),
  ...votes(-2.5, '\xe1\xed\xfa\xe6\xc6\xf8\xd8\x9a\x8a'),
  ...votes(-8, '\x8e\x9e'),
};

function votes(vote: number, letters: string): Record<string, number> {
  return Object.fromEntries([...letters].map((letter) => [letter, vote]));
}

/** A vowel and, behind any consonants, an ı or ý that does not go with it: ı follows a and ı alone (vowel harmony). */
const DISCORD = /[eiouEIOU\xf6\xfc\xd6\xdc\xdd][b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ\xe7\xf0\xfe]+\xfd/g;

/** ğ follows a vowel, ð often an r; þ begins words, ş stands anywhere; -oğlu is Turkish alone. */
function turkishVote(word: string): number {
  let sum = 0;
  for (const letter of word) sum += VOTES[letter] ?? 0;
  if (/^[\xd0\xf0]|[b-df-hj-np-tvwxzB-DF-HJ-NP-TVWXZ][\xd0\xf0]/.test(word)) sum -= 4;
  if (/[aeiouAEIOU\xfd\xf6\xfc\xd6\xdc][\xd0\xf0]/.test(word)) sum += 0.5;
  if (/o\xf0l|O\xd0L/.test(word)) sum += 4;
  if (/.[\xde\xfe]/.test(word)) sum += 2;
  sum -= 5 * (word.match(DISCORD)?.length ?? 0);
  return sum;
}
