/** What spreadsheets skip before they look for a formula: spaces, breaks, controls, marks without a width (Unicode). */
const UNSEEN = String.raw`[\s\p{Z}\p{Cc}\p{Cf}\p{DI}]`;

/** Signs that begin a formula, with their full-width and small forms and the minus of mathematics. */
const SIGN = '[=＝﹦+＋﹢\\-－﹣−@＠﹫]';

/** Apostrophes in front count as well: each guarded text must differ from every other. */
const RISKY = new RegExp(`^'*(?:${UNSEEN}*${SIGN}|[\\t\\r\\n])`, 'u');

/**
 * A text as it may stand in a CSV file that people open in a spreadsheet: what that would take for a formula
 * (OWASP, CSV injection) gets an apostrophe in front. `unguardCell` gives back the same text, whatever it was.
 */
export const guardCell = (text: string): string => (RISKY.test(text) ? `'${text}` : text);

/** Takes off the apostrophe that `guardCell` has set; an apostrophe before anything else stays (`'s-Hertogenbosch`). */
export const unguardCell = (text: string): string => (text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text);
