import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const NO_ZONES = [
  'Mars/Phobos',
  'Europe/Atlantis',
  '+04:00',
  'GMT+4',
  'Asia/Baku ',
  'asia',
  '',
  ' ',
  'UTC\u0000',
  '../UTC',
  4,
  true,
  {},
  ['UTC'],
];

describe('a time zone that does not exist', () => {
  let api: TestApi;
  let admin: Client;
  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.as('admin');
  });
  afterAll(() => api?.close());

  const LOCAL = { startsAt: '2031-03-10T10:00', endsAt: '2031-03-10T11:00' };
  const EVERYWHERE: [string, object][] = [
    ['/v1/users', { email: 'aysel@chamber.example', name: 'Aysel', role: 'staff' }],
    ['/v1/people', { fullName: 'Aysel Guest' }],
    ['/v1/conferences', { name: 'Forum', ...LOCAL }],
    ['/v1/tasks', { title: 'Answer', dueAt: '2031-03-10T10:00' }],
    ['/v1/side-meetings', { title: 'Ports', kind: 'call', status: 'requested', participants: [], ...LOCAL }],
  ];

  it.each(EVERYWHERE)('is refused by %s, where the fault is', async (path, body) => {
    for (const timeZone of NO_ZONES) {
      const answer = await admin.post(path).send({ ...body, timeZone });
      const pointers = answer.body.errors?.map(({ pointer }: { pointer: string }) => pointer);
      expect([timeZone, answer.status, pointers]).toEqual([timeZone, 422, expect.arrayContaining(['/timeZone'])]);
    }
  });

  it('is refused where something is changed too, and by a session and a follow-up', async () => {
    const made = async (path: string, body: object) => (await admin.post(path).send(body).expect(201)).body;
    const conference = await made('/v1/conferences', { name: 'Forum', ...LOCAL, timeZone: 'Asia/Baku' });
    const user = await made('/v1/users', EVERYWHERE[0]?.[1] ?? {});
    const person = await made('/v1/people', { fullName: 'Rauf Guest' });
    const task = await made('/v1/tasks', { title: 'Answer', dueAt: '2031-03-10T10:00:00Z' });
    const bad = { timeZone: 'Mars/Phobos' };
    for (const path of [`users/${user.id}`, `people/${person.id}`, `conferences/${conference.id}`, `tasks/${task.id}`])
      await admin.patch(`/v1/${path}`).send(bad).expect(422);
    const session = { title: 'Ports', kind: 'panel', ...LOCAL, ...bad };
    await admin.post(`/v1/conferences/${conference.id}/sessions`).send(session).expect(422);
    const [, meeting] = EVERYWHERE[4] ?? [];
    const followUps = [{ title: 'Answer', dueAt: '2031-03-12T10:00', ...bad }];
    const { body } = await admin
      .post('/v1/side-meetings')
      .send({ ...meeting, timeZone: 'Asia/Baku', followUps })
      .expect(422);
    expect(JSON.stringify(body.errors)).toContain('/followUps/0/timeZone');
  });

  it('is told from one that does', async () => {
    for (const timeZone of ['Asia/Baku', 'America/New_York', 'UTC', 'Pacific/Apia', 'Asia/Kolkata'])
      await admin
        .post('/v1/people')
        .send({ fullName: `Guest of ${timeZone}`, timeZone })
        .expect(201);
  });
});
