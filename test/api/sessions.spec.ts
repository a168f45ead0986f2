import ICAL from 'ical.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const NEW_YORK = 'America/New_York';

interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

interface Conflict {
  resource: { type: string; title: string };
  about: { type: string; title?: string; restricted?: boolean };
}

describe('sessions', () => {
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

  /** Three days around 10 March 2027 in Washington unless said otherwise. */
  const conference = (fields: object = {}) =>
    post('/v1/conferences', {
      name: 'Trade and Business Conference',
      startsAt: '2027-03-09T00:00',
      endsAt: '2027-03-12T00:00',
      timeZone: NEW_YORK,
      ...fields,
    });
  const room = (conferenceId: string, name = 'Hall A') => post(`/v1/conferences/${conferenceId}/rooms`, { name });
  const planned = (startsAt: string, endsAt: string, fields: object = {}) => ({
    title: 'Energy',
    kind: 'panel',
    startsAt,
    endsAt,
    ...fields,
  });
  const session = (conferenceId: string, fields: object = {}) =>
    post(`/v1/conferences/${conferenceId}/sessions`, planned('2027-03-10T10:00', '2027-03-10T11:00', fields));
  const person = (fullName: string) => post('/v1/people', { fullName });
  const speaker = (sessionId: string, personId: string, fields: object = {}) =>
    post(`/v1/sessions/${sessionId}/speakers`, { personId, role: 'speaker', ...fields });
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);

  describe('on the night the clocks change', () => {
    const spring = () => conference({ startsAt: '2027-03-13T09:00', endsAt: '2027-03-15T18:00' });
    const autumn = () => conference({ startsAt: '2027-11-06T09:00', endsAt: '2027-11-08T18:00' });

    it('last as long as the clocks let them: an hour less in spring, an hour more in autumn', async () => {
      const short = await session((await spring()).id, planned('2027-03-14T01:30', '2027-03-14T03:30'));
      expect(short).toMatchObject({ startsAt: '2027-03-14T06:30:00Z', endsAt: '2027-03-14T07:30:00Z' });
      const long = await session((await autumn()).id, planned('2027-11-06T23:30', '2027-11-07T02:30'));
      expect(long).toMatchObject({
        startsAt: '2027-11-07T03:30:00Z',
        endsAt: '2027-11-07T07:30:00Z',
        endsAtLocal: '2027-11-07T02:30:00',
      });
    });

    it('cannot begin or end at a time that the clocks skip', async () => {
      const { id } = await spring();
      const refused = async (startsAt: string, endsAt: string) =>
        faults((await staff.post(`/v1/conferences/${id}/sessions`).send(planned(startsAt, endsAt)).expect(422)).body);
      expect(await refused('2027-03-14T02:30', '2027-03-14T04:00')).toEqual(['/startsAt local_time_skipped']);
      expect(await refused('2027-03-14T01:00', '2027-03-14T02:00')).toEqual(['/endsAt local_time_skipped']);
    });

    it('mean the first of two equal times, and the second where the offset says so', async () => {
      const { id } = await autumn();
      const first = await session(id, planned('2027-11-07T01:30', '2027-11-07T01:45'));
      const second = await session(id, planned('2027-11-07T01:30-05:00', '2027-11-07T01:45-05:00'));
      expect([first.startsAt, second.startsAt]).toEqual(['2027-11-07T05:30:00Z', '2027-11-07T06:30:00Z']);
      expect([first.startsAtLocal, second.startsAtLocal]).toEqual(['2027-11-07T01:30:00', '2027-11-07T01:30:00']);
    });

    it('keep their length when their conference moves into the hour that is skipped', async () => {
      const { id } = await conference({ startsAt: '2027-03-06T09:00', endsAt: '2027-03-08T18:00' });
      const night = await session(id, planned('2027-03-07T02:30', '2027-03-07T03:00'));
      const moved = { startsAt: '2027-03-13T09:00', endsAt: '2027-03-15T18:00', moveSessions: true };
      await staff.patch(`/v1/conferences/${id}`).send(moved).expect(200);
      const { body } = await staff.get(`/v1/sessions/${night.id}`).expect(200);
      expect(body).toMatchObject({ startsAt: '2027-03-14T07:30:00Z', endsAt: '2027-03-14T08:00:00Z' });
    });

    it('stand in the calendar file at the very same instants', async () => {
      const { id } = await spring();
      const { id: roomId } = await room(id, 'Hall, East');
      const night = await session(
        id,
        planned('2027-03-14T01:30', '2027-03-14T03:30', { roomId, abstract: 'Ça va\n;,' }),
      );
      const { text, headers } = await staff.get(`/v1/conferences/${id}/agenda.ics`).expect(200);
      expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
      expect(headers['content-disposition']).toBe('inline; filename="agenda.ics"');
      const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
      expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
      const [zone] = calendar.getAllSubcomponents('vtimezone').map((each) => new ICAL.Timezone(each));
      const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
      expect(events.map(({ uid, summary, description }) => ({ uid, summary, description }))).toEqual([
        { uid: `${night.id}@chamberlain`, summary: 'Energy', description: 'Ça va\n;,' },
      ]);
      const instants = [events[0]?.startDate, events[0]?.endDate].map((time) => {
        if (time && zone) time.zone = zone;
        return time?.toJSDate();
      });
      expect(instants).toEqual([new Date('2027-03-14T06:30:00Z'), new Date('2027-03-14T07:30:00Z')]);
    });
  });

  it.each([
    [{ startsAt: '2027-03-10T11:00', endsAt: '2027-03-10T11:00' }, '/endsAt ends_before_start'],
    [{ startsAt: '2027-03-10T11:00', endsAt: '2027-03-10T10:00' }, '/endsAt ends_before_start'],
    [{ startsAt: '2027-03-08T23:59', endsAt: '2027-03-09T01:00' }, '/startsAt outside_conference'],
    [{ endsAt: '2027-03-12T00:01' }, '/endsAt outside_conference'],
    [{ timeZone: 'Mars/Olympus' }, '/timeZone time_zone'],
    [{ kind: 'dinner' }, '/kind is_in'],
    [{ capacity: 0 }, '/capacity min'],
    [{ capacity: 1.5 }, '/capacity is_int'],
    [{ topics: 'energy' }, '/topics is_array'],
    [{ topics: ['energy', ''] }, '/topics is_not_empty'],
    [{ sectors: [{}] }, '/sectors is_string'],
    [{ title: 7 }, '/title is_string'],
    [{ abstract: 'null \u0000 byte' }, '/abstract nul_character'],
  ])('refuse %j', async (fields, fault) => {
    const { id } = await conference();
    const body = planned('2027-03-10T10:00', '2027-03-10T11:00', fields);
    const answer = await staff.post(`/v1/conferences/${id}/sessions`).send(body).expect(422);
    expect(faults(answer.body)).toContain(fault);
  });

  it('refuse a title of ten thousand letters, and a body of megabytes', async () => {
    const path = `/v1/conferences/${(await conference()).id}/sessions`;
    const long = planned('2027-03-10T10:00', '2027-03-10T11:00', { title: 'x'.repeat(10_000) });
    expect(faults((await staff.post(path).send(long).expect(422)).body)).toEqual(['/title max_length']);
    const huge = { ...long, abstract: 'ə'.repeat(3_000_000) };
    expect((await staff.post(path).send(huge)).body).toMatchObject({
      status: 413,
      requestId: expect.any(String) as string,
    });
  });

  it('are found again in every script and with every sign', async () => {
    const title = '«Энергия» və əlaqə — 能源 🤝 <b>O’Neil</b>';
    const { id } = await conference();
    const made = await session(id, { title, topics: ['rəqəmsal', 'ИКТ'] });
    expect(made).toMatchObject({ title, topics: ['rəqəmsal', 'ИКТ'] });
    const { body } = await staff.get(`/v1/conferences/${id}/sessions?filter[topics]=${encodeURIComponent('ИКТ')}`);
    expect(body.data).toMatchObject([{ id: made.id, title }]);
  });

  it('have one entry in calendars, which counts what changes there and nothing else', async () => {
    const { id } = await conference();
    const made = await session(id);
    const entry = async () => {
      const { text } = await staff.get(`/v1/conferences/${id}/agenda.ics`).expect(200);
      return /SEQUENCE:\d+/.exec(text)?.[0];
    };
    const change = (fields: object) => staff.patch(`/v1/sessions/${made.id}`).send(fields).expect(200);
    await change({ abstract: 'More about it' });
    expect(await entry()).toBe('SEQUENCE:0');
    await change({ endsAt: '2027-03-10T12:00' });
    await change({ status: 'cancelled' });
    expect(await entry()).toBe('SEQUENCE:2');
  });

  describe('in a room', () => {
    it('get it one of two at a time, fifty times over, and never a deadlock', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      for (let round = 0; round < 50; round++) {
        const at = (minute: number) => new Date(Date.UTC(2027, 2, 10, 6, round * 20 + minute)).toISOString();
        const ask = () =>
          staff
            .post(`/v1/conferences/${id}/sessions`)
            .send(planned(at(0), at(20), { title: `Round ${round}`, roomId }));
        const answers = await Promise.all([ask(), ask()]);
        expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
        expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'double_booked' });
      }
    });

    it('that a meeting holds are refused with that meeting, whatever the reason to override; so are its participants', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const meeting = (hour: number, title: string, visibility: string) =>
        post('/v1/side-meetings', {
          title,
          kind: 'bilateral',
          status: 'scheduled',
          startsAt: `2027-03-10T${hour}:00`,
          endsAt: `2027-03-10T${hour + 1}:00`,
          timeZone: NEW_YORK,
          roomId,
          visibility,
          participants: [{ personId: guest.id, side: 'visiting' }],
        });
      const guest = await person('Aysel Quliyeva');
      await meeting(10, 'Customs software', 'internal');
      const refusal = async (fields: object) => {
        const body = planned('2027-03-10T10:30', '2027-03-10T11:00', { roomId, ...fields });
        const answer = await staff.post(`/v1/conferences/${id}/sessions`).send(body).expect(409);
        return (answer.body as { code: string; conflicts: Conflict[] }).conflicts;
      };
      const told = { type: 'side_meeting', title: 'Customs software' };
      expect(await refusal({})).toMatchObject([{ resource: { type: 'room', title: 'Hall A' }, about: told }]);
      expect(await refusal({ override: { reason: 'They will manage' } })).toHaveLength(1);
      const elsewhere = await session(id, planned('2027-03-10T10:30', '2027-03-10T11:00'));
      const clash = await staff
        .post(`/v1/sessions/${elsewhere.id}/speakers`)
        .send({ personId: guest.id, role: 'panelist' })
        .expect(409);
      expect(clash.body.conflicts).toMatchObject([
        { resource: { type: 'person', title: 'Aysel Quliyeva' }, about: told },
      ]);
    });

    it('swap rooms at the same moment without waiting for each other', async () => {
      const { id } = await conference();
      const rooms = [await room(id, 'Hall A'), await room(id, 'Hall B')];
      const [one, two] = [await session(id, { roomId: rooms[0]?.id }), await session(id, { roomId: rooms[1]?.id })];
      const answers = await Promise.all([
        staff.patch(`/v1/sessions/${one.id}`).send({ roomId: rooms[1]?.id }),
        staff.patch(`/v1/sessions/${two.id}`).send({ roomId: rooms[0]?.id }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([409, 409]);
    });

    it('keep it from being archived, also while their time is not known', async () => {
      const { id } = await conference();
      const { id: roomId } = await room(id);
      const open = await session(id, { roomId, startsAt: null, endsAt: null });
      const { body } = await staff.delete(`/v1/rooms/${roomId}`).expect(409);
      expect(body.code).toBe('room_in_use');
      await staff.patch(`/v1/sessions/${open.id}`).send({ status: 'cancelled' }).expect(200);
      await staff.delete(`/v1/rooms/${roomId}`).expect(204);
    });
  });

  describe('with several speakers', () => {
    const listed = async (sessionId: string) => {
      const { body } = await staff.get(`/v1/sessions/${sessionId}/speakers`).expect(200);
      return (body.data as { name: string; order: number | null }[]).map(({ name, order }) => `${order} ${name}`);
    };
    const onAgenda = async (conferenceId: string) => {
      const { body } = await staff.get(`/v1/conferences/${conferenceId}/agenda`).expect(200);
      return (body.days[0].sessions[0].speakers as { name: string }[]).map(({ name }) => name);
    };
    const panel = async (...orders: (number | undefined)[]) => {
      const { id: conferenceId } = await conference();
      const { id } = await session(conferenceId);
      const people = await Promise.all(orders.map((_, index) => person(`Guest ${String.fromCharCode(65 + index)}`)));
      const speakers: Made[] = [];
      for (const [index, { id: personId }] of people.entries())
        speakers.push(await speaker(id, personId, { order: orders[index] }));
      return { conferenceId, id, ids: speakers.map((each) => each.id) };
    };
    const reorder = (id: string, speakerIds: unknown) =>
      staff.post(`/v1/sessions/${id}/speaker-order`).send({ speakerIds });

    it('stand by precedence, ties and those without in the order they were added', async () => {
      const { conferenceId, id } = await panel(undefined, 20, 7, 20, undefined);
      expect(await listed(id)).toEqual(['7 Guest C', '20 Guest B', '20 Guest D', 'null Guest A', 'null Guest E']);
      expect(await onAgenda(conferenceId)).toEqual(['Guest C', 'Guest B', 'Guest D', 'Guest A', 'Guest E']);
    });

    it('are put in another order in one request; who is not named follows as before', async () => {
      const { conferenceId, id, ids } = await panel(1, 2, 3, undefined);
      const { body } = await reorder(id, [ids[2], ids[0]]).expect(200);
      expect(body.data).toMatchObject([
        { name: 'Guest C', order: 1 },
        { name: 'Guest A', order: 2 },
        { name: 'Guest B', order: 3 },
        { name: 'Guest D', order: null },
      ]);
      expect(await onAgenda(conferenceId)).toEqual(['Guest C', 'Guest A', 'Guest B', 'Guest D']);
    });

    it('are in one order or the other when two put them in order at the same moment', async () => {
      const { id, ids } = await panel(1, 2, 3);
      const orders = [ids.toReversed(), [ids[1], ids[0], ids[2]]];
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => reorder(id, orders[index % 2])));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(['1 Guest C,2 Guest B,3 Guest A', '1 Guest B,2 Guest A,3 Guest C']).toContain((await listed(id)).join());
    });

    it('cannot be ordered by what is nobody of the session, or twice the same', async () => {
      const [one, other] = [await panel(1, 2), await panel(1)];
      const refused = async (speakerIds: unknown) => faults((await reorder(one.id, speakerIds).expect(422)).body);
      expect(await refused([one.ids[0], other.ids[0]])).toEqual(['/speakerIds/1 unknown_speaker']);
      expect(await refused([one.ids[0], one.ids[0]])).toEqual(['/speakerIds array_unique']);
      expect(await refused([])).toContain('/speakerIds array_not_empty');
      expect(await refused('me')).toContain('/speakerIds is_array');
      const viewer = await api.as('viewer');
      await viewer.post(`/v1/sessions/${one.id}/speaker-order`).send({ speakerIds: one.ids }).expect(403);
      expect(await listed(one.id)).toEqual(['1 Guest A', '2 Guest B']);
    });
  });

  describe('under many hands', () => {
    it('take one of ten changes made from the same version', async () => {
      const made = await session((await conference()).id);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          staff
            .patch(`/v1/sessions/${made.id}`)
            .set('If-Match', '"1"')
            .send({ title: `Draft ${index}` }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
      const { body } = await staff.get(`/v1/sessions/${made.id}`).expect(200);
      expect(body.version).toBe(2);
    });

    it('are made once, however often the same request comes', async () => {
      const { id } = await conference();
      const body = planned('2027-03-10T10:00', '2027-03-10T11:00');
      const ask = () => staff.post(`/v1/conferences/${id}/sessions`).set('Idempotency-Key', `one-${id}`).send(body);
      const answers = await Promise.all(Array.from({ length: 6 }, ask));
      expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
      const repeated = await ask().expect(201);
      expect(repeated.headers['idempotency-replayed']).toBe('true');
      const { body: list } = await staff.get(`/v1/conferences/${id}/sessions?count=exact`).expect(200);
      expect(list.page.total).toBe(1);
    });
  });
});
