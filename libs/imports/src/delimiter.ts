/** What may stand between cells, the likeliest first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Rows looked at. */
const SAMPLE = 100;

/**
 * The delimiter of a text, judged by its first rows: the one that cuts most rows into as many cells as the header,
 * more cells being better. Quoted cells may hold any delimiter. A text with one column counts as comma-separated.
 */
export function scoreDelimiter(text: string, complete: boolean): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(cellCounts(text, delimiter, complete));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreOf([header = 1, ...rows]: number[]): number {
  if (header < 2) return 0;
  const agreeing = rows.filter((cells) => cells === header).length;
  const share = rows.length === 0 ? 1 : agreeing / rows.length;
  return (0.1 + share) * Math.log2(header);
}

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
