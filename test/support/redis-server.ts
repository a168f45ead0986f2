import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of one test file's own. */
export interface TestRedis {
  url: string;
  stop(): Promise<void>;
  /** SIGKILL; whatever it knew is gone. */
  kill(): Promise<void>;
}

/** Whether there is a redis-server to test with (`apt-get install redis-server`). */
export const redisInstalled: boolean = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    // No binary: the tests that need it say so.
    return false;
  }
})();

/** Starts redis-server on this port, or a free one, in a folder of its own. */
export async function startRedis(port?: number): Promise<TestRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'chamberlain-redis-'));
  const chosen = port ?? (await freePort());
  const server = spawn('redis-server', [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  await ready(server);
  return {
    url: `redis://127.0.0.1:${chosen}`,
    stop: () => end(server, 'SIGTERM', directory),
    kill: () => end(server, 'SIGKILL', directory),
  };
}

async function end(server: ChildProcess, signal: NodeJS.Signals, directory: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
  rmSync(directory, { recursive: true, force: true });
}

async function ready(server: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`redis-server ended:\n${output}`)));
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
