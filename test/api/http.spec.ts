import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

/** Open to everybody, on purpose. */
const OPEN = /^\/(v1\/auth\/|health\/|metrics|docs|openapi\.json|rsvp\/|unsubscribe\/|agenda\/|queues)/;

describe('every route', () => {
  let api: TestApi;
  let staff: Client;
  const routes: { method: string; url: string }[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
    const fastify: FastifyInstance = api.app.getHttpAdapter().getInstance();
    const tree = fastify.printRoutes({ commonPrefix: false });
    let path: string[] = [];
    for (const line of tree.split('\n')) {
      const match = /^([│ ├└─]*)(\S+) \(([A-Z, ]+)\)/.exec(line);
      const depth = (match?.[1]?.length ?? 0) / 4;
      const segment = /^[│ ├└─]*(\S+)/.exec(line)?.[1];
      if (segment === undefined) continue;
      path = [...path.slice(0, depth === 0 ? (/^[│ ├└─]*/.exec(line)?.[0].length ?? 0) / 4 - 1 : depth - 1), segment];
      for (const method of match?.[3]?.split(', ') ?? []) routes.push({ method, url: path.join('') });
    }
  });
  afterAll(() => api.close());

  const concrete = (url: string) =>
    url.replace(/:[A-Za-z]+/g, '019a0000-0000-7000-8000-000000000000').replace(/\*$/, '');

  it('is known to this test', () => {
    expect(routes.map((route) => `${route.method} ${route.url}`)).toEqual(
      expect.arrayContaining(['POST /v1/organizations', 'PATCH /v1/people/:id', 'GET /v1/search']),
    );
  });

  it('turns away whoever did not sign in, unless it is open on purpose', async () => {
    const guarded = routes.filter(({ method, url }) => !OPEN.test(url) && method !== 'HEAD' && method !== 'OPTIONS');
    const answers = await Promise.all(
      guarded.map(async ({ method, url }) => {
        const answer = await fetch(api.url + concrete(url), { method });
        return `${method} ${url} ${answer.status}`;
      }),
    );
    expect(answers.filter((answer) => !answer.endsWith(' 401'))).toEqual([]);
  });

  it('lets a viewer change nothing', async () => {
    const viewer = await api.as('viewer');
    const writing = routes.filter(
      ({ method, url }) => !OPEN.test(url) && ['POST', 'PATCH', 'PUT', 'DELETE'].includes(method),
    );
    const answers = await Promise.all(
      writing.map(async ({ method, url }) => {
        const answer = await fetch(api.url + concrete(url), {
          method,
          headers: { authorization: `Bearer ${viewer.token}` },
        });
        return `${method} ${url} ${answer.status}`;
      }),
    );
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((answer) => !answer.endsWith(' 403'))).toEqual([]);
  });

  it('echoes a request id, or makes one, and puts it into errors', async () => {
    const { headers, body } = await staff.get('/v1/nothing-here').set('X-Request-Id', 'abc-123').expect(404);
    expect([headers['x-request-id'], body.requestId]).toEqual(['abc-123', 'abc-123']);
    const { headers: made } = await api.guest.get('/health/live').set('X-Request-Id', 'bad id!').expect(200);
    expect(made['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['an unknown path', 404, () => staff.get('/v1/nothing-here')],
    ['an id that is no UUID', 400, () => staff.get('/v1/people/42')],
    ['an id that does not exist', 404, () => staff.get('/v1/people/019a0000-0000-7000-8000-000000000000')],
    ['broken JSON', 400, () => staff.post('/v1/people').type('json').send('{"fullName":')],
    ['JSON that is no object', 400, () => staff.post('/v1/people').type('json').send('[1]')],
    [
      'a body nested too deep',
      400,
      () =>
        staff
          .post('/v1/people')
          .type('json')
          .send(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`),
    ],
    ['a body that is too large', 413, () => staff.post('/v1/people').send({ fullName: 'x'.repeat(1_100_000) })],
    ['a form where JSON belongs', 415, () => staff.post('/v1/people').type('form').send({ fullName: 'A' })],
    ['plain text where JSON belongs', 415, () => staff.post('/v1/people').type('text/plain').send('A')],
    ['a media type nobody reads', 415, () => staff.post('/v1/people').type('text/xml').send('<a/>')],
    [
      'a key that would reach the prototype',
      422,
      () => staff.post('/v1/people').type('json').send('{"fullName":"A","__proto__":{"role":"admin"}}'),
    ],
    [
      'a key that every object has',
      422,
      () => staff.post('/v1/people').type('json').send('{"fullName":"A","constructor":"A"}'),
    ],
    ['the character NUL', 422, () => staff.post('/v1/people').send({ fullName: 'a\0b' })],
    ['no body at all', 422, () => staff.post('/v1/people')],
    [
      'a broken If-Match',
      400,
      () => staff.patch('/v1/people/019a0000-0000-7000-8000-000000000000').set('If-Match', 'x').send({}),
    ],
    [
      'an Idempotency-Key with a blank',
      400,
      () => staff.post('/v1/people').set('Idempotency-Key', 'a b').send({ fullName: 'A' }),
    ],
    ['a path that is no URL', 400, () => staff.get('/v1/people/%zz')],
  ])('answers %s with %i and a problem document', async (_what, status, call) => {
    const { body, headers } = await call().expect(status);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code: expect.any(String),
      requestId: headers['x-request-id'],
      errors: expect.any(Array),
    });
  });

  it('answers JSON that is not UTF-8 with 400', async () => {
    const headers = { authorization: `Bearer ${staff.token}`, 'content-type': 'application/json' };
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const answer = await fetch(`${api.url}/v1/people`, { method: 'POST', headers, body });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'malformed_json']);
  });

  it('lists every fault of a body at once, unknown properties included', async () => {
    const { body } = await staff
      .post('/v1/people')
      .send({ fullName: ' ', email: 'x', country: 'az', timeZone: 'Mars/Olympus', nickname: 'A', otherEmails: ['y'] })
      .expect(422);
    const faults = body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`);
    expect(faults).toEqual(
      expect.arrayContaining([
        '/fullName is_not_empty',
        '/email is_email',
        '/country matches',
        '/timeZone time_zone',
        '/nickname unknown_property',
        '/otherEmails is_email',
      ]),
    );
  });
});

describe('lists', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
    const countries = ['AZ', 'US', null];
    for (let i = 0; i < 25; i++) {
      await staff
        .post('/v1/organizations')
        .send({
          name: `Firm ${String(i).padStart(2, '0')}`,
          kind: i % 5 ? 'company' : 'bank',
          country: countries[i % 3],
          sectors: i % 2 ? ['energy'] : ['ict', 'energy'],
        })
        .expect(201);
    }
  });
  afterAll(() => api.close());

  const names = (body: { data: { name: string }[] }) => body.data.map((row) => row.name);

  it.each(['name', '-name', 'country,-name', '-country,name', '-createdAt'])(
    'pages through everything exactly once, sorted by %s',
    async (sort) => {
      const all = names((await staff.get(`/v1/organizations?limit=200&sort=${sort}`).expect(200)).body);
      const paged: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body }: { body: { data: { name: string }[]; page: { nextCursor: string | null } } } = await staff
          .get(`/v1/organizations?limit=7&sort=${sort}${cursor && `&cursor=${cursor}`}`)
          .expect(200);
        paged.push(...names(body));
        cursor = body.page.nextCursor;
      }
      expect(paged).toEqual(all);
      expect(new Set(paged).size).toBe(25);
    },
  );

  it('counts on demand', async () => {
    const { body } = await staff.get('/v1/organizations?filter[kind]=bank&count=exact&limit=2').expect(200);
    expect(body.page).toEqual({ limit: 2, nextCursor: expect.any(String), total: 5 });
  });

  it.each([
    ['filter[country]=AZ', 9],
    ['filter[country][ne]=AZ', 16],
    ['filter[country][isNull]=true', 8],
    ['filter[kind][in]=bank,ministry', 5],
    ['filter[name][contains]=m 1', 10],
    ['filter[sectors]=ict', 13],
    ['filter[createdAt][lt]=2020-01-01T00:00:00Z', 0],
    ['q=firm', 25],
  ])('finds what %s asks for', async (query, total) => {
    const { body } = await staff.get(`/v1/organizations?count=exact&limit=1&${query}`).expect(200);
    expect(body.page.total).toBe(total);
  });

  it.each([
    ['filter[colour]=red', 'name'],
    ['filter[name][gt]=a', 'contains'],
    ['filter[name][like]=a', 'contains'],
    ['sort=notes', 'createdAt'],
    ['include=secrets', 'parent'],
    ['include=constructor', 'parent'],
    ['sort=constructor', 'createdAt'],
    ['page=2', 'cursor'],
    ['limit=0', '200'],
    ['limit=201', '200'],
    ['cursor=rubbish', 'cursor'],
    ['filter[createdAt][gt]=yesterday', 'instant'],
    ['filter[createdAt][gt]=2020-02-31T00:00:00Z', 'instant'],
    ['filter[createdAt][gt]=0000-01-01', 'instant'],
    ['filter[parentId]=7', 'UUID'],
    ['filter[kind]=castle', 'company'],
    ['filter[constructor]=x', 'name'],
    ['filter[name]=a&filter[name]=b', 'once'],
  ])('refuses ?%s and says what is allowed', async (query, allowed) => {
    const { body } = await staff.get(`/v1/organizations?${query}`).expect(400);
    expect(body.errors[0]).toMatchObject({ parameter: expect.any(String), message: expect.stringContaining(allowed) });
  });

  it('refuses a made-up cursor', async () => {
    const { body } = await staff.get('/v1/organizations?limit=2').expect(200);
    const [mark] = JSON.parse(Buffer.from(body.page.nextCursor as string, 'base64url').toString()) as string[];
    const forged = Buffer.from(JSON.stringify([mark, null, null])).toString('base64url');
    await staff.get(`/v1/organizations?limit=2&cursor=${forged}`).expect(400);
  });

  it('refuses a cursor of another question', async () => {
    const { body } = await staff.get('/v1/organizations?limit=2').expect(200);
    await staff.get(`/v1/organizations?limit=2&sort=-name&cursor=${body.page.nextCursor}`).expect(400);
    await staff.get(`/v1/organizations?limit=2&filter[kind]=bank&cursor=${body.page.nextCursor}`).expect(400);
    await staff.get(`/v1/people?limit=2&cursor=${body.page.nextCursor}`).expect(400);
    await staff.get(`/v1/memberships?limit=2&cursor=${body.page.nextCursor}`).expect(400);
  });
});

describe('versions', () => {
  let api: TestApi;
  let staff: Client;
  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api.close());

  const create = async () =>
    (await staff.post('/v1/people').send({ fullName: 'Su Le', notes: 'x' }).expect(201)).body as {
      id: string;
      version: number;
    };

  it('come with every answer as an ETag, and let only the holder of the current one write', async () => {
    const { id } = await create();
    expect((await staff.get(`/v1/people/${id}`)).headers.etag).toBe('"1"');
    expect(
      (await staff.patch(`/v1/people/${id}`).set('If-Match', '"1"').send({ notes: 'y' }).expect(200)).headers.etag,
    ).toBe('"2"');
    expect(
      (await staff.patch(`/v1/people/${id}`).set('If-Match', '"1"').send({ notes: 'z' }).expect(412)).body.code,
    ).toBe('stale');
    await staff.delete(`/v1/people/${id}`).set('If-Match', '"1"').expect(412);
    await staff.delete(`/v1/people/${id}`).expect(204);
  });

  it('let one of many simultaneous writers with the same version win', async () => {
    const { id } = await create();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        staff
          .patch(`/v1/people/${id}`)
          .set('If-Match', '"1"')
          .send({ notes: `n${i}` }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array<number>(11).fill(412)]);
  });

  it('stay when a patch changes nothing', async () => {
    const { id } = await create();
    expect((await staff.patch(`/v1/people/${id}`).send({ notes: 'x' }).expect(200)).body.version).toBe(1);
  });

  it('keep what a patch does not name, and clear what it sets to null', async () => {
    const { id } = await create();
    await staff.patch(`/v1/people/${id}`).send({ email: 'Su@Example.com' }).expect(200);
    const { body } = await staff.patch(`/v1/people/${id}`).send({ notes: null }).expect(200);
    expect(body).toMatchObject({ fullName: 'Su Le', email: 'su@example.com', notes: null });
    await staff.patch(`/v1/people/${id}`).send({ fullName: null }).expect(422);
  });

  it('take a merge patch under its own name', async () => {
    const { id } = await create();
    const patch = staff.patch(`/v1/people/${id}`).set('Content-Type', 'application/merge-patch+json');
    expect((await patch.send(JSON.stringify({ notes: null })).expect(200)).body.notes).toBeNull();
  });

  it('leave lists when archived, and are still found by id', async () => {
    const { id } = await create();
    await staff.delete(`/v1/people/${id}`).expect(204);
    expect((await staff.get(`/v1/people/${id}`).expect(200)).body.archivedAt).toEqual(expect.any(String));
    expect((await staff.get('/v1/people?limit=200')).body.data.map((row: { id: string }) => row.id)).not.toContain(id);
    await staff.patch(`/v1/people/${id}`).send({ notes: 'late' }).expect(404);
  });
});

describe('a POST with an Idempotency-Key', () => {
  let api: TestApi;
  let staff: Client;
  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api.close());

  const post = (key: string, body: object, client = staff) =>
    client.post('/v1/people').set('Idempotency-Key', key).send(body);
  const people = async () => (await staff.get('/v1/people?count=exact&limit=1')).body.page.total as number;

  it('is done once and answered the same again', async () => {
    const before = await people();
    const first = await post('k1', { fullName: 'Once Only' }).expect(201);
    const again = await post('k1', { fullName: 'Once Only' }).expect(201);
    expect(again.body).toEqual(first.body);
    expect([
      again.headers.location,
      again.headers['idempotency-replayed'],
      first.headers['idempotency-replayed'],
    ]).toEqual([first.headers.location, 'true', undefined]);
    expect(await people()).toBe(before + 1);
  });

  it('knows the same body in another order of properties', async () => {
    await post('k1b', { fullName: 'Ordered', notes: 'n' }).expect(201);
    expect((await post('k1b', { notes: 'n', fullName: 'Ordered' }).expect(201)).headers['idempotency-replayed']).toBe(
      'true',
    );
  });

  it('refuses the same key for another body', async () => {
    await post('k2', { fullName: 'One' }).expect(201);
    expect((await post('k2', { fullName: 'Two' }).expect(422)).body.errors[0].code).toBe('idempotency_key_reused');
  });

  it('keeps keys of different callers apart', async () => {
    await post('k3', { fullName: 'One' }).expect(201);
    await post('k3', { fullName: 'Two' }, await api.as('manager')).expect(201);
  });

  it('is done once when sent many times at the same moment', async () => {
    const before = await people();
    const answers = await Promise.all(Array.from({ length: 15 }, () => post('k4', { fullName: 'Race' })));
    expect(answers.filter((answer) => ![201, 409].includes(answer.status))).toEqual([]);
    expect(answers.filter((answer) => answer.status === 201 && !answer.headers['idempotency-replayed'])).toHaveLength(
      1,
    );
    expect(await people()).toBe(before + 1);
  });

  it('may be mended and sent again after a refusal', async () => {
    await post('k5', { fullName: '' }).expect(422);
    await post('k5', { fullName: 'Mended' }).expect(201);
  });
});

describe('an API whose connections to the database are all in use', () => {
  it('asks callers to come again, and answers when one is free', async () => {
    const api = await startTestApi();
    const staff = await api.as('staff');
    const { dataSource } = api.database;
    const { options } = (dataSource.driver as unknown as { master: Pool }).master;
    Object.assign(options, { max: 1, connectionTimeoutMillis: 100 });
    const busy = dataSource.createQueryRunner();
    await busy.connect();
    const { body, headers } = await staff.get('/v1/people').expect(503);
    expect([headers['retry-after'], body]).toMatchObject(['5', { code: 'overloaded', title: 'Unavailable' }]);
    await staff.post('/v1/people').send({ fullName: 'Su Le' }).expect(503);
    await busy.release();
    await staff.post('/v1/people').send({ fullName: 'Su Le' }).expect(201);
    await api.close();
  });
});
