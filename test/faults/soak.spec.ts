import { DeliveryGround } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';
import { RandomFaults, randomFrom } from '../support/random-faults.js';
import { freePort, startRedis } from '../support/redis-server.js';

jest.setTimeout(600_000);

/** `FAULTS_SEED=…` chooses the faults of a run that has failed; the machine's pace is its own. */
const SEED = Number(process.env.FAULTS_SEED ?? (FULL ? Date.now() % 1_000_000 : 2026));
const SECONDS = 150;
const MESSAGES = 2_500;

const shuffled = (names: string[], random: () => number): string[] =>
  names
    .map((name) => ({ name, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ name }) => name);

/** The reduced run has every fault once, on Redis where it is installed: there are more to be had. */
const ENGINES = FULL ? QUEUE_ENGINES : QUEUE_ENGINES.slice(-1);

describe('everything that breaks, by chance', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => void (postgres = await OwnPostgres.start()));
  afterAll(() => postgres?.stop());

  it.each(ENGINES)('with two workers and the queue on $name: every law holds in the end', async ({ name }) => {
    const random = randomFrom(SEED);
    const redis = name === 'Redis' ? await startRedis(await freePort()) : undefined;
    const start = async () => ({ redisUrl: redis?.url, stop: async () => faults?.stop() });
    const ground = await DeliveryGround.start({ name, start }, postgres.url);
    const faults = new RandomFaults({ ground, postgres, redis, random });
    try {
      await ground.clear();
      faults.begin();
      await Promise.all([ground.worker(), ground.worker()]);
      const end = Date.now() + SECONDS * 1000;
      const once = FULL ? [] : shuffled(faults.names, random);
      for (let planned = 0; FULL ? planned < MESSAGES || Date.now() < end : once.length > 0; planned += 50) {
        await faults.plan(FULL ? 50 : 20);
        await new Promise((resolve) => setTimeout(resolve, FULL ? 200 + 600 * random() : 200));
        await faults.strike(once.pop());
      }
      await ground.settled(150);
      await ground.prove();
    } catch (error) {
      throw new Error(`Seed ${SEED}, after: ${faults.log.join(', ')}\n${String(error)}`, { cause: error });
    } finally {
      await ground.clear().catch(() => undefined);
      await ground.stop();
    }
  });
});
