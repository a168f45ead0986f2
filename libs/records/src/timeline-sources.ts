import { Injectable } from '@nestjs/common';
import type { Permission } from '#access';
import type { RecordType } from './record-types.js';

/**
 * Where entries of timelines come from: SQL whose `$1` is the id of the record the timeline belongs to. The reader adds
 * the order by time, what comes after the cursor, and the limit, so that an index by subject and time answers a page.
 */
export interface TimelineSource {
  /** Unique; orders what happened at one moment. */
  name: string;
  /** Types of record it knows something of; all when absent. */
  of?: readonly RecordType[];
  /** What its entries may be called. */
  kinds: readonly string[];
  /** SQL of the kind, where there are several. */
  kind?: string;
  /** Tables, and the condition that narrows them to the subject. */
  from: string;
  where: string;
  /** When it happened: a timestamptz, never null. */
  at: string;
  /** Id of the row, which tells entries of one moment apart. */
  id: string;
  /** Id of the record it leads to. */
  about: string;
  /** Text; where it is absent or NULL, the title of the record it leads to. */
  title?: string;
  /** JSON object of further facts. */
  detail?: string;
  /** Name of whoever did it. */
  actor?: string;
  /** Condition that hides what the reader may not see; `may` takes the alias of a table with visibility and owner_ids. */
  visible?: (may: (alias: string) => string) => string;
  /** Needed to see these entries at all. */
  permission?: Permission;
}

/**
 * Tables of a source whose rows are found and ordered by `keys` (SQL of `at` and `id`) alone, as `x`: what there is to
 * tell of them is looked up one by one, for those that get onto the page only. Keys that an index holds in this order are
 * not even read any further; where several indexes do, each is `keys` of its own, and they are merged. `looks`: SQL by
 * alias that finds one row each.
 */
export const newestFirst = (keys: string | string[], looks: Record<string, string>): string =>
  [
    `(SELECT * FROM (${[keys].flat().map(inOrder).join(' UNION ALL ')}) k ORDER BY at DESC, id DESC) x`,
    // OFFSET 0 keeps the planner from joining whole tables instead.
    ...Object.entries(looks).map(([alias, sql]) => `CROSS JOIN LATERAL (${sql} OFFSET 0) ${alias}`),
  ].join(' ');

const inOrder = (keys: string): string => `(SELECT * FROM (${keys}) k ORDER BY at DESC, id DESC)`;

/** Joins the record, as `v`, that says who may see an entry; left out by the planner for those who may see everything. */
export const guardedBy = (column: string): string => ` LEFT JOIN records v ON v.id = ${column}`;

/** What the features have to tell about a record; each registers its own when its module starts. */
@Injectable()
export class TimelineSources {
  private readonly sources = new Map<string, TimelineSource>();

  /** Throws when a name is taken. */
  register(...sources: TimelineSource[]): void {
    for (const source of sources) {
      if (this.sources.has(source.name)) throw new Error(`There are two timeline sources named ${source.name}.`);
      this.sources.set(source.name, source);
    }
  }

  /** Those that know something of this type of record. */
  of(type: RecordType): TimelineSource[] {
    return [...this.sources.values()].filter((source) => !source.of || source.of.includes(type));
  }
}
