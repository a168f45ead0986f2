/** Characters that XML 1.0 cannot hold (§2.2). */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in XML, between tags or in an attribute. */
export const xmlText = (text: string): string =>
  text.replace(IMPOSSIBLE, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** There is no screen to measure on: widths of the letters of DejaVu Sans, in parts of the font's size, rounded up. */
const WIDTHS: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[iıjl.,:;'’|!()[\]\s-]/, 0.4],
  [/[mwMW@%—…жшщюыфЖШЩЮЫФМ]/, 1],
  [/[\p{Lu}\d]/u, 0.75],
  [/[\u2e80-\uffff]/, 1.05],
];
const USUAL = 0.64;

const letterWidth = (letter: string): number => WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? USUAL;

/** Pixels that a text takes at a font size, rather too many than too few. */
export const textWidth = (text: string, size: number): number =>
  size * [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);

/** The text, or as much of its beginning as fits, with an ellipsis. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
