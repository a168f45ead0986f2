import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadConfig } from '#config';

const ROOT = join(__dirname, '../..');

/** Runs the built API on a free port with options of the test's own; the configuration comes by argument. */
const PROGRAM = `
  const { config, clockOffset } = JSON.parse(process.argv[1]);
  if (clockOffset) require('./test/support/clock-shift.cjs')(clockOffset);
  const { startApi } = require('./dist/apps/api/src/index.js');
  process.on('message', (killAt) => {
    require('./test/support/kill-points.cjs')(killAt);
    process.send('armed');
  });
  startApi(config).then((api) => process.send(api.url), (error) => { console.error(error); process.exit(1); });
`;

export interface ApiProcessOptions {
  databaseUrl: string;
  redisUrl?: string;
  /**
   * It kills itself before or after the `pass`-th statement that contains this text. `since`: only on a connection that has
   * sent that text before, since the queue's own connections begin and commit as well.
   */
  killAt?: { sql: string; when: 'before' | 'after'; pass?: number; since?: string };
  /** Milliseconds by which its clock is wrong. */
  clockOffset?: number;
}

/** An API in a process of its own, so that it can be killed. */
export class ApiProcess {
  private output = '';
  private url = '';
  private token = '';
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(child, 'close').then(() => undefined);
  }

  /** Resolves when it answers, and is signed in with this address and password; throws with what it printed. */
  static async start(options: ApiProcessOptions, email: string, password: string): Promise<ApiProcess> {
    const { databaseUrl, redisUrl, killAt, clockOffset } = options;
    const settings = { NODE_ENV: 'test', PORT: '0', JWT_SECRET: 'a secret of the tests that is long enough' };
    const config = { ...loadConfig(settings), databaseUrl, redisUrl, logLevel: 'warn' };
    const given = JSON.stringify({ config, clockOffset });
    const api = new ApiProcess(
      spawn(process.execPath, ['-e', PROGRAM, given], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
    );
    try {
      await api.signIn(email, password);
      if (killAt) await api.arm(killAt);
      return api;
    } catch (error) {
      await api.kill();
      throw error;
    }
  }

  private async signIn(email: string, password: string): Promise<void> {
    const [url] = (await Promise.race([once(this.child, 'message'), this.ended.then(() => [undefined])])) as [string?];
    if (!url) throw new Error(`The API did not start:\n${this.output}`);
    this.url = url;
    const answer = await this.send('POST', '/v1/auth/login', { email, password });
    if (answer?.status !== 200) throw new Error(`Nobody may sign in: ${JSON.stringify(answer)}\n${this.output}`);
    this.token = String(answer.body.accessToken);
  }

  /** Only what is asked of it from now on counts. */
  private async arm(killAt: object): Promise<void> {
    const armed = once(this.child, 'message');
    this.child.send(killAt);
    await armed;
  }

  /** Status and body; undefined when the process died over it. */
  async send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> } | undefined> {
    const own = { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) };
    try {
      const answer = await fetch(this.url + path, {
        method,
        headers: { ...own, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
    } catch (error) {
      await this.ended;
      if (this.killedAt) return undefined;
      throw error;
    }
  }

  /** The statement at which it killed itself, once it has. */
  get killedAt(): string | undefined {
    return this.child.signalCode === 'SIGKILL' ? /^killed (.*)$/m.exec(this.output)?.[1] : undefined;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }
}
