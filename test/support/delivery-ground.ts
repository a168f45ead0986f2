import { Client } from 'pg';
import { v7 } from 'uuid';
import type { MessageInput } from '#messaging';
import { PATIENCE } from './fault-mode.js';
import { type AcceptedMail, type FaultRun, prove } from './ledger-checker.js';
import { MessagingContext } from './messaging-context.js';
import type { QueueEngineUnderTest } from './queue-engines.js';
import { SmtpSink } from './smtp-sink.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { WorkerProcess, type WorkerProcessOptions } from './worker-process.js';

/** Messages in the hands of one worker. */
export const CONCURRENCY = 5;
/** Short leases, so that what died is missed soon; long enough for a mail on a busy machine. */
export const FAST = { sweepInterval: 100, queuedLease: 3_000, sendingLease: 6_000, retryBase: 200 };

/** A place for runs with faults: ledger, queue, mail servers and workers, and a book of what was planned and who died. */
export class DeliveryGround {
  readonly sinks: SmtpSink[] = [];
  readonly workers: WorkerProcess[] = [];
  planned: string[] = [];
  uncertain: string[][] = [];
  resent: string[] = [];
  /** Beside the workers that were killed or killed themselves. */
  otherKills = 0;

  private constructor(
    readonly hub: MessagingContext,
    readonly databaseUrl: string,
    readonly redisUrl: string | undefined,
    private readonly letGo: () => Promise<void>,
  ) {}

  /** On a database of its own; `databaseUrl` names one that is migrated already, and stays. */
  static async start(engine: QueueEngineUnderTest, databaseUrl?: string): Promise<DeliveryGround> {
    const server = await engine.start();
    let database: TestDatabase | undefined;
    let hub: MessagingContext | undefined;
    const letGo = async (): Promise<void> => {
      await hub?.stop();
      await server.stop();
      await database?.drop();
    };
    try {
      if (!databaseUrl) database = await createTestDatabase();
      const url = databaseUrl ?? database?.url ?? '';
      hub = await MessagingContext.start(url, server.redisUrl);
      const ground = new DeliveryGround(hub, url, server.redisUrl, letGo);
      await ground.newSink();
      return ground;
    } catch (error) {
      await letGo();
      throw error;
    }
  }

  /** The mail server that workers send to unless told otherwise. */
  get sink(): SmtpSink {
    return this.sinks[0] as SmtpSink;
  }

  /** One more mail server; all of them count. */
  async newSink(): Promise<SmtpSink> {
    const sink = await new SmtpSink().start();
    this.sinks.push(sink);
    return sink;
  }

  async worker(options: Partial<WorkerProcessOptions> = {}): Promise<WorkerProcess> {
    const { databaseUrl, redisUrl, sink } = this;
    const own = { databaseUrl, redisUrl, smtpUrl: sink.url, concurrency: CONCURRENCY, delivery: FAST };
    const worker = await WorkerProcess.start({ ...own, ...options });
    this.workers.push(worker);
    return worker;
  }

  /** Plans notices, due now, to `guest0@example.com` and so on, or to the addresses given. Answers their ids. */
  async plan(
    recipients: number | string[],
    overrides: Partial<Omit<MessageInput, 'recipient' | 'dedupeKey'>> = {},
  ): Promise<string[]> {
    const emails = Array.isArray(recipients)
      ? recipients
      : Array.from({ length: recipients }, (_, i) => `guest${i}@example.com`);
    const messages = emails.map((email) => ({ ...notice(email), ...overrides }));
    const keys = messages.map(({ dedupeKey }) => dedupeKey);
    const before = this.uncertain.length;
    this.uncertain.push(keys);
    const rows = await this.hub.messages.plan(messages);
    this.uncertain.splice(before, 1);
    this.planned.push(...keys);
    return rows.map(({ id }) => id);
  }

  /** Waits until nothing is due any more, within what the law allows: the lease and a minute. Counts of the end by status. */
  async settled(seconds = FAST.sendingLease / 1000 + 60): Promise<Record<string, number>> {
    await this.eventually(async () => (await this.counts()).stillDue === 0, seconds);
    return this.counts();
  }

  /** Messages by status, and `stillDue`: those that wait, though their time has come. */
  async counts(): Promise<Record<string, number>> {
    const rows = await this.sql(
      `SELECT status, count(*)::int AS count FROM messages GROUP BY status
       UNION ALL SELECT 'stillDue', count(*)::int FROM messages
       WHERE status IN ('queued', 'sending') OR (status = 'planned' AND send_at <= now())`,
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  /** What all mail servers accepted. */
  get accepted(): AcceptedMail[] {
    return this.sinks.flatMap(({ mails }) => mails);
  }

  /** Every law, on all that has happened since the last `clear`. */
  async prove(overrides: Partial<FaultRun> = {}): Promise<void> {
    const { planned, uncertain, accepted, resent } = this;
    const kills = this.otherKills + this.workers.filter((worker) => worker.wasKilled).length;
    const unanswered = this.sinks.reduce((sum, sink) => sum + sink.unanswered, 0);
    const seen = { planned, uncertain, accepted, resent, kills, unanswered };
    await prove((sql) => this.sql(sql), { ...seen, concurrency: CONCURRENCY, lease: FAST.sendingLease, ...overrides });
  }

  /** One statement on a connection of its own. */
  async sql(text: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    // A database that is killed says so on the connection too; the query's rejection is enough.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits for something to come true; a ceiling, not an expectation. */
  async eventually(come: () => boolean | Promise<boolean>, seconds = PATIENCE): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await come())) {
      if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${come.toString()}\n${await this.story()}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Between two tests: nobody at work, an empty ledger, a mail server that behaves. */
  async clear(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.kill()));
    for (const sink of this.sinks.splice(0)) await sink.stop();
    await this.newSink();
    Object.assign(this, { planned: [], uncertain: [], resent: [], otherKills: 0 });
    await this.sql('TRUNCATE messages, mail_rests, mail_paces CASCADE');
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
    for (const sink of this.sinks) await sink.stop();
    await this.letGo();
  }

  private async story(): Promise<string> {
    const said = this.workers.map(({ output, runs }) => `${runs ? 'at work' : 'ended'}: ${output.slice(-1_500)}`);
    return [JSON.stringify(await this.counts()), ...said].join('\n');
  }
}

const notice = (email: string) => ({
  kind: 'notice' as const,
  dedupeKey: `notice:${v7()}`,
  recipient: { email, name: 'Guest' },
  templateKey: 'notice',
  data: { title: 'Notice', lines: ['Doors open at nine.'] },
});
