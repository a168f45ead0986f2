import type { PdfDocument, PdfLanguage } from './pdf-document.js';
import { breakable, printableContent } from './printable-content.js';

const SIDE = 48;
const MARGINS = [SIDE, 64, SIDE, 56];
const GREY = '#5b6670';

const STYLES = {
  title: { fontSize: 24, bold: true, lineHeight: 1.1 },
  subtitle: { fontSize: 13, color: GREY },
  heading: { fontSize: 15, bold: true, margin: [0, 0, 0, 8] },
  subheading: { fontSize: 11, bold: true, margin: [0, 8, 0, 3] },
  head: { fontSize: 8, bold: true, color: GREY },
  small: { fontSize: 8 },
  muted: { color: GREY },
  broken: { wordBreak: 'break-all' },
  label: { fontSize: 8, color: GREY },
};

const PAGE: Record<PdfLanguage, (page: number, pages: number) => string> = {
  en: (page, pages) => `Page ${page} of ${pages}`,
  az: (page, pages) => `Səhifə ${page} / ${pages}`,
  ru: (page, pages) => `Страница ${page} из ${pages}`,
};

/** More would not fit into the margin. */
const MOST_IN_MARGIN = 90;

/** The document as pdfmake takes it, with paper, styles, header and footer. `text` makes any text printable. */
export function pdfLayout(document: PdfDocument, text: (text: string) => string): object {
  const inMargin = (words = ''): string => shortened(text(words).replace(/\s+/g, ' '), MOST_IN_MARGIN);
  const [header, footer] = [inMargin(document.headerText), inMargin(document.footerText)];
  const isBare = (page: number): boolean => document.cover === true && page === 1;
  return {
    info: { title: text(document.title), author: text(document.author ?? ''), creationDate: new Date(document.madeAt) },
    version: '1.7',
    language: document.language,
    displayTitle: true,
    pageSize: document.paper === 'letter' ? 'LETTER' : 'A4',
    pageOrientation: document.landscape ? 'landscape' : 'portrait',
    pageMargins: MARGINS,
    defaultStyle: { font: 'DejaVu', fontSize: 9.5, lineHeight: 1.15 },
    styles: STYLES,
    header: (page: number) => (isBare(page) || !header ? null : margin(header, 30)),
    footer: (page: number, pages: number) =>
      isBare(page) ? null : bottom(footer, document.numbered === false ? '' : PAGE[document.language](page, pages)),
    content: printableContent(document.content, text),
  };
}

const margin = (words: string, top: number) => ({
  text: breakable(words),
  margin: [SIDE, top, SIDE, 0],
  fontSize: 8,
  color: GREY,
});

const bottom = (words: string, number: string) => ({
  columns: [{ text: breakable(words) }, { text: number, noWrap: true, alignment: 'right', width: number ? 'auto' : 0 }],
  columnGap: 16,
  margin: [SIDE, 16, SIDE, 0],
  fontSize: 8,
  color: GREY,
});

const shortened = (words: string, most: number): string =>
  words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words;
