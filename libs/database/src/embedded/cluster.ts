import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DataDir } from './data-dir.js';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import type { NativeFiles } from './native-files.js';
import { serverEnvironment } from './server-settings.js';
import { asUser, canEnter, type ServerUser } from './server-user.js';

/** The owner of everything in the cluster; also the role the program itself connects as. */
export const SUPERUSER = 'chamberlain';

/** Places that outlive a reboot, for a cluster whose DATA_DIR the server's user cannot enter. */
const LASTING_PLACES = ['/var/lib', '/var/tmp'];

/** Types of letters are the operating system's; without a UTF-8 one pg_trgm would skip every letter outside ASCII. */
const CTYPES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** What the making of a cluster needs to know. */
export interface ClusterMaker {
  data: DataDir;
  native: NativeFiles;
  user: ServerUser | undefined;
  log: (line: string) => void;
}

/** The real path of the cluster, undefined before the first start. */
export function findCluster(data: DataDir): string | undefined {
  const entry = lstatSync(data.cluster, { throwIfNoEntry: false });
  if (!entry) return undefined;
  if (entry.isSymbolicLink() && !existsSync(data.cluster)) {
    throw new EmbeddedPostgresError(
      `${data.cluster} points to a folder that is gone: the database of this DATA_DIR was kept there.`,
      `Bring that folder back, or remove ${data.cluster} to start with an empty database.`,
    );
  }
  const cluster = realpathSync(data.cluster);
  return readdirSync(cluster).length === 0 ? undefined : cluster;
}

/**
 * Makes the cluster beside its final place and renames it, so that a kill at any moment leaves
 * either no cluster or a whole one. Returns its real path.
 */
export async function createCluster(maker: ClusterMaker, password: string, fsync: boolean): Promise<string> {
  const home = chooseHome(maker);
  removeLeftovers(home);
  const half = join(home, `postgres.init-${process.pid}`);
  mkdirSync(half, { mode: 0o700 });
  give(half, maker.user);
  await initialize(maker, half, password, fsync);
  if (existsSync(maker.data.cluster)) rmdirSync(maker.data.cluster); // empty, as findCluster saw
  const cluster = join(home, 'postgres');
  if (home !== maker.data.folder) keepUnlinked(cluster, maker.log);
  renameSync(half, cluster);
  if (home !== maker.data.folder) symlinkSync(cluster, maker.data.cluster);
  return cluster;
}

/** Refuses a cluster of another major version and repairs the ownership that a restore as root leaves behind. */
export function checkCluster(cluster: string, { native, user }: ClusterMaker): void {
  const file = join(cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'an unknown version of PostgreSQL';
  const shipped = native.version.split('.')[0];
  if (found !== shipped) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster} was made by PostgreSQL ${found}, this Chamberlain ships ${native.version}.`,
      'Run it with the Chamberlain that made it and move the data with pg_dump, set DATABASE_URL to a server of that version, or set DATA_DIR to a new folder to start empty.',
    );
  }
  if (user && statSync(cluster).uid === 0) giveAll(cluster, user);
  if (process.getuid?.() === 0) chmodSync(cluster, 0o700);
}

/** Sets the superuser's password while no server runs; for when postgres.json was lost but the data were not. */
export function resetPassword(cluster: string, { native, user }: ClusterMaker, password: string): void {
  const run = spawnSync(native.postgres, ['--single', '-D', cluster, 'postgres'], {
    input: `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`,
    encoding: 'utf8',
    cwd: cluster,
    env: serverEnvironment(),
    ...asUser(user),
  });
  if (run.status === 0 && !run.stderr.includes('ERROR')) return;
  throw new EmbeddedPostgresError(
    'The password of the embedded database was lost and could not be set anew.',
    'Restore postgres.json in DATA_DIR.',
    run.stderr ?? run.error?.message,
  );
}

/** DATA_DIR, or a lasting folder outside it when the server's user cannot get there (a clone below /root). */
function chooseHome({ data, user, log }: ClusterMaker): string {
  if (!user || canEnter(user, data.folder)) return data.folder;
  const name = `chamberlain-${createHash('sha256').update(data.folder).digest('hex').slice(0, 12)}`;
  for (const place of LASTING_PLACES) {
    const home = join(place, name);
    if (!makeOwnFolder(home) || !canEnter(user, home)) continue;
    log(`PostgreSQL runs as ${user.name}, who cannot enter ${data.folder}: the database is kept in ${home}/postgres`);
    return home;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as ${user.name}, who cannot enter ${data.folder}, and ${LASTING_PLACES.join(', ')} cannot be used.`,
    'Set DATA_DIR to a folder that every user may pass through, or start Chamberlain as another user.',
  );
}

/** False when the folder cannot be made, or is not root's own (anybody may write to /var/tmp). */
function makeOwnFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(folder, 0o755);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
  }
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}

/** What a killed initdb left; one that lost its supervisor may still be writing, hence the retries. */
function removeLeftovers(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith('postgres.init-'))) {
    rmSync(join(home, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** A database outside DATA_DIR outlives its DATA_DIR; it is never taken for the new one and never deleted. */
function keepUnlinked(cluster: string, log: (line: string) => void): void {
  if (!existsSync(cluster)) return;
  const kept = `${cluster}.unlinked-${Date.now()}`;
  renameSync(cluster, kept);
  log(`An earlier database of this DATA_DIR is kept in ${kept}; delete it when it is not wanted`);
}

async function initialize(maker: ClusterMaker, folder: string, password: string, fsync: boolean): Promise<void> {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(passwordFile, maker.user);
  try {
    for (const ctype of CTYPES) {
      const { ok, output } = await runInitdb(maker, initdbArguments(folder, passwordFile, ctype, fsync));
      if (ok) return;
      if (ctype !== 'C' && output.includes('invalid locale name')) continue;
      throw new EmbeddedPostgresError('A new database could not be made.', `It was to be in ${folder}.`, output);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The builtin provider sorts and folds alike on every system and never changes with an upgrade of glibc. */
function initdbArguments(folder: string, passwordFile: string, ctype: string, fsync: boolean): string[] {
  return [
    ...['-D', folder, '-U', SUPERUSER, '--encoding=UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${ctype}`],
    ...['--no-instructions', ...(fsync ? [] : ['--no-sync'])],
  ];
}

function runInitdb({ native, user }: ClusterMaker, parameters: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(native.initdb, parameters, {
      cwd: parameters[1],
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asUser(user),
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8').trim() }));
  });
}

function give(path: string, user: ServerUser | undefined): void {
  if (user) chownSync(path, user.uid, user.gid);
}

function giveAll(path: string, user: ServerUser): void {
  lchownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveAll(join(path, name), user);
}
