import { closeSync, constants, existsSync, openSync, readSync, renameSync, fstatSync, statSync } from 'node:fs';
import { shareWithOwner, type DataDir } from './data-dir.js';

const LARGEST_LOG = 10 * 1024 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

/** One start's part of the server log. */
export interface LogPart {
  descriptor: number;
  /** The last lines written since this start. */
  tail(): string;
  close(): void;
}

/** Opens the server log for appending, setting a large one aside as `.1`. A planted symlink is not followed. */
export function openServerLog(data: DataDir): LogPart {
  if (existsSync(data.log) && statSync(data.log).size > LARGEST_LOG) renameSync(data.log, `${data.log}.1`);
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
  const descriptor = openSync(data.log, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  shareWithOwner(data, data.log);
  const begin = fstatSync(descriptor).size;
  return { descriptor, tail: () => readTail(data.log, begin), close: () => closeSync(descriptor) };
}

function readTail(file: string, begin: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const from = Math.max(begin, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - from);
    readSync(descriptor, buffer, 0, buffer.length, from);
    return buffer.toString('utf8').trim().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    closeSync(descriptor);
  }
}

const HINTS: [RegExp, string][] = [
  [/No space left on device/, 'The disk is full: make room and start again.'],
  [
    /Cannot allocate memory|could not (map|create) .*shared memory/,
    'There is not enough free memory for the database.',
  ],
  [
    /wrong ownership|Permission denied|Operation not permitted/,
    'The files below DATA_DIR belong to another user; chown them back.',
  ],
  [/invalid permissions/, 'The folder "postgres" in DATA_DIR must have mode 0700.'],
  [
    /pre-existing shared memory|lock file .* already exists/,
    'Another PostgreSQL server still uses this data; stop it first.',
  ],
  [
    /invalid (primary )?checkpoint|could not locate a valid checkpoint|PANIC/,
    'The data are damaged: restore the latest backup.',
  ],
];

/** The advice that fits what the server wrote. */
export function hintFor(serverLog: string, logFile: string): string {
  return HINTS.find(([pattern]) => pattern.test(serverLog))?.[1] ?? `The whole server log is in ${logFile}.`;
}
