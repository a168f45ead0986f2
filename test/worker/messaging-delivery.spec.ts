import { MessagingContext } from '../support/messaging-context.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { WorkerProcess } from '../support/worker-process.js';

const FAST = { sweepInterval: 100, queuedLease: 5_000, sendingLease: 6_000, retryBase: 200 };

describe.each(QUEUE_ENGINES)('delivery with the queue on $name', (engine) => {
  let server: Awaited<ReturnType<typeof engine.start>>;
  let database: TestDatabase;
  let sink: SmtpSink;
  let hub: MessagingContext;
  let workers: WorkerProcess[];

  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start({
      databaseUrl: database.url,
      redisUrl: server.redisUrl,
      smtpUrl: sink.url,
      delivery: FAST,
    });
    workers.push(worker);
    return worker;
  };

  /** Committed in the database of the test so far; PostgreSQL counts up to a second late. */
  const transactions = async (): Promise<number> => {
    const [row] = await hub.database.query<{ committed: number }>(
      'SELECT xact_commit::int AS committed FROM pg_stat_database WHERE datname = current_database()',
    );
    return row?.committed ?? 0;
  };

  beforeAll(async () => {
    server = await engine.start();
    database = await createTestDatabase();
    sink = await new SmtpSink().start();
    hub = await MessagingContext.start(database.url, server.redisUrl);
    workers = [];
    await startWorker();
  }, 60_000);

  afterAll(async () => {
    await Promise.all((workers ?? []).map((worker) => worker.kill()));
    await hub?.stop();
    await sink?.stop();
    await database?.drop();
    await server?.stop();
  }, 60_000);

  beforeEach(async () => {
    await hub.database.query('DELETE FROM messages');
    await hub.database.query('DELETE FROM invitations');
    await hub.database.query('DELETE FROM suppressions');
    sink.mails.length = 0;
    sink.onRecipient = () => undefined;
    sink.onMessage = async () => undefined;
  });

  it('sends a mail once, whole, and writes it down', async () => {
    const [id] = await hub.notices(1, { recipient: { email: 'Leyla@Example.com', name: 'Leyla Məmmədova' } });
    await hub.settled();
    expect(sink.mails).toHaveLength(1);
    const mail = sink.mails[0];
    expect(mail).toMatchObject({
      to: 'leyla@example.com',
      subject: 'Notice 0',
      messageId: `<${id}@localhost.localdomain>`,
    });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.text).toMatch(/Dear Leyla Məmmədova,[^]*Doors open at nine\.[^]*Postal address/);
    expect(mail?.html).toContain('Doors open at nine.');
    expect(await hub.ledger.get(id ?? '')).toMatchObject({
      status: 'sent',
      attempts: 1,
      lastError: null,
      sentAt: expect.any(Date),
    });
  });

  it('rests while nothing is due: ten looks a second, as asked for, and not a hundred', async () => {
    const [before, began] = [await transactions(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const seconds = (performance.now() - began) / 1000;
    // A look is two transactions, and other things are looked for besides.
    expect((await transactions()) - before).toBeLessThan(50 * seconds);
  });

  it('lets two workers share 200 messages, each sent once', async () => {
    const second = await startWorker();
    await hub.notices(200);
    const { sent } = await hub.settled();
    expect([sent, sink.mails.length, sink.repeated]).toEqual([200, 200, []]);
    expect(await second.stop()).toBe(0);
  });

  it('keeps what is due while the mail server is down, and sends it once when it is back', async () => {
    await sink.stop();
    const [id] = await hub.notices(20);
    await hub.until(() => true);
    await waitFor(async () => (await hub.ledger.get(id ?? '')).attempts > 1);
    expect((await hub.ledger.counts()).stillDue).toBe(20);
    expect((await hub.ledger.get(id ?? '')).lastError).toContain('ECONNREFUSED');
    await sink.start();
    const { sent } = await hub.settled();
    expect([sent, sink.mails.length, sink.repeated]).toEqual([20, 20, []]);
  });

  // From here on it is between the worker, the ledger and the mail server; the queue has no part in it.
  if (engine !== QUEUE_ENGINES[0]) return;

  it('gives an invitation its answer link and the way out by one click, and lets nobody write headers', async () => {
    const about = {
      type: 'conference' as const,
      id: await hub.record('conference', 'Forum\r\nBcc: everybody@example.com'),
    };
    const personId = await hub.record('person', 'Rauf');
    const name = 'Rauf "R" <r@evil.example>\r\nX-Evil: 1';
    await hub.invitations.invite({ about, people: [{ personId, email: 'rauf@example.com', name, locale: 'az' }] });
    await hub.settled();
    const raw = sink.mails[0]?.raw ?? '';
    expect(raw).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/unsubscribe\/[\w.-]+>\r?$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(raw.split(/\r?\n\r?\n/)[0]).not.toMatch(/^(Bcc|X-Evil):/im);
    expect(sink.mails[0]).toMatchObject({ to: 'rauf@example.com', subject: 'Dəvət: Forum Bcc: everybody@example.com' });
    expect(sink.mails[0]?.text).toMatch(/http:\/\/localhost:3000\/rsvp\/[\w.-]+/);
  });

  it('comes back to a server that says "later", until it says yes', async () => {
    let refusals = 3;
    sink.onRecipient = () => (refusals-- > 0 ? { code: 450, text: '4.2.0 greylisted' } : undefined);
    const [id] = await hub.notices(1);
    await hub.settled();
    expect(await hub.ledger.get(id ?? '')).toMatchObject({ status: 'sent', attempts: 4 });
    expect(sink.mails).toHaveLength(1);
  });

  it('gives up at once on a final no, and suppresses the address when that is what is wrong', async () => {
    sink.onRecipient = (address) =>
      address.startsWith('gone') ? { code: 550, text: '5.1.1 no such user' } : { code: 554, text: '5.7.1 not welcome' };
    const [gone] = await hub.notices(1, { recipient: { email: 'gone@example.com', name: 'Gone' } });
    const [unwelcome] = await hub.notices(1, { recipient: { email: 'unwelcome@example.com', name: 'Unwelcome' } });
    await hub.settled();
    expect(await hub.ledger.get(gone ?? '')).toMatchObject({
      status: 'failed',
      reason: 'refused',
      lastError: expect.stringContaining('5.1.1'),
    });
    expect(await hub.ledger.get(unwelcome ?? '')).toMatchObject({ status: 'failed', reason: 'refused' });
    const suppressed = await hub.database.query('SELECT email, source FROM suppressions');
    expect(suppressed).toEqual([{ email: 'gone@example.com', source: 'bounced' }]);
    const [again] = await hub.notices(1, { recipient: { email: 'gone@example.com', name: 'Gone' } });
    expect(await hub.ledger.get(again ?? '')).toMatchObject({ status: 'suppressed' });
  });

  it('calls a message unknown when the connection breaks after it was handed over, and sends it again only when told to', async () => {
    let broken = false;
    sink.onMessage = async () => {
      if (!broken) {
        broken = true;
        sink.dropConnections();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { code: 451, text: 'never heard' };
      }
      return undefined;
    };
    const [id = ''] = await hub.notices(1);
    await hub.settled();
    expect(await hub.ledger.get(id)).toMatchObject({ status: 'unknown', reason: 'connection_lost', attempts: 1 });
    expect(sink.mails).toHaveLength(0);
    await hub.messages.resend(id);
    await hub.settled();
    expect(await hub.ledger.get(id)).toMatchObject({ status: 'sent' });
    expect(sink.mails.map((mail) => mail.messageId)).toEqual([`<${id}@localhost.localdomain>`]);
    await expect(hub.messages.resend(id)).rejects.toMatchObject({ code: 'not_resendable' });
  });

  it('calls a message unknown when the server never answers', async () => {
    sink.onMessage = async () => new Promise(() => undefined);
    const [id = ''] = await hub.notices(1);
    await hub.settled();
    expect(await hub.ledger.get(id)).toMatchObject({ status: 'unknown', reason: 'connection_lost' });
    await waitFor(async () => sink.mails.length === 0);
  });

  it('asks again at the last moment whether a message may go', async () => {
    const meeting = await hub.record('side_meeting', 'Called off');
    const person = await hub.record('person', 'Archived');
    const soon = { sendAt: new Date(Date.now() + 600) };
    const [off = ''] = await hub.notices(1, { ...soon, aboutId: meeting });
    const [news = ''] = await hub.notices(1, { ...soon, aboutId: meeting, evenIfCalledOff: true });
    const [gone = ''] = await hub.notices(1, {
      ...soon,
      recipient: { personId: person, email: 'archived@example.com', name: 'A' },
    });
    const [late = ''] = await hub.notices(1, { ...soon, notAfter: new Date(Date.now() + 300) });
    await hub.database.query('UPDATE records SET called_off = true WHERE id = $1', [meeting]);
    await hub.database.query('UPDATE records SET archived_at = now() WHERE id = $1', [person]);
    await hub.settled();
    expect(await hub.ledger.get(off)).toMatchObject({ status: 'cancelled', reason: 'subject_called_off' });
    expect(await hub.ledger.get(gone)).toMatchObject({ status: 'cancelled', reason: 'recipient_archived' });
    expect(await hub.ledger.get(late)).toMatchObject({ status: 'cancelled', reason: 'too_late' });
    expect(sink.mails.map((mail) => mail.messageId)).toEqual([`<${news}@localhost.localdomain>`]);
  });

  it('does not ask whoever has answered, as somebody they were merged with', async () => {
    const about = { type: 'conference' as const, id: await hub.record('conference', 'Forum') };
    const personId = await hub.record('person', 'Rauf');
    const people = [{ personId, email: 'rauf@example.com', name: 'Rauf' }];
    await hub.invitations.invite({ about, people, sendAt: new Date(Date.now() + 600) });
    await hub.database.query(`UPDATE invitations SET status = 'accepted', responded_at = now()`);
    await hub.settled();
    expect(await hub.database.query('SELECT status, reason FROM messages')).toEqual([
      { status: 'cancelled', reason: 'answered' },
    ]);
    expect(sink.mails).toEqual([]);
  });

  it('does not send to an address that was suppressed after the plan was made', async () => {
    const [id = ''] = await hub.notices(1, {
      sendAt: new Date(Date.now() + 500),
      recipient: { email: 'no@example.com', name: 'No' },
    });
    await hub.suppressions.add({ email: 'NO@example.com', reason: 'asked for it' });
    await hub.settled();
    expect(await hub.ledger.get(id)).toMatchObject({ status: 'suppressed' });
    expect(sink.mails).toEqual([]);
  });
});

async function waitFor(fits: () => Promise<boolean>, seconds = 15): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await fits())) {
    if (Date.now() > deadline) throw new Error(`Not so after ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
