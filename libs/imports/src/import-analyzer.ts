import { Injectable } from '@nestjs/common';
import type { ImportState } from './import.js';
import { ImportLedger } from './import-ledger.js';
import type { AnalysisBatch, ImportTarget } from './import-target.js';
import { ImportTargets } from './import-targets.js';
import { mapHeader } from './header-mapping.js';
import { ImportsStore } from './imports.store.js';
import { RowMapper } from './row-mapping.js';

/** Rows analyzed in one transaction. */
const BATCH = 1_000;

/** Gives every row its verdict, batch by batch, in the order of the file. */
@Injectable()
export class ImportAnalyzer {
  constructor(
    private readonly store: ImportsStore,
    private readonly ledger: ImportLedger,
    private readonly targets: ImportTargets,
  ) {}

  /** One batch inside the open transaction; after the last one the import is ready, or runs on. */
  async step(state: ImportState): Promise<void> {
    const rows = await this.ledger.rowsAfter(state.id, state.analyzedThrough, BATCH);
    const last = rows.at(-1);
    if (!last) return this.finish(state);
    const target = demandTarget(this.targets, state.target);
    const analyzed = await target.analyze(this.batch(state, target, rows));
    await this.ledger.keep(state.id, analyzed);
    await this.store.advance(state.id, 'analyzed', last.rowNumber, rows.length);
  }

  private batch(
    state: ImportState,
    target: ImportTarget,
    rows: { rowNumber: number; cells: string[] }[],
  ): AnalysisBatch {
    const { columns } = mapHeader(state.header, target.fields, state.options.mapping);
    const mapper = new RowMapper(state.header, columns, target.fields);
    return {
      importId: state.id,
      mode: state.mode,
      dateOrder: state.options.dateOrder,
      header: (field) => state.header[columns.indexOf(field)] ?? null,
      rows: rows.map((row) => mapper.map(row)),
      findKeys: (keys) => this.ledger.findKeys(state.id, keys),
      findPlans: (rowNumbers) => this.ledger.findPlans(state.id, rowNumbers),
    };
  }

  private async finish(state: ImportState): Promise<void> {
    await this.ledger.forgetKeys(state.id);
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
