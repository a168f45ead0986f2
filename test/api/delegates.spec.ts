import { MissionGround } from '../factories/missions.js';

const NOBODY = '01900000-0000-7000-8000-000000000000';

interface Page {
  data: Record<string, unknown>[];
  page: { total?: number };
}

describe('the delegates of a trade mission', () => {
  let on: MissionGround;
  beforeAll(async () => {
    on = await MissionGround.open();
  });
  afterAll(() => on?.api.close());

  const refused = async (path: string, body: object, status: number) => {
    const { body: problem } = await on.staff.post(path).send(body).expect(status);
    return problem as { code: string; errors: { pointer: string; code: string }[] } & Record<string, unknown>;
  };
  const add = (missionId: string, body: object, status: number) =>
    refused(`/v1/trade-missions/${missionId}/delegates`, body, status);
  const position = (personId: string, organizationId: string, fields: object = {}) =>
    on.post(`/v1/people/${personId}/positions`, { organizationId, title: 'Director', ...fields });
  const organization = async () =>
    (await on.post('/v1/organizations', { name: `Agency ${Math.random()}`, kind: 'government_agency' })).id;

  describe('are added', () => {
    it('with what is known of them, everything else by default', async () => {
      const missionId = await on.mission();
      const { id: personId, fullName } = await on.somebody();
      const body = await on.post<Record<string, unknown>>(`/v1/trade-missions/${missionId}/delegates`, { personId });
      expect(body).toMatchObject({
        missionId,
        personId,
        fullName,
        organizationId: null,
        role: 'delegate',
        status: 'nominated',
        visaStatus: 'not_started',
        arrivesAt: null,
        byAnswer: false,
        timeZone: 'America/New_York',
      });
      const stay = { arrivesAt: '2037-03-08T21:40', departsAt: '2037-03-14T09:05:00Z', dietary: 'No nuts' };
      expect(await on.patch(`/v1/delegates/${String(body.id)}`, stay)).toMatchObject({
        arrivesAt: '2037-03-09T01:40:00Z',
        arrivesAtLocal: '2037-03-08T21:40:00',
        departsAtLocal: '2037-03-14T05:05:00',
        dietary: 'No nuts',
        version: 2,
      });
    });

    it('for the organization where they work now, if that is one', async () => {
      const missionId = await on.mission();
      const [now, before, second] = [await organization(), await organization(), await organization()];
      const { id: personId } = await on.somebody();
      await position(personId, now);
      await position(personId, now, { title: 'Member of the board' });
      await position(personId, before, { endedOn: '2020-01-31' });
      const body = await on.post<Record<string, unknown>>(`/v1/trade-missions/${missionId}/delegates`, { personId });
      expect(body.organizationId).toBe(now);
      const { id: busy } = await on.somebody();
      await position(busy, now);
      await position(busy, second);
      const other = await on.post<Record<string, unknown>>(`/v1/trade-missions/${missionId}/delegates`, {
        personId: busy,
      });
      expect(other.organizationId).toBeNull();
    });

    it('once each, and with one head of the delegation', async () => {
      const missionId = await on.mission();
      const head = await on.delegate(missionId, { role: 'head' });
      expect(await add(missionId, { personId: head.personId }, 409)).toMatchObject({
        code: 'delegate_exists',
        delegateId: head.id,
      });
      const { id: personId } = await on.somebody();
      expect(await add(missionId, { personId, role: 'head' }, 409)).toMatchObject({
        code: 'head_exists',
        delegateId: head.id,
      });
      await on.patch(`/v1/delegates/${head.id}`, { status: 'declined' });
      const { id } = await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId, role: 'head' });
      const back = await on.staff.patch(`/v1/delegates/${head.id}`).send({ status: 'accepted' }).expect(409);
      expect(back.body.code).toBe('head_exists');
      await on.patch(`/v1/delegates/${id}`, { role: 'observer' });
      await on.patch(`/v1/delegates/${head.id}`, { status: 'accepted' });
    });

    it('not where anything about them is wrong; all of it is said at once', async () => {
      const missionId = await on.mission();
      const { id: personId } = await on.somebody();
      const body = { personId: NOBODY, organizationId: personId, arrivesAt: '2036-03-08T10:00' };
      const { errors } = await add(missionId, body, 422);
      expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
        '/arrivesAt outside_mission',
        '/organizationId unknown_record',
        '/personId unknown_record',
      ]);
      await add(missionId, { personId, role: 'boss', status: 'maybe', visaStatus: 'lost' }, 422);
      await add(NOBODY, { personId }, 404);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'cancelled' });
      expect((await add(missionId, { personId }, 409)).code).toBe('mission_cancelled');
      const viewer = await on.api.as('viewer');
      await viewer.post(`/v1/trade-missions/${missionId}/delegates`).send({ personId }).expect(403);
    });
  });

  it('are listed by name, and found by status, role, visa and organization', async () => {
    const missionId = await on.mission();
    const company = await organization();
    const first = await on.delegate(missionId, {
      role: 'interpreter',
      visaStatus: 'approved',
      organizationId: company,
    });
    const second = await on.delegate(missionId, { status: 'withdrawn' });
    const list = (query: string) => on.get<Page>(`/v1/trade-missions/${missionId}/delegates?${query}`);
    const ids = async (query: string) => (await list(query)).data.map(({ id }) => id);
    expect(await ids('')).toEqual([first.id, second.id]);
    expect(await ids('filter[status]=withdrawn')).toEqual([second.id]);
    expect(await ids('filter[role]=interpreter&filter[visaStatus]=approved')).toEqual([first.id]);
    expect(await ids(`filter[organizationId]=${company}`)).toEqual([first.id]);
    await on.post(`/v1/delegates/${first.id}/milestones`, { kind: 'flights', dueAt: '2037-02-01T12:00:00Z' });
    const { data } = await list('include=person,milestones&sort=-fullName');
    expect(data.at(-1)).toMatchObject({
      person: { id: first.personId },
      milestones: [{ kind: 'flights', title: 'Flights', dueAt: '2037-02-01T12:00:00Z', doneAt: null }],
    });
    await on.staff.delete(`/v1/delegates/${second.id}`).expect(204);
    expect(await ids('')).toEqual([first.id]);
    expect(await on.get(`/v1/delegates/${second.id}`)).toHaveProperty('archivedAt');
    await on.staff.patch(`/v1/delegates/${second.id}`).send({ notes: 'x' }).expect(404);
    const { data: told } = await on.get<Page>(`/v1/people/${first.personId}/timeline`);
    expect(told.map(({ about }) => (about as { id: string } | undefined)?.id)).toContain(missionId);
  });

  it('go through their statuses in order, and every change of a visa is kept', async () => {
    const missionId = await on.mission();
    const { id } = await on.delegate(missionId);
    await on.patch(`/v1/delegates/${id}`, { status: 'confirmed' });
    const { body } = await on.staff.patch(`/v1/delegates/${id}`).send({ status: 'nominated' }).expect(409);
    expect(body).toMatchObject({ code: 'status_refused', allowed: ['accepted', 'declined', 'withdrawn'] });
    for (const visaStatus of ['submitted', 'refused', 'letter_issued'])
      await on.patch(`/v1/delegates/${id}`, { visaStatus });
    const manager = await on.api.as('manager');
    const audit = await manager.get(`/v1/audit-entries?filter[aboutId]=${id}&sort=at&limit=50`).expect(200);
    const visas = (audit.body.data as { after?: { visaStatus?: string } }[]).flatMap(
      ({ after }) => after?.visaStatus ?? [],
    );
    expect(visas.sort()).toEqual(['letter_issued', 'not_started', 'refused', 'submitted']);
    await on.staff.patch(`/v1/delegates/${id}`).set('If-Match', '"1"').send({ notes: 'late' }).expect(412);
  });

  describe('and the itinerary', () => {
    it('hold whoever takes part, from joining until leaving, and again when they come back', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const { id, personId } = await on.delegate(missionId);
      expect(await on.held(item)).toEqual(new Map([[personId, true]]));
      await on.patch(`/v1/delegates/${id}`, { status: 'withdrawn' });
      expect(await on.held(item)).toEqual(new Map());
      await on.patch(`/v1/delegates/${id}`, { status: 'nominated' });
      expect(await on.held(item)).toEqual(new Map([[personId, true]]));
      await on.staff.delete(`/v1/delegates/${id}`).expect(204);
      expect(await on.held(item)).toEqual(new Map());
      await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId });
      expect(await on.held(item)).toEqual(new Map([[personId, true]]));
    });

    it('refuse who is booked elsewhere, unless somebody says why not', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const { id: personId } = await on.somebody();
      const meeting = await on.meeting(personId, '2037-03-10T11:00');
      const problem = await add(missionId, { personId }, 409);
      expect(problem.code).toBe('double_booked');
      expect(JSON.stringify(problem.conflicts)).toContain(meeting.id);
      const { page } = await on.get<Page>(`/v1/trade-missions/${missionId}/delegates?count=exact`);
      expect(page.total).toBe(0);
      const override = { reason: 'The meeting can wait' };
      const { id } = await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId, override });
      expect(await on.held(item)).toEqual(new Map([[personId, false]]));
      await on.patch(`/v1/delegates/${id}`, { status: 'declined' });
      const back = await on.staff.patch(`/v1/delegates/${id}`).send({ status: 'accepted' }).expect(409);
      expect(back.body.code).toBe('double_booked');
      await on.patch(`/v1/delegates/${id}`, { status: 'accepted', override });
      // What is over somebody else's head does not stand in the way of the next one who joins.
      await on.delegate(missionId);
    });

    it('name the meetings of whoever leaves, for somebody to re-plan', async () => {
      const missionId = await on.mission();
      const { id, personId } = await on.delegate(missionId);
      const about = [{ type: 'trade_mission', id: missionId }];
      const meeting = await on.meeting(personId, '2037-03-11T15:00', { title: 'Fuel supply', about });
      await on.meeting(personId, '2037-03-12T15:00');
      const answer = await on.patch(`/v1/delegates/${id}`, { status: 'withdrawn' });
      expect(answer.meetingsAhead).toEqual([
        { id: meeting.id, title: 'Fuel supply', startsAt: '2037-03-11T19:00:00Z' },
      ]);
      await on.post(`/v1/side-meetings/${meeting.id}/cancellation`, {}, 200);
      expect((await on.get(`/v1/delegates/${id}`)).meetingsAhead).toEqual([]);
    });
  });

  it('are counted for how far the mission is prepared', async () => {
    const startsOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const missionId = await on.mission({ startsOn, endsOn: startsOn });
    const applying = await on.delegate(missionId, { status: 'accepted', visaStatus: 'submitted' });
    const nameless = (await on.somebody({ email: null })).id;
    const late = await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId: nameless });
    await on.delegate(missionId, { status: 'confirmed', visaStatus: 'approved' });
    await on.delegate(missionId, { status: 'declined' });
    const due = { kind: 'insurance', dueAt: '2026-01-01T12:00:00Z' };
    await on.post(`/v1/delegates/${applying.id}/milestones`, due);
    await on.post(`/v1/delegates/${late.id}/milestones`, { ...due, doneAt: '2026-01-01T10:00:00Z' });
    await on.post(`/v1/trade-missions/${missionId}/hosts`, {
      organizationId: await organization(),
      status: 'confirmed',
    });
    const ready = await on.get(`/v1/trade-missions/${missionId}/readiness`);
    expect(ready).toMatchObject({
      startsOn,
      delegates: { accepted: 1, nominated: 1, confirmed: 1, declined: 1 },
      visas: { submitted: 1, not_started: 1, approved: 1 },
      hosts: { confirmed: 1 },
      overdue: [{ id: applying.id, milestones: [{ title: 'Insurance', dueAt: '2026-01-01T12:00:00Z' }] }],
      withoutLetter: [{ id: late.id }],
      withoutAddress: [{ id: late.id }],
    });
    expect(ready.daysToStart).toBeGreaterThanOrEqual(19);
    expect((ready.visasAtRisk as { id: string }[]).map(({ id }) => id)).toEqual([applying.id, late.id]);
    await on.post(`/v1/delegates/${late.id}/milestones`, {
      ...due,
      kind: 'invitation_letter',
      doneAt: '2026-01-01T10:00:00Z',
    });
    expect((await on.get(`/v1/trade-missions/${missionId}/readiness`)).withoutLetter).toEqual([]);
    const far = await on.mission();
    await on.delegate(far);
    expect((await on.get(`/v1/trade-missions/${far}/readiness`)).visasAtRisk).toEqual([]);
    await on.staff.get(`/v1/trade-missions/${NOBODY}/readiness`).expect(404);
  });

  it('who turn out to be one person are one delegate, until that is taken back', async () => {
    const missionId = await on.mission();
    const kept = await on.delegate(missionId, { status: 'declined', notes: 'Speaks Russian' });
    const same = await on.delegate(missionId, {
      visaStatus: 'approved',
      arrivesAt: '2037-03-08T10:00',
      role: 'observer',
    });
    const item = await on.item(missionId, '2037-03-10T10:00');
    const milestone = await on.post(`/v1/delegates/${same.id}/milestones`, {
      kind: 'flights',
      dueAt: '2037-02-01T12:00',
    });
    const manager = await on.api.as('manager');
    const merge = { keepId: kept.personId, mergeIds: [same.personId] };
    const { id } = (await manager.post('/v1/people/merges').send(merge).expect(201)).body as { id: string };
    const { data } = await on.get<Page>(`/v1/trade-missions/${missionId}/delegates`);
    expect(data).toMatchObject([
      {
        id: kept.id,
        status: 'nominated',
        visaStatus: 'approved',
        arrivesAtLocal: '2037-03-08T10:00:00',
        notes: 'Speaks Russian',
      },
    ]);
    expect(await on.held(item)).toEqual(new Map([[kept.personId, true]]));
    expect(await on.get(`/v1/milestones/${milestone.id}`)).toMatchObject({ delegateId: kept.id });
    await manager.post(`/v1/merges/${id}/revert`).send({}).expect(200);
    expect(await on.get(`/v1/delegates/${kept.id}`)).toMatchObject({ status: 'declined', visaStatus: 'not_started' });
    expect(await on.get(`/v1/milestones/${milestone.id}`)).toMatchObject({ delegateId: same.id });
    expect(await on.held(item)).toEqual(new Map([[same.personId, true]]));
  });

  describe('at the same time', () => {
    it('get one head, whoever asks first', async () => {
      const missionId = await on.mission();
      const delegates = await Promise.all(Array.from({ length: 4 }, () => on.delegate(missionId)));
      const statuses = await Promise.all(
        delegates.map(async ({ id }) => (await on.staff.patch(`/v1/delegates/${id}`).send({ role: 'head' })).status),
      );
      expect(statuses.sort()).toEqual([200, 409, 409, 409]);
    });

    it('get no booking of a mission that is cancelled while they join', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const people = await Promise.all(Array.from({ length: 6 }, () => on.somebody()));
      const answers = await Promise.all([
        ...people.map(({ id: personId }) =>
          on.staff.post(`/v1/trade-missions/${missionId}/delegates`).send({ personId }),
        ),
        on.staff.patch(`/v1/trade-missions/${missionId}`).send({ status: 'cancelled' }),
      ]);
      expect(answers.pop()?.status).toBe(200);
      for (const { status } of answers) expect([201, 409]).toContain(status);
      expect(await on.held(item)).toEqual(new Map());
      expect((await on.reminders(missionId)).filter((each) => each.endsWith('planned'))).toEqual([]);
    });
  });
});
