import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const SOURCES = ['apps', 'libs', 'migrations'];

/** Each breaks one rule: the file, what it imports, the rule that must say so. */
const FORBIDDEN: [file: string, imports: string, rule: string][] = [
  ['libs/config/src/a.ts', '#database', 'leftwards-only-config'],
  ['libs/database/src/a.ts', '#audit', 'leftwards-only-database'],
  ['libs/audit/src/a.ts', '#access', 'leftwards-only-audit'],
  ['libs/records/src/a.ts', '#calendar', 'leftwards-only-records'],
  ['libs/tasks/src/a.ts', '#members', 'leftwards-only-tasks'],
  ['libs/members/src/a.ts', '#conferences', 'leftwards-only-members'],
  ['libs/side-meetings/src/a.ts', '#deals', 'leftwards-only-side-meetings'],
  ['libs/weather/src/a.ts', '#config', 'known-libs-only'],
  ['libs/members/src/b.ts', '../../records/src/inner.js', 'through-the-index'],
  ['apps/api/src/members/a.ts', '../../../../libs/records/src/inner.js', 'through-the-index'],
  ['libs/members/src/c.ts', '#api', 'libs-below-apps'],
  ['migrations/0001-a.ts', '#database', 'migrations-alone'],
  ['libs/access/src/a.ts', '#migrations', 'migrations-known-to-database'],
  ['apps/api/src/a.ts', '#worker', 'apps-apart-api'],
  ['apps/worker/src/a.ts', '#api', 'apps-apart-worker'],
  ['apps/cli/src/demo/a.ts', '#api', 'apps-apart-cli'],
  ['apps/cli/src/up-inner.ts', '../../api/src/inner.js', 'up-through-the-index'],
  ['libs/access/src/b.ts', '@nestjs/platform-fastify', 'no-http-in-libs'],
  ['libs/access/src/c.ts', 'fastify', 'no-http-in-libs'],
  ['libs/access/src/d.ts', '@fastify/multipart', 'no-http-in-libs'],
  ['libs/access/src/e.ts', '@nestjs/swagger', 'no-http-in-libs'],
  ['libs/messaging/src/b.ts', '#delivery', 'leftwards-only-messaging'],
  ['libs/messaging/src/a.ts', 'bullmq', 'bull-in-its-place'],
  ['apps/api/src/b.ts', '@nestjs/bullmq', 'bull-in-its-place'],
  ['apps/api/src/c.ts', '@bull-board/fastify', 'bull-board-in-operations'],
  ['apps/api/src/d.ts', 'typeorm', 'no-sql-in-apps'],
  ['apps/worker/src/b.ts', 'pg', 'no-sql-in-apps'],
  ['libs/deals/src/circle-back.ts', './circle.js', 'no-circles'],
  ['libs/deals/src/a.ts', '../../../test/support/test-api.js', 'tests-stay-outside'],
  ['libs/deals/src/b.ts', 'fast-check', 'no-development-packages'],
  ['libs/deals/src/c.ts', './nowhere.js', 'resolvable'],
];

const ALLOWED: [file: string, imports: string][] = [
  ['libs/deals/src/good.ts', '#members'],
  ['libs/tasks/src/good.ts', '#messaging'],
  ['libs/queue/src/good.ts', 'bullmq'],
  ['libs/access/src/good.ts', 'typeorm'],
  ['libs/database/src/good.ts', '#migrations'],
  ['apps/worker/src/good.ts', '@nestjs/bullmq'],
  ['apps/api/src/good.ts', '#deals'],
  ['apps/api/src/operations/good.ts', '@bull-board/fastify'],
  ['apps/api/src/http/problem.filter.ts', 'typeorm'],
  ['apps/cli/src/up-good.ts', '#worker'],
  ['libs/deals/src/good.spec.ts', 'fast-check'],
];

/** A circle is reported once, at its first file. */
const OTHER_HALF_OF_THE_CIRCLE: [file: string, imports: string] = ['libs/deals/src/circle.ts', './circle-back.js'];

interface Violation {
  from: string;
  rule: { name: string };
}

/** What dependency-cruiser reports for a tree of sources. */
function violations(cwd: string): Violation[] {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cruiser, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...SOURCES],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1_048_576 },
  );
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** A house in which every lib and app is empty but for the files given. */
function houseWith(files: [file: string, imports: string, rule?: string][]): string {
  const house = mkdtempSync(join(tmpdir(), 'chamberlain-house-'));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };
  const config = readFileSync(join(ROOT, '.dependency-cruiser.cjs'), 'utf8');
  for (const [, names] of config.matchAll(/^const (?:MECHANISMS|HUBS|FEATURES) = \[([^\]]*)\];$/gm))
    for (const [, lib] of (names ?? '').matchAll(/'([^']+)'/g)) put(`libs/${lib}/src/index.ts`, 'export {};\n');
  for (const file of ['apps/api/src/index.ts', 'apps/worker/src/index.ts', 'migrations/index.ts'])
    put(file, 'export {};\n');
  for (const file of ['libs/records/src/inner.ts', 'apps/api/src/inner.ts', 'test/support/test-api.ts'])
    put(file, 'export {};\n');
  for (const [file, imports] of files) put(file, `import '${imports}';\n`);
  cpSync(join(ROOT, 'package.json'), join(house, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  return house;
}

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));

describe('the layers', () => {
  // `npm run arch` holds the sources against the rules; here the rules themselves are on trial.
  describe('are guarded by rules', () => {
    let house: string;
    let found: Violation[];

    beforeAll(() => {
      house = houseWith([...FORBIDDEN, OTHER_HALF_OF_THE_CIRCLE, ...ALLOWED]);
      found = violations(house);
    });

    afterAll(() => rmSync(house, { recursive: true, force: true }));

    it.each(FORBIDDEN)('that refuse %s an import of %s: %s', (file, _imports, rule) => {
      expect(found.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
    });

    it.each(ALLOWED)('that allow %s an import of %s', (file) => {
      expect(found.filter(({ from }) => from === file)).toEqual([]);
    });
  });

  it('leave no SQL to the apps', () => {
    const SQL = /\b(SELECT\s[\s\S]{1,200}?\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b/;
    const withSql = (folder: string) =>
      filesUnder(folder).filter((file) => file.endsWith('.ts') && SQL.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(withSql('apps')).toEqual([]);
    expect(withSql('libs')).not.toEqual([]);
  });

  it('have no folder for what belongs nowhere', () => {
    const NOWHERE = /(^|\/)(common|shared|utils?|helpers?|core|misc)\//;
    expect([...SOURCES, 'test'].flatMap(filesUnder).filter((file) => NOWHERE.test(file))).toEqual([]);
  });
});
