import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';
import { Client } from 'pg';

const ROOT = resolve(__dirname, '../..');
const SOURCE = join(ROOT, 'libs/database/src/embedded');
const SCRIPT = join(ROOT, 'test/support/supervise-postgres.mjs');

/** An account to run a supervisor as; only root can. */
export interface Account {
  uid: number;
  gid: number;
}

/** One line a supervisor said. */
export interface SupervisorEvent {
  event: string;
  url: string;
  pid: number;
  attached: boolean;
  name: string;
  message: string;
  line: string;
}

/** A supervising program in a process of its own, which a test may interrupt or kill. */
export class Supervisor {
  readonly events: SupervisorEvent[] = [];
  readonly pid: number;
  private readonly ended: Promise<number | null>;

  constructor(private readonly child: ChildProcess) {
    this.pid = child.pid ?? 0;
    this.ended = new Promise((done) => child.once('close', done));
    createInterface({ input: child.stdout! }).on('line', (line) => this.events.push(JSON.parse(line)));
  }

  /** Waits until the supervisor says one of these things; rejects with all it said when it ends or stays silent. */
  async says(...names: string[]): Promise<SupervisorEvent> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const running = this.child.exitCode === null && this.child.signalCode === null;
      const found = this.events.find(({ event }) => names.includes(event));
      if (found) return found;
      if (!running) await this.ended;
      if (!running || Date.now() > deadline)
        throw new Error(`never said ${names.join(' or ')}: ${JSON.stringify(this.events)}`);
      await sleep(10);
    }
  }

  /** Waits for the end of the process; its exit code, null after a signal. */
  exit(): Promise<number | null> {
    return this.ended;
  }

  /** What the terminal does on Ctrl-C: the whole process group is interrupted. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  /** SIGKILL of this process alone; resolves once it is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) process.kill(this.pid, 'SIGKILL');
    await this.ended;
  }
}

/** A temporary place with the compiled supervisor, from which tests start supervisors and which cleans up after them. */
export class SupervisorGround {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'chamberlain-test-postgres-')));
  private readonly compiled = join(this.folder, 'embedded');
  private supervisors: Supervisor[] = [];
  private dataDirs = 0;

  constructor() {
    chmodSync(this.folder, 0o755);
    mkdirSync(this.compiled);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    for (const file of readdirSync(SOURCE).filter((name) => /(?<!\.spec)\.ts$/.test(name))) {
      const options = {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      } as const;
      writeFileSync(
        join(this.compiled, file.replace(/ts$/, 'js')),
        transformFileSync(join(SOURCE, file), { ...options, swcrc: false }).code,
      );
    }
  }

  /** The path of a DATA_DIR nobody used yet; its parent belongs to the account and has the mode given. */
  newDataDir(account?: Account, parentMode = 0o755): string {
    const parent = join(this.folder, `place-${(this.dataDirs += 1)}`);
    mkdirSync(parent);
    chmodSync(parent, parentMode);
    if (account) chownSync(parent, account.uid, account.gid);
    return join(parent, '.data');
  }

  /** Starts a supervisor in a process group of its own, without waiting. */
  begin(options: { dataDir: string; port?: number }, account?: Account): Supervisor {
    const child = spawn(process.execPath, [SCRIPT, this.compiled, JSON.stringify(options)], {
      cwd: dirname(this.compiled),
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...account,
    });
    const supervisor = new Supervisor(child);
    this.supervisors.push(supervisor);
    return supervisor;
  }

  /** Starts a supervisor and waits until its database answers. */
  async start(options: { dataDir: string; port?: number }, account?: Account) {
    const supervisor = this.begin(options, account);
    return { supervisor, ...(await supervisor.says('ready')) };
  }

  /** Ends every supervisor and every server these tests started. */
  async endAll(): Promise<void> {
    for (const supervisor of this.supervisors) await supervisor.kill();
    this.supervisors = [];
    for (let place = 1; place <= this.dataDirs; place += 1) {
      await endServer(join(this.folder, `place-${place}`, '.data', 'postgres'));
    }
  }

  /** Removes everything, also clusters that had to be kept elsewhere. */
  async remove(): Promise<void> {
    await this.endAll();
    for (let place = 1; place <= this.dataDirs; place += 1) {
      const cluster = join(this.folder, `place-${place}`, '.data', 'postgres');
      if (existsSync(cluster) && realpathSync(cluster) !== cluster)
        rmSync(dirname(realpathSync(cluster)), { recursive: true });
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** True while a process with that id runs and is not a zombie. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until a process is gone. */
export async function gone(pid: number): Promise<void> {
  while (runs(pid)) await sleep(10);
}

/** Runs one statement on the database behind a URL. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The command line of a process; nothing of one that is gone, be it in the middle of the reading. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Ends the server of exactly this cluster, never one whose pid was merely written into the file. */
async function endServer(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (!commandOf(pid).includes(realpathSync(cluster))) return;
  process.kill(pid, 'SIGQUIT');
  await gone(pid);
}
