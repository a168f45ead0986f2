import { setTimeout as pause } from 'node:timers/promises';
import { CONFIG, type Config, loadConfig } from '#config';
import { UsersService } from '#access';
import { DealStallsPlanner } from '#deals';
import { TaskDigestsPlanner } from '#tasks';
import { startWorker } from '../../apps/worker/src/index.js';
import { as, DAY, HOUR, MeetingGround, scheduled } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

interface Task {
  id: string;
  title: string;
  status: string;
  dueAt: string;
  timeZone: string;
  assigneeId: string | null;
  about: { type: string; id: string; title: string };
}

/** An instant so many days before now. */
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const ahead = (days: number) => new Date(Date.now() + days * DAY);
/** `March 10, 2026`, by the clocks of UTC. */
const spelled = (instant: string) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant));

/** Deals stall after thirty days; users are on the clocks of UTC unless said otherwise. */
describe('a deal that nobody touches', () => {
  let on: MeetingGround;
  let staff: Client;
  let planner: DealStallsPlanner;
  beforeAll(async () => {
    on = await MeetingGround.open();
    ({ staff } = on);
    planner = on.api.app.get(DealStallsPlanner);
    await on.api.database.query(`UPDATE users SET time_zone = 'UTC'`);
  });
  afterAll(() => on?.api.close());

  const run = (at?: Date) => planner.run(undefined, at);
  const post = async (path: string, body: object, by = staff) => (await by.post(path).send(body).expect(201)).body;
  const patch = async (path: string, body: object, by = staff) => (await by.patch(path).send(body).expect(200)).body;
  const deal = (values: object = {}) =>
    post('/v1/deals', { title: 'Cement plant', kind: 'project', stageSince: ago(40), ...values });
  const tasksOf = async (id: string): Promise<Task[]> =>
    (await on.manager.get(`/v1/tasks?filter[aboutId]=${id}&sort=createdAt`).expect(200)).body.data;
  const statuses = async (id: string) => (await tasksOf(id)).map(({ status }) => status);
  const stalledSince = async (id: string) => (await staff.get(`/v1/deals/${id}`).expect(200)).body.stalledSince;
  /** A deal with its open task. */
  const stalled = async (values: object = {}): Promise<{ id: string; task: Task; path: string }> => {
    const { id } = await deal(values);
    await run();
    const [task, ...more] = await tasksOf(id);
    expect(more).toEqual([]);
    return { id, task: task as Task, path: `/v1/deals/${id}` };
  };
  const loan = () => ({ kind: 'loan', providerId: on.ministry.id, status: 'proposed' });
  const promise = (dealId: string) => ({
    ...{ action: 'Send the data', about: { type: 'deal', id: dealId } },
    ...{ owedBy: { organizationId: on.ministry.id }, owedTo: { organizationId: on.company.id } },
  });
  const meeting = async (dealId: string, values: object = {}, by = staff) => {
    const participants = [as((await on.somebody()).id)];
    return on.logged({ dealId, participants, startsAt: ago(1), endsAt: ago(0.9), ...values }, by);
  };

  describe('becomes a task', () => {
    it('of its owner, once, however many workers look', async () => {
      const since = ago(40);
      const { id } = await deal({ stageSince: since });
      const counts = await Promise.all([run(), run(), run()]);
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      expect(await run()).toBe(0);
      const [task] = await tasksOf(id);
      expect(task).toMatchObject({
        ...{
          status: 'open',
          assigneeId: staff.id,
          timeZone: 'UTC',
          about: { type: 'deal', id, title: 'Cement plant' },
        },
        title: `Nothing has happened on this deal since ${spelled(since)}: take it up, or close it?`,
      });
      expect(task?.dueAt).toMatch(/T09:00:00Z$/);
      expect([0, 6]).not.toContain(new Date(task?.dueAt ?? '').getUTCDay());
      expect(Date.parse((await stalledSince(id)) ?? '')).toBe(Date.parse(since) + 30 * DAY);
    });

    it('that reminds, and stands in the digest, like any other', async () => {
      const { task } = await stalled();
      expect((await on.planned(task.id)).map(({ email }) => email)).toEqual([staff.email]);
      const morning = new Date(task.dueAt.replace('T09', 'T08'));
      await on.api.app.get(TaskDigestsPlanner).run(undefined, morning);
      const [digest] = await on.api.database.query<{ data: { dueToday: string[] } }>(
        `SELECT data FROM messages WHERE kind = 'digest' AND user_id = $1 AND send_at = $2`,
        [staff.id, morning],
      );
      expect(digest?.data.dueToday.join()).toContain(`${task.title} (Cement plant)`);
    });

    it('without a mail of its own, where it had stalled for as long again before anybody looked', async () => {
      const [old, recent] = [await stalled({ stageSince: ago(61) }), await stalled({ stageSince: ago(59) })];
      expect([await on.planned(old.task.id), (await on.planned(recent.task.id)).length]).toEqual([[], 1]);
    });

    it('when thirty days are over, and not before', async () => {
      const { id } = await deal({ stageSince: ago(0) });
      await run(new Date(Date.now() + 30 * DAY - HOUR));
      expect(await statuses(id)).toEqual([]);
      await run(new Date(Date.now() + 30 * DAY + HOUR));
      expect(await statuses(id)).toEqual(['open']);
    });

    it.each([['closed_won'], ['closed_lost'], ['on_hold']])('unless it is %s', async (stage) => {
      const { id } = await deal({ stage });
      await run();
      expect([await statuses(id), await stalledSince(id)]).toEqual([[], null]);
    });

    it('of nobody, where it has no owner, or one who has left', async () => {
      const left = await on.another('left@chamber.example');
      const [nobodys, theirs] = [await deal({ ownerId: null }), await deal({ ownerId: left.id })];
      await on.api.app.get(UsersService).archive(left.id);
      await run();
      for (const { id } of [nobodys, theirs])
        expect(await tasksOf(id)).toMatchObject([{ assigneeId: null, status: 'open', timeZone: 'America/New_York' }]);
    });

    it('not for a year of which nobody knows the day', async () => {
      const year = new Date().getUTCFullYear();
      const [known, vague] = [
        await deal({ stageSince: `${year - 1}-01-01`, stagePrecision: 'year' }),
        await deal({ stageSince: `${year}-01-01`, stagePrecision: 'year' }),
      ];
      // The one may have been touched on the last day of last year, the other when it was written down.
      await run(new Date(`${year}-01-30T23:00:00Z`));
      expect(await statuses(known.id)).toEqual([]);
      await run(new Date(`${year}-01-31T01:00:00Z`));
      expect(await tasksOf(known.id)).toMatchObject([{ title: expect.stringContaining(`since ${year - 1}:`) }]);
      await run();
      expect(await statuses(vague.id)).toEqual([]);
    });

    it('once, also where a worker dies over it', async () => {
      const { id } = await deal();
      const dying = on.api.database.transaction(async () => {
        await planner.followDue();
        throw new Error('killed');
      });
      await expect(dying).rejects.toThrow('killed');
      expect(await statuses(id)).toEqual([]);
      await run();
      expect(await statuses(id)).toEqual(['open']);
    });
  });

  describe('is touched', () => {
    const touches: [string, (id: string) => Promise<unknown>][] = [
      ['a stage change', (id) => post(`/v1/deals/${id}/stage-changes`, { stage: 'scoping' })],
      [
        'a touchpoint',
        (id) =>
          post(`/v1/deals/${id}/touchpoints`, {
            about: { type: 'conference', id: on.conference.id },
            effect: 'advanced',
            at: ago(2),
          }),
      ],
      ['a meeting that was held', (id) => meeting(id)],
      [
        'a draft of an agreement',
        (id) => post('/v1/agreements', { title: 'MoU', kind: 'mou', status: 'draft', dealId: id }),
      ],
      [
        'a signature',
        (id) =>
          post('/v1/agreements', {
            ...{ title: 'MoU', kind: 'mou', status: 'signed', parties: [{ name: 'Azerbaijan' }] },
            ...{ dealId: id, signedOn: ago(3).slice(0, 10) },
          }),
      ],
      ['an instrument', (id) => post(`/v1/deals/${id}/instruments`, loan())],
      ['a promise', (id) => post('/v1/commitments', promise(id))],
    ];
    it.each(touches)('by %s: the task is taken back, and the next stall makes another', async (_what, touch) => {
      const { id, task } = await stalled();
      await touch(id);
      await run();
      expect([await statuses(id), await stalledSince(id)]).toEqual([['cancelled'], null]);
      expect(await on.planned(task.id)).toEqual([]);
      await run(ahead(31));
      expect(await statuses(id)).toEqual(['cancelled', 'open']);
      await run(ahead(90));
      expect(await statuses(id)).toEqual(['cancelled', 'open']);
    });

    it('when an instrument moves on, a promise is kept, and a task is done', async () => {
      const { id, path } = await stalled();
      const age = (table: string) =>
        on.api.database.query(`UPDATE ${table} SET created_at = now() - interval '50 days' WHERE id = $1`, [rowId]);
      let rowId = (await post(`${path}/instruments`, { ...loan(), statusOn: ago(35).slice(0, 10) })).id;
      await run();
      expect(await statuses(id)).toEqual(['open']);
      await patch(`/v1/instruments/${rowId}`, { note: 'Of the bank' });
      await run();
      expect(await statuses(id)).toEqual(['open']);
      await patch(`/v1/instruments/${rowId}`, { status: 'granted' });
      await run();
      expect(await statuses(id)).toEqual(['cancelled']);

      const promised = await stalled();
      rowId = (await post('/v1/commitments', promise(promised.id))).id;
      await age('commitments');
      await run();
      expect(await statuses(promised.id)).toEqual(['open']);
      await staff.post(`/v1/commitments/${rowId}/fulfilment`).send({ evidence: 'Mail of today' }).expect(200);
      await run();
      expect(await statuses(promised.id)).toEqual(['cancelled']);

      const about = (await stalled()).id;
      const { id: taskId } = await post('/v1/tasks', { title: 'Call them', about: { type: 'deal', id: about } });
      await run();
      expect(await statuses(about)).toEqual(['open', 'open']);
      await staff.post(`/v1/tasks/${taskId}/completion`).expect(200);
      await run();
      expect(await statuses(about)).toEqual(['cancelled', 'done']);
    });

    it('by nothing that only puts its papers right, or is still to come', async () => {
      const { id, path } = await stalled();
      await patch(path, { title: 'Cement plant, phase 1', notes: 'A typo', ownerId: staff.id });
      await post(`${path}/parties`, { organizationId: on.company.id, role: 'buyer' });
      await meeting(id, scheduled());
      const { id: asked } = await meeting(id, { ...scheduled(), status: 'requested' });
      await on.api.database.query(`UPDATE side_meetings SET starts_at = now() - interval '1 day' WHERE id = $1`, [
        asked,
      ]);
      await meeting(id, { startsAt: ago(2), endsAt: ago(1.9), status: 'no_show' }).catch(() => undefined);
      await run();
      expect(await statuses(id)).toEqual(['open']);
    });

    it('by no later edit of what is known to the year alone, which can only have happened before it was written down', async () => {
      const [signed, lent] = [await deal(), await deal()];
      const year = { datePrecision: 'year' };
      const signedOn = { signedOn: `${new Date().getUTCFullYear()}-01-01`, ...year };
      const mou = { title: 'MoU', kind: 'mou', status: 'signed', parties: [{ name: 'Azerbaijan' }], dealId: signed.id };
      const rows = [
        (await post('/v1/agreements', { ...mou, ...signedOn })).id,
        (await post(`/v1/deals/${lent.id}/instruments`, { ...loan(), statusOn: signedOn.signedOn, ...year })).id,
      ];
      for (const table of ['agreements', 'instruments'])
        await on.api.database.query(
          `UPDATE ${table} SET updated_at = now() + interval '20 days' WHERE id = ANY($1::uuid[])`,
          [rows],
        );
      await run();
      expect([await statuses(signed.id), await statuses(lent.id)]).toEqual([[], []]);
      await run(ahead(31));
      expect([await statuses(signed.id), await statuses(lent.id)]).toEqual([['open'], ['open']]);
    });

    it('by a scheduled meeting once it is over', async () => {
      const { id } = await stalled();
      await meeting(id, scheduled());
      await run(ahead(6));
      expect(await statuses(id)).toEqual(['cancelled']);
    });

    it('by nothing that not everybody may know of, as long as nobody says so', async () => {
      const { id, path } = await stalled();
      const secret = await meeting(id, { visibility: 'restricted' });
      const about = { type: 'side_meeting', id: secret.id };
      const { id: taskId } = await post('/v1/tasks', { title: 'Thank them', about });
      await staff.post(`/v1/tasks/${taskId}/completion`).expect(200);
      await run();
      expect(await statuses(id)).toEqual(['open']);
      await post(`${path}/touchpoints`, { about, effect: 'mentioned' });
      await run();
      expect(await statuses(id)).toEqual(['cancelled']);
    });
  });

  describe('whose task was done without a touch', () => {
    it('is left alone until the next stall', async () => {
      const { id, task, path } = await stalled();
      await staff.post(`/v1/tasks/${task.id}/completion`).send({ note: 'They are on holiday' }).expect(200);
      for (const days of [0, 1, 40, 400]) await run(ahead(days));
      expect(await statuses(id)).toEqual(['done']);
      expect(await stalledSince(id)).not.toBeNull();
      await post(`${path}/stage-changes`, { stage: 'scoping' });
      await run();
      await run(ahead(31));
      expect(await statuses(id)).toEqual(['done', 'open']);
    });

    it('gets another for the stall after a touch that was written down late', async () => {
      const { id, task, path } = await stalled({ stageSince: ago(200) });
      await staff.post(`/v1/tasks/${task.id}/completion`).expect(200);
      const about = { type: 'conference', id: on.conference.id };
      await post(`${path}/touchpoints`, { about, effect: 'mentioned', at: ago(100) });
      await run();
      expect(await statuses(id)).toEqual(['done', 'open']);
    });
  });

  it('rests while it is on hold or closed, and the time begins anew when it is taken up', async () => {
    const { id, path } = await stalled();
    await post(`${path}/stage-changes`, { stage: 'on_hold' });
    expect(await stalledSince(id)).toBeNull();
    await run(ahead(60));
    expect(await statuses(id)).toEqual(['cancelled']);
    await post(`${path}/stage-changes`, { stage: 'lead' });
    await run(ahead(29));
    expect(await statuses(id)).toEqual(['cancelled']);
    await run(ahead(31));
    expect(await statuses(id)).toEqual(['cancelled', 'open']);
    await post(`${path}/stage-changes`, { stage: 'closed_lost', note: 'No money' });
    await run(ahead(31));
    expect(await statuses(id)).toEqual(['cancelled', 'cancelled']);
  });

  it('is not put off by a rest where the time is shorter than a day', async () => {
    const { id } = await deal({ stage: 'on_hold' });
    const config = on.api.app.get<Config>(CONFIG);
    config.dealStalledAfter = 'PT1H';
    try {
      await run();
      await post(`/v1/deals/${id}/stage-changes`, { stage: 'lead' });
      await run(new Date(Date.now() + 1.5 * HOUR));
      expect(await statuses(id)).toEqual(['open']);
    } finally {
      config.dealStalledAfter = 'P30D';
    }
  });

  it('asks for nothing once it is archived', async () => {
    const { id, path } = await stalled();
    await staff.delete(path).expect(204);
    await run();
    expect(await statuses(id)).toEqual(['cancelled']);
  });

  it('has stalled as before when the touch is taken back: the same task is opened again', async () => {
    const { id, task, path } = await stalled();
    const about = { type: 'conference', id: on.conference.id };
    const touchpoint = await post(`${path}/touchpoints`, { about, effect: 'closed' });
    await run();
    expect(await statuses(id)).toEqual(['cancelled']);
    await staff.delete(`/v1/touchpoints/${touchpoint.id}`).expect(204);
    // Taken back is found when the deal is looked at next, a day later at most.
    await run(ahead(1.01));
    expect(await tasksOf(id)).toMatchObject([{ id: task.id, status: 'open', title: task.title }]);
  });

  it('keeps its task, and its title says so, where a touch becomes known from before it had stalled', async () => {
    const { id, task, path } = await stalled({ stageSince: ago(60) });
    const at = ago(45);
    const touchpoint = { about: { type: 'conference', id: on.conference.id }, effect: 'mentioned', at };
    await post(`${path}/touchpoints`, touchpoint);
    await run();
    expect(await tasksOf(id)).toMatchObject([{ id: task.id, title: expect.stringContaining(spelled(at)) }]);
    await patch(`/v1/tasks/${task.id}`, { title: 'Ring them up' });
    await post(`${path}/touchpoints`, { ...touchpoint, effect: 'advanced', at: ago(38) });
    await run();
    expect(await tasksOf(id)).toMatchObject([{ id: task.id, title: 'Ring them up', status: 'open' }]);
  });

  it('takes its task along to another owner, unless somebody has given it away', async () => {
    const [followed, given] = [await stalled(), await stalled()];
    await patch(`/v1/tasks/${given.task.id}`, { assigneeId: on.manager.id });
    for (const { path } of [followed, given]) await patch(path, { ownerId: on.other.id });
    await run();
    expect(await tasksOf(followed.id)).toMatchObject([{ assigneeId: on.other.id }]);
    expect((await on.planned(followed.task.id)).map(({ email }) => email)).toEqual([on.other.email]);
    expect(await tasksOf(given.id)).toMatchObject([{ assigneeId: on.manager.id }]);
  });

  it('is found by a filter, with since when', async () => {
    const mark = { country: 'GE' };
    const { id } = await stalled(mark);
    const fresh = await deal({ ...mark, stageSince: ago(1) });
    const listed = async (query: string): Promise<string[]> =>
      (await staff.get(`/v1/deals?filter[country]=GE&${query}`).expect(200)).body.data.map((row: Task) => row.id);
    expect(await listed('stalled=true')).toEqual([id]);
    expect(await listed('filter[stalled]=false')).toEqual([fresh.id]);
    await staff.get('/v1/deals?stalled=maybe').expect(400);
  });

  it('is looked at by the thousand, and the others with the next look', async () => {
    const ids = `SELECT id FROM deals WHERE title = 'Of old'`;
    await on.api.database.query(
      `WITH old AS (INSERT INTO deals (id, title, kind, stage, stage_since, search_key, stall_look_at)
         SELECT gen_random_uuid(), 'Of old', 'study', 'lead', '2001-01-01', 'of old', '2001-01-01' FROM generate_series(1, 1100) RETURNING id)
       INSERT INTO deal_stage_changes (id, deal_id, place, to_stage, at, created_by_name)
       SELECT gen_random_uuid(), id, 1, 'lead', '2001-01-01', 'nobody' FROM old`,
    );
    expect(await run()).toBe(1_000);
    expect(await run()).toBeGreaterThanOrEqual(100);
    const [count] = await on.api.database.query(
      `SELECT count(*)::int AS tasks, count(DISTINCT about_id)::int AS deals FROM tasks WHERE about_id IN (${ids})`,
    );
    expect(count).toEqual({ tasks: 1_100, deals: 1_100 });
    await on.api.database.query(`UPDATE deals SET archived_at = now() WHERE id IN (${ids})`);
    await run();
  }, 30_000);

  it('is nobody’s business where the rule is off: its task is taken back', async () => {
    const { id } = await stalled();
    const config = on.api.app.get<Config>(CONFIG);
    config.dealStalledAfter = null;
    try {
      await run();
      expect(await statuses(id)).toEqual(['cancelled']);
      expect(await run(ahead(100))).toBe(0);
    } finally {
      config.dealStalledAfter = 'P30D';
    }
  });

  it('is found by a worker at work', async () => {
    const { id } = await deal({ title: 'Pipeline' });
    const worker = await startWorker({
      ...loadConfig({ JWT_SECRET: 'a secret that only the tests know about', LOG_LEVEL: 'error' }),
      ...{ databaseUrl: on.api.databaseUrl, smtpUrl: 'smtp://localhost:1' },
    });
    try {
      while ((await statuses(id)).length === 0) await pause(50);
      expect(await statuses(id)).toEqual(['open']);
    } finally {
      await worker.close();
    }
  }, 30_000);

  it('is noticed also after the clocks were wrong', async () => {
    const { id } = await deal({ stageSince: ago(1) });
    await run(ahead(4_000));
    expect(await statuses(id)).toEqual(['open']);
    await run();
    expect(await statuses(id)).toEqual(['cancelled']);
    await run(ahead(30));
    expect(await statuses(id)).toEqual(['open']);
  });
});
