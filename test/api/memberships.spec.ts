import { AudienceReader, MembershipRemindersPlanner } from '#members';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const DAY = 86_400_000;
/** So many days from today, in UTC. */
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

interface Made {
  id: string;
  [field: string]: unknown;
}

let api: TestApi;
let manager: Client;
beforeAll(async () => {
  api = await startTestApi();
  manager = await api.as('manager');
  await post('/v1/membership-tiers', {
    code: 'gold',
    name: 'Gold',
    annualDues: { amount: '1000.00', currency: 'USD' },
    graceDays: 30,
  });
});
afterAll(() => api?.close());

const post = async (path: string, body: object, status = 201): Promise<Made> => {
  const answer = await manager.post(path).send(body);
  if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Made;
};
const patch = async (path: string, body: object): Promise<Made> =>
  (await manager.patch(path).send(body).expect(200)).body as Made;
const get = async (path: string): Promise<Made> => (await manager.get(path).expect(200)).body as Made;
const rows = async (path: string): Promise<Made[]> => (await get(path)).data as Made[];

let names = 0;
const organization = (more: object = {}) =>
  post('/v1/organizations', { name: `Terminal ${++names}`, kind: 'company', ...more });
const person = (more: object = {}) => post('/v1/people', { fullName: `Rauf Sadıqlı ${++names}`, ...more });
const works = (who: Made, where: Made, more: object = {}) =>
  post(`/v1/people/${who.id}/positions`, { organizationId: where.id, title: 'Director', ...more });
const membership = (member: object, more: object = {}) =>
  post('/v1/memberships', { tierCode: 'gold', startsOn: day(-100), endsOn: day(200), ...member, ...more });
const renew = (made: Made, body: object = {}) => post(`/v1/memberships/${made.id}/renewals`, body);
const conflict = async (made: Made, path: string, body: object = {}) =>
  (await manager.post(`/v1/memberships/${made.id}/${path}`).send(body).expect(409)).body.code as string;

describe('the status of a membership', () => {
  const statusOf = async ({ id }: Made) => (await get(`/v1/memberships/${id}`)).status;

  it('turns to cancelled on the day of the cancellation, not before', async () => {
    const made = await membership({ organizationId: (await organization()).id });
    const cancelOn = (date: string) =>
      api.database.query('UPDATE memberships SET cancelled_on = $2 WHERE id = $1', [made.id, date]);
    await cancelOn(day(1));
    expect(await statusOf(made)).toBe('current');
    await cancelOn(day(0));
    expect(await statusOf(made)).toBe('cancelled');
  });

  it('leaves grace when the next membership begins, so that nobody is a member twice', async () => {
    const { id } = await organization();
    const old = await membership({ organizationId: id }, { startsOn: day(-300), endsOn: day(-5) });
    const next = await membership({ organizationId: id }, { startsOn: day(1), endsOn: day(300) });
    expect([await statusOf(old), await statusOf(next)]).toEqual(['grace', 'pending']);
    await patch(`/v1/memberships/${next.id}`, { joinedOn: day(-4), startsOn: day(-4) });
    expect([await statusOf(old), await statusOf(next)]).toEqual(['lapsed', 'current']);
    expect(await rows(`/v1/members?filter[organizationId]=${id}`)).toHaveLength(1);
    await post(`/v1/memberships/${next.id}/cancellation`, { reason: 'By mistake' }, 200);
    expect(await statusOf(old)).toBe('grace');
  });

  it('makes nobody a member who has left the directory', async () => {
    const { id } = await organization();
    await membership({ organizationId: id });
    expect(await rows(`/v1/members?filter[organizationId]=${id}`)).toHaveLength(1);
    await manager.delete(`/v1/organizations/${id}`).expect(204);
    expect(await rows(`/v1/members?filter[organizationId]=${id}`)).toEqual([]);
  });
});

describe('one membership at a time', () => {
  it('holds for people, and for parallel moves of two memberships onto one another', async () => {
    const { id } = await person();
    const body = { personId: id, tierCode: 'gold', startsOn: day(-1), endsOn: day(300) };
    const answers = await Promise.all(Array.from({ length: 4 }, () => manager.post('/v1/memberships').send(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'membership_overlap' });

    const member = { organizationId: (await organization()).id };
    const first = await membership(member, { startsOn: day(0), endsOn: day(100) });
    const second = await membership(member, { startsOn: day(200), endsOn: day(300) });
    const moves = await Promise.all([
      manager.patch(`/v1/memberships/${first.id}`).send({ endsOn: day(160) }),
      manager.patch(`/v1/memberships/${second.id}`).send({ startsOn: day(150), joinedOn: day(150) }),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('starts on the day of joining at the earliest', async () => {
    const { body } = await manager
      .post('/v1/memberships')
      .send({ personId: (await person()).id, tierCode: 'gold', joinedOn: day(2), startsOn: day(1), endsOn: day(9) })
      .expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/joinedOn', code: 'joined_after_start' }]);
  });
});

describe('a renewal', () => {
  it('counts a year from the end, from yesterday after a long lapse, and is kept', async () => {
    const made = await membership(
      { organizationId: (await organization()).id },
      { startsOn: '2027-03-01', endsOn: '2028-02-29' },
    );
    expect((await renew(made)).endsOn).toBe('2029-02-28');
    expect((await renew(made, { endsOn: '2031-12-31' })).endsOn).toBe('2031-12-31');
    expect(await rows(`/v1/memberships/${made.id}/renewals`)).toMatchObject([
      { membershipId: made.id, endedOn: '2028-02-29', endsOn: '2029-02-28', renewedById: manager.id },
      { endedOn: '2029-02-28', endsOn: '2031-12-31', renewedAt: expect.stringMatching(/Z$/) },
    ]);
    const lapsed = await membership(
      { personId: (await person()).id },
      { startsOn: '2015-01-01', endsOn: '2015-12-31' },
    );
    const until = new Date(`${day(-1)}T00:00:00Z`);
    until.setUTCFullYear(until.getUTCFullYear() + 1);
    expect(await renew(lapsed)).toMatchObject({ endsOn: until.toISOString().slice(0, 10), status: 'current' });
    await manager.get(`/v1/memberships/${(await person()).id}/renewals`).expect(404);
  });

  it('is refused to a cancelled membership, and in a tier that is out of use', async () => {
    const cancelled = await membership({ organizationId: (await organization()).id });
    await post(`/v1/memberships/${cancelled.id}/cancellation`, { reason: 'Moved away' }, 200);
    expect(await conflict(cancelled, 'renewals')).toBe('membership_cancelled');
    const tier = await post('/v1/membership-tiers', { code: 'founding', name: 'Founding', graceDays: 0 });
    const founding = { tierCode: 'founding', startsOn: '2015-01-01', endsOn: '2015-12-31' };
    const lapsed = await membership({ organizationId: (await organization()).id }, founding);
    await manager.delete(`/v1/membership-tiers/${tier.id}`).expect(204);
    expect(await conflict(lapsed, 'renewals')).toBe('tier_archived');
    await patch(`/v1/memberships/${lapsed.id}`, { tierCode: 'gold' });
    await renew(lapsed);
    const { body } = await manager
      .post('/v1/memberships')
      .send({ organizationId: (await organization()).id, ...founding })
      .expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/tierCode', code: 'unknown_reference' }]);
  });
});

describe('a corporate membership', () => {
  it('is inherited by the people who work there now, in answers and audiences alike', async () => {
    const member = await organization();
    const [own, inherited] = [
      await person({ email: 'own@example.com' }),
      await person({ email: 'inherited@example.com' }),
    ];
    const [former, future] = [await person(), await person()];
    await works(inherited, member);
    await works(inherited, member, { title: 'Chair', source: 'Programme' });
    await works(former, member, { endedOn: day(-1) });
    await works(future, member, { startedOn: day(1) });
    await post('/v1/membership-tiers', { code: 'patron', name: 'Patron', graceDays: 0 });
    const corporate = await membership({ organizationId: member.id }, { tierCode: 'patron' });
    const personal = await membership({ personId: own.id }, { tierCode: 'patron' });
    const from = { organizationId: member.id, name: member.name };
    const of = (who: Made) => rows(`/v1/people/${who.id}/memberships`);
    expect(await of(inherited)).toMatchObject([{ id: corporate.id, status: 'current', inheritedFrom: from }]);
    expect(await of(own)).toMatchObject([{ id: personal.id, status: 'current', inheritedFrom: null }]);
    expect([await of(former), await of(future)]).toEqual([[], []]);
    expect((await get(`/v1/people/${inherited.id}`)).memberships).toMatchObject([
      { id: corporate.id, tierCode: 'patron', inheritedFrom: from },
    ]);
    const reached = await api.app.get(AudienceReader).people({ tierCodes: ['patron'] });
    expect(reached.map(({ email }) => email).sort()).toEqual(['inherited@example.com', 'own@example.com']);
    await manager.delete(`/v1/organizations/${member.id}`).expect(204);
    expect(await of(inherited)).toEqual([]);
    await manager.get(`/v1/people/${member.id}/memberships`).expect(404);
  });
});

describe('the reminders of a membership', () => {
  interface Mail {
    email: string;
    status: string;
    reason: string | null;
    sendAt: Date;
    notAfter: Date;
    locale: string;
  }
  const ledger = (about: Made) =>
    api.database.query<Mail>(
      `SELECT email, status, reason, send_at AS "sendAt", not_after AS "notAfter", locale FROM messages WHERE about_id = $1 ORDER BY send_at, email`,
      [about.id],
    );
  const planned = async (about: Made) => (await ledger(about)).filter(({ status }) => status === 'planned');
  const replan = () => api.app.get(MembershipRemindersPlanner).run();
  const member = async (more: object = {}) => {
    const [where, who] = [await organization(), await person({ email: `contact${names}@example.com`, ...more })];
    return { where, who, position: await works(who, where) };
  };
  const at = (days: number, time: string) => new Date(`${day(days)}T${time}Z`);

  it('go to the contact at nine in the morning where they are: 60, 30 and 7 days before the end, and 7 after', async () => {
    const { where, who } = await member({ timeZone: 'Asia/Baku', locale: 'az' });
    const made = await membership({ organizationId: where.id }, { endsOn: day(200) });
    const mails = await planned(made);
    expect(mails.map(({ sendAt }) => sendAt)).toEqual([140, 170, 193, 207].map((days) => at(days, '05:00:00')));
    expect(mails.map(({ notAfter }) => notAfter)).toEqual([201, 201, 201, 231].map((days) => at(days, '00:00:00')));
    expect(new Set(mails.map(({ email, locale }) => `${email} ${locale}`))).toEqual(
      new Set([`${String(who.email)} az`]),
    );
    expect((await get(`/v1/memberships/${made.id}`)).reminderContact).toMatchObject({ personId: who.id });
  });

  it('are listed, explained and shown in the member’s language', async () => {
    const { where, who } = await member({ locale: 'ru-RU' });
    const made = await membership({ organizationId: where.id }, { startsOn: '2030-01-01', endsOn: '2030-12-31' });
    const listed = await rows(`/v1/messages?filter[aboutId]=${made.id}`);
    expect(listed).toHaveLength(4);
    expect(listed[0]).toMatchObject({
      kind: 'reminder',
      about: { type: 'membership', id: made.id },
      subject: `Продление членства: ${String(where.name)}`,
    });
    const { text } = await get(`/v1/messages/${listed[0]?.id}/preview`);
    expect(text).toMatch(/Уровень: Gold\s+Последний день: 31 декабря 2030/);
    const told = await rows(`/v1/messages/explanation?aboutId=${made.id}&personId=${who.id}`);
    expect(told.map(({ explanation }) => explanation)).toEqual(
      Array(4).fill(expect.stringContaining('Will be sent at')),
    );
  });

  it('skip what is past when the membership is entered, and say so', async () => {
    const { where, who } = await member();
    const made = await membership({ organizationId: where.id }, { endsOn: day(20) });
    expect((await ledger(made)).map(({ reason }) => reason)).toEqual(['past', 'past', null, null]);
    const told = await rows(`/v1/messages/explanation?aboutId=${made.id}&personId=${who.id}`);
    expect(told[0]?.explanation).toMatch(/^Not sent\. Its time had passed/);
  });

  it('follow the dates, and come back when the dates do', async () => {
    const { where } = await member();
    const made = await membership({ organizationId: where.id });
    const before = await planned(made);
    await renew(made, { endsOn: day(565) });
    const after = await planned(made);
    expect(after.map(({ sendAt }) => sendAt)).toEqual([505, 535, 558, 572].map((days) => at(days, '09:00:00')));
    expect((await ledger(made)).filter(({ reason }) => reason === 'rescheduled')).toHaveLength(4);
    await patch(`/v1/memberships/${made.id}`, { endsOn: day(200) });
    expect(await planned(made)).toEqual(before);
    await patch(`/v1/memberships/${made.id}`, { endsOn: day(200), tierCode: 'gold' });
    expect(await ledger(made)).toHaveLength(8);
  });

  it('end with a cancellation, an archiving, and when the next membership is there', async () => {
    const made = await Promise.all(
      [1, 2, 3].map(async () => membership({ organizationId: (await member()).where.id })),
    );
    const [cancelled, archived, followed] = made as [Made, Made, Made];
    await post(`/v1/memberships/${cancelled.id}/cancellation`, { reason: 'Moved away' }, 200);
    await manager.delete(`/v1/memberships/${archived.id}`).expect(204);
    const next = await membership(
      { organizationId: followed.organizationId },
      { startsOn: day(201), endsOn: day(565) },
    );
    const reasons = async (of: Made) => [...new Set((await ledger(of)).map(({ reason }) => reason))];
    expect(await Promise.all(made.map(reasons))).toEqual([
      ['subject_called_off'],
      ['subject_called_off'],
      ['completed'],
    ]);
    expect(await planned(next)).toHaveLength(4);
    await manager.delete(`/v1/memberships/${next.id}`).expect(204);
    expect(await planned(followed)).toHaveLength(4);
  });

  it('follow the contact: a new title, an end of it, an address, an archiving', async () => {
    const { where, who, position } = await member();
    const made = await membership({ organizationId: where.id });
    const to = async () => {
      await replan();
      return [...new Set((await planned(made)).map(({ email }) => email))];
    };
    const deputy = await person({ email: `deputy${names}@example.com` });
    const added = await works(deputy, where, { preferred: false });
    expect(await to()).toEqual([who.email]);
    await patch(`/v1/people/${who.id}`, { email: `moved${names}@example.com` });
    expect(await to()).toEqual([`moved${names}@example.com`]);
    await patch(`/v1/people/${who.id}`, { email: null });
    expect(await to()).toEqual([deputy.email]);
    await patch(`/v1/people/${who.id}`, { email: who.email });
    expect(await to()).toEqual([who.email]);
    await patch(`/v1/positions/${position.id}`, { endedOn: day(-1) });
    expect(await to()).toEqual([deputy.email]);
    await manager.delete(`/v1/people/${deputy.id}`).expect(204);
    expect(await to()).toEqual([]);
    expect((await get(`/v1/memberships/${made.id}`)).reminderContact).toBeNull();
    await patch(`/v1/positions/${position.id}`, { endedOn: null });
    expect(await to()).toEqual([who.email]);
    await manager.delete(`/v1/positions/${added.id}`).expect(204);
    await manager.delete(`/v1/organizations/${where.id}`).expect(204);
    expect(await to()).toEqual([]);
  });

  it('follow the tier: the last one is useful until its grace is over, and for a fortnight at least', async () => {
    const tier = await post('/v1/membership-tiers', { code: 'strict', name: 'Strict', graceDays: 0 });
    const { where } = await member();
    const made = await membership({ organizationId: where.id }, { tierCode: 'strict' });
    const limit = async () => (await planned(made)).at(-1)?.notAfter;
    expect(await limit()).toEqual(at(215, '00:00:00'));
    await patch(`/v1/membership-tiers/${tier.id}`, { graceDays: 60 });
    await replan();
    expect(await limit()).toEqual(at(261, '00:00:00'));
  });

  it('of a member for good are planned in good time, and keep nobody else’s from being planned', async () => {
    const { where } = await member();
    const made = await membership({ organizationId: where.id }, { endsOn: '9999-12-31' });
    expect(await planned(made)).toHaveLength(4);
    await api.database.query(`UPDATE memberships SET reminders_planned_for = '-infinity' WHERE id = $1`, [made.id]);
    expect(await replan()).toBe(1);
  });

  it('are sent again only while they speak of the present end', async () => {
    const { where } = await member();
    const made = await membership({ organizationId: where.id });
    const [first] = await rows(`/v1/messages?filter[aboutId]=${made.id}&sort=sendAt`);
    await post(`/v1/messages/${first?.id}/cancellation`, {}, 200);
    await post(`/v1/messages/${first?.id}/resend`, {}, 200);
    await post(`/v1/messages/${first?.id}/cancellation`, {}, 200);
    await renew(made);
    await manager.post(`/v1/messages/${first?.id}/resend`).send({}).expect(409);
  });
});

describe('the report on memberships', () => {
  /** Terms as history wrote them: `renewals` are [old end, new end, day it was made]. */
  const history = async (
    tierCode: string,
    [startsOn, endsOn]: [string, string],
    more: { member?: object; renewals?: [string, string, string][]; cancelledOn?: string } = {},
  ) => {
    const member = more.member ?? { organizationId: (await organization()).id };
    const made = await membership(member, { tierCode, startsOn, endsOn });
    for (const [endedOn, until, madeOn] of more.renewals ?? []) {
      await renew(made, { endsOn: until });
      await api.database.query(
        'UPDATE membership_renewals SET renewed_at = $3 WHERE membership_id = $1 AND ended_on = $2',
        [made.id, endedOn, `${madeOn}T10:00:00Z`],
      );
    }
    if (more.cancelledOn)
      await api.database.query('UPDATE memberships SET cancelled_on = $2 WHERE id = $1', [made.id, more.cancelledOn]);
    return made;
  };

  beforeAll(async () => {
    const tier = (code: string, name: string, graceDays: number, amount: string, currency: string) =>
      post('/v1/membership-tiers', { code, name, graceDays, annualDues: { amount, currency } });
    await tier('first', 'Qızıl üzv', 30, '1000.00', 'USD');
    await tier('second', '=Серебро <b>', 0, '500.50', 'AZN');
    // First tier: one renewed within grace, one that lapsed on 31 March, one of 15 February cancelled on 20 April.
    await history('first', ['2003-02-01', '2004-01-31'], { renewals: [['2004-01-31', '2005-01-31', '2004-02-10']] });
    await history('first', ['2003-03-01', '2004-02-29']);
    await history('first', ['2004-02-15', '2005-02-14'], { cancelledOn: '2004-04-20' });
    // Second tier: one that moves up on 1 May, one back on 15 May after a year without, ten days of a person in June.
    const mover = { organizationId: (await organization()).id };
    await history('second', ['2003-05-01', '2004-04-30'], { member: mover });
    await history('first', ['2004-05-01', '2005-04-30'], { member: mover });
    await history('second', ['2002-07-01', '2003-06-30'], { renewals: [['2003-06-30', '2005-05-15', '2004-05-15']] });
    await history('second', ['2004-06-10', '2004-06-20'], { member: { personId: (await person()).id } });
    // In no figure: taken out of the lists, or cancelled before it began.
    const { id } = await history('first', ['2004-01-01', '2004-12-31']);
    await manager.delete(`/v1/memberships/${id}`).expect(204);
    await history('first', ['2004-06-01', '2005-05-31'], { cancelledOn: '2004-05-20' });
  });

  const FIELDS = ['active', 'new', 'due', 'renewed', 'lapsed', 'cancelled', 'renewalRate'];
  const figures = (list: Made[]) => list.map((row) => FIELDS.map((field) => row[field]));
  const of = async (query: string) => get(`/v1/reports/memberships?from=2004-01&to=2004-06${query}`);

  it('counts each tier and month as by hand', async () => {
    const report = await of('');
    const tier = (code: string) => (report.data as Made[]).filter(({ tierCode }) => tierCode === code);
    expect(figures(tier('first'))).toEqual([
      [2, 0, 1, 1, 0, 0, 1],
      [3, 1, 1, 0, 0, 0, 0],
      [2, 0, 0, 0, 1, 0, null],
      [1, 0, 0, 0, 0, 1, null],
      [2, 0, 0, 0, 0, 0, null],
      [2, 0, 0, 0, 0, 0, null],
    ]);
    expect(figures(tier('second'))).toEqual([
      [1, 0, 0, 0, 0, 0, null],
      [1, 0, 0, 0, 0, 0, null],
      [1, 0, 0, 0, 0, 0, null],
      [1, 0, 1, 1, 0, 0, 1],
      [1, 1, 0, 0, 0, 0, null],
      [1, 1, 1, 0, 1, 0, 0],
    ]);
    expect(figures(report.totals as Made[])).toEqual([
      [3, 0, 1, 1, 0, 0, 1],
      [4, 1, 1, 0, 0, 0, 0],
      [3, 0, 0, 0, 1, 0, null],
      [2, 0, 1, 1, 0, 1, 1],
      [3, 1, 0, 0, 0, 0, null],
      [3, 1, 1, 0, 1, 0, 0],
    ]);
    expect(tier('first')[1]).toMatchObject({ month: '2004-02', dues: [{ amount: '3000.00', currency: 'USD' }] });
    expect((report.totals as Made[])[5]?.dues).toEqual([
      { amount: '500.50', currency: 'AZN' },
      { amount: '2000.00', currency: 'USD' },
    ]);
  });

  it('answers one tier alone, and a month that begins long after', async () => {
    const report = await of('&tierCode=second');
    expect(new Set((report.data as Made[]).map(({ tierCode }) => tierCode))).toEqual(new Set(['second']));
    expect((report.totals as Made[])[3]).toMatchObject({ active: 1, due: 1, renewalRate: 1 });
    const later = await get('/v1/reports/memberships?from=2005-05&to=2005-05&tierCode=second');
    expect(figures(later.data as Made[])).toEqual([[0, 0, 1, 0, 1, 0, 0]]);
  });

  it('is a table that holds no formula', async () => {
    const { text, headers } = await manager
      .get('/v1/reports/memberships.csv?from=2004-04&to=2004-04')
      .buffer(true)
      .expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.replace('\uFEFF', '').split('\r\n');
    expect(lines[0]).toBe('month,tierCode,tierName,active,new,due,renewed,lapsed,cancelled,renewalRate,dues,currency');
    expect(lines).toContain('2004-04,first,Qızıl üzv,1,0,0,0,0,1,,1000.00,USD');
    expect(lines).toContain("2004-04,second,'=Серебро <b>,1,0,1,1,0,0,1,500.50,AZN");
  });

  it('is a chart without a script', async () => {
    const answer = await manager
      .get('/v1/reports/memberships.svg?from=2004-01&to=2004-06')
      .buffer(true)
      .expect('content-type', 'image/svg+xml; charset=utf-8')
      .expect(200);
    const svg = Buffer.from(answer.body as Uint8Array).toString();
    for (const text of [
      'Memberships',
      '2004-01 – 2004-06',
      'Qızıl üzv',
      '=Серебро &lt;b&gt;',
      'Renewal rate, all tiers',
    ])
      expect(svg).toContain(text);
    expect(svg).not.toMatch(/<script|<b>|NaN|undefined/);
  });

  it('covers the twelve months up to now unless told otherwise', async () => {
    const report = await get('/v1/reports/memberships');
    expect(report.to).toBe(day(0).slice(0, 7));
    expect(report.totals).toHaveLength(12);
  });

  it.each([
    ['from=2004-13', 400, 'bad_value'],
    ['from=March', 400, 'bad_value'],
    ['from=2004-01&from=2004-02', 400, 'bad_value'],
    ['month=2004-01', 400, 'unknown_parameter'],
    ['from=2004-02&to=2004-01', 422, 'ends_before_start'],
    ['from=2000-01&to=2005-01', 422, 'too_long'],
    ['tierCode=diamond', 422, 'unknown_reference'],
  ])('refuses ?%s', async (query, status, code) => {
    for (const form of ['', '.csv', '.svg']) {
      const { body } = await manager.get(`/v1/reports/memberships${form}?${query}`).expect(status);
      expect(body.errors[0].code).toBe(code);
    }
  });
});
