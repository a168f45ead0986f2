/** What may stand between cells, the likeliest first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Rows looked at. */
const SAMPLE = 100;

/** Share of rows with as many cells as the header from which nobody need look again. */
const USUAL = 0.5;
/** What another delimiter may reach of the best one's score before somebody should look. */
const FAR = 0.9;

/**
 * The delimiter of a text, judged by its first rows: the one that cuts most rows into as many cells as the header,
 * more cells being better. Quoted cells may hold any delimiter. A text with one column counts as comma-separated.
 */
export const scoreDelimiter = (text: string, complete: boolean): Delimiter => judgeDelimiter(text, complete).delimiter;

/** The same, and whether it is in doubt: another one cuts nearly as well, or few rows agree with the header. */
export function judgeDelimiter(text: string, complete: boolean): { delimiter: Delimiter; doubtful: boolean } {
  const ranked = DELIMITERS.map((delimiter) => ({ delimiter, ...scoreOf(cellCounts(text, delimiter, complete)) }));
  // Sorting is stable: of equals, the likelier stands first.
  const [best, next] = ranked.sort((a, b) => b.score - a.score);
  if (!best || best.score === 0) return { delimiter: ',', doubtful: false };
  return { delimiter: best.delimiter, doubtful: best.share < USUAL || (next?.score ?? 0) > FAR * best.score };
}

function scoreOf([header = 1, ...rows]: number[]): { score: number; share: number } {
  const agreeing = rows.filter((cells) => cells === header).length;
  const share = rows.length === 0 ? 1 : agreeing / rows.length;
  return { share, score: header < 2 ? 0 : (0.1 + share) * Math.log2(header) };
}

/** What Excel writes as the first line, `sep=;`, and the length of that line. */
export function declaredDelimiter(text: string): { delimiter: string; length: number } | undefined {
  const found = /^"?sep=([^\r\n])"?(?:\r\n|\n|\r)/i.exec(text);
  return found?.[1] === undefined ? undefined : { delimiter: found[1], length: found[0].length };
}

export const isDelimiter = (text: string): text is Delimiter => (DELIMITERS as readonly string[]).includes(text);

/** Cells in each row; the last row of an incomplete text does not count. */
function cellCounts(text: string, delimiter: string, complete: boolean): number[] {
  const counts: number[] = [];
  let row = 0;
  for (const { start, cells, end } of rowsOf(text, delimiter)) {
    const whole = end < text.length || complete;
    if (whole && text.slice(start, end).trim() !== '') counts.push(cells);
    if (++row === SAMPLE) break;
  }
  return counts;
}

/** Rows by their place in the text. A quote opens a cell only where one begins; elsewhere it is a character like others. */
function* rowsOf(text: string, delimiter: string): Generator<{ start: number; cells: number; end: number }> {
  const plain = new RegExp(`[^${delimiter === '|' ? '\\|' : delimiter}\\r\\n]*`, 'y');
  let [start, cells, at] = [0, 1, 0];
  while (at < text.length) {
    if (text[at] === '"') at = after(QUOTED, text, at);
    at = after(plain, text, at);
    if (text[at] === delimiter) {
      [cells, at] = [cells + 1, at + 1];
      continue;
    }
    yield { start, cells, end: at };
    at += text.startsWith('\r\n', at) ? 2 : 1;
    [start, cells] = [at, 1];
  }
}

/** A cell in quotes, doubled ones inside; where the closing one is missing it reaches to the end. */
const QUOTED = /"(?:[^"]|"")*"?/y;

/** Place behind what the pattern matches here. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return Math.max(at, pattern.lastIndex);
}
