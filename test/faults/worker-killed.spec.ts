import { DeliveryGround } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import { FAULT_ENGINES } from '../support/queue-engines.js';
import { KILL_POINTS, type KillPoint, type WorkerProcess } from '../support/worker-process.js';

jest.setTimeout(300_000);

/** Before `sending` is committed nobody has begun: whoever dies there leaves nothing that nobody knows. */
const HARMLESS: readonly KillPoint[] = ['before claim', 'after claim', 'before begin'];

describe.each(FAULT_ENGINES)('workers that are killed, with the queue on $name', (engine) => {
  let ground: DeliveryGround;
  beforeAll(async () => void (ground = await DeliveryGround.start(engine)));
  afterAll(() => ground?.stop());
  afterEach(() => ground.clear());

  /** Killed by the mail server the moment the 250 is given to its socket. */
  const killedAtAnswer = async (): Promise<WorkerProcess> => {
    const sink = await ground.newSink();
    const worker = await ground.worker({ smtpUrl: sink.url });
    sink.onAnswered = () => worker.killNow();
    return worker;
  };

  /** Killed while it waits for an answer; the mail server takes the mail all the same. */
  const killedWaiting = async (): Promise<WorkerProcess> => {
    const sink = await ground.newSink();
    const worker = await ground.worker({ smtpUrl: sink.url });
    sink.onMessage = async () => {
      worker.killNow();
      await worker.ended;
      return undefined;
    };
    return worker;
  };

  it('one at each point of a message’s way: nothing is lost, nothing goes twice, and what nobody knows is called unknown', async () => {
    const [waiting, ...doomed] = await Promise.all([
      killedWaiting(),
      killedAtAnswer(),
      ...KILL_POINTS.map((point) => ground.worker({ killAt: { point } })),
    ]);
    const alive = () => [waiting, ...doomed].filter(({ runs }) => runs).length;
    while (alive() > 0) {
      const before = alive();
      await ground.plan(20);
      await ground.eventually(async () => alive() < before || (await ground.counts()).stillDue === 0);
    }
    expect(doomed.slice(1).map(({ killedAt }) => killedAt)).toEqual(KILL_POINTS);
    await ground.worker();
    const { sent = 0, unknown = 0 } = await ground.settled();
    expect(sent + unknown).toBe(ground.planned.length);
    // One died waiting for the mail server and four of themselves with a message begun; the one that was answered may be
    // quick enough to write that down before the kill reaches it.
    expect(unknown).toBeGreaterThanOrEqual(5);
    const expired = await ground.sql(`SELECT FROM messages WHERE status = 'unknown' AND reason = 'lease_expired'`);
    expect(expired.length).toBeGreaterThanOrEqual(5);
    await ground.prove();
  });

  // The reduced run kills them all at once, above, and one more in the soak.
  if (!FULL) return;
  describe('one after another', () => {
    it.each(KILL_POINTS.flatMap((point) => [1, 2, 7].map((pass) => ({ point, pass }))))(
      '$point, the time $pass',
      async ({ point, pass }) => {
        await ground.plan(15);
        const doomed = await ground.worker({ killAt: { point, pass } });
        // A worker that has claimed all of it at once comes by some points only when there is more.
        const more = setInterval(() => void ground.plan(1), 300);
        await doomed.ended;
        clearInterval(more);
        expect(doomed.killedAt).toBe(point);
        await ground.worker();
        const { unknown = 0 } = await ground.settled();
        if (HARMLESS.includes(point) && pass === 1) expect(unknown).toBe(0);
        await ground.prove();
      },
    );

    it('in the middle of everything, twelve times', async () => {
      const kills = 12;
      ground.sink.onMessage = () => new Promise((resolve) => setTimeout(() => resolve(undefined), 20));
      await ground.plan(kills * 30);
      for (let i = 0; i < kills; i++) {
        const doomed = await ground.worker();
        const before = ground.sink.handedOver;
        await ground.eventually(() => ground.sink.handedOver >= before + 10);
        await doomed.kill();
      }
      await ground.worker();
      const { sent = 0, unknown = 0 } = await ground.settled();
      expect(sent + unknown).toBe(kills * 30);
      await ground.prove();
    });
  });
});
