import { Injectable } from '@nestjs/common';
import { may } from '#access';
import {
  BadListRequest,
  currentActor,
  Database,
  decodeCursor,
  DEFAULT_LIMIT,
  encodeCursor,
  filterSql,
  type ListField,
  type ListFilter,
  type ListRequest,
  listRequest,
  type ListSpec,
  OPERATORS,
  type Page,
  parameterName,
  Parameters,
} from '#database';
import type { RecordReference, RecordType } from './record-types.js';
import { RecordsReader, visibleSql } from './records.reader.js';
import { type TimelineSource, TimelineSources } from './timeline-sources.js';

export interface TimelineEntry {
  at: Date;
  kind: string;
  title: string;
  about: { type: string; id: string; title: string } | null;
  detail: Record<string, unknown> | null;
  actor: string | null;
}

/** The first of the entries of one kind that have one status, as `detail` says. */
export interface FirstOfKind {
  kind: string;
  status: string | null;
  /** When the first of them was, or is to be. */
  first: Date;
  /** The record it leads to. */
  firstId: string | null;
}

const KIND: ListField = { column: 'kind', kind: 'text' };
const AT: ListField = { column: 'at', kind: 'instant', sortable: true };

/** What may be asked of a timeline; its SQL is put together from the sources. */
export const timelineList: ListSpec<TimelineEntry> = {
  from: 'timeline',
  id: 'id',
  select: { at: 'at', kind: 'kind', title: 'title', about: 'about', detail: 'detail', actor: 'actor' },
  fields: { kind: KIND, at: AT },
  defaultSort: '-at',
};

const KEYS = ['at', 'source', 'id'] as const;
const ORDER = 'at DESC, source DESC, id DESC';

type Row = TimelineEntry & { __at: string; source: string; id: string };

/** Answers everything that touched a record, newest first, in one query. */
@Injectable()
export class TimelinesReader {
  /** SQL of first pages by what it depends on: the type of the record, and who asks. */
  private readonly firstPages = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly records: RecordsReader,
    private readonly sources: TimelineSources,
  ) {}

  /** Throws NotFound, also where the record is not for the caller's eyes; BadListRequest. */
  async of(type: RecordType, id: string, request: ListRequest): Promise<Page<TimelineEntry>> {
    const question = new Question(request, this.sources.of(type), { type, id });
    const page = question.toPage(await this.rows(question, request, { type, id }));
    if (page.data.length === 0) await this.records.demandVisible(type, id);
    if (request.count) {
      const all = new Question({ ...request, cursor: undefined }, this.sources.of(type), { type, id });
      const counted = await this.database.queryOne<{ total: number }>(all.count(), all.parameters.values);
      page.page.total = counted?.total ?? 0;
    }
    return page;
  }

  /** The first entries of some kinds, by status, as far as the caller may know; nothing of a record that is not there. */
  firstOf(type: RecordType, id: string, kinds: string[]): Promise<FirstOfKind[]> {
    const filters: ListFilter[] = [{ field: 'kind', operator: 'in', values: kinds }];
    const question = new Question(listRequest({ filters }), this.sources.of(type), { type, id });
    return this.database.query<FirstOfKind>(question.first(), question.parameters.values);
  }

  /** The first page is what everybody asks for, and two dozen sources take longer to plan, and to write down, than to read. */
  private rows(question: Question, request: ListRequest, { type, id }: RecordReference): Promise<Row[]> {
    const { cursor, filters, limit } = request;
    const usual = cursor === undefined && filters.length === 0 && limit <= DEFAULT_LIMIT;
    if (!usual) return this.database.query<Row>(question.page(), question.parameters.values);
    const { role, id: reader } = currentActor();
    const key = `${type} ${role} ${reader === null ? 'nobody' : 'somebody'}`;
    const sql = this.firstPages.get(key) ?? question.page();
    this.firstPages.set(key, sql);
    return this.database.prepared<Row>(sql, sql.includes('$2') ? [id, reader] : [id]);
  }
}

/** One request put to the sources of one record. */
class Question {
  readonly parameters = new Parameters();
  private readonly kinds: ListFilter[];
  private readonly times: ListFilter[];
  private readonly after: string[] | undefined;
  private readonly asked: TimelineSource[];
  /** Placeholder of the reader's id. */
  private reader: string | undefined;

  constructor(
    private readonly request: ListRequest,
    sources: TimelineSource[],
    private readonly subject: RecordReference,
  ) {
    this.parameters.add(subject.id);
    demandPlain(request);
    this.kinds = request.filters.filter(({ field }) => field === 'kind');
    this.times = request.filters.filter(({ field }) => field === 'at');
    demandKinds(this.kinds, sources);
    this.after = cursorOf(request);
    const { role } = currentActor();
    this.asked = sources
      .filter(({ permission }) => !permission || may(role, permission))
      .filter(({ kinds }) => kinds.some((kind) => this.kinds.every((filter) => allows(filter, kind))));
  }

  page(): string {
    // Short pages read as much as a usual one, so that they are the same statement.
    const limit = Math.max(this.request.limit, DEFAULT_LIMIT) + 1;
    const parts = this.asked.map(
      (source) => `(${this.part(source)} ORDER BY ${source.at} DESC, ${source.id} DESC LIMIT ${limit})`,
    );
    return `
      SELECT t.at, t.source, t.kind, t.id, coalesce(t.title, r.title, '') AS title, t.detail, t.actor, t.at::text AS "__at",
        CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('type', r.type, 'id', r.id, 'title', r.title) END AS about
      FROM (SELECT * FROM ${this.all(parts)} ORDER BY ${ORDER} LIMIT ${limit}) t
      LEFT JOIN records r ON r.id = t.about_id AND ${this.visible('r')}
      ORDER BY ${ORDER}`;
  }

  count(): string {
    const parts = this.asked.map((source) => this.part(source));
    return `SELECT count(*)::int AS total FROM ${this.all(parts)}`;
  }

  first(): string {
    return `
      SELECT DISTINCT ON (kind, status) kind, detail->>'status' AS status, at AS first, about_id AS "firstId"
      FROM ${this.all(this.asked.map((source) => this.part(source)))} ORDER BY kind, status, at, id`;
  }

  /** All parts together, and nothing at all of a record that is not there for the reader. */
  private all(parts: string[]): string {
    const { type } = this.subject;
    return `(${parts.length > 0 ? parts.join(' UNION ALL ') : NOTHING}) parts
      WHERE (SELECT true FROM records s WHERE s.id = $1 AND s.type = '${type}' AND ${this.visible('s')})`;
  }

  toPage(rows: Row[]): Page<TimelineEntry> {
    const { limit } = this.request;
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const nextCursor = last ? encodeCursor(this.request, [last.__at, last.source, last.id]) : null;
    return { data: rows.slice(0, limit), page: { limit, nextCursor } };
  }

  private part(source: TimelineSource): string {
    const kind = source.kind ?? `'${source.kinds[0]}'`;
    const where = [
      source.where,
      ...(source.visible ? [source.visible((alias) => this.visible(alias))] : []),
      ...this.times.map((filter) => filterSql(filter, { ...AT, column: source.at }, this.parameters)),
      ...this.kinds.map((filter) => filterSql(filter, { ...KIND, column: `(${kind})` }, this.parameters)),
      ...this.afterSql(source),
    ];
    return `SELECT ${source.at} AS at, '${source.name}'::text COLLATE "C" AS source, ${kind} AS kind, ${source.id} AS id, ${source.about} AS about_id,
      ${source.title ?? 'NULL::text'} AS title, ${source.detail ?? 'NULL::jsonb'} AS detail, ${source.actor ?? 'NULL::text'} AS actor
      FROM ${source.from} WHERE ${where.join(' AND ')}`;
  }

  private visible(alias: string): string {
    return visibleSql(alias, currentActor(), (id) => (this.reader ??= this.parameters.add(id)));
  }

  /** What comes after the last entry seen, told to each source in terms of its own index. */
  private afterSql(source: TimelineSource): string[] {
    if (!this.after) return [];
    const [at, name = '', id] = this.after;
    const time = `${this.parameters.add(at)}::timestamptz`;
    if (source.name !== name) return [`${source.at} ${source.name < name ? '<=' : '<'} ${time}`];
    return [`(${source.at}, ${source.id}) < (${time}, ${this.parameters.add(id)}::uuid)`];
  }
}

const NOTHING = `SELECT now() AS at, '' AS source, '' AS kind, NULL::uuid AS id, NULL::uuid AS about_id, '' AS title,
  NULL::jsonb AS detail, '' AS actor WHERE false`;

/** A timeline has one order, and nothing to search or include. */
function demandPlain(request: ListRequest): void {
  const { sort, q, include } = request;
  if (sort.some((word) => word !== '-at'))
    throw BadListRequest.parameter('sort', 'unknown_parameter', 'A timeline is sorted by -at.');
  if (q !== undefined) throw BadListRequest.parameter('q', 'unknown_parameter', 'A timeline has no search.');
  if (include.length > 0)
    throw BadListRequest.parameter('include', 'unknown_parameter', 'A timeline includes nothing.');
  for (const filter of request.filters) {
    const field = filter.field === 'kind' ? KIND : filter.field === 'at' ? AT : undefined;
    if (field && OPERATORS[field.kind].includes(filter.operator)) continue;
    const allowed = field ? OPERATORS[field.kind].join(', ') : 'kind, at';
    throw BadListRequest.parameter(
      parameterName(filter),
      'unknown_parameter',
      `"${field ? filter.operator : filter.field}" is not possible in filter; allowed: ${allowed}.`,
    );
  }
}

function demandKinds(filters: ListFilter[], sources: TimelineSource[]): void {
  if (filters.length === 0) return;
  const known = [...new Set(sources.flatMap(({ kinds }) => kinds))].sort();
  for (const filter of filters) {
    if (!['eq', 'ne', 'in'].includes(filter.operator) || filter.values.every((kind) => known.includes(kind))) continue;
    const name = parameterName(filter);
    throw BadListRequest.parameter(name, 'bad_value', `${name} takes ${known.join(', ')}.`);
  }
}

/** Whether entries of this kind can pass the filter. */
function allows({ operator, values }: ListFilter, kind: string): boolean {
  if (operator === 'eq' || operator === 'in') return values.includes(kind);
  return operator !== 'ne' || values[0] !== kind;
}

function cursorOf(request: ListRequest): string[] | undefined {
  const position = decodeCursor(request, KEYS.length);
  const parts = position?.filter((part) => part !== null);
  if (parts === undefined || parts.length === KEYS.length) return parts;
  throw BadListRequest.parameter('cursor', 'bad_cursor', 'The cursor is damaged; start again without it.');
}
