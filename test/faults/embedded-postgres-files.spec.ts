import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPackage, usableNativeFiles } from '../../libs/database/src/embedded/native-files.js';

const isRoot = process.getuid?.() === 0;
const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };

describe('the PostgreSQL programs that npm installed', () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'chamberlain-test-files-')));
    chmodSync(folder, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A package as npm leaves it with install scripts switched off: without its symlinks. */
  const install = (name: string): string => {
    const target = join(folder, name, 'package');
    mkdirSync(join(folder, name), { mode: 0o755 });
    cpSync(findPackage(), target, { recursive: true, filter: (file) => !lstatSync(file).isSymbolicLink() });
    return target;
  };

  it('are used where they are', () => {
    expect(usableNativeFiles(undefined).postgres.startsWith(findPackage())).toBe(true);
  });

  it('get the library links that switched-off install scripts left out', () => {
    const native = usableNativeFiles(undefined, install('no-scripts'), []);
    expect(native.version).toMatch(/^18\./);
    expect(spawnSync(native.initdb, ['--version']).status).toBe(0);
  });

  it('are explained when they do not run on this system', () => {
    const broken = install('broken');
    writeFileSync(join(broken, 'native/bin/postgres'), '#!/bin/sh\necho "wrong C library" >&2\nexit 1\n');
    expect(() => usableNativeFiles(undefined, broken, [])).toThrow(
      /does not run here: wrong C library[^]*DATABASE_URL/,
    );
  });

  // Only root runs the server as somebody else, whom a folder may keep out.
  (isRoot ? describe : describe.skip)(
    'in a folder the server may not enter (skipped for other users than root)',
    () => {
      let hidden: string;
      beforeAll(() => {
        hidden = install('hidden');
        chmodSync(join(folder, 'hidden'), 0o700);
      });

      it('are copied once to where it may, and the copy is used again', () => {
        const cache = join(folder, 'cache');
        const first = usableNativeFiles(nobody, hidden, [cache]);
        const made = lstatSync(first.postgres).ino;
        expect(first.postgres.startsWith(cache)).toBe(true);
        expect(lstatSync(usableNativeFiles(nobody, hidden, [cache]).postgres).ino).toBe(made);
        expect(spawnSync(first.initdb, ['--version'], { ...nobody, cwd: '/' }).status).toBe(0);
      });

      it('are never taken from a folder that somebody else could have planted', () => {
        const [planted, own] = [join(folder, 'planted'), join(folder, 'own')];
        mkdirSync(planted);
        chownSync(planted, nobody.uid, nobody.gid);
        expect(usableNativeFiles(nobody, hidden, [planted, own]).postgres.startsWith(own)).toBe(true);
        expect(() => usableNativeFiles(nobody, hidden, [planted])).toThrow(/cannot be used by nobody/);
      });

      it('are copied anew when an earlier copy was killed half-way', () => {
        const cache = join(folder, 'interrupted');
        const half = join(cache, 'postgres-18-linux-x64.half-4194305');
        mkdirSync(half, { recursive: true });
        chmodSync(cache, 0o755);
        expect(usableNativeFiles(nobody, hidden, [cache]).version).toMatch(/^18\./);
        expect(existsSync(half)).toBe(false);
      });
    },
  );
});
