import { as, day, MeetingGround, NOBODY, scheduled } from '../factories/side-meetings.js';
import { layoutFaults, pdfInfo, pdfPages, pdfText, popplerInstalled, squeezed } from '../support/pdf-reader.js';
import type { Client } from '../support/test-api.js';

interface Told {
  id: string;
  title: string;
}
interface Events {
  count: number;
  sideMeetings: number;
  sessions: number;
  data: (Told & Record<'theirs' | 'ours' | 'speaking', { fullName: string }[]> & Record<string, unknown>)[];
}
interface Promises {
  count: number;
  overdue: number;
  data: { action: string; overdue: boolean }[];
}
interface Title {
  title: string;
  source: string | null;
  doubts: string[];
}
interface Brief {
  preparedFor: string;
  scope: object;
  warnings: { code: string; count: number | null }[];
  lastContact: (Told & { type: string; by: string[]; loggedBy: string | null }) | null;
  staleness: { state: string; stale: boolean; days: number | null };
  past: Events;
  upcoming: Events;
  unlogged: Events;
  commitments: Record<'byUs' | 'byThem' | 'byOthers', Promises>;
  deals: { count: number; open: number; data: (Told & { roles: { role: string }[] } & Record<string, unknown>)[] };
  agreements: { count: number; data: (Told & Record<string, unknown>)[] };
  tasks: { count: number; overdue: number; data: (Told & { overdue: boolean })[] };
  organization: Record<string, unknown> & {
    contacts: { count: number; data: { fullName: string; titles: Title[] }[] };
  };
  person: Record<string, unknown> & { titles: Title[] };
}

const date = (days: number): string => day(days).slice(0, 10);
/** Days are counted by the calendar of the place: here that of the dates above, whatever the hour of the test. */
const ZONE = { timeZone: 'UTC' };
const titlesOf = ({ data }: { data: Told[] }): string[] => data.map(({ title }) => title);

const itPrints = popplerInstalled ? it : it.skip;

describe('what to know before meeting somebody', () => {
  let on: MeetingGround;
  let viewer: Client;
  beforeAll(async () => {
    on = await MeetingGround.open();
    viewer = await on.api.as('viewer');
  });
  afterAll(() => on?.api.close());

  const get = async (path: string, client: Client = on.staff): Promise<Brief> =>
    (await client.get(path).expect(200)).body as Brief;
  const ofOrganization = (id: string, client?: Client, query = '') =>
    get(`/v1/organizations/${id}/brief${query}`, client);
  const ofPerson = (id: string, client?: Client, query = '') => get(`/v1/people/${id}/brief${query}`, client);
  const pdf = async (path: string, client: Client = on.staff): Promise<Buffer> =>
    (await client.get(path).buffer(true).expect(200).expect('Content-Type', 'application/pdf')).body as Buffer;
  const organization = (name: string, values: object = {}) =>
    on.created('/v1/organizations', { name, kind: 'company', ...values });
  const held = (title: string, days: number, participants: object[], values: object = {}, by?: Client) =>
    on.logged({ title, startsAt: day(days, 14), endsAt: day(days), ...ZONE, participants, ...values }, by);
  const title = (personId: string, organizationId: string, values: object) =>
    on.created(`/v1/people/${personId}/positions`, { organizationId, ...values });
  const promise = (action: string, owedBy: object, owedTo: object, values: object = {}) =>
    on.created('/v1/commitments', { action, owedBy, owedTo, ...values });

  /** A ministry with an agency below it, the chamber, and what was between them. */
  async function relations() {
    const [cabinet, chamber, third, minister, engineer, president] = await Promise.all([
      organization('Nazirlər Kabineti', { kind: 'government_agency' }),
      organization('Chamber of Both Shores', { kind: 'chamber' }),
      organization('Third Bank', { kind: 'bank' }),
      on.person('Sabina Ağazadə', { honorific: 'H.E.', nativeName: 'Сабина Агазаде' }),
      on.person('Rauf Ərdəbilli'),
      on.person('Nora House'),
    ]);
    const [name, country] = ['Enerji və Su Nazirliyi', 'AZ'];
    const ministry = await organization(name, { kind: 'ministry', country, parentId: cabinet.id });
    const agency = await organization('Külək Agentliyi', { kind: 'government_agency', parentId: ministry.id });
    await Promise.all([
      title(minister.id, ministry.id, { title: 'Deputy Minister', source: 'Trend, 10 March' }),
      title(minister.id, ministry.id, { title: 'Minister', source: 'Report, 11 March', preferred: true }),
      title(engineer.id, agency.id, { title: 'Chief Engineer' }),
      title(president.id, chamber.id, { title: 'President', source: 'chamber.example' }),
    ]);
    const at = (personId: string, organizationId: string, side = 'visiting') => ({ personId, organizationId, side });
    const past = { startsAt: day(-7, 14), endsAt: day(-7) };
    await Promise.all([
      held('Wind talks', -100, [at(minister.id, ministry.id), at(president.id, chamber.id, 'host')], {
        summary: 'The ministry wants turbines by spring.',
        topics: ['külək'],
      }),
      held('Turbine visit', -40, [at(engineer.id, agency.id)]),
      // For somebody else: hers, but none of the ministry's.
      held('Words of a private person', -20, [at(minister.id, third.id)]),
      on.logged(scheduled({ title: 'Next talks', participants: [at(minister.id, ministry.id)] })),
      on.logged(scheduled({ title: 'Never noted', ...past, participants: [at(minister.id, ministry.id)] })),
    ]);
    return { cabinet, ministry, agency, chamber, third, minister, engineer, president };
  }

  async function panel(personId: string, days: number, sessionTitle: string) {
    const time = { ...ZONE, startsAt: day(days, 13), endsAt: day(days, 20) };
    const conference = await on.created('/v1/conferences', { name: 'Wind Forum', status: 'published', ...time });
    const hours = { startsAt: day(days, 14), endsAt: day(days, 15) };
    const session = await on.created(`/v1/conferences/${conference.id}/sessions`, {
      ...{ title: sessionTitle, kind: 'panel', ...hours },
    });
    const speaker = { personId, role: 'panelist', status: 'confirmed', billedTitle: 'Minister of Wind' };
    await on.created(`/v1/sessions/${session.id}/speakers`, speaker);
    return { conference, session };
  }

  it('tells of an organization who it is, when one met, also its subsidiaries, and when one will meet', async () => {
    const r = await relations();
    await panel(r.minister.id, -60, 'Wind ahead');
    const brief = await ofOrganization(r.ministry.id);
    expect(brief.organization).toMatchObject({
      ...{ kind: 'ministry', country: 'AZ', parent: { id: r.cabinet.id, name: 'Nazirlər Kabineti' }, memberships: [] },
      children: { count: 1, data: [{ id: r.agency.id, name: 'Külək Agentliyi', kind: 'government_agency' }] },
    });
    expect(brief.organization.contacts).toMatchObject({
      count: 1,
      data: [{ fullName: 'Sabina Ağazadə', primary: true }],
    });
    expect(brief.organization.contacts.data[0]?.titles).toMatchObject([
      { title: 'Minister', source: 'Report, 11 March', preferred: true, doubts: [] },
      { title: 'Deputy Minister', source: 'Trend, 10 March', preferred: false, doubts: [] },
    ]);
    // 2 meetings: of the minister for the ministry, of the engineer for its agency; 1 session; the latest first.
    expect(brief.past).toMatchObject({ count: 3, sideMeetings: 2, sessions: 1 });
    expect(titlesOf(brief.past)).toEqual(['Turbine visit', 'Wind ahead', 'Wind talks']);
    expect(brief.past.data[1]).toMatchObject({
      ...{ type: 'session', conference: { name: 'Wind Forum' } },
      speaking: [{ fullName: 'Sabina Ağazadə', role: 'panelist', billedTitle: 'Minister of Wind' }],
    });
    expect(brief.past.data[2]).toMatchObject({
      ...{ summary: 'The ministry wants turbines by spring.', topics: ['külək'], restricted: false },
      ...{ theirs: [{ fullName: 'Sabina Ağazadə' }], ours: [{ fullName: 'Nora House' }] },
    });
    expect(titlesOf(brief.upcoming)).toEqual(['Next talks']);
    expect(titlesOf(brief.unlogged)).toEqual(['Never noted']);
    expect(brief.lastContact).toMatchObject({
      type: 'side_meeting',
      title: 'Turbine visit',
      by: [],
      loggedBy: 'The staff',
    });
    expect(brief.staleness).toMatchObject({ state: 'fresh', stale: false });
    // 41 where midnight came while the test ran.
    expect([40, 41]).toContain(brief.staleness.days);
    expect(brief.scope).toEqual({ subsidiaries: true, organizations: 2 });
    const alone = await ofOrganization(r.ministry.id, on.staff, '?subsidiaries=false&staleAfter=P59D');
    expect(titlesOf(alone.past)).toEqual(['Wind ahead', 'Wind talks']);
    expect(alone).toMatchObject({
      scope: { subsidiaries: false, organizations: 1 },
      staleness: { stale: true },
    });
    expect(alone.warnings).toEqual([
      { code: 'no_contact', count: alone.staleness.days },
      { code: 'not_logged', count: 1 },
    ]);
  });

  it('tells of a person their own only, whomever they came for', async () => {
    const r = await relations();
    await panel(r.minister.id, 20, 'Wind to come');
    const brief = await ofPerson(r.minister.id);
    expect(brief.person).toMatchObject({ fullName: 'Sabina Ağazadə', honorific: 'H.E.', nativeName: 'Сабина Агазаде' });
    expect(brief.person.titles.map(({ title, source }) => [title, source])).toEqual([
      ['Minister', 'Report, 11 March'],
      ['Deputy Minister', 'Trend, 10 March'],
    ]);
    expect(titlesOf(brief.past)).toEqual(['Words of a private person', 'Wind talks']);
    expect(titlesOf(brief.upcoming)).toEqual(['Next talks', 'Wind to come']);
    expect(brief.lastContact).toMatchObject({ title: 'Words of a private person' });
    expect(brief.warnings).toEqual([{ code: 'not_logged', count: 1 }]);
    const engineer = await ofPerson(r.engineer.id);
    expect(engineer.person.titles).toMatchObject([{ title: 'Chief Engineer', source: null, doubts: ['no_source'] }]);
    expect(engineer.warnings).toEqual([{ code: 'titles_without_source', count: 1 }]);
    const longAgo = `UPDATE positions SET updated_at = now() - interval '368 days' WHERE person_id = $1`;
    await on.api.database.query(longAgo, [r.engineer.id]);
    expect((await ofPerson(r.engineer.id)).person.titles).toMatchObject([{ doubts: ['no_source', 'old'] }]);
  });

  it('counts people for where they worked on the day, where nobody said for whom they came', async () => {
    const [former, present] = await Promise.all([organization('Before Ltd'), organization('After Ltd')]);
    const somebody = await on.somebody();
    await title(somebody.id, former.id, { title: 'Director', endedOn: date(-50) });
    await title(somebody.id, present.id, { title: 'Director', startedOn: date(-49) });
    await held('Then', -60, [as(somebody.id)]);
    await held('Now', -10, [as(somebody.id)]);
    await on.api.database.query('UPDATE side_meeting_participants SET organization_id = NULL WHERE person_id = $1', [
      somebody.id,
    ]);
    const declined = await held('Without them', -5, [as(somebody.id)]);
    const no = `UPDATE side_meeting_participants SET participation = 'declined' WHERE meeting_id = $1`;
    await on.api.database.query(no, [declined.id]);
    expect(titlesOf((await ofOrganization(former.id)).past)).toEqual(['Then']);
    expect(titlesOf((await ofOrganization(present.id)).past)).toEqual(['Now']);
    const brief = await ofPerson(somebody.id);
    expect(titlesOf(brief.past)).toEqual(['Now', 'Then']);
    expect(brief.person).toMatchObject({
      formerTitles: [{ title: 'Director', organization: 'Before Ltd', endedOn: date(-50) }],
    });
  });

  it('tells open promises both ways and of others, deals, agreements and tasks', async () => {
    const r = await relations();
    const [ministry, agency] = [{ organizationId: r.ministry.id }, { organizationId: r.agency.id }];
    await promise('Send the grid data', ministry, { organizationId: r.chamber.id }, { dueTo: date(30) });
    await promise(
      'Answer the letter',
      { personId: r.minister.id },
      { organizationId: r.chamber.id },
      { dueTo: date(-3) },
    );
    await promise('Invite the agency', { organizationId: r.chamber.id }, agency, {
      dueTo: date(-3),
      ownerId: on.staff.id,
    });
    await promise('Call back', { personId: r.president.id }, { personId: r.minister.id }, { dueText: 'soon' });
    await promise('Lend the money', { organizationId: r.third.id }, agency, { source: 'Press, 12 March' });
    await promise('Between themselves', ministry, agency);
    const settled = await promise('Long done', ministry, { organizationId: r.chamber.id });
    await on.staff.post(`/v1/commitments/${settled.id}/fulfilment`).send({ evidence: 'Letter' }).expect(200);
    const value = { amount: '1500000.00', currency: 'USD' };
    const deal = { kind: 'project', stage: 'scoping', stageSince: '2026-03-10', ownerId: on.staff.id, value };
    const wind = await on.created('/v1/deals', { title: 'Wind park', ...deal });
    await on.created(`/v1/deals/${wind.id}/parties`, { organizationId: r.agency.id, role: 'buyer' });
    const contact = { organizationId: r.ministry.id, role: 'regulator', personId: r.minister.id };
    await on.created(`/v1/deals/${wind.id}/parties`, contact);
    const mou = { title: 'Wind MoU', kind: 'mou', status: 'signed', signedOn: '2026-03', datePrecision: 'month' };
    const parties = [{ organizationId: r.ministry.id }, { name: 'Somebody else' }];
    await on.created('/v1/agreements', { ...mou, parties, signatories: [{ personId: r.minister.id }] });
    const about = (type: string, id: string, dueAt: string) => ({
      about: { type, id },
      dueAt,
      assigneeId: on.staff.id,
    });
    await on.created('/v1/tasks', { title: 'Ask for a date', ...about('person', r.minister.id, day(-1)) });
    await on.created('/v1/tasks', { title: 'Read their plan', ...about('organization', r.agency.id, day(3)) });

    const brief = await ofOrganization(r.ministry.id);
    const { byUs, byThem, byOthers } = brief.commitments;
    // What was promised to the minister herself was promised to somebody who works there.
    expect(byUs).toMatchObject({
      count: 2,
      overdue: 1,
      data: [{ action: 'Invite the agency' }, { action: 'Call back' }],
    });
    expect(byThem).toMatchObject({ count: 3, overdue: 1 });
    expect(byThem.data.map(({ action, overdue }) => [action, overdue])).toEqual([
      ['Answer the letter', true],
      ['Send the grid data', false],
      ['Between themselves', false],
    ]);
    expect(byOthers).toMatchObject({
      count: 1,
      overdue: 0,
      data: [{ action: 'Lend the money', source: 'Press, 12 March' }],
    });
    expect(brief.deals).toMatchObject({ count: 1, open: 1 });
    expect(brief.deals.data[0]).toMatchObject({
      ...{ title: 'Wind park', stage: 'scoping', stageSince: '2026-03-10', value, owner: { name: 'The staff' } },
      roles: [
        { role: 'buyer', organization: 'Külək Agentliyi' },
        { role: 'regulator', person: 'Sabina Ağazadə' },
      ],
    });
    expect(brief.agreements.data).toMatchObject([
      { title: 'Wind MoU', status: 'signed', signed: '2026-03', as: ['party'] },
    ]);
    expect(brief.tasks).toMatchObject({ count: 2, overdue: 1 });
    expect(titlesOf(brief.tasks)).toEqual(['Ask for a date', 'Read their plan']);
    expect(brief.warnings).toEqual([
      ...[
        { code: 'overdue_by_us', count: 1 },
        { code: 'overdue_by_them', count: 1 },
        { code: 'overdue_tasks', count: 1 },
        { code: 'not_logged', count: 1 },
      ],
    ]);

    const hers = await ofPerson(r.minister.id);
    expect(hers.commitments.byUs.data).toMatchObject([{ action: 'Call back', dueText: 'soon', overdue: false }]);
    expect(hers.commitments.byThem.data).toMatchObject([{ action: 'Answer the letter' }]);
    expect(hers.commitments.byOthers.count).toBe(0);
    expect(hers.deals.data[0]?.roles).toMatchObject([{ role: 'regulator' }]);
    expect(hers.agreements.data).toMatchObject([{ as: ['signatory'] }]);
    expect(titlesOf(hers.tasks)).toEqual(['Ask for a date']);
  });

  it('warns once nobody has spoken with them for longer than asked, to the day', async () => {
    const { ministry, minister } = await relations();
    const days = (await ofPerson(minister.id)).staleness.days ?? 0;
    expect([20, 21]).toContain(days);
    const state = async (staleAfter: number) =>
      (await ofPerson(minister.id, on.staff, `?staleAfter=P${staleAfter}D`)).staleness;
    expect(await state(days)).toMatchObject({ state: 'fresh', stale: false, staleAfter: `P${days}D` });
    expect(await state(days - 1)).toMatchObject({ state: 'stale', stale: true });
    const came = await panel(minister.id, -3, 'Not hers');
    await on.api.database.query(`UPDATE speakers SET status = 'declined' WHERE session_id = $1`, [came.session.id]);
    expect((await ofPerson(minister.id)).past.sessions).toBe(0);
    await on.api.database.query(
      `INSERT INTO registrations (id, conference_id, person_id, organization_id, kind, status, code, queued_at, checked_in_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'attendee', 'attended', 'BRIEF', now(), $4)`,
      [came.conference.id, minister.id, ministry.id, day(-3, 13)],
    );
    expect((await ofOrganization(ministry.id)).lastContact).toMatchObject({ type: 'conference', title: 'Wind Forum' });
  });

  describe('with a restricted meeting', () => {
    const SECRETS = ['Gizli danışıq', 'Sükut saxlamaq', 'Gizli tapşırıq'];

    let secret: Awaited<ReturnType<typeof secrets>>;
    beforeAll(async () => {
      secret = await secrets();
    });

    /** Owned by the staff; what came of it is as confidential. */
    async function secrets() {
      const r = await relations();
      const participants = [{ personId: r.minister.id, organizationId: r.ministry.id, side: 'visiting' }];
      const meeting = await held('Gizli danışıq', -3, participants, {
        visibility: 'restricted',
        summary: 'Nobody is to know.',
        commitments: [
          {
            action: 'Sükut saxlamaq',
            owedBy: { organizationId: r.ministry.id },
            owedTo: { organizationId: r.chamber.id },
          },
        ],
      });
      const task = { title: 'Gizli tapşırıq', about: { type: 'organization', id: r.ministry.id } };
      const { id } = await on.created('/v1/tasks', task);
      // A task about something restricted is as restricted: here it is made so by hand, about the ministry itself.
      await on.api.database.query(
        `UPDATE records SET visibility = 'restricted', owner_ids = ARRAY[$2::uuid] WHERE id = $1`,
        [id, on.staff.id],
      );
      return { ...r, meeting };
    }

    it('is the same as without one for staff who do not own it, and tells it to its owner and to managers', async () => {
      const { ministry, minister, meeting } = secret;
      for (const stranger of [on.other, viewer])
        for (const brief of [await ofOrganization(ministry.id, stranger), await ofPerson(minister.id, stranger)]) {
          const text = JSON.stringify(brief);
          for (const words of [...SECRETS, meeting.id, 'restricted":true']) expect(text).not.toContain(words);
          expect(brief.past.count).toBe(2);
          expect(brief.commitments.byThem.count).toBe(0);
          expect(brief.tasks.count).toBe(0);
        }
      expect((await ofOrganization(ministry.id, on.other)).lastContact).toMatchObject({ title: 'Turbine visit' });
      for (const insider of [on.staff, on.manager]) {
        const brief = await ofOrganization(ministry.id, insider);
        expect(brief.past).toMatchObject({ count: 3, sideMeetings: 3 });
        expect(brief.past.data[0]).toMatchObject({ title: 'Gizli danışıq', restricted: true });
        expect(brief.lastContact).toMatchObject({ title: 'Gizli danışıq' });
        expect(brief.commitments.byThem.count).toBe(1);
        expect(brief.tasks.count).toBe(1);
      }
      expect((await ofPerson(minister.id, on.manager)).past.count).toBe(3);
    });

    itPrints('is on paper what its reader may see, for many at once, and says who that is', async () => {
      const { ministry } = secret;
      const path = `/v1/organizations/${ministry.id}/brief.pdf`;
      const files = await Promise.all([
        pdf(path, on.other),
        pdf(path, on.staff),
        pdf(`${path}?language=ru`, on.manager),
      ]);
      const [stranger, owner, manager] = files.map((file) => squeezed(pdfText(file)));
      for (const words of [...SECRETS, 'Nobody is to know'].map(squeezed)) {
        expect(stranger).not.toContain(words);
        expect(owner).toContain(words);
        expect(manager).toContain(words);
      }
      // As the last contact, with what came of it, and among past meetings.
      expect(owner?.split('Confidential')).toHaveLength(3);
      expect(owner?.split(squeezed('Nobody is to know'))).toHaveLength(3);
      // By the clock of the meeting, and which that is.
      expect(stranger).toContain(squeezed('14:00 (GMT+0) Turbine visit'));
      expect(stranger).not.toContain('Confidential');
      expect(stranger).toContain(squeezed('Prepared for Another'));
      for (const words of ['Past meetings (2)', 'Who they are', 'source: Trend, 10 March', 'Counted with 1 subsidiary'])
        expect(stranger).toContain(squeezed(words));
      expect(owner).toContain(squeezed('Prepared for The staff'));
      for (const words of ['Конфиденциально', 'Прошлые встречи (3)', 'Кто это', 'Открытые обязательства'])
        expect(manager).toContain(squeezed(words));
    });
  });

  itPrints('is a file of a few pages in the language asked for, with every letter in its place', async () => {
    const { ministry, chamber, third } = await relations();
    const long = `Dövlət Külək Enerjisi və Şəbəkə Təhlükəsizliyi İdarəsi ${'Uzunadlıidarə'.repeat(7)}`;
    const somebody = await on.somebody({
      fullName: `Жанна Ğüləşən-${'Ərdəbilli'.repeat(6)}`,
      phone: '+994501234567',
    });
    await title(somebody.id, ministry.id, { title: long, source: 'https://ministry.example/şəxslər' });
    const due = { dueFrom: date(-20), dueTo: date(-5), dueText: 'bu yay', source: long };
    await promise(long, { organizationId: ministry.id, personId: somebody.id }, { organizationId: chamber.id }, due);
    await promise('Обещание банка', { organizationId: third.id }, { organizationId: ministry.id });
    const at = { personId: somebody.id, organizationId: ministry.id, side: 'visiting' };
    const more = { summary: `${long}. ${'Söz '.repeat(500)}`, location: long };
    const numbers = Array.from({ length: 11 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => held(`Görüş ${number}: ${long}`, -200 - number, [at], more)));
    await on.created('/v1/agreements', {
      ...{ title: 'Memorandum', kind: 'mou', status: 'signed', parties: [{ organizationId: ministry.id }] },
      provenance: [{ statement: 'Səfər çərçivəsində', source: 'Report, 12 March' }],
    });
    const file = await pdf(`/v1/organizations/${ministry.id}/brief.pdf?language=az&paper=letter`);
    const text = squeezed(pdfText(file));
    for (const words of [
      ...['Kimdir', 'vaxtı keçib', 'mənbə: Report, 11 March; qeydə alınıb:', 'və daha 3', 'Обещание банка', 'bu yay'],
      '“Səfər çərçivəsində” (Report, 12 March)',
    ])
      expect(text.includes(squeezed(words)) ? '' : words).toBe('');
    expect(text).not.toContain('\uFFFD');
    expect(pdfInfo(file)['Page size']).toContain('letter');
    expect(layoutFaults(pdfPages(file))).toEqual([]);
    expect(Number(pdfInfo(file).Pages)).toBeLessThan(5);
  });

  itPrints('says kindly that nothing is known of a stranger', async () => {
    const [{ id }, nobody] = [await organization('Quiet Stranger LLC'), await on.person('Kimsə Naməlum')];
    const brief = await ofOrganization(id);
    expect(brief).toMatchObject({ lastContact: null, staleness: { state: 'never', stale: false, days: null } });
    expect(brief.warnings).toEqual([{ code: 'never_contacted', count: null }]);
    const answer = await on.staff.get(`/v1/people/${nobody.id}/brief.pdf`).buffer(true).expect(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-disposition': expect.stringContaining('filename="Pre-brief-Kimse-Namelum.pdf"'),
    });
    const file = answer.body as Buffer;
    const text = squeezed(pdfText(file));
    for (const words of ['A good moment to begin', 'No present title is known.'])
      expect(text).toContain(squeezed(words));
    expect(layoutFaults(pdfPages(file))).toEqual([]);
  });

  it('is of bounded size however much there was', async () => {
    const [host, guest] = [await organization('Busy Ltd'), await on.somebody()];
    await on.api.database.query(
      `WITH m AS (INSERT INTO side_meetings (id, title, kind, status, starts_at, ends_at, time_zone, visibility, summary, search_key)
         SELECT gen_random_uuid(), 'Meeting ' || n, 'call', 'held', now() - n * interval '1 day', now() - n * interval '1 day' + interval '1 hour',
           'Asia/Baku', 'internal', repeat('word ', 1000), '' FROM generate_series(1, 2000) n RETURNING id)
       INSERT INTO side_meeting_participants (id, meeting_id, person_id, organization_id, side)
       SELECT gen_random_uuid(), id, $1, $2, 'visiting' FROM m`,
      [guest.id, host.id],
    );
    for (const brief of [await ofOrganization(host.id), await ofPerson(guest.id)]) {
      expect(brief.past.count).toBe(2000);
      expect(titlesOf(brief.past)).toEqual(Array.from({ length: 10 }, (_, index) => `Meeting ${index + 1}`));
      expect(JSON.stringify(brief).length).toBeLessThan(40_000);
      expect(brief.staleness).toMatchObject({ days: 1 });
    }
  });

  it('leads on from merged records, tells archived ones, and refuses what it cannot answer', async () => {
    const [keep, gone] = [await organization('Kept Ltd'), await organization('Gone Ltd')];
    const guest = await on.somebody();
    await held('With the merged one', -2, [{ personId: guest.id, organizationId: gone.id, side: 'visiting' }]);
    await on.manager
      .post('/v1/organizations/merges')
      .send({ keepId: keep.id, mergeIds: [gone.id] })
      .expect(201);
    const { headers } = await on.staff.get(`/v1/organizations/${gone.id}/brief.pdf?language=az`).expect(308);
    expect(headers.location).toBe(`/v1/organizations/${keep.id}/brief.pdf?language=az`);
    expect(titlesOf((await ofOrganization(keep.id)).past)).toEqual(['With the merged one']);
    await on.staff.delete(`/v1/people/${guest.id}`).expect(204);
    expect((await ofPerson(guest.id)).person).toHaveProperty('archivedAt');

    for (const path of [
      `organizations/${NOBODY}`,
      `people/${NOBODY}`,
      `organizations/${guest.id}`,
      `people/${keep.id}`,
    ])
      for (const form of ['brief', 'brief.pdf']) await on.staff.get(`/v1/${path}/${form}`).expect(404);
    await on.staff.get('/v1/organizations/7/brief').expect(400);
    await on.api.guest.get(`/v1/organizations/${keep.id}/brief`).expect(401);
    const wrong = '?staleAfter=90&subsidiaries=maybe&colour=red&staleAfter2=';
    const { body } = await on.staff.get(`/v1/organizations/${keep.id}/brief${wrong}`).expect(400);
    expect(body.errors).toHaveLength(4);
    for (const query of [
      'staleAfter=PT1H',
      'staleAfter=P1D&staleAfter=P2D',
      'subsidiaries=true',
      'language=en',
      'staleAfter=%00',
    ])
      await on.staff.get(`/v1/people/${guest.id}/brief?${query}`).expect(400);
    await on.staff.get(`/v1/people/${guest.id}/brief.pdf?language=de`).expect(400);
  });
});
