import { UsersService } from '#access';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
}
interface Entry {
  day: string;
  kind: string;
  title: string;
  outcome: string | null;
  detail: Record<string, unknown>;
  people: string[];
  restricted: boolean;
  [field: string]: unknown;
}
interface History {
  head: Record<string, unknown>;
  years: { year: number; entries: Entry[] }[];
  page: { limit: number; nextCursor: string | null };
}

let api: TestApi;
let manager: Client;
let owner: Client;
let stranger: Omit<Client, 'id' | 'email'>;

beforeAll(async () => {
  api = await startTestApi();
  [manager, owner] = [await api.as('manager'), await api.as('staff')];
  const email = 'stranger@chamber.example';
  await api.app.get(UsersService).create({ email, name: 'A stranger', role: 'staff', password: PASSWORD });
  const { body } = await api.guest.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
  stranger = clientWith(api.guest, body.accessToken as string);
  await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 0 }).expect(201);
});
afterAll(() => api?.close());

type Caller = Pick<Client, 'get' | 'post'>;
const post = async (path: string, values: object, client: Caller = owner): Promise<Made> => {
  const { status, body } = await client.post(`/v1${path}`).send(values);
  expect([path, status === 201 ? 201 : body]).toEqual([path, 201]);
  return body as Made;
};
const history = async (path: string, query = '', client: Caller = owner): Promise<History> =>
  (await client.get(`/v1/${path}/history?${query}`).expect(200)).body as History;
const page = async (path: string, query = '', client: Caller = owner): Promise<string> =>
  (await client.get(`/v1/${path}/history.html?${query}`).expect(200)).text;
const told = ({ years }: History): [string, string, string][] =>
  years.flatMap(({ entries }) => entries.map(({ day, kind, title }): [string, string, string] => [day, kind, title]));

const meeting = (title: string, start: string, end: string, participants: object[], more: object = {}) =>
  post('/side-meetings', {
    ...{ title, kind: 'bilateral', status: 'held', timeZone: 'Asia/Baku', startsAt: start, endsAt: end },
    ...{ participants, ...more },
  });

/**
 * Xəzər Terminal and Aysel, who speaks for it. With the organization:
 *   2020-01-15 joined · 2024-03-11 a meeting, with two people of theirs: once · 2024-04-01 deal A becomes qualified
 *   2025-05-06 a restricted meeting, with a promise of theirs that stays open
 *   2025-09-30 an MoU signed · in the present year: two deals, a promise to them that was kept, a task done
 */
describe('the history of a relationship', () => {
  let terminal: Made;
  let aysel: Made;
  let year: number;

  beforeAll(async () => {
    terminal = await post('/organizations', { name: 'Xəzər <Terminal> & Ко', kind: 'company', country: 'AZ' });
    aysel = await post('/people', { fullName: 'Aysel Quliyeva' });
    const rauf = await post('/people', { fullName: 'Рауф Садыглы' });
    const house = await post('/organizations', { name: 'The Chamber', kind: 'chamber' });
    const theirs = { organizationId: terminal.id, side: 'visiting' };
    await post(
      '/memberships',
      {
        ...{ organizationId: terminal.id, tierCode: 'gold' },
        ...{ joinedOn: '2020-01-15', startsOn: '2020-01-15', endsOn: '2099-01-14' },
      },
      manager,
    );
    // 01:30 on 11 March in Baku is 21:30 on the 10th in UTC.
    await meeting(
      'Customs software',
      '2024-03-11T01:30',
      '2024-03-11T02:30',
      [
        { personId: aysel.id, ...theirs },
        { personId: rauf.id, ...theirs },
      ],
      {
        ...{ summary: 'A pilot is agreed.\nThey <script>alert(1)</script> mean it.', topics: ['customs', 'ə & ğ'] },
        about: [{ type: 'organization', id: terminal.id }],
      },
    );
    await meeting('Quiet talks', '2025-05-06T10:00', '2025-05-06T11:00', [{ personId: aysel.id, ...theirs }], {
      ...{ visibility: 'restricted', summary: 'Secret outcome' },
      commitments: [
        { action: 'Secret promise', owedBy: { organizationId: terminal.id }, owedTo: { organizationId: house.id } },
      ],
    });
    const kept = await post('/commitments', {
      action: 'Send the terms of reference',
      ...{ owedBy: { organizationId: house.id }, owedTo: { organizationId: terminal.id, personId: aysel.id } },
    });
    await owner.post(`/v1/commitments/${kept.id}/fulfilment`).send({ evidence: 'Sent by courier' }).expect(200);
    await post('/commitments', {
      action: 'Name a pilot port',
      ...{ owedBy: { organizationId: terminal.id }, owedTo: { organizationId: house.id } },
    });
    const party = [{ organizationId: terminal.id, role: 'buyer', personId: aysel.id }];
    const deals = [
      await post('/deals', {
        title: 'Deal A',
        kind: 'project',
        stageSince: '2024-03-20',
        value: { amount: '1500000.50', currency: 'USD' },
      }),
      await post('/deals', {
        title: 'Deal B',
        kind: 'study',
        stageSince: '2024-03-20',
        value: { amount: '0.25', currency: 'USD' },
      }),
      await post('/deals', {
        title: 'Deal C',
        kind: 'study',
        stageSince: '2024-03-20',
        value: { amount: '700', currency: 'AZN' },
      }),
    ];
    for (const deal of deals) for (const body of party) await post(`/deals/${deal.id}/parties`, body);
    await post(`/deals/${deals[0]?.id}/stage-changes`, {
      stage: 'qualified',
      at: '2024-04-01',
      note: 'They have a budget',
    });
    await post('/agreements', {
      ...{ title: 'MoU on ports', kind: 'mou', status: 'signed', signedOn: '2025-09-30', datePrecision: 'day' },
      parties: [{ organizationId: terminal.id }, { organizationId: house.id }],
      about: { type: 'organization', id: terminal.id },
    });
    const task = await post('/tasks', { title: 'Call the terminal', about: { type: 'organization', id: terminal.id } });
    await owner.post(`/v1/tasks/${task.id}/completion`).send({}).expect(200);
    await post('/tasks', { title: 'Still open', about: { type: 'organization', id: terminal.id } });
    year = (await api.database.now()).getUTCFullYear();
  });

  it('tells an organization’s by year, newest first, each thing once, without what staff did to the record', async () => {
    const answer = await history(`organizations/${terminal.id}`);
    expect(answer.years.map((one) => one.year)).toEqual([year, 2025, 2024, 2020]);
    expect(answer.years[0]?.entries.map(({ kind, title }) => `${kind}: ${title}`).sort()).toEqual([
      'commitment: Name a pilot port',
      'commitment: Secret promise',
      'commitment: Send the terms of reference',
      'commitment_settled: Send the terms of reference',
      'deal_party: Deal A',
      'deal_party: Deal B',
      'deal_party: Deal C',
      'task_completed: Call the terminal',
    ]);
    expect(told(answer).filter(([day]) => day < `${year}`)).toEqual(
      [
        ['2025-09-30', 'agreement', 'MoU on ports'],
        ['2025-05-06', 'side_meeting', 'Quiet talks'],
        ['2024-04-01', 'stage_change', 'Deal A'],
        ...['Deal A', 'Deal B', 'Deal C'].map((title) => ['2024-03-20', 'stage_change', title]),
        ['2024-03-11', 'side_meeting', 'Customs software'],
        ['2020-01-15', 'membership_joined', expect.any(String)],
      ].map((entry) =>
        entry[1] === 'stage_change' && entry[0] === '2024-03-20'
          ? [entry[0], entry[1], expect.stringMatching(/^Deal [ABC]$/)]
          : entry,
      ),
    );
    expect(answer.page).toEqual({ limit: 500, nextCursor: null });
  });

  it('says what came of meetings and promises, who was there, and how a deal went on', async () => {
    const entries = (await history(`organizations/${terminal.id}`)).years.flatMap((one) => one.entries);
    const of = (kind: string, title: string) => entries.find((entry) => entry.kind === kind && entry.title === title);
    expect(of('side_meeting', 'Customs software')).toMatchObject({
      ...{ at: '2024-03-10T21:30:00Z', day: '2024-03-11', timeZone: 'Asia/Baku', topics: ['customs', 'ə & ğ'] },
      ...{ people: ['Aysel Quliyeva', 'Рауф Садыглы'], outcome: expect.stringContaining('A pilot is agreed.') },
    });
    expect(of('commitment_settled', 'Send the terms of reference')).toMatchObject({
      ...{ owedBy: 'The Chamber', owedTo: 'Aysel Quliyeva, Xəzər <Terminal> & Ко', outcome: 'Sent by courier' },
      detail: { status: 'kept', side: 'owed_to' },
    });
    expect(entries.find(({ kind, day }) => kind === 'stage_change' && day === '2024-04-01')).toMatchObject({
      detail: { from: 'lead', to: 'qualified', note: 'They have a budget' },
    });
  });

  it('sums up the whole: since when, meetings, last contact, open promises, deals by stage and currency', async () => {
    const head = {
      knownSince: '2020-01-15',
      // Customs software and Quiet talks.
      meetingsHeld: 2,
      lastContact: { type: 'side_meeting', title: 'Quiet talks', at: '2025-05-06T06:00:00Z', day: '2025-05-06' },
      // Secret promise and Name a pilot port; the one to them is kept.
      openCommitments: { byThem: 2, toThem: 0 },
      dealStages: [
        {
          ...{ stage: 'lead', deals: 2 },
          values: [
            { amount: '700.00', currency: 'AZN' },
            { amount: '0.25', currency: 'USD' },
          ],
        },
        { stage: 'qualified', deals: 1, values: [{ amount: '1500000.50', currency: 'USD' }] },
      ],
      // 1,500,000.50 + 0.25; never added to the manats.
      dealValues: [
        { amount: '700.00', currency: 'AZN' },
        { amount: '1500000.75', currency: 'USD' },
      ],
    };
    expect((await history(`organizations/${terminal.id}`)).head).toMatchObject(head);
    expect((await history(`organizations/${terminal.id}`, 'from=2024-01-01&to=2024-12-31')).head).toMatchObject(head);
  });

  it('tells a person’s', async () => {
    const answer = await history(`people/${aysel.id}`);
    expect(
      told(answer)
        .filter(([, kind]) => !['stage_change', 'deal_party'].includes(kind))
        .slice(2),
    ).toEqual([
      ['2025-05-06', 'side_meeting', 'Quiet talks'],
      ['2024-03-11', 'side_meeting', 'Customs software'],
    ]);
    expect(answer.head).toMatchObject({
      ...{ knownSince: '2024-03-11', meetingsHeld: 2, sessionsSpoken: 0 },
      // The promise to the organization is to her too, and kept.
      openCommitments: { byThem: 0, toThem: 0 },
    });
  });

  it('keeps what is restricted from who may not know of it: entries, counts and last contact', async () => {
    for (const client of [owner, manager]) {
      const answer = await history(`organizations/${terminal.id}`, '', client);
      expect(JSON.stringify(answer)).toContain('Secret outcome');
      expect(await page(`organizations/${terminal.id}`, '', client)).toContain('Quiet talks');
      expect(answer.head).toMatchObject({ meetingsHeld: 2, openCommitments: { byThem: 2 } });
    }
    for (const path of [`organizations/${terminal.id}`, `people/${aysel.id}`]) {
      const answer = await history(path, '', stranger);
      expect(JSON.stringify(answer)).not.toMatch(/secret|quiet/i);
      expect(await page(path, '', stranger)).not.toMatch(/secret|quiet|confidential/i);
      expect(answer.head).toMatchObject({ meetingsHeld: 1, lastContact: { title: 'Customs software' } });
      expect(answer.years.map((one) => one.year)).not.toContain(path.startsWith('people') ? 2025 : 0);
    }
    expect((await history(`organizations/${terminal.id}`, '', stranger)).head).toMatchObject({
      openCommitments: { byThem: 1, toThem: 0 },
    });
  });

  it('is narrowed by days, the last one included', async () => {
    const path = `organizations/${terminal.id}`;
    expect(told(await history(path, 'from=2024-04-01&to=2025-05-06')).map(([, , title]) => title)).toEqual([
      'Quiet talks',
      'Deal A',
    ]);
    expect(told(await history(path, 'to=2020-01-15'))).toHaveLength(1);
    expect(told(await history(path, 'to=2020-01-14'))).toEqual([]);
    expect(told(await history(path, 'from=2025-12-31'))).toHaveLength(8);
  });

  it('points at further entries, and goes on there', async () => {
    const path = `organizations/${terminal.id}`;
    const whole = told(await history(path, 'to=2025-12-31'));
    const gathered: [string, string, string][] = [];
    for (let cursor = ''; ;) {
      const part = await history(path, `to=2025-12-31&limit=3${cursor}`);
      gathered.push(...told(part));
      if (part.page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(part.page.nextCursor)}`;
    }
    expect(gathered).toEqual(whole);
    const html = await page(path, 'to=2025-12-31&limit=3');
    expect(html).toContain('Further entries exist');
    const link = /<a href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#38;', '&') ?? '';
    expect(await page(path, link.slice(1))).toContain('continued');
    expect(await page(path)).not.toContain('Further entries exist');
  });

  it('is a page to print: well-formed, in a language, without scripts, with every entry, and what people wrote as text', async () => {
    const answer = await owner.get(`/v1/organizations/${terminal.id}/history.html`).expect(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const html = answer.text;
    expect(unclosed(html)).toEqual([]);
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain('<title>Relationship history: Xəzər &#60;Terminal&#62; &#38; Ко</title>');
    expect(html).toContain('They &#60;script&#62;alert(1)&#60;/script&#62; mean it.');
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i);
    const { years } = await history(`organizations/${terminal.id}`);
    expect(html.match(/<tr><td>/g)).toHaveLength(years.flatMap(({ entries }) => entries).length);
    for (const words of [
      '11 March<p class="faint">01:30, Asia/Baku</p>',
      'AZN 700, USD 1,500,000.75',
      'Sent by courier',
      'Рауф Садыглы',
    ])
      expect(html).toContain(words);
  });

  it.each([
    'from=2024',
    'from=2024-02-30',
    'to=0000-01-01',
    'from=2025-01-02&to=2025-01-01',
    'from=2024-01-01&from=2024-01-02',
    'limit=0',
    'limit=2001',
    'limit=ten',
    'cursor=x',
    'cursor=',
    'sort=at',
    '__proto__=1',
  ])('refuses ?%s and says what is wrong', async (query) => {
    for (const path of ['history', 'history.html']) {
      const { body } = await owner.get(`/v1/organizations/${terminal.id}/${path}?${query}`).expect(400);
      expect(body.errors).toHaveLength(1);
    }
  });

  it('is nobody’s who is not known, and asks who wants to know', async () => {
    await api.guest.get(`/v1/organizations/${terminal.id}/history.html`).expect(401);
    for (const path of ['history', 'history.html']) {
      await owner.get(`/v1/people/${terminal.id}/${path}`).expect(404);
      await owner.get(`/v1/organizations/019a0000-0000-7000-8000-000000000000/${path}`).expect(404);
      await owner.get(`/v1/organizations/x/${path}`).expect(400);
    }
    const empty = await post('/people', { fullName: 'Nobody Yet' });
    expect(await history(`people/${empty.id}`)).toMatchObject({
      head: {
        knownSince: expect.stringMatching(/^20\d\d-/),
        meetingsHeld: 0,
        lastContact: null,
        dealStages: [],
        dealValues: [],
      },
      years: [],
    });
  });

  describe('where not every day is known', () => {
    let firm: Made;
    let guest: Made;

    beforeAll(async () => {
      firm = await post('/organizations', { name: 'Vaxtsız Ltd', kind: 'company' });
      guest = await post('/people', { fullName: 'Günay Vaxtsız' });
      await post(`/people/${guest.id}/positions`, { organizationId: firm.id, title: 'Director' });
      const who = [{ personId: guest.id, organizationId: firm.id, side: 'visiting' }];
      await meeting('In some month', '2019-06-10T10:00', '', who, { datePrecision: 'month', endsAt: null });
      await post('/agreements', {
        ...{ title: 'MoU of a month', kind: 'mou', status: 'signed', signedOn: '2024-03', datePrecision: 'month' },
        parties: [{ organizationId: firm.id }],
        signatories: [{ personId: guest.id }],
      });
      await meeting('In May', '2025-05-06T10:00', '2025-05-06T11:00', who);
      await meeting('Some day', '', '', who, { datePrecision: 'unknown', startsAt: null, endsAt: null });
    });

    it('has known them since the month of the first meeting, and met them last when one knows of, as the brief says', async () => {
      for (const path of [`organizations/${firm.id}`, `people/${guest.id}`]) {
        expect((await history(path)).head).toMatchObject({
          ...{ knownSince: '2019-06-10', knownSincePrecision: 'month', meetingsHeld: 3 },
          lastContact: { title: 'In May', day: '2025-05-06', datePrecision: null },
        });
        expect((await owner.get(`/v1/${path}/brief`).expect(200)).body.lastContact).toMatchObject({ title: 'In May' });
        const html = await page(path);
        for (const words of ['Signed in March 2024', '<dd>June 2019</dd>', '<dd>6 May 2025<span>In May</span></dd>'])
          expect(html).toContain(words);
      }
    });

    it('does not take the day a title was written down for the day it was taken', async () => {
      const { years } = await history(`people/${guest.id}`);
      const taken = years[0]?.entries.find(({ kind }) => kind === 'position_started');
      expect(taken).toMatchObject({ title: 'Director', datePrecision: 'unknown' });
    });

    it('takes the day of the initials for no more than that, and tells what sources say of the rest', async () => {
      await post('/agreements', {
        ...{
          title: 'MoU of no day',
          kind: 'mou',
          status: 'signed',
          initialedOn: '2025-02-03',
          datePrecision: 'unknown',
        },
        ...{ parties: [{ organizationId: firm.id }], provenance: [{ statement: 'Signed on the trip', source: 'S1' }] },
      });
      const { years } = await history(`organizations/${firm.id}`);
      const [told] = years.flatMap(({ entries }) => entries).filter(({ kind }) => kind === 'agreement');
      expect(told).toMatchObject({ day: '2025-02-03', datePrecision: 'day', detail: { status: 'signed' } });
      const html = await page(`organizations/${firm.id}`);
      expect(html).toContain('<td>3 February</td><td>Memorandum of understanding, initialed</td>');
      expect(html).toContain('<p class="faint">Now signed</p><p class="faint">“Signed on the trip” (S1)</p>');
    });

    it('takes the day a part in a deal, a grant or a promise was written down for no more than that', async () => {
      const deal = await post('/deals', { title: 'Deal of no day', kind: 'study', stageSince: '2024-03-20' });
      await post(`/deals/${deal.id}/parties`, { organizationId: firm.id, role: 'buyer', note: 'As we read it' });
      await post(`/deals/${deal.id}/instruments`, { kind: 'loan', providerId: firm.id, status: 'proposed' });
      await post('/commitments', {
        ...{ action: 'Call back', dueText: 'soon' },
        ...{ owedBy: { organizationId: firm.id }, owedTo: { personId: guest.id } },
      });
      const { years } = await history(`organizations/${firm.id}`);
      const told = years
        .flatMap(({ entries }) => entries)
        .map(({ kind, datePrecision }) => `${kind} ${String(datePrecision)}`);
      expect(told).toEqual(expect.arrayContaining(['deal_party unknown', 'instrument unknown', 'commitment unknown']));
      const html = await page(`organizations/${firm.id}`);
      expect(html).toMatch(/<td>date not known<p class="faint">written down \d+ \w+<\/p><\/td><td>Promise, open<\/td>/);
      for (const words of ['“soon”', '<p class="faint">As buyer</p><p class="faint">As we read it</p>'])
        expect(html).toContain(words);
    });

    it('says of contact that nobody knows the day of that there was some', async () => {
      const somebody = await post('/people', { fullName: 'Gün Bilinmir' });
      await meeting('Ever', '', '', [{ personId: somebody.id, side: 'host' }], {
        ...{ datePrecision: 'unknown', startsAt: null, endsAt: null },
      });
      const { head } = await history(`people/${somebody.id}`);
      expect(head).toMatchObject({ lastContact: { title: 'Ever', at: null, day: null, datePrecision: 'unknown' } });
      expect(head).toMatchObject({ meetingsHeld: 1, knownSince: `${year}${String(head.knownSince).slice(4)}` });
      expect(await page(`people/${somebody.id}`)).toContain('<dd>date not known<span>Ever</span></dd>');
    });
  });

  it('of an organization tells at what its people spoke while they were there, and to what they came', async () => {
    const firm = await post('/organizations', { name: 'Natiq MMC', kind: 'company' });
    const [first, second, former] = [
      await post('/people', { fullName: 'Birinci Natiq' }),
      await post('/people', { fullName: 'İkinci Natiq' }),
      await post('/people', { fullName: 'Keçmiş Natiq' }),
    ];
    // Two titles that do not agree make nobody speak twice.
    for (const title of ['Director', 'Chairman'])
      await post(`/people/${first.id}/positions`, { organizationId: firm.id, title });
    await post(`/people/${second.id}/positions`, { organizationId: firm.id, title: 'Engineer' });
    await post(`/people/${former.id}/positions`, { organizationId: firm.id, title: 'Clerk', endedOn: '2025-06-01' });
    const conference = await post('/conferences', {
      ...{ name: 'Külək Forumu', status: 'in_progress', timeZone: 'Asia/Baku' },
      ...{ startsAt: '2025-06-10T09:00', endsAt: '2025-06-10T18:00' },
    });
    const session = async (title: string, speakers: [Made, string][]) => {
      const hours = { startsAt: '2025-06-10T10:00', endsAt: '2025-06-10T11:00' };
      const { id } = await post(`/conferences/${conference.id}/sessions`, { title, kind: 'panel', ...hours });
      for (const [{ id: personId }, status] of speakers)
        await post(`/sessions/${id}/speakers`, { personId, role: 'panelist', status });
    };
    await session('Both of them', [
      [first, 'confirmed'],
      [second, 'invited'],
    ]);
    await session('None of theirs', [
      [second, 'declined'],
      [former, 'confirmed'],
    ]);
    const registrations = [first, second].map(({ id: personId }) =>
      post(`/conferences/${conference.id}/registrations`, { personId, organizationId: firm.id, kind: 'delegate' }),
    );
    const [came] = await Promise.all(registrations);
    await owner.post(`/v1/registrations/${came?.id}/check-in`).send({}).expect(200);

    const { head, years } = await history(`organizations/${firm.id}`);
    const entries = years.flatMap((one) => one.entries);
    expect(entries.filter(({ kind }) => kind === 'session')).toMatchObject([
      {
        ...{ title: 'Both of them', day: '2025-06-10', timeZone: 'Asia/Baku' },
        detail: { conference: 'Külək Forumu', speakers: ['Birinci Natiq', 'İkinci Natiq'] },
      },
    ]);
    expect(entries.filter(({ kind }) => kind === 'conference')).toMatchObject([
      { title: 'Külək Forumu', about: { id: conference.id }, detail: { status: 'attended', people: 2 } },
    ]);
    expect(head).toMatchObject({
      ...{ knownSince: '2025-06-10', meetingsHeld: 0, sessionsSpoken: 1 },
      // Noted years later: she was there when it ended, at the latest.
      lastContact: { type: 'conference', title: 'Külək Forumu', at: '2025-06-10T14:00:00Z', day: '2025-06-10' },
    });
    const hers = (await history(`people/${second.id}`)).years.flatMap((one) => one.entries);
    expect(hers.find(({ kind }) => kind === 'conference')).toMatchObject({
      ...{ at: '2025-06-10T05:00:00Z', day: '2025-06-10', detail: { status: 'confirmed', as: 'delegate' } },
    });
    const html = await page(`organizations/${firm.id}`);
    for (const words of ['Külək Forumu', 'Speaking: Birinci Natiq, İkinci Natiq', 'Conference, attended', '2 people'])
      expect(html).toContain(words);
  });

  it('of somebody who was merged is that of who was kept', async () => {
    const [kept, gone] = [
      await post('/people', { fullName: 'Kept One' }),
      await post('/people', { fullName: 'Kept Won' }),
    ];
    await meeting('Before the merge', '2023-02-01T10:00', '2023-02-01T11:00', [{ personId: gone.id, side: 'host' }]);
    await manager
      .post('/v1/people/merges')
      .send({ keepId: kept.id, mergeIds: [gone.id] })
      .expect(201);
    expect(told(await history(`people/${kept.id}`))).toEqual([['2023-02-01', 'side_meeting', 'Before the merge']]);
    const moved = await owner.get(`/v1/people/${gone.id}/history.html`).redirects(0).expect(308);
    expect(moved.headers.location).toContain(`/v1/people/${kept.id}/history.html`);
  });
});

/** Tags that are not closed, or closed and not open. */
function unclosed(html: string): string[] {
  const open: string[] = [];
  for (const [, end, name = '', text] of html
    .replace(/<style>.*?<\/style>/s, '')
    .matchAll(/<(\/?)([a-z]\w*)[^>]*>|(<(?!!))/g)) {
    if (text) return [`a < at large after ${open.join(' ')}`];
    if (['meta', 'link', 'br'].includes(name)) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return [`</${name}> in ${open.join(' ')}`];
  }
  return open;
}
