import { ApiClient } from '../../apps/cli/src/api-client.js';
import { loadConference } from '../../apps/cli/src/demo/conference.chapter.js';
import { loadFacts, type MeetingFact } from '../../apps/cli/src/demo/conference-data.js';
import { type Ids, loadOrganizations, loadPeople } from '../../apps/cli/src/demo/directory.chapter.js';
import { UsersService } from '#access';
import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

interface Meeting {
  id: string;
  title: string;
  [field: string]: unknown;
}

/** Whose visit it was. */
const VISITOR = 'per-e-aliyev';

/**
 * The visit of the First Deputy Minister of Economy, March 2026, as the press reported it.
 *
 * The visit has no record of its own. No report calls it a trade mission, says who sent whom, or gives one of its days, and
 * a trade mission has all of these; nor was it a conference. What is certain are its meetings and that he held them, so the
 * visit is his timeline. Only the meeting with HAIMAKER.AI is said to have been on the sidelines of the conference, so only
 * that one is about it.
 */
describe('the visit of March 2026', () => {
  const facts = loadFacts();
  const visit = facts.meetings.filter(({ visiting_or_lead_party: party }) => party.includes(VISITOR));
  const ids: Ids = new Map();
  /** Ids of the facts → the meetings as they were answered. */
  const meetings = new Map<string, Meeting>();
  let api: TestApi;
  let staff: Client;
  let manager: Client;
  let other: Omit<Client, 'id' | 'email'>;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, manager] = [await api.as('staff'), await api.as('manager')];
    const user = { email: 'other@chamber.example', name: 'Another', role: 'staff' as const, password: PASSWORD };
    await api.app.get(UsersService).create(user);
    const { body } = await api.guest.post('/v1/auth/login').send({ email: user.email, password: PASSWORD }).expect(200);
    other = clientWith(api.guest, body.accessToken as string);
    const client = ApiClient.withKey(api.url, staff.token);
    await loadOrganizations(client, facts, ids);
    await loadPeople(client, facts, ids);
    await loadConference(client, facts, ids);
  });
  afterAll(() => api?.close());

  const idOf = (fact: string): string => {
    const id = ids.get(fact);
    if (!id) throw new Error(`${fact} is not in the directory.`);
    return id;
  };
  const nameOf = (fact: string): string => facts.people.find(({ id }) => id === fact)?.name ?? fact;
  const titleOf = (fact: string): string => meetings.get(fact)?.title ?? fact;
  const list = async (path: string, client: Pick<Client, 'get'> = staff): Promise<Meeting[]> =>
    (await client.get(encodeURI(path)).expect(200)).body.data;
  const titles = async (path: string, client?: Pick<Client, 'get'>): Promise<string[]> =>
    (await list(path, client)).map(({ title }) => title).toSorted();

  /** All that was reported of a meeting, and nothing else. Counterparts by name: the directory knows them. */
  const note = ({ counterparties, counterparty_org_ids: organizations, ...fact }: MeetingFact): object => ({
    title: `${nameOf(VISITOR)} with ${counterparties.map(nameOf).join(' and ')}`,
    kind: 'bilateral',
    status: 'held',
    startsAt: null,
    endsAt: null,
    timeZone: 'America/New_York',
    topics: fact.topics,
    about: fact.explicitly_on_sidelines_of_conference ? [{ type: 'conference', id: idOf(fact.event_id) }] : [],
    participants: [
      { name: nameOf(VISITOR), side: 'visiting' },
      ...counterparties.map((who, index) => ({
        name: nameOf(who),
        organizationId: idOf(organizations[index] ?? ''),
        side: 'host',
      })),
    ],
  });

  it('is logged in nine POSTs, one for each meeting, and finds everybody by name', async () => {
    expect(visit).toHaveLength(9);
    for (const fact of visit) {
      const { body } = await staff.post('/v1/side-meetings').send(note(fact)).expect(201);
      expect(body.created).toEqual({ people: [], organizations: [] });
      meetings.set(fact.id, body);
    }
    for (const who of ['org-doc', 'org-dos', 'org-ustr', 'org-exim', 'org-dfc', 'org-visa', 'org-tetratech'])
      expect(await list(`/v1/side-meetings?filter[organizationId]=${idOf(who)}`)).toHaveLength(1);
  });

  it('makes up no day, no place, no outcome, no mail and no booking', async () => {
    for (const meeting of meetings.values())
      expect(meeting).toMatchObject({
        ...{ startsAt: null, endsAt: null, datePrecision: 'unknown', location: null, summary: null },
        ...{ commitments: [], followUps: [], plannedMessages: [] },
      });
    const [{ count } = { count: 1 }] = await api.database.query<{ count: number }>(
      `SELECT ((SELECT count(*) FROM bookings) + (SELECT count(*) FROM messages))::int AS count`,
    );
    expect(count).toBe(0);
  });

  it('is no trade mission: that one has days, a direction and a country, which nobody reported', async () => {
    const answer = await staff.post('/v1/trade-missions').send({ name: 'Visit of Elnur Aliyev' }).expect(422);
    const missing = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(missing).toEqual(
      expect.arrayContaining(['/direction', '/startsOn', '/endsOn', '/originCountry', '/hostCountry']),
    );
    expect(await list('/v1/trade-missions')).toEqual([]);
  });

  it('points at the conference from its sidelines only', async () => {
    const conference = idOf('evt-conf');
    expect(await titles(`/v1/side-meetings?filter[aboutId]=${conference}`)).toEqual(['Elnur Aliyev with Su Le']);
    expect(await titles(`/v1/conferences/${conference}/timeline?filter[kind]=side_meeting`)).toEqual([
      'Elnur Aliyev with Su Le',
    ]);
  });

  it('is the timeline of the visitor, and a page of it that of each counterpart', async () => {
    const timeline = (who: string) => titles(`/v1/people/${idOf(who)}/timeline?filter[kind]=side_meeting`);
    expect(await timeline(VISITOR)).toEqual(visit.map(({ id }) => titleOf(id)).toSorted());
    expect(await timeline('per-su-le')).toEqual(['Elnur Aliyev with Su Le']);
    expect(await timeline('per-i-aliyev')).toEqual([]);
    expect(await timeline('per-mammadov')).toEqual([]);
  });

  it('was one meeting with two counterparts of two organizations, whose topics are of both', async () => {
    const both = 'Elnur Aliyev with Hugo Yon and Tsering Dongtog';
    for (const filter of [
      `filter[organizationId]=${idOf('org-dos')}`,
      `filter[organizationId]=${idOf('org-dos-otpn')}`,
      `filter[personId]=${idOf('per-yon')}`,
      `filter[personId]=${idOf('per-dongtog')}`,
      'filter[topics]=current state and prospects of economic cooperation',
    ])
      expect(await titles(`/v1/side-meetings?${filter}`)).toEqual([both]);
    const [meeting] = await list(`/v1/side-meetings?filter[personId]=${idOf('per-yon')}&include=participants`);
    expect(meeting?.participants).toMatchObject([
      { fullName: 'Elnur Aliyev', side: 'visiting' },
      { fullName: 'Hugo Yon', organization: 'U.S. Department of State', side: 'host' },
      { fullName: 'Tsering Dongtog', organization: 'Office of Trade Policy and Negotiations', side: 'host' },
    ]);
  });

  it('is found by what was talked about; a list that was given for four meetings is of no one of them alone', async () => {
    const found = await titles('/v1/search?q=potential created by the TRIPP&types=side_meeting');
    expect(found).toEqual(['Elnur Aliyev with Bill Guidera']);
    const four = ['mtg-exim', 'mtg-dfc', 'mtg-visa', 'mtg-tetratech'].map(titleOf).toSorted();
    expect(await titles('/v1/side-meetings?filter[topics]=application of cloud technologies')).toEqual(four);
    expect(await titles('/v1/search?q=digitalization of public services&types=side_meeting')).toEqual(four);
    expect(await titles('/v1/side-meetings?q=cloud technologies')).toEqual(four);
  });

  it('goes into no calendar, for nobody knows when it was', async () => {
    const { body } = await staff.get(`/v1/side-meetings/${meetings.get('mtg-haimaker')?.id}.ics`).expect(409);
    expect(body.code).toBe('no_exact_time');
  });

  it('promised nothing that was reported; what was promised in public is open, as it was said', async () => {
    for (const { id } of meetings.values()) expect(await list(`/v1/commitments?filter[aboutId]=${id}`)).toEqual([]);
    // Nobody was named: the promise is to them as a group.
    const leaders = { name: 'Azerbaijani civil nuclear sector leaders', kind: 'other', country: 'AZ' };
    const { body: group } = await staff.post('/v1/organizations').send(leaders).expect(201);
    const promise = {
      action:
        'Invite Azerbaijani civil nuclear sector leaders to an event on civil nuclear power in Europe and Eurasia',
      owedBy: { organizationId: idOf('org-ustda'), personId: idOf('per-kress') },
      owedTo: { organizationId: group.id },
      source: 'Trend, 2026-03-11 (S000): “later this year”',
    };
    await staff.post('/v1/commitments').send(promise).expect(201);
    const open = await list(
      `/v1/commitments?filter[status]=open&filter[owedByOrganizationId]=${idOf('org-ustda')}`,
      other,
    );
    expect(open).toMatchObject([
      { owedBy: { personName: 'Carl Kress' }, about: null, dueFrom: null, dueTo: null, status: 'open' },
    ]);
  });

  it('keeps a restricted meeting to those who held it and their managers, wherever others look', async () => {
    const { id, title } = meetings.get('mtg-exim') as Meeting;
    await staff.patch(`/v1/side-meetings/${id}`).send({ visibility: 'restricted' }).expect(200);
    const places = [
      `/v1/side-meetings?filter[organizationId]=${idOf('org-exim')}`,
      '/v1/search?q=application of cloud technologies&types=side_meeting',
      `/v1/people/${idOf(VISITOR)}/timeline?filter[kind]=side_meeting`,
      `/v1/organizations/${idOf('org-exim')}/timeline?filter[kind]=side_meeting`,
    ];
    for (const place of places) {
      expect(await titles(place, other)).not.toContain(title);
      for (const insider of [staff, manager]) expect(await titles(place, insider)).toContain(title);
    }
    await other.get(`/v1/side-meetings/${id}`).expect(404);
    await other.get(`/v1/side-meetings/${id}.ics`).expect(404);
    expect(await list(`/v1/side-meetings?filter[personId]=${idOf(VISITOR)}`, other)).toHaveLength(8);
  });
});
