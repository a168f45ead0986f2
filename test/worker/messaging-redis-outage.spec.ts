import { JobQueues } from '#queue';
import { MessagingContext } from '../support/messaging-context.js';
import { freePort, redisInstalled, startRedis, type TestRedis } from '../support/redis-server.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WorkerProcess } from '../support/worker-process.js';

if (!redisInstalled)
  console.warn(
    'redis-server is not installed, so what happens without it cannot be tested: apt-get install redis-server',
  );

(redisInstalled ? describe : describe.skip)('while Redis is away', () => {
  let port: number;
  let redis: TestRedis | undefined;
  let database: TestDatabase;
  let sink: SmtpSink;
  let hub: MessagingContext;
  let worker: WorkerProcess | undefined;

  beforeAll(async () => {
    port = await freePort();
    database = await createTestDatabase();
    sink = await new SmtpSink().start();
    hub = await MessagingContext.start(database.url, `redis://127.0.0.1:${port}`);
  }, 60_000);

  afterAll(async () => {
    await worker?.kill();
    await hub?.stop();
    await redis?.stop();
    await sink?.stop();
    await database?.drop();
  }, 60_000);

  it('planning works and does not wait for it, though it was never there', async () => {
    // To wait for it would take as long as it is away, which the time of this test does not allow.
    await hub.notices(1);
    await expect(hub.app.get(JobQueues).add('mail', 'deliver', [{ id: 'a', data: {} }])).rejects.toThrow();
  }, 20_000);

  it('messages wait, and go out once when it is back, having lost all it knew', async () => {
    redis = await startRedis(port);
    const delivery = { sweepInterval: 100, queuedLease: 3_000, sendingLease: 6_000, retryBase: 200 };
    worker = await WorkerProcess.start({ databaseUrl: database.url, smtpUrl: sink.url, redisUrl: redis.url, delivery });
    await hub.settled(20);
    await redis.stop();
    await hub.notices(20);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(sink.mails).toHaveLength(1);
    redis = await startRedis(port);
    const { sent } = await hub.settled(20);
    expect([sent, sink.mails.length, sink.repeated]).toEqual([21, 21, []]);
  }, 60_000);
});
