import pdfmake from 'pdfmake';
import type { PdfDocument } from './pdf-document.js';
import { FONTS, isFontFile, printableCodePoints } from './pdf-fonts.js';
import { pdfLayout } from './pdf-layout.js';
import { printableText } from './printable-text.js';

const LINE = '#c9d0d6';
const ROWS = {
  hLineWidth: (row: number, { table }: { table: { headerRows?: number } }) =>
    row === 0 ? 0 : row === table.headerRows ? 0.8 : 0.4,
  vLineWidth: () => 0,
  hLineColor: () => LINE,
  paddingTop: () => 3,
  paddingBottom: () => 3,
  paddingLeft: (column: number) => (column === 0 ? 0 : 6),
  paddingRight: () => 0,
};
const PLAIN = { ...ROWS, hLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1 };

pdfmake.setFonts(FONTS);
pdfmake.addTableLayouts({ rows: ROWS, plain: PLAIN });
// Nothing in a document may make the printer fetch or read anything.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(isFontFile);

/** Makes the file; runs in a thread of its own. */
export async function run(document: PdfDocument): Promise<Buffer> {
  const codePoints = printableCodePoints();
  const text = (words: string): string => printableText(words, (codePoint) => codePoints.has(codePoint));
  return pdfmake.createPdf(pdfLayout(document, text)).getBuffer();
}
