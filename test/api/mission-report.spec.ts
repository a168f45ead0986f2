import { MissionReportReader } from '#mission-papers';
import { UsersService } from '#access';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

const DAY = 86_400_000;
const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const ZONE = 'America/New_York';

interface Made {
  id: string;
  [field: string]: unknown;
}

/** What the report must say was worked out by hand from what `beforeAll` writes down. */
describe('the final report of a trade mission', () => {
  let api: TestApi;
  let staff: Client;
  let stranger: Omit<Client, 'id' | 'email'>;
  let mission: string;
  const ids = new Map<string, string>();

  const idOf = (name: string): string => {
    const id = ids.get(name);
    if (!id) throw new Error(`There is no ${name}.`);
    return id;
  };
  async function make(name: string, path: string, body: object): Promise<Made> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    ids.set(name, answer.body.id);
    return answer.body;
  }
  const report = async (client: Pick<Client, 'get'> = staff) =>
    (await client.get(`/v1/trade-missions/${mission}/report`).expect(200)).body;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
    const user = { email: 'other@chamber.example', name: 'Another', role: 'staff' as const, password: PASSWORD };
    await api.app.get(UsersService).create(user);
    const { body } = await api.guest.post('/v1/auth/login').send({ email: user.email, password: PASSWORD }).expect(200);
    stranger = clientWith(api.guest, body.accessToken as string);
    await people();
    await travel();
    await meetings();
    await plan();
  });
  afterAll(() => api?.close());

  async function people(): Promise<void> {
    for (const name of ['Agency', 'Plant', 'Vendor', 'Lender', 'Lab', 'Sponsor'])
      await make(name, '/v1/organizations', { name, kind: 'company' });
    for (const name of ['Aysel', 'Bahram', 'Ceyhun', 'Vera', 'Viktor', 'Lena', 'Zara', 'Minister'])
      await make(name, '/v1/people', { fullName: `${name} Test` });
  }

  async function travel(): Promise<void> {
    const fields = {
      direction: 'reverse',
      originCountry: 'AZ',
      hostCountry: 'US',
      timeZone: ZONE,
      status: 'under_way',
    };
    const days = { startsOn: day(-30), endsOn: day(30), sponsorId: idOf('Sponsor'), objectives: 'Reactors' };
    mission = (await make('mission', '/v1/trade-missions', { name: 'Mission', ...fields, ...days })).id;
    const path = `/v1/trade-missions/${mission}`;
    const delegates = `${path}/delegates`;
    await make('A', delegates, {
      personId: idOf('Aysel'),
      organizationId: idOf('Agency'),
      role: 'head',
      status: 'confirmed',
      visaStatus: 'approved',
    });
    await make('B', delegates, {
      personId: idOf('Bahram'),
      organizationId: idOf('Plant'),
      role: 'delegate',
      status: 'confirmed',
      visaStatus: 'submitted',
    });
    await make('C', delegates, {
      personId: idOf('Ceyhun'),
      organizationId: idOf('Plant'),
      role: 'delegate',
      status: 'withdrawn',
      visaStatus: 'refused',
    });
    await make('V', `${path}/hosts`, { organizationId: idOf('Vendor'), contactId: idOf('Vera'), status: 'confirmed' });
    await make('L', `${path}/hosts`, { organizationId: idOf('Lender'), status: 'confirmed' });
    await make('Z', `${path}/hosts`, { organizationId: idOf('Lab'), status: 'declined' });
    const item = (days: number) => ({
      startsAt: `${day(days)}T10:00`,
      endsAt: `${day(days)}T12:00`,
      timeZone: ZONE,
      city: 'Washington',
    });
    await make('tour', `${path}/itinerary`, { kind: 'site_visit', title: 'Tour', ...item(-5), hostId: idOf('V') });
    await make('dinner', `${path}/itinerary`, { kind: 'dinner', title: 'Dinner', ...item(5) });
  }

  const meeting = (
    title: string,
    status: string,
    who: [person: string, organization: string, side: string][],
    fields: object = {},
  ) =>
    make(title, '/v1/side-meetings', {
      ...{ title, kind: 'one_on_one', status, timeZone: ZONE, about: [{ type: 'trade_mission', id: mission }] },
      ...{ startsAt: `${day(-5)}T14:00`, endsAt: `${day(-5)}T14:30` },
      participants: who.map(([person, organization, side]) => ({
        personId: idOf(person),
        organizationId: idOf(organization),
        side,
      })),
      ...fields,
    });
  const aysel: [string, string, string] = ['Aysel', 'Agency', 'visiting'];
  const bahram: [string, string, string] = ['Bahram', 'Plant', 'visiting'];
  const vera: [string, string, string] = ['Vera', 'Vendor', 'host'];
  const viktor: [string, string, string] = ['Viktor', 'Vendor', 'host'];
  const lena: [string, string, string] = ['Lena', 'Lender', 'host'];

  async function meetings(): Promise<void> {
    const promise = (action: string, by: object, to: object) => ({ action, owedBy: by, owedTo: to });
    const [toA, toV] = [{ personId: idOf('Aysel') }, { organizationId: idOf('Vendor') }];
    const conference = await make('conference', '/v1/conferences', {
      name: 'Forum',
      timeZone: ZONE,
      startsAt: null,
      endsAt: null,
      status: 'published',
    });
    const talks = await meeting('Talks', 'held', [aysel, vera, viktor], {
      about: [
        { type: 'trade_mission', id: mission },
        { type: 'conference', id: conference.id },
      ],
      topics: ['fuel', 'training'],
      sectors: ['energy'],
      commitments: [
        promise('Send the grid study', toA, toV),
        promise('Send a quote', { personId: idOf('Viktor') }, toA),
        promise('Invite to Idaho', toV, { organizationId: idOf('Agency') }),
        promise('Issue the permit', { personId: idOf('Minister') }, toV),
      ],
      followUps: [{ title: 'Translate the study' }, { title: 'Ask for the quote' }],
    });
    const [, quote] = talks.commitments as Made[];
    await staff.post(`/v1/commitments/${quote?.id}/fulfilment`).send({ evidence: 'Letter' }).expect(200);
    const [translate] = talks.followUps as Made[];
    await staff.post(`/v1/tasks/${translate?.id}/completion`).send({}).expect(200);
    await meeting('Second talks', 'held', [bahram, vera], {
      topics: ['fuel'],
      kind: 'bilateral',
      startsAt: null,
      endsAt: null,
    });
    await meeting('Next', 'scheduled', [aysel, lena], {
      startsAt: `${day(5)}T14:00`,
      endsAt: `${day(5)}T14:30`,
      topics: ['loans'],
    });
    await meeting('Asked for', 'requested', [bahram, lena], { startsAt: null, endsAt: null });
    await meeting('Alone', 'no_show', [aysel, vera]);
    const off = await meeting('Off', 'scheduled', [bahram, vera], {
      startsAt: `${day(6)}T14:00`,
      endsAt: `${day(6)}T14:30`,
    });
    await staff.post(`/v1/side-meetings/${off.id}/cancellation`).send({ reason: 'Ill' }).expect(200);
    await meeting('Undisclosed', 'held', [aysel, lena], {
      visibility: 'restricted',
      topics: ['terms'],
      commitments: [promise('Keep it quiet', { personId: idOf('Lena') }, toA)],
      followUps: [{ title: 'Burn the notes' }],
    });
    await meeting('Elsewhere', 'held', [aysel, vera], { about: [], topics: ['weather'] });
    const gone = await meeting('Archived', 'held', [aysel, vera], { topics: ['weather'] });
    await staff.delete(`/v1/side-meetings/${gone.id}`).expect(204);
  }

  /** An accepted plan as the solver leaves it, and one that was replaced. */
  async function plan(): Promise<void> {
    const requests = [
      ['A', 'V', 5, 0, 1, 'Talks', null],
      ['B', 'V', 4, 1, 1, 'Off', null],
      ['B', 'L', 3, null, null, null, 'Nothing free'],
    ];
    for (const status of ['accepted', 'superseded']) {
      const [row] = await api.database.query<{ id: string }>(
        `INSERT INTO meeting_plans (id, mission_id, status, time_zone, slots, tables, score, upper_bound, gap, proven, actor, accepted_at)
         VALUES (gen_random_uuid(), $1, $2, $3, '[]', 1, 9, 9, 0, 'optimal', '{}', now()) RETURNING id`,
        [mission, status, ZONE],
      );
      for (const [position, [delegate, host, priority, slot, table, met, why]] of requests.entries())
        await api.database.query(
          `INSERT INTO meeting_plan_requests (plan_id, position, delegate_id, host_id, priority, slot, table_number, meeting_id, unmet_message)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            row?.id,
            position,
            idOf(String(delegate)),
            idOf(String(host)),
            priority,
            slot,
            table,
            met && idOf(String(met)),
            why,
          ],
        );
    }
  }

  it('counts delegates by role, status and visa, and hosts with their meetings', async () => {
    const { mission: facts, delegates, hosts } = await report();
    expect(facts).toMatchObject({
      name: 'Mission',
      sponsor: { name: 'Sponsor' },
      owner: { id: staff.id },
      objectives: 'Reactors',
    });
    expect(delegates).toMatchObject({
      total: 3,
      byStatus: { nominated: 0, invited: 0, accepted: 0, confirmed: 2, declined: 0, withdrawn: 1 },
      byRole: { head: 1, delegate: 2, observer: 0, interpreter: 0, escort: 0 },
      byVisaStatus: { not_required: 0, not_started: 0, letter_issued: 0, submitted: 1, approved: 1, refused: 1 },
    });
    expect(delegates.data).toMatchObject([
      { fullName: 'Aysel Test', organization: 'Agency', meetings: { total: 4, held: 2, scheduled: 1, no_show: 1 } },
      { fullName: 'Bahram Test', organization: 'Plant', meetings: { total: 3, held: 1, requested: 1, cancelled: 1 } },
      { fullName: 'Ceyhun Test', status: 'withdrawn', meetings: { total: 0 } },
    ]);
    expect(hosts).toMatchObject({ total: 3, byStatus: { proposed: 0, approached: 0, confirmed: 2, declined: 1 } });
    expect(hosts.data).toMatchObject([
      { organization: 'Lab', status: 'declined', meetings: { total: 0 } },
      { organization: 'Lender', meetings: { total: 3, requested: 1, scheduled: 1, held: 1, cancelled: 0, no_show: 0 } },
      // Two of the vendor sat in one meeting.
      { organization: 'Vendor', contact: 'Vera Test', meetings: { total: 4, held: 2, cancelled: 1, no_show: 1 } },
    ]);
  });

  it('counts each meeting about the mission once, and what was talked about in those that were held', async () => {
    const { meetings: all, topics, sectors, itinerary } = await report();
    expect(all).toMatchObject({
      total: 7,
      byStatus: { requested: 1, scheduled: 1, held: 3, cancelled: 1, no_show: 1 },
      byKind: { one_on_one: 6, bilateral: 1 },
    });
    expect(topics).toEqual([
      { name: 'fuel', meetings: 2 },
      { name: 'terms', meetings: 1 },
      { name: 'training', meetings: 1 },
    ]);
    expect(sectors).toEqual([{ name: 'energy', meetings: 1 }]);
    expect(itinerary).toMatchObject({
      total: 2,
      held: 1,
      byKind: { site_visit: 1, dinner: 1 },
      data: [
        { title: 'Tour', held: true, host: 'Vendor', place: 'Washington', timeZone: ZONE },
        { title: 'Dinner', held: false, host: null },
      ],
    });
    expect(itinerary.data[0].startsAtLocal).toBe(`${day(-5)}T10:00:00`);
  });

  it('tells promises of both sides, and the tasks that came of the meetings', async () => {
    const { commitments, followUps, surveys } = await report();
    const none = { open: 0, kept: 0, broken: 0, released: 0 };
    expect(commitments).toMatchObject({
      total: 5,
      byDelegates: { ...none, open: 1 },
      byHosts: { ...none, open: 2, kept: 1 },
      byOthers: { ...none, open: 1 },
    });
    expect(commitments.data[1]).toMatchObject({
      action: 'Send a quote',
      owedBy: 'Viktor Test',
      owedTo: 'Aysel Test',
      promisedBy: 'hosts',
    });
    expect(followUps).toMatchObject({ total: 3, byStatus: { open: 2, done: 1, cancelled: 0 } });
    expect(surveys).toEqual([]);
  });

  it('tells which requests the accepted plan met, and of those which meetings were held', async () => {
    const { requests } = await report();
    expect(requests).toMatchObject({
      ...{ total: 3, met: 2, unmet: 1, held: 1 },
      plans: [{ requests: 3, met: 2, score: 9, upperBound: 9, gap: 0 }],
      data: [{ delegate: 'Bahram Test', host: 'Lender', priority: 3, reason: 'Nothing free' }],
    });
  });

  it('neither names nor counts what its reader may not see', async () => {
    const theirs = await report(stranger);
    expect(theirs.meetings).toMatchObject({ total: 6, byStatus: { held: 2 } });
    expect(theirs.commitments).toMatchObject({ total: 4, byHosts: { open: 1, kept: 1 } });
    expect(theirs.followUps).toMatchObject({ total: 2, byStatus: { open: 1, done: 1 } });
    expect(theirs.topics.map(({ name }: { name: string }) => name)).toEqual(['fuel', 'training']);
    expect(theirs.hosts.data[1].meetings).toMatchObject({ total: 2, held: 0 });
    expect(theirs.delegates.data[0].meetings).toMatchObject({ total: 3, held: 1 });
    expect(JSON.stringify(theirs)).not.toMatch(/Undisclosed|Keep it quiet|Burn the notes|terms/);
    expect(await report(await api.as('manager'))).toMatchObject({ meetings: { total: 7 } });
  });

  it('takes eight queries, however much there is to tell', async () => {
    const query = jest.spyOn(api.database, 'query');
    await api.app.get(MissionReportReader, { strict: false }).get(mission);
    expect(query).toHaveBeenCalledTimes(8);
    query.mockRestore();
  });

  it('has the surveys once the mission is completed, and is there on paper', async () => {
    await staff.patch(`/v1/trade-missions/${mission}`).send({ status: 'completed' }).expect(200);
    const { surveys } = await report();
    expect(surveys).toMatchObject([
      { months: 3, status: 'open', assignee: 'The staff' },
      { months: 6 },
      { months: 12 },
    ]);
    const pdf = await staff.get(`/v1/trade-missions/${mission}/report.pdf`).buffer(true).expect(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    await staff.get(`/v1/trade-missions/${idOf('A')}/report`).expect(404);
    await staff.get(`/v1/trade-missions/${idOf('A')}/report.pdf`).expect(404);
    await api.guest.get(`/v1/trade-missions/${mission}/report`).expect(401);
  });
});
