/** A quoted thing as `joinList` writes it, up to the next separator. */
const QUOTED = /^\s*"((?:[^"]|"")*)"\s*(?=[;,]|$)/;

/**
 * Several things in one cell. What a reader would split or trim stands in double quotes, as in a CSV file
 * (RFC 4180 §2.7): `SOCAR; "Smith; Sons"`. `splitList` gives the same things back.
 */
export const joinList = (items: readonly string[]): string =>
  items.map((item) => (/[";,]|^\s|\s$/.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join('; ');

/** Parts between semicolons, or between commas where there is no semicolon; each once, empty ones left out. */
export function splitList(cell: string): string[] {
  const separated = split(cell, ';');
  const parts = separated.length > 1 ? separated : split(cell, ',');
  return [...new Set(parts.filter((part) => part !== ''))];
}

function split(cell: string, separator: ';' | ','): string[] {
  const parts: string[] = [];
  for (let rest: string | undefined = cell; rest !== undefined;) {
    const quoted = QUOTED.exec(rest);
    const after: number = quoted && isEnd(rest[quoted[0].length], separator) ? quoted[0].length : -1;
    const end: number = after >= 0 ? after : until(rest, separator);
    parts.push(after >= 0 ? (quoted?.[1] ?? '').replaceAll('""', '"') : rest.slice(0, end).trim());
    rest = end < rest.length ? rest.slice(end + 1) : undefined;
  }
  return parts;
}

const isEnd = (char: string | undefined, separator: string): boolean => char === undefined || char === separator;

function until(text: string, separator: string): number {
  const at = text.indexOf(separator);
  return at < 0 ? text.length : at;
}
