import { Test, type TestingModule } from '@nestjs/testing';
import { AccessModule } from '#access';
import { AuditModule } from '#audit';
import { CalendarModule } from '#calendar';
import { ConfigModule, loadConfig } from '#config';
import { Database, DatabaseModule, listRequest } from '#database';
import {
  type ImportOptions,
  type ImportRow,
  type ImportedRow,
  ImportsReader,
  ImportsRunner,
  ImportsService,
} from '#imports';
import { MemberListsModule } from '#member-lists';
import { MembersModule, MembershipTiersService } from '#members';
import { QueueModule } from '#queue';
import { RecordsModule } from '#records';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** Imports without HTTP and without a worker process: the test itself is the worker. */
export class ImportsContext {
  private constructor(
    private readonly module: TestingModule,
    private readonly testDatabase: TestDatabase,
  ) {}

  /** With the queue on Redis where a URL is given. */
  static async start(redisUrl?: string): Promise<ImportsContext> {
    const testDatabase = await createTestDatabase();
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(loadConfig({ JWT_SECRET: 'a secret of the tests that is long enough' })),
        AccessModule,
        DatabaseModule.forRoot(testDatabase.url),
        QueueModule.forRoot({ databaseUrl: testDatabase.url, redisUrl }),
        AuditModule,
        CalendarModule,
        RecordsModule,
        MembersModule,
        MemberListsModule,
      ],
    }).compile();
    module.useLogger(false);
    await module.init();
    const context = new ImportsContext(module, testDatabase);
    await context.addTiers('platinum', 'gold', 'silver', 'associate');
    return context;
  }

  get database(): Database {
    return this.module.get(Database);
  }
  get databaseUrl(): string {
    return this.testDatabase.url;
  }
  get service(): ImportsService {
    return this.module.get(ImportsService);
  }
  get runner(): ImportsRunner {
    return this.module.get(ImportsRunner);
  }
  get reader(): ImportsReader {
    return this.module.get(ImportsReader);
  }
  get<T>(type: new (...args: never[]) => T): T {
    return this.module.get<T>(type);
  }

  async addTiers(...codes: string[]): Promise<void> {
    for (const code of codes) {
      await this.get(MembershipTiersService).create({ code, name: `${code} member`, annualDues: null, graceDays: 30 });
    }
  }

  /** Takes a file in, which is read more than once; nobody analyzes it yet. */
  upload(csv: string | Buffer | Iterable<string>, options: Partial<ImportOptions> = {}): Promise<string> {
    const parts = typeof csv === 'string' || Buffer.isBuffer(csv) ? [csv] : csv;
    const content = {
      async *[Symbol.asyncIterator]() {
        for (const part of parts) yield Buffer.from(part as string);
      },
    };
    return this.service.upload({ name: 'members.csv', content }, { target: 'members', mode: 'upsert', ...options });
  }

  async analyze(csv: string | Buffer | Iterable<string>, options: Partial<ImportOptions> = {}): Promise<ImportRow> {
    const id = await this.upload(csv, options);
    await this.runner.work(id);
    return this.reader.get(id);
  }

  /** From the file to the last row. */
  async import(csv: string | Buffer | Iterable<string>, options: Partial<ImportOptions> = {}): Promise<ImportRow> {
    return this.analyze(csv, { commit: true, ...options });
  }

  async commit(id: string): Promise<ImportRow> {
    await this.service.commit(id);
    await this.runner.work(id);
    return this.reader.get(id);
  }

  /** Commits, and cancels between the first batch that wrote something and the next, however fast the machine is. */
  async commitAndCancel(id: string): Promise<ImportRow> {
    await this.service.commit(id);
    const step = this.runner['step'].bind(this.runner);
    this.runner['step'] = async (...args) => {
      const goesOn = await step(...args);
      const { status, committedThrough } = await this.reader.get(id);
      if (status === 'running' && committedThrough > 0) await this.service.cancel(id);
      return goesOn;
    };
    try {
      await this.runner.work(id);
    } finally {
      this.runner['step'] = step;
    }
    return this.reader.get(id);
  }

  async revert(id: string): Promise<ImportRow> {
    await this.service.revert(id);
    await this.runner.work(id);
    return this.reader.get(id);
  }

  async rows(id: string): Promise<ImportedRow[]> {
    return (await this.reader.rows(id, listRequest({ limit: 200 }))).data;
  }

  /** Waits for worker processes to bring an import to a state. */
  async until(id: string, fits: (row: ImportRow) => boolean, seconds = 60): Promise<ImportRow> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const row = await this.reader.get(id);
      if (fits(row)) return row;
      if (Date.now() > deadline) throw new Error(`Not there after ${seconds} s: ${JSON.stringify(row)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Acts on an import between two batches, in a state it passes through: its row is held, so no worker goes on meanwhile. */
  async whileIn(id: string, fits: (row: ImportRow) => boolean, act: () => Promise<void>, seconds = 60): Promise<void> {
    const attempt = () =>
      this.database.transaction(async () => {
        await this.database.query('SELECT FROM imports WHERE id = $1 FOR UPDATE', [id]);
        const there = fits(await this.reader.get(id));
        if (there) await act();
        return there;
      });
    const deadline = Date.now() + seconds * 1000;
    while (!(await attempt())) if (Date.now() > deadline) throw new Error(`Not there after ${seconds} s`);
  }

  count(table: string): Promise<number> {
    return this.database.queryOne<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`).then((row) => row?.n ?? 0);
  }

  async close(): Promise<void> {
    await this.module.close();
    await this.testDatabase.drop();
  }
}

/** Rows that a revert removed, restored, kept and kept in part. */
export const reversalOf = ({ removed, restored, kept, partlyKept }: ImportRow): number[] => [
  removed,
  restored,
  kept,
  partlyKept,
];

/** The five counts of an import. */
export const countsOf = ({ created, updated, unchanged, skipped, failed }: ImportRow): number[] => [
  created,
  updated,
  unchanged,
  skipped,
  failed,
];
