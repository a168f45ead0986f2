import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadConfig } from '#config';
import type { DeliveryOptions } from '#messaging';

const ROOT = join(__dirname, '../..');

/** Runs the built worker with options of the test's own; the configuration comes by argument. */
const PROGRAM = `
  const { startWorker } = require('./dist/apps/worker/src/index.js');
  const { config, delivery } = JSON.parse(process.argv[1]);
  startWorker(config, delivery).then((worker) => {
    process.once('SIGTERM', () => worker.close().then(() => process.exit(0)));
    process.send('ready');
  }, (error) => { console.error(error); process.exit(1); });
`;

export interface WorkerProcessOptions {
  databaseUrl: string;
  smtpUrl: string;
  redisUrl?: string;
  concurrency?: number;
  delivery?: Partial<DeliveryOptions>;
}

/** A worker in a process of its own, so that it can be killed. */
export class WorkerProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Resolves when it is at work; throws with what it printed when it never is. */
  static async start({
    databaseUrl,
    smtpUrl,
    redisUrl,
    concurrency = 10,
    delivery = {},
  }: WorkerProcessOptions): Promise<WorkerProcess> {
    const secret = 'a secret of the tests that is long enough';
    const config = {
      ...loadConfig({ JWT_SECRET: secret }),
      databaseUrl,
      smtpUrl,
      redisUrl,
      workerConcurrency: concurrency,
      logLevel: 'warn',
    };
    const child = spawn(process.execPath, ['-e', PROGRAM, JSON.stringify({ config, delivery })], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const worker = new WorkerProcess(child);
    const started = await Promise.race([
      once(child, 'message').then(() => true),
      once(child, 'exit').then(() => false),
    ]);
    if (!started) throw new Error(`The worker did not start:\n${worker.output}`);
    return worker;
  }

  /** Ends it the way the kernel does when memory runs out. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Lets it finish what it is at. Answers its exit code. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.child.exitCode;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}
