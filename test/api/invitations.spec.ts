import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let staff: Client;
let manager: Client;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  [staff, manager] = [await api.as('staff'), await api.as('manager')];
});
afterAll(() => api.close());

const DAY = 86_400_000;
const HOUR = 3_600_000;
const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
const make = async (path: string, body: object, client = manager) =>
  (await client.post(path).send(body).expect(201)).body as { id: string };

interface Mail {
  kind: string;
  status: string;
  reason: string | null;
  sendAt: string;
  batchId: string;
  ruleId: string | null;
  recipient: { personId: string; email: string | null };
}

const conference = async (values: object = {}) => {
  const { id } = await make('/v1/conferences', {
    name: 'Forum',
    status: 'published',
    startsAt: at(30 * DAY),
    endsAt: at(31 * DAY),
    timeZone: 'Asia/Baku',
    ...values,
  });
  return { type: 'conference', id };
};
const guest = (values: object = {}) => {
  people += 1;
  // By name is by age.
  const fullName = `Guest ${String(people).padStart(3, '0')}`;
  return make('/v1/people', { fullName, email: `guest${people}@example.com`, ...values });
};
const invite = (about: object, recipients: object, values: object = {}) =>
  staff.post('/v1/invitations').send({ about, recipients, ...values });
const invitePeople = async (about: object, ids: { id: string }[], values: object = {}) =>
  (await invite(about, { personIds: ids.map(({ id }) => id) }, values).expect(202)).body;
const mails = async ({ id }: { id: string }, filter = '') =>
  (await staff.get(`/v1/messages?filter[aboutId]=${id}&sort=sendAt&limit=200${filter}`).expect(200)).body
    .data as Mail[];
const invitations = async ({ id }: { id: string }) =>
  (await staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200)).body.data as {
    id: string;
    personId: string;
    version: number;
  }[];
const explained = async (about: { id: string }, person: { id: string }) =>
  (await staff.get(`/v1/messages/explanation?aboutId=${about.id}&personId=${person.id}`).expect(200)).body as {
    data: { status: string; explanation: string }[];
    summary: string;
  };

/** A zone, without daylight saving, in which it is this hour now; `Etc/GMT-4` is UTC+4. */
const zoneWhereItIs = (hour: number): string => {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};

describe('an invitation and the night', () => {
  it('waits for the morning of those who sleep, and goes at once to those who do not or whose zone nobody knows', async () => {
    const about = await conference();
    const [asleep, awake, anywhere] = [
      await guest({ timeZone: zoneWhereItIs(2) }),
      await guest({ timeZone: zoneWhereItIs(14) }),
      await guest(),
    ];
    const round = await invitePeople(about, [asleep, awake, anywhere]);
    expect([round.delayed, round.counts.invited]).toEqual([1, 3]);
    const late = (await mails(about)).filter(({ sendAt }) => Date.parse(sendAt) > Date.now() + HOUR);
    expect(late.map(({ recipient }) => recipient.personId)).toEqual([asleep.id]);
    const hours = (Date.parse(late[0]?.sendAt ?? '') - Date.now()) / HOUR;
    expect(hours).toBeGreaterThan(4.9);
    expect(hours).toBeLessThan(6.1);
  });

  it('does not wait where the event, or the answer, comes before the morning', async () => {
    const sleeper = await guest({ timeZone: zoneWhereItIs(2) });
    const soon = await conference({ startsAt: at(3 * HOUR), endsAt: at(8 * HOUR) });
    expect((await invitePeople(soon, [sleeper])).delayed).toBe(0);
    const asked = await conference();
    expect((await invitePeople(asked, [sleeper], { respondBy: at(4 * HOUR) })).delayed).toBe(0);
  });

  it('waits for it where nobody knows to the hour when the event begins', async () => {
    const sleeper = await guest({ timeZone: zoneWhereItIs(2) });
    const about = await conference({ startsAt: at(3 * HOUR), endsAt: at(30 * DAY), datePrecision: 'window' });
    expect((await invitePeople(about, [sleeper])).delayed).toBe(1);
  });

  it('goes the evening before when it is planned for the night, and is not asked about again in the night', async () => {
    const about = await conference();
    const person = await guest({ timeZone: 'Asia/Baku' });
    const night = new Date(at(3 * DAY));
    night.setUTCHours(20, 30, 0, 0); // half past midnight in Baku
    const round = await invitePeople(about, [person], { sendAt: night.toISOString(), nudges: ['PT3H', 'P7D'] });
    expect(round.delayed).toBe(0);
    const evening = night.getTime() - 4.5 * HOUR;
    // Three hours later is night again: the morning, since the evening is when the invitation itself goes.
    expect((await mails(about)).map(({ kind, sendAt }) => [kind, Date.parse(sendAt) - evening])).toEqual([
      ['invitation', 0],
      ['nudge', 12 * HOUR],
      ['nudge', 7 * DAY],
    ]);
  });
});

describe('a round', () => {
  it('goes out for what is of some day of this year until the year is over, and not for what was of the last', async () => {
    const year = new Date().getUTCFullYear();
    const known = (of: number) => ({
      startsAt: `${of}-01-01T00:00:00Z`,
      endsAt: null,
      timeZone: 'UTC',
      datePrecision: 'year',
    });
    const [about, gone] = [await conference(known(year)), await conference(known(year - 1))];
    const person = await guest();
    expect((await invitePeople(about, [person])).counts.invited).toBe(1);
    const rows = await api.database.query<{ until: Date }>(
      'SELECT not_after AS until FROM messages WHERE about_id = $1',
      [about.id],
    );
    expect(rows).toEqual([{ until: new Date(`${year + 1}-01-01T00:00:00Z`) }]);
    const { body } = await invite(gone, { personIds: [person.id] }).expect(409);
    expect(body.code).toBe('already_over');
  });

  it('goes out for what has no date yet, and asks again by the day the answer is due', async () => {
    const about = await conference({ startsAt: null, endsAt: null, datePrecision: 'unknown' });
    const person = await guest();
    const round = await invitePeople(about, [person], { respondBy: at(20 * DAY), nudges: ['P7D', 'P30D'] });
    expect(round.counts.invited).toBe(1);
    expect((await mails(about)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['invitation', null],
      ['nudge', null],
      ['nudge', 'too_late'],
    ]);
  });

  it('is shown before it is sent: who, at which address, when, and who not', async () => {
    const about = await conference();
    const [sleeper, silent, optedOut] = [
      await guest({ timeZone: zoneWhereItIs(2) }),
      await guest({ email: null }),
      await guest({ email: 'dry-out@example.com' }),
    ];
    await make('/v1/suppressions', { email: 'dry-out@example.com', reason: 'asked us' }, staff);
    const round = await invitePeople(about, [sleeper, silent, optedOut], { dryRun: true });
    expect(round).toMatchObject({ delayed: 1, counts: { invited: 1, noEmail: 1, suppressed: 1 } });
    expect(round.preview.data).toEqual(
      [
        { personId: sleeper.id, verdict: 'invited', sendAt: expect.any(String) },
        { personId: silent.id, email: null, verdict: 'noEmail', sendAt: null },
        { personId: optedOut.id, email: 'dry-out@example.com', verdict: 'suppressed', sendAt: null },
      ].map((row) => expect.objectContaining(row)),
    );
    expect([await mails(about), await invitations(about)]).toEqual([[], []]);
  });

  it('says of everybody it left out why, and invites them once that has changed', async () => {
    const about = await conference();
    const [silent, optedOut] = [await guest({ email: null }), await guest({ email: 'left-out@example.com' })];
    const suppression = await make('/v1/suppressions', { email: 'left-out@example.com', reason: 'asked us' }, staff);
    const first = await invitePeople(about, [silent, optedOut]);
    const second = await invitePeople(about, [silent, optedOut]);
    expect(second.counts).toEqual({ invited: 0, alreadyInvited: 0, suppressed: 1, noEmail: 1 });
    // One row for each, of the latest round.
    expect(await mails(about, `&filter[batchId]=${first.batchId}`)).toEqual([]);
    expect(
      (await mails(about, `&filter[batchId]=${second.batchId}`)).map(({ status, reason }) => [status, reason]).sort(),
    ).toEqual([
      ['cancelled', 'no_address'],
      ['suppressed', 'suppressed'],
    ]);
    expect(await explained(about, silent)).toMatchObject({
      data: [{ explanation: 'Not sent. Its recipient has no e-mail address that mail could go to.' }],
      summary: expect.stringMatching(/^1 message to Guest \d+ about “Forum”: 1 cancelled\.$/),
    });
    expect(await invitations(about)).toEqual([]);
    await manager.patch(`/v1/people/${silent.id}`).send({ email: 'found@example.com' }).expect(200);
    await manager.delete(`/v1/suppressions/${suppression.id}`).expect(204);
    expect((await invitePeople(about, [silent, optedOut])).counts).toMatchObject({
      invited: 2,
      noEmail: 0,
      suppressed: 0,
    });
    expect((await explained(about, silent)).data.map(({ status }) => status)).toEqual(['cancelled', 'planned']);
    const counts = (await staff.get(`/v1/messages/counts?aboutId=${about.id}`).expect(200)).body;
    expect(counts).toMatchObject({ total: 4, cancelled: 1, suppressed: 1, stillDue: 2 });
  });

  it('is not sent any more to whoever has answered before it went out, and is if that was a mistake', async () => {
    const about = await conference();
    await invitePeople(about, [await guest(), await guest()], { sendAt: at(2 * DAY), nudges: ['P7D'] });
    const [first] = await invitations(about);
    const respond = (status: string) =>
      staff.post(`/v1/invitations/${first?.id}/response`).send({ status }).expect(200);
    const ofFirst = async () =>
      (await mails(about))
        .filter(({ kind, recipient }) => kind !== 'notice' && recipient.personId === first?.personId)
        .map(({ kind, status, reason }) => [kind, status, reason]);
    await respond('declined');
    expect(await ofFirst()).toEqual([
      ['invitation', 'cancelled', 'answered'],
      ['nudge', 'cancelled', 'answered'],
    ]);
    expect((await mails(about)).filter(({ status }) => status === 'planned')).toHaveLength(2);
    await respond('needs_action');
    expect(await ofFirst()).toEqual([
      ['invitation', 'planned', null],
      ['nudge', 'planned', null],
    ]);
  });

  it('goes out after all, each to whom it waited for, when the event was called off and takes place again', async () => {
    const about = await conference();
    const [waiting, answered] = [await guest(), await guest()];
    await invitePeople(about, [waiting, answered], { sendAt: at(2 * DAY), nudges: ['P7D'] });
    const theirs = (await invitations(about)).find(({ personId }) => personId === answered.id);
    await staff.post(`/v1/invitations/${theirs?.id}/response`).send({ status: 'declined' }).expect(200);
    const change = (status: string) => manager.patch(`/v1/conferences/${about.id}`).send({ status }).expect(200);
    const planned = async () =>
      (await mails(about))
        .filter(({ status }) => status === 'planned')
        .map(({ kind, recipient }) => [kind, recipient.personId]);
    await change('cancelled');
    expect(await planned()).toEqual([]);
    await change('draft');
    await change('published');
    expect(await planned()).toEqual([
      ['invitation', waiting.id],
      ['nudge', waiting.id],
    ]);
  });

  it('can be sent after all to whose address was suppressed meanwhile, and is so no longer', async () => {
    const about = await conference();
    const [late, never] = [
      await guest({ email: 'late-out@example.com' }),
      await guest({ email: 'never-in@example.com' }),
    ];
    const list = (email: string) => make('/v1/suppressions', { email, reason: 'by mistake' }, staff);
    const suppressions = [await list('never-in@example.com')];
    await invitePeople(about, [late, never]);
    suppressions.push(await list('late-out@example.com'));
    await api.database.query(`UPDATE messages SET status = 'suppressed', reason = 'suppressed' WHERE about_id = $1`, [
      about.id,
    ]);
    const resend = async (person: { id: string }) => {
      const { body } = await staff.get(`/v1/messages?filter[aboutId]=${about.id}&filter[personId]=${person.id}`);
      return staff.post(`/v1/messages/${body.data[0].id}/resend`);
    };
    expect((await resend(late)).status).toBe(409);
    for (const { id } of suppressions) await manager.delete(`/v1/suppressions/${id}`).expect(204);
    expect((await resend(late)).body).toMatchObject({ status: 'planned', reason: null });
    // Was never invited: the next round is what invites.
    expect((await resend(never)).status).toBe(409);
    expect((await invitePeople(about, [never])).counts.invited).toBe(1);
  });

  it('is refused in words that offer no way to answer, as is a rule that asks again in such', async () => {
    const about = await conference();
    const { body } = await invite(about, { personIds: [(await guest()).id] }, { templateKey: 'notice' }).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/templateKey', code: 'unanswerable_template' })]);
    await make('/v1/templates', { key: 'mute', locale: 'en', subject: 'Come', body: '<mj-text>{{title}}</mj-text>' });
    await invite(about, { personIds: [(await guest()).id] }, { templateKey: 'mute', dryRun: true }).expect(422);
    const rule = { subject: 'invitation', offset: '-P3D', templateKey: 'mute' };
    const refused = (await manager.post('/v1/reminder-rules').send(rule).expect(422)).body;
    expect(refused.errors).toEqual([
      expect.objectContaining({ pointer: '/templateKey', code: 'unanswerable_template' }),
    ]);
    expect(await invitations(about)).toEqual([]);
  });

  it('says in words that nobody has planned anything, too', async () => {
    const [about, person] = [await conference({ name: 'Silence' }), await guest({ fullName: 'Aysel Karimova' })];
    expect(await explained(about, person)).toEqual({
      data: [],
      summary: 'Nobody has planned a message to Aysel Karimova about “Silence”.',
    });
  });

  it('gives two who share a mailbox an invitation and an answer each', async () => {
    const about = await conference();
    const office = { email: 'office@example.com' };
    const [one, other] = [await guest(office), await guest(office)];
    expect((await invitePeople(about, [one, other])).counts.invited).toBe(2);
    expect((await mails(about)).map(({ recipient }) => recipient)).toMatchObject([office, office]);
    const [first] = await invitations(about);
    await staff.post(`/v1/invitations/${first?.id}/response`).send({ status: 'accepted' }).expect(200);
    const open = (await staff.get(`/v1/invitations?filter[aboutId]=${about.id}&filter[status]=needs_action`)).body;
    expect(open.data).toHaveLength(1);
  });

  it.each([
    ['a tier', { tierCodes: ['platinium'] }, '/recipients/tierCodes/0', '"platinium"'],
    ['a sector', { sectors: ['energy', 'whaling'] }, '/recipients/sectors/1', '"whaling"'],
    ['a country', { countries: ['XX'] }, '/recipients/countries', 'ISO 3166'],
  ])('refuses %s that does not exist instead of inviting fewer', async (_what, recipients, pointer, named) => {
    const { body } = await invite(await conference(), recipients).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer, message: expect.stringContaining(named) })]);
  });

  it('refuses the registered of what nobody registers for', async () => {
    const meeting = await make(
      '/v1/side-meetings',
      {
        title: 'Talks',
        kind: 'bilateral',
        status: 'requested',
        startsAt: at(5 * DAY),
        endsAt: at(5 * DAY + HOUR),
        timeZone: 'UTC',
        participants: [{ personId: (await guest()).id, side: 'host' }],
      },
      staff,
    );
    const { body } = await invite({ type: 'side_meeting', id: meeting.id }, { registered: true }).expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/recipients/registered', code: 'not_registrable' });
  });

  it('adds up those who are named, and those who fit everything else at once; never an archived one', async () => {
    const about = await conference();
    const organization = (name: string, country: string) =>
      make('/v1/organizations', { name, kind: 'company', country, sectors: ['energy'] });
    const [there, elsewhere] = [await organization('Sum Baku', 'AZ'), await organization('Sum Oslo', 'NO')];
    const holder = async ({ id }: { id: string }) => {
      const person = await guest();
      await make(`/v1/people/${person.id}/positions`, { organizationId: id, title: 'CEO' });
      return person;
    };
    const [fits, wrongCountry, gone] = [await holder(there), await holder(elsewhere), await holder(there)];
    const [named, registered, atHome] = [await guest(), await guest(), await guest({ country: 'AZ' })];
    await make(`/v1/conferences/${about.id}/registrations`, { personId: registered.id }, staff);
    await manager.delete(`/v1/people/${gone.id}`).expect(204);
    const who = async (recipients: object) =>
      new Set(
        (await invite(about, recipients, { dryRun: true }).expect(202)).body.preview.data.map(
          (row: { personId: string }) => row.personId,
        ),
      );
    expect(await who({ sectors: ['energy'], countries: ['AZ'] })).toEqual(new Set([fits.id]));
    expect(await who({ sectors: ['energy'], countries: ['AZ', 'NO'] })).toEqual(new Set([fits.id, wrongCountry.id]));
    expect(await who({ countries: ['AZ'] })).toEqual(new Set([fits.id, atHome.id]));
    expect(
      await who({
        sectors: ['energy'],
        countries: ['AZ'],
        personIds: [named.id],
        organizationIds: [elsewhere.id],
        registered: true,
      }),
    ).toEqual(new Set([fits.id, named.id, wrongCountry.id, registered.id]));
  });

  it.each([
    ['mails that go out after the event', { sendAt: at(40 * DAY) }, '/sendAt'],
    ['an answer by yesterday', { respondBy: at(-DAY) }, '/respondBy'],
    ['an answer before the mail', { respondBy: at(DAY), sendAt: at(2 * DAY) }, '/respondBy'],
    ['nudges in a thousand years', { nudges: ['P1000Y'] }, '/nudges/0'],
    ['nudges beyond the calendar', { nudges: ['P999999999Y'] }, '/nudges/0'],
  ])('refuses %s', async (_what, values, pointer) => {
    const { body } = await invite(await conference(), { personIds: [(await guest()).id] }, values).expect(422);
    expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([pointer]);
  });

  it('invites nobody twice when rounds over one audience run at once, and leaves nobody out twice', async () => {
    const about = await conference();
    const audience = await Promise.all(Array.from({ length: 20 }, (_, i) => guest(i % 5 === 0 ? { email: null } : {})));
    const rounds = await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const ids = audience.map(({ id }) => id);
        return invite(about, { personIds: i % 2 ? ids : ids.reverse() });
      }),
    );
    expect(rounds.map(({ status }) => status)).toEqual(Array(6).fill(202));
    expect(rounds.reduce((sum, { body }) => sum + body.counts.invited, 0)).toBe(16);
    const sent = await mails(about);
    expect([sent.length, new Set(sent.map(({ recipient }) => recipient.personId)).size]).toEqual([20, 20]);
  });
});

describe('an invitation that is withdrawn after a yes', () => {
  const accepted = async (about: { id: string }, person: { id: string }) => {
    await invitePeople(about, [person]);
    const [invitation] = await invitations(about);
    await staff.post(`/v1/invitations/${invitation?.id}/response`).send({ status: 'accepted' }).expect(200);
    return invitation?.id ?? '';
  };
  const withdraw = (id: string) => staff.post(`/v1/invitations/${id}/cancellation`).expect(200);
  const places = async (about: { id: string }) =>
    (await staff.get(`/v1/conferences/${about.id}/registrations?sort=createdAt`).expect(200)).body.data.map(
      (row: { status: string }) => row.status,
    );
  const planned = async (about: { id: string }) =>
    (await mails(about)).filter(({ status }) => status === 'planned').map(({ kind }) => kind);

  it('gives the place back that the yes had brought, to the first in line', async () => {
    const about = await conference({ capacity: 1 });
    const id = await accepted(about, await guest());
    await make(`/v1/conferences/${about.id}/registrations`, { personId: (await guest()).id }, staff);
    expect(await places(about)).toEqual(['confirmed', 'waitlisted']);
    await withdraw(id);
    await withdraw(id);
    expect(await places(about)).toEqual(['cancelled', 'confirmed']);
  });

  it('tells of it once, where the place had been confirmed by mail', async () => {
    const about = await conference();
    const person = await guest();
    const id = await accepted(about, person);
    await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1`, [about.id]);
    await withdraw(id);
    const told = await staff.get(`/v1/messages?filter[aboutId]=${about.id}&filter[status]=planned`).expect(200);
    expect(told.body.data).toMatchObject([{ templateKey: 'registration_cancelled' }]);
  });

  it('gives the place back as well where the yes itself is taken back as a mistake', async () => {
    const about = await conference();
    const id = await accepted(about, await guest());
    await staff.post(`/v1/invitations/${id}/response`).send({ status: 'needs_action' }).expect(200);
    expect(await places(about)).toEqual(['cancelled']);
  });

  it('leaves the place that staff had given', async () => {
    const about = await conference();
    const person = await guest();
    await make(`/v1/conferences/${about.id}/registrations`, { personId: person.id }, staff);
    await withdraw(await accepted(about, person));
    expect(await places(about)).toEqual(['confirmed']);
  });

  it('reminds of a session no more', async () => {
    const days = { startsAt: at(30 * DAY), endsAt: at(31 * DAY) };
    const { id } = await conference(days);
    const session = await make(`/v1/conferences/${id}/sessions`, {
      title: 'Panel',
      kind: 'panel',
      startsAt: at(30 * DAY + HOUR),
      endsAt: at(30 * DAY + 2 * HOUR),
    });
    const rule = { subject: 'session', offset: '-P3D', audience: 'participants', templateKey: 'session_reminder' };
    const made = await make('/v1/reminder-rules', rule);
    const about = { type: 'session', id: session.id };
    const invitationId = await accepted(about, await guest());
    expect(await planned(about)).toContain('reminder');
    await withdraw(invitationId);
    expect(await planned(about)).toEqual([]);
    await manager.delete(`/v1/reminder-rules/${made.id}`).expect(204);
  });
});

describe('people who are merged', () => {
  it('are asked once, and asked again once, by the invitation that stands', async () => {
    const about = await conference();
    const [keep, away] = [await guest(), await guest()];
    await invitePeople(about, [keep, away], { sendAt: at(2 * DAY), nudges: ['P7D'] });
    await manager
      .post('/v1/people/merges')
      .send({ keepId: keep.id, mergeIds: [away.id] })
      .expect(201);
    const planned = (await mails(about)).filter(({ status }) => status === 'planned');
    expect(planned.map(({ kind, recipient }) => [kind, recipient.personId])).toEqual([
      ['invitation', keep.id],
      ['nudge', keep.id],
    ]);
    const [invitation, ...others] = await invitations(about);
    expect([invitation?.personId, others]).toEqual([keep.id, []]);
    // The mails that stay answer for the invitation that stays.
    await staff.post(`/v1/invitations/${invitation?.id}/response`).send({ status: 'accepted' }).expect(200);
    expect((await mails(about, '&filter[kind]=nudge')).filter(({ status }) => status === 'planned')).toEqual([]);
    expect((await invitePeople(about, [keep])).counts).toMatchObject({ invited: 0, alreadyInvited: 1 });
  });

  it('get the invitation although the other one had been left out', async () => {
    const about = await conference();
    const [keep, away] = [await guest({ email: null }), await guest()];
    await invitePeople(about, [keep, away], { sendAt: at(2 * DAY) });
    await manager
      .post('/v1/people/merges')
      .send({ keepId: keep.id, mergeIds: [away.id] })
      .expect(201);
    const all = await mails(about);
    expect(all.filter(({ status }) => status === 'planned')).toMatchObject([{ recipient: { personId: keep.id } }]);
    expect((await invitePeople(about, [keep])).counts).toMatchObject({ alreadyInvited: 1, noEmail: 0 });
  });
});

describe('a rule for pending invitations', () => {
  let rule: { id: string };
  beforeAll(async () => {
    rule = await make('/v1/reminder-rules', { subject: 'invitation', offset: '-P2D', templateKey: 'nudge' });
  });
  afterAll(() => manager.delete(`/v1/reminder-rules/${rule.id}`).expect(204));

  const byRule = async (about: { id: string }) =>
    (await mails(about, '&filter[kind]=nudge')).filter(({ ruleId }) => ruleId === rule.id);
  const noon = (days: number) => {
    const date = new Date(at(days * DAY));
    date.setUTCHours(8, 0, 0, 0);
    return date;
  };
  const daysBefore = (date: Date, days: number) =>
    new Date(date.getTime() - days * DAY).toISOString().replace('.000', '');

  it('asks again before the answer is due, until there is one', async () => {
    const [about, by] = [await conference(), noon(10)];
    await invitePeople(about, [await guest(), await guest()], { respondBy: by.toISOString() });
    expect((await byRule(about)).map(({ status, sendAt }) => [status, sendAt])).toEqual([
      ['planned', daysBefore(by, 2)],
      ['planned', daysBefore(by, 2)],
    ]);
    const [first] = await invitations(about);
    await staff.post(`/v1/invitations/${first?.id}/response`).send({ status: 'tentative' }).expect(200);
    expect((await byRule(about)).map(({ status, reason }) => [status, reason]).sort()).toEqual([
      ['cancelled', 'answered'],
      ['planned', null],
    ]);
  });

  it('counts from the start of the event where no answer is due, and moves along with it', async () => {
    const about = await conference({ startsAt: noon(20).toISOString(), endsAt: noon(21).toISOString() });
    await invitePeople(about, [await guest()]);
    expect(await byRule(about)).toMatchObject([{ sendAt: daysBefore(noon(20), 2) }]);
    await manager
      .patch(`/v1/conferences/${about.id}`)
      .send({ startsAt: noon(25).toISOString(), endsAt: noon(26).toISOString() })
      .expect(200);
    expect((await byRule(about)).map(({ status, reason, sendAt }) => [status, reason, sendAt])).toEqual([
      ['cancelled', 'rescheduled', daysBefore(noon(20), 2)],
      ['planned', null, daysBefore(noon(25), 2)],
    ]);
    const [invitation] = await invitations(about);
    await staff.post(`/v1/invitations/${invitation?.id}/cancellation`).expect(200);
    expect((await byRule(about)).filter(({ status }) => status === 'planned')).toEqual([]);
  });

  it('follows the day by which an answer is asked for', async () => {
    const about = await conference();
    await invitePeople(about, [await guest()], { respondBy: noon(10).toISOString() });
    const [invitation] = await invitations(about);
    const path = `/v1/invitations/${invitation?.id}`;
    const patch = (respondBy: string | null, version = invitation?.version ?? 0) =>
      staff.patch(path).set('If-Match', `"${version}"`).send({ respondBy });
    const { body } = await patch(noon(14).toISOString()).expect(200);
    expect(body).toMatchObject({ respondBy: noon(14).toISOString().replace('.000', ''), version: 2 });
    expect((await byRule(about)).map(({ status, sendAt }) => [status, sendAt])).toEqual([
      ['cancelled', daysBefore(noon(10), 2)],
      ['planned', daysBefore(noon(14), 2)],
    ]);
    await patch(noon(15).toISOString()).expect(412);
    await patch(at(-HOUR), 2).expect(422);
    expect((await patch(null, 2).expect(200)).body.respondBy).toBeNull();
  });

  it('asks again by the newest day, once an answer was none after all', async () => {
    const about = await conference();
    await invitePeople(about, [await guest()], { respondBy: noon(10).toISOString() });
    const path = `/v1/invitations/${(await invitations(about))[0]?.id}`;
    await staff.post(`${path}/response`).send({ status: 'declined' }).expect(200);
    await staff
      .patch(path)
      .send({ respondBy: noon(14).toISOString() })
      .expect(200);
    await staff.post(`${path}/response`).send({ status: 'needs_action' }).expect(200);
    expect((await byRule(about)).map(({ status, reason, sendAt }) => [status, reason, sendAt])).toEqual([
      ['cancelled', expect.any(String), daysBefore(noon(10), 2)],
      ['planned', null, daysBefore(noon(14), 2)],
    ]);
  });

  it('is skipped where its time has passed already, and says so', async () => {
    const about = await conference();
    await invitePeople(about, [await guest()], { respondBy: at(DAY) });
    expect(await byRule(about)).toMatchObject([{ status: 'cancelled', reason: 'past' }]);
  });
});
