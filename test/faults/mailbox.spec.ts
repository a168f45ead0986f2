import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

const ROOT = join(__dirname, '../..');

/** A program that starts the built mailbox and then only waits. */
const PROGRAM = `
  require('./dist/apps/cli/src/mailbox/mailbox.js').startMailbox({ dataDir: process.argv[1] }).then((mailbox) => {
    process.send(mailbox);
    process.once('SIGTERM', () => mailbox.stop().then(() => process.exit(0)));
  });
`;

interface Started {
  program: ChildProcess;
  smtpUrl: string;
  webUrl: string;
}

describe('the local mailbox', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'chamberlain-mailbox-'));
  const programs: ChildProcess[] = [];

  const start = async (): Promise<Started> => {
    const program = spawn(process.execPath, ['-e', PROGRAM, dataDir], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    programs.push(program);
    const [urls] = (await once(program, 'message')) as [Omit<Started, 'program'>];
    return { program, ...urls };
  };

  afterAll(() => {
    for (const program of programs) program.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('takes a mail, shows it on its page, and still has it after a restart', async () => {
    const first = await start();
    const transport = createTransport(first.smtpUrl);
    await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', subject: 'Kept', text: 'x' });
    transport.close();
    const page = await fetch(first.webUrl, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<html');
    expect(await subjects(first.webUrl)).toEqual(['Kept']);
    first.program.kill('SIGTERM');
    await once(first.program, 'exit');
    const second = await start();
    expect(await subjects(second.webUrl)).toEqual(['Kept']);
  });

  it('takes other ports when its own are taken', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.smtpUrl).not.toBe(two.smtpUrl);
    expect(one.webUrl).not.toBe(two.webUrl);
  });

  it('ends when the program that started it is killed', async () => {
    const { program, smtpUrl } = await start();
    const port = Number(new URL(smtpUrl).port);
    expect(await listens(port)).toBe(true);
    program.kill('SIGKILL');
    for (let i = 0; i < 100 && (await listens(port)); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await listens(port)).toBe(false);
  });
});

async function subjects(webUrl: string): Promise<string[]> {
  const mails = (await (await fetch(`${webUrl}/api/email`)).json()) as { subject: string }[];
  return mails.map(({ subject }) => subject);
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  const open = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return open;
}
