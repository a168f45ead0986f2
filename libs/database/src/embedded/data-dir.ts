import { randomBytes } from 'node:crypto';
import {
  chownSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the embedded server keeps its things inside DATA_DIR. */
export interface DataDir {
  /** DATA_DIR itself, absolute, without symlinks. */
  folder: string;
  /** The cluster, or a symlink to it when the server's user cannot enter DATA_DIR. */
  cluster: string;
  memory: string;
  log: string;
  startLock: string;
}

/** What must survive a restart; `postgres.json`, readable by its owner only. */
export interface Memory {
  password: string;
  port?: number;
}

/** Makes DATA_DIR where it is missing; made by root, it belongs to the owner of the folder around it. */
export function openDataDir(path: string): DataDir {
  const wanted = resolve(path);
  const firstMade = mkdirSync(wanted, { recursive: true });
  if (firstMade && process.getuid?.() === 0) handOver(wanted, firstMade);
  const folder = realpathSync(wanted);
  return {
    folder,
    cluster: join(folder, 'postgres'),
    memory: join(folder, 'postgres.json'),
    log: join(folder, 'postgres.log'),
    startLock: join(folder, 'postgres.lock'),
  };
}

function handOver(newest: string, firstMade: string): void {
  const { uid, gid } = statSync(dirname(firstMade));
  for (let folder = newest; folder.length >= firstMade.length; folder = dirname(folder)) {
    chownSync(folder, uid, gid);
    chmodSync(folder, 0o755); // root's umask may hide it from the server's user
  }
}

/** A file that root makes in somebody's DATA_DIR must stay usable for that somebody. */
export function shareWithOwner(data: DataDir, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(data.folder);
  chownSync(file, uid, gid);
}

/** The remembered password and port; undefined when nothing readable is remembered. */
export function recall(data: DataDir): Memory | undefined {
  try {
    const memory = JSON.parse(readFileSync(data.memory, 'utf8')) as Partial<Memory>;
    return typeof memory.password === 'string' ? { password: memory.password, port: memory.port } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and renamed, so that a crash leaves the old file or the new one. */
export function remember(data: DataDir, memory: Memory): void {
  const draft = `${data.memory}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(memory, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  shareWithOwner(data, draft);
  renameSync(draft, data.memory);
}

/** Safe in SQL, in a URL and in a file without quoting. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
