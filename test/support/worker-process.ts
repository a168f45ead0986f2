import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadConfig } from '#config';
import type { DeliveryOptions } from '#delivery';

const ROOT = join(__dirname, '../..');

/** Runs the built worker with options of the test's own; the configuration comes by argument. */
const PROGRAM = `
  const { config, delivery, killAt, clockOffset } = JSON.parse(process.argv[1]);
  if (clockOffset) require('./test/support/clock-shift.cjs')(clockOffset);
  const { startWorker } = require('./dist/apps/worker/src/index.js');
  if (killAt) require('./test/support/kill-points.cjs')(killAt);
  startWorker(config, delivery).then((worker) => {
    process.once('SIGTERM', () => worker.close().then(() => process.exit(0)));
    process.send('ready');
  }, (error) => { console.error(error); process.exit(1); });
`;

/** Where a worker can be made to kill itself: test/support/kill-points.cjs */
export const KILL_POINTS = [
  'before claim',
  'after claim',
  'before begin',
  'after begin',
  'in DATA',
  'after 250',
  'before commit',
  'after commit',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export interface WorkerProcessOptions {
  databaseUrl: string;
  smtpUrl: string;
  redisUrl?: string;
  concurrency?: number;
  delivery?: Partial<DeliveryOptions>;
  /** It kills itself the `pass`-th time it comes to this point. */
  killAt?: { point: KillPoint; pass?: number };
  /** Milliseconds by which its clock is wrong. */
  clockOffset?: number;
}

/** A worker in a process of its own, so that it can be killed. */
export class WorkerProcess {
  /** What it has printed so far. */
  output = '';
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(child, 'close').then(() => undefined);
  }

  /** Resolves when it is at work; throws with what it printed when it never is. */
  static async start(options: WorkerProcessOptions): Promise<WorkerProcess> {
    const worker = WorkerProcess.begin(options);
    const started = await Promise.race([
      once(worker.child, 'message').then(() => true),
      worker.ended.then(() => false),
    ]);
    // One that dies at its very first sweep was at work all the same.
    if (!started && !worker.killedAt) throw new Error(`The worker did not start:\n${worker.output}`);
    return worker;
  }

  private static begin({
    databaseUrl,
    smtpUrl,
    redisUrl,
    concurrency = 10,
    delivery = {},
    killAt,
    clockOffset,
  }: WorkerProcessOptions): WorkerProcess {
    const config = {
      ...loadConfig({ JWT_SECRET: 'a secret of the tests that is long enough' }),
      databaseUrl,
      smtpUrl,
      redisUrl,
      workerConcurrency: concurrency,
      logLevel: 'warn',
    };
    const given = JSON.stringify({ config, delivery, killAt, clockOffset });
    return new WorkerProcess(
      spawn(process.execPath, ['-e', PROGRAM, given], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
    );
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get wasKilled(): boolean {
    return this.child.signalCode === 'SIGKILL';
  }

  /** The point at which it killed itself, once it has. */
  get killedAt(): string | undefined {
    return this.wasKilled ? /^killed (.*)$/m.exec(this.output)?.[1] : undefined;
  }

  /** Ends it the way the kernel does when memory runs out. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** The same, without waiting for it to be gone. */
  killNow(): void {
    this.child.kill('SIGKILL');
  }

  /** Lets it finish what it is at. Answers its exit code. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.child.exitCode;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.runs) this.child.kill(signal);
    await this.ended;
  }
}
