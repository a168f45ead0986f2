import type { FieldFault } from '#faults';
import type { ImportField } from './import-target.js';
import { HeaderMismatch } from './imports.errors.js';

export interface HeaderMapping {
  /** Header as written → field; only what is read. */
  mapping: Record<string, string>;
  /** Headers nothing is read from. */
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

/**
 * Decides what each column means: what the client says first, then the headers the target knows. Throws HeaderMismatch
 * when two columns claim one field, when a required one is missing, or when the client names what is not there.
 */
export function mapHeader(
  header: string[],
  fields: readonly ImportField[],
  given: Record<string, string | null> = {},
): HeaderMapping {
  const faults = faultsOfGiven(header, fields, given);
  const said = new Map(Object.entries(given).map(([name, field]) => [foldHeader(name), field]));
  const known = new Map(
    fields.flatMap((field) => [field.name, ...field.headers].map((name) => [foldHeader(name), field.name])),
  );
  const columns = header.map((name) => {
    const folded = foldHeader(name);
    return said.has(folded) ? (said.get(folded) ?? null) : (known.get(folded) ?? null);
  });
  faults.push(...doubled(header, columns), ...missing(header, fields, columns));
  if (faults.length > 0) throw new HeaderMismatch(faults);
  return {
    mapping: Object.fromEntries(header.flatMap((name, i) => (columns[i] ? [[name, columns[i]]] : []))),
    unmapped: header.filter((_, i) => columns[i] === null),
    columns,
  };
}

function faultsOfGiven(
  header: string[],
  fields: readonly ImportField[],
  given: Record<string, string | null>,
): FieldFault[] {
  const present = new Set(header.map(foldHeader));
  return Object.entries(given).flatMap(([name, field]) => {
    const pointer = `/options/mapping/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!present.has(foldHeader(name))) {
      return [{ pointer, code: 'unknown_header', message: `The file has no column "${name}".` }];
    }
    if (field === null || fields.some((known) => known.name === field)) return [];
    const names = fields.map((known) => known.name).join(', ');
    return [{ pointer, code: 'unknown_field', message: `There is no field "${field}"; there are: ${names}.` }];
  });
}

function doubled(header: string[], columns: (string | null)[]): FieldFault[] {
  return columns.flatMap((field, i) => {
    const first = columns.indexOf(field);
    if (field === null || first === i) return [];
    const message = `The columns ${first + 1} "${header[first]}" and ${i + 1} "${header[i]}" both mean ${field}; say in mapping which one counts.`;
    return [{ pointer: '/file', code: 'duplicate_column', message, line: 1, column: i + 1 }];
  });
}

function missing(header: string[], fields: readonly ImportField[], columns: (string | null)[]): FieldFault[] {
  return fields
    .filter((field) => field.required && !columns.includes(field.name))
    .map((field) => {
      const message = `No column means ${field.name} (known headers: ${field.headers.slice(0, 6).join(', ')}); found: ${header.slice(0, 30).join(', ')}.`;
      return { pointer: '/file', code: 'missing_column', message, line: 1 };
    });
}
