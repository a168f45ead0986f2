import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataDir, type DataDir } from './data-dir.js';
import { hintFor, openServerLog } from './server-log.js';

describe('the server log', () => {
  let data: DataDir;
  beforeEach(() => (data = openDataDir(realpathSync(mkdtempSync(join(tmpdir(), 'chamberlain-test-log-'))))));
  afterEach(() => rmSync(data.folder, { recursive: true, force: true }));

  it('is continued by the next start, whose tail shows only its own lines', () => {
    writeFileSync(data.log, 'yesterday\n');
    const part = openServerLog(data);
    writeSync(part.descriptor, 'today\n');
    expect(part.tail()).toBe('today');
    part.close();
    expect(readFileSync(data.log, 'utf8')).toBe('yesterday\ntoday\n');
  });

  it('shows the last twenty lines of a talkative start', () => {
    const part = openServerLog(data);
    for (let line = 1; line <= 2_000; line += 1) writeSync(part.descriptor, `line ${line}\n`);
    expect(part.tail().split('\n')).toHaveLength(20);
    expect(part.tail().split('\n').at(-1)).toBe('line 2000');
    part.close();
  });

  it('is set aside above 10 MB, so that it never fills the disk', () => {
    writeFileSync(data.log, 'x'.repeat(10 * 1024 * 1024 + 1));
    openServerLog(data).close();
    expect(existsSync(`${data.log}.1`)).toBe(true);
    expect(readFileSync(data.log, 'utf8')).toBe('');
  });

  it('is not written through a symlink somebody planted', () => {
    const victim = join(data.folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, data.log);
    expect(() => openServerLog(data)).toThrow('ELOOP');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('has advice for a full disk, and else says where the whole log is', () => {
    expect(hintFor('PANIC: could not write: No space left on device', '/d/postgres.log')).toContain('disk is full');
    expect(hintFor('something new', '/d/postgres.log')).toBe('The whole server log is in /d/postgres.log.');
  });
});
