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
  /** Condition in place of the usual comparison, for eq, in and contains; `bind` answers a value's placeholder. */
  condition?: (values: string[], bind: (value: unknown) => string) => string;
}

/**
 * Lists leave archived rows out; `filter[archived]=true` answers those alone. `column` is the archiving time, `but` a
 * condition that archived rows must meet as well.
 */
export const archivedField = (column: string, but = 'true'): ListField => ({
  column: `(${column} IS NOT NULL)`,
  kind: 'boolean',
  condition: ([value]) => (value === 'true' ? `${column} IS NOT NULL AND ${but}` : `${column} IS NULL`),
});

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
  /** SQL condition that `q=` sets, from the placeholder of the folded key; for lists whose rows are found by an index. */
  search?: (key: string) => string;
  /** For short lists of other rows: SQL expression of the folded key that `q=` reads row by row. */
  searchKey?: string;
  /** Always applied, without parameters. */
  where?: string;
  /** Conditions that apply unless the client filters by the field of that name. */
  unlessFiltered?: Record<string, string>;
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
