import { kept, type PdfContent, type PdfTable, type PdfText, rows } from '#documents';

/** Of a part of the brief: there is no table of contents. */
export const heading = (text: string): PdfText => ({ text, style: 'heading', fontSize: 12, margin: [0, 12, 0, 4] });

/** Of a part of a part. */
export const head = (text: string): PdfText => ({ text, style: 'head', margin: [0, 6, 0, 2] });

/** The first piece stays with what stands above it. */
export const below = (titles: PdfText[], [first = '', ...others]: PdfContent[]): PdfContent[] => [
  kept(...titles, first),
  ...others,
];

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
