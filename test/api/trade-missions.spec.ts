import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

const BRIEFING = {
  kind: 'business_briefing',
  title: 'Briefing at Commerce',
  startsAt: '2027-05-04T10:00',
  endsAt: '2027-05-04T11:00',
  timeZone: 'America/New_York',
};

describe('trade missions', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object): Promise<Made> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  }

  const proposal = (fields: object = {}) => ({
    name: 'Civil nuclear reverse trade mission',
    direction: 'reverse',
    originCountry: 'AZ',
    hostCountry: 'US',
    startsOn: '2027-05-03',
    endsOn: '2027-05-12',
    timeZone: 'America/New_York',
    ...fields,
  });
  const mission = (fields: object = {}) => post('/v1/trade-missions', proposal(fields));
  const organization = (name: string, fields: object = {}) =>
    post('/v1/organizations', { name, kind: 'company', ...fields });
  const person = (fullName: string) => post('/v1/people', { fullName });
  const delegate = (missionId: string, personId: string, fields: object = {}) =>
    post(`/v1/trade-missions/${missionId}/delegates`, { personId, role: 'delegate', ...fields });
  const host = (missionId: string, organizationId: string, fields: object = {}) =>
    post(`/v1/trade-missions/${missionId}/hosts`, { organizationId, ...fields });
  const item = (missionId: string, fields: object = {}) =>
    post(`/v1/trade-missions/${missionId}/itinerary`, { ...BRIEFING, ...fields });
  const change = (id: string, patch: object) => staff.patch(`/v1/trade-missions/${id}`).send(patch);
  const busy = async (personId: string): Promise<string[]> => {
    const span = 'from=2027-01-01T00:00:00Z&to=2027-12-31T00:00:00Z';
    const { body } = await staff.get(`/v1/availability?personIds=${personId}&${span}`).expect(200);
    return (body.data ?? body)[0].busy.map(({ startsAt }: { startsAt: string }) => startsAt);
  };
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);

  it('are planned by whoever adds them, unless said otherwise', async () => {
    const { id: sponsorId } = await organization('Export Development Agency', { kind: 'government_agency' });
    const sent = proposal({ sponsorId, sectors: ['energy'], objectives: 'See how reactors are licensed.' });
    const made = await staff.post('/v1/trade-missions').send(sent).expect(201);
    expect(made.headers.location).toBe(`/v1/trade-missions/${made.body.id}`);
    expect(made.body).toMatchObject({
      ...sent,
      status: 'planned',
      ownerId: staff.id,
      owner: { id: staff.id, name: 'The staff' },
      sponsor: { id: sponsorId, name: 'Export Development Agency' },
      version: 1,
    });
    const admin = await api.as('admin');
    const { body } = await admin.post('/v1/api-keys').send({ name: 'Website', role: 'staff' }).expect(201);
    const keyed = await api.guest
      .post('/v1/trade-missions')
      .set('Authorization', `Bearer ${body.key}`)
      .send(proposal());
    expect([keyed.status, keyed.body.ownerId]).toEqual([201, null]);
    const bare = await mission({ ownerId: null });
    expect(bare).toMatchObject({ status: 'planned', sectors: [], ownerId: null, sponsorId: null, objectives: null });
  });

  it('are kept by staff, and read by everybody', async () => {
    const viewer = await api.as('viewer');
    const { id } = await mission();
    await viewer.get(`/v1/trade-missions/${id}`).expect(200);
    await viewer.post('/v1/trade-missions').send(proposal()).expect(403);
    await viewer.patch(`/v1/trade-missions/${id}`).send({ name: 'x' }).expect(403);
    await viewer.post(`/v1/trade-missions/${id}/hosts`).send({}).expect(403);
    await viewer.post(`/v1/trade-missions/${id}/itinerary`).send(BRIEFING).expect(403);
  });

  const NOBODY = '01a1ffd7-bd71-74a1-8960-0f00f54dfc81';
  it.each([
    [{ endsOn: '2027-05-02' }, '/endsOn ends_before_start'],
    [{ endsOn: '2028-05-03' }, '/endsOn too_long'],
    [{ startsOn: '2027-02-30' }, '/startsOn calendar_date'],
    [{ endsOn: '2027-05-12T00:00:00Z' }, '/endsOn calendar_date'],
    [{ startsOn: null }, '/startsOn calendar_date'],
    [{ startsOn: '0001-01-01' }, '/startsOn out_of_range'],
    [{ timeZone: 'Mars/Olympus' }, '/timeZone time_zone'],
    [{ timeZone: '+04:00' }, '/timeZone time_zone'],
    [{ originCountry: 'XX' }, '/originCountry is_i_s_o31661_alpha2'],
    [{ hostCountry: 'us' }, '/hostCountry matches'],
    [{ direction: 'inbound' }, '/direction is_in'],
    [{ status: 'done' }, '/status is_in'],
    [{ name: 'x'.repeat(301) }, '/name max_length'],
    [{ name: ['x'] }, '/name is_string'],
    [{ sectors: 'energy' }, '/sectors is_array'],
    [{ sponsorId: NOBODY }, '/sponsorId unknown_record'],
    [{ ownerId: NOBODY }, '/ownerId unknown_reference'],
    [{ budget: 5 }, '/budget unknown_property'],
  ])('refuse %j', async (fields, fault) => {
    const { body } = await staff.post('/v1/trade-missions').send(proposal(fields)).expect(422);
    expect(faults(body)).toContain(fault);
  });

  it('say everything that is wrong at once', async () => {
    const sent = proposal({ endsOn: '2027-05-02', sponsorId: NOBODY, ownerId: NOBODY });
    const { body } = await staff.post('/v1/trade-missions').send(sent).expect(422);
    expect(faults(body)).toEqual([
      '/endsOn ends_before_start',
      '/sponsorId unknown_record',
      '/ownerId unknown_reference',
    ]);
  });

  it('are found, filtered, sorted and searched like everything else', async () => {
    const sponsor = await organization('Nuclear Sponsor Fund');
    const spring = await mission({ name: 'Reaktor heyəti', sponsorId: sponsor.id, sectors: ['energy'] });
    const autumn = await mission({
      ...{ name: 'Pomegranate outbound mission', sponsorId: sponsor.id, direction: 'outbound', hostCountry: 'KZ' },
      ...{ startsOn: '2027-10-04', endsOn: '2027-10-08' },
    });
    const list = async (query: string) => {
      const { body } = await staff.get(`/v1/trade-missions?filter[sponsorId]=${sponsor.id}&${query}`).expect(200);
      return body.data.map(({ id }: Made) => id);
    };
    expect(await list('')).toEqual([autumn.id, spring.id]);
    expect(await list('sort=startsOn')).toEqual([spring.id, autumn.id]);
    expect(await list('filter[direction]=outbound&filter[hostCountry]=KZ')).toEqual([autumn.id]);
    expect(await list('filter[startsOn][lt]=2027-06-01&filter[sectors]=energy')).toEqual([spring.id]);
    expect(await list('q=reaktor%20heyeti')).toEqual([spring.id]);
    await staff.get('/v1/trade-missions?filter[budget]=1').expect(400);
    const { body } = await staff.get('/v1/search?q=Pomegranate&types=trade_mission').expect(200);
    expect(body.data).toMatchObject([{ type: 'trade_mission', id: autumn.id, subtitle: 'outbound' }]);
    const included = await staff.get(`/v1/trade-missions?include=sponsor,owner&q=pomegranate`).expect(200);
    expect(included.body.data[0]).toMatchObject({ sponsor: { name: sponsor.name }, owner: { id: staff.id } });
  });

  it('change only for whoever has read their latest version, and write down who did', async () => {
    const { id } = await mission();
    const { headers } = await staff.get(`/v1/trade-missions/${id}`).expect(200);
    await change(id, { name: 'Small modular reactors' }).set('If-Match', String(headers.etag)).expect(200);
    await change(id, { name: 'Late' }).set('If-Match', String(headers.etag)).expect(412);
    await staff.delete(`/v1/trade-missions/${id}`).set('If-Match', String(headers.etag)).expect(412);
    const admin = await api.as('admin');
    const { body } = await admin.get(`/v1/audit-entries?filter[aboutId]=${id}`).expect(200);
    expect(body.data).toMatchObject([
      {
        action: 'updated',
        before: { name: 'Civil nuclear reverse trade mission' },
        after: { name: 'Small modular reactors' },
      },
      { action: 'created' },
    ]);
  });

  it('go through their statuses in order, and may be recorded as they ended', async () => {
    const { id } = await mission({ status: 'completed' });
    const { body } = await change(id, { status: 'cancelled' }).expect(409);
    expect(body).toMatchObject({ code: 'status_refused', allowed: ['under_way', 'reported'] });
    await change(id, { status: 'reported' }).expect(200);
  });

  it('let go of their delegates when cancelled or archived, and hold them again when back on', async () => {
    const { id } = await mission();
    const [aysel, rauf] = [await person('Aysel Quliyeva'), await person('Rauf Sadıqlı')];
    await delegate(id, aysel.id);
    await delegate(id, rauf.id);
    await item(id);
    expect(await busy(aysel.id)).toEqual(['2027-05-04T14:00:00Z']);
    await change(id, { status: 'cancelled' }).expect(200);
    expect(await busy(aysel.id)).toEqual([]);
    const refused = await staff.post(`/v1/trade-missions/${id}/itinerary`).send(BRIEFING).expect(409);
    expect(refused.body.code).toBe('mission_cancelled');

    const elsewhere = await mission({ name: 'Another mission' });
    await delegate(elsewhere.id, rauf.id);
    const other = await item(elsewhere.id, { title: 'Visit elsewhere' });
    const { body } = await change(id, { status: 'planned' }).expect(409);
    expect(body).toMatchObject({
      code: 'double_booked',
      conflicts: [{ resource: { title: 'Rauf Sadıqlı' }, about: { type: 'itinerary_item', id: other.id } }],
    });
    expect((await staff.get(`/v1/trade-missions/${id}`)).body.status).toBe('cancelled');
    await change(id, { status: 'planned', override: { reason: 'He leaves early' } }).expect(200);
    expect(await busy(rauf.id)).toHaveLength(2);

    await staff.delete(`/v1/trade-missions/${id}`).expect(204);
    expect([await busy(aysel.id), await busy(rauf.id)]).toEqual([[], ['2027-05-04T14:00:00Z']]);
    expect((await staff.get(`/v1/trade-missions/${id}`).expect(200)).body.archivedAt).toBeDefined();
    await change(id, { name: 'Too late' }).expect(404);
    await staff.post(`/v1/trade-missions/${id}/itinerary`).send(BRIEFING).expect(404);
  });

  it('take their itinerary along to other days, or are kept where it is', async () => {
    const { id } = await mission({ startsOn: '2027-03-09', endsOn: '2027-03-12' });
    const aysel = await person('Aysel the traveller');
    await delegate(id, aysel.id);
    const times = { startsAt: '2027-03-12T10:00', endsAt: '2027-03-12T11:00' };
    const washington = await item(id, { title: 'Washington', ...times });
    const next = { startsAt: '2027-03-12T11:00', endsAt: '2027-03-12T12:00' };
    const baku = await item(id, {
      title: 'Baku call',
      ...next,
      startsAt: '2027-03-12T20:00',
      endsAt: '2027-03-12T21:00',
      timeZone: 'Asia/Baku',
    });

    const refused = await change(id, { startsOn: '2027-03-16', endsOn: '2027-03-19' }).expect(409);
    expect(refused.body).toMatchObject({
      code: 'items_outside',
      items: [{ id: washington.id, title: 'Washington', startsAt: '2027-03-12T15:00:00Z' }, { id: baku.id }],
    });
    await change(id, { endsOn: '2027-03-10' }).expect(200);
    await change(id, { startsOn: '2027-03-16', endsOn: '2027-03-19', moveItinerary: true }).expect(200);
    const { body } = await staff.get(`/v1/trade-missions/${id}/itinerary`).expect(200);
    expect(body.data).toMatchObject([
      { id: washington.id, startsAtLocal: '2027-03-19T10:00:00', startsAt: '2027-03-19T14:00:00Z', version: 2 },
      { id: baku.id, startsAtLocal: '2027-03-19T20:00:00', startsAt: '2027-03-19T16:00:00Z' },
    ]);
    expect(await busy(aysel.id)).toEqual(['2027-03-19T14:00:00Z', '2027-03-19T16:00:00Z']);

    const other = await mission({ name: 'In the way', startsOn: '2027-03-22', endsOn: '2027-03-26' });
    await delegate(other.id, aysel.id);
    await item(other.id, { startsAt: '2027-03-26T10:30', endsAt: '2027-03-26T11:30' });
    const week = { startsOn: '2027-03-23', endsOn: '2027-03-26', moveItinerary: true };
    const clash = await change(id, week).expect(409);
    expect(clash.body).toMatchObject({ code: 'double_booked' });
    expect(await busy(aysel.id)).toContain('2027-03-19T14:00:00Z');
    await change(id, { ...week, override: { reason: 'Agreed with her' } }).expect(200);
    expect(await busy(aysel.id)).not.toContain('2027-03-19T14:00:00Z');
  });

  it('are what tasks, meetings and invitations may be about, and tell of it in their timeline', async () => {
    const { id } = await mission({ name: 'Mission with a history' });
    const about = { type: 'trade_mission', id };
    const hostess = await organization('Reactor Works');
    const contact = await person('Carla Reed');
    await host(id, hostess.id, { contactId: contact.id, status: 'confirmed' });
    await item(id, { title: 'Plant tour' });
    await post('/v1/tasks', { title: 'Book the bus', about });
    await post('/v1/side-meetings', {
      ...{ title: 'Licensing questions', kind: 'bilateral', status: 'scheduled', timeZone: 'America/New_York' },
      ...{ startsAt: '2027-05-05T10:00', endsAt: '2027-05-05T11:00', about: [about] },
      participants: [{ personId: contact.id, side: 'host' }],
    });
    const kinds = async (path: string): Promise<[string, string][]> => {
      const { body } = await staff.get(`${path}/timeline`).expect(200);
      return body.data.map(({ kind, title }: { kind: string; title: string }) => [kind, title]);
    };
    expect(await kinds(`/v1/trade-missions/${id}`)).toEqual(
      expect.arrayContaining([
        ['itinerary_item', 'Plant tour'],
        ['host', 'Reactor Works'],
        ['side_meeting', 'Licensing questions'],
        ['task', 'Book the bus'],
      ]),
    );
    expect(await kinds(`/v1/organizations/${hostess.id}`)).toContainEqual(['trade_mission', 'Mission with a history']);
    expect(await kinds(`/v1/people/${contact.id}`)).toContainEqual(['trade_mission', 'Mission with a history']);
  });

  describe('hosts', () => {
    it('receive the delegates of a mission, each organization once', async () => {
      const { id } = await mission();
      const reactors = await organization('Advanced Reactors');
      const contact = await person('Dana Whitfield');
      const first = await host(id, reactors.id, { contactId: contact.id, fitNote: 'Looks for a partner' });
      expect(first).toMatchObject({
        ...{ missionId: id, organization: 'Advanced Reactors', contact: 'Dana Whitfield' },
        ...{ status: 'proposed', fitNote: 'Looks for a partner' },
      });
      const again = await staff
        .post(`/v1/trade-missions/${id}/hosts`)
        .send({ organizationId: reactors.id })
        .expect(409);
      expect(again.body).toMatchObject({ code: 'host_exists', hostId: first.id });
      const zinc = await host(id, (await organization('Zinc Labs')).id);
      const changed = await staff.patch(`/v1/hosts/${zinc.id}`).send({ status: 'declined' }).expect(200);
      expect(changed.headers.etag).toBe('"2"');
      const { body } = await staff.get(`/v1/trade-missions/${id}/hosts?filter[status][ne]=declined`).expect(200);
      expect(body.data.map((row: Made) => row.id)).toEqual([first.id]);
      const found = await staff.get(`/v1/trade-missions/${id}/hosts?q=zink`).expect(200);
      expect(found.body.data.map((row: Made) => row.id)).toEqual([zinc.id]);
    });

    it('stay with what names them when they are taken out', async () => {
      const { id } = await mission();
      const reactors = await organization('Departing Reactors');
      const first = await host(id, reactors.id);
      const visit = await item(id, { hostId: first.id });
      await staff.delete(`/v1/hosts/${first.id}`).expect(204);
      const { body } = await staff.get(`/v1/itinerary-items/${visit.id}`).expect(200);
      expect(body.host).toMatchObject({ id: first.id, organization: 'Departing Reactors' });
      expect((await host(id, reactors.id)).id).not.toBe(first.id);
      await staff.patch(`/v1/hosts/${first.id}`).send({ status: 'confirmed' }).expect(404);
    });

    it('must exist, and so must who receives', async () => {
      const { id } = await mission();
      const somebody = await person('Not An Organization');
      const refused = async (body: object) =>
        faults((await staff.post(`/v1/trade-missions/${id}/hosts`).send(body).expect(422)).body);
      expect(await refused({ organizationId: somebody.id, contactId: NOBODY })).toEqual([
        '/organizationId unknown_record',
        '/contactId unknown_record',
      ]);
      expect(await refused({})).toEqual(['/organizationId is_uuid']);
      await staff.post(`/v1/trade-missions/${NOBODY}/hosts`).send({ organizationId: NOBODY }).expect(404);
    });

    it('are one when two of them are merged, with the contact and the note of either', async () => {
      const { id } = await mission();
      const [kept, double] = [await organization('Tidewater'), await organization('Tidewater Inc.')];
      const contact = await person('Ben Harrow');
      const stays = await host(id, kept.id, { status: 'confirmed' });
      const goes = await host(id, double.id, { contactId: contact.id, fitNote: 'Knows cooling' });
      const visit = await item(id, { hostId: goes.id });
      await staff
        .post('/v1/organizations/merges')
        .send({ keepId: kept.id, mergeIds: [double.id] })
        .expect(201);
      const { body } = await staff.get(`/v1/trade-missions/${id}/hosts`).expect(200);
      expect(body.data).toMatchObject([
        { id: stays.id, status: 'confirmed', contactId: contact.id, fitNote: 'Knows cooling' },
      ]);
      expect((await staff.get(`/v1/itinerary-items/${visit.id}`)).body.hostId).toBe(stays.id);
      const twin = await person('Ben Harow');
      await staff
        .post('/v1/people/merges')
        .send({ keepId: twin.id, mergeIds: [contact.id] })
        .expect(201);
      expect((await staff.get(`/v1/hosts/${stays.id}`)).body.contactId).toBe(twin.id);
    });
  });
});
