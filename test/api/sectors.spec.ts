import { ImportsRunner, ImportsService } from '#imports';
import { nameKey } from '#records';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface SectorAnswer {
  id: string;
  code: string;
  labels: Record<string, string>;
  isic: string | null;
  own: boolean;
  origin: string;
}

let api: TestApi;
let manager: Client;
let staff: Client;

beforeAll(async () => {
  api = await startTestApi();
  manager = await api.as('manager');
  staff = await api.as('staff');
});
afterAll(() => api.close());

const sectors = async (query = ''): Promise<SectorAnswer[]> =>
  (await staff.get(`/v1/sectors?limit=200&${query}`).expect(200)).body.data as SectorAnswer[];
const byCode = async (code: string): Promise<SectorAnswer | undefined> =>
  (await sectors()).find((sector) => sector.code === code);
const organization = async (name: string, given: string[]) =>
  (await staff.post('/v1/organizations').send({ name, kind: 'company', sectors: given }).expect(201)).body as {
    id: string;
    sectors: string[];
  };
const names = async (path: string, filter: string): Promise<string[]> => {
  const { body } = await staff.get(`${path}?${filter}`).expect(200);
  return (body.data as { name: string }[]).map(({ name }) => name);
};

describe('the list of sectors', () => {
  it('holds the sections of ISIC and the chamber’s own, each with its labels', async () => {
    const all = await sectors();
    expect(all.filter(({ own }) => !own).map(({ code }) => code)).toEqual([...'ABCDEFGHIJKLMNOPQRSTU']);
    expect(all.find(({ code }) => code === 'energy')).toMatchObject({
      labels: { en: 'Energy', az: 'Energetika', ru: 'Энергетика', tr: 'Enerji' },
      isic: 'D',
      own: true,
      origin: 'chamber',
    });
    expect(all.every(({ isic }) => /^[A-U]$/.test(isic ?? ''))).toBe(true);
  });

  it('is folded as names are folded now', async () => {
    const rows = await api.database.query<{ code: string; labels: Record<string, string>; keys: string[] }>(
      `SELECT code, labels, keys FROM sectors WHERE origin <> 'noted'`,
    );
    for (const { code, labels, keys } of rows) {
      const texts = [code, ...Object.values(labels)].filter((text) => text.length > 1);
      expect([code, [...keys].sort()]).toEqual([code, [...new Set(texts.map(nameKey))].sort()]);
    }
  });
});

describe('sectors given by a client', () => {
  it.each([
    ['codes', ['energy', 'ict', 'B'], ['energy', 'ict', 'B']],
    [
      'labels in four languages',
      ['Energy', 'Süni intellekt', 'СМИ', 'Turizm'],
      ['energy', 'artificial_intelligence', 'media', 'tourism'],
    ],
    ['labels without their special letters', ['suni intellekt', 'YAPAY ZEKA'], ['artificial_intelligence']],
    ['a label that ISIC shares with the chamber', ['Education'], ['education']],
    ['words that nobody knows', ['whaling', 'Wine & cheese'], ['whaling', 'Wine & cheese']],
    ['a code with blanks', ['civil nuclear', 'oil-gas'], ['civil nuclear', 'oil-gas']],
  ])('may be %s', async (_what, given, kept) => {
    expect((await organization('Sectors', given)).sectors).toEqual(kept);
  });

  it('join the list where it did not know them, once', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, i) => organization('Noted', ['beekeeping', `bees ${i % 2}`])));
    const noted = (await sectors('filter[origin]=noted')).map(({ code }) => code);
    expect(noted).toEqual(expect.arrayContaining(['beekeeping', 'bees 0', 'bees 1']));
    expect(await byCode('beekeeping')).toMatchObject({ labels: { en: 'beekeeping' }, isic: null, own: true });
  });

  it('are kept by sessions and side meetings too, when changed as well', async () => {
    const conference = await manager
      .post('/v1/conferences')
      .send({
        name: 'C',
        status: 'draft',
        startsAt: '2027-03-10T09:00',
        endsAt: '2027-03-11T18:00',
        timeZone: 'Asia/Baku',
      })
      .expect(201);
    const session = await manager
      .post(`/v1/conferences/${conference.body.id}/sessions`)
      .send({
        title: 'S',
        kind: 'panel',
        startsAt: '2027-03-10T10:00',
        endsAt: '2027-03-10T11:00',
        sectors: ['Нефть и газ'],
      })
      .expect(201);
    expect(session.body.sectors).toEqual(['oil_gas']);
    const changed = await manager.patch(`/v1/sessions/${session.body.id}`).send({ sectors: ['Səhiyyə', 'spas'] });
    expect(changed.body.sectors).toEqual(['healthcare', 'spas']);
    const person = await manager.post('/v1/people').send({ fullName: 'Somebody' }).expect(201);
    const meeting = await manager
      .post('/v1/side-meetings')
      .send({
        ...{ title: 'M', kind: 'bilateral', status: 'scheduled', timeZone: 'Asia/Baku', sectors: ['Finans'] },
        ...{ startsAt: '2027-04-10T10:00', endsAt: '2027-04-10T11:00' },
        participants: [{ personId: person.body.id, side: 'host' }],
      })
      .expect(201);
    expect(meeting.body.sectors).toEqual(['finance']);
    const found = await staff.get(`/v1/side-meetings?filter[sectors]=${encodeURIComponent('Финансы')}`).expect(200);
    expect(found.body.data).toHaveLength(1);
  });
});

describe('sectors in a file', () => {
  it('become codes; words that are new join the list with the rows', async () => {
    const imports = api.app.get(ImportsService);
    const file = ['organization,sectors', 'Imported A,Энергетика; carpentry', 'Imported B,energy'].join('\n');
    const content = {
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(Buffer.from(file));
      },
    };
    const id = await imports.upload({ name: 'sectors.csv', content }, { target: 'members', mode: 'upsert' });
    await api.app.get(ImportsRunner).work(id);
    expect(await byCode('carpentry')).toBeUndefined();
    await imports.commit(id);
    await api.app.get(ImportsRunner).work(id);
    expect(await byCode('carpentry')).toMatchObject({ origin: 'noted' });
    const { body } = await staff.get('/v1/organizations?filter[name][contains]=Imported&sort=name').expect(200);
    expect(body.data.map((row: { sectors: string[] }) => row.sectors)).toEqual([['energy', 'carpentry'], ['energy']]);
  });
});

describe('a filter by sector', () => {
  beforeAll(async () => {
    await organization('By code', ['mining']);
    await organization('By word', ['Goat herding']);
    await organization('By spelling', ['real-estate']);
    await organization('By other spelling', ['real_estate']);
    await organization('Elsewhere', ['trade']);
  });

  it.each([
    ['a code', 'mining', ['By code']],
    ['a label', 'Madencilik', ['By code']],
    ['a word in any case', 'goat HERDING', ['By word']],
    ['one spelling of a code', 'real_estate', ['By other spelling', 'By spelling']],
    ['the other spelling', 'real-estate', ['By other spelling', 'By spelling']],
    ['a section of ISIC, which is not its parts', 'A', []],
    ['nothing that anybody knows', 'falconry', []],
  ])('takes %s', async (_what, text, found) => {
    expect(await names('/v1/organizations', `filter[sectors]=${encodeURIComponent(text)}`)).toEqual(found);
  });

  it('takes several, and finds members too', async () => {
    const [mining] = (await staff.get('/v1/organizations?filter[name]=By code').expect(200)).body.data as {
      id: string;
    }[];
    await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 0 }).expect(201);
    const ends = new Date(Date.now() + 86_400_000 * 9).toISOString().slice(0, 10);
    await manager
      .post('/v1/memberships')
      .send({ organizationId: mining?.id, tierCode: 'gold', startsOn: '2026-01-01', endsOn: ends })
      .expect(201);
    const { body } = await staff
      .get(`/v1/members?filter[sector][in]=${encodeURIComponent('Горное дело,Media')}`)
      .expect(200);
    expect(body.data).toHaveLength(1);
  });
});

describe('managers', () => {
  it('add sectors, rename them, take them out and put them back', async () => {
    const made = await manager
      .post('/v1/sectors')
      .send({ code: 'carpets', labels: { en: 'Carpets', az: 'Xalçaçılıq' }, isic: 'C' })
      .expect(201);
    expect((await organization('Weavers', ['xalcaciliq', 'Xalçaçılıq'])).sectors).toEqual(['xalcaciliq', 'carpets']);
    const renamed = await manager
      .patch(`/v1/sectors/${made.body.id}`)
      .send({ labels: { en: 'Rugs' } })
      .expect(200);
    expect(renamed.body).toMatchObject({ code: 'carpets', labels: { en: 'Rugs' }, isic: 'C' });
    expect((await organization('Rug makers', ['Rugs'])).sectors).toEqual(['carpets']);
    await manager.delete(`/v1/sectors/${made.body.id}`).expect(204);
    expect(await byCode('carpets')).toBeUndefined();
    expect((await organization('Late', ['carpets'])).sectors).toEqual(['carpets']);
    expect((await sectors('filter[archived]=true')).map(({ code }) => code)).toEqual(['carpets']);
    await manager.post(`/v1/sectors/${made.body.id}/restoration`).expect(200);
    await manager.post(`/v1/sectors/${made.body.id}/restoration`).expect(409);
  });

  it('make a word that was used one of the chamber’s own', async () => {
    await organization('Startup', ['quantum']);
    const made = await manager.post('/v1/sectors').send({ code: 'quantum', labels: { en: 'Quantum technology' } });
    expect([made.status, made.body.origin]).toEqual([201, 'chamber']);
    expect((await organization('Second startup', ['Quantum Technology'])).sectors).toEqual(['quantum']);
  });

  it('give no two sectors one name, and leave ISIC alone', async () => {
    const code = (body: object) => manager.post('/v1/sectors').send(body);
    expect((await code({ code: 'energy', labels: { en: 'Power' } })).body.code).toBe('sector_code_taken');
    expect((await code({ code: 'power', labels: { en: 'Power', tr: 'enerji' } })).body.code).toBe('sector_label_taken');
    const isic = await byCode('A');
    const change = await manager
      .patch(`/v1/sectors/${isic?.id}`)
      .send({ labels: { en: 'Farms' } })
      .expect(409);
    expect(change.body.code).toBe('standard_sector');
    await manager.delete(`/v1/sectors/${isic?.id}`).expect(409);
  });

  it.each([
    [{ code: 'x1', labels: {} }, '/labels/en'],
    [{ code: 'x1', labels: { en: 'X', de: 'X' } }, '/labels/de'],
    [{ code: 'x1', labels: { en: 'X' }, isic: 'Z' }, '/isic'],
    [{ code: '', labels: { en: 'X' } }, '/code'],
  ])('are told where %j is wrong', async (body, pointer) => {
    const answer = await manager.post('/v1/sectors').send(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('alone may change the list', async () => {
    await staff
      .post('/v1/sectors')
      .send({ code: 'x', labels: { en: 'X' } })
      .expect(403);
  });
});
