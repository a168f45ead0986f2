import type { ByteCensus } from './byte-census.js';
import { CODE_PAGES, type CodePage, type Encoding, HOLE, isCodePage, type NamedEncoding } from './encodings.js';

/** Where the knowledge of a file's encoding comes from: its byte order mark, the client, or the bytes themselves. */
export type EncodingSource = 'bom' | 'given' | 'content';

/** Why an encoding may be wrong. */
export interface Doubt {
  code: 'encoding_close' | 'encoding_thin_evidence' | 'encoding_unlikely';
  message: string;
}

export interface EncodingGuess {
  encoding: Encoding;
  source: EncodingSource;
  doubts: Doubt[];
}

/** Why no encoding can be named. */
export type NoEncoding =
  | { refused: 'damaged_utf8' | 'unknown' | 'nul' }
  /** The byte order mark, or where the NUL bytes stand, says something else than the client. */
  | { refused: 'contradiction'; actual: Encoding | undefined };

const MARKS: [bytes: string, encoding: Encoding][] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** The encoding of a file, by what the client says, its byte order mark and all its bytes, in this order. */
export function guessEncoding(census: ByteCensus, given?: NamedEncoding): EncodingGuess | NoEncoding {
  const mark = MARKS.find(([bytes]) => census.head.toString('hex').startsWith(bytes))?.[1];
  const wide = wideOrder(census);
  if (given) return contradicts(given, mark ?? wide, census) ?? told(census, given, mark ?? wide);
  if (mark) return { encoding: mark, source: 'bom', doubts: [] };
  if (wide) return { encoding: wide, source: 'content', doubts: [] };
  if (census.nuls > 0) return { refused: 'nul' };
  if (census.utf8) return { encoding: 'utf-8', source: 'content', doubts: [] };
  return isDamagedUtf8(census) ? { refused: 'damaged_utf8' } : (codePage(census) ?? { refused: 'unknown' });
}

/** Text of UTF-16 has NUL bytes, in its line breaks at least; other text has none. */
function contradicts(given: NamedEncoding, actual: Encoding | undefined, { nuls }: ByteCensus): NoEncoding | undefined {
  const wide = given.startsWith('utf-16');
  const fits = actual ? given === actual || (given === 'utf-16' && actual.startsWith('utf-16')) : !wide || nuls > 0;
  return fits ? undefined : { refused: 'contradiction', actual };
}

/** The client's word counts; what speaks against it is told. */
function told(census: ByteCensus, given: NamedEncoding, actual: Encoding | undefined): EncodingGuess {
  const encoding = given === 'utf-16' ? (actual ?? 'utf-16le') : given;
  const likely = isCodePage(encoding) ? likelier(census, encoding) : undefined;
  const message = `The file was read as ${encoding}, as you say; its letters look like ${likely}.`;
  return { encoding, source: 'given', doubts: likely ? [{ code: 'encoding_unlikely', message }] : [] };
}

/** What the letters look like, when it is not the code page they are said to be in. */
function likelier(census: ByteCensus, said: CodePage): Encoding | undefined {
  if (census.utf8) return census.utf8Letters > 0 ? 'utf-8' : undefined;
  const own = alike(census) ? undefined : codePage(census);
  return own && own.doubts.length === 0 && own.encoding !== said ? own.encoding : undefined;
}

/** High bytes of the letters and signs of our languages in UTF-16: Latin, Cyrillic, punctuation. */
const HIGH_BYTES = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x10, 0x1e, 0x20, 0x21];

/** Byte order of UTF-16 without a mark: the places of the high bytes hold few different ones. */
function wideOrder({ nuls, places }: ByteCensus): Encoding | undefined {
  if (nuls === 0) return undefined;
  const [even, odd] = places.map((counts) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return HIGH_BYTES.reduce((sum, byte) => sum + (counts[byte] ?? 0), 0) / Math.max(all, 1);
  }) as [number, number];
  if (Math.max(even, odd) < 0.7 || Math.abs(even - odd) < 0.2) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** In a code page, hardly any letters form UTF-8 by chance; where many do, the others are damage. */
const isDamagedUtf8 = ({ utf8Letters, strays }: ByteCensus): boolean => utf8Letters > 0 && utf8Letters * 2 >= strays;

/** Score from which a guess needs no second look, and its distance from the next. */
const SURE = 6;

function codePage(census: ByteCensus): EncodingGuess | undefined {
  const odds = census.words.turkishOdds();
  const latin =
    (odds ?? 0) > 0 ? (['windows-1254', 'windows-1252'] as const) : (['windows-1252', 'windows-1254'] as const);
  // Sorting is stable: of two that read the same, the likelier stands first.
  const ranked = [...latin, 'windows-1251' as const]
    .filter((page) => !hasHole(census, page))
    .map((page) => ({ page, score: census.words.score(page) + signs(census) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (!best || best.score < 1) return undefined;
  const script = ranked.find(({ page }) => (page === 'windows-1251') !== (best.page === 'windows-1251'));
  const doubts = [
    ...thinEvidence(census, best, script),
    ...(best.page === 'windows-1251' ? [] : closeLatin(census, best.page, odds)),
  ];
  return { encoding: best.page, source: 'content', doubts };
}

const hasHole = ({ histogram }: ByteCensus, page: CodePage): boolean =>
  [...CODE_PAGES[page]].some((char, i) => char === HOLE && (histogram[i + 0x80] ?? 0) > 0);

/** Quotes, dashes, spaces and marks that are the same in all three pages say at least that it is one of them. */
const SIGNS = [
  0x82, 0x84, 0x85, 0x8b, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9b, 0xa0, 0xa9, 0xab, 0xae, 0xb0, 0xb7,
  0xbb,
];
const signs = ({ histogram }: ByteCensus): number =>
  Math.min(
    1,
    SIGNS.reduce((sum, byte) => sum + (histogram[byte] ?? 0), 0),
  );

/** Whether all code pages read the file alike. */
const alike = ({ histogram }: ByteCensus): boolean =>
  histogram.every((count, byte) => count === 0 || byte < 0x80 || SIGNS.includes(byte));

function thinEvidence(census: ByteCensus, best: { page: string; score: number }, other?: { score: number }): Doubt[] {
  if (alike(census) || (best.score >= SURE && best.score - (other?.score ?? 0) >= SURE)) return [];
  const message = `Few letters tell the encoding; it was read as ${best.page}. If names look wrong, say encoding.`;
  return [{ code: 'encoding_thin_evidence', message }];
}

/** Odds (natural logarithm) from which one Latin page is taken for certain: 20 to 1. */
const CERTAIN = 3;

function closeLatin(census: ByteCensus, page: string, odds: number | undefined): Doubt[] {
  if (odds === undefined || Math.abs(odds) >= CERTAIN) return [];
  if (hasHole(census, page === 'windows-1252' ? 'windows-1254' : 'windows-1252')) return [];
  const [read, other] =
    page === 'windows-1254' ? ['ğ ı İ ş', 'windows-1252 (ð ý Ý þ)'] : ['ð ý Ý þ', 'windows-1254 (ğ ı İ ş)'];
  const message = `Some letters were read as ${page} (${read}) and could be ${other}; if names look wrong, say encoding.`;
  return [{ code: 'encoding_close', message }];
}
