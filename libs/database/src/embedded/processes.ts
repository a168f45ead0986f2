import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** True while the process runs; a zombie nobody reaps (common below a container's pid 1) counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const state = procStat(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** When the process started, in an opaque unit that tells a reused pid from the original; undefined outside Linux. */
export function startTimeOf(pid: number): string | undefined {
  return procStat(pid)?.[19];
}

/** The arguments a process was started with, undefined when the system does not tell. */
export function commandLineOf(pid: number): string[] | undefined {
  if (process.platform === 'linux') {
    return readProc(`/proc/${pid}/cmdline`)?.split('\0').filter(Boolean);
  }
  if (process.platform === 'win32') return undefined;
  const ps = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 ? ps.stdout.trim().split(' ') : undefined;
}

/** Resolves true once the process is gone, false when it still runs after that many milliseconds. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Fields of /proc/<pid>/stat from the third (state) on; the second may itself hold spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readProc(file: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // gone meanwhile, or hidden (hidepid): both mean "not known"
  }
}
