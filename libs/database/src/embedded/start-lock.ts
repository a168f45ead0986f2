import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { shareWithOwner, type DataDir } from './data-dir.js';
import { DataDirInUseError } from './embedded-postgres.errors.js';
import { isAlive, startTimeOf } from './processes.js';

const ATTEMPTS = 20;

/**
 * Runs the work while no other start on this DATA_DIR can; a start that was killed leaves a lock that the next one
 * takes over. This decides who speaks; the data themselves are guarded by the atomic rename of a new cluster
 * and by PostgreSQL's own interlock.
 */
export async function withStartLock<T>(data: DataDir, work: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid), key: randomKey() });
  claim(data, mine);
  try {
    return await work();
  } finally {
    if (readLock(data.startLock) === mine) rmSync(data.startLock, { force: true });
  }
}

function claim(data: DataDir, mine: string): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (createWith(data, mine)) return;
    const held = readLock(data.startLock);
    if (held === undefined) continue;
    const holder = liveHolder(held);
    if (holder !== undefined) throw new DataDirInUseError(data.folder, holder);
    setAside(data.startLock, held);
  }
  throw new DataDirInUseError(data.folder, undefined);
}

/** Appears with its content or not at all: a link to a finished file, so nobody ever reads half a lock. */
function createWith(data: DataDir, content: string): boolean {
  const draft = `${data.startLock}.${randomKey()}`;
  writeFileSync(draft, content, { flag: 'wx', mode: 0o600 });
  shareWithOwner(data, draft);
  try {
    return link(draft, data.startLock);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    return createExclusively(data.startLock, content); // a file system without hard links
  } finally {
    rmSync(draft, { force: true });
  }
}

function link(from: string, to: string): boolean {
  return unlessExists(() => linkSync(from, to));
}

function createExclusively(file: string, content: string): boolean {
  return unlessExists(() => writeFileSync(file, content, { flag: 'wx', mode: 0o600 }));
}

function unlessExists(create: () => void): boolean {
  try {
    create();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock judged dead, and puts it back if a quicker starter had already replaced it. */
function setAside(file: string, judged: string): void {
  const aside = `${file}.${randomKey()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) !== judged) link(aside, file);
  rmSync(aside, { force: true });
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The pid in the lock when that very process still runs; a reused pid has another start time. */
function liveHolder(content: string): number | undefined {
  try {
    const { pid, startTime } = JSON.parse(content) as { pid: number; startTime?: string };
    return Number.isInteger(pid) && isAlive(pid) && startTimeOf(pid) === startTime ? pid : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a power cut may leave an empty file
    throw error;
  }
}

function randomKey(): string {
  return randomBytes(6).toString('hex');
}
