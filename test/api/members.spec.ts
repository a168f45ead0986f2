import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let manager: Client;

beforeAll(async () => {
  api = await startTestApi();
  manager = await api.as('manager');
});
afterAll(() => api.close());

interface Made {
  id: string;
}
const post = async (path: string, body: object): Promise<Made> =>
  (await manager.post(path).send(body).expect(201)).body as Made;
const organization = (name: string, more: object = {}) => post('/v1/organizations', { name, kind: 'company', ...more });
const person = (fullName: string, more: object = {}) => post('/v1/people', { fullName, ...more });
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe('the directory', () => {
  it('refuses an organization above itself, however far up', async () => {
    const a = await organization('Holding');
    const b = await organization('Daughter', { parentId: a.id });
    const c = await organization('Granddaughter', { parentId: b.id });
    const { body } = await manager.patch(`/v1/organizations/${a.id}`).send({ parentId: c.id }).expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/parentId', code: 'parent_cycle' });
    expect((await manager.get(`/v1/organizations/${c.id}`)).body.parent).toMatchObject({ id: b.id, name: 'Daughter' });
  });

  it('keeps titles that disagree, each with its source, and prefers one', async () => {
    const commerce = await organization('U.S. Department of Commerce');
    const kessler = await person('Jeffrey Kessler');
    const title = (text: string, source: string) =>
      post(`/v1/people/${kessler.id}/positions`, { organizationId: commerce.id, title: text, source });
    await title('Deputy Under Secretary for Industry and Security', 'S002');
    const other = await title('Under Secretary for Industry and Security', 'S003');
    await manager.patch(`/v1/positions/${other.id}`).send({ preferred: true }).expect(200);
    const { body } = await manager.get(`/v1/people/${kessler.id}/positions`).expect(200);
    expect(body.data.map((row: { source: string; preferred: boolean }) => [row.source, row.preferred])).toEqual([
      ['S002', false],
      ['S003', true],
    ]);
  });

  it('refuses a position that ends before it starts or is nowhere', async () => {
    const { id } = await person('Somebody');
    const { body } = await manager
      .post(`/v1/people/${id}/positions`)
      .send({ title: 'CEO', startedOn: '2026-02-01', endedOn: '2026-01-01' })
      .expect(422);
    expect(body.errors[0].pointer).toBe('/endedOn');
    await manager.post(`/v1/people/${id}/positions`).send({ title: 'CEO', organizationId: id }).expect(422);
  });

  it('knows no 30 February', async () => {
    const { id } = await person('Somebody Else');
    const { body } = await manager
      .post(`/v1/people/${id}/positions`)
      .send({ title: 'CEO', startedOn: '2026-02-30' })
      .expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/startedOn', code: 'calendar_date' });
    const never = { title: 'CEO', startedOn: '0000-01-01' };
    const refused = (await manager.post(`/v1/people/${id}/positions`).send(never).expect(422)).body;
    expect(refused.errors[0].pointer).toBe('/startedOn');
  });

  it('keeps other names without the blanks around them, and none that is nothing but blanks', async () => {
    const { body } = await manager
      .post('/v1/people')
      .send({ fullName: 'Blank', aliases: [' Blanche '] })
      .expect(201);
    expect(body.aliases).toEqual(['Blanche']);
    for (const aliases of [[' '], ['a', ' a']]) {
      const refused = (await manager.patch(`/v1/people/${body.id}`).send({ aliases }).expect(422)).body;
      expect(refused.errors[0].pointer).toBe('/aliases');
    }
  });

  it('finds an address however it is written', async () => {
    const { body } = await manager.post('/v1/people').send({ fullName: 'Case', email: 'Case@Example.com' }).expect(201);
    const found = (await manager.get('/v1/people?filter[email]=CASE@example.COM').expect(200)).body.data;
    expect(found.map(({ id }: { id: string }) => id)).toEqual([body.id]);
  });
});

describe('search', () => {
  beforeAll(async () => {
    await organization('State Oil Company of the Azerbaijan Republic', { aliases: ['SOCAR'] });
    await person('Elnur Məmmədov');
    await person('Elnur Aliyev');
    await person('Ilham Aliyev');
    await person('Su Le Archived').then(({ id }) => manager.delete(`/v1/people/${id}`).expect(204));
  });

  const titles = async (q: string, types = '') => {
    const { body } = await manager
      .get(`/v1/search?q=${encodeURIComponent(q)}${types && `&types=${types}`}`)
      .expect(200);
    return body.data.map((hit: { title: string }) => hit.title) as string[];
  };

  it.each([
    ['Мамедов', 'Elnur Məmmədov'],
    ['elnur mammadov', 'Elnur Məmmədov'],
    ['Əliyev Elnur', 'Elnur Aliyev'],
    ['Elnur Alyiev', 'Elnur Aliyev'],
    ['SOCAR', 'State Oil Company of the Azerbaijan Republic'],
    ['state oil', 'State Oil Company of the Azerbaijan Republic'],
  ])('finds for %s first of all %s', async (q, expected) => {
    expect((await titles(q))[0]).toBe(expected);
  });

  it('keeps people of one surname apart and offers both', async () => {
    expect(await titles('Aliyev')).toEqual(expect.arrayContaining(['Elnur Aliyev', 'Ilham Aliyev']));
  });

  it('looks only among the types asked for, and never among what is archived', async () => {
    expect(await titles('Elnur', 'organization')).toEqual([]);
    expect(await titles('Su Le Archived')).toEqual([]);
  });

  it('follows a new name at once', async () => {
    const { id } = await organization('Before Rename');
    await manager.patch(`/v1/organizations/${id}`).send({ name: 'Çıraq Holdinq' }).expect(200);
    expect(await titles('Chirag Holding')).toContain('Çıraq Holdinq');
    expect(await titles('Before Rename')).toEqual([]);
  });

  it.each(['', 'q=', 'q=a&types=castle', 'q=a&limit=500', 'q=a&page=2'])('refuses ?%s', async (query) => {
    await manager.get(`/v1/search?${query}`).expect(400);
  });
});

describe('memberships', () => {
  beforeAll(async () => {
    await post('/v1/membership-tiers', {
      code: 'gold',
      name: 'Gold',
      annualDues: { amount: '2500.00', currency: 'USD' },
      graceDays: 30,
    });
  });

  it.each(['usd', 'XXQ', 'US', 840])('take no dues in %j', async (currency) => {
    const tier = { code: 'tin', name: 'Tin', graceDays: 0, annualDues: { amount: '5', currency } };
    const { body } = await manager.post('/v1/membership-tiers').send(tier).expect(422);
    expect(body.errors[0].pointer).toBe('/annualDues/currency');
  });

  const membership = async (more: object) =>
    post('/v1/memberships', { organizationId: (await organization('Member')).id, tierCode: 'gold', ...more });
  const statusOf = async ({ id }: Made) =>
    (await manager.get(`/v1/memberships/${id}`).expect(200)).body.status as string;

  it.each([
    ['pending', 1, 300],
    ['current', -10, 300],
    ['current', -10, 0],
    ['grace', -300, -1],
    ['grace', -300, -30],
    ['lapsed', -300, -31],
  ])('are %s from day %i to day %i', async (status, from, to) => {
    expect(await statusOf(await membership({ startsOn: day(from), endsOn: day(to) }))).toBe(status);
  });

  it('follow the tier’s grace days at once', async () => {
    const tier = await post('/v1/membership-tiers', { code: 'patient', name: 'Patient', graceDays: 0 });
    const late = await membership({ tierCode: 'patient', startsOn: day(-300), endsOn: day(-5) });
    expect(await statusOf(late)).toBe('lapsed');
    await manager.patch(`/v1/membership-tiers/${tier.id}`).send({ graceDays: 10 }).expect(200);
    expect(await statusOf(late)).toBe('grace');
  });

  it('are one at a time for one member, under a race too', async () => {
    const { id } = await organization('Eager');
    const body = { organizationId: id, tierCode: 'gold', startsOn: day(-1), endsOn: day(300) };
    const answers = await Promise.all(Array.from({ length: 8 }, () => manager.post('/v1/memberships').send(body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('are renewed in place, with history', async () => {
    const made = await membership({ startsOn: day(-300), endsOn: day(10) });
    const { body } = await manager
      .post(`/v1/memberships/${made.id}/renewals`)
      .send({ endsOn: day(375) })
      .expect(201);
    expect(body).toMatchObject({ id: made.id, endsOn: day(375), renewals: [{ endedOn: day(10), endsOn: day(375) }] });
    await manager
      .post(`/v1/memberships/${made.id}/renewals`)
      .send({ endsOn: day(1) })
      .expect(422);
  });

  it('are cancelled with a reason, and then neither renewed nor changed', async () => {
    const made = await membership({ startsOn: day(-10), endsOn: day(300) });
    expect(
      (await manager.post(`/v1/memberships/${made.id}/cancellation`).send({ reason: 'Moved away' }).expect(200)).body,
    ).toMatchObject({ status: 'cancelled', cancellationReason: 'Moved away' });
    await manager.post(`/v1/memberships/${made.id}/renewals`).send({}).expect(409);
  });

  it.each([
    [{ startsOn: day(10), endsOn: day(1) }, '/endsOn'],
    [{ startsOn: day(1), endsOn: day(10), joinedOn: day(5) }, '/joinedOn'],
    [{ startsOn: day(1), endsOn: day(10), tierCode: 'diamond' }, '/tierCode'],
    [{ startsOn: day(1), endsOn: day(10), personId: '019a0000-0000-7000-8000-000000000000' }, '/organizationId'],
  ])('refuse %j', async (more, pointer) => {
    const { id } = await organization('Refused');
    const { body } = await manager
      .post('/v1/memberships')
      .send({ organizationId: id, tierCode: 'gold', ...more })
      .expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('answer who is a member now, with the first contact', async () => {
    const { id } = await organization('Xəzər Körpüsü', { country: 'AZ', sectors: ['energy'] });
    const contact = await person('Aysel Quliyeva', { email: 'aysel@example.com' });
    await post(`/v1/people/${contact.id}/positions`, { organizationId: id, title: 'Director' });
    await post('/v1/memberships', {
      organizationId: id,
      tierCode: 'gold',
      joinedOn: day(-800),
      startsOn: day(-10),
      endsOn: day(300),
    });
    const { body } = await manager
      .get('/v1/members?filter[country]=AZ&filter[sector]=energy&filter[tierCode]=gold')
      .expect(200);
    expect(body.data).toEqual([
      expect.objectContaining({
        organization: { id, name: 'Xəzər Körpüsü', country: 'AZ' },
        tier: { code: 'gold', name: 'Gold' },
        status: 'current',
        since: day(-800),
        until: day(300),
        primaryContact: {
          personId: contact.id,
          fullName: 'Aysel Quliyeva',
          title: 'Director',
          email: 'aysel@example.com',
        },
      }),
    ]);
  });

  it('follow the new name of their member', async () => {
    const { id } = await organization('Old Harbour');
    await post('/v1/memberships', { organizationId: id, tierCode: 'gold', startsOn: day(-1), endsOn: day(9) });
    await manager.patch(`/v1/organizations/${id}`).send({ name: 'Yeni Liman' }).expect(200);
    const found = await manager.get('/v1/members?q=yeni liman').expect(200);
    expect(found.body.data).toHaveLength(1);
    const hits = await manager.get('/v1/search?types=membership&q=yeni liman').expect(200);
    expect(hits.body.data[0].title).toBe('Yeni Liman · Gold');
    expect((await manager.get('/v1/members?q=old harbour').expect(200)).body.data).toEqual([]);
  });

  it('leave those who lapsed out of the members unless asked for', async () => {
    const all = async (query: string) =>
      (await manager.get(`/v1/members?limit=200&${query}`).expect(200)).body.data.map(
        (row: { status: string }) => row.status,
      ) as string[];
    expect(new Set(await all(''))).toEqual(new Set(['current', 'grace']));
    expect(new Set(await all('filter[status]=lapsed'))).toEqual(new Set(['lapsed']));
  });
});
