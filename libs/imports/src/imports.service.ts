import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { AuditTrail } from '#audit';
import { currentScope, Database, Transactional } from '#database';
import { Invalid } from '#faults';
import { JobQueues } from '#queue';
import type { Detected, ImportOptions, ImportState } from './import.js';
import { ENCODINGS, namedEncoding } from './encodings.js';
import { ImportFile } from './import-file.js';
import { type ImportStatus, mayBecome } from './import-status.js';
import type { ImportTarget } from './import-target.js';
import { ImportTargets } from './import-targets.js';
import { mapHeader } from './header-mapping.js';
import { ImportStateConflict, NothingWritten, UploadsBusy } from './imports.errors.js';
import { ImportsStore } from './imports.store.js';
import { recordImport } from './import-audit.js';
import { copyRows } from './row-copy.js';

/** Files read at once by one process; each holds a database connection. */
const UPLOADS = 3;

/** Takes files in, and does what people decide about them; the worker does the rest. */
@Injectable()
export class ImportsService {
  private uploads = 0;

  constructor(
    readonly database: Database,
    private readonly store: ImportsStore,
    private readonly targets: ImportTargets,
    private readonly queues: JobQueues,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Reads a file into the staging tables, all or nothing, and lets a worker analyze it. Answers the new import's id.
   * The content is iterated more than once.
   * Throws Invalid, UnreadableFile, HeaderMismatch, FileTooLarge, UploadsBusy.
   */
  async upload(file: { name: string; content: AsyncIterable<Buffer> }, options: ImportOptions): Promise<string> {
    const target = this.demandTarget(options);
    if (this.uploads >= UPLOADS) throw new UploadsBusy();
    this.uploads++;
    try {
      return await this.database.transaction(() => this.stage(file, options, target));
    } finally {
      this.uploads--;
    }
  }

  /** Writes what the analysis planned. Throws NotFound, ImportStateConflict. */
  @Transactional()
  async commit(id: string): Promise<void> {
    await this.become(id, 'running', 'committed');
    this.database.afterCommit(() => this.queues.poke('imports'));
  }

  /** Ends the import after the batch at hand; what is written stays. Throws NotFound, ImportStateConflict. */
  @Transactional()
  async cancel(id: string): Promise<void> {
    await this.become(id, 'cancelled', 'cancelled');
    await this.store.recount(id);
    await recordImport(this.database, this.trail, id);
  }

  /**
   * Takes back what an import that has come to its end has written, but for what people have changed since or what
   * others need; a worker does it. Throws NotFound, ImportStateConflict, also when nothing was written.
   */
  @Transactional()
  async revert(id: string): Promise<void> {
    const { committedThrough } = await this.become(id, 'reverting', 'reverted');
    if (committedThrough === 0) throw new NothingWritten();
    const { actor, requestId } = currentScope();
    await this.store.beginRetreat(id, { actor, requestId });
    this.database.afterCommit(() => this.queues.poke('imports'));
  }

  private async become(id: string, status: ImportStatus, wanted: string): Promise<ImportState> {
    const current = await this.store.lock(id);
    // Only what is ready may be committed: a running import is on its way already.
    if (!mayBecome(current.status, status) || (status === 'running' && current.status !== 'ready')) {
      throw new ImportStateConflict(current.status, wanted);
    }
    await this.store.become(id, status);
    return current;
  }

  private demandTarget(options: ImportOptions): ImportTarget {
    const target = this.targets.find(options.target);
    if (!target) {
      const names = this.targets.names.join(', ');
      throw Invalid.field(
        '/options/target',
        'unknown_target',
        `There is no target "${options.target}"; there is: ${names}.`,
      );
    }
    if (options.encoding !== undefined && !namedEncoding(options.encoding)) {
      const message = `There is no encoding "${options.encoding}"; there are: ${ENCODINGS.join(', ')}.`;
      throw Invalid.field('/options/encoding', 'unsupported_encoding', message);
    }
    return target;
  }

  private async stage(
    file: { name: string; content: AsyncIterable<Buffer> },
    options: ImportOptions,
    target: ImportTarget,
  ): Promise<string> {
    const id = v7();
    const read = new ImportFile(file.content, options);
    const records = await read.open();
    const mapped = mapHeader(read.header, target.fields, options.mapping);
    let rows = 0;
    await copyRows(
      this.database,
      'import_rows (import_id, row_number, line_number, cells)',
      (async function* () {
        for await (const { rowNumber, lineNumber, cells } of records) {
          rows++;
          yield [id, rowNumber, lineNumber, JSON.stringify(cells)];
        }
      })(),
    );
    await this.insert(id, file.name, options, read, await read.detected(mapped), rows);
    this.database.afterCommit(() => this.queues.poke('imports'));
    return id;
  }

  private async insert(
    id: string,
    fileName: string,
    options: ImportOptions,
    file: ImportFile,
    detected: Detected,
    rows: number,
  ): Promise<void> {
    const { actor, requestId } = currentScope();
    await this.database.query(
      `INSERT INTO imports (id, version, target, mode, status, options, actor, request_id, file_name, file_bytes, file_hash,
                            header, detected, row_count)
       VALUES ($1, 1, $2, $3, 'analyzing', $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        id,
        options.target,
        options.mode,
        JSON.stringify(options),
        JSON.stringify(actor),
        requestId ?? null,
        fileName,
        file.bytes,
        file.digest(),
        file.header,
        JSON.stringify(detected),
        rows,
      ],
    );
  }
}
