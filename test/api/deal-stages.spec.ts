import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  [field: string]: unknown;
}

const WON = 'closed_won';

describe('the stages of deals', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object, client = staff): Promise<Made> {
    const answer = await client.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  }
  const deal = (fields: object = {}) =>
    post('/v1/deals', { title: 'Cement plant upgrade', kind: 'export_sale', ...fields });
  const get = async (id: string): Promise<Made> => (await staff.get(`/v1/deals/${id}`).expect(200)).body;
  const change = (id: string, stage: string, fields: object = {}) =>
    staff.post(`/v1/deals/${id}/stage-changes`).send({ stage, ...fields });
  const reopen = (id: string, stage: string, fields: object = {}) =>
    staff.post(`/v1/deals/${id}/reopening`).send({ stage, ...fields });
  const history = async (id: string, client = staff): Promise<Made[]> =>
    (await client.get(`/v1/deals/${id}/stage-changes`).expect(200)).body.data;
  const steps = async (id: string) => (await history(id)).map(({ from, to }) => [from, to]);
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const meeting = async (client: Client, fields: object = {}) => {
    const { id: personId } = await post('/v1/people', { fullName: 'Rauf Sadıqlı' });
    return post(
      '/v1/side-meetings',
      {
        ...{ title: 'Terms of reference', kind: 'bilateral', status: 'held', timeZone: 'America/New_York' },
        ...{ startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T10:45', ...fields },
        participants: [{ personId, side: 'visiting' }],
      },
      client,
    );
  };

  it('are kept with who changed them, when, why and by what it is shown', async () => {
    const { id } = await deal({ stageSince: '2026-03-10' });
    const evidence = { type: 'side_meeting', id: (await meeting(staff)).id };
    const made = await change(id, 'scoping', { at: '2026-04-02T09:30:00Z', note: 'Agreed by telephone', evidence });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ dealId: id, place: 2, from: 'lead', to: 'scoping', stage: 'scoping' });
    expect((await staff.get(String(made.headers.location)).expect(200)).body).toEqual(made.body);
    expect(await history(id)).toMatchObject([
      { place: 1, from: null, to: 'lead', at: '2026-03-10', datePrecision: 'day', note: null, evidence: null },
      {
        ...{ place: 2, from: 'lead', to: 'scoping', at: '2026-04-02T09:30:00Z', datePrecision: null },
        ...{ note: 'Agreed by telephone', evidence: { ...evidence, title: 'Terms of reference' } },
        by: { id: staff.id, name: 'The staff' },
      },
    ]);
    const after = await get(id);
    expect(after).toMatchObject({ stage: 'scoping', stageSince: '2026-04-02T09:30:00Z', stagePrecision: null });
    const manager = await api.as('manager');
    const { body } = await manager.get(`/v1/audit-entries?filter[aboutId]=${id}`).expect(200);
    expect(body.data.map(({ action }: { action: string }) => action)).toContain('stage_changed');
  });

  it('may be skipped and taken back, not repeated', async () => {
    const { id } = await deal();
    for (const stage of ['negotiation', 'qualified', 'contract']) await change(id, stage).expect(201);
    expect((await change(id, 'contract').expect(409)).body).toMatchObject({ code: 'same_stage', stage: 'contract' });
    expect(await steps(id)).toEqual([
      [null, 'lead'],
      ['lead', 'negotiation'],
      ['negotiation', 'qualified'],
      ['qualified', 'contract'],
    ]);
  });

  it('tell how likely the deal is, unless somebody says otherwise', async () => {
    const { id } = await deal({ probability: 35 });
    expect(await get(id)).toMatchObject({ probability: 35, probabilityByStage: false });
    await change(id, 'negotiation').expect(201);
    expect(await get(id)).toMatchObject({ probability: 70, probabilityByStage: true });
    await staff.patch(`/v1/deals/${id}`).send({ probability: 85 }).expect(200);
    await change(id, 'on_hold').expect(201);
    expect(await get(id)).toMatchObject({ stage: 'on_hold', heldFrom: 'negotiation', probability: 85 });
    await change(id, 'negotiation').expect(201);
    expect(await get(id)).toMatchObject({ probability: 85, heldFrom: null });
    await change(id, 'contract', { probability: 99 }).expect(201);
    expect(await get(id)).toMatchObject({ probability: 99, probabilityByStage: false });
    await staff.patch(`/v1/deals/${id}`).send({ probability: null }).expect(200);
    await change(id, 'on_hold').expect(201);
    expect(await get(id)).toMatchObject({ probability: 90, probabilityByStage: true });
    await change(id, WON).expect(201);
    expect(await get(id)).toMatchObject({ probability: 100, probabilityByStage: true });
    const { body } = await staff.patch(`/v1/deals/${id}`).send({ probability: 50 }).expect(422);
    expect(faults(body)).toEqual(['/probability deal_closed']);
    const list = await staff.get('/v1/deals?filter[probability][gte]=100').expect(200);
    expect(list.body.data.map((row: Made) => row.id)).toEqual([id]);
  });

  it('end, and are opened again with a reason', async () => {
    const { id } = await deal({ stageSince: '2026-01-15' });
    expect((await change(id, 'closed_lost').expect(422)).body.errors).toMatchObject([
      { pointer: '/note', code: 'required' },
    ]);
    await change(id, 'closed_lost', { note: 'The tender went elsewhere', at: '2026-05-20' }).expect(201);
    expect(await get(id)).toMatchObject({ stage: 'closed_lost', closedOn: '2026-05-20', probability: 0 });
    for (const stage of ['negotiation', WON, 'on_hold'])
      expect((await change(id, stage).expect(409)).body).toMatchObject({ code: 'deal_closed' });
    expect(faults((await reopen(id, 'negotiation').expect(422)).body)).toContain('/note is_string');
    for (const stage of [WON, 'on_hold'])
      expect(faults((await reopen(id, stage, { note: 'x' }).expect(422)).body)).toEqual(['/stage is_in']);
    const note = 'The winner has withdrawn';
    expect((await reopen(id, 'negotiation', { note }).expect(201)).body).toMatchObject({ from: 'closed_lost', note });
    expect(await get(id)).toMatchObject({ stage: 'negotiation', closedOn: null, probability: 70 });
    expect((await reopen(id, 'contract', { note }).expect(409)).body.code).toBe('deal_open');
    expect(await steps(id)).toHaveLength(3);
  });

  it('are dated in the past, one after another', async () => {
    const { id } = await deal({ stageSince: '2026-03-10' });
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
    const refused: [object, string][] = [
      [{ at: day(1) }, '/at in_future'],
      [{ at: day(3).slice(0, 10) }, '/at in_future'],
      [{ at: '2026-03-09' }, '/at before_former_change'],
      [{ at: '2026-02-01', datePrecision: 'month' }, '/at before_former_change'],
      [{ at: '2026-02-30' }, '/at calendar_date'],
      [{ at: '2026-03-12T10:00' }, '/at matches'],
      [{ at: 'yesterday' }, '/at matches'],
      [{ at: null }, '/at matches'],
      [{ at: '0000-01-01' }, '/at calendar_date'],
      [{ at: '0001-01-01' }, '/at out_of_range'],
      [{ datePrecision: 'month' }, '/at required'],
      [{ at: '2026-04-01', datePrecision: 'window' }, '/datePrecision is_in'],
      [{ probability: 101 }, '/probability max'],
    ];
    for (const [fields, fault] of refused)
      expect(faults((await change(id, 'qualified', fields).expect(422)).body)).toContain(fault);
    expect(faults((await change(id, 'signed').expect(422)).body)).toEqual(['/stage is_in']);
    await change(id, 'qualified', { at: '2026-03-31', datePrecision: 'month' }).expect(201);
    await change(id, 'scoping', { at: '2026-03-10T08:00:00Z' }).expect(201);
    expect((await history(id)).map(({ at }) => at)).toEqual(['2026-03-10', '2026-03-01', '2026-03-10T08:00:00Z']);
  });

  it('are changed one after the other, also by two at once', async () => {
    const { id } = await deal();
    const stages = ['qualified', 'scoping', 'feed', 'financing', 'contract', 'qualified', 'scoping', 'feed'];
    const answers = await Promise.all(stages.map((stage) => change(id, stage)));
    const taken = answers.filter(({ status }) => status === 201);
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'same_stage')).toBe(true);
    const told = await history(id);
    expect(told.map(({ place }) => place)).toEqual(Array.from({ length: taken.length + 1 }, (_, i) => i + 1));
    expect(told.slice(1).map(({ from }) => from)).toEqual(told.slice(0, -1).map(({ to }) => to));
    expect((await get(id)).stage).toBe(told.at(-1)?.to);
    const closings = await Promise.all([change(id, WON), change(id, 'closed_lost', { note: 'No' }), change(id, WON)]);
    expect(closings.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('never leak what shows them', async () => {
    const [manager, viewer] = [await api.as('manager'), await api.as('viewer')];
    const secret = await meeting(manager, { title: 'Quiet talks', visibility: 'restricted' });
    const evidence = { type: 'side_meeting', id: secret.id };
    const { id } = await deal();
    const refused = await change(id, 'scoping', { evidence }).expect(404);
    expect(faults(refused.body)).toEqual(['/evidence unknown_record']);
    const nothing = { type: 'side_meeting', id: '019a0000-0000-7000-8000-000000000000' };
    const none = await change(id, 'scoping', { evidence: nothing }).expect(404);
    expect(none.body.errors[0].message.replace(nothing.id, secret.id)).toBe(refused.body.errors[0].message);
    await post(`/v1/deals/${id}/stage-changes`, { stage: 'scoping', evidence }, manager);
    expect((await history(id, manager))[1]?.evidence).toEqual({ ...evidence, title: 'Quiet talks' });
    for (const client of [staff, viewer]) {
      const told = await history(id, client);
      expect(told[1]?.evidence).toEqual({ type: 'side_meeting', restricted: true });
      const { body } = await client.get(`/v1/deals/${id}/timeline?limit=200`).expect(200);
      expect(JSON.stringify([told, body])).not.toMatch(new RegExp(`Quiet|${secret.id}`));
    }
  });

  it('are not shown by the deal itself, in whatever case its id is written', async () => {
    const { id } = await deal();
    for (const own of [id, id.toUpperCase()]) {
      const refused = await change(id, 'scoping', { evidence: { type: 'deal', id: own } }).expect(422);
      expect(faults(refused.body)).toEqual(['/evidence own_evidence']);
    }
    const other = await deal();
    const made = await change(id, 'scoping', { evidence: { type: 'deal', id: other.id.toUpperCase() } }).expect(201);
    expect(made.body.evidence).toMatchObject({ id: other.id });
  });

  it('are changed by staff, and nothing of them by a PATCH', async () => {
    const { id } = await deal();
    const viewer = await api.as('viewer');
    await viewer.post(`/v1/deals/${id}/stage-changes`).send({ stage: 'scoping' }).expect(403);
    await viewer.post(`/v1/deals/${id}/reopening`).send({ stage: 'scoping', note: 'x' }).expect(403);
    const { body } = await staff.patch(`/v1/deals/${id}`).send({ stage: 'scoping' }).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/stage', message: expect.stringContaining('stage-changes') }]);
    await staff.delete(`/v1/deals/${id}`).expect(204);
    await change(id, 'scoping').expect(404);
    expect(await steps(id)).toEqual([[null, 'lead']]);
  });

  it('of a past deal are written down as it ended', async () => {
    const { id } = await deal({ stage: WON, stageSince: '2025-11-01', stagePrecision: 'month' });
    expect(await get(id)).toMatchObject({
      ...{ stage: WON, stageSince: '2025-11-01', stagePrecision: 'month', closedOn: '2025-11-01', probability: 100 },
    });
    const sent = { title: 'x', kind: 'study', stage: WON, stageSince: '2999-01-01', probability: 5 };
    const { body } = await staff.post('/v1/deals').send(sent).expect(422);
    expect(faults(body)).toEqual(['/stageSince out_of_range', '/probability deal_closed']);
  });
});
