import { simpleParser } from 'mailparser';
import { toLocal } from '#calendar';
import { entryIn, type Made, StoryGround } from '../support/story-ground.js';
import type { Client } from '../support/test-api.js';

jest.setTimeout(60_000);

const ZONE = 'America/New_York';
/** No report gave a date: the story takes the 10th of a March far enough ahead for every reminder. */
const YEAR =
  new Date(Date.now() + 60 * 86_400_000) < new Date(new Date().getUTCFullYear(), 2, 10)
    ? new Date().getUTCFullYear()
    : new Date().getUTCFullYear() + 1;
const at = (time: string, day = 10) => `${YEAR}-03-${day}T${time}`;
const local = (instant: string) => toLocal(new Date(instant), ZONE).slice(0, 16);

/** As the press reported them. */
const ORGANIZATIONS = {
  usacc: { name: 'U.S.-Azerbaijan Chamber of Commerce', kind: 'chamber', country: 'US' },
  embassy: { name: 'Embassy of Azerbaijan in the United States', kind: 'embassy', country: 'AZ' },
  economy: { name: 'Ministry of Economy of Azerbaijan', kind: 'ministry', country: 'AZ' },
  commerce: { name: 'U.S. Department of Commerce', kind: 'department', country: 'US' },
  haimaker: { name: 'HAIMAKER.AI Inc.', kind: 'company' },
};
type Organization = keyof typeof ORGANIZATIONS;
const SPEAKERS: [name: string, organization: Organization, titles: string[]][] = [
  ['Natig Bakhishov', 'usacc', ['Executive Director']],
  ['Reza Veziri', 'usacc', ['Chairman of the Board of Directors']],
  ['Khazar Ibrahim', 'embassy', ['Ambassador to the U.S.']],
  ['Elnur Aliyev', 'economy', ['First Deputy Minister of Economy']],
  // The reports disagree.
  [
    'Jeffrey Kessler',
    'commerce',
    ['Deputy Under Secretary for Industry and Security', 'Under Secretary for Industry and Security'],
  ],
];

/** Made up, like their addresses: no report named the guests. */
const GUESTS = {
  aysel: ['Aysel Quliyeva', 'az'],
  ben: ['Ben Harrow', 'en'],
  marina: ['Marina Orlova', 'ru'],
  rauf: ['Rauf Sadıqlı', 'az'],
  nigar: ['Nigar Səfərova', 'az'],
} as const;
type Guest = keyof typeof GUESTS;
const NAME = 'U.S.-Azerbaijan Trade and Business Conference';
const MAIN = 'Strengthening Bilateral Trade and Strategic Cooperation';
const SAVE_THE_DATE = {
  en: ['Save the date', 'Dear', 'Answer'],
  az: ['Tarixi qeyd edin', 'Hörmətli', 'Cavab verin'],
  ru: ['Сохраните дату', 'Здравствуйте,', 'Ответить'],
};
const addressOf = (guest: Guest): string => `${guest}@example.com`;

describe('the conference of March 2026', () => {
  let on: StoryGround;
  let staff: Client;
  let manager: Client;

  beforeAll(async () => {
    on = await StoryGround.open();
    staff = on.staff;
    manager = await on.api.as('manager');
  });
  afterAll(() => on?.close());

  const idOf = (name: string): string => on.id(name);
  const conference = (rest = '') => `/v1/conferences/${idOf('conference')}${rest}`;
  const session = (name: string, fields: object) =>
    on.keep(
      name,
      on.post(conference('/sessions'), { title: null, kind: 'plenary', roomId: idOf('Main hall'), ...fields }),
    );
  const speak = (where: string, who: string, fields: object = {}) =>
    on.keep(
      `${who} in ${where}`,
      on.post(`/v1/sessions/${idOf(where)}/speakers`, { personId: idOf(who), role: 'speaker', ...fields }),
    );

  const answer = (guest: Guest, status: string, note?: string) => on.respond(addressOf(guest), status, note);

  const invitationOf = async (guest: Guest) => {
    const query = `filter[aboutId]=${idOf('conference')}&filter[personId]=${idOf(guest)}`;
    return (await on.get<{ data: Made[] }>(`/v1/invitations?${query}`)).data[0];
  };
  const placeOf = async (guest: Guest) =>
    (await on.get<{ data: Made[] }>(conference(`/registrations?filter[personId]=${idOf(guest)}`))).data.at(-1);

  it('knows everybody the press named, with both titles where the reports disagree', async () => {
    for (const [key, each] of Object.entries(ORGANIZATIONS)) await on.keep(key, on.post('/v1/organizations', each));
    for (const [fullName, organization, titles] of SPEAKERS) {
      const personId = await on.keep(fullName, on.post('/v1/people', { fullName }));
      for (const title of titles)
        await on.keep(
          title,
          on.post(`/v1/people/${personId}/positions`, { organizationId: idOf(organization), title }),
        );
    }
    const chosen = `/v1/positions/${idOf('Under Secretary for Industry and Security')}`;
    await staff.patch(chosen).send({ preferred: true }).expect(200);
    for (const [guest, [fullName, locale]] of Object.entries(GUESTS))
      await on.keep(guest, on.post('/v1/people', { fullName, locale, email: addressOf(guest as Guest) }));
  });

  it('gets a programme: rooms, sessions, and speakers in order of precedence, billed by their titles', async () => {
    const occasion = '30th anniversary of the establishment of USACC';
    const times = { startsAt: at('08:00'), endsAt: at('18:00', 11), timeZone: ZONE };
    const body = { name: NAME, occasion, ...times, city: 'Washington', country: 'US', organizerId: idOf('usacc') };
    await on.keep('conference', on.post('/v1/conferences', { ...body, capacity: 2 }));
    for (const name of ['Main hall', 'Second hall']) await on.keep(name, on.post(conference('/rooms'), { name }));
    await session('opening', { kind: 'ceremony', startsAt: at('09:00'), endsAt: at('09:30') });
    await session('main session', { title: MAIN, startsAt: at('09:30'), endsAt: at('11:00') });
    await session('addresses', { startsAt: at('11:00'), endsAt: at('12:00') });
    const panel = { kind: 'panel', topics: ['technology and innovation', 'digitalization'] };
    await session('panel', { ...panel, roomId: idOf('Second hall'), startsAt: at('14:00'), endsAt: at('15:00') });
    for (const [index, who] of ['Natig Bakhishov', 'Khazar Ibrahim', 'Reza Veziri'].entries())
      await speak('opening', who, { order: index + 1, status: 'confirmed' });
    await speak('main session', 'Elnur Aliyev');
    await speak('addresses', 'Jeffrey Kessler');
    const speakerIds = [idOf('Khazar Ibrahim in opening')];
    await on.post(`/v1/sessions/${idOf('opening')}/speaker-order`, { speakerIds }, 200);

    const { days } = await on.get<{ days: { sessions: { label: string; speakers: Made[] }[] }[] }>(
      conference('/agenda'),
    );
    const programme = days[0]?.sessions.map(({ label, speakers }) => [
      label,
      ...speakers.map(({ name, billedTitle }) => `${String(name)}, ${String(billedTitle)}`),
    ]);
    expect(programme).toEqual([
      [
        'Ceremony',
        'Khazar Ibrahim, Ambassador to the U.S., Embassy of Azerbaijan in the United States',
        'Natig Bakhishov, Executive Director, U.S.-Azerbaijan Chamber of Commerce',
        'Reza Veziri, Chairman of the Board of Directors, U.S.-Azerbaijan Chamber of Commerce',
      ],
      [MAIN, 'Elnur Aliyev, First Deputy Minister of Economy, Ministry of Economy of Azerbaijan'],
      ['Plenary', 'Jeffrey Kessler, Under Secretary for Industry and Security, U.S. Department of Commerce'],
      ['Panel'],
    ]);
  });

  it('lets nobody be in two places: a meeting beside it finds its hour', async () => {
    const meeting = (from: string, until: string) => ({
      title: 'Elnur Aliyev with Su Le',
      kind: 'bilateral',
      status: 'scheduled',
      startsAt: at(from),
      endsAt: at(until),
      timeZone: ZONE,
      about: [{ type: 'conference', id: idOf('conference') }],
      participants: [
        { name: 'Elnur Aliyev', side: 'visiting' },
        { name: 'Su Le', organizationId: idOf('haimaker'), side: 'host' },
      ],
      createMissing: true,
    });
    const clash = await on.post('/v1/side-meetings', meeting('10:30', '11:00'), 409);
    expect(clash).toMatchObject({
      code: 'double_booked',
      conflicts: [{ resource: { title: 'Elnur Aliyev' }, about: { type: 'session', title: MAIN } }],
    });
    await on.keep('meeting', on.post('/v1/side-meetings', meeting('11:00', '11:30')));
  });

  it('writes its save-the-date in three languages, and looks at it before anybody gets it', async () => {
    const broken = {
      key: 'save_the_date',
      locale: 'en',
      subject: 'Save the date',
      body: '<mj-text>{{#title}}</mj-text>',
    };
    await on.post('/v1/templates', broken, 422, manager);
    for (const [locale, [subject, greeting, button]] of Object.entries(SAVE_THE_DATE)) {
      const body = `<mj-text>${greeting} {{recipientName}},<br />{{title}}, {{when}}</mj-text><mj-button href="{{respondUrl}}">${button}</mj-button>`;
      await on.post(
        '/v1/templates',
        { key: 'save_the_date', locale, subject: `${subject}: {{title}}`, body },
        201,
        manager,
      );
    }
    const preview = await on.post('/v1/templates/save_the_date/preview', { locale: 'ru', data: { title: NAME } }, 200);
    expect(preview).toMatchObject({ subject: `Сохраните дату: ${NAME}` });
    await on.post('/v1/suppressions', { email: addressOf('nigar'), reason: 'Asked us by telephone' });
    await staff.patch(conference()).send({ status: 'published' }).expect(200);
    const round = { about: { type: 'conference', id: idOf('conference') }, templateKey: 'save_the_date' };
    const personIds = Object.keys(GUESTS).map(idOf);
    await on.post('/v1/invitations', { ...round, recipients: { personIds: [] } }, 422);
    const dry = await on.post('/v1/invitations', { ...round, recipients: { personIds }, dryRun: true }, 202);
    expect(dry.counts).toEqual({ invited: 4, alreadyInvited: 0, suppressed: 1, noEmail: 0 });
    expect(on.sink.mails).toEqual([]);
  });

  it('invites each guest once, in their own language, with an entry for the calendar', async () => {
    const round = { about: { type: 'conference', id: idOf('conference') }, templateKey: 'save_the_date' };
    const recipients = { personIds: Object.keys(GUESTS).map(idOf) };
    const body = { ...round, recipients, nudges: ['P7D'] };
    const { counts } = await on.post('/v1/invitations', body, 202);
    expect(counts).toEqual({ invited: 4, alreadyInvited: 0, suppressed: 1, noEmail: 0 });
    const again = await on.post('/v1/invitations', body, 202);
    expect(again.counts).toMatchObject({ invited: 0, alreadyInvited: 4 });
    await on.settled();
    expect(on.sink.mails.map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual([
      `aysel@example.com Tarixi qeyd edin: ${NAME}`,
      `ben@example.com Save the date: ${NAME}`,
      `marina@example.com Сохраните дату: ${NAME}`,
      `rauf@example.com Tarixi qeyd edin: ${NAME}`,
    ]);
    expect(on.lastTo('aysel@example.com').raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(await entryIn(on.lastTo('aysel@example.com'))).toEqual({
      method: 'REQUEST',
      uid: `${idOf('conference')}@chamberlain`,
      sequence: 0,
      attendee: 'mailto:aysel@example.com NEEDS-ACTION',
      startsAt: '08:00',
    });
  });

  it('takes a yes and a no by the link in the mail, which only a button moves; who is silent is asked again', async () => {
    for (const guest of ['aysel', 'marina'] as const) expect((await on.look(addressOf(guest))).page).toContain(NAME);
    expect(await invitationOf('aysel')).toMatchObject({ status: 'needs_action', respondedAt: null });
    await answer('aysel', 'accepted');
    await answer('ben', 'declined', 'In Baku that week');
    await answer('rauf', 'accepted');
    expect(await invitationOf('ben')).toMatchObject({ status: 'declined', note: 'In Baku that week' });
    expect(await placeOf('aysel')).toMatchObject({ status: 'confirmed' });
    await on.theTimeComesFor('nudge');
    expect(nudged()).toEqual(['marina@example.com']);
  });

  const nudged = () =>
    on.sink.mails
      .filter(({ subject }) => /^Your answer, please|^Cavabınızı gözləyirik|^Ждём вашего ответа/.test(subject))
      .map(({ to }) => to);

  it('confirms a place with a code to show at the door, in the language of the guest', async () => {
    const code = String((await placeOf('aysel'))?.code);
    const mail = on.lastTo('aysel@example.com');
    expect(mail.subject).toBe(`Qeydiyyatınız təsdiqləndi: ${NAME}`);
    expect(mail.text).toContain(code);
    const { attachments } = await simpleParser(mail.raw);
    const picture = attachments.find(({ cid }) => cid === 'code');
    expect(picture?.content.subarray(1, 4).toString()).toBe('PNG');
    expect(await entryIn(mail)).toMatchObject({ attendee: 'mailto:aysel@example.com ACCEPTED' });
  });

  it('keeps a line once it is full, and lets the first in it move up when a place is given back', async () => {
    await answer('marina', 'accepted');
    await on.settled();
    expect(await placeOf('marina')).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
    expect(on.lastTo('marina@example.com').subject).toBe(`Лист ожидания: ${NAME}`);
    await on.post(`/v1/registrations/${(await placeOf('rauf'))?.id}/cancellation`, {}, 200);
    await on.settled();
    expect(await placeOf('marina')).toMatchObject({ status: 'confirmed' });
    expect(on.lastTo('marina@example.com').subject).toBe(`Для вас есть место: ${NAME}`);
    expect(on.lastTo('rauf@example.com').subject).toBe(`Qeydiyyat ləğv edildi: ${NAME}`);
  });

  it('moves a session, tells those who knew of it, and reminds them at the new time', async () => {
    await staff
      .patch(`/v1/people/${idOf('Elnur Aliyev')}`)
      .send({ email: 'elnur@example.com' })
      .expect(200);
    const about = { type: 'session', id: idOf('main session') };
    await on.post('/v1/invitations', { about, recipients: { personIds: [idOf('Elnur Aliyev')] } }, 202);
    await on.settled();
    expect(await entryIn(on.lastTo('elnur@example.com'))).toMatchObject({ method: 'REQUEST', startsAt: '09:30' });
    await on.respond('elnur@example.com', 'accepted');
    expect(await on.get(`/v1/speakers/${idOf('Elnur Aliyev in main session')}`)).toMatchObject({ status: 'confirmed' });
    const reminders = async () => {
      const planned = `filter[aboutId]=${about.id}&filter[kind]=reminder&filter[status]=planned`;
      return (await on.get<{ data: Made[] }>(`/v1/messages?${planned}`)).data.map(({ sendAt }) =>
        local(String(sendAt)),
      );
    };
    expect(await reminders()).toEqual([`${YEAR}-03-09T17:00`]);
    const { sequence } = await entryIn(on.lastTo('elnur@example.com'));
    const moved = { startsAt: at('10:00', 11), endsAt: at('11:30', 11) };
    await staff.patch(`/v1/sessions/${about.id}`).send(moved).expect(200);
    await on.theTimeComesFor('notice');
    expect(on.lastTo('elnur@example.com').subject).toBe(`Changed: ${MAIN}`);
    const entry = await entryIn(on.lastTo('elnur@example.com'));
    expect(entry).toMatchObject({ method: 'REQUEST', uid: `${about.id}@chamberlain`, startsAt: '10:00' });
    expect(entry.sequence).toBeGreaterThan(sequence);
    expect(await reminders()).toEqual([`${YEAR}-03-10T17:00`]);
  });

  it('sends nothing of a session that is called off but the news of it', async () => {
    const about = { type: 'session', id: idOf('panel') };
    await on.post('/v1/invitations', { about, recipients: { registered: true }, nudges: ['P3D'] }, 202);
    await on.settled();
    await answer('aysel', 'accepted');
    const before = on.sink.mails.length;
    await staff.patch(`/v1/sessions/${about.id}`).send({ status: 'cancelled' }).expect(200);
    await on.theTimeComesFor('notice');
    await on.theTimeComesFor('nudge');
    const news = on.sink.mails.slice(before);
    expect(news.map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual([
      'aysel@example.com Ləğv edildi: Panel',
      'marina@example.com Отменено: Panel',
    ]);
    for (const mail of news)
      expect(await entryIn(mail)).toMatchObject({ method: 'CANCEL', uid: `${about.id}@chamberlain` });
    const { stillDue } = await on.get<{ stillDue: number }>(`/v1/messages/counts?aboutId=${about.id}`);
    expect(stillDue).toBe(0);
  });

  it('reminds those who come, once, on the day before', async () => {
    const before = on.sink.mails.length;
    await on.theTimeComesFor('reminder', `${YEAR}-03-08`);
    expect(
      on.sink.mails
        .slice(before)
        .map(({ to, subject }) => `${to} ${subject}`)
        .toSorted(),
    ).toEqual([
      `aysel@example.com Xatırlatma: ${NAME}`,
      `elnur@example.com Your session: ${MAIN}`,
      `marina@example.com Напоминание: ${NAME}`,
    ]);
  });

  it('opens the door: a code as it is typed lets one guest in once, and the list says who came', async () => {
    await staff.patch(conference()).send({ status: 'in_progress' }).expect(200);
    const code = String((await placeOf('aysel'))?.code);
    const typed = ` ${code.toLowerCase().slice(0, 5)}-${code.toLowerCase().slice(5)}`;
    expect(await on.post('/v1/registrations/check-in', { code: typed }, 200)).toMatchObject({
      personName: 'Aysel Quliyeva',
      alreadyCheckedIn: false,
    });
    expect(await on.post('/v1/registrations/check-in', { code }, 200)).toMatchObject({ alreadyCheckedIn: true });
    const { text } = await staff.get(conference('/attendance.csv')).expect(200);
    const [, ...rows] = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(rows.map((row) => row.replace(/,[^,]*$/, ''))).toEqual([
      'Aysel Quliyeva,,,attendee,attended',
      'Marina Orlova,,,attendee,confirmed',
    ]);
  });

  it('can say of every message why it went or did not', async () => {
    const explained = async (guest: Guest) => {
      const query = `aboutId=${idOf('conference')}&personId=${idOf(guest)}`;
      const { data } = await on.get<{ data: Made[] }>(`/v1/messages/explanation?${query}`);
      return data.map(({ kind, status, reason }) => [kind, status, reason].filter((word) => word).join(' '));
    };
    expect(await explained('ben')).toEqual(['invitation sent', 'nudge cancelled answered']);
    expect(await explained('nigar')).toEqual(['invitation suppressed suppressed']);
    expect((await explained('marina')).filter((line) => line.endsWith('sent')).toSorted()).toEqual([
      'invitation sent',
      'notice sent',
      'notice sent',
      'nudge sent',
      'reminder sent',
    ]);
  });

  it('sent nobody anything twice, and its ledger adds up', async () => {
    expect(on.sink.repeated).toEqual([]);
    const told = on.sink.mails.map(({ to, subject }) => `${to} ${subject}`);
    expect(told.toSorted()).toEqual([...new Set(told)].toSorted());
    const counts = await on.get<Record<string, number>>('/v1/messages/counts');
    const { total, sent, cancelled, suppressed, failed, unknown, stillDue } = counts as Record<'total', number> &
      typeof counts;
    expect(total).toBe((sent ?? 0) + (cancelled ?? 0) + (suppressed ?? 0) + (stillDue ?? 0));
    expect([sent, failed, unknown]).toEqual([on.sink.mails.length, 0, 0]);
  });
});
