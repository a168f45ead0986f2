import { MissionGround, type Somebody } from '../factories/missions.js';
import {
  embeddedFonts,
  layoutFaults,
  pdfInfo,
  pdfLines,
  pdfPages,
  pdfText,
  popplerInstalled,
  squeezed,
} from '../support/pdf-reader.js';
import type { Client } from '../support/test-api.js';

const CHAMBER = 'Chamber of Both Shores';
const FIT = 'Şəbəkə təhlükəsizliyi üzrə Жуков & Co. ilə ortaq maraqlar';
const LONG_NAME = `Dövlət Nüvə Energetikası və Radiasiya Təhlükəsizliyi Agentliyi ${'Uzunadlıidarə'.repeat(8)}`;

describe('the papers of a mission', () => {
  let on: MissionGround;
  let manager: Client;
  let viewer: Client;
  beforeAll(async () => {
    on = await MissionGround.open({
      mailFrom: `${CHAMBER} <events@chamber.example>`,
      postalAddress: '1 K Street NW, Washington, DC 20006',
    });
    [manager, viewer] = await Promise.all([on.api.as('manager'), on.api.as('viewer')]);
  });
  afterAll(() => on?.api.close());

  const organization = async (fields: object): Promise<string> =>
    (await on.post('/v1/organizations', { kind: 'company', ...fields })).id;
  const pdf = async (path: string, client: Client = on.staff): Promise<Buffer> =>
    (await client.get(path).buffer(true).expect(200).expect('Content-Type', 'application/pdf')).body as Buffer;
  const text = async (path: string, client?: Client): Promise<string> => pdfText(await pdf(path, client));

  /** A delegation of two to two hosts, with everything a book tells. */
  async function mission() {
    const [agency, grid, host, quiet] = await Promise.all([
      organization({ name: LONG_NAME, kind: 'government_agency', country: 'AZ' }),
      organization({ name: 'Azərişıq Şəbəkə MMC', country: 'AZ' }),
      organization({ name: 'Reaktor & Söhnə Inc.', website: 'https://reaktor.example/nuclear', sectors: ['energy'] }),
      organization({ name: 'Department of Quiet Affairs', kind: 'department', country: 'US' }),
    ]);
    const head = await on.somebody({
      fullName: 'Sabina Məmmədova',
      honorific: 'H.E.',
      nativeName: 'Сабина Мамедова',
      locale: 'az-AZ',
    });
    const engineer = await on.somebody({ fullName: 'Şahin Ğalibov', locale: 'ru' });
    const contact = await on.somebody({ fullName: 'Żółć Ångström-Ərdəbilli' });
    for (const [title, source, preferred] of [
      ['Deputy Minister', 'Trend, 10 March', false],
      ['Minister', 'Report, 11 March', true],
    ])
      await on.post(`/v1/people/${head.id}/positions`, { organizationId: agency, title, source, preferred });
    await on.post(`/v1/people/${contact.id}/positions`, { organizationId: host, title: 'Chief Engineer' });
    const { id: chamber } = await on.post('/v1/organizations', { name: CHAMBER, kind: 'chamber' });
    const id = await on.mission({
      name: 'Nüvə energetikası missiyası',
      sponsorId: agency,
      objectives: 'Meet suppliers of small reactors.',
      sectors: ['energy'],
    });
    const [delegate, other] = [
      await on.post(`/v1/trade-missions/${id}/delegates`, {
        ...{ personId: head.id, organizationId: agency, role: 'head', status: 'accepted', dietary: 'Halal' },
        arrivesAt: '2037-03-08T20:00',
      }),
      await on.post(`/v1/trade-missions/${id}/delegates`, {
        ...{ personId: engineer.id, organizationId: grid, role: 'delegate', dietary: 'No nuts' },
      }),
    ];
    const { id: hostId } = await on.post(`/v1/trade-missions/${id}/hosts`, {
      ...{ organizationId: host, contactId: contact.id, status: 'confirmed', fitNote: FIT },
    });
    await on.post(`/v1/trade-missions/${id}/hosts`, { organizationId: quiet, status: 'approached' });
    await on.item(id, '2037-03-09T09:00', { title: 'Reactor hall', city: 'Washington', hostId });
    await on.item(id, '2037-03-10T09:00', {
      ...{ title: 'Control room', city: 'Houston', address: '1 Main St', timeZone: 'America/Chicago' },
      delegateIds: [other.id],
    });
    return { id, delegate, other, hostId, head, engineer, contact, agency, grid, host, chamber };
  }

  type Prepared = Awaited<ReturnType<typeof mission>>;

  const held = (m: Prepared, title: string, fields: object = {}) =>
    on.post('/v1/side-meetings', {
      ...{ title, kind: 'bilateral', status: 'held', timeZone: 'America/New_York', summary: `${title}: noted` },
      ...{ startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00' },
      participants: [{ personId: m.contact.id, organizationId: m.host, side: 'host' }],
      ...fields,
    });
  const promise = (action: string, owedBy: string, owedTo: string, fields: object = {}) =>
    on.post('/v1/commitments', {
      ...{ action, owedBy: { organizationId: owedBy }, owedTo: { organizationId: owedTo }, dueTo: '2037-06-30' },
      ...fields,
    });

  const run = popplerInstalled ? describe : describe.skip;

  run('a letter of invitation', () => {
    it('names whom it is for, with name, title and organization, and what they are invited to, in their language', async () => {
      const m = await mission();
      const letter = await text(`/v1/delegates/${m.delegate.id}/invitation-letter.pdf`);
      for (const words of [
        ...[CHAMBER, '1 K Street NW', 'events@chamber.example', 'H.E. Sabina Məmmədova', 'Сабина Мамедова', 'Minister'],
        ...[
          LONG_NAME,
          'Hörmətli H.E. Sabina Məmmədova,',
          'Nüvə energetikası missiyası',
          '9–13 mart 2037',
          'Washington',
        ],
        ...['Amerika Birləşmiş Ştatları', 'Nümayəndə heyətinin rəhbəri', 'Meet suppliers', '8 mart 2037, 20:00'],
      ])
        expect(squeezed(letter)).toContain(squeezed(words));
      expect(letter).not.toContain('Houston');
      expect(letter).not.toContain('Deputy');
      const english = await text(`/v1/delegates/${m.delegate.id}/invitation-letter.pdf?language=en`);
      expect(english).toContain('Dear H.E. Sabina Məmmədova,');
      expect(english).toContain('March 9 – 13, 2037');
    });

    it('may be printed for all at once, each on a page of its own', async () => {
      const m = await mission();
      const file = await pdf(`/v1/trade-missions/${m.id}/invitation-letters.pdf?paper=letter`);
      const [first, second, ...others] = pdfPages(file).map(({ words }) => words.map((word) => word.text).join(' '));
      expect(others).toEqual([]);
      expect(first).toContain('Hörmətli');
      expect(second).toContain('Уважаемый(-ая) Şahin Ğalibov!');
      expect(second).toContain('Houston');
      expect(pdfInfo(file)['Page size']).toContain('letter');
      expect(layoutFaults(pdfPages(file))).toEqual([]);
    });
  });

  it('have no letter for who does not come, nor for a mission that does not take place', async () => {
    const id = await on.mission();
    await on.staff.get(`/v1/trade-missions/${id}/invitation-letters.pdf`).expect(409);
    const { id: delegateId } = await on.delegate(id);
    const path = `/v1/delegates/${delegateId}/invitation-letter.pdf`;
    await on.staff.get(path).expect(200);
    await on.patch(`/v1/delegates/${delegateId}`, { status: 'withdrawn' });
    for (const refused of [path, `/v1/trade-missions/${id}/briefing-book.pdf?delegateId=${delegateId}`])
      expect((await on.staff.get(refused).expect(409)).body).toMatchObject({ code: 'delegate_not_coming' });
    await on.patch(`/v1/delegates/${delegateId}`, { status: 'nominated' });
    await on.patch(`/v1/trade-missions/${id}`, { status: 'cancelled' });
    for (const refused of [path, `/v1/trade-missions/${id}/invitation-letters.pdf`])
      expect((await on.staff.get(refused).expect(409)).body).toMatchObject({ code: 'mission_cancelled' });
  });

  it('are files of their own name, for whoever may read, and kept by nobody on the way', async () => {
    const { id } = await mission();
    const answer = await viewer.get(`/v1/trade-missions/${id}/briefing-book.pdf`).expect(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'private, no-cache' });
    expect(answer.headers['content-disposition']).toContain('filename="Briefing-book-Nuve-energetikasi-missiyasi.pdf"');
    expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''Briefing%20book%20N%C3%BCv%C9%99");
    await on.api.guest.get(`/v1/trade-missions/${id}/briefing-book.pdf`).expect(401);
  });

  it('are refused by name of what is wrong: language, paper, a delegate of another mission', async () => {
    const [{ id }, elsewhere] = await Promise.all([mission(), on.mission({ name: 'Elsewhere' })]);
    const book = `/v1/trade-missions/${id}/briefing-book.pdf`;
    const { body } = await on.staff.get(`${book}?language=de&paper=a5&delegateId=7&colour=red`).expect(400);
    expect(body.errors).toHaveLength(4);
    const { id: stranger } = await on.delegate(elsewhere);
    await on.staff.get(`${book}?delegateId=${stranger}`).expect(404);
    await on.staff.get(`${book}?delegateId=00000000-0000-7000-8000-000000000000`).expect(404);
    await on.staff.get('/v1/trade-missions/00000000-0000-7000-8000-000000000000/briefing-book.pdf').expect(404);
    await on.staff.get(`/v1/delegates/${stranger}/invitation-letter.pdf?delegateId=${stranger}`).expect(400);
  });

  run('a briefing book', () => {
    it('has schedule, people with sourced titles, hosts, past meetings and promises both ways, each letter of them', async () => {
      const m = await mission();
      await held(m, 'Talks on fuel', { topics: ['uranium', 'yanacaq'] });
      for (let number = 1; number <= 6; number++)
        await held(m, `Earlier ${number}`, {
          startsAt: `2025-0${number}-10T10:00`,
          endsAt: `2025-0${number}-10T11:00`,
        });
      await promise('Send the price list', m.host, m.agency, { source: 'Minutes of 10 March' });
      await promise('Open a test site', m.chamber, m.host);
      await promise(
        'Nobody’s business here',
        m.host,
        (await on.post('/v1/organizations', { name: 'Third party', kind: 'bank' })).id,
      );
      await on.post('/v1/side-meetings', {
        ...{ title: 'One-on-one of Sabina', kind: 'one_on_one', status: 'scheduled', timeZone: 'America/New_York' },
        ...{ startsAt: '2037-03-11T15:00', endsAt: '2037-03-11T15:30', location: 'Table 4' },
        about: [{ type: 'trade_mission', id: m.id }],
        participants: [
          { personId: m.head.id, side: 'visiting' },
          { personId: m.contact.id, side: 'host' },
        ],
      });
      const file = await pdf(`/v1/trade-missions/${m.id}/briefing-book.pdf`);
      const book = squeezed(pdfText(file));
      for (const words of [
        ...['Monday, March 9, 2037', '09:00–11:00', 'Washington, GMT-4', 'Baku 17:00–19:00', '18:00–20:00'],
        ...['Chicago, GMT-5', '1 Main St, Houston', 'One-on-one of Sabina', 'Table 4', 'Reactor hall', 'All delegates'],
        ...[
          'Сабина Мамедова',
          `Minister, ${LONG_NAME}`,
          'source: Report, 11 March',
          'Deputy Minister',
          'Trend, 10 March',
        ],
        ...['Żółć Ångström-Ərdəbilli', 'Chief Engineer', FIT, 'https://reaktor.example/nuclear', 'not yet confirmed'],
        ...[
          'Talks on fuel',
          'uranium, yanacaq',
          'Talks on fuel: noted',
          'and 2 earlier meetings',
          'Send the price list',
        ],
        ...['Open a test site', 'source: Minutes of 10 March', 'June 30, 2037', 'Halal: 1', 'No nuts: 1'],
      ])
        expect(book.includes(squeezed(words)) ? '' : words).toBe('');
      expect(book.indexOf('Minister,Dövlət')).toBeLessThan(book.indexOf('DeputyMinister'));
      expect(book).not.toContain('Nobody’s');
      expect(layoutFaults(pdfPages(file))).toEqual([]);
      expect(embeddedFonts(file).every(({ embedded }) => embedded)).toBe(true);
      expect(book).not.toContain('\uFFFD');
    });

    it('tells the pages of its chapters, hosts and days', async () => {
      const { id } = await mission();
      const pages = pdfPages(await pdf(`/v1/trade-missions/${id}/briefing-book.pdf`)).map(pdfLines);
      for (const chapter of [
        'Schedule',
        'Monday, March 9, 2037',
        'Who is who',
        'Hosts',
        'Department of Quiet Affairs',
      ]) {
        const begins = pages.findIndex((lines, index) => index > 1 && lines.includes(chapter)) + 1;
        expect(pages[1]).toContain(`${chapter} ${begins}`);
      }
    });

    it('says so where there is nothing yet', async () => {
      const file = await pdf(`/v1/trade-missions/${await on.mission()}/briefing-book.pdf`);
      for (const words of ['Nothing is scheduled yet.', 'No delegates yet.', 'No hosts yet.', 'No open commitments.'])
        expect(pdfText(file)).toContain(words);
      expect(layoutFaults(pdfPages(file))).toEqual([]);
    });

    it('of one delegate has their own schedule and promises, and nothing of what others eat', async () => {
      const m = await mission();
      await held(m, 'Talks on fuel');
      await promise('For the agency', m.host, m.agency);
      await promise('For the grid', m.grid, m.host);
      await promise('For the chamber', m.host, m.chamber);
      const mine = await text(`/v1/trade-missions/${m.id}/briefing-book.pdf?delegateId=${m.delegate.id}`);
      for (const words of [
        'Personal copy of Sabina Məmmədova',
        'Reactor hall',
        'For the agency',
        'Şahin',
        'Talks on fuel',
      ])
        expect(mine).toContain(words);
      for (const words of ['Control room', 'For the grid', 'For the chamber', 'nuts', 'alal', 'Talks on fuel: noted'])
        expect(mine).not.toContain(words);
      const other = await text(`/v1/trade-missions/${m.id}/briefing-book.pdf?delegateId=${m.other.id}&language=az`);
      for (const words of ['Control room', 'For the grid', 'Məlumat kitabçası', 'Kim kimdir'])
        expect(other).toContain(words);
      expect(other).not.toContain('For the agency');
    });

    it('shows restricted meetings and what came of them to those who may see them, and in no copy that leaves the house', async () => {
      const m = await mission();
      await held(m, 'Gizli danışıq', {
        visibility: 'restricted',
        commitments: [
          { action: 'Keep it secret', owedBy: { organizationId: m.host }, owedTo: { organizationId: m.agency } },
        ],
      });
      const plan = (title: string, person: Somebody) =>
        on.post('/v1/side-meetings', {
          ...{ title, kind: 'one_on_one', status: 'scheduled', visibility: 'restricted', timeZone: 'America/New_York' },
          ...{ startsAt: '2037-03-12T15:00', endsAt: '2037-03-12T15:30' },
          about: [{ type: 'trade_mission', id: m.id }],
          participants: [{ personId: person.id, side: 'visiting' }],
        });
      await plan('Quiet word with Sabina', m.head);
      await plan('Quiet word with the engineer', m.engineer);
      const book = `/v1/trade-missions/${m.id}/briefing-book.pdf`;
      const secrets = ['Gizli danışıq', 'Keep it secret', 'Quiet word with Sabina', 'Quiet word with the engineer'];
      const seen = async (path: string, client: Client) => {
        const pages = squeezed(await text(path, client));
        return secrets.map((words) => pages.includes(squeezed(words)));
      };
      expect(await seen(book, on.staff)).toEqual([true, true, true, true]);
      expect(await seen(book, viewer)).toEqual([false, false, false, false]);
      expect(await seen(`${book}?delegateId=${m.delegate.id}`, manager)).toEqual([false, false, true, false]);
    });
  });
});
