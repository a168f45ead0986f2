import type { PdfContent, PdfHeading } from '#documents';

/** A chapter: in the contents and among the bookmarks. */
export const section = (text: string, onNewPage = true): PdfHeading => ({
  text,
  style: 'heading',
  tocItem: true,
  outline: true,
  tocMargin: [0, 4, 0, 0],
  ...(onNewPage ? { pageBreak: 'before' } : { margin: [0, 18, 0, 8] }),
});

/** A part of a chapter, set in below it in the contents. */
export const subsection = (text: string): PdfHeading => ({
  text,
  style: 'subheading',
  tocItem: true,
  tocMargin: [14, -2, 0, -1],
});

export const small = (text: string): PdfContent => ({ text, style: 'small' });

/** Label and value, line by line; what is not known is left out. */
export function facts(lines: [label: string, value: PdfContent | null | undefined | false][]): PdfContent[] {
  const known = lines.filter(([, value]) => value);
  if (known.length === 0) return [];
  return [
    {
      table: {
        widths: [96, '*'],
        body: known.map(([label, value]) => [{ text: label, style: 'label', margin: LEVEL }, value || '']),
      },
      layout: 'plain',
    },
  ];
}

/** Small print on the line of what it names. */
const LEVEL: [number, number, number, number] = [0, 1.5, 0, 0];
