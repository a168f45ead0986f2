import { as, day, faults, MeetingGround } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

type Made = { id: string; version: number } & Record<string, unknown>;
interface Merge {
  id: string | null;
  keepId: string;
  moves: { relation: string; field: string; count: number; samples: { label: string | null }[] }[];
  conflicts: { code: string; relation: string; [fact: string]: unknown }[];
  result: Made & { aliases: string[]; otherEmails: string[] };
  stayed: { relation: string; code: string; field: string | null }[];
}

let ground: MeetingGround;
let staff: Client;
let manager: Client;

beforeAll(async () => {
  ground = await MeetingGround.open();
  [staff, manager] = [ground.staff, ground.manager];
});
afterAll(() => ground.api.close());

const post = async (path: string, body: object, status = 201): Promise<Made> => {
  const answer = await manager.post(path).send(body);
  if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Made;
};
const get = async <T = Made>(path: string, status = 200): Promise<T> =>
  (await manager.get(path).expect(status)).body as T;
const person = (fullName: string, more: object = {}) => post('/v1/people', { fullName, ...more });
const organization = (name: string, more: object = {}) => post('/v1/organizations', { name, kind: 'company', ...more });
const merge = async (type: string, keepId: string, mergeIds: string[], more: object = {}): Promise<Merge> =>
  (await post(`/v1/${type}/merges`, { keepId, mergeIds, ...more })) as unknown as Merge;
const preview = async (type: string, keepId: string, mergeIds: string[], more: object = {}): Promise<Merge> =>
  (await post(`/v1/${type}/merges`, { keepId, mergeIds, dryRun: true, ...more }, 200)) as unknown as Merge;
const revert = async (id: string | null): Promise<Merge> =>
  (await post(`/v1/merges/${id}/revert`, {}, 200)) as unknown as Merge;
const moved = (answer: Merge) =>
  Object.fromEntries(answer.moves.map((move) => [`${move.relation}.${move.field}`, move.count]));
const codes = (answer: Merge) => answer.conflicts.map(({ relation, code }) => `${relation} ${code}`).sort();
const refused = async (type: string, body: object, status = 422) =>
  (await staff.post(`/v1/${type}/merges`).send(body).expect(status)).body;

const OWN = ['merges', 'merged_records', 'merge_moves', 'audit_entries', 'idempotency_keys', 'sessions', 'migrations'];

/** Every row of every table, but for what counts changes, and the mark that reminders are to be planned anew. */
async function everything(): Promise<Record<string, unknown[]>> {
  const { database } = ground.api;
  const tables = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const state: Record<string, unknown[]> = {};
  for (const { name } of tables.filter((table) => !OWN.includes(table.name))) {
    const rows = await database.query<{ row: unknown }>(
      `SELECT row FROM (SELECT to_jsonb(t) - '{version,updated_at,reminders_planned_for}'::text[] AS row FROM ${name} t) r ORDER BY row::text`,
    );
    state[name] = rows.map(({ row }) => row);
  }
  return state;
}

/** Two people about whom there is one of everything, and some things twice. */
async function twins(name: string) {
  const kept = await person(`${name} Məmmədov`, { email: `${name}@example.com`.toLowerCase() });
  const other = await person(`${name} Mammadov`, {
    email: `${name}.old@example.com`.toLowerCase(),
    phone: '+994 50 123 45 67',
    nativeName: 'Мамедов',
    aliases: ['Mamedov'],
    notes: 'Met in Baku',
  });
  const [firm, fund] = [await organization(`${name} Firm`), await organization(`${name} Fund`)];
  await post(`/v1/people/${kept.id}/positions`, { organizationId: firm.id, title: 'Director' });
  await post(`/v1/people/${other.id}/positions`, { organizationId: firm.id, title: 'director', source: 'S001' });
  await post(`/v1/people/${other.id}/positions`, { organizationId: firm.id, title: 'Chairman', preferred: true });
  await post(`/v1/people/${other.id}/positions`, { organizationId: fund.id, title: 'Trustee' });
  return { kept, other, firm, fund };
}

describe('a merge of people', () => {
  it('tells beforehand exactly what it then does', async () => {
    const { kept, other } = await twins('Anar');
    await ground.logged({
      participants: [as(other.id), as(kept.id, 'host')],
      commitments: [{ action: 'Send the terms', owedBy: { personId: other.id }, owedTo: { personId: kept.id } }],
    });
    const before = await everything();
    const told = await preview('people', kept.id, [other.id]);
    expect(await everything()).toEqual(before);
    const done = await merge('people', kept.id, [other.id]);
    expect({ moves: told.moves, conflicts: told.conflicts }).toEqual({ moves: done.moves, conflicts: done.conflicts });
    expect({ ...told.result, updatedAt: '' }).toEqual({ ...done.result, updatedAt: '' });
    expect(told.id).toBeNull();
    expect(moved(done)).toMatchObject({ 'positions.person_id': 2, 'commitments.owed_by_person_id': 1 });
    expect(codes(done)).toEqual([
      'positions not_preferred',
      'positions set_aside',
      'side_meeting_participants set_aside',
    ]);
  });

  it('answers where it can be read again, and lists it', async () => {
    const [a, b] = [await person('Lalə Quliyeva'), await person('Lala Guliyeva')];
    const answer = await staff
      .post('/v1/people/merges')
      .send({ keepId: a.id, mergeIds: [b.id] })
      .expect(201);
    expect(answer.headers.location).toBe(`/v1/merges/${answer.body.id}`);
    expect(await get(`/v1/merges/${answer.body.id}`)).toEqual(answer.body);
    const { data } = await get<{ data: Made[] }>(`/v1/merges?filter[keepId]=${a.id}&filter[type]=person`);
    expect(data).toMatchObject([{ id: answer.body.id, mergeIds: [b.id], revertedAt: null }]);
    await (
      await ground.api.as('viewer')
    )
      .post('/v1/people/merges')
      .send({ keepId: a.id, mergeIds: [b.id] })
      .expect(403);
  });

  it('keeps the kept record’s values, fills what it lacks, and unites lists', async () => {
    const kept = await person('Rauf Sadıqlı', {
      email: 'rauf@new.example.com',
      country: 'AZ',
      aliases: ['R. Sadigli'],
    });
    const first = await person('Rauf Sadigli', { email: 'rauf@old.example.com', country: 'US', honorific: 'Dr.' });
    const second = await person('Рауф Садыглы', { honorific: 'Mr.', otherEmails: ['rs@example.com'], locale: 'ru' });
    const { result, conflicts } = await merge('people', kept.id, [first.id, second.id]);
    expect(result).toMatchObject({
      fullName: 'Rauf Sadıqlı',
      email: 'rauf@new.example.com',
      country: 'AZ',
      honorific: 'Dr.',
      locale: 'ru',
      aliases: ['R. Sadigli', 'Rauf Sadigli', 'Рауф Садыглы'],
      otherEmails: ['rauf@old.example.com', 'rs@example.com'],
    });
    const left = conflicts
      .filter(({ code }) => code === 'value_not_taken')
      .map(({ field, id, kept: own, value }) => [field, id, own, value]);
    expect(left.sort()).toEqual([
      ['country', first.id, 'AZ', 'US'],
      ['honorific', second.id, 'Dr.', 'Mr.'],
    ]);
    for (const q of ['Садыглы', 'Rauf Sadigli']) {
      const { data } = await get<{ data: Made[] }>(`/v1/search?q=${encodeURIComponent(q)}&types=person`);
      expect(data.map(({ id }) => id)).toEqual([kept.id]);
    }
    expect((await get<{ data: Made[] }>('/v1/people?q=sadigli')).data.map(({ id }) => id)).toEqual([kept.id]);
  });

  it('takes single values from whom it is told', async () => {
    const kept = await person('Nigar Kerimova', { phone: '+994501110000', email: 'nigar@example.com' });
    const other = await person('Nigar Kərimova', { phone: '+994502220000', email: 'nigar.k@example.com' });
    const fields = { phone: other.id, email: other.id, fullName: other.id };
    const { result } = await merge('people', kept.id, [other.id], { fields });
    expect(result).toMatchObject({
      fullName: 'Nigar Kərimova',
      phone: '+994502220000',
      email: 'nigar.k@example.com',
      otherEmails: ['nigar@example.com'],
      aliases: ['Nigar Kerimova'],
    });
  });

  it('refuses what makes no sense, and points at it', async () => {
    const [a, b, gone] = [await person('Samir A'), await person('Samir B'), await person('Samir C')];
    const company = await organization('Samir LLC');
    await manager.delete(`/v1/people/${gone.id}`).expect(204);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const body = await refused('people', { keepId: a.id, mergeIds: [a.id, company.id, nobody, gone.id] });
    expect(faults(body)).toEqual([
      '/mergeIds/0 merged_with_itself',
      '/mergeIds/1 unknown_record',
      '/mergeIds/2 unknown_record',
      '/mergeIds/3 archived',
    ]);
    const fields = { shoeSize: a.id, aliases: a.id, phone: nobody };
    expect(faults(await refused('people', { keepId: a.id, mergeIds: [b.id], fields }))).toEqual([
      '/fields/aliases united',
      '/fields/phone not_in_merge',
      '/fields/shoeSize unknown_field',
    ]);
    await refused('people', { keepId: a.id, mergeIds: [] });
    await merge('people', a.id, [b.id]);
    const again = await refused('people', { keepId: b.id, mergeIds: [a.id] });
    expect(again.errors[0]).toMatchObject({ pointer: '/keepId', code: 'already_merged', keptId: a.id });
  });

  it('keeps both titles where they differ, one where they are the same, and prefers one', async () => {
    const { kept, other, firm } = await twins('Tural');
    await merge('people', kept.id, [other.id]);
    const { data } = await get<{ data: Made[] }>(`/v1/people/${kept.id}/positions?sort=title`);
    expect(data.map((row) => [row.title, row.source, row.preferred])).toEqual([
      ['Chairman', null, false],
      ['Director', 'S001', true],
      ['Trustee', null, true],
    ]);
    expect(data[0]?.organizationId).toBe(firm.id);
  });

  it('refuses two memberships of one time, and says which', async () => {
    const [a, b] = [await organization('Xəzər Terminal'), await organization('Khazar Terminal')];
    await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 30 });
    const term = { tierCode: 'gold', startsOn: '2026-01-01', endsOn: '2026-12-31' };
    const [one, two] = [
      await post('/v1/memberships', { organizationId: a.id, ...term }),
      await post('/v1/memberships', { organizationId: b.id, ...term, startsOn: '2026-06-01' }),
    ];
    const body = await refused('organizations', { keepId: a.id, mergeIds: [b.id] }, 409);
    expect(body.code).toBe('membership_overlap');
    expect(body.memberships.map(({ id }: Made) => id).sort()).toEqual([one.id, two.id].sort());
    await post(`/v1/memberships/${two.id}/cancellation`, { reason: 'The same company' }, 200);
    expect(moved(await merge('organizations', a.id, [b.id]))).toMatchObject({ 'memberships.organization_id': 1 });
    expect(await get(`/v1/memberships/${two.id}`)).toMatchObject({ organizationId: a.id });
  });

  it('keeps both bookings of one hour, the merged one without holding it', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const at = { startsAt: day(7), endsAt: day(7, 16), status: 'scheduled' };
    await ground.logged({ ...at, participants: [as(kept.id)] });
    const second = await ground.logged({ ...at, participants: [as(other.id)] });
    const both = await ground.logged({
      ...at,
      startsAt: day(8),
      endsAt: day(8, 16),
      participants: [as(kept.id), as(other.id)],
    });
    const answer = await merge('people', kept.id, [other.id]);
    expect(codes(answer)).toEqual([
      'bookings made_soft',
      'bookings set_aside',
      'messages cancelled',
      'messages cancelled',
      'side_meeting_participants set_aside',
    ]);
    const bookings = await ground.api.database.query(
      'SELECT about_id, firm, override_reason FROM bookings WHERE resource_id = $1 AND NOT firm',
      [kept.id],
    );
    expect(bookings).toEqual([
      { about_id: second.id, firm: false, override_reason: expect.stringContaining(answer.id ?? '') },
    ]);
    expect(await ground.planned(both.id)).toHaveLength(2);
  });

  it('never lets one person get two mails for one thing, nor lose one', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const guest = await ground.somebody();
    const meeting = await ground.logged({
      ...{ startsAt: day(9), endsAt: day(9, 16), status: 'scheduled' },
      participants: [as(other.id), as(guest.id, 'host')],
    });
    const about = { type: 'conference', id: ground.conference.id };
    for (const { id } of [kept, other])
      await staff
        .post('/v1/invitations')
        .send({ about, recipients: { personIds: [id] } })
        .expect(202);
    const answer = await merge('people', kept.id, [other.id]);
    expect(moved(answer)).toMatchObject({ 'messages.person_id': 3 });
    expect((await ground.planned(meeting.id)).filter(({ email }) => email === kept.email)).toHaveLength(2);
    const invitations = (await ground.messages(about.id)).filter(({ email }) =>
      [kept.email, other.email].includes(email),
    );
    expect(invitations.map(({ status, reason }) => [status, reason]).sort()).toEqual([
      ['cancelled', 'merged'],
      ['planned', null],
    ]);
    await manager
      .patch(`/v1/side-meetings/${meeting.id}`)
      .send({ startsAt: day(10), endsAt: day(10, 16) })
      .expect(200);
    expect((await ground.planned(meeting.id)).filter(({ email }) => email === kept.email)).toHaveLength(2);
  });

  it('counts a mail that went out to either of them', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const meeting = await ground.logged({
      ...{ startsAt: day(15), endsAt: day(15, 16), status: 'scheduled' },
      participants: [as(kept.id), as(other.id, 'host')],
    });
    await ground.api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND person_id = $2`,
      [meeting.id, other.id],
    );
    const states = async () =>
      (await ground.messages(meeting.id)).map(({ status, reason }) => `${status} ${reason}`).sort();
    await merge('people', kept.id, [other.id]);
    expect(await states()).toEqual(['cancelled merged', 'cancelled merged', 'sent null', 'sent null']);
    await manager.patch(`/v1/side-meetings/${meeting.id}`).send({ title: 'Talks, renamed' }).expect(200);
    expect(await states()).toEqual(['cancelled merged', 'cancelled merged', 'sent null', 'sent null']);
  });

  it('keeps the answer to an invitation, whoever of the two gave it', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const about = { type: 'conference', id: ground.conference.id };
    for (const { id } of [kept, other])
      await staff
        .post('/v1/invitations')
        .send({ about, recipients: { personIds: [id] } })
        .expect(202);
    const of = (id: string) => get<{ data: Made[] }>(`/v1/invitations?filter[personId]=${id}`);
    const [invitation] = (await of(other.id)).data;
    await post(`/v1/invitations/${invitation?.id}/response`, { status: 'accepted' }, 200);
    expect(codes(await merge('people', kept.id, [other.id]))).toContain('invitations set_aside');
    expect((await of(kept.id)).data).toMatchObject([{ status: 'accepted' }]);
  });

  it('moves the history', async () => {
    const [kept, other] = [await person('Elvin Kept'), await person('Elvin Merged')];
    await manager.patch(`/v1/people/${other.id}`).send({ notes: 'old times' }).expect(200);
    const { id } = await merge('people', kept.id, [other.id]);
    const history = async () =>
      (
        await get<{ data: { about: { id: string }; action: string }[] }>(
          `/v1/audit-entries?filter[aboutId]=${kept.id}&sort=at`,
        )
      ).data;
    expect((await history()).map(({ action }) => action).sort()).toEqual(
      ['created', 'created', 'updated', 'merged', 'merged_into'].sort(),
    );
    const { data } = await get<{ data: { kind: string }[] }>(`/v1/people/${kept.id}/timeline`);
    expect(data.map(({ kind }) => kind).sort()).toEqual(['created', 'created', 'merged', 'merged_into', 'updated']);
    await revert(id);
    expect((await history()).every(({ about }) => about.id === kept.id)).toBe(true);
  });

  it('shows nobody what they may not know of', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const secret = { title: 'Unspoken talks', visibility: 'restricted', participants: [as(other.id)] };
    await ground.logged(secret, ground.manager);
    const answer = await staff.post('/v1/people/merges').send({ keepId: kept.id, mergeIds: [other.id], dryRun: true });
    expect(answer.status).toBe(200);
    expect(moved(answer.body)).toMatchObject({ 'side_meeting_participants.person_id': 1 });
    expect(JSON.stringify(answer.body)).not.toContain('Unspoken');
  });
});

describe('a merge of organizations', () => {
  it('closes no circle when a parent becomes part of its child', async () => {
    const top = await organization('Top Holding');
    const parent = await organization('Middle Holding', { parentId: top.id });
    const child = await organization('Middle Holding MMC', { parentId: parent.id });
    const sister = await organization('Sister', { parentId: parent.id });
    const grandchild = await organization('Grandchild', { parentId: child.id });
    const { result } = await merge('organizations', child.id, [parent.id]);
    expect(result.parentId).toBe(top.id);
    expect(await get(`/v1/organizations/${sister.id}`)).toMatchObject({ parentId: child.id });
    const second = await merge('organizations', grandchild.id, [top.id]);
    expect(second.result.parentId).toBeNull();
    expect(await get(`/v1/organizations/${child.id}`)).toMatchObject({ parentId: grandchild.id });
  });

  it('takes positions, participants and conferences along, and unites tags and sectors', async () => {
    const kept = await organization('SOCAR', { tags: ['oil'] });
    const other = await organization('State Oil Company', {
      tags: ['oil', 'state'],
      website: 'https://socar.example.az',
    });
    const somebody = await ground.somebody();
    await post(`/v1/people/${somebody.id}/positions`, { organizationId: other.id, title: 'Vice president' });
    await ground.logged({ participants: [{ ...as(somebody.id), organizationId: other.id }] });
    const { result, ...answer } = await merge('organizations', kept.id, [other.id]);
    expect(result).toMatchObject({
      tags: ['oil', 'state'],
      website: 'https://socar.example.az',
      aliases: ['State Oil Company'],
    });
    expect(moved(answer as Merge)).toMatchObject({
      'positions.organization_id': 1,
      'side_meeting_participants.organization_id': 1,
    });
    expect(answer.moves.find(({ relation }) => relation === 'positions')?.samples).toMatchObject([
      { label: 'Vice president' },
    ]);
  });
});

describe('a merged id', () => {
  it('leads to the kept record for ever, whatever is asked of it', async () => {
    const [a, b, c] = [await person('Ayan A'), await person('Ayan B'), await person('Ayan C')];
    await merge('people', b.id, [a.id]);
    await merge('people', c.id, [b.id]);
    const leads = async (method: 'get' | 'patch' | 'delete' | 'post', path: string) => {
      const answer = await manager[method](`/v1/people/${a.id}${path}`)
        .redirects(0)
        .send(method === 'get' ? undefined : { title: 'CEO' });
      expect([path, answer.status, answer.headers.location]).toEqual([path, 308, `/v1/people/${c.id}${path}`]);
      expect(answer.body).toMatchObject({ code: 'merged', keptId: c.id });
    };
    await leads('get', '');
    await leads('get', '/positions?limit=2');
    await leads('get', '/duplicates');
    await leads('post', '/positions');
    await leads('delete', '');
    const patched = await manager.patch(`/v1/people/${a.id}`).redirects(0).send({ notes: 'x' });
    expect(patched.status).toBe(308);
    const tier = { tierCode: 'gold', startsOn: '2026-01-01', endsOn: '2026-12-31' };
    const { body } = await manager
      .post('/v1/memberships')
      .send({ personId: a.id, ...tier })
      .expect(422);
    expect(body.errors[0].pointer).toBe('/personId');
    await manager.get('/v1/people/01900000-0000-7000-8000-000000000000').expect(404);
    for (const list of ['people?q=ayan', 'people?q=ayan&filter[archived]=true', 'search?q=ayan&types=person']) {
      const { data } = await get<{ data: Made[] }>(`/v1/${list}`);
      expect([list, ...data.map(({ id }) => id)]).toEqual([list, ...(list.includes('archived') ? [] : [c.id])]);
    }
  });

  it('is no position’s organization any more', async () => {
    const [a, b] = [await organization('Redirect Co'), await organization('Redirect Company')];
    await merge('organizations', a.id, [b.id]);
    const { id } = await person('Somebody Working');
    const { body } = await manager
      .post(`/v1/people/${id}/positions`)
      .send({ title: 'CEO', organizationId: b.id })
      .expect(422);
    expect(body.errors[0].pointer).toBe('/organizationId');
  });
});

describe('a revert', () => {
  it('brings everything back as it was', async () => {
    const { kept, other, firm, fund } = await twins('Kamran');
    const third = await person('Kamran M.', { email: 'kamran.third@example.com' });
    const around = { startsAt: day(12), endsAt: day(12, 16), status: 'scheduled' };
    for (const participants of [[as(kept.id)], [as(other.id)], [as(kept.id), as(other.id, 'host'), as(third.id)]])
      await ground.logged({
        ...around,
        ...(participants.length > 1 && { startsAt: day(13), endsAt: day(13, 16) }),
        participants,
        about: [other, ...(participants.length > 1 ? [kept] : [])].map(({ id }) => ({ type: 'person', id })),
        commitments: [
          { action: 'Send', owedBy: { personId: other.id }, owedTo: { organizationId: fund.id } },
          { action: 'Answer', owedBy: { organizationId: firm.id }, owedTo: { personId: third.id } },
        ],
      });
    const about = { type: 'conference', id: ground.conference.id };
    for (const { id } of [kept, other])
      await staff
        .post('/v1/invitations')
        .send({ about, recipients: { personIds: [id] } })
        .expect(202);
    await post('/v1/tasks', { title: 'Call him', about: { type: 'person', id: other.id } });
    const session = await post(`/v1/conferences/${ground.conference.id}/sessions`, {
      title: 'Panel',
      kind: 'panel',
      startsAt: null,
      endsAt: null,
    });
    for (const { id } of [kept, other])
      await post(`/v1/sessions/${session.id}/speakers`, { personId: id, role: 'panelist' });
    await manager.post('/v1/membership-tiers').send({ code: 'gold', name: 'Gold', graceDays: 30 });
    await post('/v1/memberships', {
      personId: other.id,
      tierCode: 'gold',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    });
    const stranger = await person('Kamran Stranger');
    await staff.post(`/v1/people/${other.id}/duplicates/${stranger.id}/dismissal`).send({}).expect(204);
    await post('/v1/conferences', {
      name: 'Held by the fund',
      timeZone: 'Asia/Baku',
      startsAt: null,
      endsAt: null,
      status: 'draft',
      organizerId: fund.id,
    });
    const before = await everything();
    const people = await merge('people', kept.id, [other.id, third.id], {
      fields: { email: other.id, fullName: third.id },
    });
    const organizations = await merge('organizations', firm.id, [fund.id], { fields: { name: fund.id } });
    expect(await everything()).not.toEqual(before);
    expect(Object.keys(moved(people)).sort()).toEqual([
      'audit_entries.about_id',
      'bookings.resource_id',
      'commitments.owed_by_person_id',
      'commitments.owed_to_person_id',
      'memberships.person_id',
      'messages.person_id',
      'positions.person_id',
      'side_meeting_abouts.record_id',
      'side_meeting_participants.person_id',
      'tasks.about_id',
    ]);
    expect((await revert(organizations.id)).stayed).toEqual([]);
    expect((await revert(people.id)).stayed).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('keeps and lists what people changed since', async () => {
    const { kept, other } = await twins('Orxan');
    const { id } = await merge('people', kept.id, [other.id]);
    const { data } = await get<{ data: Made[] }>(`/v1/people/${kept.id}/positions?filter[title]=Trustee`);
    const elsewhere = await person('Orxan Elsewhere');
    await ground.api.database.query('UPDATE positions SET person_id = $1 WHERE id = $2', [elsewhere.id, data[0]?.id]);
    await manager
      .patch(`/v1/people/${kept.id}`)
      .send({ phone: '+994551112233', aliases: ['Orik', 'Mamedov'] })
      .expect(200);
    const answer = await revert(id);
    expect(answer.stayed.map(({ relation, field, code }) => [relation, field, code])).toEqual([
      ['positions', 'person_id', 'changed_since'],
      ['people', 'phone', 'changed_since'],
    ]);
    expect(await get(`/v1/people/${kept.id}`)).toMatchObject({
      phone: '+994551112233',
      aliases: ['Orik'],
      notes: null,
    });
    expect(await get(`/v1/people/${other.id}`)).toMatchObject({
      fullName: 'Orxan Mammadov',
      phone: '+994 50 123 45 67',
    });
  });

  it('puts back what it can where places were taken meanwhile', async () => {
    const [kept, other] = [await ground.somebody(), await ground.somebody()];
    const meetings = [];
    for (let i = 0; i < 2; i++)
      meetings.push(await ground.logged({ participants: [as(kept.id), as(other.id, 'host')] }));
    const of = (personId: string) =>
      ground.api.database.query<{ id: string }>(
        'SELECT id FROM side_meeting_participants WHERE person_id = $1 ORDER BY meeting_id',
        [personId],
      );
    const [gone] = await of(other.id);
    const { id } = await merge('people', kept.id, [other.id]);
    const guest = await ground.somebody();
    await ground.api.database.query(
      `INSERT INTO side_meeting_participants (id, meeting_id, person_id, side) VALUES ($1, $2, $3, 'host')`,
      [gone?.id, meetings[0].id, guest.id],
    );
    expect((await revert(id)).stayed).toEqual([
      { relation: 'side_meeting_participants', id: gone?.id, field: null, code: 'not_restorable' },
    ]);
    expect([await of(kept.id), await of(other.id)]).toMatchObject([[{}, {}], [{}]]);
  });

  it('is done once, and not behind a later merge of the kept record', async () => {
    const [a, b, c] = [await person('Chain A'), await person('Chain B'), await person('Chain C')];
    const first = await merge('people', b.id, [a.id]);
    const second = await merge('people', c.id, [b.id]);
    const blocked = await staff.post(`/v1/merges/${first.id}/revert`).send({}).expect(409);
    expect(blocked.body).toMatchObject({ code: 'kept_was_merged', mergeId: second.id });
    await revert(second.id);
    await revert(first.id);
    const again = await staff.post(`/v1/merges/${first.id}/revert`).send({}).expect(409);
    expect(again.body.code).toBe('already_reverted');
    expect((await get<{ data: Made[] }>('/v1/people?q=chain')).data).toHaveLength(3);
    await staff.post('/v1/merges/01900000-0000-7000-8000-000000000000/revert').send({}).expect(404);
  });
});

describe('ids of people and organizations', () => {
  it('stand nowhere without a foreign key, but for where a merge sees to them', async () => {
    const loose = await ground.api.database.query<{ place: string }>(`
      SELECT table_name || '.' || column_name AS place FROM information_schema.columns c
      WHERE table_schema = 'public' AND column_name ~ '(^|_)(person|organization|about|record|subject|resource|member)_id$'
        AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')
        AND NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
          WHERE k.contype = 'f' AND k.conrelid = c.table_name::regclass AND a.attname = c.column_name)
      ORDER BY 1`);
    expect([
      'audit_entries.about_id',
      'import_keys.subject_id',
      'import_verdicts.organization_id',
      'import_verdicts.person_id',
      'merge_moves.about_id',
    ]).toEqual(expect.arrayContaining(loose.map(({ place }) => place)));
    expect(loose.length).toBeGreaterThan(3);
  });
});
