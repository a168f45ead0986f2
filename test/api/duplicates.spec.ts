import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
}
interface Duplicate {
  id: string;
  title: string;
  score: number;
  reasons: { code: string; message: string }[];
}

let api: TestApi;
let staff: Client;

beforeAll(async () => {
  api = await startTestApi();
  staff = await api.as('staff');
});
afterAll(() => api.close());

const post = async (path: string, body: object): Promise<Made> =>
  (await staff.post(path).send(body).expect(201)).body as Made;
const person = (fullName: string, more: object = {}) => post('/v1/people', { fullName, ...more });
const organization = (name: string, more: object = {}) => post('/v1/organizations', { name, kind: 'company', ...more });
const at = (personId: string, organizationId: string) =>
  post(`/v1/people/${personId}/positions`, { organizationId, title: 'Director' });
const duplicates = async (type: string, { id }: Made): Promise<Duplicate[]> =>
  (await staff.get(`/v1/${type}/${id}/duplicates`).expect(200)).body.data as Duplicate[];
const found = async (type: string, made: Made) =>
  (await duplicates(type, made)).map(({ title, reasons }) => [title, ...reasons.map(({ code }) => code)]);

describe('the duplicates of a person', () => {
  it('are found by e-mail, name in any script, telephone and a slip of the hand, best first, each with its reasons', async () => {
    const asked = await person('Elnur Məmmədov', {
      email: 'elnur@example.com',
      phone: '+994 50 777 11 22',
      country: 'AZ',
    });
    await person('E. Mammadov', { otherEmails: ['elnur@example.com'] });
    await person('Эльнур Мамедов');
    await person('Elnur Mamedov', { country: 'US' });
    await person('Elnur Mamedvo', { phone: '050 777-11-22' });
    await person('Elnur Aliyev');
    await person('İlham Məmmədov');
    const answer = await duplicates('people', asked);
    expect(answer.map(({ title, reasons }) => [title, ...reasons.map(({ code }) => code)])).toEqual([
      ['E. Mammadov', 'similar_name', 'same_email'],
      ['Elnur Mamedvo', 'similar_name', 'same_phone'],
      ['Эльнур Мамедов', 'same_name'],
      ['Elnur Mamedov', 'same_name', 'other_country'],
    ]);
    expect(answer.every(({ score }) => score > 0 && score <= 1)).toBe(true);
  });

  it('are never Elnur Aliyev, Ilham Aliyev and Elnur Mammadov, whatever office address they share', async () => {
    const names = ['Vuqar Aliyev', 'Ilqar Aliyev', 'Vuqar Qasımov', 'Vuqarə Aliyeva'];
    const firm = await organization('One Office');
    const people = [];
    for (const name of names) people.push(await person(name, { phone: '+994 12 111 22 33', country: 'AZ' }));
    for (const { id } of people) await at(id, firm.id);
    for (const one of people) expect(await found('people', one)).toEqual([]);
  });

  it('count for more at one organization than at two', async () => {
    const [bank, mill] = [await organization('Northern Bank'), await organization('Old Mill')];
    const [asked, same, other] = [
      await person('Leyla Həsənova'),
      await person('Leyla Hasanova'),
      await person('Лейла Гасанова'),
    ];
    for (const [who, where] of [
      [asked, bank],
      [same, bank],
      [other, mill],
    ] as const)
      await at(who.id, where.id);
    expect(await found('people', asked)).toEqual([
      ['Leyla Hasanova', 'same_name', 'same_organization'],
      ['Лейла Гасанова', 'same_name', 'other_organization'],
    ]);
  });

  it('are neither archived nor merged ones', async () => {
    const asked = await person('Gunel Safarova');
    const [archived, merged] = [await person('Günel Səfərova'), await person('Гюнель Сафарова')];
    expect(await found('people', asked)).toHaveLength(2);
    await staff.delete(`/v1/people/${archived.id}`).expect(204);
    await post('/v1/people/merges', { keepId: asked.id, mergeIds: [merged.id] });
    expect(await found('people', asked)).toEqual([]);
    await staff.get(`/v1/people/01900000-0000-7000-8000-000000000000/duplicates`).expect(404);
  });
});

describe('the duplicates of an organization', () => {
  it('are found by website, name without legal form, and other names', async () => {
    const asked = await organization('Caspian Bridge MMC', {
      website: 'https://www.cbl.example.az',
      country: 'AZ',
      aliases: ['CBL'],
    });
    await organization('Каспиан Бридж', { country: 'AZ' });
    await organization('CBL', { country: 'GB' });
    await organization('Silk Road Freight', { website: 'http://cbl.example.az/en' });
    await organization('Caspian Brigde');
    await organization('Caspian Fisheries', { country: 'AZ' });
    expect(await found('organizations', asked)).toEqual([
      ['Silk Road Freight', 'same_domain'],
      ['Caspian Brigde', 'similar_name'],
    ]);
  });

  it('are not those that only share a page on a big site, or a number', async () => {
    const page = { website: 'https://facebook.com/somebody' };
    const [a] = [await organization('Silk Weavers', page), await organization('Dye Works', page)];
    expect(await found('organizations', a)).toEqual([]);
    const [school] = [await organization('Secondary School No 6'), await organization('Secondary School No 16')];
    expect(await found('organizations', school)).toEqual([]);
  });
});

describe('“not a duplicate”', () => {
  it('is remembered for both, and forgotten when somebody takes it back', async () => {
    const [a, b] = [await person('Farid Rzayev'), await person('Fərid Rzayev')];
    const path = `/v1/people/${b.id}/duplicates/${a.id}/dismissal`;
    expect(await found('people', a)).toHaveLength(1);
    await staff.post(path).send({ reason: 'Father and son' }).expect(204);
    await staff.post(path).expect(204);
    expect([await found('people', a), await found('people', b)]).toEqual([[], []]);
    const listed = async () =>
      (await staff.get('/v1/duplicates?type=person&limit=200')).body.data as { records: Made[] }[];
    const isListed = async () => (await listed()).some(({ records }) => records.some(({ id }) => id === a.id));
    expect(await isListed()).toBe(false);
    for (let i = 0; i < 2; i++) await staff.delete(`/v1/people/${a.id}/duplicates/${b.id}/dismissal`).expect(204);
    expect(await found('people', b)).toHaveLength(1);
    expect(await isListed()).toBe(true);
  });

  it('needs two records of one kind, and staff to say it', async () => {
    const [a, firm] = [await person('Nobody Else'), await organization('Nobody Ltd')];
    await staff.post(`/v1/people/${a.id}/duplicates/${a.id}/dismissal`).send({}).expect(422);
    await staff.post(`/v1/people/${a.id}/duplicates/${firm.id}/dismissal`).send({}).expect(404);
    await staff.post(`/v1/people/${a.id}/duplicates/nobody/dismissal`).send({}).expect(400);
    const viewer = await api.as('viewer');
    await viewer.post(`/v1/people/${a.id}/duplicates/${firm.id}/dismissal`).send({}).expect(403);
  });

  it('holds for the kept record when one of the two is merged, until the merge is reverted', async () => {
    const [a, b, c] = [
      await person('Sevinc Orucova'),
      await person('Севиндж Оруджова'),
      await person('Sevinj Orujova'),
    ];
    await staff.post(`/v1/people/${a.id}/duplicates/${b.id}/dismissal`).send({}).expect(204);
    expect((await duplicates('people', c)).map(({ id }) => id).sort()).toEqual([a.id, b.id].sort());
    const merge = await post('/v1/people/merges', { keepId: c.id, mergeIds: [a.id] });
    expect(await duplicates('people', c)).toEqual([]);
    await staff.post(`/v1/merges/${merge.id}/revert`).send({}).expect(200);
    expect((await duplicates('people', c)).map(({ id }) => id).sort()).toEqual([a.id, b.id].sort());
  });
});

describe('the list of pairs to look at', () => {
  it('holds the likeliest of the whole directory, of people and organizations', async () => {
    const firms = [await organization('Alat Free Zone'), await organization('Alat Free Zone LLC')];
    const people = [
      await person('Zaur Kazımov', { email: 'zaur@example.com' }),
      await person('Zaur Kazimov', { email: 'zaur@example.com' }),
    ];
    const { body } = await staff.get('/v1/duplicates?limit=200').expect(200);
    const pairs = body.data as { type: string; score: number; records: Made[] }[];
    const ids = pairs.map(({ type, records }) => [type, ...records.map(({ id }) => id)]);
    expect(ids).toContainEqual(['organization', ...firms.map(({ id }) => id)]);
    expect(ids).toContainEqual(['person', ...people.map(({ id }) => id)]);
    expect(pairs.map(({ score }) => score)).toEqual(pairs.map(({ score }) => score).sort((a, b) => b - a));
    const first = (await staff.get('/v1/duplicates?type=organization&limit=1').expect(200)).body.data;
    expect(first).toMatchObject([{ type: 'organization' }]);
  });

  it('refuses what it does not know', async () => {
    for (const query of ['type=deal', 'limit=0', 'limit=201', 'sort=name'])
      await staff.get(`/v1/duplicates?${query}`).expect(400);
  });
});
