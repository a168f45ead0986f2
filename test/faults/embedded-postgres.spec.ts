import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gone, query, runs, SupervisorGround } from '../support/supervised-postgres.js';

const isRoot = process.getuid?.() === 0;
const portOf = (url: string) => Number(new URL(url).port);

describe('the embedded PostgreSQL', () => {
  let ground: SupervisorGround;
  beforeAll(() => void (ground = new SupervisorGround()));
  afterEach(() => ground.endAll());
  afterAll(() => ground.remove());

  it('makes an empty database on the first start, in UTF-8, UTC and behind a password', async () => {
    const dataDir = ground.newDataDir();
    const { url, attached } = await ground.start({ dataDir });

    expect(attached).toBe(false);
    expect(await query(url, `SELECT current_database() AS name, current_setting('timezone') AS zone`)).toEqual([
      { name: 'chamberlain', zone: 'UTC' },
    ]);
    expect(await query(url, `SELECT 'Ə' > 'E' AS ordered, lower('ƏŞÇ МАМ') AS folded`)).toEqual([
      { ordered: true, folded: 'əşç мам' },
    ]);
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    const intruder = new URL(url);
    intruder.password = 'guess';
    await expect(query(intruder.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('sees the letters of Cyrillic and Azerbaijani names when it compares by trigram', async () => {
    const { url } = await ground.start({ dataDir: ground.newDataDir() });
    await query(url, 'CREATE EXTENSION pg_trgm');
    expect(await query(url, `SELECT similarity('Мамедов', 'Мамедова') > 0.6 AS alike`)).toEqual([{ alike: true }]);
  });

  it('keeps its data and its port over an orderly restart', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    first.supervisor.interrupt();
    expect(await first.supervisor.exit()).toBe(0);

    const second = await ground.start({ dataDir });
    expect(second.url).toBe(first.url);
    expect(second.attached).toBe(false);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('outlives Ctrl-C until the program has finished its work, then stops', async () => {
    const dataDir = ground.newDataDir();
    const { supervisor, pid } = await ground.start({ dataDir });
    supervisor.interrupt();
    await supervisor.says('drained');
    await supervisor.says('stopped');
    expect(await supervisor.exit()).toBe(0);
    expect(runs(pid)).toBe(false);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('is taken over by the next start when its supervisor was killed, and is stopped by it', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    await first.supervisor.kill();
    expect(runs(first.pid)).toBe(true);

    const second = await ground.start({ dataDir });
    expect(second).toMatchObject({ attached: true, pid: first.pid, url: first.url });
    second.supervisor.interrupt();
    expect(await second.supervisor.exit()).toBe(0);
    expect(runs(first.pid)).toBe(false);
  });

  it('recovers with its data when supervisor and server were both killed', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    await first.supervisor.kill();

    const second = await ground.start({ dataDir });
    expect(second.attached).toBe(false);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('tells the program when the server goes away under it', async () => {
    const { supervisor, pid } = await ground.start({ dataDir: ground.newDataDir() });
    process.kill(pid, 'SIGQUIT');
    expect((await supervisor.says('lost')).message).toContain('The embedded PostgreSQL server went away');
  });

  it('starts although a stale postmaster.pid names a live process of somebody else', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    const pidFile = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    first.supervisor.interrupt();
    await first.supervisor.exit();
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), pidFile.replace(/^\d+/, String(stranger.pid)));

    const second = await ground.start({ dataDir });
    expect(second.attached).toBe(false);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('is not fooled by a stale postmaster.pid that names the server of another DATA_DIR', async () => {
    const [here, there] = [ground.newDataDir(), ground.newDataDir()];
    const other = await ground.start({ dataDir: there });
    const first = await ground.start({ dataDir: here });
    first.supervisor.interrupt();
    await first.supervisor.exit();
    writeFileSync(join(here, 'postgres/postmaster.pid'), readFileSync(join(there, 'postgres/postmaster.pid')));

    const second = await ground.start({ dataDir: here });
    expect(second.pid).not.toBe(other.pid);
    expect(await query(other.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a second program on the same DATA_DIR in plain words, and leaves the first alone', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    const second = ground.begin({ dataDir });

    expect(await second.says('failed')).toMatchObject({
      name: 'DataDirInUseError',
      message: `Another Chamberlain (pid ${first.supervisor.pid}) is already running on ${dataDir}. Stop it, or set DATA_DIR to another folder.`,
    });
    expect(await second.exit()).toBe(1);
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('lets exactly one of several simultaneous first starts win', async () => {
    const dataDir = ground.newDataDir();
    const racers = [1, 2, 3].map(() => ground.begin({ dataDir }));
    const ends = await Promise.all(racers.map((racer) => racer.says('ready', 'failed')));

    const winner = racers[ends.findIndex(({ event }) => event === 'ready')];
    const losers = ends.filter(({ event }) => event === 'failed');
    expect(losers).toHaveLength(2);
    for (const { message } of losers) expect(message).toContain(`Another Chamberlain (pid ${winner?.pid}) is already`);
    expect(await query(ends.find(({ event }) => event === 'ready')?.url ?? '', 'SELECT 1 AS one')).toEqual([
      { one: 1 },
    ]);
  });

  it('takes another port when the wanted one is busy, and remembers it', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => squatter.once('listening', listening));
    const { port } = squatter.address() as AddressInfo;
    const dataDir = ground.newDataDir();

    const first = await ground.start({ dataDir, port });
    expect(portOf(first.url)).not.toBe(port);
    await new Promise((closed) => squatter.close(closed));
    first.supervisor.interrupt();
    await first.supervisor.exit();
    expect(portOf((await ground.start({ dataDir })).url)).toBe(portOf(first.url));
  });

  it('finds a port for each of two DATA_DIRs that start at the same moment and want the same one', async () => {
    const racers = [1, 2].map(() => ground.start({ dataDir: ground.newDataDir(), port: 15_433 }));
    const [one, two] = await Promise.all(racers);
    expect(one?.url).not.toBe(two?.url);
    expect(await query(one?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await query(two?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it.each([0, 150, 400])('starts cleanly after a kill %i ms into the making of the database', async (delay) => {
    const dataDir = ground.newDataDir();
    const first = ground.begin({ dataDir });
    const leftovers = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres.init-'));
    while (!existsSync(dataDir) || leftovers().length === 0) await sleep(2);
    await sleep(delay);
    await first.kill();

    const { url } = await ground.start({ dataDir });
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(leftovers()).toEqual([]);
  });

  it('gives the database a new password when postgres.json was lost, and keeps the data', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    first.supervisor.interrupt();
    await first.supervisor.exit();
    rmSync(join(dataDir, 'postgres.json'));

    const second = await ground.start({ dataDir });
    expect(second.url).not.toBe(first.url);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('refuses a database of another PostgreSQL version and says what to do', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    first.supervisor.interrupt();
    await first.supervisor.exit();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');

    const { message } = await ground.begin({ dataDir }).says('failed');
    expect(message).toContain('was made by PostgreSQL 17, this Chamberlain ships 18');
    expect(message).toContain('pg_dump');
  });

  it('shows what the server said when it cannot start', async () => {
    const dataDir = ground.newDataDir();
    const first = await ground.start({ dataDir });
    first.supervisor.interrupt();
    await first.supervisor.exit();
    rmSync(join(dataDir, 'postgres', 'global', 'pg_control'));

    const { name, message } = await ground.begin({ dataDir }).says('failed');
    expect(name).toBe('EmbeddedPostgresError');
    expect(message).toContain('could not find the database system');
  });
});

// As an ordinary user every test above already ran that way, so root alone has these to run.
(isRoot ? describe : describe.skip)('the embedded PostgreSQL started by root (skipped for other users)', () => {
  let ground: SupervisorGround;
  beforeAll(() => void (ground = new SupervisorGround()));
  afterEach(() => ground.endAll());
  afterAll(() => ground.remove());
  const nobody = { uid: 65_534, gid: 65_534 };

  it('runs the server as an unprivileged user', async () => {
    const { pid } = await ground.start({ dataDir: ground.newDataDir() });
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  it('works the same for an ordinary user: start, kill, attach, stop', async () => {
    const dataDir = ground.newDataDir(nobody);
    const first = await ground.start({ dataDir }, nobody);
    expect(statSync(`/proc/${first.pid}`).uid).toBe(nobody.uid);
    await first.supervisor.kill();
    const second = await ground.start({ dataDir }, nobody);
    expect(second.attached).toBe(true);
    second.supervisor.interrupt();
    expect(await second.supervisor.exit()).toBe(0);
  });

  it("leaves an ordinary user's DATA_DIR usable for that user after root ran it", async () => {
    const dataDir = ground.newDataDir(nobody);
    const asRoot = await ground.start({ dataDir });
    await query(asRoot.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    asRoot.supervisor.interrupt();
    await asRoot.supervisor.exit();

    const { url } = await ground.start({ dataDir }, nobody);
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('tells an ordinary user plainly that DATA_DIR belongs to somebody else', async () => {
    const dataDir = ground.newDataDir();
    const asRoot = await ground.start({ dataDir });
    asRoot.supervisor.interrupt();
    await asRoot.supervisor.exit();
    const { name, message } = await ground.begin({ dataDir }, nobody).says('failed');
    expect(name).toBe('EmbeddedPostgresError');
    expect(message).toContain('Start Chamberlain as the owner of these files');
  });

  it('keeps the database in a lasting folder when the server cannot enter DATA_DIR', async () => {
    const dataDir = ground.newDataDir(undefined, 0o700);
    const first = await ground.start({ dataDir });
    const home = dirname(realpathSync(join(dataDir, 'postgres')));
    expect(home).toMatch(/^\/var\/(lib|tmp)\/chamberlain-[0-9a-f]{12}$/);
    expect(first.supervisor.events.map(({ line }) => line).join()).toContain(
      `the database is kept in ${home}/postgres`,
    );
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    await first.supervisor.kill();
    await gone(first.pid);

    const second = await ground.start({ dataDir });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('never brings a database back whose DATA_DIR was deleted, and never deletes it either', async () => {
    const dataDir = ground.newDataDir(undefined, 0o700);
    const first = await ground.start({ dataDir });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    first.supervisor.interrupt();
    await first.supervisor.exit();
    const home = dirname(realpathSync(join(dataDir, 'postgres')));
    rmSync(dataDir, { recursive: true });

    const second = await ground.start({ dataDir });
    expect(await query(second.url, `SELECT to_regclass('kept') AS found`)).toEqual([{ found: null }]);
    expect(readdirSync(home).filter((name) => name.startsWith('postgres.unlinked-'))).toHaveLength(1);
  });
});
