import { CONCURRENCY, DeliveryGround } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { FAULT_ENGINES } from '../support/queue-engines.js';

jest.setTimeout(300_000);

/** Everybody's: the workers', the queue's, and those of the API that plans. */
const CUT_ALL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;

const ROUNDS = FULL ? 5 : 1;

describe('a database that dies', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => void (postgres = await OwnPostgres.start()));
  afterAll(() => postgres?.stop());

  describe.each(FAULT_ENGINES)('with the queue on $name', (engine) => {
    let ground: DeliveryGround;
    beforeAll(async () => void (ground = await DeliveryGround.start(engine, postgres.url)));
    afterAll(async () => {
      await ground?.clear();
      await ground?.stop();
    });

    it('with its connections, and then as a whole, while mail goes out and more is planned: nothing is lost, nothing goes twice', async () => {
      const { sink } = ground;
      sink.onMessage = () => new Promise((resolve) => setTimeout(() => resolve(undefined), 40));
      const worker = await ground.worker();
      for (let round = 0; round < ROUNDS; round++) {
        const begun = sink.mails.length;
        await ground.plan(50);
        await ground.eventually(() => sink.mails.length >= begun + 10);
        await ground.sql(CUT_ALL);
        ground.otherKills++;
        await ground.eventually(() => sink.mails.length >= begun + 25);
        const lost = ground.plan(2_000, { sendAt: new Date(Date.now() + 3_600_000) });
        await Promise.all([postgres.kill(), lost.catch(() => undefined)]);
        ground.otherKills++;
        await postgres.restart();
        await ground.eventually(() =>
          ground.plan(10).then(
            () => true,
            // The pool finds out about its dead connections one by one.
            () => false,
          ),
        );
        await ground.settled();
      }
      expect(worker.runs).toBe(true);
      const { unknown = 0, sent = 0 } = await ground.counts();
      expect(unknown).toBeLessThanOrEqual(ground.otherKills * CONCURRENCY);
      expect(sent).toBeGreaterThan(0);
      await ground.prove();
    });
  });
});
