import Redis from 'ioredis';
import { JobQueues } from '#queue';
import { DeliveryGround } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';
import { freePort, redisInstalled, startRedis, type TestRedis } from '../support/redis-server.js';

jest.setTimeout(300_000);

const TOTAL = FULL ? 200 : 20;
const ROUNDS = FULL ? 6 : 1;

describe.each(QUEUE_ENGINES)('jobs that come again, with the queue on $name', (engine) => {
  let ground: DeliveryGround;
  beforeAll(async () => void (ground = await DeliveryGround.start(engine)));
  afterAll(() => ground?.stop());
  afterEach(() => ground.clear());

  /** The job of a claim, so many times, each under an id of its own. */
  const enqueue = (ids: string[], claim: number, copies: number): Promise<void> => {
    const jobs = ids.flatMap((id) =>
      Array.from({ length: copies }, (_, copy) => ({ id: `${id}-${claim}-copy${copy}`, data: { id, claim } })),
    );
    return ground.hub.app.get(JobQueues).add('mail', 'deliver', jobs);
  };

  it('twice, ten times, for claims of long ago and claims never made: each message goes once', async () => {
    const ids = await ground.plan(3 * TOTAL);
    const claimed = ids.slice(0, 2 * TOTAL);
    await ground.sql(
      `UPDATE messages SET status = 'queued', claim = 3, lease_until = now() + interval '1 min' WHERE id = ANY($1)`,
      [claimed],
    );
    await enqueue(claimed.slice(0, TOTAL), 3, 2);
    await enqueue(claimed.slice(TOTAL), 3, 10);
    await enqueue(ids, 2, 1);
    await enqueue(ids, 4, 1);
    await Promise.all([ground.worker(), ground.worker()]);
    await ground.eventually(() => ground.accepted.length >= TOTAL);
    // The rest the workers claim themselves, and all of it comes once more after it is done.
    for (const claim of [1, 3]) await enqueue(ids, claim, 2);
    const { sent } = await ground.settled();
    expect(sent).toBe(3 * TOTAL);
    await ground.prove({ lease: 60_000 });
  });
});

if (!redisInstalled) console.warn('redis-server is not installed, so its death cannot be tested');

(redisInstalled ? describe : describe.skip)(
  'a Redis that forgets everything and dies, with jobs in flight (skipped where there is none)',
  () => {
    let ground: DeliveryGround;
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis(await freePort());
      const start = async () => ({ redisUrl: redis.url, stop: () => redis.stop() });
      ground = await DeliveryGround.start({ name: 'Redis', start });
    });
    afterAll(() => ground?.stop());

    it('loses no message and sends none twice', async () => {
      const { sink } = ground;
      sink.onMessage = () => new Promise((resolve) => setTimeout(() => resolve(undefined), 40));
      await Promise.all([ground.worker(), ground.worker()]);
      for (let round = 0; round < ROUNDS; round++) {
        const begun = sink.mails.length;
        await ground.plan(60);
        await ground.eventually(() => sink.mails.length >= begun + 10);
        await flush(redis.url);
        await ground.plan(10);
        await ground.eventually(() => sink.mails.length >= begun + 30);
        await redis.kill();
        await ground.plan(10);
        redis = await startRedis(Number(new URL(redis.url).port));
        // `unknown` would be wrong: nobody who had a message in hand has died.
        const { sent } = await ground.settled();
        expect(sent).toBe(ground.planned.length);
      }
      await ground.prove();
    });
  },
);

async function flush(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushall();
  client.disconnect();
}
