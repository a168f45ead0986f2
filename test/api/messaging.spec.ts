import { type Client, clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let staff: Client;
let manager: Client;

beforeAll(async () => {
  api = await startTestApi();
  [staff, manager] = [await api.as('staff'), await api.as('manager')];
});
afterAll(() => api.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const make = async (path: string, body: object, client = manager) =>
  (await client.post(path).send(body).expect(201)).body as { id: string };
const conference = (name: string) =>
  make('/v1/conferences', {
    name,
    status: 'published',
    startsAt: inDays(30),
    endsAt: inDays(31),
    timeZone: 'Asia/Baku',
  });
const guest = (fullName: string, email: string | null, locale = 'en') =>
  make('/v1/people', { fullName, email, locale });

interface Mail {
  id: string;
}
const mailsAbout = async (id: string) =>
  (await staff.get(`/v1/messages?filter[aboutId]=${id}&limit=200`).expect(200)).body.data as (Mail & {
    kind: string;
    status: string;
    reason: string | null;
    sendAt: string;
    recipient: { email: string };
  })[];
const linkIn = async (messageId: string, path: string) => {
  const mail = await api.database.queryOne<{ invitationId: string }>(
    'SELECT invitation_id AS "invitationId" FROM messages WHERE id = $1',
    [messageId],
  );
  const { MailLinks } = await import('#messaging');
  const links = api.app.get(MailLinks);
  const url =
    path === 'rsvp' ? links.respond(mail?.invitationId ?? '', new Date(inDays(31))) : links.unsubscribe(messageId);
  return new URL(url).pathname;
};

describe('an invitation round', () => {
  it('invites each person of the audience once, and says who was left out and why', async () => {
    const { id } = await conference('Forum');
    const people = [
      await guest('Aysel', 'aysel@example.com'),
      await guest('No Address', null),
      await guest('Opted Out', 'out@example.com'),
    ];
    await make('/v1/suppressions', { email: 'out@example.com', reason: 'asked us' }, staff);
    const body = { about: { type: 'conference', id }, recipients: { personIds: people.map((person) => person.id) } };
    const dry = await staff
      .post('/v1/invitations')
      .send({ ...body, dryRun: true })
      .expect(202);
    expect([dry.body.counts, await mailsAbout(id)]).toEqual([
      { invited: 1, alreadyInvited: 0, suppressed: 1, noEmail: 1 },
      [],
    ]);
    const first = await staff.post('/v1/invitations').send(body).expect(202);
    expect(first.body).toEqual({
      batchId: expect.any(String),
      counts: { invited: 1, alreadyInvited: 0, suppressed: 1, noEmail: 1 },
      delayed: 0,
    });
    expect((await staff.post('/v1/invitations').send(body).expect(202)).body.counts).toMatchObject({
      invited: 0,
      alreadyInvited: 1,
    });
    const told = (await mailsAbout(id)).map(({ recipient, status, reason }) => [recipient.email, status, reason]);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        ['aysel@example.com', 'planned', null],
        ['out@example.com', 'suppressed', 'suppressed'],
        [null, 'cancelled', 'no_address'],
      ]),
    );
  });

  it('finds its audience by tier, sector and country together', async () => {
    await make('/v1/membership-tiers', { code: 'gold', name: 'Gold', graceDays: 0 });
    const member = async (name: string, country: string, sectors: string[]) => {
      const organization = await make('/v1/organizations', { name, kind: 'company', country, sectors });
      const contact = await guest(`Contact of ${name}`, `${name.toLowerCase()}@example.com`);
      await make(`/v1/people/${contact.id}/positions`, { organizationId: organization.id, title: 'CEO' });
      await make('/v1/memberships', {
        organizationId: organization.id,
        tierCode: 'gold',
        startsOn: inDays(-5).slice(0, 10),
        endsOn: inDays(5).slice(0, 10),
      });
    };
    await Promise.all([
      member('Alpha', 'AZ', ['energy']),
      member('Beta', 'US', ['energy']),
      member('Gamma', 'AZ', ['ict']),
    ]);
    const { id } = await conference('Narrow');
    await staff
      .post('/v1/invitations')
      .send({
        about: { type: 'conference', id },
        recipients: { tierCodes: ['gold'], countries: ['AZ'], sectors: ['energy'] },
      })
      .expect(202);
    expect((await mailsAbout(id)).map((mail) => mail.recipient.email)).toEqual(['alpha@example.com']);
  });

  it.each([
    ['an empty audience', {}],
    ['criteria that fit nobody', { sectors: ['whaling'] }],
    ['somebody who does not exist', { personIds: ['019a0000-0000-7000-8000-000000000000'] }],
  ])('refuses %s and never means everybody', async (_what, recipients) => {
    const { id } = await conference('Refused');
    await staff
      .post('/v1/invitations')
      .send({ about: { type: 'conference', id }, recipients })
      .expect(422);
    expect(await mailsAbout(id)).toEqual([]);
  });

  it('refuses a template that does not exist, so that nobody counts as invited without a mail', async () => {
    const { id } = await conference('No template');
    const { id: personId } = await guest('Hopeful', 'hopeful@example.com');
    const body = { about: { type: 'conference', id }, recipients: { personIds: [personId] }, templateKey: 'zz' };
    const answer = await staff.post('/v1/invitations').send(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe('/templateKey');
  });

  it('asks those again who have not answered, while an answer is asked for', async () => {
    const { id } = await conference('Nudged');
    const [slow, quick] = [await guest('Slow', 'slow@example.com'), await guest('Quick', 'quick@example.com')];
    const round = {
      about: { type: 'conference', id },
      recipients: { personIds: [slow.id, quick.id] },
      respondBy: inDays(12),
      nudges: ['P7D', 'P10D', 'P20D'],
    };
    await staff.post('/v1/invitations').send(round).expect(202);
    const invitations = (await staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200)).body.data as {
      id: string;
      personId: string;
    }[];
    const answered = invitations.find(({ personId }) => personId === quick.id);
    await staff.post(`/v1/invitations/${answered?.id}/response`).send({ status: 'tentative' }).expect(200);
    const nudges = async (email: string) =>
      (await mailsAbout(id))
        .filter((mail) => mail.kind === 'nudge' && mail.recipient.email === email)
        .map(({ status, reason, sendAt }) => [
          Math.round((Date.parse(sendAt) - Date.now()) / 86_400_000),
          status,
          reason,
        ])
        .sort();
    expect(await nudges('slow@example.com')).toEqual([
      [10, 'planned', null],
      [20, 'cancelled', 'too_late'],
      [7, 'planned', null],
    ]);
    expect(await nudges('quick@example.com')).toEqual([
      [10, 'cancelled', 'answered'],
      [20, 'cancelled', 'too_late'],
      [7, 'cancelled', 'answered'],
    ]);
    const [nudge] = (await mailsAbout(id)).filter((mail) => mail.kind === 'nudge');
    const { body } = await staff.get(`/v1/messages/${nudge?.id}/preview`).expect(200);
    expect(body.subject).toBe('Your answer, please: Nudged');
    expect(body.text).toContain('/rsvp/preview');
  });

  it.each(['soon', '-P1D', 'P0D', '7'])('refuses to ask again after "%s"', async (nudge) => {
    const { id } = await conference('Refused nudge');
    const { id: personId } = await guest('Patient', 'patient@example.com');
    const body = { about: { type: 'conference', id }, recipients: { personIds: [personId] }, nudges: ['P1D', nudge] };
    const answer = await staff.post('/v1/invitations').send(body).expect(422);
    expect(answer.body.errors[0].pointer).toBe('/nudges/1');
    expect(await mailsAbout(id)).toEqual([]);
  });

  it('finds everybody who has a place, for the conference and for its sessions', async () => {
    const { id } = await make('/v1/conferences', {
      ...{ name: 'Full house', capacity: 1, startsAt: inDays(30), endsAt: inDays(31), timeZone: 'Asia/Baku' },
    });
    const [placed, waiting] = [await guest('Placed', 'placed@example.com'), await guest('Waits', 'waits@example.com')];
    for (const personId of [placed.id, waiting.id]) await make(`/v1/conferences/${id}/registrations`, { personId });
    const session = await make(`/v1/conferences/${id}/sessions`, {
      ...{ title: 'Energy', kind: 'panel', startsAt: inDays(30.2), endsAt: inDays(30.3) },
    });
    for (const about of [
      { type: 'conference', id },
      { type: 'session', id: session.id },
    ]) {
      await staff
        .post('/v1/invitations')
        .send({ about, recipients: { registered: true } })
        .expect(202);
      expect((await mailsAbout(about.id)).map((mail) => mail.recipient.email)).toEqual(['placed@example.com']);
    }
    const empty = await conference('Nobody registered');
    const body = { about: { type: 'conference', id: empty.id }, recipients: { registered: true } };
    await staff.post('/v1/invitations').send(body).expect(422);
  });

  it('invites nobody twice when two send at the same moment', async () => {
    const { id } = await conference('Race');
    const person = await guest('Wanted', 'wanted@example.com');
    const body = { about: { type: 'conference', id }, recipients: { personIds: [person.id] } };
    const answers = await Promise.all(Array.from({ length: 10 }, () => staff.post('/v1/invitations').send(body)));
    expect(answers.map((answer) => answer.body.counts.invited).sort()).toEqual([...Array<number>(9).fill(0), 1]);
    expect(await mailsAbout(id)).toHaveLength(1);
  });
});

describe('the answer page', () => {
  const invite = async (locale: string) => {
    const { id } = await conference(`Page <${locale}>`);
    const person = await guest('Aysel <b>', `aysel.${locale}@example.com`, locale);
    await staff
      .post('/v1/invitations')
      .send({ about: { type: 'conference', id }, recipients: { personIds: [person.id] } })
      .expect(202);
    const [mail] = await mailsAbout(id);
    const { body } = await staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200);
    return {
      path: await linkIn(mail?.id ?? '', 'rsvp'),
      invitationId: body.data[0].id as string,
      mailId: mail?.id ?? '',
    };
  };
  const statusOf = async (id: string) =>
    (await staff.get(`/v1/invitations/${id}`).expect(200)).body as { status: string; note: string | null };

  it.each([
    ['en', 'I will come'],
    ['az', 'Gələcəyəm'],
    ['ru', 'Приду'],
  ])('speaks %s and changes nothing when only looked at', async (locale, words) => {
    const { path, invitationId } = await invite(locale);
    const { text, headers } = await api.guest.get(path).expect(200);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain(words);
    expect(text).not.toContain('<b>');
    expect((await statusOf(invitationId)).status).toBe('needs_action');
  });

  it('takes an answer and a changed mind', async () => {
    const { path, invitationId } = await invite('en-US');
    await api.guest
      .post(path)
      .type('form')
      .send({ status: 'accepted', note: 'With my deputy' })
      .expect(303)
      .expect('Location', path);
    expect(await statusOf(invitationId)).toMatchObject({ status: 'accepted', note: 'With my deputy' });
    await api.guest.post(path).type('form').send({ status: 'declined' }).expect(303);
    expect((await statusOf(invitationId)).status).toBe('declined');
  });

  it('refuses a forged link, a link for another purpose, and an answer that is none', async () => {
    const { path, mailId } = await invite('en-GB');
    await api.guest.get(`${path}x`).expect(404);
    await api.guest.post('/rsvp/abc').type('form').send({ status: 'accepted' }).expect(404);
    const unsubscribe = await linkIn(mailId, 'unsubscribe');
    await api.guest.get(unsubscribe.replace('unsubscribe', 'rsvp')).expect(404);
    await api.guest.post(path).type('form').send({ status: 'perhaps' }).expect(422);
  });

  it('ends mails only when the button is pressed, also by the one-click POST of mail programs', async () => {
    const { mailId } = await invite('de');
    const path = await linkIn(mailId, 'unsubscribe');
    await api.guest.get(path).expect(200);
    expect((await staff.get('/v1/suppressions?filter[email]=aysel.de@example.com')).body.data).toEqual([]);
    await api.guest.post(path).type('form').send('List-Unsubscribe=One-Click').expect(200);
    expect((await staff.get('/v1/suppressions?filter[email]=aysel.de@example.com')).body.data).toHaveLength(1);
    expect((await staff.get(`/v1/messages/${mailId}`)).body.status).toBe('suppressed');
  });
});

describe('the ledger', () => {
  it('says in words why a mail was not sent', async () => {
    const { id } = await conference('Explained');
    const person = await guest('Curious', 'curious@example.com');
    await staff
      .post('/v1/invitations')
      .send({ about: { type: 'conference', id }, recipients: { personIds: [person.id] } })
      .expect(202);
    const [mail] = await mailsAbout(id);
    await staff.post(`/v1/messages/${mail?.id}/cancellation`).expect(200);
    const { body } = await staff.get(`/v1/messages/explanation?aboutId=${id}&personId=${person.id}`).expect(200);
    expect(body.data).toEqual([
      expect.objectContaining({
        status: 'cancelled',
        reason: 'cancelled_by_staff',
        explanation: expect.stringContaining('Staff cancelled it'),
      }),
    ]);
    await staff.post(`/v1/messages/${mail?.id}/cancellation`).expect(409);
  });

  it('adds up', async () => {
    const { body } = await staff.get('/v1/messages/counts').expect(200);
    expect(body.total).toBeGreaterThan(0);
    expect(body.total).toBe(body.sent + body.cancelled + body.suppressed + body.failed + body.unknown + body.stillDue);
  });

  it('shows the mail before it goes, with links that lead nowhere', async () => {
    const { id } = await conference('Preview');
    const person = await guest('Reader', 'reader@example.com');
    await api.app.get((await import('#messaging')).TemplatesService).installBuiltIns();
    await staff
      .post('/v1/invitations')
      .send({ about: { type: 'conference', id }, recipients: { personIds: [person.id] } })
      .expect(202);
    const [mail] = await mailsAbout(id);
    const { body } = await staff.get(`/v1/messages/${mail?.id}/preview`).expect(200);
    expect(body.subject).toContain('Preview');
    expect(body.text).toContain('/rsvp/preview');
    expect(body.html).toContain('rsvp&#x2F;preview');
    expect(body.text).toContain('Reader');
  });

  it('refuses questions without their ids', async () => {
    await staff.get('/v1/messages/explanation').expect(400);
    await staff.get('/v1/messages/explanation?aboutId=1&personId=2').expect(400);
    await staff.get('/v1/messages/counts?x=1').expect(400);
  });
});

describe('rules and templates', () => {
  it('are changed by managers, and a broken template is never saved', async () => {
    const template = { key: 'notice', locale: 'en', subject: 'About {{title}}', body: '<mj-text>{{title}}</mj-text>' };
    await staff.post('/v1/templates').send(template).expect(403);
    const { body } = await manager
      .post('/v1/templates')
      .send({ ...template, body: '<mj-text>{{secret}}</mj-text>' })
      .expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/body', code: 'unknown_field' });
    await manager
      .post('/v1/templates')
      .send({ ...template, body: '<mj-nonsense>{{title}}</mj-nonsense>' })
      .expect(422);
    await manager
      .post('/v1/reminder-rules')
      .send({ subject: 'side_meeting', offset: 'soon', templateKey: 'nothing' })
      .expect(422);
  });
});

describe('a template', () => {
  const preview = (key: string, body: object) => manager.post(`/v1/templates/${key}/preview`).send(body);

  it('shows what it makes of data before anybody gets it', async () => {
    const { body } = await preview('notice', { data: { title: '<b>Tea</b>' }, subject: 'News: {{title}}' }).expect(200);
    expect(body.subject).toBe('News: <b>Tea</b>');
    expect(body.html).not.toContain('<b>Tea</b>');
  });

  it('is tried out before it is saved', async () => {
    await preview('notice', { body: '<mj-text>{{nothing}}</mj-text>' }).expect(422);
    await preview('no_such_template', {}).expect(404);
  });
});

describe('the queue board', () => {
  const basic = (email: string, password: string) => `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;

  it('opens for administrators and keeps a same-site cookie for the visit', async () => {
    const admin = await api.as('admin');
    await api.guest
      .get('/queues')
      .expect(401)
      .expect('WWW-Authenticate', /^Basic/);
    await api.guest.get('/queues').set('Authorization', basic(manager.email, PASSWORD)).expect(403);
    const { headers, text } = await api.guest
      .get('/queues')
      .set('Authorization', basic(admin.email, PASSWORD))
      .expect(200);
    expect(text).toContain('<html');
    const cookie = String(headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    await api.guest
      .get('/queues/api/queues')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(200);
  });

  it('does nothing on a remembered password alone, so that no foreign page can use it', async () => {
    const admin = await api.as('admin');
    await api.guest.put('/queues/api/queues/mail/pause').set('Authorization', basic(admin.email, PASSWORD)).expect(401);
    await clientWith(api.guest, admin.token).get('/queues/api/queues').expect(401);
  });
});
