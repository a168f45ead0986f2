import { ApiClient } from '../../apps/cli/src/api-client.js';
import { loadConference } from '../../apps/cli/src/demo/conference.chapter.js';
import { loadFacts } from '../../apps/cli/src/demo/conference-data.js';
import { type Ids, loadOrganizations, loadPeople } from '../../apps/cli/src/demo/directory.chapter.js';
import { followMadeUpDeals, type MadeUpStory } from '../../apps/cli/src/demo/made-up-deals.chapter.js';
import { addressOf, dayAfter, loadMission, missionBody } from '../../apps/cli/src/demo/mission-data.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  [field: string]: unknown;
}

interface Lineage {
  nodes: { key: string; type: string; title: string; at?: string; datePrecision?: string }[];
  edges: { from: string; to: string; relation: string; effect?: string; datePrecision?: string }[];
}

/** Money in a report: by currency, and in USD. */
const sums = (byCurrency: [currency: string, amount: string][], converted: string) => ({
  byCurrency: byCurrency.map(([currency, amount]) => ({ amount, currency })),
  converted: { amount: converted, currency: 'USD', notConverted: [] },
});

/** Each edge as a sentence, in the order of the alphabet. */
function sentences({ nodes, edges }: Lineage): string[] {
  const title = (key: string) => nodes.find((node) => node.key === key)?.title ?? key;
  return edges.map(({ from, to, relation }) => `${title(from)} ${relation} ${title(to)}`).toSorted();
}

/** Trend, 11 March 2026; when anything happened before that day, it does not say. */
const REPORTED = '2026-03-11';
const PLATFORM = 'Next-generation digital platform and ecosystem in Azerbaijan';
const CONFERENCE = 'U.S.-Azerbaijan Trade and Business Conference';
const FUND = 'Example Trade Mission Fund';
const MOU = 'MoU of the Ministry of Economy of Azerbaijan and HAIMAKER.AI Inc.';
/** All that was printed of when and where it was signed. */
const provenance = [{ statement: 'Within the framework of the visit', source: 'Trend, 2026-03-11 (S002)' }];

/** What staff write down of the deals behind the reports of March 2026, and what they must not. */
describe('the deal flow of March 2026', () => {
  const facts = loadFacts();
  const ids: Ids = new Map();
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi({ homeTimeZones: ['America/New_York', 'Asia/Baku'] });
    staff = await api.as('staff');
    const client = ApiClient.withKey(api.url, staff.token);
    await loadOrganizations(client, facts, ids);
    await loadPeople(client, facts, ids);
    await loadConference(client, facts, ids);
  });
  afterAll(() => api?.close());

  const id = (name: string): string => {
    const found = ids.get(name);
    if (!found) throw new Error(`Nobody has told of ${name} yet.`);
    return found;
  };
  const post = async (path: string, body: object, status = 201): Promise<Made> => {
    const answer = await staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  };
  const keep = async (name: string, path: string, body: object): Promise<Made> => {
    const made = await post(path, body);
    ids.set(name, made.id);
    return made;
  };
  const get = async <Answer = Made>(path: string): Promise<Answer> => (await staff.get(path).expect(200)).body;
  const list = async (path: string): Promise<Made[]> => (await get<{ data: Made[] }>(path)).data;
  const faults = ({ errors }: Made) =>
    (errors as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`);
  const meeting = (who: string, organization: string, about: object[]) => ({
    ...{ title: `Elnur Aliyev with ${who}`, kind: 'bilateral', status: 'held', timeZone: 'America/New_York' },
    ...{ startsAt: null, endsAt: null, topics: ['digital transformation'], about },
    participants: [
      { name: 'Elnur Aliyev', side: 'visiting' },
      { name: who, organizationId: id(organization), side: 'host' },
    ],
  });

  it('begins with a meeting on the sidelines of the conference, and one that nobody says was there', async () => {
    const sidelines = [{ type: 'conference', id: id('evt-conf') }];
    const made = await keep('talks', '/v1/side-meetings', meeting('Su Le', 'org-haimaker', sidelines));
    expect(made).toMatchObject({ startsAt: null, datePrecision: 'unknown', commitments: [], plannedMessages: [] });
    await keep('bank', '/v1/side-meetings', meeting('Benjamin Todd', 'org-exim', []));
  });

  it('is a lead once a project is spoken of: without a value, with the probability of its stage', async () => {
    const deal = await keep('platform', '/v1/deals', {
      ...{ title: PLATFORM, kind: 'partnership', stage: 'lead', stageSince: REPORTED, country: 'AZ', sectors: ['ict'] },
      notes: 'Trend, 2026-03-11 (S002): “potential partnership”',
    });
    expect(deal).toMatchObject({ stage: 'lead', value: null, probability: 5, probabilityByStage: true });
    expect(deal).toMatchObject({ expectedCloseOn: null, closedOn: null });
    for (const party of ['org-az-economy', 'org-haimaker'])
      await post(`/v1/deals/${id('platform')}/parties`, { organizationId: id(party), role: 'developer' });
  });

  it('was touched by the meeting of both parties, on no day, and not originated by it', async () => {
    const touchpoint = await post(`/v1/deals/${id('platform')}/touchpoints`, {
      ...{ about: { type: 'side_meeting', id: id('talks') }, effect: 'mentioned' },
      note: 'No report says that the MoU came of this meeting.',
    });
    expect(touchpoint).toMatchObject({ at: null, datePrecision: 'unknown', effect: 'mentioned' });
  });

  it('has an MoU that is signed, by nobody who is named, on a day that nobody reported, and not at the meeting', async () => {
    const mou = await keep('mou', '/v1/agreements', {
      ...{ title: MOU, kind: 'mou', status: 'signed', datePrecision: 'unknown', dealId: id('platform'), provenance },
      parties: [{ organizationId: id('org-az-economy') }, { organizationId: id('org-haimaker') }],
      about: { type: 'side_meeting', id: id('talks') },
    });
    expect(mou).toMatchObject({ signedOn: null, signedFrom: null, signedTo: null, signed: null });
    expect(mou).toMatchObject({ value: null, signatories: [], expiresOn: null, provenance });
    // A link that says nothing of itself claims nothing: neither there, nor because of it.
    expect(mou.abouts).toMatchObject([{ id: id('talks'), relation: 'related' }]);
    const invented = { signedOn: '2026-03', datePrecision: 'day' };
    expect((await staff.patch(`/v1/agreements/${mou.id}`).send(invented)).status).toBe(422);
    // The visit has no days, hence no record; a link to its visitor cannot say where the MoU was signed.
    const visitor = { about: { type: 'person', id: id('per-e-aliyev'), relation: 'within' } };
    const { body } = await staff.patch(`/v1/agreements/${mou.id}`).send(visitor).expect(422);
    expect(faults(body)).toEqual(['/about/relation not_an_event']);
  });

  it('moves on by what can be shown, and no further', async () => {
    const evidence = { type: 'agreement', id: id('mou') };
    const note = 'Two named parties have signed; no study, financing or contract was reported.';
    const path = `/v1/deals/${id('platform')}/stage-changes`;
    await post(path, { stage: 'qualified', at: REPORTED, evidence, note });
    expect(await list(path)).toMatchObject([
      { from: null, to: 'lead', at: REPORTED, datePrecision: 'day', evidence: null },
      {
        from: 'lead',
        to: 'qualified',
        at: REPORTED,
        datePrecision: 'day',
        evidence: { ...evidence, title: MOU },
        note,
      },
    ]);
    const deal = await get(`/v1/deals/${id('platform')}`);
    expect(deal).toMatchObject({ stage: 'qualified', stageSince: REPORTED, probabilityByStage: true, value: null });
  });

  it('has a second lead, of plans that were spoken of, with the one promise made about them', async () => {
    await keep('nuclear', '/v1/deals', {
      ...{ title: 'Upcoming Azerbaijani civil nuclear development plans', kind: 'project', country: 'AZ' },
      ...{ stage: 'lead', stageSince: REPORTED, sectors: ['civil_nuclear'] },
    });
    const leaders = { name: 'Azerbaijani civil nuclear sector leaders', kind: 'other', country: 'AZ' };
    await keep('leaders', '/v1/organizations', leaders);
    const promise = await keep('promise', '/v1/commitments', {
      action: 'Invite them to an event on civil nuclear power development in Europe and Eurasia',
      owedBy: { organizationId: id('org-ustda'), personId: id('per-kress') },
      owedTo: { organizationId: id('leaders') },
      // Said on 11 March of a year that ends in December; the words stay beside what is read from them.
      ...{ dueFrom: REPORTED, dueTo: '2026-12-31', dueText: 'later this year', source: 'Trend, 2026-03-11 (S000)' },
      about: { type: 'deal', id: id('nuclear') },
    });
    expect(promise).toMatchObject({ status: 'open', dueText: 'later this year', evidence: null, settledAt: null });
    const { body } = await staff.patch(`/v1/commitments/${promise.id}`).send({ status: 'kept' }).expect(422);
    expect(faults(body)).toEqual(['/evidence required']);
  });

  it('has no instrument: that an agency can pay for studies is no grant', async () => {
    for (const deal of ['platform', 'nuclear']) expect(await list(`/v1/deals/${id(deal)}/instruments`)).toEqual([]);
  });

  it('keeps initialed from signed: the text of the peace agreement has no day and no place of signing', async () => {
    const text = await post('/v1/agreements', {
      ...{ title: 'Peace agreement text', kind: 'declaration', status: 'initialed' },
      parties: [{ name: 'Azerbaijan and Armenia' }],
    });
    expect(text).toMatchObject({ status: 'initialed', initialed: null, initialedPrecision: 'unknown', signed: null });
    const at = { type: 'conference', id: id('evt-conf'), relation: 'signed_at' };
    const claims = { signedOn: '2025-08-08', abouts: [at] };
    const { body } = await staff.patch(`/v1/agreements/${text.id}`).send(claims).expect(422);
    expect(faults(body)).toEqual(expect.arrayContaining(['/signedOn not_signed']));
    expect((await get<{ abouts: object[] }>(`/v1/agreements/${text.id}`)).abouts).toEqual([]);
  });

  describe('is told with no more than that', () => {
    it('by the lineage of the deal: a meeting, an MoU, two stages, and what leads from one to the other', async () => {
      const { nodes, edges } = await get<Lineage>(`/v1/deals/${id('platform')}/lineage`);
      expect(nodes.map(({ type }) => type).toSorted()).toEqual(
        ['deal', 'conference', 'side_meeting', 'agreement', 'stage_change', 'stage_change'].toSorted(),
      );
      expect(sentences({ nodes, edges })).toEqual([
        `Elnur Aliyev with Su Le about ${CONFERENCE}`,
        `Elnur Aliyev with Su Le touched ${PLATFORM}`,
        `${MOU} evidence_of lead → qualified`,
        `${MOU} of_deal ${PLATFORM}`,
        `${MOU} related Elnur Aliyev with Su Le`,
        `lead next_stage lead → qualified`,
        `lead of_deal ${PLATFORM}`,
        `lead → qualified of_deal ${PLATFORM}`,
      ]);
      for (const { type, at, datePrecision } of nodes.filter(({ type }) => type !== 'deal'))
        expect([type, at, datePrecision]).toEqual(
          type === 'stage_change' ? [type, REPORTED, 'day'] : [type, undefined, 'unknown'],
        );
      const [touch] = edges.filter(({ relation }) => relation === 'touched');
      expect(touch).toMatchObject({ effect: 'mentioned', datePrecision: 'unknown' });
      expect(nodes.find(({ type }) => type === 'agreement')).toMatchObject({ detail: { provenance } });
    });

    it('by the conference: it mentioned a deal, and led to nothing that anybody can show', async () => {
      const report = await get<Made & { agreements: { data: object[] } }>(`/v1/reports/conferences/${id('evt-conf')}`);
      expect(report).toMatchObject({
        // The meeting with Su Le; that with Benjamin Todd was part of the visit.
        meetings: { total: 1, byStatus: { held: 1 } },
        // The promise was made in an interview, and is about plans.
        commitments: { total: 0 },
        agreements: {
          ...{ total: 1, byStatus: { signed: 1, initialed: 0 }, data: [{ title: MOU, signed: null }] },
          byRelation: { signed_at: 0, initialed_at: 0, within: 0, discussed_in: 0, follows: 0, related: 1 },
        },
        deals: { total: 1, mentionedOnly: 1, originated: 0, advanced: 0, closed: 0, open: 1, won: 0 },
        value: { won: { byCurrency: [] }, open: { byCurrency: [] }, weighted: { byCurrency: [] } },
        sessions: { total: 4 },
      });
    });

    it('by the pipeline: two open deals, and no money', async () => {
      const { totals, byStage } = await get<{ totals: object; byStage: { stage: string; deals: number }[] }>(
        '/v1/reports/pipeline',
      );
      const nothing = { byCurrency: [], converted: null };
      expect(totals).toMatchObject({
        open: { deals: 2, withoutValue: 2, value: nothing, weighted: nothing },
        ...{ won: { deals: 0 }, lost: { deals: 0 } },
      });
      expect(byStage.flatMap(({ stage, deals }) => (deals > 0 ? [`${stage} ${deals}`] : []))).toEqual([
        ...['lead 1', 'qualified 1'],
      ]);
    });

    it('by what is still to be done: our own question about the MoU, and what the agency promised', async () => {
      const question = {
        title: 'Ask both parties what became of the MoU',
        about: { type: 'deal', id: id('platform') },
      };
      await post('/v1/tasks', { ...question, assigneeId: staff.id });
      const { groups } = await get<{ groups: object[] }>('/v1/reports/follow-ups');
      expect(groups).toMatchObject([
        {
          owner: { id: staff.id },
          ...{ tasks: { open: 1, undated: 1 }, commitments: { open: 1, ours: 0, theirs: 1 } },
        },
      ]);
      const outside = await get<{ groups: { party: Made }[] }>('/v1/reports/follow-ups?by=counterpart');
      expect(outside.groups.map(({ party, ...counts }) => [party.id, counts])).toEqual(
        expect.arrayContaining([
          [id('org-ustda'), expect.objectContaining({ owedByThem: expect.objectContaining({ open: 1 }) })],
          [id('leaders'), expect.objectContaining({ owedToThem: expect.objectContaining({ open: 1 }) })],
        ]),
      );
      expect(outside.groups).toHaveLength(2);
    });

    it('by the brief of HAIMAKER.AI: one meeting of no day, one deal of no value, an MoU, and no promise', async () => {
      const none = { count: 0, data: [] };
      expect(await get(`/v1/organizations/${id('org-haimaker')}/brief`)).toMatchObject({
        organization: { name: 'HAIMAKER.AI Inc.', country: null, memberships: [] },
        lastContact: { title: 'Elnur Aliyev with Su Le', startsAt: null },
        staleness: { state: 'undated', days: null },
        past: { count: 1, sideMeetings: 1, sessions: 0 },
        commitments: { byUs: none, byThem: none, byOthers: none },
        deals: { count: 1, open: 1, data: [{ title: PLATFORM, stage: 'qualified', value: null }] },
        agreements: {
          count: 1,
          data: [{ ...{ title: MOU, status: 'signed', signed: null, value: null, as: ['party'] }, provenance }],
        },
      });
    });

    it('by the history of HAIMAKER.AI, where neither meeting nor MoU has a date', async () => {
      const path = `/v1/organizations/${id('org-haimaker')}/history`;
      const { head, years } = await get<{ head: object; years: { entries: Made[] }[] }>(path);
      expect(head).toMatchObject({
        ...{ meetingsHeld: 1, dealValues: [], dealStages: [{ stage: 'qualified', deals: 1, values: [] }] },
        lastContact: { title: 'Elnur Aliyev with Su Le', datePrecision: 'unknown' },
      });
      const told = years.flatMap(({ entries }) => entries).map(({ kind, datePrecision }) => [kind, datePrecision]);
      expect(told).toEqual(
        expect.arrayContaining(['agreement', 'side_meeting', 'deal_party'].map((kind) => [kind, 'unknown'])),
      );
      const { text } = await staff.get(`${path}.html`).expect(200);
      expect(text).toMatch(/Last contact<\/dt><dd>date not known/);
      expect(text).toContain('“Within the framework of the visit” (Trend, 2026-03-11 (S002))');
      // Only the stages are of a day, that of the reports; the day of the writing down is told as such.
      expect(text.match(/<tr><td>(?!date not known<p class="faint">written down)[^<]*/g)).toEqual(
        Array(2).fill('<tr><td>11 March'),
      );
    });

    it('by the history of a speaker, who spoke and took a title on no day that anybody reported', async () => {
      const { years } = await get<{ years: { entries: Made[] }[] }>(`/v1/people/${id('per-kessler')}/history`);
      const told = years.flatMap(({ entries }) => entries).map(({ kind, datePrecision }) => [kind, datePrecision]);
      expect(told).toEqual(['session', 'position_started', 'position_started'].map((kind) => [kind, 'unknown']));
    });

    it('by the brief of the agency: what it promised is open, in its own words', async () => {
      const { commitments, deals } = await get(`/v1/organizations/${id('org-ustda')}/brief`);
      expect(commitments).toMatchObject({
        ...{ byUs: { count: 0 }, byOthers: { count: 0 } },
        byThem: { count: 1, data: [{ dueText: 'later this year', source: 'Trend, 2026-03-11 (S000)' }] },
      });
      expect(deals).toMatchObject({ count: 0 });
    });
  });

  /** Nothing in the reports reaches as far as a grant or a contract; the made-up deals of the demo do. */
  describe('goes on, made up, to a grant and a contract', () => {
    const data = loadMission();
    /** The day of the made-up roundtable. */
    const day = dayAfter(new Date().toISOString().slice(0, 10), -100);
    let story: MadeUpStory;

    beforeAll(async () => {
      for (const { name, kind } of [data.sponsor, ...data.organizations, ...data.hosts])
        await keep(name, '/v1/organizations', { name, kind, tags: ['made-up'] });
      for (const { key, fullName } of [
        ...data.delegates,
        ...data.hosts.map((host) => ({ ...host, fullName: host.contact })),
      ])
        await post('/v1/people', { fullName, email: addressOf(key) });
      await keep('mission', '/v1/trade-missions', missionBody(data, dayAfter(day, 220), id(data.sponsor.name)));
      story = await followMadeUpDeals(ApiClient.withKey(api.url, staff.token), id('mission'), staff.id);
    });

    it('in one chain: session, meeting, promise, letter of intent, grants and stages', async () => {
      const [reactor, talks, letter] = [
        'Demo: first small reactor',
        'Demo: first small reactor, first talks',
        'Demo: letter of intent on a siting study',
      ];
      const [roundtable, session, fund] = ['Demo: suppliers’ roundtable', 'Demo: small reactors for dry sites', FUND];
      expect(sentences(await get<Lineage>(`/v1/deals/${story.dealId}/lineage`))).toEqual(
        [
          `${session} part_of ${roundtable}`,
          `${session} touched ${reactor}`,
          `${talks} about ${roundtable}`,
          `${talks} touched ${reactor}`,
          `Send a price range about ${talks}`,
          `Send a price range touched ${reactor}`,
          `Send a price range evidence_of lead → scoping`,
          `Name a working group about ${talks}`,
          `${letter} follows ${talks}`,
          `${letter} of_deal ${reactor}`,
          `${letter} evidence_of scoping → feasibility_study`,
          `${reactor}, call touched ${reactor}`,
          // A study and a mission.
          `${fund} of_deal ${reactor}`,
          `${fund} of_deal ${reactor}`,
          `${fund} paid_for ${data.mission.name}`,
          `lead of_deal ${reactor}`,
          `lead → scoping of_deal ${reactor}`,
          `scoping → feasibility_study of_deal ${reactor}`,
          'lead next_stage lead → scoping',
          'lead → scoping next_stage scoping → feasibility_study',
        ].toSorted(),
      );
    });

    it('which the roundtable is told to have begun, and not to have ended', async () => {
      const path = `/v1/reports/conferences/${story.roundtableId}?currency=USD&rates=AZN:0.5882`;
      expect(await get(path)).toMatchObject({
        ...{ sessions: { total: 1 }, meetings: { total: 2, byStatus: { held: 2 } } },
        // Each supplier kept a promise, each buyer has one to keep.
        commitments: { total: 4, kept: 2, open: 2, overdue: 0 },
        agreements: { total: 2, byStatus: { signed: 2 }, byRelation: { follows: 2, signed_at: 0, within: 0 } },
        deals: { total: 2, originated: 2, advanced: 2, closed: 0, mentionedOnly: 0, open: 1, won: 1 },
        value: {
          // 1,700,000 AZN × 0.5882 = 999,940 USD
          won: sums([['AZN', '1700000.00']], '999940.00'),
          open: sums([['USD', '14000000.00']], '14000000.00'),
          // 30 percent for a feasibility study
          weighted: sums([['USD', '4200000.00']], '4200000.00'),
        },
        attribution: {
          firstTouch: { deals: 2, open: sums([['USD', '14000000.00']], '14000000.00') },
          // The last touch of the reactor was a call that belongs to no event.
          lastTouch: {
            deals: 1,
            open: sums([['USD', '0.00']], '0.00'),
            won: sums([['AZN', '1700000.00']], '999940.00'),
          },
          // Session, meeting and promise of four touches, and all three of the training: 3/4 + 1
          even: { deals: 1.75, open: sums([['USD', '10500000.00']], '10500000.00') },
        },
      });
    });

    it('while the mission that a grant pays for has brought about nothing, for it is yet to come', async () => {
      const report = await get(`/v1/reports/trade-missions/${id('mission')}`);
      expect(report).toMatchObject({ meetings: { total: 0 }, deals: { total: 0 }, agreements: { total: 0 } });
    });

    it('is found, and not made again, by whoever tells it again', async () => {
      const again = await followMadeUpDeals(ApiClient.withKey(api.url, staff.token), id('mission'), staff.id);
      expect(again).toEqual(story);
      expect((await list('/v1/deals?limit=200')).length).toBe(4);
    });
  });
});
