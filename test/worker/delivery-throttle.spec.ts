import { MessagingContext } from '../support/messaging-context.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WorkerProcess } from '../support/worker-process.js';

const FAST = { sweepInterval: 100, queuedLease: 5_000, sendingLease: 20_000, retryBase: 200 };

/** A domain, or the mail server, that asks for fewer mails. */
describe('delivery is polite', () => {
  let database: TestDatabase;
  let sink: SmtpSink;
  let hub: MessagingContext;
  let worker: WorkerProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    sink = await new SmtpSink().start();
    hub = await MessagingContext.start(database.url);
    worker = await WorkerProcess.start({
      databaseUrl: database.url,
      smtpUrl: sink.url,
      concurrency: 4,
      delivery: FAST,
    });
  }, 60_000);

  afterAll(async () => {
    await worker?.kill();
    await hub?.stop();
    await sink?.stop();
    await database?.drop();
  }, 60_000);

  beforeEach(async () => {
    for (const table of ['messages', 'mail_rests']) await hub.database.query(`DELETE FROM ${table}`);
    sink.mails.length = 0;
    sink.onRecipient = () => undefined;
    sink.onConnection = () => undefined;
    sink.misbehave = () => undefined;
  });

  /** Plans notices to people of one domain, in one round with those of the others. */
  const to = async (domain: string, count: number): Promise<string[]> =>
    (
      await Promise.all(
        Array.from({ length: count }, (_, i) =>
          hub.notices(1, { recipient: { email: `guest${i}@${domain}`, name: 'Guest' } }),
        ),
      )
    ).flat();

  const rests = () =>
    hub.database.query<{ domain: string; strikes: number }>('SELECT domain, strikes FROM mail_rests ORDER BY domain');

  it('does not let a domain that hangs hold up the others', async () => {
    let letGo = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (letGo = resolve));
    sink.onMessage = async (mail) => (mail.to.endsWith('@hanging.example') ? hanging.then(() => undefined) : undefined);
    await to('hanging.example', 12);
    await to('quick.example', 30);
    await hub.until(({ sent }) => sent === 30);
    expect(sink.mails.every((mail) => mail.to.endsWith('@quick.example'))).toBe(true);
    letGo();
    const { sent } = await hub.settled();
    expect(sent).toBe(42);
    sink.onMessage = async () => undefined;
  });

  it('leaves a domain alone that says "slow down", and forgets about it when it takes mail again', async () => {
    const met: string[] = [];
    let slow = true;
    sink.onRecipient = (address) => {
      met.push(address);
      return slow && address.endsWith('@slow.example') ? { code: 421, text: '4.7.0 too many messages' } : undefined;
    };
    await to('slow.example', 20);
    await to('quick.example', 20);
    await hub.until(({ sent }) => sent === 20);
    const tried = met.filter((address) => address.endsWith('@slow.example')).length;
    const [rest] = await rests();
    expect(rest?.domain).toBe('slow.example');
    // Those that were at the door when it spoke, and a few after each rest; not all of the twenty, again and again.
    expect(tried).toBeLessThanOrEqual(8 + 4 * (rest?.strikes ?? 0));
    slow = false;
    await hub.settled();
    expect(await rests()).toEqual([]);
    expect(sink.repeated).toEqual([]);
  });

  it('lets nobody pay for one full mailbox, or for one greylisted stranger', async () => {
    sink.onRecipient = (address) => {
      if (address === 'guest0@one.example') return { code: 450, text: '4.2.2 mailbox full' };
      return address === 'guest1@one.example' ? { code: 451, text: '4.7.1 Greylisting in action' } : undefined;
    };
    await to('one.example', 6);
    await hub.until(({ sent, planned }) => sent === 4 && planned === 2);
    expect(await rests()).toEqual([]);
  });

  it('leaves the mail server alone that turns everybody away, and fails nothing for it', async () => {
    sink.onConnection = () => ({ code: 421, text: '4.7.0 too many connections' });
    sink.dropConnections();
    await to('one.example', 10);
    await to('two.example', 10);
    await untilSo(async () => (await rests()).some(({ domain, strikes }) => domain === '*' && strikes > 1));
    const { attempts, stillDue } = await hub.ledger.counts();
    expect(stillDue).toBe(20);
    const relay = (await rests()).find(({ domain }) => domain === '*');
    expect(attempts).toBeLessThanOrEqual(8 + 4 * (relay?.strikes ?? 0));
    expect(worker.output).toMatch(/The mail server takes no mail now and is left alone for a while/);
    sink.onConnection = () => undefined;
    expect(await hub.settled()).toMatchObject({ sent: 20, failed: 0 });
    expect(await rests()).toEqual([]);
  });

  it('tries again, and says so loudly, when only the configuration is wrong', async () => {
    let wrong = true;
    sink.onRecipient = () => (wrong ? { code: 554, text: '5.7.1 Relay access denied' } : undefined);
    await to('one.example', 3);
    await untilSo(async () => /Only another configuration helps\. It said: .*Relay access denied/.test(worker.output));
    expect((await hub.ledger.counts()).failed).toBe(0);
    wrong = false;
    expect(await hub.settled()).toMatchObject({ sent: 3, failed: 0 });
    expect(await hub.database.query('SELECT FROM suppressions')).toEqual([]);
  });
});

async function untilSo(fits: () => Promise<boolean>, seconds = 20): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await fits())) {
    if (performance.now() > deadline) throw new Error(`Not so after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
