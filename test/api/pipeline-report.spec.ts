import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { DEAL_STAGES, type DealStage, WORKING_STAGES } from '#deals';
import { PIPELINE_GROUPS, PipelineReader, type PipelineReport } from '#reports';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Row {
  [field: string]: unknown;
}
type Groups = Record<'open' | 'won' | 'lost', Row>;

/** A day of the month so many months ago: the figures below use no length of a month. */
const day = (monthsAgo: number, of: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, of)).toISOString().slice(0, 10);
};
const month = (monthsAgo: number): string => day(monthsAgo, 1).slice(0, 7);

const OWNER_NAME = '=Нүшабə Şıxəliyeva, "N. Ş."';

/**
 * A  lead 1st → contract 11th → won 15th (three months ago)      1,000.00 USD  AZ  cotton, film  staff
 * B  lead 2nd → negotiation 8th → scoping 10th (the same month)    200.00 AZN  US  cotton        manager
 * C  qualified 1st → lead 5th → qualified 6th → on hold 26th       300.05 USD  AZ                staff
 * D  lead 3rd → lost 13th (two months ago)                                                       nobody
 * E  lead 1st → financing 3rd → won 20th (two months ago) → reopened as negotiation on the 2nd of the next
 *                                                                  500.00 USD  AZ  film          staff
 * F  recorded as lost (5th, last month)                             50.00 AZN  US                staff
 * H  lead in some month (three ago) → qualified 10th (last month)                                staff
 * I  lead 4th (last month) → qualified some time in that year                                    staff
 * G  archived                                                    9,999.00 USD  AZ  cotton        staff
 */
describe('the report of the pipeline', () => {
  let api: TestApi;
  let staff: Client;
  let manager: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
    manager = await api.as('manager');
    await api.database.query('UPDATE users SET name = $1 WHERE id = $2', [OWNER_NAME, staff.id]);
    await manager
      .post('/v1/sectors')
      .send({ code: 'cotton', labels: { en: 'Cotton growing' } })
      .expect(201);
    await makeDeals();
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object): Promise<string> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return (answer.body as { id: string }).id;
  }
  const deal = (title: string, stageSince: string, fields: object = {}) =>
    post('/v1/deals', { title, kind: 'project', stageSince, ...fields });
  const change = (id: string, stage: string, at: string, fields: object = {}) =>
    post(`/v1/deals/${id}/stage-changes`, { stage, at, ...fields });
  const usd = (amount: string) => ({ value: { amount, currency: 'USD' } });

  async function makeDeals(): Promise<void> {
    const a = await deal('A', day(3, 1), { ...usd('1000.00'), country: 'AZ', sectors: ['cotton', 'film'] });
    await change(a, 'contract', day(3, 11));
    await change(a, 'closed_won', day(3, 15));
    const azn = { amount: '200.00', currency: 'AZN' };
    const b = await deal('B', day(3, 2), { value: azn, country: 'US', sectors: ['cotton'], ownerId: manager.id });
    await change(b, 'negotiation', day(3, 8));
    await change(b, 'scoping', day(3, 10));
    const c = await deal('C', day(3, 1), { ...usd('300.05'), country: 'AZ', stage: 'qualified' });
    await change(c, 'lead', day(3, 5));
    await change(c, 'qualified', day(3, 6));
    await change(c, 'on_hold', day(3, 26));
    const d = await deal('D', day(2, 3), { ownerId: null });
    await change(d, 'closed_lost', day(2, 13), { note: 'They chose another supplier' });
    const e = await deal('E', day(2, 1), { ...usd('500'), country: 'AZ', sectors: ['film'] });
    await change(e, 'financing', day(2, 3));
    await change(e, 'closed_won', day(2, 20));
    await post(`/v1/deals/${e}/reopening`, { stage: 'negotiation', at: day(1, 2), note: 'Void' });
    const lost = { stage: 'closed_lost', value: { amount: '50', currency: 'AZN' }, country: 'US' };
    await deal('F', day(1, 5), lost);
    const g = await deal('G', day(1, 6), { ...usd('9999'), country: 'AZ', sectors: ['cotton'] });
    await staff.delete(`/v1/deals/${g}`).expect(204);
    const h = await deal('H', day(3, 1), { stagePrecision: 'month', kind: 'study' });
    await change(h, 'qualified', day(1, 10));
    const i = await deal('I', day(1, 4), { kind: 'study' });
    await change(i, 'qualified', day(1, 4), { datePrecision: 'year' });
  }

  const get = async (query = '', client = staff): Promise<Row> =>
    (await client.get(`/v1/reports/pipeline${query}`).expect(200)).body;
  const rows = (value: unknown) => value as Row[];
  const counts = (value: unknown) => {
    const { open, won, lost } = value as Groups;
    return [open.deals, won.deals, lost.deals];
  };
  const table = async (query: string, client = staff): Promise<Row[]> => {
    const { text, headers } = await client.get(`/v1/reports/pipeline.csv${query}`).buffer(true).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    return parse(text, { bom: true, columns: true });
  };

  it('counts each deal once, and adds money up by currency', async () => {
    const { totals, byStage, ...report } = await get();
    expect(counts(totals)).toEqual([5, 1, 2]);
    expect((totals as Groups).open).toEqual({
      deals: 5,
      withoutValue: 2,
      value: {
        byCurrency: [
          { amount: '200.00', currency: 'AZN' },
          { amount: '800.05', currency: 'USD' },
        ],
        converted: null,
      },
      // B in scoping, 20 % of 200; C was qualified, 10 % of 300.05; E in negotiation, 70 % of 500: 30.005 + 350 is 380.01.
      weighted: {
        byCurrency: [
          { amount: '40.00', currency: 'AZN' },
          { amount: '380.01', currency: 'USD' },
        ],
        converted: null,
      },
    });
    expect((totals as Groups).won).toMatchObject({
      weighted: { byCurrency: [{ amount: '1000.00', currency: 'USD' }] },
    });
    expect((totals as Groups).lost).toMatchObject({
      deals: 2,
      withoutValue: 1,
      weighted: { byCurrency: [{ amount: '0.00' }] },
    });
    expect(rows(byStage).map(({ stage, deals }) => [stage, deals])).toEqual(
      DEAL_STAGES.map((stage) => [
        stage,
        { qualified: 2, scoping: 1, negotiation: 1, closed_won: 1, closed_lost: 2, on_hold: 1 }[stage as string] ?? 0,
      ]),
    );
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'generatedAt',
        'bySector',
        'byCountry',
        'byOwner',
        'conversion',
        'timeInStage',
        'timeline',
      ]),
    );
  });

  it('groups by sector, where a deal of two counts in both, by country and by owner', async () => {
    const { bySector, byCountry, byOwner } = await get();
    const told = (groups: unknown) => rows(groups).map((group) => [group.key, group.name, ...counts(group)]);
    expect(told(bySector)).toEqual([
      ['cotton', 'Cotton growing', 1, 1, 0],
      ['film', 'film', 1, 1, 0],
      [null, null, 3, 0, 2],
    ]);
    expect(rows(bySector)[1]).toMatchObject({
      open: { value: { byCurrency: [{ amount: '500.00', currency: 'USD' }] } },
    });
    expect(told(byCountry)).toEqual([
      ['AZ', 'Azerbaijan', 2, 1, 0],
      ['US', 'United States', 1, 0, 1],
      [null, null, 2, 0, 1],
    ]);
    expect(told(byOwner)).toEqual([
      [staff.id, OWNER_NAME, 4, 1, 1],
      [manager.id, 'The manager', 1, 0, 0],
      [null, null, 0, 0, 1],
    ]);
    const asked = await get('?by=owner,stage');
    expect(asked).not.toHaveProperty('bySector');
    expect(asked).toMatchObject({ byOwner, totals: { open: { deals: 5 } } });
  });

  it('converts by the rates of the request only, and rounds once', async () => {
    const { totals } = await get('?currency=USD&rates=AZN:0.5882');
    // 800.05 + 200 × 0.5882 = 917.69; 380.005 + 40 × 0.5882 = 403.533, where 380.01 + 23.53 would be 403.54.
    expect((totals as Groups).open).toMatchObject({
      value: { converted: { amount: '917.69', currency: 'USD', notConverted: [] } },
      weighted: { converted: { amount: '403.53', currency: 'USD', notConverted: [] } },
    });
    const other = await get('?currency=EUR&rates=AZN:0.5&stage=scoping,on_hold');
    expect((other.totals as Groups).open).toMatchObject({
      value: { converted: { amount: '100.00', currency: 'EUR', notConverted: ['USD'] } },
    });
    expect((other.totals as Groups).won).toMatchObject({
      value: { byCurrency: [], converted: { amount: '0.00', currency: 'EUR', notConverted: [] } },
    });
  });

  it('tells how many deals got at least how far', async () => {
    const { conversion } = await get();
    const told = rows(conversion).map(({ reached, skipped, wentOn, stopped, now }) => [
      ...[reached, skipped, wentOn],
      Object.values(stopped as object).join(' '),
      Object.values(now as object).join(' '),
    ]);
    // Furthest: A won, B and E negotiation (E's win was taken back), C, H and I qualified, D and F lead.
    // reached, skipped, went on; of those who did not: open, on hold, lost; of all: open, on hold, won, lost.
    expect(told).toEqual([
      [8, 1, 6, '0 0 2', '4 1 1 2'],
      [6, 3, 3, '2 1 0', '4 1 1 0'],
      [3, 2, 3, '0 0 0', '2 0 1 0'],
      [3, 3, 3, '0 0 0', '2 0 1 0'],
      [3, 3, 3, '0 0 0', '2 0 1 0'],
      [3, 2, 3, '0 0 0', '2 0 1 0'],
      [3, 1, 1, '2 0 0', '2 0 1 0'],
      [1, 0, 1, '0 0 0', '0 0 1 0'],
      [1, 1, 1, '0 0 0', '0 0 1 0'],
    ]);
    expect(rows(conversion).map(({ conversionRate }) => conversionRate)).toEqual([
      ...[0.75, 0.5, 1, 1, 1, 1, 0.3333, 1, 1],
    ]);
    // Of all 8, A is won and D and F are lost; whoever got to qualified and has ended is won.
    expect(rows(conversion).map(({ winRate }) => winRate)).toEqual([0.3333, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('tells how long deals stay in a stage, each stay by itself', async () => {
    const { generatedAt, timeInStage } = await get();
    const of = (name: string) => rows(timeInStage).find(({ stage }) => stage === name);
    const none = { count: 0, unmeasured: 0, medianDays: null, meanDays: null, longestDays: null };
    const age = (since: string) => Math.round((Date.parse(String(generatedAt)) - Date.parse(since)) / 8_640_000) / 10;
    // A 10, B 6, C 1, D 10, E 2; H began and I ended on a date that is too vague. The mean is 29 ÷ 5.
    const past = { count: 7, unmeasured: 2, medianDays: 6, meanDays: 5.8, longestDays: 10 };
    expect(of('lead')).toEqual({ stage: 'lead', past, present: none });
    // C was qualified twice: 4 days and 20. H has been since the 10th, I since some day of the year.
    const since = age(day(1, 10));
    expect(of('qualified')).toEqual({
      stage: 'qualified',
      past: { count: 2, unmeasured: 0, medianDays: 12, meanDays: 12, longestDays: 20 },
      present: { count: 2, unmeasured: 1, medianDays: since, meanDays: since, longestDays: since },
    });
    expect(of('financing')).toMatchObject({ past: { count: 1, medianDays: 17 } });
    expect(of('negotiation')).toMatchObject({
      past: { count: 1, medianDays: 2 },
      present: { count: 1, longestDays: age(day(1, 2)) },
    });
    expect(of('contract')).toMatchObject({ past: { count: 1, meanDays: 4 }, present: none });
    expect(of('on_hold')).toMatchObject({ past: none, present: { count: 1, medianDays: age(day(3, 26)) } });
    expect(rows(timeInStage).map(({ stage }) => stage)).toEqual([...WORKING_STAGES, 'on_hold']);
  });

  it('looks back month by month, as far as stages tell', async () => {
    const told = async (query: string) =>
      rows((await get(query)).timeline).map(({ byStage, ...rest }) => [
        ...Object.values(rest),
        rows(byStage)
          .filter(({ deals }) => deals !== 0)
          .map(({ stage, deals }) => `${String(stage)} ${String(deals)}`)
          .join(', '),
      ]);
    // month, entered, won, lost, reopened, open; E was won and taken up again; I counts as qualified since it began.
    const last = [
      [month(1), 2, 0, 1, 1, 5, 'qualified 2, scoping 1, negotiation 1, on_hold 1'],
      [month(0), 0, 0, 0, 0, 5, 'qualified 2, scoping 1, negotiation 1, on_hold 1'],
    ];
    expect(await told('?months=5')).toEqual([
      [month(4), 0, 0, 0, 0, 0, ''],
      [month(3), 4, 1, 0, 0, 3, 'lead 1, scoping 1, on_hold 1'],
      [month(2), 2, 1, 1, 0, 3, 'lead 1, scoping 1, on_hold 1'],
      ...last,
    ]);
    expect(await told('?months=2')).toEqual(last);
    expect(rows((await get()).timeline)).toHaveLength(12);
  });

  it.each([
    ['stage=on_hold,negotiation', [2, 0, 0]],
    ['country=US', [1, 0, 1]],
    ['country=AZ,US&kind=project', [3, 1, 1]],
    ['kind=study', [2, 0, 0]],
    ['sectors=COTTON%20GROWING', [1, 1, 0]],
    ['sectors=cotton,film', [2, 1, 0]],
    ['sectors=unheard%20of', [0, 0, 0]],
    ['ownerId=me', [4, 1, 1]],
    [`ownerId=${randomUUID()}`, [0, 0, 0]],
    [`from=${day(2, 1)}&to=${day(2, 3)}`, [1, 0, 1]],
    [`from=${day(2, 2)}`, [1, 0, 2]],
    [`to=${day(3, 1)}`, [2, 1, 0]],
  ])('is about the deals of ?%s', async (query, expected) => {
    const { totals, conversion, timeline } = await get(`?${query}`);
    expect(counts(totals)).toEqual(expected);
    const all = expected.reduce((sum, count) => sum + count);
    expect(rows(conversion)[0]).toMatchObject({ reached: all });
    expect(rows(timeline).reduce((sum, { entered }) => sum + Number(entered), 0)).toBe(all);
  });

  it('says the same to everybody, and nothing of the evidence', async () => {
    const personId = await post('/v1/people', { fullName: 'Rauf Sadıqlı' });
    const evidence = {
      type: 'side_meeting',
      id: await post('/v1/side-meetings', {
        ...{ title: 'Between four eyes', kind: 'bilateral', status: 'held', visibility: 'restricted' },
        ...{ timeZone: 'Asia/Baku', startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T10:45' },
        participants: [{ personId, side: 'visiting' }],
      }),
    };
    const id = await deal('J', day(0, 1), { kind: 'partnership' });
    await post(`/v1/deals/${id}/stage-changes`, { stage: 'feed', note: 'As whispered', evidence });
    const answers = [];
    for (const role of ['viewer', 'staff', 'manager'] as const) {
      const { generatedAt: _, timeInStage: _ages, ...report } = await get('?kind=partnership', await api.as(role));
      answers.push(report);
    }
    expect(counts(answers[0]?.totals)).toEqual([1, 0, 0]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(JSON.stringify(answers)).not.toMatch(/four eyes|whispered/);
    await staff.delete(`/v1/deals/${id}`).expect(204);
    await api.guest.get('/v1/reports/pipeline').expect(401);
  });

  it('is a table in which sums are right, and no formula', async () => {
    const lines = await table('?currency=USD&rates=AZN:0.5882');
    const sum = (kind: string) =>
      lines.filter(({ group }) => group === kind).reduce((total, { deals }) => total + Number(deals), 0);
    // A is of two sectors.
    expect(['stage', 'sector', 'country', 'owner'].map(sum)).toEqual([8, 9, 8, 8]);
    const line = (...values: string[]) =>
      lines.find((row) => values.every((value, at) => Object.values(row)[at] === value));
    const converted = { convertedTo: 'USD', convertedValue: '117.64', convertedWeighted: '23.53' };
    const weighted = { currency: 'AZN', deals: '1', value: '200.00', weighted: '40.00' };
    expect(line('stage', 'scoping')).toMatchObject({ state: 'open', ...weighted, ...converted });
    expect(line('country', 'AZ', 'Azerbaijan', 'open')).toMatchObject({
      deals: '2',
      value: '800.05',
      weighted: '380.01',
    });
    expect(line('owner', staff.id)?.name).toBe(`'${OWNER_NAME}`);
    expect(line('owner', '', '', 'lost', '')).toMatchObject({ deals: '1', value: '', convertedTo: '' });
    expect(lines.findIndex(({ key }) => key === 'qualified')).toBeLessThan(
      lines.findIndex(({ key }) => key === 'scoping'),
    );
  });

  it('has tables of the stages and of the months', async () => {
    const stages = await table('?table=stages');
    expect(stages).toHaveLength(10);
    expect(stages[0]).toMatchObject({
      stage: 'lead',
      reached: '8',
      stoppedLost: '2',
      conversionRate: '0.75',
      pastMedianDays: '6',
    });
    expect(stages[9]).toMatchObject({ stage: 'on_hold', reached: '', presentDeals: '1', pastMeanDays: '' });
    const months = await table('?table=timeline&months=2');
    expect(months[0]).toMatchObject({ month: month(1), entered: '2', reopened: '1', open: '5', qualified: '2' });
  });

  const svg = async (query: string): Promise<string> => {
    const answer = await staff
      .get(`/v1/reports/pipeline.svg${query}`)
      .buffer(true)
      .expect('content-type', 'image/svg+xml; charset=utf-8')
      .expect(200);
    const picture = Buffer.from(answer.body as Uint8Array).toString();
    expect(unclosed(picture)).toEqual([]);
    expect(picture).not.toMatch(/<script|NaN|undefined|null/);
    return picture;
  };

  it('is a funnel, and a timeline', async () => {
    const funnel = await svg('');
    const words = [
      'How far deals get',
      'All deals',
      'Feasibility study',
      'Implementation',
      'Won',
      'Got no further',
      'On hold',
    ];
    for (const text of [...words, '8, 75 % went on', '3, 33 % went on']) expect(funnel).toContain(`>${text}<`);
    const timeline = await svg('?chart=timeline&months=3');
    const below = [month(2), month(0), 'Open deals', 'Negotiation', 'Lost'];
    for (const text of ['Open deals at the end of each month', ...below]) expect(timeline).toContain(`>${text}<`);
  });

  it('is a picture of nothing too, and says what it is about', async () => {
    const about = `?ownerId=me&from=${day(0, 1)}&sectors=%3Cb%3E&chart=`;
    for (const chart of ['funnel', 'timeline'])
      expect(await svg(`${about}${chart}`)).toContain(`begun since ${day(0, 1)} · owner =Нүшабə Şıxəliyeva`);
  });

  it.each([
    ['by=stage,planet', 400, 'by', 'bad_value'],
    ['by=', 400, 'by', 'bad_value'],
    ['stage=handshake', 400, 'stage', 'bad_value'],
    ['kind=barter', 400, 'kind', 'bad_value'],
    ['country=az', 400, 'country', 'bad_value'],
    ['country=XX', 400, 'country', 'bad_value'],
    ['sectors=,', 400, 'sectors', 'bad_value'],
    ['ownerId=them', 400, 'ownerId', 'bad_value'],
    ['from=2026-02-30', 400, 'from', 'bad_value'],
    ['to=0000-01-01', 400, 'to', 'bad_value'],
    ['to=March', 400, 'to', 'bad_value'],
    ['from=2026-01-01&from=2026-01-02', 400, 'from', 'bad_value'],
    ['from=2026-02-02&to=2026-02-01', 422, 'to', 'ends_before_start'],
    ['months=0', 400, 'months', 'bad_value'],
    ['months=61', 400, 'months', 'bad_value'],
    ['currency=usd', 400, 'currency', 'bad_value'],
    ['rates=AZN:0.5', 400, 'rates', 'needs_currency'],
    ['currency=USD&rates=AZN:0', 400, 'rates', 'bad_value'],
    ['asOf=2026-01-01', 400, 'asOf', 'unknown_parameter'],
    ['sectors=a%00b', 400, 'sectors', 'bad_value'],
  ])('refuses ?%s', async (query, status, parameter, code) => {
    for (const form of ['', '.csv', '.svg']) {
      const { body } = await staff.get(`/v1/reports/pipeline${form}?${query}`).expect(status);
      expect(body.errors).toMatchObject([{ parameter, code }]);
    }
  });

  it('has no part that it has not', async () => {
    await staff.get('/v1/reports/pipeline.svg?chart=pie').expect(400);
    await staff.get('/v1/reports/pipeline.csv?table=pie').expect(400);
    await staff.get('/v1/reports/pipeline?chart=funnel').expect(400);
  });

  it('takes days at the ends of time', async () => {
    expect(counts((await get('?from=0001-01-01&to=9999-12-31')).totals)).toEqual([5, 1, 2]);
  });

  describe('whatever happened to deals', () => {
    const walk = fc.record({
      stages: fc.array(fc.constantFrom(...DEAL_STAGES), { minLength: 1, maxLength: 6 }),
      steps: fc.array(fc.integer({ min: -20, max: 60 }), { minLength: 6, maxLength: 6 }),
      precision: fc.constantFrom(null, 'day', 'month', 'year'),
      amount: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
      currency: fc.constantFrom('USD', 'AZN', 'EUR'),
      sectors: fc.subarray(['cotton', 'film', 'energy']),
      country: fc.constantFrom('AZ', 'US', null),
    });
    type Walk = typeof walk extends fc.Arbitrary<infer Value> ? Value : never;

    it('adds up, and fewer get further', async () => {
      const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
      process.stdout.write(`fast-check seed: ${seed}\n`);
      const reader = api.app.get(PipelineReader);
      const property = fc.asyncProperty(fc.array(walk, { maxLength: 12 }), async (walks) => {
        await api.database.query(`DELETE FROM deals WHERE kind = 'financing'`);
        const ends: DealStage[] = [];
        for (const one of walks) ends.push(await insert(one));
        const rates = { currency: 'USD', byCurrency: { AZN: '0.588235', EUR: '1.0801' } };
        const report = await reader.report({ by: PIPELINE_GROUPS, kinds: ['financing'], months: 6, rates });
        expectSums(report, walks);
        expectFunnel(report, walks.length);
        expectTimeline(report, ends);
      });
      await fc.assert(property, { seed, numRuns: 25 });
    }, 60_000);

    /** Answers the stage it ends with. */
    async function insert({ stages, steps, precision, amount, currency, sectors, country }: Walk): Promise<DealStage> {
      const path = stages.filter((stage, at) => stage !== stages[at - 1]);
      const last = path.at(-1) ?? 'lead';
      const id = randomUUID();
      let at = Date.now() - 300 * 86_400_000;
      const changes = path.map((to, place) => {
        at += (steps[place] ?? 0) * 86_400_000;
        return {
          id: randomUUID(),
          place: place + 1,
          from: path[place - 1] ?? null,
          to,
          at: new Date(at).toISOString(),
        };
      });
      await api.database.query(
        `INSERT INTO deals (id, title, kind, stage, stage_since, closed_on, amount, currency, sectors, country, search_key)
         VALUES ($1, 'Walk', 'financing', $2, now(), CASE WHEN $2 LIKE 'closed%' THEN current_date END, $3, $4, $5, $6, 'walk')`,
        [id, last, amount === null ? null : amount / 100, amount === null ? null : currency, sectors, country],
      );
      await api.database.query(
        `INSERT INTO deal_stage_changes (id, deal_id, place, from_stage, to_stage, at, date_precision, created_by_name)
         SELECT c.id, $1, c.place, c.from, c.to, c.at, $3, 'Walk'
         FROM jsonb_to_recordset($2) AS c (id uuid, place int, "from" text, "to" text, at timestamptz)`,
        [id, JSON.stringify(changes), precision],
      );
      return last;
    }

    const STATES = ['open', 'won', 'lost'] as const;
    const cents = (amounts: { amount: string; currency: string }[], currency: string): bigint =>
      amounts
        .filter((one) => one.currency === currency)
        .reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);

    function expectSums(
      { totals, byStage = [], byCountry = [], byOwner = [], bySector = [] }: PipelineReport,
      walks: Walk[],
    ): void {
      const stateOf = (stage: DealStage) => ({ closed_won: 'won', closed_lost: 'lost' })[stage as string] ?? 'open';
      for (const state of STATES) {
        const stages = byStage.filter(({ stage }) => stateOf(stage) === state);
        for (const groups of [stages, byCountry.map((group) => group[state]), byOwner.map((group) => group[state])]) {
          const total = totals[state];
          expect(groups.reduce((sum, { deals }) => sum + deals, 0)).toBe(total.deals);
          expect(groups.reduce((sum, { withoutValue }) => sum + withoutValue, 0)).toBe(total.withoutValue);
          for (const currency of ['USD', 'AZN', 'EUR'])
            expect(
              cents(
                groups.flatMap(({ value }) => value.byCurrency),
                currency,
              ),
            ).toBe(cents(total.value.byCurrency, currency));
        }
      }
      const all = STATES.flatMap((state) => totals[state].value.byCurrency);
      for (const currency of ['USD', 'AZN', 'EUR'])
        expect(cents(all, currency)).toBe(
          walks.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum + BigInt(amount ?? 0), 0n),
        );
      const inSectors = bySector.flatMap((group) => STATES.map((state) => group[state].deals));
      expect(inSectors.reduce((sum, deals) => sum + deals, 0)).toBe(
        walks.reduce((sum, { sectors }) => sum + Math.max(1, sectors.length), 0),
      );
    }

    function expectFunnel({ conversion, totals }: PipelineReport, deals: number): void {
      expect(conversion[0]?.reached).toBe(deals);
      conversion.forEach(({ reached, wentOn, skipped, stopped, now }, place) => {
        expect(wentOn).toBe(conversion[place + 1]?.reached ?? totals.won.deals);
        expect(wentOn).toBeLessThanOrEqual(reached);
        expect(skipped).toBeLessThanOrEqual(reached);
        expect(wentOn + stopped.open + stopped.onHold + stopped.lost).toBe(reached);
        expect(now.open + now.onHold + now.won + now.lost).toBe(reached);
      });
    }

    function expectTimeline({ timeline, timeInStage }: PipelineReport, ends: DealStage[]): void {
      timeline.forEach(({ entered, won, lost, reopened, open, byStage }, place) => {
        const before = timeline[place - 1];
        if (before) expect(open).toBe(before.open + entered + reopened - won - lost);
        for (const { deals } of byStage) expect(deals).toBeGreaterThanOrEqual(0);
      });
      for (const { stage, past, present } of timeInStage) {
        const now = ends.filter((end) => end === stage).length;
        expect(present.count).toBe(now);
        expect(timeline.at(-1)?.byStage.find((one) => one.stage === stage)?.deals).toBe(now);
        for (const span of [past, present]) expect(span.medianDays ?? 0).toBeLessThanOrEqual(span.longestDays ?? 0);
      }
    }
  });
});

/** Elements that end wrongly, or not at all. */
function unclosed(xml: string): string[] {
  const open: string[] = [];
  for (const [, end, name = '', empty] of xml.matchAll(/<(\/?)([a-zA-Z][\w:-]*)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (empty) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}
