import { Logger } from '@nestjs/common';
import { ReminderReplansPlanner } from '#reminders';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** 14:00 in Baku, so that nothing a day or more ahead falls into the night. */
const noon = (days: number) => new Date(Math.floor(Date.now() / DAY) * DAY + days * DAY + 10 * HOUR);
const instant = (at: Date) => at.toISOString().replace('.000Z', 'Z');

interface Rule {
  id: string;
  planned: number;
  replanning: boolean;
}

describe('a reminder rule', () => {
  let api: TestApi;
  let manager: Client;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    [manager, staff] = [await api.as('manager'), await api.as('staff')];
    await api.database.query(`UPDATE users SET time_zone = 'Asia/Baku'`);
  });
  afterAll(() => api?.close());
  beforeEach(async () => {
    await api.database.query(
      `UPDATE reminder_rules SET archived_at = now() WHERE archived_at IS NULL AND (subject = 'task' OR id::text NOT LIKE '0196%')`,
    );
  });

  const RULE = { subject: 'task', offset: '-P2D', audience: 'assignee', templateKey: 'task_reminder' };
  const rule = async (values: object = {}): Promise<Rule> =>
    (
      await manager
        .post('/v1/reminder-rules')
        .send({ ...RULE, ...values })
        .expect(201)
    ).body;
  const shown = async (id: string): Promise<Rule> => (await manager.get(`/v1/reminder-rules/${id}`).expect(200)).body;
  const change = (id: string, patch: object) => manager.patch(`/v1/reminder-rules/${id}`).send(patch);
  const task = async (values: object = {}): Promise<string> => {
    const body = { title: 'Send the outline', dueAt: instant(noon(9)), assigneeId: staff.id, ...values };
    return (await staff.post('/v1/tasks').send(body).expect(201)).body.id;
  };
  const replan = () => api.app.get(ReminderReplansPlanner).run();
  /** `P2D planned` for each message: how long before the due time, and what has become of it. */
  const mails = async (id: string) => {
    const rows = await api.database.query<{ told: string }>(
      `SELECT (occurs_at - send_at)::text || ' ' || status || coalesce(' ' || reason, '') AS told FROM messages
       WHERE about_id = $1 ORDER BY send_at`,
      [id],
    );
    return rows.map(({ told }) => told);
  };

  describe('takes effect on what was saved before', () => {
    it('when it is new', async () => {
      const id = await task();
      expect(await mails(id)).toEqual([]);
      const made = await rule();
      expect(made).toMatchObject({ planned: 0, replanning: true });
      await replan();
      expect(await mails(id)).toEqual(['2 days planned']);
      expect(await shown(made.id)).toMatchObject({ planned: 1, replanning: false });
    });

    it('when it changes, is switched off and on again, and ends', async () => {
      const made = await rule({ offset: '-P3D' });
      const id = await task();
      expect(await mails(id)).toEqual(['3 days planned']);
      await change(made.id, { offset: '-P5D' }).expect(200);
      expect(await mails(id)).toEqual(['3 days cancelled no_longer_wanted']);
      await replan();
      expect(await mails(id)).toEqual(['5 days planned']);
      expect((await change(made.id, { enabled: false }).expect(200)).body).toMatchObject({ planned: 0 });
      expect(await mails(id)).toEqual(['5 days cancelled no_longer_wanted']);
      await replan();
      await change(made.id, { enabled: true }).expect(200);
      await replan();
      expect(await mails(id)).toEqual(['5 days planned']);
      await manager.delete(`/v1/reminder-rules/${made.id}`).expect(204);
      expect(await mails(id)).toEqual(['5 days cancelled no_longer_wanted']);
      await replan();
      expect(await mails(id)).toEqual(['5 days cancelled no_longer_wanted']);
    });

    it('when its words change, without a moment in which nothing is planned', async () => {
      const made = await rule({ offset: '-P4D' });
      const id = await task();
      await change(made.id, { templateKey: 'notice' }).expect(200);
      expect(await mails(id)).toEqual(['4 days planned']);
      await replan();
      const [mail] = await api.database.query('SELECT template_key FROM messages WHERE about_id = $1', [id]);
      expect(mail).toEqual({ template_key: 'notice' });
    });

    it('when it turns to another subject', async () => {
      const made = await rule({ offset: '-P6D' });
      const id = await task();
      await change(made.id, { subject: 'side_meeting', audience: 'participants' }).expect(200);
      expect(await mails(id)).toEqual(['6 days cancelled no_longer_wanted']);
      await change(made.id, { subject: 'task' }).expect(422);
    });

    it('but never sends again what has gone out by it', async () => {
      const made = await rule({ offset: '-P7D' });
      const id = await task();
      await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1`, [id]);
      await change(made.id, { offset: '-P2D' }).expect(200);
      await replan();
      expect(await mails(id)).toEqual(['7 days sent']);
    });

    it('with one mail for the same minute by two rules, which the other sends when the first is switched off', async () => {
      const [day, hours] = [await rule({ offset: '-P1D' }), await rule({ offset: '-PT24H' })];
      const id = await task();
      expect(await mails(id)).toEqual(['1 day planned']);
      expect([(await shown(day.id)).planned, (await shown(hours.id)).planned]).toEqual([1, 0]);
      await change(day.id, { enabled: false }).expect(200);
      await replan();
      expect((await mails(id)).sort()).toEqual(['1 day cancelled no_longer_wanted', '1 day planned']);
    });

    it('meetings and memberships too', async () => {
      const person = (
        await staff.post('/v1/people').send({ fullName: 'Aysel Guest', email: 'aysel@example.com' }).expect(201)
      ).body;
      const event = {
        startsAt: instant(noon(20)),
        endsAt: instant(new Date(noon(20).getTime() + HOUR)),
        timeZone: 'Asia/Baku',
      };
      const meeting = {
        title: 'Ports',
        kind: 'bilateral',
        status: 'scheduled',
        ...event,
        participants: [{ personId: person.id, side: 'host' }],
      };
      const { id } = (await staff.post('/v1/side-meetings').send(meeting).expect(201)).body;
      const tier = { code: 'gold', name: 'Gold', annualDues: { amount: '100.00', currency: 'USD' }, graceDays: 30 };
      await manager.post('/v1/membership-tiers').send(tier).expect(201);
      const day = (days: number) => instant(noon(days)).slice(0, 10);
      const term = {
        personId: person.id,
        tierCode: 'gold',
        joinedOn: day(-100),
        startsOn: day(-100),
        endsOn: day(120),
      };
      const membership = (await manager.post('/v1/memberships').send(term).expect(201)).body;
      await rule({
        subject: 'side_meeting',
        offset: '-P3D',
        audience: 'participants',
        templateKey: 'side_meeting_reminder',
      });
      await rule({ subject: 'membership', offset: '-P90D', audience: 'all', templateKey: 'membership_reminder' });
      expect(await replan()).toBeGreaterThanOrEqual(2);
      expect(await mails(id)).toEqual(['3 days planned', '1 day planned', '01:00:00 planned']);
      expect(await mails(membership.id)).toHaveLength(5);
    });
  });

  it('waits for nobody who cannot be planned', async () => {
    const logged = ['warn', 'error'].map((level) => jest.spyOn(Logger.prototype, level as 'warn').mockReturnValue());
    const made = await rule({ offset: '-P8D' });
    const [broken, sound] = [await task(), await task()];
    // As no request can leave it.
    await api.database.query(`UPDATE tasks SET time_zone = 'Mars/Phobos' WHERE id = $1`, [broken]);
    await change(made.id, { offset: '-P9D', enabled: true }).expect(200);
    await change(made.id, { offset: '-P7D' }).expect(200);
    await replan();
    expect(await mails(broken)).toEqual(['8 days cancelled no_longer_wanted']);
    expect(await mails(sound)).toEqual(['7 days planned']);
    expect(await shown(made.id)).toMatchObject({ replanning: false });
    expect(logged.every((spy) => spy.mock.calls.length > 0)).toBe(true);
    logged.forEach((spy) => spy.mockRestore());
    await api.database.query('DELETE FROM messages WHERE about_id = $1', [broken]);
    await api.database.query('DELETE FROM tasks WHERE id = $1', [broken]);
  });

  it('reaches what is saved at the same moment', async () => {
    const saved = Array.from({ length: 12 }, () => task());
    const [made, ...ids] = await Promise.all([
      rule({ offset: '-P1D', atLocalTime: '11:00' }),
      ...saved,
      replan().then(() => ''),
    ]);
    await replan();
    const missed = [];
    for (const id of ids.filter((each) => each)) if ((await mails(id)).length !== 1) missed.push(id);
    expect(missed).toEqual([]);
    expect(await shown(made.id)).toMatchObject({ planned: expect.any(Number), replanning: false });
  });

  it('leaves one sound plan behind, whatever happens to it and to its tasks at once', async () => {
    const made = await rule({ offset: '-P3D' });
    const ids = await Promise.all([task(), task(), task(), task()]);
    const storm = ids.flatMap((id, index) => [
      staff.patch(`/v1/tasks/${id}`).send({ dueAt: instant(noon(20 + index)) }),
      change(made.id, { offset: `-P${index + 4}D` }),
      change(made.id, { enabled: index % 2 === 0 }),
      staff.patch(`/v1/tasks/${id}`).send({ title: 'Answer' }),
    ]);
    const answers = await Promise.all([...storm, replan(), replan()]);
    expect(answers.flatMap((answer) => (typeof answer === 'number' ? [] : answer.status))).toEqual(
      storm.map(() => 200),
    );
    await change(made.id, { offset: '-P2D', enabled: true }).expect(200);
    await replan();
    for (const id of ids)
      expect((await mails(id)).filter((mail) => mail.includes('planned'))).toEqual(['2 days planned']);
  });

  it('is planned once by several workers at work together', async () => {
    const made = await rule({ offset: '-P1D', atLocalTime: '12:00' });
    await api.database.query(
      `INSERT INTO tasks (id, title, priority, status, due_at, time_zone, assignee_id, search_key)
       SELECT gen_random_uuid(), 'Task ' || n, 'normal', 'open', $2::timestamptz, 'Asia/Baku', $1, 'task' FROM generate_series(1, 450) n`,
      [staff.id, noon(12)],
    );
    await Promise.all([replan(), replan(), replan()]);
    await replan();
    const [{ count } = { count: 0 }] = await api.database.query<{ count: number }>(
      `SELECT count(DISTINCT about_id)::int AS count FROM messages WHERE rule_id = $1 AND occurs_at = $2 AND status = 'planned'`,
      [made.id, noon(12)],
    );
    expect(count).toBe(450);
  });

  describe('is refused', () => {
    it.each([
      [{ audience: '' }, '/audience'],
      [{ audience: null }, '/audience'],
      [{ audience: 'everybody' }, '/audience unknown_audience'],
      [{ audience: 'participants' }, '/audience unknown_audience'],
      [{ subject: 'conference', audience: 'assignee' }, '/audience unknown_audience'],
      [{ offset: 'P1D', subject: 'conference', audience: 'all' }, '/offset too_late'],
      [{ offset: '-P999999999Y' }, '/offset out_of_range'],
      [{ offset: '-PT2H', atLocalTime: '09:00' }, '/atLocalTime not_with_hours'],
      [{ atLocalTime: '25:00' }, '/atLocalTime'],
      [{ subject: 'planet' }, '/subject'],
      [{ templateKey: 'nothing' }, '/templateKey unknown_template'],
    ])('as %j', async (values, expected) => {
      const { body } = await manager
        .post('/v1/reminder-rules')
        .send({ ...RULE, ...values })
        .expect(422);
      const faults = body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
      expect(faults.join(', ')).toContain(expected);
    });

    it('with the audiences named that it could have', async () => {
      const { body } = await manager
        .post('/v1/reminder-rules')
        .send({ ...RULE, audience: 'everybody' })
        .expect(422);
      expect(body.errors[0].message).toContain('all, assignee');
    });

    it('when a change makes nonsense of it, while a faulty one may still be switched off', async () => {
      const { id } = await rule({ offset: '-P11D', atLocalTime: '09:00' });
      const { body } = await change(id, { offset: '-PT1H' }).expect(422);
      expect(body.errors[0].pointer).toBe('/atLocalTime');
      await change(id, { audience: 'nobody' }).expect(422);
      await api.database.query(`UPDATE reminder_rules SET audience = 'from before' WHERE id = $1`, [id]);
      await change(id, { enabled: false }).expect(200);
      await change(id, { enabled: true }).expect(422);
    });

    it('when another one says the same, also at the same moment', async () => {
      const same = { ...RULE, offset: '-P12D' };
      const answers = await Promise.all(Array.from({ length: 5 }, () => manager.post('/v1/reminder-rules').send(same)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      const { body: first } = answers.find(({ status }) => status === 201) ?? { body: {} };
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'reminder_rule_exists',
        ruleId: first.id,
      });
      const other = await rule({ offset: '-P13D' });
      await change(other.id, { offset: '-P12D' }).expect(409);
      await manager.delete(`/v1/reminder-rules/${first.id}`).expect(204);
      await change(other.id, { offset: '-P12D' }).expect(200);
    });
  });

  it('is theirs who manage, and staff may read it', async () => {
    await staff.post('/v1/reminder-rules').send(RULE).expect(403);
    await staff.get('/v1/reminder-rules').expect(200);
  });
});
