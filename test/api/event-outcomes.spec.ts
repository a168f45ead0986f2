import fc from 'fast-check';
import { UsersService } from '#access';
import { type Actor, inScope } from '#database';
import { ATTRIBUTION_MODELS, EventOutcomesReader } from '#reports';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';
import {
  EVENTS,
  expectedCredits,
  idOf as idOfWorld,
  OWNER,
  type TouchedWorld,
  touchedWorld,
  writeEvents,
  writeWorld,
} from '../support/touched-deals.js';

const ZONE = 'America/New_York';
const NOBODY = '019a0000-0000-7000-8000-000000000000';

interface Made {
  id: string;
  [field: string]: unknown;
}
interface Part {
  share: number;
  amount: string | null;
}
interface Credit {
  event: { title: string } | null;
  firstTouch: Part;
  lastTouch: Part;
  even: Part;
}
type Reader = Pick<Client, 'get'>;

let api: TestApi;
let staff: Client;
let manager: Client;
let stranger: Reader;
const ids = new Map<string, string>();

const idOf = (name: string): string => {
  const id = ids.get(name);
  if (!id) throw new Error(`There is no ${name}.`);
  return id;
};
const about = (type: string, name: string, fields: object = {}) => ({ type, id: idOf(name), ...fields });

async function make(name: string, path: string, body: object): Promise<Made> {
  const answer = await staff.post(path).send(body);
  if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
  ids.set(name, answer.body.id);
  return answer.body;
}
const meeting = (name: string, status: string, at: string | null, abouts: object[], fields: object = {}) =>
  make(name, '/v1/side-meetings', {
    ...{ title: name, kind: 'bilateral', status, timeZone: ZONE, about: abouts },
    ...(at ? { startsAt: at, endsAt: at.replace(':00', ':30') } : { datePrecision: 'unknown' }),
    participants: [{ personId: idOf('Aysel'), side: 'visiting' }],
    ...fields,
  });
const deal = (name: string, stage: string, value: object | null, fields: object = {}) =>
  make(name, '/v1/deals', { title: name, kind: 'export_sale', stage, value, ...fields });
const touch = (dealName: string, record: object, effect: string, fields: object = {}) =>
  make(`${dealName} touch`, `/v1/deals/${idOf(dealName)}/touchpoints`, { about: record, effect, ...fields });
const promise = (name: string, record: object, fields: object = {}) =>
  make(name, '/v1/commitments', {
    action: name,
    ...{ owedBy: { organizationId: idOf('Vendor') }, owedTo: { organizationId: idOf('Plant') } },
    ...{ about: record, ...fields },
  });
const settle = (name: string, how: string) =>
  staff
    .post(`/v1/commitments/${idOf(name)}/${how}`)
    .send({ evidence: 'Letter' })
    .expect(200);
const agreement = (name: string, status: string, abouts: object[], fields: object = {}) =>
  make(name, '/v1/agreements', {
    ...{ title: name, kind: 'mou', status, parties: [{ name: 'Azerbaijan' }], abouts },
    ...fields,
  });
const usd = (amount: string) => ({ amount, currency: 'USD' });

const answer = async (path: string, client: Reader = staff) =>
  (await client.get(`/v1/reports/${path}`).expect(200)).body;
const ofConference = (client?: Reader, query = '') => answer(`conferences/${idOf('Forum')}${query}`, client);
const ofMission = (client?: Reader, query = '') => answer(`trade-missions/${idOf('Mission')}${query}`, client);

/** `{"USD": "5.00"}` of sums by currency. */
const money = ({ byCurrency }: { byCurrency: { amount: string; currency: string }[] }) =>
  Object.fromEntries(byCurrency.map(({ amount, currency }) => [currency, amount]));
const values = (value: Record<string, { byCurrency: [] }>) =>
  Object.fromEntries(
    ['won', 'lost', 'open', 'weighted'].map((state) => [state, money(value[state] ?? { byCurrency: [] })]),
  );
/** `{"Silk": ["Forum 5.00 5.00 5.00", …]}`: who has what of a deal by first touch, last touch and evenly; its share where it has no value. */
const credits = ({ deals }: { deals: { data: { title: string; credits: Credit[] }[] } }) =>
  Object.fromEntries(deals.data.map(({ title, credits }) => [title, credits.map(creditText)]));
const creditText = ({ event, firstTouch, lastTouch, even }: Credit): string =>
  [event?.title ?? 'none', ...[firstTouch, lastTouch, even].map(({ amount, share }) => amount ?? share)].join(' ');

/**
 * A conference of 10 and 11 March 2026 in Washington with two sessions, and a mission of 9 to 13 March. What touched the deals:
 *
 *   Kiln, 900.00 USD, open, 70 %:  call (1 February, no event) · Opening (10 March, conference) · Talks (10 March, both)
 *   Port, 100.01 EUR, won on 12 March:  mission (9 March) · Talks, twice (both) · Memorandum (11 March, signed at the Opening) ·
 *     what was mentioned of it in April is too late
 *   Grid, no value, open, 5 %:  Whispers (11 March, conference; restricted)
 *   Rail, 1,000.00 AZN, open, 50 %:  Whispers (11 March, conference; restricted) · mission (on 20 March)
 *   Mill, 300.00 USD, lost on 5 March:  conference, too late
 *   Silk, 10.00 USD, open, 5 %:  Opening and mission, each on some hour of 10 March
 */
async function writeDown(): Promise<void> {
  for (const name of ['Vendor', 'Plant']) await make(name, '/v1/organizations', { name, kind: 'company' });
  await make('Aysel', '/v1/people', { fullName: 'Aysel Test' });
  await events();
  await deals();
  await meetings();
  await papers();
  await touches();
}

async function events(): Promise<void> {
  const span = { startsAt: '2026-03-10T09:00', endsAt: '2026-03-11T18:00', timeZone: ZONE };
  await make('Forum', '/v1/conferences', { name: 'Forum', status: 'completed', ...span });
  const sessions = `/v1/conferences/${idOf('Forum')}/sessions`;
  const hour = { startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00' };
  await make('Opening', sessions, { title: 'Opening', kind: 'plenary', ...hour });
  await make('Lunch', sessions, {
    title: 'Lunch',
    kind: 'networking',
    status: 'cancelled',
    startsAt: null,
    endsAt: null,
  });
  await make('registration', `/v1/conferences/${idOf('Forum')}/registrations`, { personId: idOf('Aysel') });
  await make('Mission', '/v1/trade-missions', {
    ...{ name: 'Mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US', timeZone: ZONE },
    ...{ status: 'under_way', startsOn: '2026-03-09', endsOn: '2026-03-13' },
  });
}

async function deals(): Promise<void> {
  await deal('Kiln', 'negotiation', usd('900'));
  await deal('Port', 'closed_won', { amount: '100.01', currency: 'EUR' }, { stageSince: '2026-03-12' });
  await deal('Grid', 'lead', null);
  await deal('Rail', 'scoping', { amount: '1000', currency: 'AZN' }, { probability: 50 });
  await deal('Mill', 'closed_lost', usd('300'), { stageSince: '2026-03-05' });
  await deal('Silk', 'lead', usd('10'));
}

async function meetings(): Promise<void> {
  const [forum, opening] = [about('conference', 'Forum'), about('session', 'Opening')];
  const both = [forum, opening, about('trade_mission', 'Mission')];
  await meeting('Call', 'held', '2026-02-01T10:00', []);
  await meeting('Talks', 'held', '2026-03-10T14:00', both, { dealId: idOf('Kiln') });
  const hidden = { visibility: 'restricted', dealId: idOf('Grid') };
  await meeting('Whispers', 'held', '2026-03-11T09:00', [opening], hidden);
  await meeting('Wish', 'requested', null, [forum]);
  await meeting('Dinner', 'scheduled', '2037-03-11T19:00', [forum], { dealId: idOf('Silk') });
  await meeting('Tea', 'scheduled', '2037-03-11T16:00', [forum]);
  await staff
    .post(`/v1/side-meetings/${idOf('Tea')}/cancellation`)
    .send({ reason: 'Snow' })
    .expect(200);
}

async function papers(): Promise<void> {
  await promise('Send a quote', about('side_meeting', 'Talks'), { dueTo: '2026-04-01' });
  await promise('Send a study', about('side_meeting', 'Talks'));
  await promise('Say nothing', about('side_meeting', 'Whispers'));
  await promise('Send slides', about('session', 'Opening'));
  const back = { owedBy: { personId: idOf('Aysel') }, owedTo: { organizationId: idOf('Vendor') } };
  await promise('Come again', about('conference', 'Forum'), back);
  await settle('Send a study', 'fulfilment');
  await settle('Send slides', 'breach');
  await settle('Come again', 'release');
  const signed = { signedOn: '2026-03-11' };
  await agreement(
    'Memorandum',
    'signed',
    [
      about('session', 'Opening', { relation: 'signed_at' }),
      about('conference', 'Forum', { relation: 'within' }),
      about('trade_mission', 'Mission', { relation: 'discussed_in' }),
    ],
    { ...signed, dealId: idOf('Port') },
  );
  await agreement('Protocol', 'initialed', [about('side_meeting', 'Talks', { relation: 'initialed_at' })]);
  await agreement('Letter', 'signed', [about('side_meeting', 'Whispers', { relation: 'signed_at' })], signed);
}

async function touches(): Promise<void> {
  await touch('Kiln', about('side_meeting', 'Call'), 'originated');
  await touch('Kiln', about('session', 'Opening'), 'advanced');
  await touch('Port', about('trade_mission', 'Mission'), 'originated');
  await touch('Port', about('side_meeting', 'Talks'), 'advanced');
  await touch('Port', about('side_meeting', 'Talks'), 'mentioned');
  await touch('Port', about('agreement', 'Memorandum'), 'closed');
  await touch('Port', about('conference', 'Forum'), 'mentioned', { at: '2026-04-01' });
  await touch('Rail', about('side_meeting', 'Whispers'), 'originated');
  await touch('Rail', about('trade_mission', 'Mission'), 'mentioned', { at: '2026-03-20T12:00:00Z' });
  await touch('Mill', about('conference', 'Forum'), 'mentioned');
  await touch('Silk', about('session', 'Opening'), 'originated', { at: '2026-03-10' });
  await touch('Silk', about('trade_mission', 'Mission'), 'mentioned', { at: '2026-03-10' });
}

beforeAll(async () => {
  api = await startTestApi();
  [staff, manager] = [await api.as('staff'), await api.as('manager')];
  const user = { email: 'other@chamber.example', name: 'Another', role: 'staff' as const, password: PASSWORD };
  await api.app.get(UsersService).create(user);
  const { body } = await api.guest.post('/v1/auth/login').send({ email: user.email, password: PASSWORD }).expect(200);
  stranger = clientWith(api.guest, body.accessToken as string);
  await writeDown();
});
afterAll(() => api?.close());

describe('what came of a conference', () => {
  it('counts sessions, registrations, meetings, promises and agreements once each', async () => {
    expect(await ofConference()).toMatchObject({
      event: { type: 'conference', id: idOf('Forum'), title: 'Forum', status: 'completed' },
      sessions: { total: 2, byStatus: { scheduled: 1, cancelled: 1 } },
      registrations: { total: 1, byStatus: { confirmed: 1, waitlisted: 0, attended: 0, cancelled: 0 } },
      // Talks and Whispers; Wish; Dinner; Tea. The Call was about neither.
      meetings: { total: 5, byStatus: { requested: 1, scheduled: 1, held: 2, cancelled: 1, no_show: 0 } },
      commitments: { total: 5, open: 2, overdue: 1, kept: 1, broken: 1, released: 1 },
      agreements: {
        total: 3,
        byStatus: { draft: 0, initialed: 1, signed: 2, in_force: 0, expired: 0, terminated: 0 },
        byRelation: { signed_at: 2, initialed_at: 1, within: 1, discussed_in: 0, follows: 0, related: 0 },
      },
    });
  });

  it('tells both sides of the promises', async () => {
    const { byParty } = (await ofConference()).commitments;
    const none = { total: 0, open: 0, overdue: 0, kept: 0, broken: 0, released: 0 };
    expect(byParty).toEqual([
      {
        party: about('person', 'Aysel', { title: 'Aysel Test' }),
        owedByThem: { ...none, total: 1, released: 1 },
        owedToThem: none,
      },
      {
        party: about('organization', 'Plant', { title: 'Plant' }),
        owedByThem: none,
        owedToThem: { ...none, total: 4, open: 2, overdue: 1, kept: 1, broken: 1 },
      },
      {
        party: about('organization', 'Vendor', { title: 'Vendor' }),
        owedByThem: { ...none, total: 4, open: 2, overdue: 1, kept: 1, broken: 1 },
        owedToThem: { ...none, total: 1, released: 1 },
      },
    ]);
  });

  it('credits its deals by first touch, last touch and evenly, side by side', async () => {
    const report = await ofConference();
    expect(report.deals).toMatchObject({ total: 5, originated: 2, advanced: 2, closed: 1, mentionedOnly: 1 });
    expect(report.deals).toMatchObject({ open: 4, won: 1, lost: 0 });
    expect(report.deals.data.map(({ title, effects, touches }: Made) => [title, effects, touches])).toEqual([
      ['Grid', ['mentioned'], 1],
      ['Kiln', ['advanced'], 3],
      ['Port', ['advanced', 'closed'], 3],
      ['Rail', ['originated'], 2],
      ['Silk', ['originated'], 2],
    ]);
    expect(credits(report)).toEqual({
      Grid: ['Forum 1 1 1'],
      // Evenly 300 each touch: Opening and half of Talks; half of Talks; the call.
      Kiln: ['Forum 0.00 450.00 450.00', 'Mission 0.00 450.00 150.00', 'none 900.00 0.00 300.00'],
      // Evenly a third each touch, so a half each event, and the odd cent to the one with the lower id.
      Port: ['Forum 0.00 100.01 50.01', 'Mission 100.01 0.00 50.00'],
      Rail: ['Forum 1000.00 0.00 500.00', 'Mission 0.00 1000.00 500.00'],
      Silk: ['Forum 5.00 5.00 5.00', 'Mission 5.00 5.00 5.00'],
    });
    expect(values(report.value)).toEqual({
      won: { EUR: '100.01' },
      lost: {},
      open: { AZN: '1000.00', USD: '910.00' },
      weighted: { AZN: '500.00', USD: '630.50' }, // 900 × 70 % + 10 × 5 %
    });
    const { firstTouch, lastTouch, even } = report.attribution;
    // Parts of Grid, Kiln, Port, Rail, Silk: 1 + 0 + 0 + 1 + ½; 1 + ½ + 1 + 0 + ½; 1 + ½ + ½ + ½ + ½.
    expect([firstTouch.deals, lastTouch.deals, even.deals]).toEqual([2.5, 3, 3]);
    expect(values(firstTouch)).toEqual({
      ...{ won: { EUR: '0.00' }, lost: {} },
      ...{ open: { AZN: '1000.00', USD: '5.00' }, weighted: { AZN: '500.00', USD: '0.25' } },
    });
    expect(values(lastTouch)).toEqual({
      ...{ won: { EUR: '100.01' }, lost: {} },
      ...{ open: { AZN: '0.00', USD: '455.00' }, weighted: { AZN: '0.00', USD: '315.25' } },
    });
    expect(values(even)).toEqual({
      ...{ won: { EUR: '50.01' }, lost: {} },
      ...{ open: { AZN: '500.00', USD: '455.00' }, weighted: { AZN: '250.00', USD: '315.25' } },
    });
  });

  it('converts by the rates of the request only, and says what it could not convert', async () => {
    const { attribution, value } = await ofConference(staff, '?currency=USD&rates=AZN:0.5882');
    // 455 + 500 × 0.5882
    expect(attribution.even.open.converted).toEqual({ ...usd('749.10'), notConverted: [] });
    expect(value.won.converted).toEqual({ ...usd('0.00'), notConverted: ['EUR'] });
    expect((await ofConference()).value.won.converted).toBeNull();
  });

  it('says how each figure is made, for whom, and when', async () => {
    const [mine, all] = [await ofConference(), await ofConference(manager)];
    expect(Object.keys(mine.rules)).toEqual(
      expect.arrayContaining(['firstTouch', 'lastTouch', 'even', 'shared', 'noEvent']),
    );
    expect(mine.asSeenBy).toContain('left out');
    expect(all.asSeenBy).toContain('Everything counts');
    expect(Date.parse(mine.generatedAt)).toBeGreaterThan(Date.parse('2026-03-11'));
  });

  it('counts for others as if what is restricted were not there, and for managers all of it', async () => {
    expect((await ofConference(manager)).deals).toEqual((await ofConference()).deals);
    const report = await ofConference(stranger);
    expect(report).toMatchObject({
      meetings: { total: 4, byStatus: { held: 1 } },
      commitments: { total: 4, open: 1 },
      agreements: { total: 2, byStatus: { signed: 1 }, byRelation: { signed_at: 1 } },
      deals: { total: 3, originated: 1, open: 2, won: 1 },
    });
    expect(Object.keys(credits(report))).toEqual(['Kiln', 'Port', 'Silk']);
    expect(JSON.stringify(report)).not.toMatch(/Whispers|Grid|Rail|Letter|Say nothing/);
    // Rail was touched by nothing but the mission, for whoever does not know of Whispers.
    expect(credits(await ofMission(stranger)).Rail).toEqual(['Mission 1000.00 1000.00 1000.00']);
  });

  it('is a table too, a line for each deal', async () => {
    const { headers, text } = await staff.get(`/v1/reports/conferences/${idOf('Forum')}.csv`).expect(200);
    expect(headers['content-type']).toContain('text/csv');
    const [header = '', ...lines] = text.replace('\ufeff', '').trim().split('\r\n');
    expect(header.split(',').slice(3)).toEqual([
      ...['dealId', 'deal', 'kind', 'stage', 'closedOn', 'amount', 'currency', 'probability', 'effects', 'touches'],
      ...[
        'touchesHere',
        'firstTouchShare',
        'firstTouchAmount',
        'lastTouchShare',
        'lastTouchAmount',
        'evenShare',
        'evenAmount',
      ],
    ]);
    const cells = lines.map((line) => line.split(',').slice(4));
    expect(cells[2]).toEqual([
      ...['Port', 'export_sale', 'closed_won', '2026-03-12', '100.01', 'EUR', '100', 'advanced closed', '3'],
      ...['2', '0', '0.00', '1', '100.01', '0.5', '50.01'],
    ]);
    expect(lines.length).toBe(5);
    const other = await stranger.get(`/v1/reports/conferences/${idOf('Forum')}.csv`).expect(200);
    expect(other.text).not.toMatch(/Grid|Rail/);
  });
});

describe('what came of a trade mission', () => {
  it('is counted the same way, and leads on to its own final report', async () => {
    const report = await ofMission();
    expect(report).toMatchObject({
      event: { type: 'trade_mission', title: 'Mission', status: 'under_way' },
      meetings: { total: 1, byStatus: { held: 1 } },
      commitments: { total: 2, open: 1, overdue: 1, kept: 1 },
      agreements: { total: 2, byRelation: { discussed_in: 1, initialed_at: 1, signed_at: 0 } },
      deals: { total: 4, originated: 1, advanced: 1, closed: 0, mentionedOnly: 3, open: 3, won: 1 },
      finalReport: `/v1/trade-missions/${idOf('Mission')}/report`,
    });
    expect(report.sessions).toBeUndefined();
    const { firstTouch, lastTouch, even } = report.attribution;
    // Kiln, Port, Rail, Silk: 0 + 1 + 0 + ½; ½ + 0 + 1 + ½; 1/6 + ½ + ½ + ½.
    expect([firstTouch.deals, lastTouch.deals, even.deals]).toEqual([1.5, 2, 1.6667]);
    expect(values(firstTouch)).toMatchObject({ won: { EUR: '100.01' }, open: { AZN: '0.00', USD: '5.00' } });
    expect(values(lastTouch)).toMatchObject({ won: { EUR: '0.00' }, open: { AZN: '1000.00', USD: '455.00' } });
    expect(values(even)).toMatchObject({ won: { EUR: '50.00' }, open: { AZN: '500.00', USD: '155.00' } });
    const own = (await staff.get(report.finalReport).expect(200)).body;
    expect(own.meetings.byStatus).toEqual(report.meetings.byStatus);
    expect(own.commitments.total).toBe(report.commitments.total);
    await staff.get(`/v1/reports/trade-missions/${idOf('Mission')}.csv`).expect(200);
  });
});

describe('reports on what came of events', () => {
  it('are of an event of that kind: all else is not found, and an odd question is refused', async () => {
    const get = (path: string) => staff.get(`/v1/reports/${path}`);
    await get(`conferences/${NOBODY}`).expect(404);
    await get(`trade-missions/${NOBODY}.csv`).expect(404);
    await get(`conferences/${idOf('Mission')}`).expect(404);
    await get(`trade-missions/${idOf('Forum')}`).expect(404);
    await get(`conferences/${idOf('Opening')}`).expect(404);
    await get('conferences/forum').expect(400);
    await get('conferences/forum.csv').expect(400);
    for (const query of [
      'rates=AZN:0.5',
      'currency=usd',
      'currency=USD&rates=AZN:-1',
      'currency=USD&rates=AZN',
      'page=2',
    ])
      await get(`conferences/${idOf('Forum')}?${query}`).expect(400);
    await api.guest.get(`/v1/reports/conferences/${idOf('Forum')}`).expect(401);
  });

  it('are full of zeros for an event that has not begun', async () => {
    const later = { startsAt: '2037-03-10T09:00', endsAt: '2037-03-11T18:00', timeZone: ZONE };
    await make('Next', '/v1/conferences', { name: 'Next', ...later });
    await touch('Silk', about('conference', 'Next'), 'originated');
    const report = await answer(`conferences/${idOf('Next')}`);
    expect(report).toMatchObject({ meetings: { total: 0 }, deals: { total: 0, data: [] }, agreements: { total: 0 } });
    expect(report).toMatchObject({ attribution: { even: { deals: 0, open: { byCurrency: [], converted: null } } } });
    expect(credits(await ofConference()).Silk).toHaveLength(2);
  });
});

describe('what was archived', () => {
  it('counts nowhere, and nothing that is only linked to it', async () => {
    const figures = async () => ({ ...(await ofConference()), generatedAt: null });
    const before = await figures();
    await meeting('Mistake', 'held', '2026-03-10T16:00', [about('conference', 'Forum')], { dealId: idOf('Kiln') });
    await promise('Oops', about('side_meeting', 'Mistake'));
    await deal('Ghost', 'lead', usd('1'));
    await touch('Ghost', about('side_meeting', 'Mistake'), 'closed');
    await touch('Ghost', about('session', 'Opening'), 'originated');
    expect(await figures()).toMatchObject({
      ...{ meetings: { total: 6 }, commitments: { total: 6 }, deals: { total: 6, closed: 2 } },
      value: { open: { byCurrency: [{}, usd('911.00')] } },
    });
    await staff.delete(`/v1/side-meetings/${idOf('Mistake')}`).expect(204);
    expect((await figures()).deals).toMatchObject({ total: 6, closed: 1 });
    await staff.delete(`/v1/deals/${idOf('Ghost')}`).expect(204);
    expect(await figures()).toEqual(before);
  });
});

describe('an agreement that nobody has signed yet', () => {
  it('touches a deal when it was initialed, not when that was written down', async () => {
    await deal('Loom', 'lead', usd('10'));
    const within = [about('conference', 'Forum', { relation: 'within' })];
    await agreement('Terms', 'initialed', within, { initialedOn: '2026-03-10' });
    await touch('Loom', about('agreement', 'Terms'), 'advanced');
    await touch('Loom', about('trade_mission', 'Mission'), 'mentioned', { at: '2026-03-20T12:00:00Z' });
    // Terms, on 10 March, were the first touch and the mission's the last.
    expect(credits(await ofMission())).toMatchObject({ Loom: ['Mission 0.00 10.00 5.00', 'Forum 10.00 0.00 5.00'] });
  });
});

describe('the attribution of deals', () => {
  const actors: { actor: Actor; seesAll: boolean }[] = [
    { actor: { kind: 'user', id: NOBODY, name: 'A stranger', role: 'staff' }, seesAll: false },
    { actor: { kind: 'user', id: OWNER, name: 'An owner', role: 'viewer' }, seesAll: true },
    { actor: { kind: 'user', id: NOBODY, name: 'A manager', role: 'manager' }, seesAll: true },
  ];
  const cents = (amount: string | null): bigint | null => (amount === null ? null : BigInt(amount.replace('.', '')));

  it('is what plain code finds, and adds up to every deal, whatever touched it and whoever asks', async () => {
    const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`fast-check seed: ${seed}\n`);
    const reader = api.app.get(EventOutcomesReader);
    await writeEvents(api.database);
    const check = async (world: TouchedWorld): Promise<void> => {
      await api.database.transaction(() => writeWorld(api.database, world));
      for (const { actor, seesAll } of actors) {
        const expected = expectedCredits(world, seesAll);
        for (const name of EVENTS) {
          const type = name.startsWith('m') ? 'trade_mission' : 'conference';
          const { deals } = await inScope({ actor }, () => reader.get(type, idOfWorld(name)));
          const here = [...expected].filter(([, { even }]) => even.has(idOfWorld(name)));
          expect(deals.data.map(({ id }) => id).sort()).toEqual(here.map(([id]) => id).sort());
          for (const { id, amount, credits: told } of deals.data)
            for (const model of ATTRIBUTION_MODELS) {
              const parts = new Map(told.map((credit) => [credit.event?.id ?? null, cents(credit[model].amount)]));
              expect(parts).toEqual(expected.get(id)?.[model]);
              if (amount !== null)
                expect([...parts.values()].reduce((a, b) => (a ?? 0n) + (b ?? 0n), 0n)).toBe(cents(amount));
            }
        }
      }
    };
    await fc.assert(fc.asyncProperty(touchedWorld, check), { seed, numRuns: 12, endOnFailure: true });
  }, 120_000);
});
