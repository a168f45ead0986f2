import fc from 'fast-check';
import pg from 'pg';
import type { KnownNode, LineageEdge, LineageGraph, RestrictedNode } from '#reports';
import { layGraph, lineageGraphs, POOL, type Pooled } from '../support/random-lineages.js';
import { type Client, clientWith, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  [field: string]: unknown;
}
type Answer = LineageGraph & { deal: Made };

const NOBODY = '019a0000-0000-7000-8000-000000000000';
const NY = 'America/New_York';
const SUBJECTS: Record<string, string> = {
  conferences: 'conference',
  sessions: 'session',
  'side-meetings': 'side_meeting',
  'trade-missions': 'trade_mission',
  commitments: 'commitment',
  agreements: 'agreement',
  organizations: 'organization',
  tasks: 'task',
};

let api: TestApi;
let [staff, manager, viewer, admin]: Client[] = [];

beforeAll(async () => {
  api = await startTestApi();
  [staff, manager, viewer, admin] = [
    ...[await api.as('staff'), await api.as('manager')],
    ...[await api.as('viewer'), await api.as('admin')],
  ];
});
afterAll(() => api?.close());

async function post(path: string, body: object, client = manager as Client): Promise<Made> {
  const answer = await client.post(`/v1/${path}`).send(body);
  if (answer.status >= 300) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as Made;
}
const lineage = async (dealId: string, client = manager as Client): Promise<Answer> =>
  (await client.get(`/v1/deals/${dealId}/lineage`).expect(200)).body as Answer;
const organization = (name: string) => post('organizations', { name, kind: 'company' });
const deal = (fields: object = {}) => post('deals', { title: 'Cement plant upgrade', kind: 'export_sale', ...fields });
const about = (path: keyof typeof SUBJECTS, { id }: Made) => ({ type: SUBJECTS[path], id });
const touch = (dealId: string, of: { type?: string; id: string }, effect: string, fields: object = {}) =>
  post(`deals/${dealId}/touchpoints`, { about: of, effect, ...fields });
const HELD = { kind: 'bilateral', status: 'held', timeZone: NY };
const AT_TWO = { startsAt: '2026-03-10T14:00', endsAt: '2026-03-10T15:00' };

let person: Made;
let [supplier, buyer]: Made[] = [];
beforeAll(async () => {
  person = await post('people', { fullName: 'Rauf Sadıqlı' });
  [supplier, buyer] = [await organization('Kiln Works'), await organization('Norm Cement')];
});
const meeting = (fields: object = {}, client = manager as Client) =>
  post(
    'side-meetings',
    { title: 'Terms', ...HELD, ...AT_TWO, participants: [{ personId: person.id, side: 'host' }], ...fields },
    client,
  );
const promise = (fields: object = {}) => ({
  ...{ action: 'Send a quotation', owedBy: { organizationId: supplier?.id } },
  ...{ owedTo: { personId: person.id, organizationId: buyer?.id }, ...fields },
});
const event = (fields: object = {}) =>
  post('conferences', {
    ...{ name: 'Trade and Business Conference', status: 'completed', timeZone: NY },
    ...{ startsAt: '2026-03-10T09:00', endsAt: '2026-03-11T18:00', ...fields },
  });

/** Told by names, so that what is expected can be read. */
function read({ nodes, edges }: LineageGraph) {
  const names = new Map(nodes.map((node) => [node.key, 'id' in node ? node.title : node.key]));
  const sentences = edges.map(({ from, to, relation, basis }) =>
    [names.get(from), relation, names.get(to), `(${basis})`].join(' '),
  );
  return { names: [...names.values()], sentences };
}

const known = ({ nodes }: LineageGraph): KnownNode[] => nodes.filter((node): node is KnownNode => 'id' in node);

describe('the lineage of a deal', () => {
  it('tells session, meeting, promise, agreement, instrument and stages, each with its date and the fact that connects it', async () => {
    const forum = await event();
    const panel = await post(`conferences/${forum.id}/sessions`, {
      ...{ title: 'Energy panel', kind: 'panel', startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:30' },
    });
    const mission = await post('trade-missions', {
      ...{ name: 'Cement mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US', timeZone: NY },
      ...{ startsOn: '2026-03-09', endsOn: '2026-03-13' },
    });
    const made = await deal({ stageSince: '2026-03-10', value: { amount: '14000000', currency: 'USD' } });
    await post(`deals/${made.id}/parties`, { organizationId: buyer?.id, role: 'buyer' });
    const talk = await meeting({
      ...{ title: 'Kiln talks', about: [about('sessions', panel)], dealId: made.id },
      commitments: [promise({ dueTo: '2026-04-30', dueText: 'by the end of April', source: 'Minutes, item 3' })],
    });
    const [quoted] = talk.commitments as Made[];
    const visit = await meeting({
      ...{
        title: 'Plant visit',
        kind: 'site_visit',
        startsAt: '2026-03-01T00:00',
        endsAt: null,
        datePrecision: 'month',
      },
    });
    const mou = await post('agreements', {
      ...{ title: 'Kiln MoU', kind: 'mou', status: 'signed', dealId: made.id, parties: [{ name: 'Norm Cement' }] },
      ...{ datePrecision: 'window', signedFrom: '2026-03-09', signedTo: '2026-03-13' },
      provenance: [{ statement: 'Signed during the visit', source: 'Press release' }],
      abouts: [
        { ...about('trade-missions', mission), relation: 'within' },
        { type: 'commitment', id: quoted?.id, relation: 'follows' },
      ],
    });
    await post(`commitments/${quoted?.id}/fulfilment`, { evidence: about('agreements', mou) });
    const panelTouched = await touch(made.id, about('sessions', panel), 'originated', { note: 'First asked there' });
    const visitAdvanced = await touch(made.id, about('side-meetings', visit), 'advanced', { at: '2026-03-12' });
    const visitNamed = await touch(made.id, about('side-meetings', visit), 'mentioned');
    const agency = await organization('Development Agency');
    const study = await post(`deals/${made.id}/instruments`, {
      ...{ kind: 'feasibility_study', providerId: agency.id, status: 'granted', evidence: about('agreements', mou) },
      ...{ statusOn: '2026-05-01', datePrecision: 'month', amount: { amount: '500000', currency: 'USD' } },
    });
    const journey = await post(`deals/${made.id}/instruments`, {
      ...{ kind: 'reverse_trade_mission', providerId: agency.id, status: 'proposed', missionId: mission.id },
    });
    const scoping = await post(`deals/${made.id}/stage-changes`, {
      ...{
        stage: 'scoping',
        at: '2026-03-10T19:30:00Z',
        note: 'Agreed on a visit',
        evidence: about('side-meetings', talk),
      },
    });
    const [lead] = (await manager?.get(`/v1/deals/${made.id}/stage-changes`))?.body.data as [Made];

    const answer = await lineage(made.id);
    expect(answer.deal).toMatchObject({ id: made.id, parties: [{ organization: 'Norm Cement', role: 'buyer' }] });
    const node = ({ id }: Made, type: string, title: string, fields: object) => ({
      key: id,
      id,
      type,
      title,
      ...fields,
    });
    const eastern = { timeZone: NY, dateOf: 'start' };
    const money = (amount: string) => ({ amount, currency: 'USD' });
    const writtenDownAt = expect.any(String) as string;
    // Washington keeps summer time from 8 March 2026: noon is 16:00Z.
    expect(answer.nodes).toEqual([
      node(made, 'deal', 'Cement plant upgrade', {
        ...{ kind: 'export_sale', status: 'scoping', detail: { value: money('14000000.00') } },
      }),
      node(visit, 'side_meeting', 'Plant visit', {
        ...{ kind: 'site_visit', status: 'held', at: '2026-03-01', datePrecision: 'month', ...eastern },
      }),
      // A window in UTC, which comes before one in Washington.
      node(mou, 'agreement', 'Kiln MoU', {
        ...{ kind: 'mou', status: 'signed', at: '2026-03-09', until: '2026-03-13', datePrecision: 'window' },
        ...{ dateOf: 'signed' },
        detail: { provenance: [{ statement: 'Signed during the visit', source: 'Press release' }] },
      }),
      node(mission, 'trade_mission', 'Cement mission', {
        ...{
          kind: 'reverse',
          status: 'planned',
          at: '2026-03-09',
          until: '2026-03-13',
          datePrecision: 'window',
          ...eastern,
        },
      }),
      node(lead, 'stage_change', 'lead', {
        ...{ at: '2026-03-10', datePrecision: 'day', dateOf: 'change', detail: { to: 'lead', by: 'The manager' } },
      }),
      node(forum, 'conference', 'Trade and Business Conference', {
        ...{ status: 'completed', at: '2026-03-10T13:00:00Z', until: '2026-03-11T22:00:00Z', ...eastern },
      }),
      node(panel, 'session', 'Energy panel', {
        ...{
          kind: 'panel',
          status: 'scheduled',
          at: '2026-03-10T14:00:00Z',
          until: '2026-03-10T15:30:00Z',
          ...eastern,
        },
      }),
      node(talk, 'side_meeting', 'Kiln talks', {
        ...{ kind: 'bilateral', status: 'held', at: '2026-03-10T18:00:00Z', until: '2026-03-10T19:00:00Z', ...eastern },
      }),
      node(scoping, 'stage_change', 'lead → scoping', {
        ...{ at: '2026-03-10T19:30:00Z', dateOf: 'change' },
        detail: { from: 'lead', to: 'scoping', note: 'Agreed on a visit', by: 'The manager' },
      }),
      node(study, 'instrument', 'Development Agency', {
        ...{ kind: 'feasibility_study', status: 'granted', at: '2026-05-01', datePrecision: 'month', dateOf: 'status' },
        detail: { providerId: agency.id, value: money('500000.00') },
      }),
      node(quoted as Made, 'commitment', 'Send a quotation', {
        ...{ status: 'kept', datePrecision: 'unknown' },
        detail: {
          ...{ owedBy: 'Kiln Works', owedTo: 'Rauf Sadıqlı, Norm Cement', dueTo: '2026-04-30' },
          ...{ dueText: 'by the end of April', source: 'Minutes, item 3', settledAt: writtenDownAt, writtenDownAt },
        },
      }),
      node(journey, 'instrument', 'Development Agency', {
        ...{
          kind: 'reverse_trade_mission',
          status: 'proposed',
          datePrecision: 'unknown',
          detail: { providerId: agency.id },
        },
      }),
    ]);
    const edge = (
      from: Made | undefined,
      relation: string,
      to: Made | undefined,
      basis: string,
      fields: object = {},
    ) => ({
      ...{ from: from?.id, relation, to: to?.id, basis, ...fields },
    });
    const touched = (from: Made, { id }: Made, effect: string, fields: object) =>
      edge(from, 'touched', made, 'touchpoint', { touchpointId: id, effect, ...fields });
    expect(answer.edges).toEqual([
      touched(visit, visitAdvanced, 'advanced', { at: '2026-03-12', datePrecision: 'day' }),
      touched(visit, visitNamed, 'mentioned', { at: '2026-03-01', datePrecision: 'month', timeZone: NY }),
      edge(mou, 'of_deal', made, 'agreement.dealId'),
      edge(mou, 'within', mission, 'agreement.about'),
      edge(mou, 'evidence_of', study, 'instrument.evidence'),
      edge(mou, 'evidence_of', quoted, 'commitment.evidence'),
      edge(mou, 'follows', quoted, 'agreement.about'),
      edge(lead, 'of_deal', made, 'stage_change.dealId'),
      edge(lead, 'next_stage', scoping, 'stage_change.place'),
      touched(panel, panelTouched, 'originated', {
        at: '2026-03-10T14:00:00Z',
        timeZone: NY,
        note: 'First asked there',
      }),
      edge(panel, 'part_of', forum, 'session.conferenceId'),
      edge(talk, 'touched', made, 'side_meeting.dealId', {
        ...{ effect: 'mentioned', at: '2026-03-10T18:00:00Z', timeZone: NY, implicit: true },
      }),
      edge(talk, 'about', panel, 'side_meeting.about'),
      edge(talk, 'evidence_of', scoping, 'stage_change.evidence'),
      edge(scoping, 'of_deal', made, 'stage_change.dealId'),
      edge(study, 'of_deal', made, 'instrument.dealId'),
      edge(quoted, 'about', talk, 'commitment.about'),
      edge(journey, 'of_deal', made, 'instrument.dealId'),
      edge(journey, 'paid_for', mission, 'instrument.missionId'),
    ]);
  });

  it('says no more than is known: whatever is unknown is absent, and initialed is not signed', async () => {
    const { id } = await deal();
    const forum = await event();
    const open = await post(`conferences/${forum.id}/sessions`, {
      title: null,
      kind: 'workshop',
      startsAt: null,
      endsAt: null,
    });
    const vague = await meeting({ title: 'Once', startsAt: null, endsAt: null, datePrecision: 'unknown' });
    const paper = { kind: 'mou', parties: [{ name: 'Norm Cement' }], dealId: id };
    await post('agreements', { ...paper, title: 'Initialed', status: 'initialed', initialedOn: '2026-02' });
    await post('agreements', {
      ...paper,
      title: 'Both',
      status: 'signed',
      initialedOn: '2026-02-03',
      signedOn: '2026-03-11',
    });
    await post('agreements', { ...paper, title: 'Some day', status: 'signed' });
    await post('agreements', {
      ...paper,
      title: 'Over',
      status: 'in_force',
      signedOn: '2019',
      expiresOn: '2020-01-01',
    });
    const pledge = await post('commitments', promise({ action: 'Pledge', about: { type: 'deal', id } }));
    await touch(id, about('commitments', pledge), 'mentioned');
    await touch(id, about('sessions', open), 'mentioned');
    await touch(id, about('side-meetings', vague), 'mentioned');
    const answer = await lineage(id);
    const brief = Object.fromEntries(
      known(answer).map(({ title, status, at, datePrecision, dateOf }) => [
        title,
        [status, at, datePrecision, dateOf].join(' '),
      ]),
    );
    expect(brief).toMatchObject({
      ...{ Initialed: 'initialed 2026-02-01 month initialed', Both: 'signed 2026-03-11 day signed' },
      ...{ 'Some day': 'signed  unknown ', Over: 'expired 2019-01-01 year signed', Pledge: 'open  unknown ' },
      ...{ Workshop: 'scheduled  unknown ', Once: 'held  unknown ' },
    });
    expect(known(answer).find(({ title }) => title === 'Both')?.detail).toEqual({
      initialed: { at: '2026-02-03', datePrecision: 'day' },
    });
    const touched = answer.edges.filter(({ basis }) => basis === 'touchpoint');
    expect(touched.map(({ at, datePrecision }) => [at, datePrecision])).toEqual(Array(3).fill([undefined, 'unknown']));
    // Dated first, the deal's stage is of today; then the undated, in the usual course of things.
    expect(known(answer).map(({ title }) => title)).toEqual([
      ...['Cement plant upgrade', 'Over', 'Initialed', 'Trade and Business Conference', 'Both', 'lead'],
      ...['Workshop', 'Once', 'Pledge', 'Some day'],
    ]);
  });

  it('goes by what was written down: what was called off, archived or belongs to others is not there', async () => {
    const { id } = await deal();
    const other = await deal({ title: 'Another deal' });
    const forum = await event();
    const base = { about: [{ type: 'deal', id }, about('conferences', forum)] };
    const named = await meeting({ ...base, title: 'About the deal', commitments: [promise()] });
    await meeting({ ...base, title: 'Nobody came', status: 'no_show', dealId: id });
    const gone = await meeting({
      title: 'Archived',
      dealId: id,
      commitments: [promise({ action: 'Archived promise' })],
    });
    await manager?.delete(`/v1/side-meetings/${gone.id}`).expect(204);
    const dropped = await post('commitments', promise({ action: 'Dropped', about: { type: 'deal', id } }));
    await manager?.delete(`/v1/commitments/${dropped.id}`).expect(204);
    const away = await touch(id, about('conferences', await event({ name: 'Taken back' })), 'originated');
    await manager?.delete(`/v1/touchpoints/${away.id}`).expect(204);
    const loan = await post(`deals/${id}/instruments`, { kind: 'loan', providerId: buyer?.id, status: 'applied' });
    await manager?.delete(`/v1/instruments/${loan.id}`).expect(204);
    await post('agreements', {
      ...{ title: 'Of another', kind: 'mou', status: 'draft', dealId: other.id },
      abouts: [{ ...about('side-meetings', named), relation: 'discussed_in' }],
    });
    await post('commitments', promise({ action: 'Of the whole forum', about: about('conferences', forum) }));
    await post('tasks', { title: 'Call them', about: { type: 'deal', id } });
    await touch(id, about('organizations', buyer as Made), 'mentioned');
    const task = await post('tasks', { title: 'Sent the offer', about: about('side-meetings', named) });
    await post(`deals/${id}/stage-changes`, { stage: 'qualified', evidence: about('tasks', task) });
    await post(`deals/${id}/stage-changes`, { stage: 'on_hold', evidence: { type: 'deal', id: other.id } });
    const { names, sentences } = read(await lineage(id));
    expect([...names].sort()).toEqual([
      ...[
        'About the deal',
        'Another deal',
        'Cement plant upgrade',
        'Norm Cement',
        'Send a quotation',
        'Sent the offer',
      ],
      ...['Trade and Business Conference', 'lead', 'lead → qualified', 'qualified → on_hold'],
    ]);
    expect([...sentences].sort()).toEqual(
      [
        'About the deal about Cement plant upgrade (side_meeting.about)',
        'About the deal about Trade and Business Conference (side_meeting.about)',
        'Another deal evidence_of qualified → on_hold (stage_change.evidence)',
        'Norm Cement touched Cement plant upgrade (touchpoint)',
        'Send a quotation about About the deal (commitment.about)',
        'Sent the offer about About the deal (task.about)',
        'Sent the offer evidence_of lead → qualified (stage_change.evidence)',
        ...['lead', 'lead → qualified', 'qualified → on_hold'].map(
          (each) => `${each} of_deal Cement plant upgrade (stage_change.dealId)`,
        ),
        'lead next_stage lead → qualified (stage_change.place)',
        'lead → qualified next_stage qualified → on_hold (stage_change.place)',
      ].sort(),
    );
  });

  it('is there for an archived deal as the deal is, and 404 for one that never was', async () => {
    const { id } = await deal();
    await manager?.delete(`/v1/deals/${id}`).expect(204);
    expect(await lineage(id)).toMatchObject({
      deal: { id, archivedAt: expect.any(String) as string },
      nodes: [{ id, type: 'deal' }, { type: 'stage_change' }],
      edges: [{ to: id, relation: 'of_deal' }],
    });
    const forum = await event();
    for (const unknown of [NOBODY, forum.id])
      expect((await viewer?.get(`/v1/deals/${unknown}/lineage`).expect(404))?.body).toMatchObject({
        code: 'not_found',
      });
    await viewer?.get('/v1/deals/cement/lineage').expect(400);
    await api.guest.get(`/v1/deals/${id}/lineage`).expect(401);
  });

  it('costs three queries at most, however much there is', async () => {
    const { id } = await deal();
    for (let i = 0; i < 5; i++) await meeting({ title: `Round ${i}`, dealId: id, commitments: [promise()] });
    const query = jest.spyOn(pg.Client.prototype, 'query');
    try {
      const { nodes } = await lineage(id);
      expect(nodes).toHaveLength(12);
      // Whatever else the program does meanwhile concerns neither the caller nor the deal.
      const asked = query.mock.calls.filter((call) =>
        [id, manager?.id].some((each) => JSON.stringify(call).includes(`"${each}"`)),
      );
      expect(asked.length).toBeGreaterThan(1);
      expect(asked.length).toBeLessThanOrEqual(3);
    } finally {
      query.mockRestore();
    }
  });
});

describe('what is restricted in a lineage', () => {
  let outsider: Client;
  let made: Made;
  let quiet: Made;

  beforeAll(async () => {
    outsider = await anotherStaff();
    made = await deal();
    const restricted = { visibility: 'restricted', timeZone: 'Asia/Baku' };
    const forum = await event({ name: 'Quiet forum' });
    const by = staff as Client;
    quiet = await meeting(
      {
        ...{ ...restricted, title: 'Quiet talks', about: [about('conferences', forum)] },
        commitments: [promise({ action: 'Quiet promise' })],
      },
      by,
    );
    await meeting({ ...restricted, title: 'Quiet dinner', dealId: made.id }, by);
    await meeting({ ...restricted, title: 'Quiet lunch', about: [{ type: 'deal', id: made.id }] }, by);
    const shown = about('side-meetings', quiet);
    const touched = (effect: string) => ({ about: shown, effect, note: 'Quiet price', at: '2026-03-12' });
    await post(`deals/${made.id}/touchpoints`, touched('advanced'), by);
    await post(`deals/${made.id}/touchpoints`, touched('originated'), by);
    await post(`deals/${made.id}/stage-changes`, { stage: 'scoping', evidence: shown }, by);
    await post(
      'agreements',
      {
        ...{ title: 'MoU', kind: 'mou', status: 'draft', dealId: made.id },
        abouts: [{ ...shown, relation: 'discussed_in' }],
      },
      by,
    );
    const pledge = await post('commitments', promise({ action: 'Pledge', about: { type: 'deal', id: made.id } }), by);
    await post(`commitments/${pledge.id}/fulfilment`, { evidence: shown }, by);
    const lunch = await meeting({ title: 'Lunch', about: [{ type: 'deal', id: made.id }, shown] }, by);
    await post(`deals/${made.id}/touchpoints`, { about: about('side-meetings', lunch), effect: 'mentioned' }, by);
  });

  it('is all there for its owner and for managers', async () => {
    const [owners, managers] = [await lineage(made.id, staff), await lineage(made.id)];
    expect(owners).toEqual(managers);
    const { names, sentences } = read(owners);
    expect([...names].sort()).toEqual([
      ...[
        'Cement plant upgrade',
        'Lunch',
        'MoU',
        'Pledge',
        'Quiet dinner',
        'Quiet forum',
        'Quiet lunch',
        'Quiet promise',
      ],
      ...['Quiet talks', 'lead', 'lead → scoping'],
    ]);
    expect(sentences.filter((sentence) => sentence.includes('Quiet')).sort()).toEqual([
      'Lunch about Quiet talks (side_meeting.about)',
      'MoU discussed_in Quiet talks (agreement.about)',
      'Quiet dinner touched Cement plant upgrade (side_meeting.dealId)',
      'Quiet lunch about Cement plant upgrade (side_meeting.about)',
      'Quiet promise about Quiet talks (commitment.about)',
      'Quiet talks about Quiet forum (side_meeting.about)',
      'Quiet talks evidence_of Pledge (commitment.evidence)',
      'Quiet talks evidence_of lead → scoping (stage_change.evidence)',
      'Quiet talks touched Cement plant upgrade (touchpoint)',
      'Quiet talks touched Cement plant upgrade (touchpoint)',
    ]);
  });

  it('is for others a type only, once for each fact that they may know, and the rest is not there', async () => {
    for (const reader of [outsider, viewer as Client]) {
      const answer = await lineage(made.id, reader);
      const hidden = answer.nodes.filter((node): node is RestrictedNode => 'restricted' in node);
      expect(hidden).toEqual(
        [1, 2, 3, 4, 5, 6].map((number) => ({ key: `restricted-${number}`, type: 'side_meeting', restricted: true })),
      );
      expect(answer.nodes.slice(-6)).toEqual(hidden);
      const { names, sentences } = read(answer);
      expect(names.slice(0, -6).sort()).toEqual(
        ['Cement plant upgrade', 'Lunch', 'MoU', 'Pledge', 'lead', 'lead → scoping'].sort(),
      );
      // Numbered by what is told of the fact, never by what is hidden.
      expect(sentences.filter((sentence) => sentence.includes('restricted')).sort()).toEqual([
        'Lunch about restricted-3 (side_meeting.about)',
        'MoU discussed_in restricted-1 (agreement.about)',
        'restricted-2 evidence_of Pledge (commitment.evidence)',
        'restricted-4 evidence_of lead → scoping (stage_change.evidence)',
        'restricted-5 touched Cement plant upgrade (touchpoint)',
        'restricted-6 touched Cement plant upgrade (touchpoint)',
      ]);
      expect(answer.edges.filter(({ touchpointId, from }) => touchpointId && from.startsWith('restricted'))).toEqual(
        ['advanced', 'originated'].map((effect) => ({
          ...{ from: expect.any(String) as string, to: made.id, relation: 'touched', basis: 'touchpoint', effect },
          touchpointId: expect.any(String) as string,
        })),
      );
      expect(JSON.stringify(answer)).not.toMatch(new RegExp(`Quiet|Baku|${quiet.id}`));
    }
  });

  it('is told to whoever becomes an owner', async () => {
    await manager?.patch(`/v1/side-meetings/${quiet.id}`).send({ visibility: 'internal' }).expect(200);
    expect(read(await lineage(made.id, outsider)).names).toEqual(
      expect.arrayContaining(['Quiet talks', 'Quiet promise']),
    );
    await manager?.patch(`/v1/side-meetings/${quiet.id}`).send({ visibility: 'restricted' }).expect(200);
    expect(read(await lineage(made.id, outsider)).names).not.toContain('Quiet talks');
  });
});

describe('any lineage', () => {
  let pool: Pooled[];
  let made: Made;
  let outsider: Client;

  beforeAll(async () => {
    [made, outsider] = [await deal(), await anotherStaff('random@chamber.example')];
    const many = async (table: string, count: number, make: (number: number) => Promise<Made>) => {
      const ids: Pooled[] = [];
      for (let number = 0; number < count; number++) ids.push({ id: (await make(number)).id, table });
      return ids;
    };
    const forums = await many('conferences', POOL.conferences, (n) => event({ name: `Forum<${n}>` }));
    const halls = { kind: 'panel', startsAt: null, endsAt: null };
    const mission = { direction: 'reverse', originCountry: 'AZ', hostCountry: 'US', timeZone: NY };
    const days = { startsOn: '2026-03-09', endsOn: '2026-03-13' };
    pool = [
      ...forums,
      ...(await many('conference_sessions', POOL.sessions, (n) =>
        post(`conferences/${forums[n % 2]?.id}/sessions`, { ...halls, title: `Session<${n}>` }),
      )),
      ...(await many('side_meetings', POOL.meetings, (n) =>
        meeting({ title: `Meeting<${n}>`, visibility: n % 2 === 0 ? 'restricted' : 'internal' }, staff),
      )),
      ...(await many('trade_missions', POOL.missions, (n) =>
        post('trade-missions', { ...mission, ...days, name: `Mission<${n}>` }),
      )),
      ...(await many('agreements', POOL.agreements, (n) =>
        post('agreements', { title: `Paper<${n}>`, kind: 'mou', status: 'draft' }),
      )),
      ...(await many('commitments', POOL.commitments, (n) =>
        post('commitments', promise({ action: `Promise<${n}>` }), staff),
      )),
      ...(await many('tasks', POOL.tasks, (n) => post('tasks', { title: `Task<${n}>` }, staff))),
    ];
  }, 60_000);

  const id = (number: number | null): string | null => (number === null ? null : (pool[number]?.id ?? null));

  const keysOf = ({ nodes }: LineageGraph) => nodes.map(({ key }) => key);
  /** Keys of all nodes that are connected to the deal, in whatever direction. */
  function connected(edges: LineageEdge[]): Set<string> {
    const found = new Set([made.id]);
    for (let before = 0; before < found.size;) {
      before = found.size;
      for (const { from, to } of edges) if (found.has(from) || found.has(to)) found.add(from).add(to);
    }
    return found;
  }

  it('has each node once, all of them connected to the deal, and nothing archived or restricted in it', async () => {
    const property = fc.asyncProperty(lineageGraphs, async (graph) => {
      await layGraph(api.database, made.id, pool, graph);
      const hidden = await api.database.query<{ id: string; title: string }>(
        `SELECT id, title FROM records WHERE visibility = 'restricted'`,
      );
      const [whole, partly] = [await lineage(made.id), await lineage(made.id, outsider)];
      for (const answer of [whole, partly]) {
        const keys = keysOf(answer);
        expect(new Set(keys).size).toBe(keys.length);
        expect(connected(answer.edges)).toEqual(new Set(keys));
        expect(new Set(answer.edges.map((edge) => JSON.stringify(edge))).size).toBe(answer.edges.length);
        for (const number of graph.archived) expect(keys).not.toContain(id(number));
      }
      expect(whole.nodes.every((node) => 'id' in node)).toBe(true);
      expect(keysOf(whole)).toEqual(expect.arrayContaining(known(partly).map(({ key }) => key)));
      const text = JSON.stringify(partly);
      expect(hidden.filter((each) => text.includes(each.id) || text.includes(each.title))).toEqual([]);
      expect(await lineage(made.id, outsider)).toEqual(partly);
    });
    await fc.assert(property, { numRuns: 30 });
  }, 60_000);
});

async function anotherStaff(email = 'outsider@chamber.example'): Promise<Client> {
  const password = 'correct horse battery';
  const { id } = await post('users', { email, password, name: 'Outsider', role: 'staff' }, admin);
  const { body } = await api.guest.post('/v1/auth/login').send({ email, password }).expect(200);
  return { id, email, ...clientWith(api.guest, body.accessToken as string) };
}
