import type { PdfContent, PdfTable } from './pdf-document.js';

/** Letters that surely fit on a page, set over its whole width, and in a cell of a table. */
const MOST_KEPT = 1500;
const MOST_IN_CELL = 600;

/** A new line takes as much room as this many letters. */
const PER_LINE = 40;

/** Pieces that stay on one page, unless they are so long that the end of them would be lost below its edge. */
export const kept = (...stack: PdfContent[]): PdfContent => ({
  stack,
  unbreakable: lettersIn(stack) <= MOST_KEPT,
});

/** Columns, their heads (there may be none) repeated on each page; a row stays on one page unless it has too much to say. */
export function rows(widths: PdfTable['table']['widths'], heads: string[], body: PdfContent[][]): PdfTable {
  const isShort = (row: PdfContent[]): boolean => row.every((cell) => lettersIn(cell) <= MOST_IN_CELL);
  return {
    table: {
      widths,
      headerRows: heads.length > 0 ? 1 : 0,
      keepWithHeaderRows: body.slice(0, 1).every(isShort) ? 1 : 0,
      dontBreakRows: body.every(isShort),
      body: [...(heads.length > 0 ? [heads.map((text) => ({ text, style: 'head' as const }))] : []), ...body],
    },
    layout: 'rows',
  };
}

/** How much room a piece takes, in letters. */
function lettersIn(content: unknown): number {
  if (typeof content === 'string') return content.length + PER_LINE * content.split(/\r\n|[\n\r\u2028\u2029]/).length;
  if (Array.isArray(content)) return content.reduce((sum: number, piece) => sum + lettersIn(piece), 0);
  if (typeof content !== 'object' || content === null) return 0;
  const { text, stack, columns, ul, table } = content as Record<string, unknown>;
  return lettersIn([text, stack, columns, ul, (table as { body?: unknown } | undefined)?.body]);
}
