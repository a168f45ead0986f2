import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliProcess, startCli } from '../support/cli-process.js';

/** A boot or two, on a machine that has other things to do. */
jest.setTimeout(120_000);

describe('chamberlain up', () => {
  let dataDir: string;
  const running = new Set<CliProcess>();

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'chamberlain-up-'));
    chmodSync(dataDir, 0o755);
  });

  afterEach(async () => {
    for (const process of running) {
      process.child.kill('SIGINT');
      await process.ended;
    }
    running.clear();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const up = (env: Record<string, string> = {}): CliProcess => {
    const started = startCli(['up'], { DATA_DIR: dataDir, PORT: '0', ...env });
    running.add(started);
    void started.ended.then(() => running.delete(started));
    return started;
  };
  const urlOf = async (system: CliProcess) => (await system.until(/API {9}(http:\S+)\/v1/))[1] ?? '';
  const pidOfPostgres = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  /** What the kernel says of a process in this file; nothing of one that ended, be it in the middle of the reading. */
  const saidOf = (pid: number | string, file: 'cmdline' | 'stat') => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    }
  };
  /** Mailbox processes of this folder; Linux only, as every test here. */
  const mailboxes = () =>
    readdirSync('/proc').filter((entry) => {
      const command = /^\d+$/.test(entry) ? saidOf(entry, 'cmdline') : undefined;
      return command?.includes('mailbox-process') && command.includes(dataDir);
    });
  const isAlive = (pid: number) => saidOf(pid, 'stat')?.includes(') Z ') === false;

  it('is ready with nothing configured, shows a one-time password, and stops everything on Ctrl-C', async () => {
    const system = up();
    const url = await urlOf(system);
    const [, email = '', password = ''] = await system.until(/Sign in {5}(\S+) \/ (\S+)/);
    await system.until(/Ctrl-C stops everything/);
    const login = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(login.status).toBe(200);
    const mailbox = (await system.until(/Mail {8}(http:\S+)/))[1] ?? '';
    expect((await fetch(mailbox, { headers: { Accept: 'text/html' } })).status).toBe(200);
    const postgres = pidOfPostgres();
    system.child.kill('SIGINT');
    expect(await system.ended).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  });

  it('shows the password once only, and keeps what it knows over a restart', async () => {
    const first = up({ ADMIN_EMAIL: 'leyla@chamber.example', ADMIN_PASSWORD: 'kept over restarts' });
    await first.until(/Ctrl-C/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = up();
    const url = await urlOf(second);
    await second.until(/Ctrl-C/);
    expect(second.output()).not.toContain('Sign in');
    const login = await fetch(`${url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'leyla@chamber.example', password: 'kept over restarts' }),
    });
    expect(login.status).toBe(200);
  });

  it('tells a second start on the same folder so, plainly', async () => {
    const first = up();
    await first.until(/Ctrl-C/);
    const second = up();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Another Chamberlain \(pid \d+\) is already running on/);
    expect(second.output()).not.toMatch(/\n {4}at /);
  });

  it('leaves no mailbox behind when it is killed, and takes its database up again', async () => {
    const first = up();
    await first.until(/Ctrl-C/);
    expect(mailboxes()).toHaveLength(1);
    first.child.kill('SIGKILL');
    await first.ended;
    for (let i = 0; i < 100 && mailboxes().length > 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(mailboxes()).toEqual([]);
    const postgres = pidOfPostgres();
    const second = up();
    await second.until(/Ctrl-C/);
    expect(pidOfPostgres()).toBe(postgres);
  });

  it('says which port is taken instead of showing a trace', async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '0.0.0.0', resolve));
    const { port } = taken.address() as { port: number };
    const system = up({ PORT: String(port) });
    expect(await system.ended).toBe(1);
    expect(system.output()).toContain('Set PORT to another one');
    taken.close();
  });

  it('names every fault of the configuration at once and starts nothing', async () => {
    const system = up({ PORT: 'x', REDIS_URL: 'http://x', NODE_ENV: 'production' });
    expect(await system.ended).toBe(1);
    for (const name of ['PORT', 'REDIS_URL', 'JWT_SECRET', 'POSTAL_ADDRESS'])
      expect(system.output()).toContain(`- ${name} `);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });
});
