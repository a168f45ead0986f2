import type { FieldFault } from '#faults';
import type { ImportField } from './import-target.js';
import { HeaderMismatch } from './imports.errors.js';

export interface HeaderMapping {
  /** Name of a column → field; only what is read. */
  mapping: Record<string, string>;
  /** Names of columns nothing is read from. */
  unmapped: string[];
  /** Field read from each column, null where none. */
  columns: (string | null)[];
}

/** Headers are compared without case, marks, spaces and punctuation: `Joined On`, `joined_on` and `JOINED-ON` are one. */
export const foldHeader = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('ı', 'i');

/** What two headers must share to be the same; punctuation counts where there is nothing else. */
const sameHeader = (header: string): string => foldHeader(header) || header.trim();

/**
 * How the columns of a file are called: by their headers as written; where one comes more than once, `Email#1` and
 * `Email#2` from the left. Columns without a header are `#1`, `#2`…
 */
export function columnNames(header: string[]): string[] {
  const same = header.map(sameHeader);
  const all = counted(same);
  const before = new Map<string, number>();
  return header.map((text, i) => {
    const key = same[i] ?? '';
    const number = (before.get(key) ?? 0) + 1;
    before.set(key, number);
    return text !== '' && all.get(key) === 1 ? text : `${text}#${number}`;
  });
}

function counted(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * Decides what each column means: what the client says first, then the headers the target knows; a header that is only
 * recognised gives way to a column that the client says has its field. Throws HeaderMismatch when two columns claim one
 * field, when a required one is missing, or when the client names what is not there.
 */
export function mapHeader(
  header: string[],
  fields: readonly ImportField[],
  given: Record<string, string | null> = {},
): HeaderMapping {
  const names = columnNames(header);
  const faults = faultsOfGiven(header, names, fields, given);
  const said = sayings(header, names, given);
  const claimed = new Set(said.values());
  const known = new Map(
    fields.flatMap((field) => [field.name, ...field.headers].map((name) => [foldHeader(name), field.name])),
  );
  const columns = header.map((text, i) => {
    const field = said.has(i) ? said.get(i) : known.get(foldHeader(text));
    return field === undefined || (!said.has(i) && claimed.has(field)) ? null : (field ?? null);
  });
  faults.push(...doubled(names, columns), ...missing(header, fields, columns));
  if (faults.length > 0) throw new HeaderMismatch(faults);
  return {
    mapping: Object.fromEntries(names.flatMap((name, i) => (columns[i] ? [[name, columns[i]]] : []))),
    unmapped: names.filter((_, i) => columns[i] === null),
    columns,
  };
}

/** What the client says of each column, by its place. A number goes before a header that means several columns. */
function sayings(header: string[], names: string[], given: Record<string, string | null>): Map<number, string | null> {
  const said = Object.entries(given).map(([name, field]) => ({ places: placesOf(name, header, names), field }));
  said.sort((a, b) => b.places.length - a.places.length);
  return new Map(said.flatMap(({ places, field }) => places.map((place) => [place, field] as const)));
}

/** The columns a client may mean: the one of this name, the one of this number, or all that bear the header. */
function placesOf(name: string, header: string[], names: string[]): number[] {
  const exact = names.indexOf(name);
  if (exact >= 0) return [exact];
  const bearing = (text: string): number[] =>
    [...header.keys()].filter((i) => sameHeader(header[i] ?? '') === sameHeader(text));
  const [, text = '', number] = /^(.*)#(\d+)$/s.exec(name) ?? [];
  const numbered = number === undefined ? undefined : bearing(text)[Number(number) - 1];
  return numbered === undefined ? bearing(name) : [numbered];
}

function faultsOfGiven(
  header: string[],
  names: string[],
  fields: readonly ImportField[],
  given: Record<string, string | null>,
): FieldFault[] {
  return Object.entries(given).flatMap(([name, field]) => {
    const pointer = `/options/mapping/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (placesOf(name, header, names).length === 0) {
      const message = `The file has no column "${name}"; it has: ${names.slice(0, 30).join(', ')}.`;
      return [{ pointer, code: 'unknown_header', message }];
    }
    if (field === null || fields.some((known) => known.name === field)) return [];
    const there = fields.map((known) => known.name).join(', ');
    return [{ pointer, code: 'unknown_field', message: `There is no field "${field}"; there are: ${there}.` }];
  });
}

function doubled(names: string[], columns: (string | null)[]): FieldFault[] {
  return columns.flatMap((field, i) => {
    const first = columns.indexOf(field);
    if (field === null || first === i) return [];
    const choice = JSON.stringify({ [names[i] ?? '']: field });
    const message = `The columns ${first + 1} "${names[first]}" and ${i + 1} "${names[i]}" both mean ${field}; say which one counts, e.g. mapping ${choice}.`;
    return [{ pointer: '/file', code: 'duplicate_column', message, line: 1, column: i + 1 }];
  });
}

function missing(header: string[], fields: readonly ImportField[], columns: (string | null)[]): FieldFault[] {
  return fields
    .filter((field) => field.required && ![field.name, ...(field.unless ?? [])].some((name) => columns.includes(name)))
    .map((field) => {
      const message = `No column means ${field.name} (known headers: ${field.headers.slice(0, 6).join(', ')}); found: ${header.slice(0, 30).join(', ')}. The first line must hold the headers, with nothing above it.`;
      return { pointer: '/file', code: 'missing_column', message, line: 1 };
    });
}
