import { Client } from 'pg';
import { SYSTEM } from '#database';
import { SearchReader } from '#records';
import { as, day, MeetingGround, scheduled } from '../factories/side-meetings.js';

interface Hit {
  type: string;
  id: string;
  title: string;
  subtitle: string | null;
  score: number;
}

const SPELLINGS = [
  ['Əliyev', 'Aliyev', 'Алиев', 'Aliev'],
  ['Məmmədov', 'Mammadov', 'Mamedov', 'Мамедов', 'Memmedov'],
  ['Hüseynova', 'Huseynova', 'Гусейнова', 'Guseynova'],
  ['Şahbazov', 'Shahbazov', 'Шахбазов'],
  ['Çingiz', 'Chingiz', 'Чингиз'],
  ['Yusif', 'Юсиф'],
];

let on: MeetingGround;
beforeAll(async () => {
  on = await MeetingGround.open();
});
afterAll(() => on?.api.close());

const search = async (q: string, more = ''): Promise<Hit[]> =>
  (await on.staff.get(`/v1/search?limit=50&q=${encodeURIComponent(q)}${more}`).expect(200)).body.data as Hit[];
const titles = async (q: string, more = '') => (await search(q, more)).map((hit) => hit.title);
const listed = async (list: string, q: string) => {
  const { body } = await on.staff.get(`/v1/${list}?limit=200&q=${encodeURIComponent(q)}`).expect(200);
  return (body.data as { name?: string; fullName?: string }[]).map((row) => row.name ?? row.fullName);
};
const made = async (path: string, body: object) =>
  (await on.staff.post(path).send(body).expect(201)).body as { id: string };
const person = (fullName: string, more: object = {}) => made('/v1/people', { fullName, ...more });
const organization = (name: string, more: object = {}) => made('/v1/organizations', { name, kind: 'company', ...more });

describe('search across scripts', () => {
  it.each(SPELLINGS)('finds %s under every spelling, and whoever is stored under any', async (...spellings) => {
    for (const spelling of spellings) await person(`Tural ${spelling}`);
    const stored = spellings.map((spelling) => `Tural ${spelling}`).sort();
    for (const spelling of spellings) {
      expect((await titles(spelling)).filter((title) => title.startsWith('Tural ')).sort()).toEqual(
        expect.arrayContaining(stored),
      );
      const whole = (await search(`${spelling} Tural`)).filter((hit) => hit.score >= 0.99);
      expect(whole.map((hit) => hit.title).sort()).toEqual(stored);
      expect(await listed('people', spelling)).toEqual(expect.arrayContaining(stored));
    }
  });
});

describe('search ranks', () => {
  beforeAll(async () => {
    for (const name of ['Elnur Aliyev', 'Ilham Aliyev', 'Elnur Mammadov', 'Su Le', 'Carl B. Kress', 'Suleyman Qara'])
      await person(name);
    await organization('State Oil Company of the Azerbaijan Republic', { aliases: ['SOCAR'] });
    await organization('U.S.-Azerbaijan Chamber of Commerce', { aliases: ['USACC'] });
    await organization('SOCAR Trading');
    await organization('Socor');
    await organization('Azerbank');
    await organization('Khazar Bank of Baku');
  });

  it('the very name, then names that begin so, then other names, then similar ones', async () => {
    const hits = await search('SOCAR', '&types=organization');
    expect(hits.map((hit) => hit.title)).toEqual([
      'SOCAR Trading',
      'State Oil Company of the Azerbaijan Republic',
      'Socor',
    ]);
    expect(hits.map((hit) => (hit.score >= 0.9 ? 'start' : hit.score >= 0.8 ? 'alias' : 'similar'))).toEqual([
      'start',
      'alias',
      'similar',
    ]);
    expect((await search('socar trading'))[0]).toMatchObject({ title: 'SOCAR Trading', score: 1 });
  });

  it('a person above others of the same surname or first name', async () => {
    for (const q of ['Elnur Aliyev', 'Aliyev Elnur', 'Алиев Эльнур', 'Əliyev Elnur Rəşid oğlu']) {
      const found = await titles(q);
      expect(found[0]).toBe('Elnur Aliyev');
      expect(found.slice(1)).not.toContain('Elnur Aliyev');
    }
    expect(await titles('Ilham Aliev')).toEqual(expect.not.arrayContaining(['Elnur Mammadov']));
  });

  it.each([
    ['Carl Kress', 'Carl B. Kress'],
    ['Kress, Carl', 'Carl B. Kress'],
    ['Carl J. Kress', 'Carl B. Kress'],
    ['C. Kress', 'Carl B. Kress'],
    ['Su Le', 'Su Le'],
    ['Le Su', 'Su Le'],
    ['USACC', 'U.S.-Azerbaijan Chamber of Commerce'],
    ['azerbaijan chamber', 'U.S.-Azerbaijan Chamber of Commerce'],
    ['chamber commerse', 'U.S.-Azerbaijan Chamber of Commerce'],
    ['Elnur Mamadof', 'Elnur Mammadov'],
    ['Enlur Mammadov', 'Elnur Mammadov'],
    ['Elnur Mam', 'Elnur Mammadov'],
    ['azerb', 'Azerbank'],
  ])('for "%s" first of all %s', async (q, expected) => {
    expect((await titles(q))[0]).toBe(expected);
  });

  it('parts of words too, in lists as well', async () => {
    expect(await titles('bank')).toEqual(expect.arrayContaining(['Azerbank', 'Khazar Bank of Baku']));
    expect(await listed('organizations', 'bank')).toEqual(['Azerbank', 'Khazar Bank of Baku']);
    expect(await listed('organizations', 'baku khazar')).toEqual(['Khazar Bank of Baku']);
    expect(await listed('organizations', 'khazar benk')).toEqual(['Khazar Bank of Baku']);
    expect(await listed('organizations', 'khazar trading')).toEqual([]);
  });

  it('equals by title, so that the order is the same every time', async () => {
    for (const name of ['Oruc Zeynallı C', 'Oruc Zeynallı A', 'Oruc Zeynallı B']) await person(name);
    const once = await titles('Zeynallı');
    expect(once.slice(0, 3)).toEqual(['Oruc Zeynallı A', 'Oruc Zeynallı B', 'Oruc Zeynallı C']);
    expect(await titles('Zeynallı')).toEqual(once);
  });
});

describe('an e-mail address', () => {
  beforeAll(() =>
    person('Post Box', {
      email: 'post.box@mail.example',
      otherEmails: ["o'other@work.example", 'third_one@x.example'],
    }),
  );

  it.each([
    ['post.box@mail.example', 1],
    ['Post.Box@Mail.Example', 1],
    ["o'other@work.example", 1],
    ['third_one@x.example', 1],
    ['post.box@', 0.9],
    ['third_one@x', 0.9],
  ])('%s finds its person', async (q, least) => {
    const [hit, ...others] = await search(q);
    expect(hit).toMatchObject({ type: 'person', title: 'Post Box' });
    expect(hit?.score).toBeGreaterThanOrEqual(least);
    expect(others).toEqual([]);
  });

  it.each(['box@mail.example', 'thirdXone@x.example', '%@mail.example', '@', '@mail.example'])(
    '%s finds nobody, for it is not the start of one',
    async (q) => {
      expect(await search(q)).toEqual([]);
    },
  );
});

describe('search shows', () => {
  it('restricted meetings to their owners alone, however they are asked for', async () => {
    const guest = await on.somebody();
    const meeting = { title: 'Qapalı Danışıq', topics: ['neft borusu'], visibility: 'restricted' };
    await on.logged(scheduled({ ...meeting, participants: [as(guest.id)] }));
    for (const q of ['Qapalı Danışıq', 'Qapali Danisiq', 'Danışıq Qapalı', 'qapa', 'neft borusu', 'Gapaly Daneshig']) {
      const path = encodeURI(`/v1/search?types=side_meeting&q=${q}`);
      expect([q, (await on.other.get(path).expect(200)).body.data]).toEqual([q, []]);
      expect([q, (await on.staff.get(path).expect(200)).body.data.length]).toEqual([q, 1]);
    }
  });

  it('the types asked for, even behind many of another type', async () => {
    await on.api.database.query(`INSERT INTO organizations (id, name, kind, search_key, match_key)
      SELECT gen_random_uuid(), 'Samovar ' || i, 'company', 'samovar ' || i, 'samovar ' || i FROM generate_series(1, 300) i`);
    await made('/v1/tasks', { title: 'Samovar almaq', dueAt: day(3) });
    expect(await titles('samovar', '&types=task')).toEqual(['Samovar almaq']);
    expect(await titles('samovar', '&types=person')).toEqual([]);
    expect(await search('samovar', '&types=organization')).toHaveLength(50);
  });

  it('nothing that was archived', async () => {
    const { id } = await person('Vidadi Unudulmuş');
    expect(await titles('Unudulmuş')).toEqual(['Vidadi Unudulmuş']);
    await on.staff.delete(`/v1/people/${id}`).expect(204);
    for (const q of ['Unudulmuş', 'Vidadi Unudulmus', 'unudulmuz']) expect(await titles(q)).toEqual([]);
  });
});

describe('odd searches', () => {
  it.each([
    'a',
    'ə',
    '1',
    '%',
    '_',
    "'",
    '"',
    '\\',
    '--',
    '«» …',
    "a'b",
    'a\\b',
    "o':*",
    '&|!',
    '()',
    '王',
    'a'.repeat(200),
  ])('such as %s are answered', async (q) => {
    const hits = await search(q);
    expect(hits.every((hit) => hit.score > 0 && hit.score <= 1)).toBe(true);
  });

  it('longer than 200 characters are refused', async () => {
    await on.staff.get(`/v1/search?q=${'ab '.repeat(267)}`).expect(400);
  });

  it('do not take % and _ for anything but signs', async () => {
    expect(await search('%')).toEqual([]);
    expect(await search('___')).toEqual([]);
  });

  it('find names too long for an index by their beginning', async () => {
    const title = `${'王'.repeat(290)} Uzunad`;
    await organization(title, { aliases: Array.from({ length: 12 }, (_, i) => `${'小'.repeat(250)}${i}`) });
    expect(await titles('王王王王')).toEqual([title]);
    expect(await titles('Uzunad')).toEqual([title]);
  });

  it('of a hundred words are answered', async () => {
    const words = Array.from({ length: 66 }, (_, i) => (i % 2 ? 'ab' : 'cd')).join(' ');
    expect(await search(words)).toEqual([]);
  });
});

it('asks the database one question per search, whatever is found', async () => {
  const { database } = on.api;
  const query = jest.spyOn(database, 'query');
  const reader = new SearchReader(database);
  for (const q of ['Elnur Aliyev', 'Elnr Alyef', 'SOCAR', 'nobody@x.example', 'zzzqqq'])
    await reader.search(q, [], 20, SYSTEM);
  expect(query).toHaveBeenCalledTimes(5);
  query.mockRestore();
});

it('lets two transactions bring the same new words in any order without waiting for one another', async () => {
  const [one, two] = await Promise.all([0, 1].map(() => connected(on.api.databaseUrl)));
  const add = (client: Client, word: string) =>
    client.query(
      `INSERT INTO organizations (id, name, kind, search_key, match_key) VALUES (gen_random_uuid(), $1, 'company', $1, $1)`,
      [word],
    );
  for (const client of [one!, two!]) await client.query(`BEGIN; SET LOCAL lock_timeout = '2s'`);
  await add(one!, 'gizilgul');
  await add(two!, 'banovsha');
  await add(one!, 'banovsha');
  await add(two!, 'gizilgul');
  for (const client of [one!, two!]) await client.query('COMMIT').then(() => client.end());
  expect(await titles('qızılgül')).toEqual(['gizilgul', 'gizilgul']);
  expect(await titles('benovsha')).toEqual(['banovsha', 'banovsha']);
});

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}
