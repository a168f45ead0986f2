import { RemindersService } from '#reminders';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const WASHINGTON = { timeZone: 'America/New_York' };
const MARCH = {
  name: 'U.S.-Azerbaijan Trade and Business Conference',
  startsAt: '2026-03-10T08:00',
  endsAt: '2026-03-11T20:00',
  ...WASHINGTON,
  venue: 'Chamber Hall',
  city: 'Washington',
  country: 'US',
};

describe('conferences', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  async function post(path: string, body: object): Promise<{ id: string; [field: string]: unknown }> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as { id: string };
  }

  const conference = (fields: object = {}) => post('/v1/conferences', { ...MARCH, ...fields });
  const room = (conferenceId: string, name = 'Hall A') => post(`/v1/conferences/${conferenceId}/rooms`, { name });
  const session = (conferenceId: string, fields: object = {}) =>
    post(`/v1/conferences/${conferenceId}/sessions`, { title: 'Energy', kind: 'panel', ...hours(10, 11), ...fields });
  const person = (fullName = 'Elnur Aliyev') => post('/v1/people', { fullName });
  const speaker = (sessionId: string, personId: string, fields: object = {}) =>
    post(`/v1/sessions/${sessionId}/speakers`, { personId, role: 'speaker', ...fields });
  const hours = (from: number, to: number) => ({
    startsAt: `2026-03-10T${String(from).padStart(2, '0')}:00`,
    endsAt: `2026-03-10T${String(to).padStart(2, '0')}:00`,
  });
  const codes = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const busy = async (personId: string) => {
    const query = `personIds=${personId}&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z`;
    const { body } = await staff.get(`/v1/availability?${query}`).expect(200);
    return body.data[0].busy as { startsAt: string; about: { id: string } }[];
  };

  describe('a conference', () => {
    it('answers its instants, the clocks of its place and its zone', async () => {
      const created = await staff.post('/v1/conferences').send(MARCH).expect(201);
      expect(created.headers.location).toBe(`/v1/conferences/${created.body.id}`);
      expect(created.headers.etag).toBe('"1"');
      expect(created.body).toMatchObject({
        ...MARCH,
        status: 'draft',
        startsAt: '2026-03-10T12:00:00Z',
        startsAtLocal: '2026-03-10T08:00:00',
        endsAt: '2026-03-12T00:00:00Z',
        endsAtLocal: '2026-03-11T20:00:00',
        datePrecision: null,
      });
      const read = await staff.get(`/v1/conferences/${created.body.id}`).expect(200);
      expect(read.body).toEqual({ ...created.body, organizer: null });
    });

    it('may have a time that was never reported', async () => {
      const { startsAt: _, endsAt: __, ...undated } = MARCH;
      const created = await post('/v1/conferences', undated);
      expect(created).toMatchObject({ startsAt: null, startsAtLocal: null, datePrecision: 'unknown' });
      const { body } = await staff
        .patch(`/v1/conferences/${created.id}`)
        .send({ startsAt: MARCH.startsAt })
        .expect(200);
      expect(body).toMatchObject({ startsAt: '2026-03-10T12:00:00Z', endsAt: null, datePrecision: null });
    });

    it.each([
      [{ startsAt: '2026-03-08T02:30' }, '/startsAt local_time_skipped'],
      [{ endsAt: '2026-03-10T08:00' }, '/endsAt ends_before_start'],
      [{ endsAt: '2028-03-10T08:00' }, '/endsAt too_long'],
      [{ startsAt: '2026-02-30T10:00' }, '/startsAt bad_time'],
      [{ datePrecision: 'unknown' }, '/datePrecision precision_mismatch'],
      [{ timeZone: 'Europe/Atlantis' }, '/timeZone time_zone'],
      [{ country: 'USA' }, '/country matches'],
      [{ capacity: 0 }, '/capacity min'],
      [{ status: 'postponed' }, '/status is_in'],
      [{ organizerId: '0195f0a0-0000-7000-8000-000000000001' }, '/organizerId unknown_reference'],
      [{ colour: 'red' }, '/colour unknown_property'],
    ])('refuses %j', async (fields, fault) => {
      const { body } = await staff
        .post('/v1/conferences')
        .send({ ...MARCH, ...fields })
        .expect(422);
      expect(codes(body)).toContain(fault);
    });

    it('is listed by filter and found by search, until it is archived', async () => {
      const { id } = await conference({ name: 'Xəzər Forumu', city: 'Baku', country: 'AZ', timeZone: 'Asia/Baku' });
      const list = async (query: string) => {
        const { body } = await staff.get(`/v1/conferences?${query}`).expect(200);
        return body.data.map((row: { id: string }) => row.id);
      };
      expect(await list('filter[city]=Baku&sort=name')).toEqual([id]);
      expect(await list('q=xezer')).toEqual([id]);
      await staff.delete(`/v1/conferences/${id}`).set('If-Match', '"7"').expect(412);
      await staff.delete(`/v1/conferences/${id}`).set('If-Match', '"1"').expect(204);
      expect(await list('q=xezer')).toEqual([]);
      await staff.patch(`/v1/conferences/${id}`).send({ city: 'Gəncə' }).expect(404);
    });

    it('can be changed by staff only, and read by everybody signed in', async () => {
      const viewer = await api.as('viewer');
      const { id } = await conference();
      await viewer.get(`/v1/conferences/${id}/agenda`).expect(200);
      await viewer.patch(`/v1/conferences/${id}`).send({ city: 'Baku' }).expect(403);
      await viewer.post(`/v1/conferences/${id}/sessions`).send({}).expect(403);
      await api.guest.get(`/v1/conferences/${id}/agenda.ics`).expect(401);
    });

    it('follows its own path from draft to completed', async () => {
      const { id } = await conference();
      const become = (status: string) => staff.patch(`/v1/conferences/${id}`).send({ status });
      for (const status of ['published', 'in_progress', 'completed']) await become(status).expect(200);
      const { body } = await become('draft').expect(409);
      expect(body).toMatchObject({ code: 'status_refused', from: 'completed', allowed: ['in_progress'] });
    });
  });

  describe('a room', () => {
    it('has a name of its own in its conference, whatever the case', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id, 'Grand Ballroom');
      const { body } = await staff.post(`/v1/conferences/${id}/rooms`).send({ name: 'GRAND BALLROOM' }).expect(409);
      expect(body.code).toBe('room_name_taken');
      await room((await conference()).id, 'Grand Ballroom');
      await staff.patch(`/v1/rooms/${roomId}`).send({ name: 'Grand ballroom', capacity: 300 }).expect(200);
      await staff.delete(`/v1/rooms/${roomId}`).expect(204);
      await room(id, 'Grand Ballroom');
    });

    it('stays while something to come is planned in it', async () => {
      const soon = Date.now() + 30 * 86_400_000;
      const at = (hour: number) => new Date(soon + hour * 3_600_000).toISOString();
      const { id } = await conference({ startsAt: at(0), endsAt: at(9) });
      const { id: roomId } = await room(id);
      const { id: sessionId } = await session(id, { roomId, startsAt: at(1), endsAt: at(2) });
      const { body } = await staff.delete(`/v1/rooms/${roomId}`).expect(409);
      expect(body.code).toBe('room_in_use');
      await staff.delete(`/v1/sessions/${sessionId}`).expect(204);
      await staff.delete(`/v1/rooms/${roomId}`).expect(204);
    });

    it('belongs to a conference that exists', async () => {
      await staff.get('/v1/conferences/0195f0a0-0000-7000-8000-000000000001/rooms').expect(404);
    });
  });

  describe('a session', () => {
    it('reads its local times in the zone of its conference', async () => {
      const { id } = await conference();
      const created = await session(id, { topics: ['energy'], sectors: ['energy'] });
      expect(created).toMatchObject({
        status: 'scheduled',
        startsAt: '2026-03-10T14:00:00Z',
        startsAtLocal: '2026-03-10T10:00:00',
        ...WASHINGTON,
        speakers: [],
        room: null,
      });
      const { body } = await staff.get(`/v1/conferences/${id}/sessions?filter[topics]=energy&count=exact`).expect(200);
      expect(body.page.total).toBe(1);
    });

    it('may have neither title nor time, when told so', async () => {
      const { id } = await conference({ startsAt: null, endsAt: null });
      const untold = await session(id, { title: null, kind: 'ceremony', startsAt: null, endsAt: null });
      expect(untold).toMatchObject({ title: null, startsAt: null, startsAtLocal: null });
      const search = await staff.get('/v1/search?q=ceremony&types=session').expect(200);
      expect(search.body.data).toMatchObject([{ id: untold.id, title: 'Ceremony', subtitle: MARCH.name }]);
      const { body } = await staff.post(`/v1/conferences/${id}/sessions`).send({ kind: 'panel' }).expect(422);
      expect(new Set(body.errors.map(({ pointer }: { pointer: string }) => pointer))).toEqual(
        new Set(['/title', '/startsAt', '/endsAt']),
      );
      const half = { title: null, kind: 'panel', startsAt: '2026-03-10T10:00', endsAt: null };
      const answer = await staff.post(`/v1/conferences/${id}/sessions`).send(half).expect(422);
      expect(codes(answer.body)).toEqual(['/endsAt required']);
    });

    it('lies within its conference', async () => {
      const { id } = await conference();
      const outside = { title: 'Early', kind: 'panel', startsAt: '2026-03-10T07:59', endsAt: '2026-03-11T20:01' };
      const { body } = await staff.post(`/v1/conferences/${id}/sessions`).send(outside).expect(422);
      expect(codes(body)).toEqual(['/startsAt outside_conference', '/endsAt outside_conference']);
    });

    it('is in a room of its own conference', async () => {
      const [here, there] = [await conference(), await conference()];
      const { id: roomId } = await room(there.id);
      const planned = { title: 'Energy', kind: 'panel', ...hours(10, 11), roomId };
      const { body } = await staff.post(`/v1/conferences/${here.id}/sessions`).send(planned).expect(422);
      expect(codes(body)).toEqual(['/roomId room_of_another_conference']);
    });

    it('never shares its room, and says what it clashes with', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const first = await session(id, { title: 'Opening', roomId, ...hours(9, 10) });
      const second = await session(id, { roomId, ...hours(10, 11) });
      const { body } = await staff.patch(`/v1/sessions/${second.id}`).send(hours(9, 11)).expect(409);
      expect(body.code).toBe('double_booked');
      expect(body.conflicts).toMatchObject([
        {
          code: 'overlap',
          resource: { type: 'room', id: roomId, title: 'Hall A' },
          about: { type: 'session', id: first.id, title: 'Opening' },
          startsAt: '2026-03-10T13:00:00Z',
          endsAt: '2026-03-10T14:00:00Z',
        },
      ]);
      const unchanged = await staff.get(`/v1/sessions/${second.id}`).expect(200);
      expect(unchanged.body).toMatchObject({ startsAt: second.startsAt, version: 1 });
    });

    it('gets its room once when many ask for it at the same time', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const planned = { title: 'Energy', kind: 'panel', roomId, ...hours(10, 11) };
      const ask = () => staff.post(`/v1/conferences/${id}/sessions`).send(planned);
      const answers = await Promise.all(Array.from({ length: 20 }, ask));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      const { body } = await staff.get(`/v1/conferences/${id}/sessions`).expect(200);
      expect(body.data).toHaveLength(1);
    });

    it('never outlives the cancellation of its conference, even when both come at the same time', async () => {
      const { id } = await conference();
      const add = () =>
        staff.post(`/v1/conferences/${id}/sessions`).send({ title: null, kind: 'panel', ...hours(10, 11) });
      const cancel = () => staff.patch(`/v1/conferences/${id}`).send({ status: 'cancelled' });
      const answers = await Promise.all([add(), add(), cancel(), add(), add(), add()]);
      expect(answers.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([]);
      const { body } = await staff.get(`/v1/conferences/${id}/sessions?filter[status]=scheduled`).expect(200);
      expect(body.data).toEqual([]);
    });

    it('gives its room and speakers back when it is cancelled, and asks for them again when it is revived', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const first = await session(id, { roomId });
      const { id: personId } = await person();
      await speaker(first.id, personId);
      await staff.patch(`/v1/sessions/${first.id}`).send({ status: 'cancelled' }).expect(200);
      expect(await busy(personId)).toEqual([]);
      await session(id, { roomId });
      await staff.patch(`/v1/sessions/${first.id}`).send({ status: 'scheduled' }).expect(409);
      await staff.patch(`/v1/sessions/${first.id}`).send({ status: 'scheduled', roomId: null }).expect(200);
      expect(await busy(personId)).toMatchObject([{ about: { id: first.id } }]);
    });
  });

  describe('a speaker', () => {
    it('is billed with the preferred title of the day, and stays billed so', async () => {
      const { id: organizationId } = await post('/v1/organizations', { name: 'Ministry of Economy', kind: 'ministry' });
      const { id: personId } = await person();
      const position = await post(`/v1/people/${personId}/positions`, {
        organizationId,
        title: 'First Deputy Minister',
      });
      const { id: sessionId } = await session((await conference()).id);
      const billed = await speaker(sessionId, personId);
      expect(billed).toMatchObject({
        billedTitle: 'First Deputy Minister, Ministry of Economy',
        status: 'invited',
        name: 'Elnur Aliyev',
      });
      await staff.patch(`/v1/positions/${position.id}`).send({ title: 'Minister' }).expect(200);
      const { body } = await staff.get(`/v1/speakers/${billed.id}`).expect(200);
      expect(body.billedTitle).toBe('First Deputy Minister, Ministry of Economy');
      expect(await speaker(sessionId, personId, { role: 'chair', billedTitle: null })).toMatchObject({
        billedTitle: null,
      });
    });

    it('has one role once in one session', async () => {
      const { id: personId } = await person();
      const { id: sessionId } = await session((await conference()).id);
      const once = await speaker(sessionId, personId, { role: 'chair' });
      const again = { personId, role: 'chair' };
      const { body } = await staff.post(`/v1/sessions/${sessionId}/speakers`).send(again).expect(409);
      expect(body).toMatchObject({ code: 'speaker_exists', speakerId: once.id });
      const keynote = await speaker(sessionId, personId, { role: 'keynote' });
      await staff.patch(`/v1/speakers/${keynote.id}`).send({ role: 'chair' }).expect(409);
      await staff.delete(`/v1/speakers/${once.id}`).expect(204);
      await staff.patch(`/v1/speakers/${keynote.id}`).send({ role: 'chair' }).expect(200);
    });

    it('is never in two sessions at once, not even of two conferences', async () => {
      const { id: personId } = await person('Carl Kress');
      const first = await session((await conference()).id, { title: 'Nuclear' });
      const second = await session((await conference()).id, hours(10, 12));
      await speaker(first.id, personId);
      const clash = { personId, role: 'panelist' };
      const { body } = await staff.post(`/v1/sessions/${second.id}/speakers`).send(clash).expect(409);
      expect(body.conflicts).toMatchObject([
        { resource: { type: 'person', title: 'Carl Kress' }, about: { type: 'session', title: 'Nuclear' } },
      ]);
      const { body: list } = await staff.get(`/v1/sessions/${second.id}/speakers`).expect(200);
      expect(list.data).toEqual([]);
      await speaker(second.id, personId, { role: 'panelist', override: { reason: 'Leaves the first one early' } });
    });

    it('is free again after declining, and booked again after a change of mind', async () => {
      const { id: personId } = await person();
      const { id: conferenceId } = await conference();
      const [first, second] = [await session(conferenceId), await session(conferenceId)];
      const { id } = await speaker(first.id, personId, { status: 'confirmed' });
      await staff.patch(`/v1/speakers/${id}`).send({ status: 'declined' }).expect(200);
      await speaker(second.id, personId);
      await staff.patch(`/v1/speakers/${id}`).send({ status: 'confirmed' }).expect(409);
    });

    it('moves with the session', async () => {
      const { id: personId } = await person();
      const { id: sessionId } = await session((await conference()).id);
      await speaker(sessionId, personId);
      await staff.patch(`/v1/sessions/${sessionId}`).send(hours(15, 16)).expect(200);
      expect(await busy(personId)).toMatchObject([{ startsAt: '2026-03-10T19:00:00Z' }]);
      expect(await busy(personId)).toHaveLength(1);
    });

    it('must be somebody the chamber knows', async () => {
      const { id: sessionId } = await session((await conference()).id);
      const stranger = { personId: sessionId, role: 'chair', order: 0 };
      const { body } = await staff.post(`/v1/sessions/${sessionId}/speakers`).send(stranger).expect(422);
      expect(codes(body)).toEqual(['/order min']);
      const answer = await staff
        .post(`/v1/sessions/${sessionId}/speakers`)
        .send({ ...stranger, order: 1 })
        .expect(422);
      expect(codes(answer.body)).toEqual(['/personId unknown_record']);
    });
  });

  describe('a whole conference', () => {
    it('calls off its sessions when it is cancelled, and takes no new ones', async () => {
      const { id } = await conference();
      const { id: sessionId } = await session(id);
      const { id: personId } = await person();
      await speaker(sessionId, personId);
      await staff.patch(`/v1/conferences/${id}`).send({ status: 'cancelled' }).expect(200);
      const { body } = await staff.get(`/v1/sessions/${sessionId}`).expect(200);
      expect(body.status).toBe('cancelled');
      expect(await busy(personId)).toEqual([]);
      const records = 'SELECT called_off FROM records WHERE id = ANY($1::uuid[])';
      expect(await api.database.query(records, [[id, sessionId]])).toEqual([
        { called_off: true },
        { called_off: true },
      ]);
      const planned = { title: 'New', kind: 'panel', ...hours(12, 13) };
      const refused = await staff.post(`/v1/conferences/${id}/sessions`).send(planned).expect(409);
      expect(refused.body.code).toBe('conference_cancelled');
    });

    it.each(['cancelled', 'archived'])('takes back what was planned to be sent when it is %s', async (end) => {
      const { id } = await conference({ startsAt: '2199-03-10T08:00', endsAt: '2199-03-11T20:00' });
      const times = { startsAt: '2199-03-10T10:00', endsAt: '2199-03-10T11:00' };
      const { id: sessionId } = await session(id, times);
      const planned = await Promise.all([remind('conference', id), remind('session', sessionId)]);
      expect(planned.flat().map(({ status }) => status)).toEqual(['planned', 'planned']);
      if (end === 'archived') await staff.delete(`/v1/conferences/${id}`).expect(204);
      else await staff.patch(`/v1/conferences/${id}`).send({ status: 'cancelled' }).expect(200);
      const sql = 'SELECT status, reason FROM messages WHERE about_id = ANY($1::uuid[])';
      const gone = { status: 'cancelled', reason: 'subject_called_off' };
      expect(await api.database.query(sql, [[id, sessionId]])).toEqual([gone, gone]);
    });

    const remind = (subject: 'conference' | 'session', aboutId: string) =>
      api.app.get(RemindersService).sync({
        subject,
        aboutId,
        at: new Date('2199-03-10T14:00:00Z'),
        timeZone: 'America/New_York',
        recipients: [{ email: 'leyla@example.com', name: 'Leyla' }],
        data: { title: 'Energy' },
        offsets: ['P1D'],
      });

    it('frees everything when it is archived', async () => {
      const { id } = await conference();
      const { id: sessionId } = await session(id);
      const { id: personId } = await person();
      await speaker(sessionId, personId);
      await staff.delete(`/v1/conferences/${id}`).expect(204);
      expect(await busy(personId)).toEqual([]);
      await staff.patch(`/v1/sessions/${sessionId}`).send({ title: 'Late' }).expect(404);
    });

    it('leaves no session behind when it moves, and takes them along on request', async () => {
      const week = { startsAt: '2026-03-03T08:00', endsAt: '2026-03-04T20:00' };
      const { id } = await conference(week);
      const { id: roomId } = await room(id);
      const times = [
        { startsAt: '2026-03-03T10:00', endsAt: '2026-03-03T11:00' },
        { startsAt: '2026-03-03T11:00', endsAt: '2026-03-03T12:00' },
      ];
      const [first] = [await session(id, { ...times[0], roomId }), await session(id, { ...times[1], roomId })];
      const later = { startsAt: '2026-03-10T09:00', endsAt: '2026-03-11T21:00' };
      const { body } = await staff.patch(`/v1/conferences/${id}`).send(later).expect(409);
      expect(body.code).toBe('sessions_outside');
      expect(body.sessions).toHaveLength(2);
      await staff
        .patch(`/v1/conferences/${id}`)
        .send({ ...later, moveSessions: true })
        .expect(200);
      const moved = await staff.get(`/v1/conferences/${id}/sessions`).expect(200);
      expect(moved.body.data.map((row: { startsAtLocal: string }) => row.startsAtLocal)).toEqual([
        '2026-03-10T11:00:00',
        '2026-03-10T12:00:00',
      ]);
      expect(first.startsAtLocal).toBe('2026-03-03T10:00:00');
    });

    it('takes along who is booked twice in it on purpose, and asks about everybody else', async () => {
      const day = { startsAt: '2026-05-05T08:00', endsAt: '2026-05-05T20:00' };
      const hour = { startsAt: '2026-05-05T10:00', endsAt: '2026-05-05T11:00' };
      const { id } = await conference(day);
      const { id: personId } = await person();
      const [first, second] = [await session(id, hour), await session(id, { ...hour, title: 'Trade' })];
      // The earlier session is the one that was booked over the other.
      await speaker(second.id, personId);
      await speaker(first.id, personId, { override: { reason: 'Opens the one, closes the other' } });
      const move = (date: string) =>
        staff
          .patch(`/v1/conferences/${id}`)
          .send({ startsAt: `${date}T08:00`, endsAt: `${date}T20:00`, moveSessions: true });
      await move('2026-05-06').expect(200);
      const held = () =>
        api.database.query(
          'SELECT about_id AS id, firm, override_reason AS reason, lower(during) AS at FROM bookings WHERE resource_id = $1 ORDER BY firm',
          [personId],
        );
      const at = new Date('2026-05-06T14:00:00Z');
      const both = [
        { id: first.id, firm: false, reason: 'Opens the one, closes the other', at },
        { id: second.id, firm: true, reason: null, at },
      ];
      expect(await held()).toEqual(both);
      const other = await conference({ startsAt: '2026-05-07T08:00', endsAt: '2026-05-07T20:00' });
      const elsewhere = await session(other.id, { startsAt: '2026-05-07T10:30', endsAt: '2026-05-07T11:30' });
      await speaker(elsewhere.id, personId);
      const { body } = await move('2026-05-07').expect(409);
      expect(body).toMatchObject({ code: 'double_booked', conflicts: [{ about: { id: elsewhere.id } }] });
      expect(await held()).toEqual(expect.arrayContaining(both));
      await staff.delete(`/v1/sessions/${second.id}`).expect(204);
      await move('2026-05-08').expect(200);
      expect(await held()).toContainEqual({
        id: first.id,
        firm: true,
        reason: null,
        at: new Date('2026-05-08T14:00:00Z'),
      });
    });

    it('tells its sessions when its zone, name or place changes', async () => {
      const { id } = await conference({ startsAt: null, endsAt: null });
      const { id: sessionId } = await session(id);
      const changes = { timeZone: 'Asia/Baku', name: 'Caspian Days', venue: null, city: 'Baku' };
      await staff.patch(`/v1/conferences/${id}`).send(changes).expect(200);
      const sql = 'SELECT subtitle, time_zone, place FROM records WHERE id = $1';
      expect(await api.database.query(sql, [sessionId])).toEqual([
        { subtitle: 'Caspian Days', time_zone: 'Asia/Baku', place: 'Baku' },
      ]);
    });
  });

  describe('the agenda', () => {
    let id: string;

    beforeAll(async () => {
      ({ id } = await conference({ name: 'Agenda; 2026' }));
      const { id: roomId } = await room(id, 'Hall, East');
      const late = { startsAt: '2026-03-10T23:00', endsAt: '2026-03-11T01:00' };
      await session(id, { title: 'Night; talks', kind: 'networking', ...late });
      const opening = await session(id, { title: null, kind: 'ceremony', roomId, ...hours(9, 10) });
      const [second, first] = [await person('Reza Veziri'), await person('Leyla Məmmədova')];
      await speaker(opening.id, second.id, { order: 2 });
      await speaker(opening.id, first.id, { order: 1, billedTitle: 'Chair', role: 'host' });
      await speaker(opening.id, (await person('Nobody')).id, { status: 'declined' });
      await session(id, { title: 'To be announced', startsAt: null, endsAt: null });
      const off = await session(id, { title: 'Called off', ...hours(12, 13) });
      await staff.patch(`/v1/sessions/${off.id}`).send({ status: 'cancelled' }).expect(200);
    });

    it('stands in the order of days, sessions and precedence', async () => {
      const { body } = await staff.get(`/v1/conferences/${id}/agenda`).expect(200);
      expect(body).toMatchObject({
        conference: { id, name: 'Agenda; 2026' },
        days: [
          {
            date: '2026-03-10',
            sessions: [
              {
                title: null,
                label: 'Ceremony',
                room: { name: 'Hall, East' },
                startsAtLocal: '2026-03-10T09:00:00',
                speakers: [{ name: 'Leyla Məmmədova', billedTitle: 'Chair' }, { name: 'Reza Veziri' }],
              },
              { title: 'Night; talks', endsAtLocal: '2026-03-11T01:00:00', speakers: [] },
            ],
          },
        ],
        unscheduled: [{ title: 'To be announced', startsAt: null }],
      });
      expect(body.days[0].sessions).toHaveLength(2);
      expect(body.days[0].sessions[0].speakers).toHaveLength(2);
    });

    it('is a calendar file too, in which what was called off says so', async () => {
      const answer = await staff.get(`/v1/conferences/${id}/agenda.ics`).expect(200);
      expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
      const lines = answer.text.replace(/\r\n /g, '').split('\r\n');
      expect(lines.filter((line) => line.startsWith('SUMMARY:'))).toEqual([
        'SUMMARY:Ceremony',
        'SUMMARY:Called off',
        'SUMMARY:Night\\; talks',
      ]);
      expect(lines.filter((line) => line.startsWith('STATUS:'))).toEqual([
        'STATUS:CONFIRMED',
        'STATUS:CANCELLED',
        'STATUS:CONFIRMED',
      ]);
      expect(lines).toEqual(
        expect.arrayContaining([
          'X-WR-CALNAME:Agenda\\; 2026',
          'METHOD:PUBLISH',
          'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
          'DTSTART;TZID=America/New_York:20260310T090000',
          'DTEND;TZID=America/New_York:20260311T010000',
          'LOCATION:Hall\\, East\\, Chamber Hall\\, Washington',
          'DESCRIPTION:Leyla Məmmədova\\, Chair\\nReza Veziri',
        ]),
      );
    });

    it('is a feed for calendar programs once it is announced, at an address nobody can guess', async () => {
      const { id: planned } = await conference({ name: 'Feed', status: 'draft' });
      const { id: sessionId } = await session(planned);
      await speaker(sessionId, (await person('Leyla Sure')).id, { status: 'confirmed' });
      await speaker(sessionId, (await person('Reza Perhaps')).id);
      const feed = async () => {
        const { body } = await staff.get(`/v1/conferences/${planned}`).expect(200);
        return body.agendaFeedUrl === null ? null : new URL(body.agendaFeedUrl as string).pathname;
      };
      const change = (status: string) => staff.patch(`/v1/conferences/${planned}`).send({ status }).expect(200);
      expect(await feed()).toBeNull();
      await change('published');
      const path = (await feed()) ?? '';
      expect(await feed()).toBe(path);
      const answer = await api.guest.get(path).expect(200).expect('Content-Type', 'text/calendar; charset=utf-8');
      expect(answer.text).toContain('SUMMARY:Energy');
      expect(answer.text).toContain('Leyla Sure');
      expect(answer.text).not.toContain('Reza Perhaps');
      const forged = [path.replace(planned, id), path.replace(/.{5}\.ics$/, 'AAAAA.ics'), `/agenda/${planned}.ics`];
      for (const wrong of forged) await api.guest.get(wrong).expect(404);
      await change('cancelled');
      expect((await api.guest.get(path).expect(200)).text).toContain('STATUS:CANCELLED');
      await change('draft');
      expect(await feed()).toBeNull();
      await api.guest.get(path).expect(404);
      await change('published');
      await staff.delete(`/v1/conferences/${planned}`).expect(204);
      expect(await feed()).toBeNull();
      await api.guest.get(path).expect(404);
    });

    it('belongs to a conference that exists', async () => {
      await staff.get('/v1/conferences/0195f0a0-0000-7000-8000-000000000001/agenda').expect(404);
      await staff.get('/v1/conferences/0195f0a0-0000-7000-8000-000000000001/agenda.ics').expect(404);
      await staff.get('/v1/conferences/march/agenda').expect(400);
    });
  });

  describe('availability', () => {
    it.each([
      ['personIds=x&from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z', 400],
      ['from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z', 400],
      ['personIds=0195f0a0-0000-7000-8000-000000000001&from=2026-03-10&to=2026-03-11T00:00:00Z', 400],
      ['personIds=0195f0a0-0000-7000-8000-000000000001&from=2026-03-11T00:00:00Z&to=2026-03-10T00:00:00Z', 400],
      ['personIds=0195f0a0-0000-7000-8000-000000000001&from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z', 422],
      ['people=1', 400],
      ['from=2026-03-10T00:00:00Z&from=2026-03-10T00:00:00Z', 400],
    ])('refuses %s with %i', async (query, status) => {
      await staff.get(`/v1/availability?${query}`).expect(status);
    });

    it('shows people and rooms in one answer', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const { id: personId } = await person();
      const { id: sessionId } = await session(id, { roomId });
      await speaker(sessionId, personId);
      const span = 'from=2026-03-10T14:59:59Z&to=2026-03-10T15:30:00Z';
      const { body } = await staff.get(`/v1/availability?personIds=${personId}&roomIds=${roomId}&${span}`).expect(200);
      const held = {
        startsAt: '2026-03-10T14:00:00Z',
        endsAt: '2026-03-10T15:00:00Z',
        firm: true,
        about: { type: 'session', id: sessionId, title: 'Energy' },
        place: 'Chamber Hall, Washington',
        localTimes: [
          { timeZone: 'America/New_York', startsAt: '2026-03-10T10:00:00', endsAt: '2026-03-10T11:00:00' },
          { timeZone: 'Asia/Baku', startsAt: '2026-03-10T18:00:00', endsAt: '2026-03-10T19:00:00' },
        ],
      };
      expect(body.data).toEqual([
        { resource: { type: 'person', id: personId, title: 'Elnur Aliyev' }, busy: [held] },
        { resource: { type: 'room', id: roomId, title: 'Hall A' }, busy: [held] },
      ]);
    });
  });
});
