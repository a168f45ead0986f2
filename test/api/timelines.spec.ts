import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Entry {
  at: string;
  kind: string;
  title: string;
  about: { type: string; id: string; title: string } | null;
  detail: Record<string, unknown> | null;
  actor: string | null;
}
interface Made {
  id: string;
}

let api: TestApi;
let manager: Client;
let staff: Client;

beforeAll(async () => {
  api = await startTestApi();
  manager = await api.as('manager');
  staff = await api.as('staff');
  await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 0 }).expect(201);
});
afterAll(() => api.close());

const post = async (path: string, body: object, client = manager): Promise<Made> =>
  (await client.post(path).send(body).expect(201)).body as Made;
const organization = (name: string) => post('/v1/organizations', { name, kind: 'company' });
const person = (fullName: string, more: object = {}) => post('/v1/people', { fullName, ...more });
const timeline = async (path: string, query = '', client = manager): Promise<Entry[]> =>
  (await client.get(`/v1/${path}/timeline?limit=200&${query}`).expect(200)).body.data as Entry[];
const kinds = (entries: Entry[]): string[] => entries.map(({ kind }) => kind);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

const meeting = (title: string, participants: object[], more: object = {}, client = manager) =>
  post(
    '/v1/side-meetings',
    {
      ...{ title, kind: 'bilateral', status: 'held', timeZone: 'Asia/Baku' },
      ...{ startsAt: `${day(-20)}T08:00:00Z`, endsAt: `${day(-20)}T09:00:00Z` },
      ...{ participants, ...more },
    },
    client,
  );

describe('the timeline of an organization', () => {
  let terminal: Made;
  let aysel: Made;

  beforeAll(async () => {
    [terminal, aysel] = [await organization('Xəzər Terminal'), await person('Aysel Quliyeva')];
    const rauf = await person('Rauf Sadıqlı');
    const title = { organizationId: terminal.id, title: 'Director', startedOn: day(-400), endedOn: day(-30) };
    await post(`/v1/people/${aysel.id}/positions`, { ...title, source: 'Press' });
    const dates = { joinedOn: day(-800), startsOn: day(-300), endsOn: day(-10) };
    const membership = await post('/v1/memberships', { organizationId: terminal.id, tierCode: 'gold', ...dates });
    await post(`/v1/memberships/${membership.id}/renewals`, { endsOn: day(300) });
    const sides = [aysel, rauf].map(({ id }) => ({ personId: id, organizationId: terminal.id, side: 'visiting' }));
    await meeting('Customs software', sides);
    await post('/v1/tasks', { title: 'Call the terminal', about: { type: 'organization', id: terminal.id } });
    await post('/v1/commitments', {
      action: 'Send the terms of reference',
      owedBy: { organizationId: terminal.id, personId: aysel.id },
      owedTo: { organizationId: terminal.id },
      about: { type: 'organization', id: terminal.id },
    });
    await manager.patch(`/v1/organizations/${terminal.id}`).send({ country: 'AZ', notes: 'Alat' }).expect(200);
  });

  it('tells all that touched it, newest first', async () => {
    const entries = await timeline(`organizations/${terminal.id}`);
    expect(kinds(entries).sort()).toEqual(
      [
        ...['created', 'updated', 'task', 'commitment', 'side_meeting', 'position_started', 'position_ended'],
        ...['membership_joined', 'membership_renewed'],
      ].sort(),
    );
    expect(kinds(entries).slice(-4)).toEqual([
      'side_meeting',
      'position_ended',
      'position_started',
      'membership_joined',
    ]);
    const times = entries.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  const entry = async (kind: string) => (await timeline(`organizations/${terminal.id}`, `filter[kind]=${kind}`))[0];

  it('says what each entry is about, and further facts', async () => {
    expect(await entry('position_started')).toMatchObject({
      at: `${day(-400)}T00:00:00Z`,
      title: 'Director',
      about: { type: 'person', id: aysel.id, title: 'Aysel Quliyeva' },
      detail: { source: 'Press', startedOn: day(-400) },
    });
    expect(await entry('side_meeting')).toMatchObject({
      at: `${day(-20)}T08:00:00Z`,
      about: { type: 'side_meeting', title: 'Customs software' },
      detail: { kind: 'bilateral', status: 'held' },
    });
    expect(await entry('updated')).toMatchObject({
      actor: 'The manager',
      detail: { action: 'updated', fields: ['country', 'notes'] },
    });
    expect(await entry('commitment')).toMatchObject({
      title: 'Send the terms of reference',
      detail: { side: 'owed_by' },
    });
    expect(await entry('membership_renewed')).toMatchObject({ detail: { tierCode: 'gold', endsOn: day(300) } });
  });

  it.each([1, 2, 3, 5])('pages through everything exactly once, %i at a time', async (limit) => {
    const all = await timeline(`organizations/${terminal.id}`);
    const paged: Entry[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/v1/organizations/${terminal.id}/timeline?limit=${limit}${cursor && `&cursor=${cursor}`}`;
      const { body }: { body: { data: Entry[]; page: { nextCursor: string | null } } } = await manager
        .get(path)
        .expect(200);
      paged.push(...body.data);
      cursor = body.page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('is narrowed by kind and by time, and counted', async () => {
    const path = `organizations/${terminal.id}`;
    expect(kinds(await timeline(path, 'filter[kind][in]=task,side_meeting'))).toEqual(['task', 'side_meeting']);
    expect(kinds(await timeline(path, `filter[at][lt]=${day(-500)}`))).toEqual(['membership_joined']);
    expect(kinds(await timeline(path, 'filter[kind][ne]=task'))).not.toContain('task');
    const { body } = await manager.get(`/v1/${path}/timeline?limit=1&count=exact`).expect(200);
    expect(body.page.total).toBe((await timeline(path)).length);
  });

  it.each([
    'filter[kind]=castle',
    'filter[name]=x',
    'sort=at',
    'q=x',
    'include=about',
    'filter[at]=yesterday',
    'cursor=x',
  ])('refuses ?%s', async (query) => {
    await manager.get(`/v1/organizations/${terminal.id}/timeline?${query}`).expect(400);
  });

  it('answers for archived organizations, and for nobody else’s id', async () => {
    const { id } = await organization('Archived');
    await manager.delete(`/v1/organizations/${id}`).expect(204);
    await manager.post(`/v1/organizations/${id}/restoration`).expect(200);
    await manager.delete(`/v1/organizations/${id}`).expect(204);
    expect(kinds(await timeline(`organizations/${id}`))).toEqual(['archived', 'restored', 'archived', 'created']);
    await manager.get('/v1/organizations/019a0000-0000-7000-8000-000000000000/timeline').expect(404);
    await manager.get(`/v1/organizations/${aysel.id}/timeline`).expect(404);
  });
});

describe('the timeline of a person', () => {
  it('holds the sessions spoken at, invitations and their answers, and messages sent', async () => {
    const { id } = await person('Carl Kress', { email: 'carl@example.com' });
    const conference = await post('/v1/conferences', {
      ...{ name: 'Trade Conference', status: 'published', timeZone: 'America/New_York' },
      ...{ startsAt: '2027-03-10T09:00', endsAt: '2027-03-11T18:00' },
    });
    const session = await post(`/v1/conferences/${conference.id}/sessions`, {
      ...{ title: 'Opening', kind: 'plenary', startsAt: '2027-03-10T10:00', endsAt: '2027-03-10T11:00' },
    });
    await post(`/v1/sessions/${session.id}/speakers`, { personId: id, role: 'keynote', status: 'confirmed' });
    const about = { type: 'conference', id: conference.id };
    await manager
      .post('/v1/invitations')
      .send({ about, recipients: { personIds: [id] } })
      .expect(202);
    const [invitation] = (await manager.get(`/v1/invitations?filter[aboutId]=${conference.id}`).expect(200)).body
      .data as Made[];
    await manager.post(`/v1/invitations/${invitation?.id}/response`).send({ status: 'accepted' }).expect(200);
    await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE person_id = $1`, [id]);
    const entries = await timeline(`people/${id}`);
    expect(kinds(entries)).toEqual(
      expect.arrayContaining(['session', 'invited', 'answered', 'message_sent', 'created']),
    );
    expect(entries[0]).toMatchObject({
      kind: 'session',
      at: '2027-03-10T15:00:00Z',
      title: 'Opening',
      detail: { role: 'keynote', conference: 'Trade Conference' },
    });
    expect(entries.find(({ kind }) => kind === 'answered')).toMatchObject({
      about: { id: conference.id },
      detail: { status: 'accepted' },
    });
    const viewer = await api.as('viewer');
    expect(kinds(await timeline(`people/${id}`, '', viewer))).toEqual(
      expect.not.arrayContaining(['message_sent', 'invited']),
    );
    expect(kinds(await timeline(`conferences/${conference.id}`))).toEqual(
      expect.arrayContaining(['invited', 'answered', 'message_sent', 'created']),
    );
    expect(kinds(await timeline(`sessions/${session.id}`))).toContain('speaker');
  });

  it('follows a meeting that is moved', async () => {
    const { id } = await person('Moved Along');
    const { id: moved } = await meeting('Moved', [{ personId: id, side: 'host' }], { about: [{ type: 'person', id }] });
    await manager
      .patch(`/v1/side-meetings/${moved}`)
      .send({ startsAt: `${day(-50)}T08:00:00Z`, endsAt: `${day(-50)}T09:00:00Z` })
      .expect(200);
    const entries = await timeline(`people/${id}`, 'filter[kind]=side_meeting');
    expect(new Set(entries.map(({ at }) => at))).toEqual(new Set([`${day(-50)}T08:00:00Z`]));
  });

  it('tells that an import brought them in', async () => {
    const [{ id } = { id: '' }] = await api.database.query<Made>(
      `INSERT INTO people (id, full_name, search_key, match_key) VALUES (gen_random_uuid(), 'Imported', 'x', 'x') RETURNING id`,
    );
    expect(await timeline(`people/${id}`)).toEqual([]);
    await api.database.query(`
      INSERT INTO imports (id, target, mode, status, options, actor, file_name, committed_through, started_at, finished_at)
      VALUES (gen_random_uuid(), 'members', 'upsert', 'completed', '{}', '{"name": "The manager"}', 'members.csv', 1,
        now() - interval '1 hour', now() + interval '1 hour')`);
    expect(await timeline(`people/${id}`)).toMatchObject([
      { kind: 'imported', actor: 'The manager', detail: { fileName: 'members.csv' }, about: { id } },
    ]);
  });
});

describe('what touched the deals of a party', () => {
  it('is told when it took place, also after that was moved, unless somebody said when', async () => {
    const firm = await organization('Touched');
    const deal = await post('/v1/deals', { title: 'Touched', kind: 'project' });
    await post(`/v1/deals/${deal.id}/parties`, { organizationId: firm.id, role: 'buyer' });
    const { id } = await meeting('Touching', [{ personId: (await person('Toucher')).id, side: 'host' }]);
    const about = { type: 'side_meeting', id };
    const touchpoint = await post(`/v1/deals/${deal.id}/touchpoints`, { about, effect: 'advanced' });
    const move = async (offset: number) => {
      const times = { startsAt: `${day(offset)}T08:00:00Z`, endsAt: `${day(offset)}T09:00:00Z` };
      await manager.patch(`/v1/side-meetings/${id}`).send(times).expect(200);
    };
    const say = (at: string | null) => manager.patch(`/v1/touchpoints/${touchpoint.id}`).send({ at }).expect(200);
    const told = async () =>
      (await timeline(`organizations/${firm.id}`, 'filter[kind]=touchpoint')).map(({ at }) => at.slice(0, 10));
    expect(await told()).toEqual([day(-20)]);
    await move(-50);
    expect(await told()).toEqual([day(-50)]);
    await say(day(-40));
    await move(-60);
    expect(await told()).toEqual([day(-40)]);
    await say(null);
    expect(await told()).toEqual([day(-60)]);
  });
});

describe('what is for few eyes only', () => {
  it('stays out of the timelines of others: the meeting, its tasks, commitments and messages', async () => {
    const [firm, guest] = [
      await organization('Discreet'),
      await person('Discreet Guest', { email: 'discreet@example.com' }),
    ];
    const { id } = await meeting('Secret talks', [{ personId: guest.id, organizationId: firm.id, side: 'visiting' }], {
      visibility: 'restricted',
      commitments: [{ action: 'Secret promise', owedBy: { organizationId: firm.id }, owedTo: { personId: guest.id } }],
      followUps: [{ title: 'Secret task' }],
    });
    await api.database.query(
      `INSERT INTO messages (id, kind, status, dedupe_key, about_id, person_id, email, recipient_name, locale, time_zone,
         template_key, data, subject, send_at, due_at, sent_at)
       VALUES (gen_random_uuid(), 'notice', 'sent', 'secret', $1, $2, 'discreet@example.com', 'x', 'en', 'UTC', 'x', '{}',
         'Secret mail', now(), now(), now())`,
      [id, guest.id],
    );
    const paths = [`organizations/${firm.id}`, `people/${guest.id}`];
    for (const path of paths) {
      expect(JSON.stringify(await timeline(path))).toContain('Secret promise');
      expect(JSON.stringify(await timeline(path))).toContain('Secret talks');
      expect(JSON.stringify(await timeline(path, '', staff))).not.toContain('Secret');
      const { body } = await staff.get(`/v1/${path}/timeline?count=exact`).expect(200);
      expect(body.page.total).toBe((await timeline(path, '', staff)).length);
    }
    expect(JSON.stringify(await timeline(`people/${guest.id}`))).toContain('Secret mail');
    expect(JSON.stringify(await timeline(`side-meetings/${id}`))).toContain('Secret task');
    await staff.get(`/v1/side-meetings/${id}/timeline`).expect(404);
  });
});
