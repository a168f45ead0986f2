import { kept, type PdfContent, type PdfTable, type PdfText, rows } from '#documents';

/** Of a part of the brief: there is no table of contents. */
export const heading = (text: string): PdfText => ({ text, style: 'heading', fontSize: 12, margin: [0, 12, 0, 4] });

/** Of a part of a part. */
export const head = (text: string): PdfText => ({ text, style: 'head', margin: [0, 6, 0, 2] });

/** The first piece stays with what stands above it, of one that is too long for that at least its first line. */
export function below(titles: PdfText[], [first = '', ...others]: PdfContent[]): PdfContent[] {
  const isLong = typeof first === 'object' && 'stack' in first && first.unbreakable === false;
  const [begin = '', ...rest] = isLong ? first.stack : [first];
  return [kept(...titles, begin), ...rest, ...others];
}

/** Rows of a table that is kept on one page as a whole. */
const FEW = 4;

/** A table of which at least the first row stays with what stands above it. */
export function tableBelow(
  titles: PdfText[],
  widths: PdfTable['table']['widths'],
  heads: string[],
  lines: PdfContent[][],
): PdfContent[] {
  const together = lines.length > FEW ? 1 : FEW;
  const others = lines.slice(together);
  return below(titles, [
    rows(widths, heads, lines.slice(0, together)),
    ...(others.length > 0 ? [rows(widths, [], others)] : []),
  ]);
}

/** Letters of what people wrote at length, at most. */
const MOST_LETTERS = 800;

export const shortened = (text: string): string =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1).trimEnd()}…` : text;
