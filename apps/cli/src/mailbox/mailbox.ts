import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A local mail server that keeps what it gets, and a page to read it. */
export interface Mailbox {
  smtpUrl: string;
  webUrl: string;
  stop(): Promise<void>;
}

const SMTP_PORT = 1025;
const WEB_PORT = 1080;

/** Starts maildev in a process of its own, so that its memory is not ours; ports that are taken are replaced by free ones. */
export async function startMailbox({ dataDir }: { dataDir: string }): Promise<Mailbox> {
  const directory = join(dataDir, 'mailbox');
  mkdirSync(directory, { recursive: true });
  const [smtpPort, webPort] = [await freePort(SMTP_PORT), await freePort(WEB_PORT)];
  const child = fork(join(__dirname, 'mailbox-process.js'), [JSON.stringify({ smtpPort, webPort, directory })], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await untilReady(child);
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, webUrl: `http://localhost:${webPort}`, stop: () => stop(child) };
}

async function untilReady(child: ChildProcess): Promise<void> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => ['it ended while starting']),
  ])) as [unknown];
  if (message !== 'ready') throw new Error(`The local mailbox did not start: ${String(message)}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  await ended;
}

/** The preferred port of this machine if nobody has it, else any free one. */
async function freePort(preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    const server = createServer();
    const listening = new Promise<boolean>((resolve) =>
      server.once('listening', () => resolve(true)).once('error', () => resolve(false)),
    );
    server.listen(port, '127.0.0.1');
    if (!(await listening)) continue;
    const { port: free } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return free;
  }
  throw new Error('No port is free for the local mailbox.');
}
