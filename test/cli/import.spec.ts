import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliProcess, startCli } from '../support/cli-process.js';

jest.setTimeout(180_000);

const SIGN_IN = { ADMIN_EMAIL: 'admin@example.org', ADMIN_PASSWORD: 'a password that is long' };

describe('chamberlain import', () => {
  let folder: string;
  let system: CliProcess;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chamberlain-import-'));
    chmodSync(folder, 0o755);
    system = startCli(['up'], { DATA_DIR: join(folder, 'data'), PORT: '0', ...SIGN_IN });
    url = (await system.until(/API {9}(http:\S+)\/v1/))[1] ?? '';
  });
  afterAll(async () => {
    system.child.kill('SIGINT');
    await system.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const chamberlain = async (...args: string[]): Promise<{ output: string; code: unknown }> => {
    const command = startCli(['import', '--url', url, ...args], SIGN_IN);
    const code = await command.ended;
    return { output: command.output(), code };
  };

  it('shows how a file fares and what is wrong in it, and takes the import back', async () => {
    const file = join(folder, 'members.csv');
    // Windows-1251: "Мост" in a column whose header nobody could guess.
    const name = Buffer.from([0xcc, 0xee, 0xf1, 0xf2]);
    writeFileSync(
      file,
      Buffer.concat([Buffer.from('Who;Country;Flag\n'), name, Buffer.from(';AZ;x\nHarbour;Atlantis;y\n')]),
    );
    const done = await chamberlain(
      file,
      '--encoding',
      'windows-1251',
      '--mapping',
      'Who=organization',
      '--mapping',
      'Flag=',
    );
    expect(done.code).toBe(0);
    expect(done.output).toContain('completed: 2 total, 1 created, 0 updated, 0 unchanged, 0 skipped, 1 failed');
    expect(done.output).toContain('read as windows-1251, delimiter ;; not read: Flag');
    expect(done.output).toContain('row 2, Country: There is no country "Atlantis".');
    const [, id = ''] = /chamberlain import --revert (\S+)/.exec(done.output) ?? [];

    const reverted = await chamberlain('--revert', id);
    expect(reverted).toMatchObject({ code: 0 });
    expect(reverted.output).toContain('reverted: 1 removed, 0 restored, 0 kept in part, 0 kept');
    const again = await chamberlain('--revert', id);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('The import is reverted') });
  });

  it('says what it cannot make sense of', async () => {
    expect(await chamberlain()).toMatchObject({ code: 1, output: expect.stringContaining('FILE') });
    const mapping = await chamberlain('members.csv', '--mapping', 'Who');
    expect(mapping).toMatchObject({ code: 1, output: expect.stringContaining('Header=field') });
  });
});
