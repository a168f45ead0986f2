import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  BadListRequest,
  DEFAULT_LIMIT,
  FILTER_OPERATORS,
  type FilterOperator,
  type ListFilter,
  type ListRequest,
  type ListSpec,
  MAX_LIMIT,
  OPERATORS,
} from '#database';
import { nameKey } from '#records';

type Query = Record<string, string | string[] | undefined>;

const FILTER = /^filter\[([A-Za-z]+)\](?:\[([A-Za-z]+)\])?$/;
const PLAIN = ['limit', 'cursor', 'sort', 'q', 'count', 'include'];

/**
 * The list request in a query string, with the grammar of the contract; names are checked against the spec by the
 * list itself. `shortcuts` are filters that may also be written without `filter[…]`.
 */
export const ListQuery = createParamDecorator(
  (shortcuts: string[] | undefined, context: ExecutionContext): ListRequest =>
    parseListQuery(context.switchToHttp().getRequest<FastifyRequest>().query as Query, shortcuts ?? []),
);

/** Throws BadListRequest with one entry per wrong parameter. */
export function parseListQuery(query: Query, shortcuts: string[] = []): ListRequest {
  const filters: ListFilter[] = [];
  for (const [name, given] of Object.entries(query)) {
    const value = single(name, given);
    const filter = FILTER.exec(shortcuts.includes(name) ? `filter[${name}]` : name);
    if (filter) filters.push(toFilter(name, filter[1] ?? '', filter[2] ?? 'eq', value));
    else if (!PLAIN.includes(name)) throw unknownParameter(name, shortcuts);
  }
  const plain = query as Record<string, string | undefined>;
  return {
    filters,
    sort: words(plain.sort),
    limit: limitOf(plain.limit),
    cursor: plain.cursor,
    q: searchKey(plain.q),
    count: countOf(plain.count),
    include: words(plain.include),
  };
}

function single(name: string, value: string | string[] | undefined): string {
  if (typeof value !== 'string')
    throw BadListRequest.parameter(name, 'repeated_parameter', `${name} may be given once.`);
  if (value.includes('\0')) throw BadListRequest.parameter(name, 'bad_value', `${name} holds the character NUL.`);
  return value;
}

function toFilter(parameter: string, field: string, operator: string, value: string): ListFilter {
  if (!FILTER_OPERATORS.includes(operator as FilterOperator)) {
    throw BadListRequest.parameter(
      parameter,
      'unknown_operator',
      `"${operator}" is no operator; allowed: ${FILTER_OPERATORS.join(', ')}.`,
    );
  }
  return { field, operator: operator as FilterOperator, values: operator === 'in' ? value.split(',') : [value] };
}

const unknownParameter = (name: string, shortcuts: string[]): BadListRequest =>
  BadListRequest.parameter(
    name,
    'unknown_parameter',
    `"${name}" is no parameter here; allowed: ${[...PLAIN, ...shortcuts, 'filter[field]', 'filter[field][operator]'].join(', ')}.`,
  );

const words = (value: string | undefined): string[] => (value ? value.split(',').map((word) => word.trim()) : []);

function limitOf(value: string | undefined): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw BadListRequest.parameter('limit', 'bad_value', `limit takes 1 to ${MAX_LIMIT}.`);
}

function countOf(value: string | undefined): boolean {
  if (value === undefined || value === 'exact') return value === 'exact';
  throw BadListRequest.parameter('count', 'bad_value', 'count takes exact.');
}

function searchKey(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const key = nameKey(text);
  if (key !== '' && text.length <= 200) return key;
  throw BadListRequest.parameter('q', 'bad_value', 'q takes 1 to 200 characters, a letter or digit among them.');
}

/** Documents the parameters of a list. */
export function ListParameters<Row extends object>(spec: ListSpec<Row>) {
  const fields = Object.entries(spec.fields);
  const sortable = fields.filter(([, field]) => field.sortable).map(([name]) => name);
  const filters = fields
    .filter(([, field]) => field.filterable !== false)
    .map(([name, field]) =>
      ApiQuery({
        name: `filter[${name}]`,
        required: false,
        type: String,
        description: `Also filter[${name}][…] with ${OPERATORS[field.kind].join(', ')}.${field.values ? ` Values: ${field.values.join(', ')}.` : ''}`,
      }),
    );
  return applyDecorators(
    ApiQuery({
      name: 'limit',
      required: false,
      description: `Rows per page, 1–${MAX_LIMIT}.`,
      schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
    }),
    ApiQuery({
      name: 'cursor',
      required: false,
      type: String,
      description: 'page.nextCursor of the page before; belongs to one filter and sort.',
    }),
    ApiQuery({
      name: 'sort',
      required: false,
      type: String,
      description: `Comma-separated, - for descending. Of: ${sortable.join(', ')}. Default: ${spec.defaultSort}.`,
    }),
    ApiQuery({ name: 'count', required: false, enum: ['exact'], description: 'Adds page.total.' }),
    ...((spec.search ?? spec.searchKey)
      ? [
          ApiQuery({
            name: 'q',
            required: false,
            type: String,
            description: 'Search across scripts and small typing errors.',
          }),
        ]
      : []),
    ...(spec.includes
      ? [
          ApiQuery({
            name: 'include',
            required: false,
            type: String,
            description: `Comma-separated, of: ${Object.keys(spec.includes).join(', ')}.`,
          }),
        ]
      : []),
    ...filters,
  );
}
