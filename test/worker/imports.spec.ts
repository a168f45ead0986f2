import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportRow } from '#imports';
import { countsOf, ImportsContext } from '../support/imports-context.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';
import { WorkerProcess } from '../support/worker-process.js';

const DEMO = readFileSync(join(__dirname, '../../apps/cli/src/demo/data/members-2026.csv'));
const HEADER = 'organization,website,country,tags,contactName,title,email,tier,startsOn,endsOn';
/** Three batches to commit, of which two are left when the second worker dies. */
const ROWS = 2_400;

/** Four rows for each organization, the last of which nobody can read. */
const FILE = [
  HEADER,
  ...Array.from({ length: ROWS }, (_, i) => {
    const organization = `Company ${i % (ROWS / 4)}`;
    const country = i >= (ROWS * 3) / 4 && i % 2 === 0 ? 'Atlantis' : 'AZ';
    return `${organization},,${country},t${i % 7},Person Number${i},Director,p${i}@example.com,gold,2026-01-01,2026-12-31`;
  }),
].join('\n');

/** What the file comes to when nobody disturbs it; no queue has a part in that. */
let undisturbed: { counts: number[]; directory: unknown[] };
beforeAll(async () => {
  const context = await ImportsContext.start();
  const counts = countsOf(await context.import(FILE));
  undisturbed = { counts, directory: await contentOf(context) };
  await context.close();
}, 120_000);

describe.each(QUEUE_ENGINES)('imports in worker processes with the queue on $name', (engine) => {
  let server: Awaited<ReturnType<typeof engine.start>>;
  let context: ImportsContext;
  let workers: WorkerProcess[];

  const startWorker = async (): Promise<WorkerProcess> => {
    const { databaseUrl } = context;
    const worker = await WorkerProcess.start({ databaseUrl, redisUrl: server.redisUrl, smtpUrl: 'smtp://127.0.0.1:9' });
    workers.push(worker);
    return worker;
  };

  beforeEach(async () => {
    server = await engine.start();
    context = await ImportsContext.start(server.redisUrl);
    workers = [];
  }, 60_000);

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await context?.close();
    await server?.stop();
  }, 60_000);

  it('go from the file to the last row without being asked again', async () => {
    await startWorker();
    const id = await context.upload(DEMO, { commit: true });
    const done = await context.until(id, ({ status }) => status === 'completed');
    expect(countsOf(done)).toEqual([481, 0, 1, 0, 15]);
  }, 90_000);

  it('come to the same when workers are killed in mid-analysis and mid-commit as when nobody disturbs them', async () => {
    const first = await startWorker();
    const id = await context.upload(FILE, { commit: true });
    const amidAnalysis = ({ status, doneCount }: ImportRow) => status === 'analyzing' && doneCount > 0;
    await context.whileIn(id, amidAnalysis, () => first.kill());
    expect((await context.reader.get(id)).status).toBe('analyzing');

    const second = await startWorker();
    await context.whileIn(
      id,
      ({ committedThrough }) => committedThrough > 0,
      () => second.kill(),
    );
    const broken = await context.reader.get(id);
    expect(broken).toMatchObject({ status: 'running' });
    expect(broken.committedThrough).toBeLessThan(ROWS);

    await Promise.all([startWorker(), startWorker()]);
    const done = await context.until(id, ({ status }) => status === 'completed');
    expect(countsOf(done)).toEqual(undisturbed.counts);
    expect(await contentOf(context)).toEqual(undisturbed.directory);
  }, 240_000);

  // What people do in between is the same on every queue.
  if (engine !== QUEUE_ENGINES[0]) return;

  it('wait for people between analysis and commit', async () => {
    await startWorker();
    const id = await context.upload(DEMO);
    await context.until(id, ({ status }) => status === 'ready');
    expect(await context.count('organizations')).toBe(0);
    await context.service.commit(id);
    await context.until(id, ({ status }) => status === 'completed');
    expect(await context.count('organizations')).toBeGreaterThan(0);
  }, 90_000);
});

/** All that an import writes, without ids and instants. */
async function contentOf({ database }: ImportsContext): Promise<unknown[]> {
  const queries = [
    'SELECT name, kind, country, tags, version, match_key FROM organizations ORDER BY name',
    'SELECT full_name, email, version, match_key FROM people ORDER BY full_name',
    `SELECT o.name, p.full_name, x.title, x.preferred FROM positions x JOIN organizations o ON o.id = x.organization_id
     JOIN people p ON p.id = x.person_id ORDER BY p.full_name`,
    `SELECT o.name, t.code, m.starts_on::text, m.ends_on::text FROM memberships m JOIN organizations o ON o.id = m.organization_id
     JOIN membership_tiers t ON t.id = m.tier_id ORDER BY o.name`,
    `SELECT type, title, search_key FROM records ORDER BY type, title`,
    'SELECT row_number, verdict, problems FROM import_verdicts ORDER BY row_number',
    `SELECT after->'created' AS created FROM audit_entries WHERE action = 'imported'`,
  ];
  return Promise.all(queries.map((sql) => database.query(sql)));
}
