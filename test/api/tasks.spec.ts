import { UsersService } from '#access';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Late in the morning where the users are, so that no reminder falls into their night. */
const inDays = (days: number) =>
  new Date(Math.floor(Date.now() / DAY) * DAY + days * DAY + 16 * 3_600_000).toISOString().replace('.000Z', 'Z');

interface Problem {
  code: string;
  errors: { pointer: string; code: string }[];
}
const faults = (body: Problem) => body.errors.map((fault) => `${fault.pointer} ${fault.code}`).sort();

describe('tasks and commitments', () => {
  let api: TestApi;
  let staff: Client;
  let manager: Client;
  let other: Client;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, manager] = [await api.as('staff'), await api.as('manager')];
    other = await another('other@chamber.example');
  });
  afterAll(() => api?.close());

  async function another(email: string): Promise<Client> {
    const user = await api.app.get(UsersService).create({ email, name: 'Another', role: 'staff', password: PASSWORD });
    const { body } = await api.guest.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    return { id: user.id, email, ...clientWith(api.guest, body.accessToken as string) };
  }

  const created = async (path: string, values: object, by = staff) =>
    (await by.post(path).send(values).expect(201)).body;
  const task = (values: object = {}, by = staff) => created('/v1/tasks', { title: 'Send the outline', ...values }, by);
  const organization = (name: string) => created('/v1/organizations', { name, kind: 'company' });
  const messages = (aboutId: string) =>
    api.database.query<{ kind: string; email: string; send_at: Date; status: string; reason: string | null }>(
      'SELECT kind, email, send_at, status, reason FROM messages WHERE about_id = $1 ORDER BY send_at, id',
      [aboutId],
    );
  const planned = async (aboutId: string) =>
    (await messages(aboutId)).filter((message) => message.status === 'planned');

  const ofKind = async (kind: string, aboutId: string) =>
    (await planned(aboutId)).filter((message) => message.kind === kind);
  const reminders = (aboutId: string) => ofKind('reminder', aboutId);
  const notices = (aboutId: string) => ofKind('notice', aboutId);

  describe('a task', () => {
    it('is open, of normal priority, and says when it is due on the clocks of its zone', async () => {
      const body = await task({ dueAt: '2099-03-10T10:00', timeZone: 'Asia/Baku', remindBefore: ['P1D', 'PT1H'] });
      expect(body).toMatchObject({
        status: 'open',
        priority: 'normal',
        dueAt: '2099-03-10T06:00:00Z',
        dueAtLocal: '2099-03-10T10:00:00',
        timeZone: 'Asia/Baku',
        remindBefore: ['P1D', 'PT1H'],
        overdue: false,
        about: null,
        version: 1,
      });
    });

    it('names all its faults at once', async () => {
      const nobody = '01900000-0000-7000-8000-000000000000';
      const { body } = await staff
        .post('/v1/tasks')
        .send({
          title: 'x',
          dueAt: '2026-03-08T02:30',
          timeZone: 'America/New_York',
          assigneeId: nobody,
          about: { type: 'deal', id: nobody },
          remindBefore: ['P1M'],
        })
        .expect(422);
      expect(faults(body)).toEqual([
        '/about unknown_record',
        '/assigneeId unknown_user',
        '/dueAt local_time_skipped',
        '/remindBefore/0 bad_duration',
      ]);
    });

    it.each([
      [{ title: '  ' }, '/title'],
      [{ title: 'x', dueAt: '2026-03-10T10:00' }, '/dueAt'],
      [{ title: 'x', dueAt: '2026-03-10T10:00', timeZone: 'Mars/Phobos' }, '/timeZone'],
      [{ title: 'x', priority: 'urgent' }, '/priority'],
      [{ title: 'x', colour: 'red' }, '/colour'],
      [{ title: 'x', about: { type: 'planet', id: 'x' } }, '/about/type'],
    ])('is refused as %j', async (values, pointer) => {
      const { body } = await staff.post('/v1/tasks').send(values).expect(422);
      expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    });

    it('reminds its assignee a day before it is due, unless told otherwise', async () => {
      const dueAt = inDays(5);
      const body = await task({ dueAt, assigneeId: other.id });
      expect(await messages(body.id)).toEqual([
        {
          kind: 'reminder',
          email: other.email,
          send_at: new Date(Date.parse(dueAt) - DAY),
          status: 'planned',
          reason: null,
        },
      ]);
    });

    it('follows the reminder rules until it asks for reminders of its own, or for none', async () => {
      const { body: rule } = await manager
        .post('/v1/reminder-rules')
        .send({ subject: 'task', offset: '-P2D', audience: 'assignee', templateKey: 'task_reminder' })
        .expect(201);
      const { id, remindBefore } = await task({ dueAt: inDays(5), assigneeId: other.id });
      expect(remindBefore).toBeNull();
      expect(await planned(id)).toHaveLength(2);
      const wishes = async (wish: string[] | null) => {
        const { body } = await staff.patch(`/v1/tasks/${id}`).send({ remindBefore: wish }).expect(200);
        expect(body.remindBefore).toEqual(wish);
        return (await planned(id)).length;
      };
      expect(await wishes(['P3D'])).toBe(1);
      expect(await wishes([])).toBe(0);
      expect(await wishes(null)).toBe(2);
      await manager.delete(`/v1/reminder-rules/${rule.id}`).expect(204);
      expect(await planned(id)).toHaveLength(1);
    });

    it('plans nothing without a due time, an assignee, or a wish to be reminded', async () => {
      const tasks = [
        await task({ assigneeId: other.id }),
        await task({ dueAt: inDays(5) }),
        await task({ dueAt: inDays(5), assigneeId: other.id, remindBefore: [] }),
      ];
      for (const { id } of tasks) expect(await messages(id)).toEqual([]);
    });

    it('takes its reminders along when it moves or changes hands', async () => {
      const { id } = await task({ dueAt: inDays(5), assigneeId: other.id });
      const moved = inDays(9);
      await staff.patch(`/v1/tasks/${id}`).send({ dueAt: moved }).expect(200);
      expect(await planned(id)).toMatchObject([{ email: other.email, send_at: new Date(Date.parse(moved) - DAY) }]);
      await staff.patch(`/v1/tasks/${id}`).send({ assigneeId: manager.id }).expect(200);
      expect(await reminders(id)).toMatchObject([{ email: manager.email }]);
      await staff.patch(`/v1/tasks/${id}`).send({ dueAt: null }).expect(200);
      expect(await reminders(id)).toEqual([]);
    });

    it('reminds nobody once it is done, cancelled or archived, and again when it is reopened', async () => {
      const { id } = await task({ dueAt: inDays(5), assigneeId: other.id });
      const done = (await other.post(`/v1/tasks/${id}/completion`).expect(200)).body;
      expect(done).toMatchObject({ status: 'done', completedAt: expect.any(String) });
      expect(await messages(id)).toMatchObject([{ status: 'cancelled', reason: 'completed' }]);
      expect((await other.post(`/v1/tasks/${id}/reopening`).expect(200)).body).toMatchObject({
        status: 'open',
        completedAt: null,
      });
      expect(await planned(id)).toHaveLength(1);
      await staff.patch(`/v1/tasks/${id}`).send({ status: 'cancelled' }).expect(200);
      expect(await planned(id)).toEqual([]);
      await staff.post(`/v1/tasks/${id}/reopening`).expect(200);
      await staff.delete(`/v1/tasks/${id}`).expect(204);
      expect(await planned(id)).toEqual([]);
      expect((await staff.get(`/v1/tasks/${id}`).expect(200)).body.archivedAt).toEqual(expect.any(String));
    });

    it('tells its new assignee who handed it over, unless that was they themselves, and no former one', async () => {
      const { id } = await task({ dueAt: inDays(5), remindBefore: [] });
      const give = (assigneeId: string, by = staff) => by.patch(`/v1/tasks/${id}`).send({ assigneeId }).expect(200);
      await give(staff.id);
      expect(await messages(id)).toEqual([]);
      await give(other.id);
      expect(await notices(id)).toMatchObject([{ email: other.email }]);
      await give(manager.id, other);
      expect(await notices(id)).toMatchObject([{ email: manager.email }]);
      await give(other.id, manager);
      expect(await notices(id)).toMatchObject([{ email: other.email }]);
      const [notice] = (await staff.get(`/v1/messages?filter[aboutId]=${id}&filter[status]=planned`)).body.data;
      const { body: mail } = await staff.get(`/v1/messages/${notice.id}/preview`).expect(200);
      expect(mail.subject).toBe('Assigned to you: Send the outline');
      await other.post(`/v1/tasks/${id}/completion`).expect(200);
      expect(await notices(id)).toEqual([]);
    });

    it('takes its reminders along when its assignee moves into another zone, and ends them with the user', async () => {
      const person = await another('traveller@chamber.example');
      const dueAt = `${inDays(9).slice(0, 10)}T03:00:00Z`;
      const { id } = await task({ dueAt, assigneeId: person.id, remindBefore: ['P1D'] });
      const sendAt = async () => (await reminders(id)).map(({ send_at }) => send_at.getUTCHours());
      await api.app.get(UsersService).update(person.id, { timeZone: 'Etc/GMT+5' });
      expect(await sendAt()).toEqual([1]);
      await api.app.get(UsersService).update(person.id, { timeZone: 'Asia/Tokyo' });
      expect(await sendAt()).toEqual([3]);
      await api.app.get(UsersService).archive(person.id);
      expect(await sendAt()).toEqual([]);
      expect((await staff.get(`/v1/tasks/${id}`)).body.assignee).toMatchObject({ id: person.id, active: false });
    });

    it('says what came of it until it is reopened', async () => {
      const { id } = await task();
      const done = await staff.post(`/v1/tasks/${id}/completion`).send({ note: 'Sent on paper' }).expect(200);
      expect(done.body.completionNote).toBe('Sent on paper');
      expect((await staff.post(`/v1/tasks/${id}/reopening`).expect(200)).body.completionNote).toBeNull();
    });

    it('cannot be completed twice', async () => {
      const { id } = await task();
      await staff.post(`/v1/tasks/${id}/completion`).expect(200);
      const { body } = await staff.post(`/v1/tasks/${id}/completion`).expect(409);
      expect(body).toMatchObject({ code: 'task_step_impossible', status: 409 });
    });

    it('is changed by who wrote it, who is to do it, and managers', async () => {
      const { id } = await task({ assigneeId: manager.id });
      await other.patch(`/v1/tasks/${id}`).send({ title: 'Mine now' }).expect(403);
      await other.post(`/v1/tasks/${id}/completion`).expect(403);
      await manager.patch(`/v1/tasks/${id}`).send({ title: 'Send the whole outline' }).expect(200);
      const viewer = await api.as('viewer');
      await viewer.get(`/v1/tasks/${id}`).expect(200);
      await viewer.post('/v1/tasks').send({ title: 'x' }).expect(403);
    });

    it('does not overwrite what somebody else changed in between', async () => {
      const { id } = await task();
      const { headers } = await staff.get(`/v1/tasks/${id}`).expect(200);
      await staff
        .patch(`/v1/tasks/${id}`)
        .set('If-Match', headers.etag ?? '')
        .send({ priority: 'high' })
        .expect(200);
      await staff
        .patch(`/v1/tasks/${id}`)
        .set('If-Match', headers.etag ?? '')
        .send({ priority: 'low' })
        .expect(412);
      expect((await staff.get(`/v1/tasks/${id}`)).body.priority).toBe('high');
    });
  });

  describe('my day', () => {
    const at = (instant: number) => new Date(instant).toISOString();
    const titles = ({ count, data }: { count: number; data: { title: string }[] }) => [
      count,
      ...data.map(({ title }) => title),
    ];

    it('is what is overdue, due today, soon or high, and the promises that close, on the caller’s clocks', async () => {
      const me = await another('day@chamber.example');
      await api.app.get(UsersService).update(me.id, { timeZone: 'Etc/GMT-14' });
      const midnight = Math.floor((Date.now() + 14 * HOUR) / DAY) * DAY + DAY - 14 * HOUR;
      const mine = (title: string, values: object = {}) => task({ title, assigneeId: me.id, ...values }, manager);
      await mine('late', { dueAt: at(Date.now() - HOUR) });
      await mine('later', { dueAt: at(Date.now() - 2 * HOUR) });
      await mine('tonight', { dueAt: at(midnight - 1000) });
      await mine('tomorrow', { dueAt: at(midnight) });
      await mine('in a week', { dueAt: at(midnight + 7 * DAY - 1000) });
      await mine('too far', { dueAt: at(midnight + 8 * DAY) });
      await mine('some time', { priority: 'high' });
      await mine('maybe');
      await task({ title: 'somebody’s', dueAt: inDays(-1) }, manager);
      const { id } = await mine('done', { dueAt: at(Date.now() - HOUR) });
      await manager.post(`/v1/tasks/${id}/completion`).expect(200);
      const party = await organization('Day Company');
      const [owedBy, owedTo] = [{ organizationId: party.id }, { organizationId: party.id }];
      for (const days of [-40, 5, 40])
        await created('/v1/commitments', {
          action: `in ${days}`,
          owedBy,
          owedTo,
          dueTo: inDays(days).slice(0, 10),
          ownerId: me.id,
        });
      const { body } = await me.get('/v1/tasks/my-day').expect(200);
      expect(body).toMatchObject({ timeZone: 'Etc/GMT-14', day: at(midnight - HOUR + 14 * HOUR).slice(0, 10) });
      expect([body.overdue, body.dueToday, body.nextDays, body.undated].map(titles)).toEqual([
        [2, 'later', 'late'],
        [1, 'tonight'],
        [2, 'tomorrow', 'in a week'],
        [1, 'some time'],
      ]);
      expect(body.commitments.data.map(({ action }: { action: string }) => action)).toEqual(['in -40', 'in 5']);
    });

    it('shows fifty of a kind, and counts the others', async () => {
      const me = await another('busy@chamber.example');
      await api.database.query(
        `INSERT INTO tasks (id, title, due_at, time_zone, assignee_id, priority, status, search_key)
         SELECT gen_random_uuid(), 'Task ' || n, now() - interval '1 day', 'UTC', $1, 'normal', 'open', 'task'
         FROM generate_series(1, 60) n`,
        [me.id],
      );
      const { body } = await me.get('/v1/tasks/my-day').expect(200);
      expect([body.overdue.count, body.overdue.data.length]).toEqual([60, 50]);
    });

    it('is empty for who is no user', async () => {
      const admin = await api.as('admin');
      const { body: made } = await admin.post('/v1/api-keys').send({ name: 'Board', role: 'staff' }).expect(201);
      const { body } = await clientWith(api.guest, made.key).get('/v1/tasks/my-day').expect(200);
      expect(body).toMatchObject({ timeZone: 'UTC', overdue: { count: 0 }, commitments: { count: 0 } });
    });
  });

  describe('the tasks of a colleague who leaves', () => {
    const handOver = (values: object, by = manager) => by.post('/v1/tasks/reassignment').send(values);

    it('go to another at once, with their reminders, and one mail tells so', async () => {
      const [leaver, heir] = [await another('leaver@chamber.example'), await another('heir@chamber.example')];
      const mine = (values: object) => task({ assigneeId: leaver.id, ...values }, manager);
      const first = await mine({ title: 'First', dueAt: inDays(5) });
      const second = await mine({ title: 'Second' });
      const done = await mine({ title: 'Done' });
      await manager.post(`/v1/tasks/${done.id}/completion`).expect(200);
      const party = { organizationId: (await organization('Left Company')).id };
      const watched = await created('/v1/commitments', {
        action: 'x',
        owedBy: party,
        owedTo: party,
        ownerId: leaver.id,
      });
      await api.app.get(UsersService).archive(leaver.id);
      const values = { fromUserId: leaver.id, toUserId: heir.id, withCommitments: true };
      const { body } = await handOver(values).expect(200);
      expect(body).toEqual({ tasks: 2, commitments: 1 });
      for (const { id } of [first, second])
        expect((await staff.get(`/v1/tasks/${id}`)).body).toMatchObject({ assigneeId: heir.id, version: 2 });
      expect((await staff.get(`/v1/tasks/${done.id}`)).body.assigneeId).toBe(leaver.id);
      expect((await staff.get(`/v1/commitments/${watched.id}`)).body.ownerId).toBe(heir.id);
      expect(await reminders(first.id)).toMatchObject([{ email: heir.email }]);
      const mails = await api.database.query(`SELECT subject FROM messages WHERE user_id = $1 AND kind = 'notice'`, [
        heir.id,
      ]);
      expect(mails).toEqual([{ subject: 'Assigned to you: First (+1)' }]);
      const trail = await manager.get(`/v1/audit-entries?filter[aboutId]=${second.id}&sort=at`).expect(200);
      expect(trail.body.data).toMatchObject([{}, { action: 'reassigned', after: { assigneeId: heir.id } }]);
      expect((await handOver(values).expect(200)).body).toEqual({ tasks: 0, commitments: 0 });
    });

    it('go one by one where they are named, and only theirs', async () => {
      const leaver = await another('partly@chamber.example');
      const [one, two] = [await task({ assigneeId: leaver.id }), await task({ assigneeId: leaver.id })];
      const foreign = await task({ assigneeId: other.id });
      const between = { fromUserId: leaver.id, toUserId: other.id };
      const { body } = await handOver({ ...between, taskIds: [one.id, foreign.id] }).expect(422);
      expect(faults(body)).toEqual(['/taskIds/1 not_theirs']);
      expect((await handOver({ ...between, taskIds: [one.id.toUpperCase()] }, leaver).expect(200)).body.tasks).toBe(1);
      expect((await staff.get(`/v1/tasks/${two.id}`)).body.assigneeId).toBe(leaver.id);
    });

    it('are handed over by themselves or a manager, to somebody who is there', async () => {
      const nobody = '01900000-0000-7000-8000-000000000000';
      await handOver({ fromUserId: manager.id, toUserId: staff.id }, other).expect(403);
      const { body } = await handOver({ fromUserId: nobody, toUserId: nobody }).expect(422);
      expect(faults(body)).toEqual(['/fromUserId unknown_user', '/toUserId same_user', '/toUserId unknown_user']);
    });
  });

  describe('the list of tasks', () => {
    const titles = (body: { data: { title: string }[] }) => body.data.map((row) => row.title);
    const list = async (query: string, by = staff) => titles((await by.get(`/v1/tasks?${query}`).expect(200)).body);

    it('knows mine, and what is overdue, written either way', async () => {
      const person = await another('list@chamber.example');
      await task({ title: 'late', dueAt: inDays(-2), assigneeId: person.id }, manager);
      await task({ title: 'in time', dueAt: inDays(2), assigneeId: person.id }, manager);
      const done = await task({ title: 'late but done', dueAt: inDays(-3), assigneeId: person.id }, manager);
      await manager.post(`/v1/tasks/${done.id}/completion`).expect(200);
      expect(await list('assigneeId=me', person)).toEqual(['late but done', 'late', 'in time']);
      expect(await list('filter[assigneeId]=me&filter[overdue]=true', person)).toEqual(['late']);
      expect(await list('assigneeId=me&overdue=true', person)).toEqual(['late']);
      expect(await list(`assigneeId=${person.id}&filter[status]=done`)).toEqual(['late but done']);
      expect(await list('assigneeId=me&sort=-dueAt&limit=1', person)).toEqual(['in time']);
    });

    it('finds by what the task is about, its priority and its words in any script', async () => {
      const about = await organization('Xəzər Logistika');
      await task({ title: 'Məmmədova zəng et', about: { type: 'organization', id: about.id }, priority: 'high' });
      const { body } = await staff.get(`/v1/tasks?filter[aboutId]=${about.id}&filter[priority]=high`).expect(200);
      expect(body.data).toMatchObject([{ about: { type: 'organization', id: about.id, title: 'Xəzər Logistika' } }]);
      expect(await list('q=mammadova')).toEqual(['Məmmədova zəng et']);
      const search = await staff.get('/v1/search?q=Мамедова&types=task').expect(200);
      expect(search.body.data).toMatchObject([{ type: 'task', title: 'Məmmədova zəng et' }]);
    });

    it('refuses a filter it does not know', async () => {
      const { body } = await staff.get('/v1/tasks?filter[colour]=red').expect(400);
      expect(body.detail).toContain('assigneeId');
    });
  });

  describe('a commitment', () => {
    let usacc: { id: string };
    let ministry: { id: string };
    beforeAll(async () => {
      usacc = await organization('Test Chamber');
      ministry = await organization('Test Ministry');
    });
    const promise = (values: object = {}) =>
      created('/v1/commitments', {
        action: 'Share the pilot data',
        owedBy: { organizationId: ministry.id },
        owedTo: { organizationId: usacc.id },
        ...values,
      });

    it('says who promised whom what, and in which window', async () => {
      const person = await created('/v1/people', { fullName: 'Leyla Test' });
      const body = await promise({
        owedBy: { organizationId: ministry.id, personId: person.id },
        dueFrom: '2026-04-01',
        dueTo: '2026-12-31',
        source: 'Press, 11 March 2026',
      });
      expect(body).toMatchObject({
        status: 'open',
        owedBy: {
          organizationId: ministry.id,
          organizationName: 'Test Ministry',
          personId: person.id,
          personName: 'Leyla Test',
        },
        owedTo: { organizationId: usacc.id, personId: null },
        dueFrom: '2026-04-01',
        dueTo: '2026-12-31',
        source: 'Press, 11 March 2026',
        evidence: null,
        settledAt: null,
      });
      expect(
        (await staff.get(`/v1/commitments?filter[owedByPersonId]=${person.id}`).expect(200)).body.data,
      ).toHaveLength(1);
    });

    it('names all its faults at once', async () => {
      const { body } = await staff
        .post('/v1/commitments')
        .send({
          action: 'x',
          owedBy: {},
          owedTo: { organizationId: usacc.id, personId: usacc.id },
          dueFrom: '2026-05-01',
          dueTo: '2026-04-01',
        })
        .expect(422);
      expect(faults(body)).toEqual([
        '/dueTo ends_before_start',
        '/owedBy party_required',
        '/owedTo/personId unknown_record',
      ]);
    });

    it('is kept once there is evidence, and only then', async () => {
      const { id } = await promise();
      await staff.post(`/v1/commitments/${id}/fulfilment`).send({}).expect(422);
      await staff.patch(`/v1/commitments/${id}`).send({ status: 'broken' }).expect(422);
      const { body } = await staff
        .post(`/v1/commitments/${id}/fulfilment`)
        .send({ evidence: 'Letter of 2026-04-02' })
        .expect(200);
      expect(body).toMatchObject({ status: 'kept', evidence: 'Letter of 2026-04-02', settledAt: expect.any(String) });
      const again = await staff.post(`/v1/commitments/${id}/fulfilment`).send({ evidence: 'again' }).expect(409);
      expect(again.body.code).toBe('commitment_settled');
    });

    it('takes a record as evidence, and can be opened again', async () => {
      const proof = await task({ title: 'Data received' });
      const { id } = await promise();
      const { body } = await staff
        .post(`/v1/commitments/${id}/fulfilment`)
        .send({ evidence: { type: 'task', id: proof.id } })
        .expect(200);
      expect(body.evidence).toEqual({ type: 'task', id: proof.id, title: 'Data received' });
      const open = await staff.patch(`/v1/commitments/${id}`).send({ status: 'open' }).expect(200);
      expect(open.body).toMatchObject({ status: 'open', evidence: null, settledAt: null });
    });

    it('is served by tasks', async () => {
      const { id } = await promise();
      await task({ title: 'Ask for the data', commitmentId: id });
      expect((await staff.get(`/v1/tasks?filter[commitmentId]=${id}`).expect(200)).body.data).toMatchObject([
        { title: 'Ask for the data' },
      ]);
    });
  });

  it('keep who changed what from what', async () => {
    const { id } = await task();
    await staff.patch(`/v1/tasks/${id}`).send({ priority: 'high' }).expect(200);
    const { body } = await manager.get(`/v1/audit-entries?filter[aboutId]=${id}&sort=at`).expect(200);
    expect(body.data).toMatchObject([
      { action: 'created' },
      { action: 'updated', before: { priority: 'normal' }, after: { priority: 'high' } },
    ]);
  });
});
