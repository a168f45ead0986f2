import { setTimeout as sleep } from 'node:timers/promises';
import { checkCluster, type ClusterMaker, createCluster, findCluster, resetPassword } from './cluster.js';
import { type DataDir, type Memory, newPassword, openDataDir, recall, remember } from './data-dir.js';
import { DataDirInUseError, EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { usableNativeFiles } from './native-files.js';
import { choosePort } from './port.js';
import { findPostmaster, launch, type Postmaster, reach, stopPostmaster } from './postmaster.js';
import { ensureDatabase, keepAwake, urlOf } from './server-connection.js';
import { chooseServerUser } from './server-user.js';
import { withStartLock } from './start-lock.js';
import { holdSupervisorLock } from './supervisor-lock.js';

/** How to start the PostgreSQL that comes with the program. */
export interface EmbeddedPostgresOptions {
  /** DATA_DIR; made when missing. */
  dataDir: string;
  /** Made when missing; `chamberlain` by default. */
  database?: string;
  /** Preferred TCP port on 127.0.0.1; by default the one of the last start, at first 5433. A busy one is replaced. */
  port?: number;
  /** False only for tests: faster, and a power cut may damage the data. Default true. */
  fsync?: boolean;
  /** Receives what the operator should know, one line at a time. */
  log?: (line: string) => void;
  /** Called once when the server goes away without stop(); the program can then only end and be started again. */
  onLost?: (error: EmbeddedPostgresError) => void;
}

/** A running embedded PostgreSQL that this process supervises. */
export interface EmbeddedPostgres {
  /** Connection URL of the database, with its password. */
  url: string;
  /** Process id of the server. */
  pid: number;
  /** True when the server was already running because its last supervisor died. */
  attached: boolean;
  /** Stops the server and resolves when it has ended; call it after the last query. Repeated calls share one stop. */
  stop(): Promise<void>;
}

const FIRST_PORT = 5433;
const ATTEMPTS = 20;

/**
 * Starts PostgreSQL in DATA_DIR, or attaches to the one left running there, and becomes its one supervisor.
 * DataDirInUseError when a live Chamberlain already is; EmbeddedPostgresError for everything that is wrong with the server.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const data = openDataDir(options.dataDir);
    return await withStartLock(data, () => superviseServer(data, options));
  } catch (error) {
    throw explain(error, options.dataDir);
  }
}

async function superviseServer(data: DataDir, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, fsync = true, database = 'chamberlain' } = options;
  const existing = findCluster(data);
  const user = chooseServerUser([existing ?? data.cluster, data.folder]);
  const maker: ClusterMaker = { data, user, log, native: usableNativeFiles(user) };
  const { cluster, memory } = await prepareCluster(maker, existing, fsync);
  const wanted = { ...memory, port: options.port ?? memory.port };
  const { postmaster, attached } = await attachOrLaunch(maker, cluster, wanted, fsync);
  try {
    await holdSupervisorLock(postmaster.client, data.folder);
    await ensureDatabase(postmaster.client, database);
    if (postmaster.port !== memory.port) remember(data, { ...memory, port: postmaster.port });
  } catch (error) {
    await postmaster.client.end();
    if (!attached) await stopPostmaster(postmaster.pid, cluster, maker);
    throw error;
  }
  const url = urlOf({ port: postmaster.port, password: memory.password }, database);
  return { url, pid: postmaster.pid, attached, stop: watch(postmaster, cluster, maker, options.onLost) };
}

/** A cluster we know the password of: the one there is, or a new one. */
async function prepareCluster(
  maker: ClusterMaker,
  existing: string | undefined,
  fsync: boolean,
): Promise<{ cluster: string; memory: Memory }> {
  const known = recall(maker.data);
  const memory = known ?? { password: newPassword() };
  if (existing) {
    checkCluster(existing, maker);
    if (!known) restorePassword(maker, existing, memory.password);
  }
  if (!known) remember(maker.data, memory);
  if (existing) return { cluster: existing, memory };
  maker.log(`Making a new database (PostgreSQL ${maker.native.version}) in ${maker.data.folder}`);
  return { cluster: await createCluster(maker, memory.password, fsync), memory };
}

function restorePassword(maker: ClusterMaker, cluster: string, password: string): void {
  const running = findPostmaster(cluster, maker.log);
  if (running) {
    throw new EmbeddedPostgresError(
      `postgres.json is missing from ${maker.data.folder}, but its database server (pid ${running.pid}) runs.`,
      'Stop the Chamberlain that uses it, or that server with "kill -INT", and start again; the data stay.',
    );
  }
  maker.log('postgres.json was lost: giving the database a new password');
  resetPassword(cluster, maker, password);
}

async function attachOrLaunch(
  maker: ClusterMaker,
  cluster: string,
  memory: Memory,
  fsync: boolean,
): Promise<{ postmaster: Postmaster; attached: boolean }> {
  const taken = new Set<number>();
  let failure: EmbeddedPostgresError | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = findPostmaster(cluster, maker.log);
    const running = found && (await reach(found, cluster, memory.password, maker.log));
    if (running) return { postmaster: running, attached: true };
    const port = await choosePort(memory.port ?? FIRST_PORT, taken);
    const result = await launch(maker, cluster, { port, password: memory.password }, fsync);
    if ('postmaster' in result) return { postmaster: result.postmaster, attached: false };
    failure = result.error;
    if (result.retry === 'port_taken') taken.add(port);
    else await sleep(250); // the children of a killed server need a moment to go
  }
  throw failure ?? new EmbeddedPostgresError('PostgreSQL did not start.', `See ${maker.data.log}.`);
}

/** Reports the loss of the server until stop() is called, and returns that stop(). */
function watch(
  postmaster: Postmaster,
  cluster: string,
  maker: ClusterMaker,
  onLost: EmbeddedPostgresOptions['onLost'],
): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  postmaster.client.once('end', () => {
    if (stopped) return;
    const error = new EmbeddedPostgresError('The embedded PostgreSQL server went away.', `See ${maker.data.log}.`);
    maker.log(error.message);
    onLost?.(error);
  });
  keepAwake(postmaster.client, false);
  const stop = async () => {
    keepAwake(postmaster.client, true);
    // the lock connection stays open to the last, so that no other start attaches to a server about to stop
    await stopPostmaster(postmaster.pid, cluster, maker);
    await postmaster.client.end();
  };
  return () => (stopped ??= stop());
}

/** Turns the system's bare "EACCES: …" into something an operator can act upon. */
function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof DataDirInUseError || error instanceof EmbeddedPostgresError) return error;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (!code || !syscall) return error;
  const hints: Record<string, string> = {
    EACCES: 'Start Chamberlain as the owner of these files, or set DATA_DIR to a folder of your own.',
    EPERM:
      'The file system of DATA_DIR does not support Unix owners, or they are not ours: set DATA_DIR to a local disk.',
    EINVAL: 'Inside this container no other user can be used: start Chamberlain as a user other than root.',
    EROFS: 'The file system is read-only: set DATA_DIR to a writable folder.',
    ENOSPC: 'The disk is full: make room and start again.',
  };
  const hint = hints[code] ?? 'Check the folder, or set DATA_DIR to another one.';
  return new EmbeddedPostgresError(`DATA_DIR ${dataDir} cannot be used: ${message}.`, hint, '', { cause: error });
}
