import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { currentScope, inScope } from './scope.js';

/** PostgreSQL gave up one of two transactions that waited for each other; running it again is the cure. */
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/** The one door to PostgreSQL: every query runs in the transaction of the current scope, if there is one. */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  /** Names of prepared statements by their text. */
  private readonly names = new Map<string, string>();

  constructor(readonly dataSource: DataSource) {}

  /** Entity manager of the open transaction, else of the pool. */
  get manager(): EntityManager {
    return currentScope().transaction?.manager ?? this.dataSource.manager;
  }

  /** Runs SQL and answers its rows; `$1`… are bound parameters. */
  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.manager.query<Row[]>(sql, parameters);
  }

  /**
   * The same for SQL that takes longer to plan than to run: each connection plans it once. For few texts; what differs
   * from call to call belongs into the parameters.
   */
  prepared<Row = Record<string, unknown>>(sql: string, parameters: unknown[]): Promise<Row[]> {
    const name = this.names.get(sql) ?? createHash('sha256').update(sql).digest('base64url');
    this.names.set(sql, name);
    // TypeORM hands on what it is given, and pg takes a statement with a name in the place of a text.
    return this.query<Row>({ name, text: sql } as unknown as string, parameters);
  }

  /** Runs SQL that answers at most one row. */
  async queryOne<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row | undefined> {
    return (await this.query<Row>(sql, parameters))[0];
  }

  /** PostgreSQL's time of day: that of the open transaction's begin, if there is one. The clocks of processes may be wrong. */
  async now(): Promise<Date> {
    const { transaction } = currentScope();
    const now = transaction?.began ?? (await this.queryOne<{ now: Date }>('SELECT now()'))?.now;
    if (!now) throw new Error('PostgreSQL does not tell the time');
    if (transaction) transaction.began = now;
    return new Date(now);
  }

  /**
   * Runs `work` in a transaction, or in the one already open. The outermost call commits, repeats the work
   * when PostgreSQL chose it as a deadlock's victim, and then runs what was left for after the commit.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (currentScope().transaction) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetried(error)) throw error;
      }
    }
  }

  /** Leaves something for after the commit, such as poking the queue; nobody waits for it and it must not matter if it fails. */
  afterCommit(action: () => Promise<void>): void {
    const { transaction } = currentScope();
    if (!transaction) throw new Error('afterCommit needs an open transaction');
    transaction.afterCommit.push(action);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    const afterCommit: (() => Promise<void>)[] = [];
    const result = await this.dataSource.transaction((manager) =>
      inScope({ ...currentScope(), transaction: { manager, afterCommit } }, work),
    );
    for (const action of afterCommit) {
      action().catch((error: unknown) => this.logger.warn(`After the commit: ${String(error)}`));
    }
    return result;
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof QueryFailedError && RETRIED.has((error.driverError as { code?: string }).code ?? '');
}

/** What the pool says, which gives its errors no code. */
const NO_CONNECTION = ['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'];

/** Whether every connection was in use for as long as anybody waits for one. */
export const isOutOfConnections = (error: unknown): boolean =>
  error instanceof Error && NO_CONNECTION.includes(error.message);

/**
 * The method is one transaction, joined if its caller already opened one. Belongs on the public methods of services
 * and nowhere else; the service exposes its `database`.
 */
export function Transactional() {
  return function <Service extends { database: Database }, Args extends unknown[], Result>(
    _service: Service,
    _name: string,
    descriptor: TypedPropertyDescriptor<(this: Service, ...args: Args) => Promise<Result>>,
  ): void {
    const method = descriptor.value;
    if (!method) throw new Error('@Transactional() belongs on a method');
    descriptor.value = function (this: Service, ...args: Args) {
      return this.database.transaction(() => method.apply(this, args));
    };
  };
}
