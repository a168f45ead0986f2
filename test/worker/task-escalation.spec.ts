import { TaskEscalationsPlanner } from '#tasks';
import { UsersService } from '#access';
import type { Role } from '#database';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Due times are in 2031, so that nothing goes out while the tests run. Monday, 10 March, 10:00 in Baku is 06:00Z. */
describe('a task that is overdue for two days', () => {
  let api: TestApi;
  let staff: Client;
  let admin: Client;
  let managers: string[];

  beforeAll(async () => {
    api = await startTestApi();
    [staff, admin] = [await api.as('staff'), await api.as('admin')];
    await api.database.query(`UPDATE users SET time_zone = 'Asia/Baku'`);
    managers = [await user('manager', 'Asia/Baku'), await user('manager', 'America/New_York')];
  });
  afterAll(() => api?.close());
  afterEach(() => api.database.query(`UPDATE tasks SET status = 'cancelled', completed_at = NULL`));

  let users = 0;
  async function user(role: Role, timeZone = 'Asia/Baku'): Promise<string> {
    const email = `${role}${(users += 1)}@chamber.example`;
    return (await api.app.get(UsersService).create({ email, name: `${role} ${users}`, role, timeZone })).id;
  }
  const DUE = new Date('2031-03-10T06:00:00Z');
  const task = async (values: object = {}): Promise<string> => {
    const body = { title: 'Answer', dueAt: DUE.toISOString(), assigneeId: staff.id, remindBefore: [], ...values };
    return (await staff.post('/v1/tasks').send(body).expect(201)).body.id;
  };
  const run = (at = new Date(DUE.getTime() + 2 * DAY)) => api.app.get(TaskEscalationsPlanner).run(undefined, at);
  const mails = (id: string) =>
    api.database.query<{ userId: string; status: string; reason: string | null; sendAt: Date; subject: string }>(
      `SELECT user_id AS "userId", status, reason, send_at AS "sendAt", subject FROM messages
       WHERE about_id = $1 AND kind = 'escalation' ORDER BY occurs_at, send_at, user_id`,
      [id],
    );
  const told = async (id: string) => (await mails(id)).map(({ status, reason }) => reason ?? status);
  const send = () =>
    api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE status = 'planned'`);

  it('is told to every manager once, by day where they are', async () => {
    const id = await task();
    expect(await run(new Date(DUE.getTime() + 2 * DAY - 1))).toBe(0);
    expect(await Promise.all([run(), run(), run()]).then((counts) => counts.reduce((sum, count) => sum + count))).toBe(
      1,
    );
    expect(await run(new Date(DUE.getTime() + 3 * DAY))).toBe(0);
    expect(await mails(id)).toMatchObject([
      { userId: managers[0], status: 'planned', sendAt: new Date('2031-03-12T06:00:00Z'), subject: 'Overdue: Answer' },
      // 02:00 in Washington: it waits until eight.
      { userId: managers[1], status: 'planned', sendAt: new Date('2031-03-12T12:00:00Z') },
    ]);
  });

  it('says who was to do it, until when, and about what', async () => {
    const { body: about } = await staff
      .post('/v1/organizations')
      .send({ name: 'Xəzər Terminal', kind: 'company' })
      .expect(201);
    const id = await task({ about: { type: 'organization', id: about.id }, notes: 'By post' });
    await run();
    const { body } = await admin.get(`/v1/messages?filter[aboutId]=${id}&filter[kind]=escalation`).expect(200);
    const { body: preview } = await admin.get(`/v1/messages/${body.data[0].id}/preview`).expect(200);
    for (const fact of ['The staff', 'March 10, 2031', 'Asia/Baku', 'Xəzər Terminal', 'By post'])
      expect(preview.text).toContain(fact);
  });

  it('is not told when it is done, cancelled or archived before, and taken back when it is', async () => {
    const ids = [await task(), await task(), await task()] as [string, string, string];
    await run();
    await staff.post(`/v1/tasks/${ids[0]}/completion`).expect(200);
    await staff.post(`/v1/tasks/${ids[1]}/cancellation`).expect(200);
    await staff.delete(`/v1/tasks/${ids[2]}`).expect(204);
    expect(await told(ids[0])).toEqual(['completed', 'completed']);
    expect(await told(ids[1])).toEqual(['subject_called_off', 'subject_called_off']);
    expect(await told(ids[2])).toEqual(['subject_called_off', 'subject_called_off']);
    const done = await task();
    await staff.post(`/v1/tasks/${done}/completion`).expect(200);
    expect(await run()).toBe(0);
  });

  it('is taken back when it moves, and may be told again for its new due time', async () => {
    const id = await task();
    await run();
    const moved = new Date(DUE.getTime() + 5 * DAY);
    await staff.patch(`/v1/tasks/${id}`).send({ dueAt: moved.toISOString() }).expect(200);
    expect(await told(id)).toEqual(['rescheduled', 'rescheduled']);
    expect(await run()).toBe(0);
    expect(await run(new Date(moved.getTime() + 2 * DAY))).toBe(1);
    expect(await told(id)).toEqual(['rescheduled', 'rescheduled', 'planned', 'planned']);
    await staff.patch(`/v1/tasks/${id}`).send({ dueAt: null }).expect(200);
    expect(await told(id)).toEqual(Array(4).fill('rescheduled'));
  });

  it('is not told again when it is opened again, but is when nobody was told', async () => {
    const [known, unknown] = [await task(), await task()];
    await run();
    await staff.post(`/v1/tasks/${unknown}/completion`).expect(200);
    await send();
    await staff.post(`/v1/tasks/${known}/completion`).expect(200);
    for (const id of [known, unknown]) await staff.post(`/v1/tasks/${id}/reopening`).expect(200);
    await user('manager');
    await run(new Date(DUE.getTime() + 3 * DAY));
    expect(await told(known)).toEqual(['sent', 'sent']);
    expect((await told(unknown)).slice(0, 2)).toEqual(['planned', 'planned']);
    await api.database.query('UPDATE users SET archived_at = now() WHERE email = $1', [
      `manager${users}@chamber.example`,
    ]);
  });

  it('is told as it is now when it changes hands before the mail goes out', async () => {
    const id = await task();
    await run();
    const other = await user('staff');
    await staff.patch(`/v1/tasks/${id}`).send({ assigneeId: other, title: 'Answer at last' }).expect(200);
    await run(new Date(DUE.getTime() + 2 * DAY + 60_000));
    const [data] = await api.database.query(
      `SELECT DISTINCT data->>'assignee' AS assignee, subject, count(*)::int AS mails FROM messages WHERE about_id = $1 GROUP BY 1, 2`,
      [id],
    );
    expect(data).toEqual({ assignee: `staff ${users}`, subject: 'Overdue: Answer at last', mails: 2 });
  });

  it('is told to the other managers, where a manager is to do it, and also where nobody is', async () => {
    const [own, nobodys] = [await task({ assigneeId: managers[0] }), await task({ assigneeId: null })];
    await run();
    expect((await mails(own)).map(({ userId }) => userId)).toEqual([managers[1]]);
    expect((await mails(nobodys)).map(({ userId }) => userId)).toEqual(managers);
  });

  it('is told to administrators where there is no manager', async () => {
    await api.database.query(`UPDATE users SET archived_at = now() WHERE id = ANY($1)`, [managers]);
    const id = await task();
    await run();
    expect((await mails(id)).map(({ userId }) => userId)).toEqual([admin.id]);
    await api.database.query(`UPDATE users SET archived_at = NULL WHERE id = ANY($1)`, [managers]);
  });

  it('is not told when it has been overdue for long: an upgrade floods nobody', async () => {
    const [old, recent] = [await task({ dueAt: '2021-03-01T06:00:00Z' }), await task()];
    expect(await run(new Date(DUE.getTime() + 9 * DAY))).toBe(0);
    expect(await run(new Date(DUE.getTime() + 9 * DAY - HOUR))).toBe(1);
    expect(await told(old)).toEqual([]);
    expect(await told(recent)).toHaveLength(2);
  });
});
