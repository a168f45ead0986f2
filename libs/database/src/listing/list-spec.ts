/** How a value is written in a query string and compared in SQL. */
export type FieldKind = 'text' | 'enum' | 'uuid' | 'instant' | 'date' | 'integer' | 'decimal' | 'boolean' | 'list';

export const FILTER_OPERATORS = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'isNull'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export interface ListField {
  /** SQL expression; must be NOT volatile and may use only tables of `from`. */
  column: string;
  kind: FieldKind;
  /** Allowed values of an `enum`. */
  values?: readonly string[];
  /** May be sorted by. */
  sortable?: boolean;
  /** May be filtered by; true unless said otherwise. */
  filterable?: boolean;
  /** Rewrites a value before it is used, such as `me` into the caller's id. */
  resolve?: (value: string) => string;
}

/** What may be asked of one list; everything else is refused by name. `Row` is what the list answers. */
export interface ListSpec<Row extends object> {
  /** `organizations o LEFT JOIN …` */
  from: string;
  /** Unique last sort key. */
  id: string;
  /** Answer property → SQL expression. */
  select: { [Property in keyof Row]-?: string };
  fields: Record<string, ListField>;
  /** Such as `name` or `-startsAt`. */
  defaultSort: string;
  /** SQL expression of the folded key `q=` searches; absent where there is no fuzzy search. */
  searchKey?: string;
  /** Always applied, without parameters. */
  where?: string;
  /** `include=` name → SQL expression giving JSON, answered under that name. */
  includes?: Record<string, string>;
}

export interface ListFilter {
  field: string;
  operator: FilterOperator;
  /** As written by the client; several for `in`. */
  values: string[];
}

/** A list request in the domain's terms; the API parses it from the query string. */
export interface ListRequest {
  filters: ListFilter[];
  /** Sort keys in order, `-` first for descending; empty means the default. */
  sort: string[];
  /** 1–200 */
  limit: number;
  cursor?: string;
  /** Folded by the caller of `listPage`. */
  q?: string;
  count: boolean;
  include: string[];
}

export interface Page<Row> {
  data: Row[];
  page: { limit: number; nextCursor: string | null; total?: number };
}

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

/** A request for everything by default rules, for use inside the program. */
export const listRequest = (request: Partial<ListRequest> = {}): ListRequest => ({
  filters: [],
  sort: [],
  limit: DEFAULT_LIMIT,
  count: false,
  include: [],
  ...request,
});
