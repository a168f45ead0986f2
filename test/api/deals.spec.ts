import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

const NOBODY = '019a0000-0000-7000-8000-000000000000';
const PAST = { startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T10:45', timeZone: 'Asia/Baku' };

describe('deals', () => {
  let api: TestApi;
  let staff: Client;
  let manager: Client;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, manager] = [await api.as('staff'), await api.as('manager')];
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object, client = staff): Promise<Made> {
    const answer = await client.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  }
  const proposal = (fields: object = {}) => ({ title: 'Cement plant upgrade', kind: 'export_sale', ...fields });
  const deal = (fields: object = {}) => post('/v1/deals', proposal(fields));
  const organization = (name: string, fields: object = {}) =>
    post('/v1/organizations', { name, kind: 'company', ...fields });
  const person = (fullName: string) => post('/v1/people', { fullName });
  const party = (dealId: string, organizationId: string, role: string, fields: object = {}) =>
    post(`/v1/deals/${dealId}/parties`, { organizationId, role, ...fields });
  const conference = (fields: object = {}) =>
    post('/v1/conferences', {
      ...{ name: 'Trade and Business Conference', status: 'completed', timeZone: 'America/New_York' },
      ...{ startsAt: '2026-03-10T09:00', endsAt: '2026-03-11T18:00', ...fields },
    });
  const meeting = async (fields: object = {}, client = staff) => {
    const { id: personId } = await person('Rauf Sadıqlı');
    const participants = [{ personId, side: 'visiting' }];
    return post(
      '/v1/side-meetings',
      { title: 'Terms', kind: 'bilateral', status: 'held', ...PAST, participants, ...fields },
      client,
    );
  };
  const touch = (dealId: string, type: string, id: string, fields: object = {}) =>
    post(`/v1/deals/${dealId}/touchpoints`, { about: { type, id }, effect: 'advanced', ...fields });
  const all = async (path: string, client = staff): Promise<Made[]> => (await client.get(path).expect(200)).body.data;
  const ids = async (query: string): Promise<string[]> => (await all(`/v1/deals?${query}`)).map(({ id }) => id);
  const kinds = async (path: string): Promise<string[]> =>
    (await all(`/v1/${path}/timeline?limit=200`)).map(({ kind }) => kind as string);
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);

  it('belong to whoever adds them, unless said otherwise, and begin as leads', async () => {
    const sent = proposal({
      ...{ value: { amount: '014000000.5', currency: 'USD' }, country: 'AZ', sectors: ['energy'] },
      ...{ expectedCloseOn: '2027-06-30', notes: 'Second kiln' },
    });
    const made = await staff.post('/v1/deals').send(sent).expect(201);
    expect(made.headers).toMatchObject({ location: `/v1/deals/${made.body.id}`, etag: '"1"' });
    expect(made.body).toMatchObject({
      ...{ ...sent, value: { amount: '14000000.50', currency: 'USD' } },
      ...{ stage: 'lead', heldFrom: null, closedOn: null, probability: 5, probabilityByStage: true },
      ...{ ownerId: staff.id, owner: { id: staff.id, name: 'The staff' }, parties: [] },
    });
    expect(await deal({ ownerId: null, value: null })).toMatchObject({ ownerId: null, value: null, country: null });
  });

  it('are kept by staff, and read by everybody', async () => {
    const viewer = await api.as('viewer');
    const { id } = await deal();
    for (const path of ['', '/parties', '/instruments', '/touchpoints', '/stage-changes', '/timeline'])
      await viewer.get(`/v1/deals/${id}${path}`).expect(200);
    await viewer.post('/v1/deals').send(proposal()).expect(403);
    await viewer.patch(`/v1/deals/${id}`).send({ title: 'x' }).expect(403);
    await viewer.delete(`/v1/deals/${id}`).expect(403);
    for (const path of ['parties', 'instruments', 'touchpoints'])
      await viewer.post(`/v1/deals/${id}/${path}`).send({}).expect(403);
  });

  it.each([
    [{ value: { amount: '-5', currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: '9'.repeat(40), currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: '9'.repeat(16), currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: '1.234', currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: 1500, currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: '1e9', currency: 'USD' } }, '/value/amount matches'],
    [{ value: { amount: '5', currency: 'XXQ' } }, '/value/currency is_i_s_o4217_currency_code'],
    [{ value: { amount: '5', currency: 'usd' } }, '/value/currency matches'],
    [{ value: { amount: '5' } }, '/value/currency matches'],
    [{ value: '5 USD' }, '/value is_object'],
    [{ stage: 'signed' }, '/stage is_in'],
    [{ kind: 'gift' }, '/kind is_in'],
    [{ probability: 101 }, '/probability max'],
    [{ probability: 12.5 }, '/probability is_int'],
    [{ country: 'ZZ' }, '/country is_i_s_o31661_alpha2'],
    [{ ownerId: NOBODY }, '/ownerId unknown_reference'],
    [{ expectedCloseOn: '2027-02-29' }, '/expectedCloseOn calendar_date'],
    [{ expectedCloseOn: '0027-02-28' }, '/expectedCloseOn out_of_range'],
    [{ stageSince: '2026-02-30' }, '/stageSince calendar_date'],
    [{ heldFrom: 'lead' }, '/heldFrom unknown_property'],
  ])('refuse %j', async (fields, fault) => {
    const { body } = await staff.post('/v1/deals').send(proposal(fields)).expect(422);
    expect(faults(body)).toContain(fault);
  });

  it('hold the largest amount to the cent', async () => {
    const value = { amount: '999999999999999.99', currency: 'AZN' };
    expect((await deal({ value })).value).toEqual(value);
  });

  it('change by merge patch, one version after another, and leave the lists when archived', async () => {
    const made = await deal({ value: { amount: '5', currency: 'EUR' }, country: 'AZ' });
    const change = (patch: object, version = made.version) =>
      staff.patch(`/v1/deals/${made.id}`).set('If-Match', `"${version}"`).send(patch);
    const same = await change({ value: { amount: '5.00', currency: 'EUR' } }).expect(200);
    expect(same.body.version).toBe(1);
    const { body } = await change({ title: 'Kiln', value: null, country: null }).expect(200);
    expect(body).toMatchObject({ version: 2, title: 'Kiln', value: null, country: null, stage: 'lead' });
    await change({ title: 'Late' }).expect(412);
    expect(faults((await change({ title: null, kind: null }, 2).expect(422)).body)).toEqual(
      expect.arrayContaining(['/title is_string', '/kind is_in']),
    );
    await staff.delete(`/v1/deals/${made.id}`).expect(204);
    expect((await staff.get(`/v1/deals/${made.id}`).expect(200)).body.archivedAt).toEqual(expect.any(String));
    expect(await ids('q=kiln')).not.toContain(made.id);
    await staff.patch(`/v1/deals/${made.id}`).send({ title: 'x' }).expect(404);
    await staff.post(`/v1/deals/${made.id}/touchpoints`).send({}).expect(422);
  });

  it('are found by what is known of them', async () => {
    const buyer = await organization('Norm Cement');
    const far = { country: 'GE', kind: 'study', sectors: ['mining'] };
    const small = await deal({ ...far, title: 'Bakı metro signals', value: { amount: '20', currency: 'GEL' } });
    const large = await deal({ ...far, title: 'Gəncə kiln', value: { amount: '300', currency: 'GEL' } });
    const late = await deal({ ...far, expectedCloseOn: '2031-01-01', ownerId: manager.id, stage: 'closed_won' });
    await party(large.id, buyer.id, 'buyer');
    await party(large.id, buyer.id, 'sponsor');
    const of = async (query: string) => (await ids(`filter[country]=GE&${query}`)).sort();
    const sorted = (...deals: Made[]) => deals.map(({ id }) => id).sort();
    expect(await of('filter[kind]=study&filter[sectors]=mining')).toEqual(sorted(small, large, late));
    expect(await of('open=true')).toEqual(sorted(small, large));
    expect(await of('filter[stage]=closed_won')).toEqual(sorted(late));
    expect(await of('ownerId=me')).toEqual(sorted(small, large));
    expect(await of(`filter[ownerId]=${manager.id}`)).toEqual(sorted(late));
    expect(await of('filter[expectedCloseOn][gte]=2031-01-01')).toEqual(sorted(late));
    expect(await of('filter[amount][gt]=20&filter[currency]=GEL')).toEqual(sorted(large));
    expect(await of(`filter[partyId]=${buyer.id}`)).toEqual(sorted(large));
    expect(await of(`filter[partyId][in]=${buyer.id},nonsense`)).toEqual(sorted(large));
    expect(await of('filter[partyId]=nonsense')).toEqual([]);
    expect(await of('q=gence')).toEqual(sorted(large));
    expect(await ids('filter[country]=GE&sort=-amount')).toEqual([large.id, small.id, late.id]);
    const [first] = await all('/v1/deals?filter[country]=GE&sort=-amount&include=parties,owner&limit=1');
    expect(first?.parties).toMatchObject([
      { organizationId: buyer.id, organization: 'Norm Cement', person: null, role: 'buyer' },
      { organizationId: buyer.id, role: 'sponsor' },
    ]);
    const { body } = await staff.get('/v1/search?q=Ganja kiln&types=deal').expect(200);
    expect(body.data).toMatchObject([{ type: 'deal', id: large.id, subtitle: 'study' }]);
    await staff.get('/v1/deals?filter[stage]=signed').expect(400);
    await staff.get('/v1/deals?filter[value]=5').expect(400);
  });

  describe('have parties', () => {
    it('in as many roles as each plays, once in each', async () => {
      const [{ id }, buyer, contact] = [await deal(), await organization('Azersun'), await person('Leyla Əliyeva')];
      const path = `/v1/deals/${id}/parties`;
      const first = await party(id, buyer.id, 'buyer', { personId: contact.id, note: 'Signs' });
      expect(first).toMatchObject({ dealId: id, organization: 'Azersun', person: 'Leyla Əliyeva', role: 'buyer' });
      const twice = await staff.post(path).send({ organizationId: buyer.id, role: 'buyer' }).expect(409);
      expect(twice.body).toMatchObject({ code: 'party_exists', partyId: first.id });
      await party(id, buyer.id, 'sponsor');
      await party(id, (await organization('Holtec')).id, 'buyer');
      expect((await all(path)).map(({ role }) => role)).toEqual(['buyer', 'sponsor', 'buyer']);
      const patched = await staff.patch(`/v1/deal-parties/${first.id}`).send({ personId: null }).expect(200);
      expect(patched.body).toMatchObject({ personId: null, note: 'Signs', version: 2 });
      await staff.patch(`/v1/deal-parties/${first.id}`).send({ role: 'lender' }).expect(422);
      await staff.delete(`/v1/deal-parties/${first.id}`).expect(204);
      await party(id, buyer.id, 'buyer');
      const refused = { organizationId: NOBODY, role: 'owner', personId: NOBODY };
      expect(faults((await staff.post(path).send(refused).expect(422)).body)).toEqual(['/role is_in']);
      const unknown = await staff
        .post(path)
        .send({ ...refused, role: 'lender' })
        .expect(422);
      expect(faults(unknown.body)).toEqual(['/organizationId unknown_record', '/personId unknown_record']);
    });

    it('once in each role, also when two say so at once', async () => {
      const [{ id }, { id: organizationId }] = [await deal(), await organization('Azersun')];
      const body = { organizationId, role: 'lender' };
      const answers = await Promise.all([1, 2, 3].map(() => staff.post(`/v1/deals/${id}/parties`).send(body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('that become one in a merge, and two again', async () => {
      const [{ id }, kept, other] = [await deal(), await organization('Norm'), await organization('Norm LLC')];
      const contact = await person('Elnur Quliyev');
      await party(id, kept.id, 'buyer');
      await party(id, other.id, 'buyer', { personId: contact.id });
      await party(id, other.id, 'sponsor');
      await touch(id, 'organization', kept.id);
      await touch(id, 'organization', other.id, { note: 'By letter', at: '2026-03-10' });
      const loan = { kind: 'loan', providerId: other.id, status: 'proposed' };
      const { id: instrumentId } = await post(`/v1/deals/${id}/instruments`, loan);
      const roles = async () =>
        (await all(`/v1/deals/${id}/parties`)).map(({ organizationId, role, personId }) => [
          organizationId,
          role,
          personId,
        ]);
      const before = await roles();
      const merge = { keepId: kept.id, mergeIds: [other.id] };
      const merged = await manager.post('/v1/organizations/merges').send(merge);
      expect(merged.status).toBeLessThan(300);
      expect(await roles()).toEqual([
        [kept.id, 'buyer', contact.id],
        [kept.id, 'sponsor', null],
      ]);
      expect(await all(`/v1/deals/${id}/touchpoints`)).toMatchObject([{ at: '2026-03-10', note: 'By letter' }]);
      expect((await staff.get(`/v1/instruments/${instrumentId}`)).body.providerId).toBe(kept.id);
      await manager.post(`/v1/merges/${merged.body.id}/revert`).send({}).expect(200);
      expect(await roles()).toEqual(before);
      expect(await all(`/v1/deals/${id}/touchpoints`)).toHaveLength(2);
    });
  });

  describe('have instruments', () => {
    it('with what each gives, how far it is, and what shows it', async () => {
      const [{ id }, provider] = [await deal(), await organization('Trade and Development Agency')];
      const path = `/v1/deals/${id}/instruments`;
      const evidence = { type: 'organization', id: provider.id };
      const sent = {
        ...{ kind: 'feasibility_study', providerId: provider.id, status: 'approved', note: 'Phase 1' },
        ...{ amount: { amount: '1200000.00', currency: 'USD' }, statusOn: '2026-05-20', datePrecision: 'month' },
      };
      const made = await post(path, { ...sent, evidence });
      expect(made).toMatchObject({ ...sent, statusOn: '2026-05-01', provider: provider.name, missionId: null });
      expect(made.evidence).toEqual({ ...evidence, title: provider.name });
      const change = async (patch: object) =>
        (await staff.patch(`/v1/instruments/${made.id}`).send(patch).expect(200)).body;
      expect(await change({ status: 'granted', statusOn: '2026-06-02' })).toMatchObject({
        ...{ status: 'granted', statusOn: '2026-06-02', datePrecision: 'day', amount: sent.amount },
      });
      expect(await change({ status: 'disbursing' })).toMatchObject({ statusOn: null, datePrecision: null });
      const { body } = await manager.get(`/v1/audit-entries?filter[aboutId]=${made.id}`).expect(200);
      expect(body.data.map(({ after }: { after: Made }) => after.status).reverse()).toEqual([
        ...['approved', 'granted', 'disbursing'],
      ]);
      await staff.delete(`/v1/instruments/${made.id}`).expect(204);
      expect(await all(path)).toEqual([]);
    });

    it('whose evidence is only for those who may see it to give, and to replace', async () => {
      const [{ id }, { id: providerId }] = [await deal(), await organization('Quiet Bank')];
      const { id: personId } = await post('/v1/people', { fullName: 'Quiet Banker' });
      const secret = await post(
        '/v1/side-meetings',
        {
          ...{ title: 'Quiet talks', kind: 'bilateral', status: 'held', visibility: 'restricted', timeZone: 'UTC' },
          ...{ startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00', participants: [{ personId, side: 'host' }] },
        },
        manager,
      );
      const [path, evidence] = [`/v1/deals/${id}/instruments`, { type: 'side_meeting', id: secret.id }];
      const loan = { kind: 'loan', providerId, status: 'applied' };
      const unseen = await staff
        .post(path)
        .send({ ...loan, evidence })
        .expect(404);
      expect(faults(unseen.body)).toEqual(['/evidence unknown_record']);
      const made = await post(path, { ...loan, evidence }, manager);
      const replace = (by: Client, put: object | null) =>
        by.patch(`/v1/instruments/${made.id}`).send({ evidence: put });
      await replace(staff, null).expect(403);
      await replace(staff, { type: 'deal', id: (await deal()).id }).expect(403);
      const seen = await staff.patch(`/v1/instruments/${made.id}`).send({ status: 'approved' }).expect(200);
      expect(seen.body.evidence).toEqual({ type: 'side_meeting', restricted: true });
      expect((await replace(manager, null).expect(200)).body.evidence).toBeNull();
    });

    it('of a mission, where they paid for one', async () => {
      const [{ id }, { id: providerId }] = [await deal(), await organization('Agency')];
      const { id: missionId } = await post('/v1/trade-missions', {
        ...{ name: 'Rail mission', direction: 'reverse', originCountry: 'AZ', hostCountry: 'US' },
        ...{ startsOn: '2027-05-03', endsOn: '2027-05-12', timeZone: 'America/New_York' },
      });
      const path = `/v1/deals/${id}/instruments`;
      const sent = { kind: 'reverse_trade_mission', providerId, status: 'granted', missionId };
      const made = await post(path, sent);
      expect(made).toMatchObject({ missionId, mission: 'Rail mission' });
      expect(await kinds(`trade-missions/${missionId}`)).toContain('instrument');
      const refuse = async (fields: object, ...expected: string[]) =>
        expect(
          faults(
            (
              await staff
                .post(path)
                .send({ ...sent, ...fields })
                .expect(422)
            ).body,
          ),
        ).toEqual(expected);
      await refuse({ kind: 'loan' }, '/missionId not_a_mission');
      await refuse({ missionId: id, providerId: NOBODY }, '/providerId unknown_record', '/missionId unknown_record');
      await refuse({ statusOn: '2999-01-01' }, '/statusOn out_of_range');
      await refuse({ statusOn: '2150-01-01' }, '/statusOn in_future');
      await refuse({ datePrecision: 'month' }, '/statusOn required');
      await refuse({ evidence: { type: 'deal', id } }, '/evidence own_evidence');
      await refuse(
        { status: 'maybe', amount: { amount: '-1', currency: 'USD' } },
        '/status is_in',
        '/amount/amount matches',
      );
      const moved = await staff.patch(`/v1/instruments/${made.id}`).send({ kind: 'pilot' }).expect(422);
      expect(faults(moved.body)).toEqual(['/missionId not_a_mission']);
    });
  });

  describe('have touchpoints', () => {
    it('of when the record took place, unless said otherwise', async () => {
      const [{ id }, event, task] = [await deal(), await conference(), await post('/v1/tasks', { title: 'Call' })];
      const made = await touch(id, 'conference', event.id, { effect: 'originated', note: 'Panel 3' });
      const about = { type: 'conference', id: event.id, title: event.name };
      expect(made).toMatchObject({ about, effect: 'originated', note: 'Panel 3', implicit: false, version: 1 });
      expect([made.at, made.datePrecision]).toEqual(['2026-03-10T13:00:00Z', null]);
      await staff.patch(`/v1/conferences/${event.id}`).send({ startsAt: '2026-03-10T08:00' }).expect(200);
      const read = async () => (await staff.get(`/v1/touchpoints/${made.id}`).expect(200)).body;
      expect((await read()).at).toBe('2026-03-10T12:00:00Z');
      const change = (patch: object) => staff.patch(`/v1/touchpoints/${made.id}`).send(patch);
      expect((await change({ at: '2026-03-11' }).expect(200)).body).toMatchObject({ at: '2026-03-11' });
      expect((await change({ at: null }).expect(200)).body).toMatchObject({ at: '2026-03-10T12:00:00Z' });
      const other = await touch(id, 'task', task.id);
      expect(other.at).toBe(other.createdAt);
      expect((await all(`/v1/deals/${id}/touchpoints`)).map((row) => row.id)).toEqual([made.id, other.id]);
      await staff.delete(`/v1/touchpoints/${other.id}`).expect(204);
      expect(await all(`/v1/deals/${id}/touchpoints`)).toHaveLength(1);
    });

    it('that know no more of a date than their record does', async () => {
      const { id } = await deal();
      const rough = await meeting({ startsAt: '2026-03-10T00:00', endsAt: null, datePrecision: 'day' });
      const lost = await meeting({ startsAt: null, endsAt: null, datePrecision: 'unknown' });
      const told = [await touch(id, 'side_meeting', rough.id), await touch(id, 'side_meeting', lost.id)];
      expect(told.map(({ at, datePrecision }) => [at, datePrecision])).toEqual([
        ['2026-03-10', 'day'],
        [null, 'unknown'],
      ]);
    });

    it('once for each record and effect, and never of themselves', async () => {
      const [{ id }, event] = [await deal(), await conference()];
      const first = await touch(id, 'conference', event.id);
      const path = `/v1/deals/${id}/touchpoints`;
      const same = { about: { type: 'conference', id: event.id }, effect: 'advanced' };
      expect((await staff.post(path).send(same).expect(409)).body).toMatchObject({
        ...{ code: 'touchpoint_exists', touchpointId: first.id },
      });
      const second = await touch(id, 'conference', event.id, { effect: 'mentioned' });
      await staff.patch(`/v1/touchpoints/${second.id}`).send({ effect: 'advanced' }).expect(409);
      const refuse = async (fields: object, ...expected: string[]) =>
        expect(
          faults(
            (
              await staff
                .post(path)
                .send({ ...same, ...fields })
                .expect(422)
            ).body,
          ),
        ).toEqual(expected);
      await refuse({ about: { type: 'deal', id } }, '/about same_deal');
      await refuse({ about: { type: 'session', id: event.id } }, '/about unknown_record');
      await refuse({ effect: 'blessed', about: undefined }, '/about is_defined', '/about is_object', '/effect is_in');
      await refuse({ at: '2150-01-01' }, '/at in_future');
      await staff.post(`/v1/deals/${NOBODY}/touchpoints`).send(same).expect(404);
    });

    it('that are side meetings with the deal, without anybody writing them down', async () => {
      const { id } = await deal();
      const held = await meeting({ dealId: id });
      await meeting({ dealId: id, status: 'cancelled' });
      const path = `/v1/deals/${id}/touchpoints`;
      expect(await all(path)).toMatchObject([
        {
          ...{ about: { type: 'side_meeting', id: held.id, title: 'Terms' }, implicit: true, effect: 'mentioned' },
          ...{ at: '2026-03-10T06:00:00Z', note: null },
        },
      ]);
      await staff.get(`/v1/touchpoints/${held.id}`).expect(404);
      expect(await kinds(`deals/${id}`)).toContain('side_meeting');
      expect(await kinds(`side-meetings/${held.id}`)).toContain('touchpoint');
      const written = await touch(id, 'side_meeting', held.id);
      expect(await all(path)).toMatchObject([{ id: written.id, implicit: false, effect: 'advanced' }]);
      expect((await kinds(`side-meetings/${held.id}`)).filter((kind) => kind === 'touchpoint')).toHaveLength(1);
    });

    it('and nothing of those that are not for the reader', async () => {
      const { id } = await deal();
      const restricted = { title: 'Quiet talks', visibility: 'restricted' };
      const secret = await meeting(restricted, manager);
      const implied = await meeting({ ...restricted, dealId: id }, manager);
      const about = { type: 'side_meeting', id: secret.id };
      const path = `/v1/deals/${id}/touchpoints`;
      const refused = await staff.post(path).send({ about, effect: 'advanced' }).expect(422);
      expect(faults(refused.body)).toEqual(['/about unknown_record']);
      const made = await post(path, { about, effect: 'advanced', note: 'Quiet price' }, manager);
      expect(await all(path, manager)).toHaveLength(2);
      const hidden = { about: { type: 'side_meeting', restricted: true }, at: null, datePrecision: null, note: null };
      expect(await all(path)).toMatchObject([{ id: made.id, ...hidden }]);
      expect(await all(`${path}?filter[aboutId]=${secret.id}`)).toEqual([]);
      expect(await all(`${path}?filter[at][gte]=2000-01-01`)).toEqual([]);
      const { body } = await staff.get(`/v1/deals/${id}/timeline?limit=200`).expect(200);
      const leaked = new RegExp(`Quiet|${secret.id}|${implied.id}`);
      expect(JSON.stringify([await all(path), body])).not.toMatch(leaked);
      await staff.patch(`/v1/touchpoints/${made.id}`).send({ note: 'x' }).expect(404);
      await staff.delete(`/v1/touchpoints/${made.id}`).expect(404);
    });
  });

  it('are told on the timelines of whatever they concern, each thing once', async () => {
    const [{ id }, buyer, agency] = [await deal(), await organization('Azersun'), await organization('Agency')];
    const [contact, event] = [await person('Leyla Əliyeva'), await conference()];
    await party(id, buyer.id, 'buyer', { personId: contact.id });
    await party(id, buyer.id, 'sponsor');
    await party(id, agency.id, 'lender');
    const evidence = { type: 'conference', id: event.id };
    await post(`/v1/deals/${id}/stage-changes`, { stage: 'scoping', note: 'Agreed', evidence });
    await post(`/v1/deals/${id}/instruments`, { kind: 'loan', providerId: agency.id, status: 'applied' });
    await touch(id, 'conference', event.id);
    await touch(id, 'organization', buyer.id, { effect: 'originated' });
    const count = (told: string[], kind: string) => told.filter((each) => each === kind).length;
    const counts = async (path: string) => {
      const told = await kinds(path);
      return ['stage_change', 'touchpoint', 'instrument', 'deal_party'].map((kind) => count(told, kind));
    };
    expect(await counts(`deals/${id}`)).toEqual([2, 2, 1, 3]);
    expect(await counts(`organizations/${buyer.id}`)).toEqual([2, 2, 1, 2]);
    expect(await counts(`organizations/${agency.id}`)).toEqual([2, 2, 1, 1]);
    expect(await counts(`people/${contact.id}`)).toEqual([2, 2, 1, 1]);
    expect(await counts(`conferences/${event.id}`)).toEqual([1, 1, 0, 0]);
    const [told] = await all(`/v1/conferences/${event.id}/timeline?filter[kind]=stage_change`);
    expect(told).toMatchObject({
      ...{ about: { type: 'deal', id, title: 'Cement plant upgrade' }, actor: 'The staff' },
      detail: { from: 'lead', to: 'scoping', note: 'Agreed' },
    });
    await staff.delete(`/v1/deals/${id}`).expect(204);
    expect(await counts(`organizations/${buyer.id}`)).toEqual([0, 0, 0, 0]);
  });
});
