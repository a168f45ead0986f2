import type { Database } from '#database';
import { type Loser, type Mapping, type MergeJournal, type MoveKind, quoted } from './merge-journal.js';
import { completion, easing, uniqueRules } from './merge-rules.js';
import type { LinkedTable, MergeSchema, UniqueRule } from './merge-schema.js';

/** The mapping as a table `map` of a statement whose first parameter it is. */
export const MAP = `map AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS m (merge_from uuid, merge_to uuid, merge_rank int))`;
/** Every id of the mapping, both ways. */
const IDS = 'ARRAY(SELECT merge_from FROM map UNION ALL SELECT merge_to FROM map)';

/** The mapping as the statements take it. */
export const mapRows = (mappings: Mapping[]): Record<string, string | number>[] =>
  mappings.map(({ from, to, rank }) => ({ merge_from: from, merge_to: to, merge_rank: rank }));

/** The mapping as a join inside a journaled change: rows whose `column` becomes another id. */
export const mappedBy = (column: string): string =>
  `JOIN jsonb_to_recordset(given.extra) AS map (merge_from uuid, merge_to uuid, merge_rank int) ON map.merge_from = t.${quoted(column)}`;

/** Lets everything that points at some ids point at others, and sets aside what then would be there twice. */
export class MergeMover {
  constructor(
    private readonly database: Database,
    private readonly schema: MergeSchema,
    private readonly journal: MergeJournal,
  ) {}

  /** Makes room first, in every table, then moves; `prepare` comes between the two. */
  async move(targets: string[], mappings: Mapping[], prepare: (tables: LinkedTable[]) => Promise<void>): Promise<void> {
    const tables = await this.schema.pointingAt(targets);
    for (const table of tables) await this.makeRoom(table, mappings);
    await prepare(tables);
    for (const table of tables) await this.point(table, 'moved', targets, mappings);
  }

  private async follow(table: LinkedTable, mappings: Mapping[]): Promise<void> {
    const ids = mappings.map(({ from }) => from);
    const recorded = await this.database.queryOne('SELECT FROM records WHERE id = ANY($1::uuid[]) LIMIT 1', [ids]);
    const targets = [table.name, ...(recorded ? ['records'] : [])];
    const tables = await this.schema.pointingAt(targets);
    for (const pointing of tables) await this.makeRoom(pointing, mappings);
    for (const pointing of tables) await this.point(pointing, 'followed', targets, mappings);
  }

  /** The rows of what moves keep their own links: they are history. */
  private async point(table: LinkedTable, kind: MoveKind, targets: string[], mappings: Mapping[]): Promise<void> {
    const others = targets.includes(table.name)
      ? `NOT EXISTS (SELECT FROM jsonb_array_elements(given.extra) e WHERE (e.value->>'merge_from')::uuid = t.id)`
      : 'true';
    for (const column of table.columns) {
      await this.journal.change({
        table,
        kind,
        column,
        set: { [column]: 'map.merge_to' },
        from: mappedBy(column),
        where: others,
        extra: mapRows(mappings),
      });
    }
  }

  private async makeRoom(table: LinkedTable, mappings: Mapping[]): Promise<void> {
    for (const rule of uniqueRules(table)) {
      const losers = await this.database.query<Loser>(losersSql(table, rule), [JSON.stringify(mapRows(mappings))]);
      if (losers.length === 0) continue;
      const eased = easing(rule);
      if (eased) await this.ease(table, eased, losers);
      else await this.setAside(table, losers);
    }
  }

  private async ease(
    table: LinkedTable,
    eased: NonNullable<ReturnType<typeof easing>>,
    losers: Loser[],
  ): Promise<void> {
    await this.journal.change({
      table,
      ...eased,
      from: `JOIN jsonb_array_elements(given.extra) l ON ${sameKey(table, 't', `l.value->'key'`)}`,
      where: 'true',
      extra: losers,
    });
  }

  /** What pointed at a row set aside points at the one that stays, which takes over what it lacks. */
  private async setAside(table: LinkedTable, losers: Loser[]): Promise<void> {
    if (table.key.join() === 'id') {
      const mappings = losers.map(({ key, survivor }, rank) => ({
        from: String(key.id),
        to: String(survivor.id),
        rank: rank + 1,
      }));
      await this.follow(table, mappings);
      for (const round of rounds(losers)) await this.complete(table, round);
    }
    await this.journal.setAside(table, losers);
  }

  private async complete(table: LinkedTable, losers: Loser[]): Promise<void> {
    const completed = completion(table.name);
    if (!completed) return;
    await this.journal.change({
      table,
      kind: 'completed',
      set: completed.set,
      from: `JOIN jsonb_array_elements(given.extra) l ON ${sameKey(table, 't', `l.value->'survivor'`)}
        JOIN ${table.name} a ON ${sameKey(table, 'a', `l.value->'key'`)}`,
      where: completed.when,
      extra: losers,
    });
  }
}

const sameKey = (table: LinkedTable, alias: string, json: string): string =>
  table.key
    .map((key) => `${alias}.${quoted(key)} = (jsonb_populate_record(NULL::${table.name}, ${json})).${quoted(key)}`)
    .join(' AND ');

/** Losers in rounds, so that no round has two of one survivor. */
function rounds(losers: Loser[]): Loser[][] {
  const answer: Loser[][] = [];
  const seen = new Map<string, number>();
  for (const loser of losers) {
    const survivor = JSON.stringify(loser.survivor);
    const round = seen.get(survivor) ?? 0;
    seen.set(survivor, round + 1);
    (answer[round] ??= []).push(loser);
  }
  return answer;
}

/** Rows that would break a rule once all ids are mapped: all but the first of each value, the kept record's own first. */
function losersSql(table: LinkedTable, rule: UniqueRule): string {
  const linked = rule.columns.filter((column) => table.columns.includes(column));
  const values = rule.columns.map((column) => {
    const at = linked.indexOf(column);
    return at < 0 ? column : `coalesce(m${at}.merge_to, t.${quoted(column)})`;
  });
  const names = values.map((_, i) => `u${i}`);
  const rank = `greatest(${linked.map((_, i) => `coalesce(m${i}.merge_rank, 0)`).join(', ')})`;
  return `
    WITH ${MAP}, wanted AS (
      SELECT jsonb_build_object(${table.key.map((key) => `'${key}', t.${quoted(key)}`).join(', ')}) AS key,
        ${values.map((value, i) => `${value} AS u${i}`).join(', ')}, ${rank} AS place_of
      FROM ${table.name} t ${linked.map((column, i) => `LEFT JOIN map m${i} ON m${i}.merge_from = t.${quoted(column)}`).join(' ')}
      WHERE (${linked.map((column) => `t.${quoted(column)} = ANY(${IDS})`).join(' OR ')}) AND ${rule.predicate ?? 'true'}
    ), placed AS (
      SELECT key, row_number() OVER same AS place, first_value(key) OVER same AS survivor FROM wanted
      WHERE ${rule.nullsEqual ? 'true' : names.map((name) => `${name} IS NOT NULL`).join(' AND ')}
      WINDOW same AS (PARTITION BY ${names.join(', ')} ORDER BY place_of, key::text)
    ) SELECT key, survivor FROM placed WHERE place > 1 ORDER BY survivor::text, place`;
}
