import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { AuditTrail } from '#audit';
import { Database } from '#database';
import type { ImportState } from './import.js';
import { demandTarget } from './import-analyzer.js';
import { recordImport } from './import-audit.js';
import { ImportLedger } from './import-ledger.js';
import type { ImportTarget, LostRow } from './import-target.js';
import { ImportTargets } from './import-targets.js';
import { ImportsStore } from './imports.store.js';

/** Rows written in one transaction: what a crash can make a worker do again, and how long a cancellation waits. */
const BATCH = 1_000;

/** SQLSTATE class 23, integrity constraint violation: a row met something that was not there at its analysis. */
const INTEGRITY = /^23/;

/** Writes what was planned, batch by batch; a row that no longer fits becomes an error and stops nobody else. */
@Injectable()
export class ImportCommitter {
  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly ledger: ImportLedger,
    private readonly targets: ImportTargets,
    private readonly trail: AuditTrail,
  ) {}

  /** One batch inside the open transaction; after the last one the import is completed. */
  async step(state: ImportState): Promise<void> {
    const end = await this.ledger.batchEnd(state.id, state.committedThrough, BATCH);
    if (!end) return this.finish(state);
    const target = demandTarget(this.targets, state.target);
    const lost = await this.write(target, state, state.committedThrough + 1, end.to, state.anyLost);
    if (lost.length > 0) await this.store.addLost(state.id, lost.length);
    await this.store.advance(state.id, 'committed', end.to, end.rows);
    if (lost.length > 0) await this.store.recount(state.id);
  }

  /** What breaks a constraint of the database is halved until the one row that does so stands alone. */
  private async write(
    target: ImportTarget,
    state: ImportState,
    from: number,
    to: number,
    anyLost: boolean,
  ): Promise<LostRow[]> {
    await this.database.query('SAVEPOINT import_batch');
    try {
      const lost = await target.commit({ importId: state.id, from, to, anyLost });
      if (lost.length > 0) await this.ledger.markLost(state.id, lost);
      await this.database.query('RELEASE SAVEPOINT import_batch');
      return lost;
    } catch (error) {
      if (!isIntegrityFault(error)) throw error;
      await this.database.query('ROLLBACK TO SAVEPOINT import_batch');
      await this.database.query('RELEASE SAVEPOINT import_batch');
    }
    if (from === to) return this.loseOne(state.id, from);
    const middle = Math.floor((from + to) / 2);
    const left = await this.write(target, state, from, middle, anyLost);
    return [...left, ...(await this.write(target, state, middle + 1, to, anyLost || left.length > 0))];
  }

  private async loseOne(importId: string, rowNumber: number): Promise<LostRow[]> {
    const message = 'What is stored has changed since the analysis; the row no longer fits.';
    const lost = [{ rowNumber, problem: { column: null, code: 'changed_since', message } }];
    await this.ledger.markLost(importId, lost);
    return lost;
  }

  private async finish(state: ImportState): Promise<void> {
    await this.store.become(state.id, 'completed');
    await recordImport(this.database, this.trail, state.id);
  }
}

function isIntegrityFault(error: unknown): boolean {
  return error instanceof QueryFailedError && INTEGRITY.test((error.driverError as { code?: string }).code ?? '');
}
