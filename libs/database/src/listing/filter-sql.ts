import { BadListRequest } from './list-faults.js';
import type { FieldKind, FilterOperator, ListField, ListFilter } from './list-spec.js';

/** Collects bound parameters while SQL is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

const COMPARISONS: Partial<Record<FilterOperator, string>> = {
  eq: '=',
  ne: 'IS DISTINCT FROM',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/** Which operators make sense for which kind of field. */
export const OPERATORS: Record<FieldKind, readonly FilterOperator[]> = {
  text: ['eq', 'ne', 'in', 'contains', 'isNull'],
  enum: ['eq', 'ne', 'in', 'isNull'],
  uuid: ['eq', 'ne', 'in', 'isNull'],
  boolean: ['eq', 'ne', 'isNull'],
  list: ['eq', 'contains', 'in'],
  instant: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  date: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  integer: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  decimal: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
};

const SQL_TYPES: Record<FieldKind, string> = {
  text: 'text',
  enum: 'text',
  uuid: 'uuid',
  instant: 'timestamptz',
  date: 'date',
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  list: 'text',
};

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

const FORMS: Record<Exclude<FieldKind, 'enum'>, { test: (value: string) => boolean; example: string }> = {
  text: { test: () => true, example: 'text' },
  list: { test: () => true, example: 'text' },
  uuid: { test: (v) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(v), example: 'a UUID' },
  instant: {
    test: (v) => INSTANT.test(v) && isCalendarDate(v.slice(0, 10)) && !Number.isNaN(Date.parse(v)),
    example: 'an instant such as 2026-03-10T14:00:00Z',
  },
  date: { test: isCalendarDate, example: 'a date such as 2026-03-10' },
  integer: { test: (v) => /^-?\d{1,15}$/.test(v), example: 'a whole number' },
  decimal: { test: (v) => /^-?\d{1,15}(\.\d{1,6})?$/.test(v), example: 'a number such as 1500.00' },
  boolean: { test: (v) => v === 'true' || v === 'false', example: 'true or false' },
};

/** A day that exists, written YYYY-MM-DD; there is no year 0 (nor has PostgreSQL one). */
export function isCalendarDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || value.startsWith('0000')) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** One filter as a boolean SQL expression. Throws BadListRequest that names the parameter and what it takes. */
export function filterSql(filter: ListFilter, field: ListField, parameters: Parameters): string {
  const name = parameterName(filter);
  if (filter.operator === 'isNull') return isNullSql(name, field, filter.values[0] ?? '');
  const values = filter.values.map((value) => exact(field, checked(name, field, field.resolve?.(value) ?? value)));
  if (field.condition && filter.operator !== 'ne') return field.condition(values, (value) => parameters.add(value));
  const type = SQL_TYPES[field.kind];
  if (field.kind === 'list') return `${field.column} && ${parameters.add(values)}::text[]`;
  if (filter.operator === 'in') return `${field.column} = ANY(${parameters.add(values)}::${type}[])`;
  if (filter.operator === 'contains')
    return `${field.column} ILIKE ${parameters.add(`%${escapeLike(values[0] ?? '')}%`)}`;
  return `${field.column} ${COMPARISONS[filter.operator]} ${parameters.add(values[0])}::${type}`;
}

/** A day given for an instant begins in UTC, whatever the session's zone. */
const exact = (field: ListField, value: string): string =>
  field.kind === 'instant' && !value.includes('T') ? `${value}T00:00:00Z` : value;

export const parameterName = ({ field, operator }: ListFilter): string =>
  operator === 'eq' ? `filter[${field}]` : `filter[${field}][${operator}]`;

const escapeLike = (value: string): string => value.replace(/[\\%_]/g, '\\$&');

function isNullSql(name: string, field: ListField, value: string): string {
  if (!FORMS.boolean.test(value)) throw BadListRequest.parameter(name, 'bad_value', `${name} takes true or false.`);
  return `${field.column} IS ${value === 'true' ? '' : 'NOT '}NULL`;
}

function checked(name: string, field: ListField, value: string): string {
  if (field.kind === 'enum') {
    if (field.values?.includes(value)) return value;
    throw BadListRequest.parameter(name, 'bad_value', `${name} takes ${field.values?.join(', ')}.`);
  }
  const form = FORMS[field.kind];
  if (form.test(value)) return value;
  throw BadListRequest.parameter(name, 'bad_value', `${name} takes ${form.example}.`);
}
