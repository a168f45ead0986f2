import type { PdfContent } from './pdf-document.js';

/** Longer words may be broken anywhere: a table's column is never narrower than its longest word. */
const LONGEST_UNBROKEN = 22;
/** Halves of a surrogate pair must stay together, so words with one stay whole. */
const LONG_WORDS = new RegExp(`([^\\s\\uD800-\\uDFFF]{${LONGEST_UNBROKEN + 1},})`, 'u');

type Node = Record<string, unknown>;
type Text = (text: string) => string;

/** A copy in which every text can be printed, and no link leads elsewhere than to the web or into a mail. */
export const printableContent = (content: PdfContent[], text: Text): unknown[] =>
  content.map((piece) => block(piece, text));

/** Words that were printable already, as a line whose long words may be broken. */
export const breakable = (words: string): unknown => inlines(words, (text) => text);

/** A piece that stands by itself. */
function block(piece: unknown, text: Text): unknown {
  if (typeof piece === 'string') return { text: inlines(piece, text) };
  if (Array.isArray(piece)) return piece.map((inner) => block(inner, text));
  if (typeof piece !== 'object' || piece === null) return piece;
  const parts = Object.entries(harmless(piece as Node)).map((entry) => [entry[0], part(entry, piece, text)]);
  return { ...(Object.fromEntries(parts) as Node), ...inContents(piece as Node) };
}

function part([name, value]: [string, unknown], piece: object, text: Text): unknown {
  switch (name) {
    case 'text':
      return 'tocItem' in piece || 'outline' in piece ? plain(value, text) : inlines(value, text);
    case 'table':
      return { ...(value as Node), body: block((value as Node).body, text) };
    case 'toc':
      return { ...(value as Node), title: block((value as Node).title, text) };
    case 'stack':
    case 'columns':
    case 'ul':
      return block(value, text);
    default:
      return value;
  }
}

/** Headings are copied into the contents and the bookmarks, which take nothing but words. */
const plain = (value: unknown, text: Text): string => text(typeof value === 'string' ? value : '');

/** How a heading stands in the contents. */
const inContents = (piece: Node): Node =>
  piece.tocItem && typeof piece.text === 'string' && LONG_WORDS.test(piece.text) ? { tocStyle: 'broken' } : {};

/** The pieces of a line, each with the looks it had. */
function inlines(value: unknown, text: Text): unknown {
  if (typeof value === 'string') {
    const words = text(value).split(LONG_WORDS);
    return words.length === 1 ? words[0] : words.map((word, index) => (index % 2 ? broken(word) : word));
  }
  if (!Array.isArray(value)) return value;
  return value.flatMap((span: string | Node): unknown[] => {
    if (typeof span === 'string') return [inlines(span, text)].flat();
    const { text: inner, ...looks } = harmless(span);
    return [inlines(inner, text)]
      .flat()
      .map((word) => ({ ...looks, ...(typeof word === 'string' ? { text: word } : (word as object)) }));
  });
}

const broken = (text: string) => ({ text, wordBreak: 'break-all' });

function harmless({ link, ...piece }: Node): Node {
  const isHarmless =
    typeof link === 'string' && URL.canParse(link) && /^(https?|mailto):$/.test(new URL(link).protocol);
  return isHarmless ? { ...piece, link } : piece;
}
