import { contentOf } from '../support/directory-content.js';
import { ImportsContext } from '../support/imports-context.js';
import { WorkerProcess } from '../support/worker-process.js';

const ROWS = 2_800;
/** Workers killed in each of the two phases that write. */
const KILLS = 2;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

const HEADER = 'organization,website,country,tags,contactName,title,email,tier,startsOn,endsOn';
const line = (i: number, tag: string): string =>
  `Company ${i % (ROWS / 4)},,AZ,${tag},Person Number${i},Director,p${i}@example.com,gold,2026-01-01,2026-12-31`;
/** What stands there already, to be changed by the import. */
const EARLIER = [HEADER, ...Array.from({ length: 300 }, (_, i) => line(i * 9, 'earlier'))].join('\n');
/** Four rows for each organization; some that nobody can read. */
const FILE = [
  HEADER,
  ...Array.from({ length: ROWS }, (_, i) => line(i, `t${i % 7}`).replace('AZ', i % 11 === 0 ? 'Atlantis' : 'AZ')),
].join('\n');

describe('an import whose workers are killed', () => {
  const contexts: ImportsContext[] = [];
  const workers: WorkerProcess[] = [];
  let moment = SEED;

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await Promise.all(contexts.map((context) => context.close()));
  }, 60_000);

  /** A number below `limit`, from the seed (the generator of Numerical Recipes). */
  const random = (limit: number): number => {
    moment = (Math.imul(moment, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((moment / 2 ** 32) * limit);
  };

  const ready = async (): Promise<{ context: ImportsContext; id: string }> => {
    const context = await ImportsContext.start();
    contexts.push(context);
    await context.import(EARLIER);
    return { context, id: (await context.analyze(FILE)).id };
  };

  const startWorker = async ({ databaseUrl, database }: ImportsContext): Promise<WorkerProcess> => {
    // The lease of the one before runs out in five seconds; nobody need wait for that here.
    await database.query('UPDATE imports SET lease_until = NULL');
    const worker = await WorkerProcess.start({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' });
    workers.push(worker);
    return worker;
  };

  /** Kills one worker after the other, each at a random moment of its way; answers whether any was on its way. */
  const killOnTheWay = async (context: ImportsContext, id: string): Promise<number> => {
    let killed = 0;
    for (let i = 1; i <= KILLS; i++) {
      const before = (await context.reader.get(id)).doneCount;
      const worker = await startWorker(context);
      await context.until(
        id,
        ({ doneCount, finishedAt }) => finishedAt !== null || doneCount > before || random(60) === 0,
      );
      await new Promise((resolve) => setTimeout(resolve, random(120)));
      await worker.kill();
      if ((await context.reader.get(id)).finishedAt === null) killed++;
    }
    return killed;
  };

  /** People's own change, which a revert keeps. */
  const touch = ({ database }: ImportsContext) =>
    database.query(
      `UPDATE organizations SET notes = 'Called', version = version + 1 WHERE name IN ('Company 1', 'Company 9')`,
    );

  it('comes to exactly the same as undisturbed, on its way forth and on its way back', async () => {
    process.stdout.write(`seed of the moments: ${SEED}\n`);
    const [undisturbed, disturbed] = [await ready(), await ready()];
    const written = await undisturbed.context.commit(undisturbed.id);
    const writtenContent = await withoutIds(undisturbed.context, undisturbed.id);
    await touch(undisturbed.context);
    await undisturbed.context.revert(undisturbed.id);
    const revertedContent = await withoutIds(undisturbed.context, undisturbed.id);

    const { context, id } = disturbed;
    await context.service.commit(id);
    const forth = await killOnTheWay(context, id);
    let last = await startWorker(context);
    const done = await context.until(id, ({ status }) => status === 'completed');
    await last.kill();
    expect([done.created, done.updated, done.failed]).toEqual([written.created, written.updated, written.failed]);
    expect(await withoutIds(context, id)).toEqual(writtenContent);

    await touch(context);
    await context.service.revert(id);
    const back = await killOnTheWay(context, id);
    last = await startWorker(context);
    await context.until(id, ({ status }) => status === 'reverted');
    await last.stop();
    expect(await withoutIds(context, id)).toEqual(revertedContent);
    expect(forth + back).toBeGreaterThan(0);
  }, 240_000);
});

/** Directory, records, ledger and audit trail, with a name in the place of every id, in an order that follows from the content. */
async function withoutIds({ database }: ImportsContext, importId: string): Promise<unknown> {
  const content = {
    ...(await contentOf(database)),
    ledger: await database.query(
      'SELECT row_number, verdict, problems, organization_id, person_id, reversal, kept FROM import_verdicts WHERE import_id = $1',
      [importId],
    ),
    audit: await database.query('SELECT action, after FROM audit_entries WHERE about_id = $1', [importId]),
  };
  const names = await database.query<{ id: string; name: string }>(`
    SELECT id, 'organization ' || name AS name FROM organizations UNION ALL SELECT id, 'person ' || full_name FROM people
    UNION ALL SELECT id, 'tier ' || code FROM membership_tiers`);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return Object.entries(content).map(([table, rows]) => [
    table,
    rows.map((row) => JSON.stringify(row).replace(UUID, (id) => nameOf.get(id) ?? 'an id')).sort(),
  ]);
}
