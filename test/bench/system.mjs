/** What every benchmark needs: a database of its own, and processes that end when it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate, startEmbeddedPostgres } from '#database';

export const ADMIN = { email: 'bench@chamber.example', password: 'a password for the bench' };
const SECRET = 'a secret that only the benchmark knows about';

/** A folder of our own that PostgreSQL's user can read. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'chamberlain-bench-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function withDatabase(work) {
  const { folder, remove } = temporaryFolder();
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  try {
    await migrate(postgres.url);
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    remove();
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Starts a Node process; `env` on top of a clean environment. */
export function start(args, env = {}) {
  const clean = { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'error', JWT_SECRET: SECRET };
  const child = spawn(process.execPath, args, { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async (signal = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return { child, stop };
}

/** Milliseconds until `url` answers 200. Gives up after a minute. */
export async function untilReady(url) {
  const began = performance.now();
  while (performance.now() - began < 60_000) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return performance.now() - began;
    await sleep(20);
  }
  throw new Error(`${url} did not get ready within a minute`);
}

/** The API as a process of its own, an administrator in it, and a token. */
export async function withApi(databaseUrl, work, env = {}) {
  const migrated = start(['dist/apps/cli/src/main.js', 'migrate'], {
    DATABASE_URL: databaseUrl,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
  });
  migrated.child.stdout.resume();
  await once(migrated.child, 'exit');
  const port = await freePort();
  const api = start(['dist/apps/api/src/main.js'], { DATABASE_URL: databaseUrl, PORT: String(port), ...env });
  api.child.stdout.resume();
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(`${url}/health/ready`);
    return await work({ url, token: await signIn(url), pid: api.child.pid });
  } finally {
    await api.stop();
  }
}

export async function signIn(url) {
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  return (await answer.json()).accessToken;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
