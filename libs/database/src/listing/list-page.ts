import { NotFound } from '#faults';
import type { Database } from '../database.js';
import { decodeCursor, encodeCursor, type Position } from './cursor.js';
import { filterSql, OPERATORS, parameterName, Parameters } from './filter-sql.js';
import { BadListRequest } from './list-faults.js';
import type { ListField, ListRequest, ListSpec, Page } from './list-spec.js';

interface SortKey {
  column: string;
  type: string;
  descending: boolean;
}

const CURSOR_TYPES: Record<string, string> = {
  instant: 'timestamptz',
  date: 'date',
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  uuid: 'uuid',
};

/**
 * One page of a list in one query (two with `count`), by keyset: deep pages cost what the first one costs.
 * `scope` adds a condition of the caller's own, such as what this actor may see.
 */
export async function listPage<Row extends object>(
  database: Database,
  spec: ListSpec<Row>,
  request: ListRequest,
  scope?: (parameters: Parameters) => string,
): Promise<Page<Row>> {
  const sort = sortKeys(spec, request);
  const question = { ...request, sort: sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`) };
  const position = decodeCursor(question, sort.length);
  const parameters = new Parameters();
  const where = whereSql(spec, request, parameters);
  if (scope) where.push(scope(parameters));
  const countParameters = [...parameters.values];
  const after = position ? [positionSql(sort, position, parameters)] : [];
  const sql =
    `SELECT ${selectSql(spec, request.include)}, ${sort.map((key, i) => `(${key.column})::text AS "__${i}"`).join(', ')}` +
    ` FROM ${spec.from}${clause([...where, ...after])}` +
    ` ORDER BY ${sort.map((key) => `${key.column} ${key.descending ? 'DESC' : 'ASC'} NULLS LAST`).join(', ')}` +
    ` LIMIT ${request.limit + 1}`;
  const rows = await database.query<Row>(sql, parameters.values);
  const page = toPage(rows, question, sort.length);
  if (request.count) {
    const counted = await database.queryOne<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${spec.from}${clause(where)}`,
      countParameters,
    );
    page.page.total = counted?.total ?? 0;
  }
  return page;
}

/** One row by its id, in the list's shape; archived rows are found too. Throws NotFound, which calls it by its noun. */
export async function demandOne<Row extends object>(
  database: Database,
  spec: ListSpec<Row>,
  noun: string,
  id: string,
  include: string[] = [],
  condition = 'true',
): Promise<Row> {
  const sql = `SELECT ${selectSql(spec, include)} FROM ${spec.from} WHERE ${spec.id} = $1 AND ${condition}`;
  const row = await database.queryOne<Row>(sql, [id]);
  if (!row) throw new NotFound(noun, id);
  return row;
}

/** Scope of a page of what lies below one parent, whose id is in this column. */
export const childrenOf =
  (column: string, parentId: string) =>
  (parameters: Parameters): string =>
    `${column} = ${parameters.add(parentId)}`;

function selectSql<Row extends object>(spec: ListSpec<Row>, include: string[]): string {
  const columns = Object.entries<string>(spec.select);
  const included = include.map((name): [string, string] => {
    const column = spec.includes && Object.hasOwn(spec.includes, name) ? spec.includes[name] : undefined;
    if (column) return [name, column];
    throw unknown('include', name, 'include', Object.keys(spec.includes ?? {}));
  });
  return [...columns, ...included].map(([property, column]) => `${column} AS "${property}"`).join(', ');
}

const clause = (conditions: string[]): string => (conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '');

function whereSql<Row extends object>(spec: ListSpec<Row>, request: ListRequest, parameters: Parameters): string[] {
  const where = spec.where ? [spec.where] : [];
  for (const [field, condition] of Object.entries(spec.unlessFiltered ?? {})) {
    if (!request.filters.some((filter) => filter.field === field)) where.push(condition);
  }
  for (const filter of request.filters) {
    where.push(filterSql(filter, allowedField(spec, filter.field, parameterName(filter), filter.operator), parameters));
  }
  if (request.q !== undefined) {
    where.push(searchSql(spec, parameters.add(request.q)));
  }
  return where;
}

/** Contains the folded words, or is similar to them. */
function searchSql<Row extends object>({ search, searchKey }: ListSpec<Row>, key: string): string {
  if (search) return search(key);
  if (searchKey) return `(${searchKey} LIKE '%' || ${key} || '%' OR ${key} <% ${searchKey})`;
  throw BadListRequest.parameter('q', 'unknown_parameter', 'This list has no search; use its filters.');
}

function allowedField<Row extends object>(
  spec: ListSpec<Row>,
  name: string,
  parameter: string,
  operator: ListRequest['filters'][number]['operator'],
): ListField {
  const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
  if (!field || field.filterable === false) {
    const names = Object.entries(spec.fields).filter(([, f]) => f.filterable !== false);
    throw unknown(
      parameter,
      name,
      'filter',
      names.map(([key]) => key),
    );
  }
  if (!OPERATORS[field.kind].includes(operator))
    throw unknown(parameter, operator, `filter[${name}]`, [...OPERATORS[field.kind]]);
  return field;
}

function sortKeys<Row extends object>(spec: ListSpec<Row>, request: ListRequest): SortKey[] {
  const asked = request.sort.length > 0 ? request.sort : [spec.defaultSort];
  const keys = asked.map((word): SortKey => {
    const descending = word.startsWith('-');
    const name = descending ? word.slice(1) : word;
    const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
    if (field?.sortable) return { column: field.column, type: CURSOR_TYPES[field.kind] ?? 'text', descending };
    throw unknown(
      'sort',
      name,
      'sort',
      Object.entries(spec.fields)
        .filter(([, f]) => f.sortable)
        .map(([key]) => key),
    );
  });
  return [...keys, { column: spec.id, type: 'uuid', descending: keys[0]?.descending ?? false }];
}

function unknown(parameter: string, given: string, what: string, allowed: string[]): BadListRequest {
  return BadListRequest.parameter(
    parameter,
    'unknown_parameter',
    `"${given}" is not possible in ${what}; allowed: ${allowed.join(', ') || 'none'}.`,
  );
}

/** "Comes after the last row seen", nulls last in both directions. */
function positionSql(sort: SortKey[], position: Position, parameters: Parameters): string {
  const bound = position.map((value, i) => (value === null ? null : `${parameters.add(value)}::${sort[i]?.type}`));
  const alternatives = sort.flatMap((key, i) => {
    const value = bound[i];
    if (value === null || value === undefined) return [];
    const beyond = `(${key.column} ${key.descending ? '<' : '>'} ${value} OR ${key.column} IS NULL)`;
    const equal = sort
      .slice(0, i)
      .map((earlier, j) => (bound[j] === null ? `${earlier.column} IS NULL` : `${earlier.column} = ${bound[j]}`));
    return [`(${[...equal, beyond].join(' AND ')})`];
  });
  return `(${alternatives.join(' OR ')})`;
}

function toPage<Row extends object>(rows: Row[], request: ListRequest, keys: number): Page<Row> {
  const data = rows.slice(0, request.limit);
  const last = rows.length > request.limit ? (data.at(-1) as Record<string, string | null>) : undefined;
  const nextCursor = last
    ? encodeCursor(
        request,
        Array.from({ length: keys }, (_, i) => last[`__${i}`] ?? null),
      )
    : null;
  // Not deleted: that would turn every row into a slow object for whoever reads it next.
  for (const row of data as Record<string, unknown>[]) {
    for (let i = 0; i < keys; i++) row[`__${i}`] = undefined;
  }
  return { data, page: { limit: request.limit, nextCursor } };
}
