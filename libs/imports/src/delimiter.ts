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
  let [cells, quoted, atStart, blank] = [1, false, true, true];
  for (let i = 0; i < text.length && counts.length < SAMPLE; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '"') quoted = false;
    } else if (char === '"' && (atStart || text[i - 1] === '"')) {
      [quoted, atStart, blank] = [true, false, false];
    } else if (char === delimiter) {
      [cells, atStart, blank] = [cells + 1, true, false];
    } else if (char === '\n' || char === '\r') {
      if (!blank) counts.push(cells);
      [cells, atStart, blank] = [1, true, true];
    } else {
      [atStart, blank] = [false, false];
    }
  }
  if (complete && !blank) counts.push(cells);
  return counts;
}
