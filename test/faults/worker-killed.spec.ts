import { JobQueues } from '#queue';
import { MessagingContext } from '../support/messaging-context.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WorkerProcess } from '../support/worker-process.js';

const CONCURRENCY = 5;
const FAST = { sweepInterval: 100, queuedLease: 3_000, sendingLease: 6_000, retryBase: 200 };

describe.each(QUEUE_ENGINES)('a worker that is killed, with the queue on $name', (engine) => {
  let server: Awaited<ReturnType<typeof engine.start>>;
  let database: TestDatabase;
  let sink: SmtpSink;
  let hub: MessagingContext;
  const workers: WorkerProcess[] = [];

  const startWorker = async (delivery = FAST): Promise<WorkerProcess> => {
    const options = { databaseUrl: database.url, redisUrl: server.redisUrl, smtpUrl: sink.url };
    const worker = await WorkerProcess.start({ ...options, concurrency: CONCURRENCY, delivery });
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    server = await engine.start();
    database = await createTestDatabase();
    sink = await new SmtpSink().start();
    hub = await MessagingContext.start(database.url, server.redisUrl);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await hub?.stop();
    await sink?.stop();
    await database?.drop();
    await server?.stop();
  }, 60_000);

  beforeEach(async () => {
    await hub.database.query('DELETE FROM messages');
    sink.mails.length = 0;
    sink.handedOver = 0;
    sink.onMessage = async () => undefined;
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  });

  it('while the mail server holds its answer back: nothing is lost, nothing goes twice, and what nobody knows is called unknown', async () => {
    const total = 20;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    sink.onMessage = async () => {
      await released;
      return undefined;
    };
    const doomed = await startWorker();
    await hub.notices(total);
    await hub.until(() => sink.handedOver === CONCURRENCY);
    await doomed.kill();
    release();
    await hub.until(() => sink.mails.length === CONCURRENCY);
    sink.onMessage = async () => undefined;
    await startWorker();
    const counts = await hub.settled(20);
    expect(counts).toMatchObject({ total, unknown: CONCURRENCY, sent: total - CONCURRENCY });
    expect(sink.mails).toHaveLength(total);
    expect(sink.repeated).toEqual([]);
    const reasons = await hub.database.query(`SELECT DISTINCT reason FROM messages WHERE status = 'unknown'`);
    expect(reasons).toEqual([{ reason: 'lease_expired' }]);
  });

  it('between claim and delivery: another one delivers, once', async () => {
    const ids = await hub.notices(10);
    await hub.database.query(
      `UPDATE messages SET status = 'queued', claim = 1, lease_until = now() + interval '1 s' WHERE id = ANY($1)`,
      [ids],
    );
    await startWorker();
    const { sent } = await hub.settled(20);
    expect([sent, sink.mails.length, sink.repeated]).toEqual([10, 10, []]);
  });

  it('again and again: every message ends, none goes twice, and no more are unknown than were in its hands', async () => {
    const total = 60;
    const kills = 2;
    sink.onMessage = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    };
    await hub.notices(total);
    for (let i = 0; i < kills; i++) {
      const doomed = await startWorker();
      const before = sink.handedOver;
      await hub.until(() => sink.handedOver >= before + 10, 20);
      await doomed.kill();
    }
    await startWorker();
    const { sent, unknown } = await hub.settled(25);
    expect(sent + unknown).toBe(total);
    expect(unknown).toBeLessThanOrEqual(kills * CONCURRENCY);
    expect(sink.repeated).toEqual([]);
    expect(sink.mails.length).toBeGreaterThanOrEqual(sent);
  }, 60_000);

  it('and every job that comes twice, or ten times, does its work once', async () => {
    const ids = await hub.notices(20);
    await hub.database.query(
      `UPDATE messages SET status = 'queued', claim = 1, lease_until = now() + interval '1 min' WHERE id = ANY($1)`,
      [ids],
    );
    const copies = ids.flatMap((id) =>
      Array.from({ length: 10 }, (_, i) => ({ id: `${id}-copy${i}`, data: { id, claim: 1 } })),
    );
    await hub.app.get(JobQueues).add('mail', 'deliver', copies);
    await startWorker();
    await startWorker();
    const { sent } = await hub.settled(20);
    expect([sent, sink.mails.length, sink.repeated]).toEqual([20, 20, []]);
  });
});
