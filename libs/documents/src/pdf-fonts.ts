import { dirname, join } from 'node:path';
import PDFDocument from 'pdfmake/js/PDFDocument.js';

const FOLDER = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');

const family = (name: string) => ({
  normal: join(FOLDER, `${name}.ttf`),
  bold: join(FOLDER, `${name}-Bold.ttf`),
  italics: join(FOLDER, `${name}-Oblique.ttf`),
  bolditalics: join(FOLDER, `${name}-BoldOblique.ttf`),
});

/** Latin with all that Azerbaijani and Turkish need, and Cyrillic. */
export const FONTS = { DejaVu: family('DejaVuSansCondensed') };

const FILES = new Set<string>(Object.values(FONTS.DejaVu));

/** Nothing but the fonts is read from the disk. */
export const isFontFile = (path: string): boolean => FILES.has(path);

/** The code points that every face of the family has, so that bold text lacks none that plain text shows. */
export function printableCodePoints(): Set<number> {
  const [first = [], ...others] = [...FILES].map(codePointsOf);
  const rest = others.map((codePoints) => new Set(codePoints));
  return new Set(first.filter((codePoint) => rest.every((codePoints) => codePoints.has(codePoint))));
}

function codePointsOf(file: string): number[] {
  const document = new PDFDocument({ face: { normal: file } }, {}, {}, {}, { autoFirstPage: false });
  return document.provideFont('face', false, false).font.characterSet;
}
