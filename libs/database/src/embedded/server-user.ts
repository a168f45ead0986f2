import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/** The account the server runs under when we are root; PostgreSQL refuses to run as root. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Who runs the server: undefined (ourselves) unless we are root; then the owner of the data,
 * so that files stay usable without root, else `postgres`, else `nobody`.
 */
export function chooseServerUser(folders: string[]): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  for (const folder of folders.filter((path) => existsSync(path))) {
    const { uid, gid } = statSync(folder);
    if (uid !== 0) return accounts.find((account) => account.uid === uid) ?? { name: `uid ${uid}`, uid, gid };
  }
  const account = ['postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name)).find(Boolean);
  if (account) return account;
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root and this system has neither a "postgres" nor a "nobody" user.',
    'Start Chamberlain as another user, or give DATA_DIR to one with chown.',
  );
}

/** Spawn options that make a child run as the server's user; nothing when that is ourselves. */
export function asUser(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** Whether the user can enter a folder. Asked of the kernel by trying, because mode bits do not show ACLs or mounts. */
export function canEnter(user: ServerUser, folder: string): boolean {
  return runsAs(user, 'cd "$1"', folder);
}

/** Whether the user can read a file. */
export function canRead(user: ServerUser, file: string): boolean {
  return runsAs(user, 'test -r "$1"', file);
}

function runsAs(user: ServerUser, script: string, path: string): boolean {
  const options = { cwd: '/', stdio: 'ignore', ...asUser(user) } as const;
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], options).status === 0;
}

function readAccounts(): ServerUser[] {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  return lines
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && !fields[0]?.startsWith('#'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
