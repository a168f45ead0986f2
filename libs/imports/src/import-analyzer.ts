import { Injectable } from '@nestjs/common';
import { currentScope, inScope } from '#database';
import type { ImportState } from './import.js';
import { FileKeys, type OpenKeys } from './file-keys.js';
import { ImportLedger } from './import-ledger.js';
import type { AnalysisBatch, ImportTarget } from './import-target.js';
import { ImportTargets } from './import-targets.js';
import { columnNames, mapHeader } from './header-mapping.js';
import { ImportsStore } from './imports.store.js';
import { RowMapper, type StagedRow } from './row-mapping.js';

/** Rows analyzed in one transaction: what a batch makes is garbage at its end, and less of it outlives the young generation. */
const BATCH = 500;

/** The rows of a batch to come, on their way from PostgreSQL. */
interface Ahead {
  importId: string;
  after: number;
  rows: Promise<StagedRow[]>;
  arrived: boolean;
}

/** Gives every row its verdict, batch by batch, in the order of the file. */
@Injectable()
export class ImportAnalyzer {
  private ahead?: Ahead;

  constructor(
    private readonly store: ImportsStore,
    private readonly ledger: ImportLedger,
    private readonly keys: FileKeys,
    private readonly targets: ImportTargets,
  ) {}

  /** One batch inside the open transaction; after the last one the import is ready, or runs on. */
  async step(state: ImportState): Promise<void> {
    const rows = await this.rows(state);
    const last = rows.at(-1);
    if (!last) return this.finish(state);
    const target = demandTarget(this.targets, state.target);
    const keys = await this.keys.open(state.id, state.analyzedThrough);
    if (last.rowNumber < state.rowCount) this.fetchAhead(state.id, last.rowNumber);
    const analyzed = await target.analyze(this.batch(state, target, rows, keys));
    await this.ledger.keep(state.id, analyzed);
    await keys.keep([...analyzed.newKeys, ...analyzed.grownKeys], last.rowNumber);
    await this.store.advance(state.id, 'analyzed', last.rowNumber, rows.length);
  }

  /**
   * The next batch comes over while this one is thought about, outside its transaction: the rows of a file never
   * change. One at a time, so that imports which hold a connection each do not all wait for another.
   */
  private fetchAhead(importId: string, after: number): void {
    if (this.ahead && !this.ahead.arrived) return;
    const alone = { ...currentScope(), transaction: undefined };
    const rows = inScope(alone, () => this.ledger.rowsAfter(importId, after, BATCH));
    const ahead: Ahead = { importId, after, rows, arrived: false };
    const arrive = (): void => void (ahead.arrived = true);
    // Whoever takes the rows learns of a failure.
    rows.then(arrive, arrive);
    this.ahead = ahead;
  }

  private rows({ id, analyzedThrough }: ImportState): Promise<StagedRow[]> {
    const { ahead } = this;
    if (ahead?.importId === id && ahead.after === analyzedThrough) return ahead.rows;
    return this.ledger.rowsAfter(id, analyzedThrough, BATCH);
  }

  private batch(state: ImportState, target: ImportTarget, rows: StagedRow[], keys: OpenKeys): AnalysisBatch {
    const { columns } = mapHeader(state.header, target.fields, state.options.mapping);
    const names = columnNames(state.header);
    const mapper = new RowMapper(names, columns, target.fields);
    const headers = new Map(columns.map((field, at) => [field, names[at] ?? null]));
    return {
      importId: state.id,
      mode: state.mode,
      dateOrder: state.options.dateOrder,
      header: (field) => headers.get(field) ?? null,
      rows: rows.map((row) => mapper.map(row)),
      findKeys: (wanted) => keys.find(wanted),
      findPlans: (rowNumbers) => this.ledger.findPlans(state.id, rowNumbers),
    };
  }

  private async finish(state: ImportState): Promise<void> {
    this.ahead = this.ahead?.importId === state.id ? undefined : this.ahead;
    await this.keys.forget(state.id);
    await this.store.recount(state.id);
    await this.store.become(state.id, state.options.commit ? 'running' : 'ready');
  }
}

/** Throws when the feature that took the file in is gone from this program. */
export function demandTarget(targets: ImportTargets, name: string): ImportTarget {
  const target = targets.find(name);
  if (!target) throw new Error(`Nobody knows what a row of ${name} means.`);
  return target;
}
