import { TaskDigestsPlanner } from '#tasks';
import { startWorker } from '../../apps/worker/src/index.js';
import { loadConfig } from '#config';
import { UsersService } from '#access';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';
import { type ArrivedMail, SmtpSink } from '../support/smtp-sink.js';

const HOUR = 3_600_000;

interface Digest {
  email: string;
  subject: string;
  status: string;
  reason: string | null;
  sendAt: Date;
  notAfter: Date;
  data: Record<string, string | string[]>;
}

/** Days are in 2031, so that nothing planned for them is due while the tests run. 10 March 2031 is a Monday. */
describe('the digest of tasks', () => {
  let api: TestApi;
  let manager: Client;
  beforeAll(async () => {
    api = await startTestApi();
    manager = await api.as('manager');
    await api.database.query('UPDATE users SET digest = false');
  });
  afterAll(() => api?.close());
  afterEach(() => api.database.query('UPDATE users SET digest = false'));

  let users = 0;
  const user = async (timeZone: string, values: object = {}): Promise<string> => {
    const email = `digest${(users += 1)}@chamber.example`;
    const input = { email, name: 'Aysel', role: 'staff' as const, timeZone, ...values };
    return (await api.app.get(UsersService).create(input)).id;
  };
  const task = async (assigneeId: string, title: string, dueAt: string, values: object = {}): Promise<string> => {
    const body = { title, dueAt, assigneeId, remindBefore: [], ...values };
    return (await manager.post('/v1/tasks').send(body).expect(201)).body.id;
  };
  const run = (at: string) => api.app.get(TaskDigestsPlanner).run(undefined, new Date(at));
  const digests = (userId: string) =>
    api.database.query<Digest>(
      `SELECT email, subject, status, reason, send_at AS "sendAt", not_after AS "notAfter", data FROM messages
       WHERE user_id = $1 AND kind = 'digest' ORDER BY send_at`,
      [userId],
    );
  const sent = async (userId: string) =>
    (await digests(userId)).map(({ sendAt, status }) => `${sendAt.toISOString()} ${status}`);

  it('says in the morning what is overdue, due today and soon, on the clocks of its reader', async () => {
    const id = await user('Asia/Baku');
    const { body: about } = await manager
      .post('/v1/organizations')
      .send({ name: 'Xəzər Terminal', kind: 'company' })
      .expect(201);
    await task(id, 'Call the port', '2031-03-10T11:30', {
      timeZone: 'Asia/Baku',
      about: { type: 'organization', id: about.id },
    });
    await task(id, 'Send the letter', '2031-03-07T05:00:00Z');
    await task(id, 'Pay the invoice', '2031-03-13T19:00:00Z');
    await task(id, 'Far away', '2031-03-13T20:00:00Z');
    await task(id, 'Late in the evening', '2031-03-10T19:59:00Z');
    await run('2031-03-10T03:59:59Z');
    expect(await digests(id)).toEqual([]);
    await run('2031-03-10T04:00:05Z');
    expect(await digests(id)).toEqual([
      expect.objectContaining({
        subject: 'Your tasks, Monday, March 10',
        status: 'planned',
        sendAt: new Date('2031-03-10T04:00:00Z'),
        notAfter: new Date('2031-03-10T08:00:00Z'),
        data: {
          title: 'Monday, March 10',
          timeZone: 'Asia/Baku',
          overdue: ['Fri, Mar 7, 2031, 09:00 AM – Send the letter'],
          overdueCount: '1',
          dueToday: ['11:30 AM – Call the port (Xəzər Terminal)', '11:59 PM – Late in the evening'],
          dueTodayCount: '2',
          upcoming: ['Thu, Mar 13, 11:00 PM – Pay the invoice'],
          upcomingCount: '1',
        },
      }),
    ]);
  });

  it('adds the promises that its reader watches and whose windows close within two weeks, and is never sent for them alone', async () => {
    const [id, idle] = [await user('Asia/Baku'), await user('Asia/Baku')];
    const { body: party } = await manager
      .post('/v1/organizations')
      .send({ name: 'Liman', kind: 'company' })
      .expect(201);
    const side = { organizationId: party.id };
    const promise = async (action: string, dueTo: string, ownerId = id) =>
      (await manager.post('/v1/commitments').send({ action, owedBy: side, owedTo: side, dueTo, ownerId }).expect(201))
        .body;
    await promise('Open the gate', '2031-05-26');
    await promise('Send the key', '2031-05-12');
    await promise('Too far', '2031-05-27');
    await promise('Too late', '2031-05-11');
    await promise('Idle', '2031-05-13', idle);
    const kept = await promise('Kept', '2031-05-13');
    await manager.post(`/v1/commitments/${kept.id}/fulfilment`).send({ evidence: 'Seen' }).expect(200);
    await task(id, 'Call the port', '2031-05-12T08:00:00Z');
    await run('2031-05-12T04:00:05Z');
    expect(await digests(idle)).toEqual([]);
    const [digest] = await digests(id);
    expect(digest?.data).toMatchObject({
      dueTodayCount: '1',
      closing: ['May 12, 2031 – Liman: Send the key', 'May 26, 2031 – Liman: Open the gate'],
      closingCount: '2',
    });
  });

  it.each([
    ['az', 'Tapşırıqlarınız, 10 mart, bazar ertəsi', '09:00'],
    ['ru', 'Ваши задачи, понедельник, 10 марта', '09:00'],
  ])('speaks %s', async (locale, subject, time) => {
    const id = await user('Asia/Baku', { locale });
    await task(id, 'Zəng et', '2031-03-10T05:00:00Z');
    await run('2031-03-10T04:00:00Z');
    expect(await digests(id)).toMatchObject([{ subject, data: { dueToday: [`${time} – Zəng et`] } }]);
  });

  it('comes once a day, however many workers look, and at eight on the day of a clock change', async () => {
    const id = await user('America/New_York');
    await task(id, 'Old', '2031-02-01T12:00:00Z');
    await Promise.all([run('2031-03-08T13:00:00Z'), run('2031-03-08T13:00:00Z'), run('2031-03-08T13:00:01Z')]);
    await run('2031-03-08T15:00:00Z');
    await run('2031-03-09T11:59:00Z');
    await run('2031-03-09T12:00:00Z');
    expect(await sent(id)).toEqual(['2031-03-08T13:00:00.000Z planned', '2031-03-09T12:00:00.000Z planned']);
  });

  it('comes late while it is morning, and not any more at noon', async () => {
    const [early, late] = [await user('Asia/Baku'), await user('Asia/Baku')];
    for (const id of [early, late]) await task(id, 'Old', '2031-02-01T12:00:00Z');
    await api.database.query('UPDATE users SET digest = false WHERE id = $1', [late]);
    await run('2031-03-11T07:59:59Z');
    await api.database.query('UPDATE users SET digest = true WHERE id = $1', [late]);
    await run('2031-03-11T08:00:00Z');
    expect(await sent(early)).toEqual(['2031-03-11T04:00:00.000Z planned']);
    expect(await sent(late)).toEqual([]);
  });

  it('does not come twice for one day to somebody who moves', async () => {
    const id = await user('Asia/Baku');
    await task(id, 'Old', '2031-02-01T12:00:00Z');
    await run('2031-03-12T04:00:00Z');
    await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE user_id = $1`, [id]);
    await (await api.as('admin')).patch(`/v1/users/${id}`).send({ timeZone: 'America/New_York' }).expect(200);
    await run('2031-03-12T12:30:00Z');
    expect(await sent(id)).toEqual(['2031-03-12T04:00:00.000Z sent']);
    await run('2031-03-13T12:00:00Z');
    expect(await sent(id)).toHaveLength(2);
  });

  it('does not come with nothing to say, later that day either', async () => {
    const id = await user('Asia/Baku');
    await task(id, 'Tomorrow', '2031-03-15T08:00:00Z');
    const done = await task(id, 'Done', '2031-03-13T08:00:00Z');
    await manager.post(`/v1/tasks/${done}/completion`).expect(200);
    await run('2031-03-14T04:00:00Z');
    await task(id, 'New', '2031-03-14T10:00:00Z');
    await run('2031-03-14T06:00:00Z');
    expect(await digests(id)).toEqual([]);
  });

  it('does not come to those who do not want it, are gone, or must not be mailed', async () => {
    const admin = await api.as('admin');
    const [unwilling, gone, suppressed] = [await user('Asia/Baku'), await user('Asia/Baku'), await user('Asia/Baku')];
    for (const id of [unwilling, gone, suppressed]) await task(id, 'Old', '2031-02-01T12:00:00Z');
    expect((await admin.patch(`/v1/users/${unwilling}`).send({ digest: false }).expect(200)).body.digest).toBe(false);
    await admin.patch(`/v1/users/${unwilling}`).send({ digest: 'no' }).expect(422);
    await admin.delete(`/v1/users/${gone}`).expect(204);
    const { email } = (await admin.get(`/v1/users/${suppressed}`).expect(200)).body;
    await manager.post('/v1/suppressions').send({ email, reason: 'Left' }).expect(201);
    await run('2031-03-15T04:00:00Z');
    for (const id of [unwilling, gone, suppressed]) expect(await digests(id)).toEqual([]);
    expect((await admin.get('/v1/me').expect(200)).body.digest).toBe(false);
  });

  it('says what is so while it waits for the mail server, and is taken back when all is done', async () => {
    const id = await user('Asia/Baku');
    const [one, two] = [await task(id, 'One', '2031-03-16T08:00:00Z'), await task(id, 'Two', '2031-03-16T09:00:00Z')];
    await run('2031-03-16T04:00:00Z');
    await manager.post(`/v1/tasks/${one}/completion`).expect(200);
    await run('2031-03-16T04:30:00Z');
    expect(await digests(id)).toMatchObject([{ status: 'planned', data: { dueToday: ['01:00 PM – Two'] } }]);
    await manager.post(`/v1/tasks/${two}/completion`).expect(200);
    await run('2031-03-16T04:45:00Z');
    expect(await digests(id)).toMatchObject([{ status: 'cancelled', reason: 'completed' }]);
  });

  it('keeps to itself what is restricted: the record in the mail, and the mail among the messages', async () => {
    const id = await user('Asia/Baku');
    const { body: guest } = await manager.post('/v1/people').send({ fullName: 'Rauf Guest' }).expect(201);
    const meeting = {
      participants: [{ personId: guest.id, side: 'visiting' }],
      startsAt: '2031-03-16T10:00',
      endsAt: '2031-03-16T11:00',
      title: 'Secret talks',
      kind: 'call',
      status: 'requested',
      visibility: 'restricted',
      timeZone: 'Asia/Baku',
    };
    const { body: secret } = await manager.post('/v1/side-meetings').send(meeting).expect(201);
    await task(id, 'Write it up', '2031-03-17T08:00:00Z', { about: { type: 'side_meeting', id: secret.id } });
    await run('2031-03-17T04:00:00Z');
    expect(JSON.stringify(await digests(id))).not.toContain('Secret talks');
    const { body } = await manager.get(`/v1/messages?filter[userId]=${id}`).expect(200);
    expect(body.data).toHaveLength(1);
    const staff = await api.as('staff');
    expect((await staff.get(`/v1/messages?filter[userId]=${id}`).expect(200)).body.data).toEqual([]);
    await staff.get(`/v1/messages/${body.data[0].id}/preview`).expect(404);
    await staff.post(`/v1/messages/${body.data[0].id}/cancellation`).expect(404);
  });

  it('shows twenty lines of a long list, and how long it is', async () => {
    const id = await user('Asia/Baku');
    await api.database.query(
      `INSERT INTO tasks (id, title, priority, status, due_at, time_zone, assignee_id, search_key)
       SELECT gen_random_uuid(), 'Task ' || n, 'normal', 'open', '2031-03-17T00:00:00Z'::timestamptz - n * interval '1 hour', 'UTC', $1, 'task'
       FROM generate_series(1, 300) n`,
      [id],
    );
    await run('2031-03-18T04:00:00Z');
    const [digest] = await digests(id);
    expect(digest?.data.overdueCount).toBe('300');
    expect(digest?.data.overdue).toHaveLength(20);
    expect(digest?.data.overdue?.[0]).toContain('Task 1');
  });

  it('arrives', async () => {
    const sink = await new SmtpSink().start();
    // Somewhere it is between nine and twelve in the morning.
    const hour = new Date().getUTCHours();
    const offset = 9 - hour < -12 ? 33 - hour : 9 - hour;
    const zone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
    const id = await user(zone);
    await task(id, 'Answer the embassy', new Date(Date.now() - 30 * HOUR).toISOString());
    const config = {
      ...loadConfig({ JWT_SECRET: 'a secret that only the tests know about', LOG_LEVEL: 'error' }),
      databaseUrl: api.databaseUrl,
      smtpUrl: sink.url,
    };
    const arrived = new Promise<ArrivedMail>((resolve) => {
      sink.onMessage = (mail) => Promise.resolve(void resolve(mail));
    });
    const worker = await startWorker(config);
    try {
      const mail = await arrived;
      expect(mail.text).toContain('Answer the embassy');
      expect(mail.text).toContain(zone);
    } finally {
      await worker.close();
      await sink.stop();
    }
  }, 30_000);
});
