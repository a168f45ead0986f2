import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { ClusterMaker } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { commandLineOf, isAlive, waitForExit } from './processes.js';
import { connect, isNotReady, serves, type ServerAddress } from './server-connection.js';
import { hintFor, openServerLog, type LogPart } from './server-log.js';
import { serverEnvironment, settingsArguments } from './server-settings.js';
import { asUser } from './server-user.js';

/** Recovery after a crash may replay much; it ends sooner when the server gives up. */
const READY_MS = 300_000;
const REFUSED_MS = 5_000;
const ANSWER_MS = 60_000;
const UNKNOWN_PROCESS_MS = 5_000;
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

/** A server we are connected to. */
export interface Postmaster {
  pid: number;
  port: number;
  client: Client;
}

/** A server process found through postmaster.pid. */
export interface FoundPostmaster {
  pid: number;
  port: number;
  /** False where the system does not tell what a process is; then only its answer can. */
  certain: boolean;
}

/** The live server of this cluster, if any; a postmaster.pid that belongs to none is removed. */
export function findPostmaster(cluster: string, log: (line: string) => void): FoundPostmaster | undefined {
  const file = readPidFile(cluster);
  if (!file) return undefined;
  const identity = isAlive(file.pid) ? identify(file.pid, cluster) : 'other';
  if (identity !== 'other') return { ...file, certain: identity === 'postmaster' };
  clearPidFile(cluster, file.pid, log);
  return undefined;
}

/** Connects to a server found running, waiting while it starts; undefined when it goes away instead. */
export async function reach(
  found: FoundPostmaster,
  cluster: string,
  password: string,
  log: (line: string) => void,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + (found.certain ? ANSWER_MS : UNKNOWN_PROCESS_MS);
  while (isAlive(found.pid)) {
    const client = await tryConnect({ port: found.port, password });
    if (client && (await serves(client, cluster))) return { pid: found.pid, port: found.port, client };
    await client?.end();
    if (Date.now() > deadline) return giveUpOn(found, cluster, log);
    await sleep(50);
  }
  return undefined;
}

interface ReadyWait {
  address: ServerAddress;
  cluster: string;
  log: (line: string) => void;
}

/** How a launch ended: a server, or a reason that another try can cure. */
export type Launch = { postmaster: Postmaster } | { retry: 'port_taken' | 'data_in_use'; error: EmbeddedPostgresError };

/**
 * Starts the server in a session of its own, so that Ctrl-C in the terminal reaches only us and we
 * can finish our work before it stops.
 */
export async function launch(
  { data, native, user, log }: ClusterMaker,
  cluster: string,
  address: ServerAddress,
  fsync: boolean,
): Promise<Launch> {
  const part = openServerLog(data);
  try {
    const child = spawn(native.postgres, ['-D', cluster, ...settingsArguments({ port: address.port, fsync })], {
      cwd: cluster,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', part.descriptor, part.descriptor],
      env: serverEnvironment(),
      ...asUser(user),
    });
    child.unref();
    const client = await waitUntilReady(child, { address, cluster, log });
    if (client) return { postmaster: { pid: child.pid ?? 0, port: address.port, client } };
    return explainFailure(part, data.log);
  } finally {
    part.close();
  }
}

/** Stops the server: fast (SIGINT), and immediately (SIGQUIT, recovered at the next start) if that takes too long. */
export async function stopPostmaster(pid: number, cluster: string, { native, log }: ClusterMaker): Promise<void> {
  if (!isAlive(pid) || identify(pid, cluster) === 'other') return;
  if (process.platform === 'win32') spawnSync(native.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-W']);
  else process.kill(pid, 'SIGINT');
  if (await waitForExit(pid, FAST_SHUTDOWN_MS)) return;
  log(`PostgreSQL (pid ${pid}) did not stop within ${FAST_SHUTDOWN_MS / 1000} s, stopping it at once`);
  process.kill(pid, 'SIGQUIT');
  if (await waitForExit(pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new EmbeddedPostgresError(`PostgreSQL (pid ${pid}) does not stop.`, `Stop it with: kill -9 ${pid}`);
}

/**
 * The client, or undefined when the server exited instead. Until then a refusal proves nothing:
 * another server may have taken the port a moment before ours tried to.
 */
async function waitUntilReady(child: ChildProcess, wait: ReadyWait): Promise<Client | undefined> {
  const life: { ended: boolean; error?: Error } = { ended: false };
  child.once('exit', () => (life.ended = true));
  child.once('error', (error) => Object.assign(life, { ended: true, error }));
  const begun = Date.now();
  for (let nextWord = begun + 5_000; !life.ended; await sleep(20)) {
    const answer = await tryConnect(wait.address).catch((error: Error) => error);
    if (answer instanceof Client && (await serves(answer, wait.cluster))) return answer;
    if (answer instanceof Client) await answer.end();
    const patience = answer instanceof Error ? REFUSED_MS : READY_MS;
    if (Date.now() > begun + patience) return abandon(child, answer);
    if (Date.now() < nextWord) continue;
    wait.log('PostgreSQL is not ready yet (after a crash it first recovers)');
    nextWord += 10_000;
  }
  if (life.error) throw life.error;
  return undefined;
}

/** Leaves no server behind that nobody could supervise. */
async function abandon(child: ChildProcess, answer: unknown): Promise<undefined> {
  child.kill('SIGQUIT');
  if (child.pid) await waitForExit(child.pid, IMMEDIATE_SHUTDOWN_MS);
  if (answer instanceof Error) throw answer;
}

function explainFailure(part: LogPart, logFile: string): Launch {
  const said = part.tail();
  const error = new EmbeddedPostgresError('PostgreSQL did not start.', hintFor(said, logFile), said);
  if (/could not bind|Address already in use/.test(said)) return { retry: 'port_taken', error };
  if (/pre-existing shared memory|lock file .* already exists/.test(said)) return { retry: 'data_in_use', error };
  throw error;
}

/** Undefined while the server is not ready; a refused password or anything else unexpected rejects. */
async function tryConnect(address: ServerAddress): Promise<Client | undefined> {
  try {
    return await connect(address);
  } catch (error) {
    if (isNotReady(error)) return undefined;
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new EmbeddedPostgresError(
      `The PostgreSQL server on port ${address.port} does not accept the password in postgres.json.`,
      'If postgres.json was restored or edited: stop that server, delete postgres.json and start again; the data stay.',
      '',
      { cause: error },
    );
  }
}

function giveUpOn({ pid, certain }: FoundPostmaster, cluster: string, log: (line: string) => void): undefined {
  if (!certain) return clearPidFile(cluster, pid, log);
  throw new EmbeddedPostgresError(
    `The PostgreSQL server of this DATA_DIR (pid ${pid}) runs but does not answer.`,
    `Stop it with "kill -QUIT ${pid}" and start again.`,
  );
}

/** Its first line is the pid, its fourth the port (PostgreSQL documentation, "postmaster.pid"). */
function readPidFile(cluster: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number.parseInt(lines[0] ?? '', 10) || 0, port: Number.parseInt(lines[3] ?? '', 10) || 0 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** PostgreSQL itself would refuse to start while any process with that pid lives. */
function clearPidFile(cluster: string, pid: number, log: (line: string) => void): undefined {
  log(`The last server (pid ${pid}) was not shut down in order; its postmaster.pid is removed`);
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** A postmaster of ours is `postgres -D <cluster> …`; its children and other programs are not. */
function identify(pid: number, cluster: string): 'postmaster' | 'other' | 'unknown' {
  const line = commandLineOf(pid);
  if (!line) return 'unknown';
  const runsPostgres = /^postgres(\.exe)?$/.test(basename(line[0] ?? ''));
  return runsPostgres && line.join(' ').includes(`-D ${cluster} `) ? 'postmaster' : 'other';
}
