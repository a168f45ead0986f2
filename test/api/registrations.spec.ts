import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Registration {
  id: string;
  status: string;
  code: string;
  waitlistPosition: number | null;
  promotedAt: string | null;
}

describe('registrations', () => {
  let api: TestApi;
  let staff: Client;
  let people = 0;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post<T = { id: string }>(path: string, body: object, status = 201): Promise<T> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  const conference = async (capacity: number | null = 2) => {
    const days = { startsAt: '2027-03-10T09:00', endsAt: '2027-03-11T18:00', timeZone: 'America/New_York' };
    return (await post('/v1/conferences', { name: 'Trade and Business Conference', capacity, ...days })).id;
  };
  const person = async () => (await post('/v1/people', { fullName: `Delegate ${(people += 1)}` })).id;
  const register = async (conferenceId: string, fields: object = {}) =>
    post<Registration>(`/v1/conferences/${conferenceId}/registrations`, { personId: await person(), ...fields });
  const read = async (id: string): Promise<Registration> =>
    (await staff.get(`/v1/registrations/${id}`)).body as Registration;
  const cancel = (id: string) => post<Registration>(`/v1/registrations/${id}/cancellation`, {}, 200);

  it('give everybody a place where there is no limit', async () => {
    const id = await conference(null);
    const made = await Promise.all([1, 2, 3].map(() => register(id)));
    expect(made.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(new Set(made.map(({ code }) => code)).size).toBe(3);
  });

  it('put whoever comes after the last place into the line', async () => {
    const id = await conference();
    const made = [await register(id), await register(id), await register(id), await register(id)];
    expect(made.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'waitlisted', 'waitlisted']);
    expect(made.map(({ waitlistPosition }) => waitlistPosition)).toEqual([null, null, 1, 2]);
  });

  it('let the first in the line move up when a place is given back, once', async () => {
    const id = await conference(1);
    const [first, second, third] = [await register(id), await register(id), await register(id)];
    expect(await cancel(first.id)).toMatchObject({ status: 'cancelled' });
    expect(await cancel(first.id)).toMatchObject({ status: 'cancelled' });
    expect(await read(second.id)).toMatchObject({ status: 'confirmed', promotedAt: expect.any(String) as string });
    expect(await read(third.id)).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
  });

  it('move nobody up when somebody leaves the line', async () => {
    const id = await conference(1);
    const [first, second, third] = [await register(id), await register(id), await register(id)];
    await cancel(second.id);
    expect(await read(first.id)).toMatchObject({ status: 'confirmed' });
    expect(await read(third.id)).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
  });

  it('let the line move up when the conference gets more places', async () => {
    const id = await conference(1);
    const made = [await register(id), await register(id), await register(id), await register(id)];
    await staff.patch(`/v1/conferences/${id}`).send({ capacity: 3 }).expect(200);
    const now = await Promise.all(made.map(({ id }) => read(id)));
    expect(now.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted']);
    await staff.patch(`/v1/conferences/${id}`).send({ capacity: null }).expect(200);
    expect(await read(made[3]?.id ?? '')).toMatchObject({ status: 'confirmed' });
  });

  it('keep their places when the conference gets fewer, and move nobody up until there is room', async () => {
    const id = await conference(2);
    const [first, second, third] = [await register(id), await register(id), await register(id)];
    await staff.patch(`/v1/conferences/${id}`).send({ capacity: 1 }).expect(200);
    expect(await read(second.id)).toMatchObject({ status: 'confirmed' });
    await cancel(first.id);
    expect(await read(third.id)).toMatchObject({ status: 'waitlisted' });
  });

  it('let speakers and staff in whatever the room holds', async () => {
    const id = await conference(1);
    expect(await register(id, { kind: 'speaker' })).toMatchObject({ status: 'confirmed' });
    expect(await register(id)).toMatchObject({ status: 'confirmed' });
    expect(await register(id, { kind: 'staff' })).toMatchObject({ status: 'confirmed' });
    const waiting = await register(id, { kind: 'press' });
    expect(waiting).toMatchObject({ status: 'waitlisted' });
    const speaking = await staff.patch(`/v1/registrations/${waiting.id}`).send({ kind: 'speaker' }).expect(200);
    expect(speaking.body).toMatchObject({ status: 'confirmed', kind: 'speaker' });
  });

  it('give out each place once, however many ask at the same moment', async () => {
    const id = await conference(5);
    const guests = await Promise.all(Array.from({ length: 20 }, person));
    const made = await Promise.all(
      guests.map((personId) => post<Registration>(`/v1/conferences/${id}/registrations`, { personId })),
    );
    const placed = made.filter(({ status }) => status === 'confirmed');
    expect(placed).toHaveLength(5);
    await Promise.all(placed.map((one) => cancel(one.id)));
    const after = await Promise.all(made.map((one) => read(one.id)));
    expect(after.filter(({ status }) => status === 'confirmed')).toHaveLength(5);
    expect(after.filter(({ status }) => status === 'waitlisted')).toHaveLength(10);
  });

  it('are one for each person, until it is cancelled', async () => {
    const id = await conference(5);
    const personId = await person();
    const { id: first } = await register(id, { personId });
    const again = await staff.post(`/v1/conferences/${id}/registrations`).send({ personId }).expect(409);
    expect(again.body).toMatchObject({ code: 'already_registered', registrationId: first });
    await cancel(first);
    expect(await register(id, { personId })).toMatchObject({ status: 'confirmed' });
  });

  it('are one for each person under a race', async () => {
    const id = await conference(5);
    const personId = await person();
    const tries = Array.from({ length: 8 }, () => staff.post(`/v1/conferences/${id}/registrations`).send({ personId }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('are checked in once; the second time says so', async () => {
    const { id } = await register(await conference());
    const first = await post<object>(`/v1/registrations/${id}/check-in`, {}, 200);
    expect(first).toMatchObject({ status: 'attended', alreadyCheckedIn: false });
    const second = await post<object>(`/v1/registrations/${id}/check-in`, {}, 200);
    expect(second).toEqual({ ...first, alreadyCheckedIn: true });
  });

  it('are checked in by their code, however it is typed', async () => {
    const { id, code } = await register(await conference());
    const typed = `${code.slice(0, 5).toLowerCase()}-${code.slice(5)} `;
    const admitted = await post<object>('/v1/registrations/check-in', { code: typed }, 200);
    expect(admitted).toMatchObject({ id, status: 'attended', alreadyCheckedIn: false });
    await staff.post('/v1/registrations/check-in').send({ code: 'ZZZZZZZZZZ' }).expect(404);
  });

  it('are not checked in while they wait or once they are cancelled', async () => {
    const id = await conference(1);
    const [first, second] = [await register(id), await register(id)];
    const waiting = await staff.post(`/v1/registrations/${second.id}/check-in`).expect(409);
    expect(waiting.body).toMatchObject({
      code: 'not_admitted',
      detail: expect.stringContaining('waitlisted') as string,
    });
    await cancel(first.id);
    await staff.post(`/v1/registrations/${first.id}/check-in`).expect(409);
  });

  it('are not taken for a conference that is cancelled', async () => {
    const id = await conference();
    await staff.patch(`/v1/conferences/${id}`).send({ status: 'cancelled' }).expect(200);
    const refused = await staff
      .post(`/v1/conferences/${id}/registrations`)
      .send({ personId: await person() })
      .expect(409);
    expect(refused.body).toMatchObject({ code: 'conference_cancelled' });
  });

  it('name a person who exists', async () => {
    const id = await conference();
    const nobody = '01a1ffd7-bd71-74a1-8960-0f00f54dfc81';
    const refused = await staff
      .post(`/v1/conferences/${id}/registrations`)
      .send({ personId: await person(), organizationId: nobody })
      .expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/organizationId', code: 'unknown_reference' }]);
    await staff
      .post(`/v1/conferences/${nobody}/registrations`)
      .send({ personId: await person() })
      .expect(404);
  });

  describe('of invitees', () => {
    const invited = async (conferenceId: string) => {
      const email = `invitee${(people += 1)}@example.com`;
      const { id: personId } = await post('/v1/people', { fullName: `Invitee ${people}`, email });
      const about = { type: 'conference', id: conferenceId };
      await post('/v1/invitations', { about, recipients: { personIds: [personId] } }, 202);
      const { body } = await staff.get(`/v1/invitations?filter[personId]=${personId}`).expect(200);
      const [{ id }] = body.data as [{ id: string }];
      return { personId, answer: (status: string) => post(`/v1/invitations/${id}/response`, { status }, 200) };
    };
    const statusesOf = async (conferenceId: string, personId: string) => {
      const query = `filter[personId]=${personId}`;
      const { body } = await staff.get(`/v1/conferences/${conferenceId}/registrations?${query}`).expect(200);
      return (body.data as Registration[]).map(({ status }) => status);
    };

    it('come with a yes, and go with a no', async () => {
      const id = await conference(5);
      const { personId, answer } = await invited(id);
      await answer('tentative');
      expect(await statusesOf(id, personId)).toEqual([]);
      await answer('accepted');
      await answer('accepted');
      expect(await statusesOf(id, personId)).toEqual(['confirmed']);
      await answer('declined');
      expect(await statusesOf(id, personId)).toEqual(['cancelled']);
      await answer('accepted');
      expect(await statusesOf(id, personId)).toEqual(['cancelled', 'confirmed']);
    });

    it('wait in the line where every place is taken, and move up when somebody declines', async () => {
      const id = await conference(1);
      const [first, second] = [await invited(id), await invited(id)];
      await first.answer('accepted');
      await second.answer('accepted');
      expect(await statusesOf(id, second.personId)).toEqual(['waitlisted']);
      await first.answer('declined');
      expect(await statusesOf(id, second.personId)).toEqual(['confirmed']);
    });

    it('keep a place that staff gave them before, and one they were let in on', async () => {
      const id = await conference(5);
      const { personId, answer } = await invited(id);
      const { id: registrationId } = await register(id, { personId });
      await answer('accepted');
      expect(await statusesOf(id, personId)).toEqual(['confirmed']);
      await post(`/v1/registrations/${registrationId}/check-in`, {}, 200);
      await answer('declined');
      expect(await statusesOf(id, personId)).toEqual(['attended']);
    });

    it('are one, however many answers come at the same moment while the conference moves', async () => {
      const id = await conference(5);
      const { personId, answer } = await invited(id);
      const moved = staff.patch(`/v1/conferences/${id}`).send({ venue: 'Chamber Hall' }).expect(200);
      await Promise.all([moved, ...Array.from({ length: 20 }, () => answer('accepted'))]);
      expect(await statusesOf(id, personId)).toEqual(['confirmed']);
    });
  });

  it('make a list of who came that a spreadsheet may open', async () => {
    const id = await conference(null);
    const organization = await post('/v1/organizations', { name: '=HYPERLINK("x")', kind: 'company' });
    const guest = await post('/v1/people', { fullName: 'Aysel Quliyeva' });
    await post(`/v1/people/${guest.id}/positions`, { organizationId: organization.id, title: 'Director, Trade' });
    const { id: came } = await register(id, { personId: guest.id, organizationId: organization.id });
    await cancel((await register(id)).id);
    await post(`/v1/registrations/${came}/check-in`, {}, 200);
    const { text, headers } = await staff.get(`/v1/conferences/${id}/attendance.csv`).expect(200);
    expect(headers['content-disposition']).toContain('.csv"');
    const [header, first, ...rest] = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(header).toBe('Name,Organization,Title,Kind,Status,Checked in at');
    expect(first).toMatch(
      /^Aysel Quliyeva,"'=HYPERLINK\(""x""\)","Director, Trade",attendee,attended,\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    );
    expect(rest).toEqual([]);
  });

  it('are listed in the order they came, by status and kind', async () => {
    const id = await conference(1);
    const made = [await register(id), await register(id), await register(id)];
    const list = async (query: string) =>
      (await staff.get(`/v1/conferences/${id}/registrations?${query}`).expect(200)).body.data as Registration[];
    expect((await list('')).map((one) => one.id)).toEqual(made.map((one) => one.id));
    expect((await list('filter[status]=waitlisted')).map((one) => one.waitlistPosition)).toEqual([1, 2]);
    expect(await list('filter[kind]=press')).toEqual([]);
  });
});
