/** Stands where a character is that no font has. */
export const PLACEHOLDER = '\uFFFD';

/** Signs the fonts lack, but words there are for. */
const IN_WORDS: Record<string, string> = { '\u20BC': 'AZN', '\u20BE': 'GEL' };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Format and control characters that print nothing, or turn the line around. A soft hyphen or a joiner is one of them. */
const UNPRINTED = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;

/**
 * The text as it can be printed: composed (NFC), without control characters, lines ended by \n, and a placeholder for each
 * character that the fonts lack, an emoji of several code points being one character.
 */
export function printableText(text: string, printable: (codePoint: number) => boolean): string {
  const lines = text.normalize('NFC').replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n');
  if (isPlain(lines)) return lines;
  return Array.from(graphemes.segment(lines), ({ segment }) => printableGrapheme(segment, printable)).join('');
}

/** ASCII is in every font. */
const isPlain = (text: string): boolean => /^[\n\t\x20-\x7E]*$/.test(text);

function printableGrapheme(grapheme: string, printable: (codePoint: number) => boolean): string {
  if (grapheme === '\n' || grapheme === '\t') return grapheme;
  const characters = [...grapheme].map((character) => IN_WORDS[character] ?? character).filter(isPrinted);
  const shown = characters.join('');
  return [...shown].every((character) => printable(character.codePointAt(0) ?? 0)) ? shown : PLACEHOLDER;
}

const isPrinted = (character: string): boolean => !UNPRINTED.test(character) && !VARIATION.test(character);

const VARIATION = /[\uFE00-\uFE0F]/;
