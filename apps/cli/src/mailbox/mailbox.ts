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

/** Ports may be taken between looking and listening; so often we look again. */
const ATTEMPTS = 5;

/** Starts maildev in a process of its own, so that its memory is not ours; ports that are taken are replaced by free ones. */
export async function startMailbox({ dataDir }: { dataDir: string }): Promise<Mailbox> {
  const directory = join(dataDir, 'mailbox');
  mkdirSync(directory, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const settings = { smtpPort: await freePort(SMTP_PORT), webPort: await freePort(WEB_PORT), directory };
    const child = fork(join(__dirname, 'mailbox-process.js'), [JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const problem = await firstWord(child);
    if (problem === 'ready') return mailboxOf(child, settings);
    if (attempt === ATTEMPTS || !problem.includes('EADDRINUSE'))
      throw new Error(`The local mailbox did not start: ${problem}`);
  }
}

const mailboxOf = (child: ChildProcess, { smtpPort, webPort }: { smtpPort: number; webPort: number }): Mailbox => ({
  smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
  webUrl: `http://localhost:${webPort}`,
  stop: () => stop(child),
});

/** `ready`, or what went wrong. */
async function firstWord(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => ['it ended while starting']);
  const [word] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  return String(word);
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
