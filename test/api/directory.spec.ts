import { OrganizationsService, PeopleService } from '#members';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let manager: Client;
let staff: Client;

beforeAll(async () => {
  api = await startTestApi();
  manager = await api.as('manager');
  staff = await api.as('staff');
});
afterAll(() => api.close());

interface Made {
  id: string;
}
const post = async (path: string, body: object): Promise<Made> =>
  (await staff.post(path).send(body).expect(201)).body as Made;
const organization = (name: string, more: object = {}) => post('/v1/organizations', { name, kind: 'company', ...more });
const person = (fullName: string, more: object = {}) => post('/v1/people', { fullName, ...more });
const position = (personId: string, more: object) => post(`/v1/people/${personId}/positions`, more);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const list = async (path: string) => (await staff.get(path).expect(200)).body.data as Record<string, unknown>[];

describe('an archived organization', () => {
  it('is found among the archived, and comes back with all its links', async () => {
    const parent = await organization('Archived parent');
    const child = await organization('Child that stays', { parentId: parent.id });
    const holder = await person('Holder');
    await position(holder.id, { organizationId: parent.id, title: 'Chair' });
    await staff.delete(`/v1/organizations/${parent.id}`).expect(204);
    expect(await list('/v1/organizations?filter[name]=Archived parent')).toEqual([]);
    expect(await list('/v1/organizations?filter[archived]=true')).toMatchObject([{ id: parent.id }]);
    expect(await list('/v1/organizations?filter[archived]=false&filter[name]=Archived parent')).toEqual([]);
    expect(await list(`/v1/organizations?filter[parentId]=${parent.id}`)).toMatchObject([{ id: child.id }]);
    const restored = await staff.post(`/v1/organizations/${parent.id}/restoration`).expect(200);
    expect(restored.body).toMatchObject({ id: parent.id, version: 3 });
    expect(restored.body).not.toHaveProperty('archivedAt');
    expect(await list(`/v1/organizations/${parent.id}/people`)).toMatchObject([{ title: 'Chair' }]);
    expect((await staff.get('/v1/search?q=Archived parent').expect(200)).body.data[0].id).toBe(parent.id);
  });

  it('is restored once, by those who may change the directory', async () => {
    const { id } = await organization('Back once');
    const conflict = await staff.post(`/v1/organizations/${id}/restoration`).expect(409);
    expect(conflict.body.code).toBe('not_archived');
    await staff.post(`/v1/organizations/${SOMEBODY}/restoration`).expect(404);
    await staff.delete(`/v1/organizations/${id}`).expect(204);
    const viewer = await api.as('viewer');
    await viewer.post(`/v1/organizations/${id}/restoration`).expect(403);
    const answers = await Promise.all([1, 2, 3].map(() => staff.post(`/v1/organizations/${id}/restoration`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

const SOMEBODY = '019a0000-0000-7000-8000-000000000000';

describe('an archived person', () => {
  it('is found among the archived and comes back', async () => {
    const { id } = await person('Comes Back');
    await staff.delete(`/v1/people/${id}`).expect(204);
    expect(await list('/v1/people?filter[archived]=true&filter[fullName]=Comes Back')).toMatchObject([{ id }]);
    await staff.patch(`/v1/people/${id}`).send({ notes: 'x' }).expect(404);
    expect((await staff.post(`/v1/people/${id}/restoration`).expect(200)).body.id).toBe(id);
    expect(await list('/v1/people?filter[fullName]=Comes Back')).toMatchObject([{ id }]);
    await staff.post(`/v1/people/${id}/restoration`).expect(409);
  });
});

describe('a record that was merged into another', () => {
  it.each(['people', 'organizations'])('comes back with its merge alone, among %s', async (kind) => {
    const make = () => (kind === 'people' ? person('Twin Sister') : organization('Twin Towers'));
    const [kept, merged] = [await make(), await make()];
    const merge = await post(`/v1/${kind}/merges`, { keepId: kept.id, mergeIds: [merged.id] });
    const answer = await staff.post(`/v1/${kind}/${merged.id}/restoration`).expect(308);
    expect(answer.headers.location).toContain(kept.id);
    const service = api.app.get<PeopleService | OrganizationsService>(
      kind === 'people' ? PeopleService : OrganizationsService,
    );
    await expect(service.restore(merged.id)).rejects.toMatchObject({
      code: 'merged_away',
      extensions: { intoId: kept.id, mergeId: merge.id },
    });
    await staff.post(`/v1/merges/${merge.id}/revert`).expect(200);
    expect((await staff.post(`/v1/${kind}/${merged.id}/restoration`).expect(409)).body.code).toBe('not_archived');
  });
});

describe('organizations above and below', () => {
  it('never close a circle, whoever moves at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b, c] = [await organization('A'), await organization('B'), await organization('C')];
      const move = ({ id }: Made, parent: Made) => staff.patch(`/v1/organizations/${id}`).send({ parentId: parent.id });
      const answers = await Promise.all([move(a, b), move(b, c), move(c, a)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
    }
  });

  it('list their children, and show them, their parent and memberships on demand', async () => {
    const top = await organization('Top');
    const [second, first] = [
      await organization('Z', { parentId: top.id }),
      await organization('Y', { parentId: top.id }),
    ];
    await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 0 }).expect(201);
    const dates = { startsOn: day(-10), endsOn: day(300) };
    await post('/v1/memberships', { organizationId: top.id, tierCode: 'gold', ...dates });
    const [shown] = await list('/v1/organizations?filter[name]=Top&include=parent,children,memberships');
    expect(shown).toMatchObject({
      parent: null,
      children: [
        { id: first.id, name: 'Y', kind: 'company' },
        { id: second.id, name: 'Z', kind: 'company' },
      ],
      memberships: [{ tierCode: 'gold', status: 'current', ...dates }],
    });
  });

  it('have no archived organization set above them', async () => {
    const gone = await organization('Gone');
    await staff.delete(`/v1/organizations/${gone.id}`).expect(204);
    const { body } = await staff.post('/v1/organizations').send({ name: 'X', kind: 'company', parentId: gone.id });
    expect(body.errors[0]).toMatchObject({ pointer: '/parentId', code: 'unknown_reference' });
  });
});

describe('titles', () => {
  it('of two sources are both kept; preferring one un-prefers the other, under a race too', async () => {
    const ministry = await organization('Ministry');
    const holder = await person('Two Sources');
    const titles = [];
    for (const source of ['Press', 'Website', 'Card'])
      titles.push(await position(holder.id, { organizationId: ministry.id, title: `By ${source}`, source }));
    const preferred = async () =>
      (await list(`/v1/people/${holder.id}/positions?filter[preferred]=true`)).map(({ source }) => source);
    expect(await preferred()).toEqual(['Press']);
    const answers = await Promise.all(
      titles.map(({ id }) => staff.patch(`/v1/positions/${id}`).send({ preferred: true })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await preferred()).toHaveLength(1);
  });

  it('without an organization have one preferred as well', async () => {
    const holder = await person('Head Of State');
    const titles = [
      await position(holder.id, { title: 'President' }),
      await position(holder.id, { title: 'Prezident' }),
    ];
    await Promise.all(titles.map(({ id }) => staff.patch(`/v1/positions/${id}`).send({ preferred: true }).expect(200)));
    expect(await list(`/v1/people/${holder.id}/positions?filter[preferred]=true`)).toHaveLength(1);
  });

  it('tell who holds or held them at an organization, also where they overlap', async () => {
    const bank = await organization('Bank of Titles');
    const [old, now] = [await person('Former Chair'), await person('Present Chair')];
    await position(old.id, { organizationId: bank.id, title: 'Chair', startedOn: '2020-01-01', endedOn: day(-1) });
    await position(now.id, { organizationId: bank.id, title: 'Chair', startedOn: day(-30) });
    await position(now.id, { organizationId: bank.id, title: 'Member of the board', startedOn: '2021-05-01' });
    await position(now.id, { organizationId: bank.id, title: 'Honorary chair', startedOn: day(30) });
    const titles = async (query: string) =>
      (await list(`/v1/organizations/${bank.id}/people?sort=personName,title&${query}`)).map(
        ({ personName, title }) => `${String(personName)}: ${String(title)}`,
      );
    expect(await titles('filter[current]=true')).toEqual([
      'Present Chair: Chair',
      'Present Chair: Member of the board',
    ]);
    expect(await titles('filter[current]=false')).toEqual(['Former Chair: Chair', 'Present Chair: Honorary chair']);
    expect(await titles(`filter[endedOn][lt]=${day(0)}`)).toEqual(['Former Chair: Chair']);
    await staff.delete(`/v1/people/${now.id}`).expect(204);
    expect(await titles('')).toEqual(['Former Chair: Chair']);
    await staff.get(`/v1/organizations/${SOMEBODY}/people`).expect(404);
  });

  it('come back from the archive, unless another one is preferred by then', async () => {
    const holder = await person('Archived Title');
    const first = await position(holder.id, { title: 'First' });
    await staff.delete(`/v1/positions/${first.id}`).expect(204);
    const second = await position(holder.id, { title: 'Second' });
    const { body } = await staff.post(`/v1/positions/${first.id}/restoration`).expect(409);
    expect(body).toMatchObject({ code: 'preferred_taken', positionId: second.id });
    await staff.patch(`/v1/positions/${second.id}`).send({ preferred: false }).expect(200);
    expect((await staff.post(`/v1/positions/${first.id}/restoration`).expect(200)).body.preferred).toBe(true);
    expect((await staff.post(`/v1/positions/${first.id}/restoration`).expect(409)).body.code).toBe('not_archived');
  });

  it('are not given at an organization that left the directory, but stay there', async () => {
    const gone = await organization('Left');
    const holder = await person('Stays');
    const held = await position(holder.id, { organizationId: gone.id, title: 'Chair' });
    await staff.delete(`/v1/organizations/${gone.id}`).expect(204);
    await staff.patch(`/v1/positions/${held.id}`).send({ title: 'President' }).expect(200);
    const { body } = await staff
      .post(`/v1/people/${holder.id}/positions`)
      .send({ title: 'Adviser', organizationId: gone.id })
      .expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/organizationId', code: 'unknown_reference' });
  });
});

describe('a person', () => {
  it('has names in several scripts, several addresses, a language and a zone', async () => {
    const given = {
      fullName: 'Aysel Quliyeva',
      nativeName: 'Айсель Гулиева',
      aliases: ['A. Guliyeva'],
      email: 'Aysel@Example.com',
      otherEmails: ['A.Q@example.org', 'a.q@example.org', 'third@example.org'],
      locale: 'az-Latn-AZ',
      timeZone: 'Asia/Baku',
    };
    const { body } = await staff.post('/v1/people').send(given).expect(201);
    expect(body).toMatchObject({
      ...given,
      email: 'aysel@example.com',
      otherEmails: ['a.q@example.org', 'third@example.org'],
    });
    for (const q of ['Гулиева', 'Guliyeva', 'Kuliyeva Aysel'])
      expect((await list(`/v1/people?q=${encodeURIComponent(q)}`)).map(({ id }) => id)).toContain(body.id);
  });

  it('may share an address with another: two people do answer one mailbox', async () => {
    await person('First Secretary', { email: 'office@embassy.example' });
    await person('Second Secretary', { email: 'OFFICE@embassy.example' });
    expect(await list('/v1/people?filter[email]=office@embassy.example')).toHaveLength(2);
  });

  it.each([
    ['/people', { fullName: ' ' }, '/fullName'],
    ['/people', { fullName: 'X', email: 'nobody' }, '/email'],
    ['/people', { fullName: 'X', otherEmails: ['a@example.com', 'nobody'] }, '/otherEmails'],
    ['/people', { fullName: 'X', locale: 'Azeri' }, '/locale'],
    ['/people', { fullName: 'X', timeZone: 'Baku' }, '/timeZone'],
    ['/people', { fullName: 'X', aliases: [''] }, '/aliases'],
    ['/people', { fullName: 'X', phone: 'call me' }, '/phone'],
    ['/people', { fullName: 'X', country: 'AZE' }, '/country'],
    ['/organizations', { name: 'X', kind: 'castle' }, '/kind'],
    ['/organizations', { name: 'X', kind: 'company', website: 'ftp://x' }, '/website'],
    ['/organizations', { name: 'X', kind: 'company', parentId: SOMEBODY }, '/parentId'],
    ['/organizations', { name: 'X', kind: 'company', sectors: ['a', 'a'] }, '/sectors'],
    ['/organizations', { name: 'X', kind: 'company', sectors: ['x'.repeat(61)] }, '/sectors'],
    ['/organizations', { name: 'X', kind: 'company', colour: 'red' }, '/colour'],
  ])('or organization is refused by %s for %j', async (path, body, pointer) => {
    const answer = await staff.post(`/v1${path}`).send(body).expect(422);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });
});
