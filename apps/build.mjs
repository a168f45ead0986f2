/**
 * Builds dist. `--if-stale`: only when the sources differ from those dist was built from. `--if-possible`: without the
 * compiler (a production install) leave things as they are. Files are written over in place, and only when everything
 * compiles, so a program that runs from dist keeps its files.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.built-from');
const LOCK = join(DIST, '.building');
const COMPILER = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
const FOLDERS = ['apps', 'libs', 'migrations'];
const SETTINGS = ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
const flags = new Set(process.argv.slice(2));

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    : [];

const sources = () =>
  FOLDERS.flatMap((folder) => filesUnder(join(ROOT, folder)))
    .filter((file) => /\.(ts|json|csv)$/.test(file) && !file.endsWith('.spec.ts'))
    .sort();

/** Changes when a source is edited, added or deleted. */
function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of [...files, ...SETTINGS]) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const isFresh = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint(sources());

function build() {
  const files = sources();
  const before = fingerprint(files);
  rmSync(STAMP, { force: true });
  const { status } = spawnSync(process.execPath, [COMPILER, 'build'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) return status ?? 1;
  removeOrphans(new Set(files));
  writeFileSync(STAMP, before);
  return 0;
}

/** Output whose source is gone would still be loaded by a glob or a forgotten import. */
function removeOrphans(kept) {
  for (const folder of FOLDERS) {
    for (const file of filesUnder(join(DIST, folder))) {
      const source = file.slice('dist/'.length);
      if (!kept.has(source) && !kept.has(source.replace(/\.js(\.map)?$/, '.ts'))) rmSync(join(ROOT, file));
    }
  }
}

/** Two npm scripts started together take turns; a lock whose owner has died is taken over. */
function lock() {
  mkdirSync(DIST, { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(LOCK, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!ownerLives()) rmSync(LOCK, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function ownerLives() {
  try {
    const owner = Number(readFileSync(LOCK, 'utf8'));
    return owner > 0 && process.kill(owner, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function main() {
  if (flags.has('--if-stale') && isFresh()) return 0;
  if (!existsSync(COMPILER)) {
    if (flags.has('--if-possible') || existsSync(STAMP)) return 0;
    console.error('dist is missing, and so is the compiler: run `npm ci` without --omit=dev, or bring a built dist.');
    return 1;
  }
  lock();
  // Another script may have built while this one waited for its turn.
  if (flags.has('--if-stale') && isFresh()) return 0;
  console.log('Building …');
  return build();
}

process.exitCode = main();
