import {
  addressOf,
  dayAfter,
  itemBody,
  loadMission,
  missionBody,
  planBody,
} from '../../apps/cli/src/demo/mission-data.js';
import { entryIn, type Made, StoryGround } from '../support/story-ground.js';

jest.setTimeout(60_000);

/** Everybody and everything in it is made up: apps/cli/src/demo/data/civil-nuclear-mission.json */
const DATA = loadMission();
/** The 13th of a September far enough ahead for every reminder. */
const YEAR = [0, 1, 2]
  .map((more) => new Date().getUTCFullYear() + more)
  .find((year) => Date.UTC(year, 8, 13) > Date.now() + 100 * 86_400_000);
const FIRST_DAY = `${YEAR}-09-13`;
const NAME = DATA.mission.name;

interface Plan extends Made {
  status: string;
  score: number;
  upperBound: number;
  gap: number;
  kept: number | null;
  assignments: Meeting[];
  unmet: { delegateId: string; hostId: string; code: string; message: string }[];
  acceptance: Record<string, number> | null;
}

interface Meeting {
  delegateId: string;
  hostId: string;
  startsAtLocal: string;
  table: number;
  interpreter: boolean;
  meetingId: string | null;
}

describe('a made-up civil nuclear reverse trade mission', () => {
  let on: StoryGround;
  let plan: Plan;

  beforeAll(async () => {
    on = await StoryGround.open();
  });
  afterAll(() => on?.close());

  const mission = (rest = '') => `/v1/trade-missions/${on.id('mission')}${rest}`;
  const coming = DATA.delegates.filter(({ key }) => key !== 'murad');
  const rows = async <Row = Made>(path: string): Promise<Row[]> => (await on.get<{ data: Row[] }>(path)).data;
  const fileFrom = async (path: string): Promise<Buffer> => {
    const { body, headers } = await on.staff.get(path).buffer(true).expect(200);
    expect(headers['content-type']).toMatch(/^application\/pdf/);
    return body as Buffer;
  };
  const solved = async (id: string): Promise<Plan> => {
    await on.until(async () => !['queued', 'solving'].includes((await on.get<Plan>(`/v1/meeting-plans/${id}`)).status));
    const found = await on.get<Plan>(`/v1/meeting-plans/${id}`);
    if (found.status !== 'ready') throw new Error(`${String(found.failure)}\n${on.worker.output.slice(-2_000)}`);
    return found;
  };
  const pairOf = ({ delegateId, hostId }: { delegateId: string; hostId: string }) => `${delegateId} ${hostId}`;
  const placeOf = (meeting: Meeting) => `${pairOf(meeting)} ${meeting.startsAtLocal} table ${meeting.table}`;
  const meetingsOf = (key: string) => plan.assignments.filter(({ delegateId }) => delegateId === on.id(key));

  it('has a sponsor, ten hosts with somebody to receive the guests, and twelve people nominated', async () => {
    for (const { name, kind } of [DATA.sponsor, ...DATA.organizations, ...DATA.hosts])
      await on.keep(name, on.post('/v1/organizations', { name, kind, tags: ['made-up'] }));
    await on.keep('mission', on.post('/v1/trade-missions', missionBody(DATA, FIRST_DAY, on.id(DATA.sponsor.name))));
    for (const { key, name, contact, fitNote } of DATA.hosts) {
      const contactId = await on.keep(contact, on.post('/v1/people', { fullName: contact, email: addressOf(key) }));
      const host = { organizationId: on.id(name), contactId, status: 'approached', fitNote };
      await on.keep(key, on.post(mission('/hosts'), host));
    }
    for (const { key, fullName, organization, title, role, locale, dietary } of DATA.delegates) {
      const person = { fullName, locale, email: addressOf(key), country: 'AZ' };
      const personId = await on.keep(fullName, on.post('/v1/people', person));
      const organizationId = organization && on.id(organization);
      if (organizationId) await on.post(`/v1/people/${personId}/positions`, { title, organizationId });
      await on.keep(key, on.post(mission('/delegates'), { personId, organizationId, role, dietary }));
    }
    const { data, page } = await on.get<{ data: Made[]; page: { total: number } }>(mission('/delegates?count=exact'));
    expect(page.total).toBe(12);
    expect(new Set(data.map(({ status }) => status))).toEqual(new Set(['nominated']));
  });

  it('goes to three cities in two zones, and has nobody in two places', async () => {
    for (const item of DATA.itinerary) {
      const body = itemBody(DATA, item, FIRST_DAY, on.ids);
      await on.keep(item.title, on.post(mission('/itinerary'), body));
    }
    expect(await on.get(`/v1/itinerary-items/${on.id('Materials laboratory')}`)).toMatchObject({
      startsAt: `${dayAfter(FIRST_DAY, 5)}T20:00:00Z`,
      startsAtLocal: `${dayAfter(FIRST_DAY, 5)}T14:00:00`,
      timeZone: 'America/Boise',
    });
    const tour = DATA.itinerary.find(({ kind }) => kind === 'site_visit');
    const twice = { ...itemBody(DATA, tour as never, FIRST_DAY, on.ids), title: 'The same hours once more' };
    const clash = await on.post(mission('/itinerary'), twice, 409);
    expect(clash).toMatchObject({ code: 'double_booked' });
    expect((clash.conflicts as { about: Made }[])[0]?.about).toMatchObject({ title: 'Tour of the reactor works' });
  });

  it('invites each in their own language, and takes their answers by the page', async () => {
    const personIds = DATA.delegates.map(({ fullName }) => on.id(fullName));
    const round = { about: { type: 'trade_mission', id: on.id('mission') }, recipients: { personIds } };
    const { counts } = await on.post('/v1/invitations', round, 202);
    expect(counts).toMatchObject({ invited: 12, noEmail: 0 });
    await on.settled();
    expect(on.sink.mails).toHaveLength(12);
    for (const key of ['leyla', 'sabina', 'orxan']) expect((await on.look(addressOf(key))).page).toContain(NAME);
    expect(new Set(['leyla', 'sabina', 'orxan'].map((key) => on.lastTo(addressOf(key)).subject)).size).toBe(3);
    await on.respond(addressOf('murad'), 'declined', 'Elections that week');
    for (const { key } of coming) await on.respond(addressOf(key), 'accepted');
    const statuses = (await rows(mission('/delegates'))).map(
      ({ fullName, status }) => `${String(fullName)} ${String(status)}`,
    );
    expect(statuses).toContain('Murad Talıbov declined');
    expect(statuses.filter((line) => line.endsWith('accepted'))).toHaveLength(11);
  });

  it('sees to visas: a letter for each, an interview to remind of, and only of what is not done', async () => {
    for (const key of ['leyla', 'sabina']) {
      const letter = await fileFrom(`/v1/delegates/${on.id(key)}/invitation-letter.pdf`);
      expect(letter.subarray(0, 5).toString()).toBe('%PDF-');
    }
    const interview = {
      kind: 'visa_interview',
      dueAt: `${dayAfter(FIRST_DAY, -30)}T09:30`,
      timeZone: 'Asia/Baku',
      remindBefore: ['P7D'],
    };
    const { data } = await on.post<{ data: Made[] }>(mission('/milestones'), interview);
    expect(data).toHaveLength(11);
    for (const { id, delegateId } of data)
      if (delegateId !== on.id('orxan')) await on.post(`/v1/milestones/${id}/completion`, {}, 200);
    const before = on.sink.mails.length;
    await on.theTimeComesFor('reminder', '2000-01-01', dayAfter(FIRST_DAY, -31));
    expect(on.sink.mails.slice(before).map(({ to }) => to)).toEqual([addressOf('orxan')]);
    for (const { key } of coming)
      await on.patch(`/v1/delegates/${on.id(key)}`, { visaStatus: 'approved', status: 'confirmed' });
    for (const { key } of DATA.hosts) await on.patch(`/v1/hosts/${on.id(key)}`, { status: 'confirmed' });
    await on.patch(mission(), { status: 'confirmed' });
  });

  it('plans one-on-ones: as many of the wishes as can be, proven to be the best', async () => {
    const { id } = await on.post(mission('/meeting-plans'), planBody(DATA, FIRST_DAY, on.ids), 202);
    plan = await solved(id);
    expect(plan).toMatchObject({ status: 'ready', failure: null, gap: 0 });
    expect(plan.score).toBe(Math.round(plan.upperBound));
    const wishes = Object.values(DATA.oneOnOnes.wishes).flatMap((hosts) => Object.keys(hosts));
    expect(plan.assignments.length + plan.unmet.length).toBe(wishes.length);
    expect(plan.assignments.length).toBeGreaterThan(15);
    for (const { code, message } of plan.unmet) expect([code, message]).not.toContain('');
  });

  it('has nobody, and no table, twice at once; keeps to the limits and to what the calendar knows', () => {
    const { slots, tables, limits } = DATA.oneOnOnes;
    for (const party of ['delegateId', 'hostId', 'table'] as const) {
      const places = plan.assignments.map((meeting) => `${meeting[party]} ${meeting.startsAtLocal}`);
      expect(new Set(places).size).toBe(places.length);
    }
    expect(plan.assignments.every(({ table }) => table <= tables)).toBe(true);
    for (const { key } of coming) expect(meetingsOf(key).length).toBeLessThanOrEqual(limits.perDelegate ?? 0);
    for (const [from] of slots) {
      const now = plan.assignments.filter(({ startsAtLocal }) => startsAtLocal.includes(from));
      expect(now.filter(({ interpreter }) => interpreter).length).toBeLessThanOrEqual(limits.interpreters ?? 0);
    }
    // At nine the regulators are at breakfast.
    for (const key of ['tural', 'sabina'])
      expect(meetingsOf(key).filter(({ startsAtLocal }) => startsAtLocal.includes('T09:00'))).toEqual([]);
  });

  it('shows the timetable as a picture and as a table', async () => {
    const picture = await on.staff.get(`/v1/meeting-plans/${plan.id}.svg`).buffer(true).expect(200);
    expect(String(picture.body)).toContain('Leyla Hüseynzadə');
    const { text } = await on.staff.get(`/v1/meeting-plans/${plan.id}.csv`).expect(200);
    expect(text.trimEnd().split('\r\n')).toHaveLength(plan.assignments.length + 1);
  });

  it('becomes meetings, bookings and invitations when it is accepted, once', async () => {
    const before = on.sink.mails.length;
    plan = await on.post<Plan>(`/v1/meeting-plans/${plan.id}/acceptance`, {}, 200);
    const { length } = plan.assignments;
    expect(plan).toMatchObject({ status: 'accepted', acceptance: { created: length, invited: 2 * length } });
    await on.post(`/v1/meeting-plans/${plan.id}/acceptance`, {}, 200);
    expect(await rows(`/v1/side-meetings?filter[aboutId]=${on.id('mission')}&limit=200`)).toHaveLength(length);
    await on.settled();
    expect(on.sink.mails).toHaveLength(before + 2 * length);
    const [first] = meetingsOf('leyla');
    expect(await entryIn(on.lastTo(addressOf('leyla')))).toMatchObject({ method: 'REQUEST' });
    const meeting = await on.get(`/v1/side-meetings/${first?.meetingId}`);
    expect(meeting).toMatchObject({ kind: 'one_on_one', status: 'scheduled', timeZone: 'America/New_York' });
    const clash = {
      ...{ title: 'Coffee', kind: 'call', status: 'scheduled', timeZone: 'America/New_York' },
      ...{ startsAt: meeting.startsAt, endsAt: meeting.endsAt },
      participants: [{ personId: on.id('Leyla Hüseynzadə'), side: 'visiting' }],
    };
    expect(await on.post('/v1/side-meetings', clash, 409)).toMatchObject({ code: 'double_booked' });
  });

  it('loses a delegate, plans again, and leaves everybody else where they are', async () => {
    const lost = meetingsOf('kenan');
    expect(lost.length).toBeGreaterThan(0);
    await on.patch(`/v1/delegates/${on.id('kenan')}`, { status: 'withdrawn' });
    const before = plan.assignments.filter(({ delegateId }) => delegateId !== on.id('kenan'));
    const { id } = await on.post(mission('/meeting-plans'), { replaces: plan.id }, 202);
    const again = await solved(id);
    expect(again).toMatchObject({ status: 'ready', gap: 0 });
    expect(again.assignments.map(({ delegateId }) => delegateId)).not.toContain(on.id('kenan'));
    const places = new Set(again.assignments.map(placeOf));
    const stayed = before.filter((meeting) => places.has(placeOf(meeting))).length;
    const sent = on.sink.mails.length;
    plan = await on.post<Plan>(`/v1/meeting-plans/${id}/acceptance`, {}, 200);
    const { acceptance } = plan;
    expect(acceptance?.kept).toBe(stayed);
    expect(acceptance?.cancelled).toBeGreaterThanOrEqual(lost.length);
    expect(acceptance?.kept).toBeGreaterThanOrEqual(before.length - 2);
    await on.theTimeComesFor('notice');
    const news = on.sink.mails.slice(sent).map(({ to, subject }) => `${to} ${subject}`);
    expect(news.filter((line) => line.startsWith(addressOf('kenan')))).toHaveLength(lost.length);
    const untouched = coming.find(({ key }) => {
      const mine = again.assignments.filter(({ delegateId }) => delegateId === on.id(key)).map(placeOf);
      const then = before.filter(({ delegateId }) => delegateId === on.id(key)).map(placeOf);
      return mine.length > 0 && mine.toSorted().join() === then.toSorted().join();
    });
    expect(news.filter((line) => line.startsWith(addressOf(untouched?.key ?? '')))).toEqual([]);
  });

  it('has a briefing book for all, and one for each', async () => {
    const book = await fileFrom(mission('/briefing-book.pdf'));
    const own = await fileFrom(mission(`/briefing-book.pdf?delegateId=${on.id('sabina')}`));
    for (const pdf of [book, own]) expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const { text } = await on.staff.get(`/v1/delegates/${on.id('orxan')}/itinerary.ics`).expect(200);
    expect(text).toContain('SUMMARY:Materials laboratory');
    expect(text).not.toContain('Regulators');
  });

  it('meets: outcomes, promises of both sides and tasks, each in one POST', async () => {
    await on.patch(mission(), { status: 'under_way' });
    await theDaysArePast();
    const [absent, first, ...others] = plan.assignments;
    await on.post(`/v1/side-meetings/${absent?.meetingId}/no-show`, {}, 200);
    const delegate = await on.get(`/v1/delegates/${first?.delegateId}`);
    const host = await on.get(`/v1/hosts/${first?.hostId}`);
    const outcome = {
      summary: 'A visit to Baku in spring.',
      commitments: [
        {
          action: 'Send the siting study',
          owedBy: { personId: delegate.personId },
          owedTo: { organizationId: host.organizationId },
        },
        {
          action: 'Send a price range',
          owedBy: { organizationId: host.organizationId },
          owedTo: { personId: delegate.personId },
        },
      ],
      followUps: [{ title: 'Arrange the visit' }],
    };
    const held = await on.post(`/v1/side-meetings/${first?.meetingId}/outcome`, outcome, 200);
    expect(held).toMatchObject({ status: 'held', commitments: [{}, {}], followUps: [{}] });
    for (const { meetingId } of others) await on.post(`/v1/side-meetings/${meetingId}/hold`, { summary: 'Held.' }, 200);
  });

  /** Time passes: the mission, its meetings and its itinerary were two years ago. */
  async function theDaysArePast(): Promise<void> {
    const sql = (table: string, start: string, end: string) =>
      `UPDATE ${table} SET ${start} = ${start} - interval '2 years', ${end} = ${end} - interval '2 years'`;
    await on.api.database.query(sql('trade_missions', 'starts_on', 'ends_on'));
    for (const table of ['itinerary_items', 'side_meetings'])
      await on.api.database.query(sql(table, 'starts_at', 'ends_at'));
  }

  it('is completed: three surveys to come, and a report of what was planned and what happened', async () => {
    await on.patch(mission(), { status: 'completed' });
    await on.patch(mission(), { status: 'reported' });
    const report = await on.get<Record<string, Made>>(mission('/report'));
    const meetings = plan.assignments.length;
    const cancelled = (
      await rows(`/v1/side-meetings?filter[aboutId]=${on.id('mission')}&filter[status]=cancelled&limit=200`)
    ).length;
    expect(report).toMatchObject({
      mission: { name: NAME, status: 'reported', sponsor: { name: DATA.sponsor.name } },
      delegates: {
        total: 12,
        byStatus: { confirmed: 10, declined: 1, withdrawn: 1 },
        byRole: { head: 1, delegate: 9, observer: 1, interpreter: 1 },
      },
      hosts: { total: 10, byStatus: { confirmed: 10 } },
      itinerary: { total: 10, held: 10 },
      meetings: { total: meetings + cancelled, byStatus: { held: meetings - 1, no_show: 1, cancelled, scheduled: 0 } },
      requests: { met: meetings, held: meetings - 1, unmet: plan.unmet.length, plans: [{ score: plan.score }] },
      commitments: { total: 2, byDelegates: { open: 1 }, byHosts: { open: 1 }, byOthers: { open: 0 } },
      followUps: { total: 1, byStatus: { open: 1 } },
    });
    expect(report.surveys).toMatchObject([{ months: 3 }, { months: 6 }, { months: 12 }]);
    expect((await fileFrom(mission('/report.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    const surveys = await rows(`/v1/tasks?filter[aboutId]=${on.id('mission')}&filter[assigneeId]=me&sort=dueAt`);
    const over = Number(YEAR) - 2;
    const days = [`${over}-12-19`, `${over + 1}-03-19`, `${over + 1}-09-19`];
    expect(surveys.map(({ dueAt }) => String(dueAt).slice(0, 10))).toEqual(days);
  });

  it('sent nobody anything twice, and its ledger adds up', async () => {
    expect(on.sink.repeated).toEqual([]);
    const counts = await on.get<Record<string, number>>('/v1/messages/counts');
    const { total = 0, sent = 0, cancelled = 0, suppressed = 0, failed, unknown, stillDue = 0 } = counts;
    expect(total).toBe(sent + cancelled + suppressed + stillDue);
    expect([sent, failed, unknown]).toEqual([on.sink.mails.length, 0, 0]);
  });
});
