import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { currentScope, Database, inScope } from '#database';
import type { ImportState } from './import.js';
import { ImportAnalyzer } from './import-analyzer.js';
import { ImportCommitter } from './import-committer.js';
import { ImportReverter } from './import-reverter.js';
import { AT_WORK, type ImportStatus } from './import-status.js';
import { ImportsStore, type WaitingImport } from './imports.store.js';

/** Workers that may die or fail at one batch before the import is given up. */
const ATTEMPTS = 8;
/** Seconds an import rests after a failure of the machinery, times the failures so far. */
const REST = 2;
/** Imports handed out by one sweep. */
const MOST = 20;

/** Does the work of imports in a worker process. Any number of processes may do so at once. */
@Injectable()
export class ImportsRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportsRunner.name);
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly analyzer: ImportAnalyzer,
    private readonly committer: ImportCommitter,
    private readonly reverter: ImportReverter,
  ) {}

  /** Imports that wait for a worker, also those whose worker died a few seconds ago. */
  sweep(): Promise<WaitingImport[]> {
    return this.store.waiting(MOST);
  }

  /**
   * Takes an import as far as it goes: to `ready`, to its end, or all the way back. Does nothing when another worker is at it. Each batch
   * is a transaction that also keeps how far it came, so whoever comes next goes on behind the last one committed.
   */
  async work(id: string): Promise<void> {
    const lease = randomUUID();
    if (this.stopping || !(await this.store.claim(id, lease))) return;
    try {
      while (!this.stopping && (await this.step(id, lease)));
      await this.store.release(id, lease);
    } catch (error) {
      await this.rest(id, lease, error);
    }
  }

  /** Lets the batch at hand end; the lease is given back. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** One batch; false when there is nothing left to do, or when the import is another worker's now. */
  private step(id: string, lease: string): Promise<boolean> {
    return this.database.transaction(async () => {
      // An import fills tables faster than their statistics follow; a plan made for the empty table would read all of it.
      await this.database.query('SET LOCAL enable_seqscan = off');
      const state = await this.store.renew(id, lease);
      if (!state || !isAtWork(state.status)) return false;
      if (state.attempts > ATTEMPTS) await this.giveUp(state);
      else await this.inNameOf(state, () => this.phase(state.status).step(state));
      return true;
    });
  }

  private phase(status: ImportStatus): ImportAnalyzer | ImportCommitter | ImportReverter {
    if (status === 'reverting') return this.reverter;
    return status === 'analyzing' ? this.analyzer : this.committer;
  }

  /** Whoever brought the file, or wants it taken back, stands in the audit trail. */
  private inNameOf<T>(state: ImportState, work: () => Promise<T>): Promise<T> {
    return inScope({ ...currentScope(), actor: state.actor, requestId: state.requestId ?? undefined }, work);
  }

  private async giveUp(state: ImportState): Promise<void> {
    this.logger.error(`Import ${state.id} was given up after ${ATTEMPTS} attempts at one batch.`);
    await this.store.become(state.id, 'failed');
    await this.store.recount(state.id);
  }

  private async rest(id: string, lease: string, error: unknown): Promise<void> {
    this.logger.error(`Import ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    await this.store.backOff(id, lease, REST, error instanceof Error ? error.message : String(error));
  }
}

const isAtWork = (status: ImportStatus): boolean => (AT_WORK as readonly ImportStatus[]).includes(status);
