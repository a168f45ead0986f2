import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Survey {
  id: string;
  title: string;
  status: string;
  dueAt: string;
  timeZone: string;
  assigneeId: string | null;
}

const MISSION = {
  name: 'Reverse trade mission',
  direction: 'reverse',
  originCountry: 'AZ',
  hostCountry: 'US',
  startsOn: '2031-09-14',
  endsOn: '2031-09-26',
  timeZone: 'America/New_York',
  status: 'under_way',
};
/** At nine in New York, before and after the clocks change. */
const DUE = ['2031-12-26T14:00:00Z', '2032-03-26T13:00:00Z', '2032-09-26T13:00:00Z'];

describe('the surveys after a trade mission', () => {
  let api: TestApi;
  let staff: Client;
  let manager: Client;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, manager] = [await api.as('staff'), await api.as('manager')];
  });
  afterAll(() => api?.close());

  const mission = async (fields: object = {}): Promise<string> =>
    (
      await staff
        .post('/v1/trade-missions')
        .send({ ...MISSION, ...fields })
        .expect(201)
    ).body.id;
  const change = (id: string, fields: object, by = staff) =>
    by.patch(`/v1/trade-missions/${id}`).send(fields).expect(200);
  const completed = async (fields: object = {}): Promise<string> => {
    const id = await mission(fields);
    await change(id, { status: 'completed' });
    return id;
  };
  const surveys = async (id: string): Promise<Survey[]> =>
    (await manager.get(`/v1/tasks?filter[aboutId]=${id}&sort=dueAt`).expect(200)).body.data;
  const due = async (id: string) => (await surveys(id)).map(({ dueAt }) => dueAt);
  const statuses = async (id: string) => (await surveys(id)).map(({ status }) => status);
  const step = (id: string, ...ways: string[]) =>
    ways.reduce((done, status) => done.then(() => change(id, { status })).then(() => undefined), Promise.resolve());

  it('are three tasks of its owner, 3, 6 and 12 months after its last day at nine in its zone, once it is completed', async () => {
    const id = await mission();
    await change(id, { objectives: 'Talks' });
    expect(await surveys(id)).toEqual([]);
    await change(id, { status: 'completed' });
    const made = await surveys(id);
    expect(made.map(({ dueAt }) => dueAt)).toEqual(DUE);
    for (const [index, months] of [3, 6, 12].entries()) {
      expect(made[index]).toMatchObject({ status: 'open', assigneeId: staff.id, timeZone: MISSION.timeZone });
      expect(made[index]?.title).toContain(`${months} months`);
    }
  });

  it('are made once, however often the status goes back and forth, and whoever asks at the same time', async () => {
    const id = await completed();
    const ids = (await surveys(id)).map((survey) => survey.id);
    await step(id, 'under_way', 'completed', 'reported', 'completed');
    await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => change(id, { status: index % 2 ? 'completed' : 'reported' })),
    );
    expect((await surveys(id)).map((survey) => survey.id)).toEqual(ids);
    const twice = `INSERT INTO mission_surveys (mission_id, months, task_id, due_at)
      SELECT mission_id, months, $2, due_at FROM mission_surveys WHERE mission_id = $1`;
    const other = await surveys(await completed());
    await expect(api.database.query(twice, [id, other[0]?.id])).rejects.toThrow(/mission_surveys_once/);
  });

  it('move with its last day, its zone and its owner, but for what somebody has set by hand or done', async () => {
    const id = await completed();
    const [first, second, third] = await surveys(id);
    await staff.post(`/v1/tasks/${first?.id}/completion`).send({}).expect(200);
    await staff.patch(`/v1/tasks/${second?.id}`).send({ dueAt: '2032-04-01T13:00:00Z' }).expect(200);
    await change(id, { endsOn: '2031-10-01', ownerId: manager.id });
    expect(await surveys(id)).toMatchObject([
      { id: first?.id, status: 'done', dueAt: DUE[0], assigneeId: staff.id },
      { id: second?.id, dueAt: '2032-04-01T13:00:00Z', assigneeId: manager.id },
      { id: third?.id, dueAt: '2032-10-01T13:00:00Z', assigneeId: manager.id },
    ]);
    await change(id, { timeZone: 'Asia/Baku' });
    expect((await due(id))[2]).toBe('2032-10-01T05:00:00Z');
  });

  it('are cancelled with it, even by somebody who may not change those tasks, and asked again when it is completed after all', async () => {
    const id = await mission();
    await change(id, { status: 'completed' }, manager);
    await change(id, { ownerId: manager.id }, manager);
    const [first, second] = await surveys(id);
    await manager.patch(`/v1/tasks/${first?.id}`).send({ status: 'cancelled' }).expect(200);
    await manager.post(`/v1/tasks/${second?.id}/completion`).send({}).expect(200);
    await step(id, 'under_way', 'cancelled');
    expect(await statuses(id)).toEqual(['cancelled', 'done', 'cancelled']);
    await step(id, 'planned');
    expect(await statuses(id)).toEqual(['cancelled', 'done', 'cancelled']);
    await change(id, { endsOn: '2031-09-25' });
    await step(id, 'completed');
    expect(await surveys(id)).toMatchObject([
      { status: 'cancelled', dueAt: DUE[0] },
      { status: 'done', dueAt: DUE[1] },
      { status: 'open', dueAt: '2032-09-25T13:00:00Z' },
    ]);
  });

  it('are cancelled when it is archived, and remind nobody then', async () => {
    const id = await completed();
    const [first] = await surveys(id);
    const planned = `SELECT status FROM messages WHERE about_id = $1`;
    const before = await api.database.query<{ status: string }>(planned, [first?.id]);
    expect(before.map(({ status }) => status)).toContain('planned');
    await staff.delete(`/v1/trade-missions/${id}`).expect(204);
    const after = await api.database.query<{ status: string }>(planned, [first?.id]);
    expect(after.map(({ status }) => status)).not.toContain('planned');
    expect(await statuses(id)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('are not for a mission that was recorded as it had ended, long ago maybe', async () => {
    const id = await mission({ status: 'completed' });
    await change(id, { objectives: 'From the archive' });
    await step(id, 'reported', 'completed');
    expect(await surveys(id)).toEqual([]);
    await step(id, 'under_way', 'completed');
    expect(await surveys(id)).toHaveLength(3);
  });

  it('leave a survey alone that was archived by hand, and are anybody’s where the mission has no owner', async () => {
    const id = await completed({ ownerId: null });
    const [first] = await surveys(id);
    expect(first?.assigneeId).toBeNull();
    await staff.delete(`/v1/tasks/${first?.id}`).expect(204);
    await change(id, { endsOn: '2031-09-25' });
    await staff.delete(`/v1/trade-missions/${id}`).expect(204);
    expect(await statuses(id)).toEqual(['cancelled', 'cancelled']);
  });
});
