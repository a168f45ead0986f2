import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Created {
  id: string;
}

const IN_MARCH = { startsAt: '2031-03-10T09:00', endsAt: '2031-03-11T18:00', timeZone: 'America/New_York' };
const IN_APRIL = { startsAt: '2031-04-10T09:00', endsAt: '2031-04-11T18:00' };
const PANEL = { startsAt: '2031-03-10T10:00', endsAt: '2031-03-10T11:00' };

describe('whoever knows of an event', () => {
  let api: TestApi;
  let staff: Client;
  let people = 0;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('manager');
  });
  afterAll(() => api?.close());

  async function post<T = Created>(path: string, body: object, status = 201): Promise<T> {
    const answer = await staff.post(path).send(body);
    if (answer.status !== status) throw new Error(`${path} ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  const patch = (path: string, body: object) => staff.patch(path).send(body).expect(200);

  const person = async () => {
    people += 1;
    const email = `delegate${people}@example.com`;
    return { email, ...(await post('/v1/people', { fullName: `Delegate ${people}`, email })) };
  };

  const conference = async (fields: object = {}) =>
    (await post('/v1/conferences', { name: 'Forum', status: 'published', venue: 'Hall', ...IN_MARCH, ...fields })).id;

  const invite = (type: string, id: string, ...personIds: string[]) =>
    post('/v1/invitations', { about: { type, id }, recipients: { personIds } }, 202);

  const register = (id: string, personId: string) => post(`/v1/conferences/${id}/registrations`, { personId });

  /** Everything that waits about an event has gone out. */
  const sendOff = (...ids: string[]) =>
    api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = ANY($1) AND status = 'planned'`,
      [ids],
    );

  /** Who is about to hear what. */
  const news = async (id: string): Promise<string[]> => {
    const rows = await api.database.query<{ line: string }>(
      `SELECT concat_ws(' ', email, template_key, calendar->>'method', calendar->>'sequence') AS line FROM messages
       WHERE about_id = $1 AND template_key LIKE 'event_%' AND status = 'planned' ORDER BY email`,
      [id],
    );
    return rows.map(({ line }) => line);
  };

  const sequenceIn = async (path: string) =>
    Number(/^SEQUENCE:(\d+)/m.exec((await staff.get(path).expect(200)).text)?.[1]);

  it('of a conference, by invitation or registration or both, hears once that it moves, while they still come', async () => {
    const id = await conference();
    const [invited, registered, both, gone] = [await person(), await person(), await person(), await person()];
    await invite('conference', id, invited.id, both.id);
    await register(id, registered.id);
    await register(id, both.id);
    const place = await register(id, gone.id);
    await sendOff(id);
    await post(`/v1/registrations/${place.id}/cancellation`, {}, 200);
    await sendOff(id);
    await patch(`/v1/conferences/${id}`, { name: 'The Forum', capacity: 500 });
    expect(await news(id)).toEqual([]);
    await patch(`/v1/conferences/${id}`, IN_APRIL);
    await patch(`/v1/conferences/${id}`, { venue: 'Embassy' });
    const expected = [invited, registered, both].map(({ email }) => `${email} event_moved REQUEST 3`);
    expect(await news(id)).toEqual(expected);
    await patch(`/v1/conferences/${id}`, { ...IN_MARCH, venue: 'Hall' });
    expect(await news(id)).toEqual([]);
  });

  it('of a conference hears that it moves when they wait for a place, but has nothing in the calendar', async () => {
    const id = await conference({ capacity: 1 });
    const [seated, waiting] = [await person(), await person()];
    await register(id, seated.id);
    await register(id, waiting.id);
    await sendOff(id);
    await patch(`/v1/conferences/${id}`, IN_APRIL);
    expect(await news(id)).toEqual([`${seated.email} event_moved REQUEST 1`, `${waiting.email} event_moved`]);
  });

  it('of a conference in which they speak hears that it is called off, not when their session is alone', async () => {
    await post('/v1/reminder-rules', {
      subject: 'conference',
      offset: '-P2D',
      audience: 'speakers',
      templateKey: 'conference_reminder',
    });
    const whole = await conference();
    const part = await conference();
    const speaker = await person();
    const talk = { title: 'Talk', kind: 'keynote', ...PANEL };
    const sessions = [
      await post(`/v1/conferences/${whole}/sessions`, talk),
      await post(`/v1/conferences/${part}/sessions`, {
        ...talk,
        startsAt: '2031-03-10T12:00',
        endsAt: '2031-03-10T13:00',
      }),
    ];
    for (const { id } of sessions) await post(`/v1/sessions/${id}/speakers`, { personId: speaker.id, role: 'keynote' });
    // They are reminded of the conference itself.
    await sendOff(whole, part);
    await patch(`/v1/conferences/${whole}`, { status: 'cancelled' });
    expect(await news(whole)).toEqual([`${speaker.email} event_called_off`]);
    await patch(`/v1/sessions/${sessions[1]?.id}`, { status: 'cancelled' });
    await patch(`/v1/conferences/${part}`, IN_APRIL);
    expect(await news(part)).toEqual([]);
  });

  it('of a session hears of that session alone, and of its room', async () => {
    const id = await conference();
    const room = await post(`/v1/conferences/${id}/rooms`, { name: 'Blue room' });
    const fields = { title: 'Panel', kind: 'panel', roomId: room.id, ...PANEL };
    const session = await post(`/v1/conferences/${id}/sessions`, fields);
    const [ofSession, ofConference] = [await person(), await person()];
    await invite('session', session.id, ofSession.id);
    await invite('conference', id, ofConference.id);
    await sendOff(id, session.id);
    await patch(`/v1/sessions/${session.id}`, { startsAt: '2031-03-10T12:00', endsAt: '2031-03-10T13:00' });
    expect([await news(session.id), await news(id)]).toEqual([[`${ofSession.email} event_moved REQUEST 1`], []]);
    await sendOff(session.id);
    await patch(`/v1/rooms/${room.id}`, { name: 'Red room' });
    expect(await news(session.id)).toEqual([`${ofSession.email} event_moved REQUEST 2`]);
    expect(await sequenceIn(`/v1/conferences/${id}/agenda.ics`)).toBe(2);
    await patch(`/v1/conferences/${id}`, { venue: 'Embassy' });
    expect([await news(session.id), await news(id)]).toEqual([
      [`${ofSession.email} event_moved REQUEST 3`],
      [`${ofConference.email} event_moved REQUEST 1`],
    ]);
  });

  it.each([
    ['called off', (id: string) => patch(`/v1/conferences/${id}`, { status: 'cancelled' })],
    ['archived', (id: string) => staff.delete(`/v1/conferences/${id}`).expect(204)],
  ])('of a conference that is %s hears so, and of its sessions', async (_what, end) => {
    const id = await conference();
    const session = await post(`/v1/conferences/${id}/sessions`, { title: 'Panel', kind: 'panel', ...PANEL });
    const [guest, speaker, waiting] = [await person(), await person(), await person()];
    await invite('conference', id, guest.id);
    await invite('session', session.id, speaker.id);
    await sendOff(id, session.id);
    await invite('conference', id, waiting.id);
    await end(id);
    expect([await news(id), await news(session.id)]).toEqual([
      [`${guest.email} event_called_off CANCEL 1`],
      [`${speaker.email} event_called_off CANCEL 1`],
    ]);
  });

  describe('of a side meeting', () => {
    const meeting = async (guest: Created, at = '2031-05-05T10:00', end = '2031-05-05T11:00') =>
      (
        await post('/v1/side-meetings', {
          title: 'Talks',
          kind: 'bilateral',
          status: 'scheduled',
          startsAt: at,
          endsAt: end,
          timeZone: 'Asia/Baku',
          location: 'Lobby',
          participants: [{ personId: guest.id, side: 'host' }],
        })
      ).id;

    it('hears that it is elsewhere, at another time, or not at all', async () => {
      const guest = await person();
      const id = await meeting(guest);
      await sendOff(id);
      const later = { startsAt: '2031-05-06T10:00', endsAt: '2031-05-06T11:00' };
      await staff.post(`/v1/side-meetings/${id}/reschedule`).send(later).expect(200);
      await patch(`/v1/side-meetings/${id}`, { location: 'Embassy' });
      expect(await news(id)).toEqual([`${guest.email} event_moved REQUEST 2`]);
      expect(await sequenceIn(`/v1/side-meetings/${id}.ics`)).toBe(2);
      await sendOff(id);
      await staff.post(`/v1/side-meetings/${id}/cancellation`).send({}).expect(200);
      expect(await news(id)).toEqual([`${guest.email} event_called_off CANCEL 3`]);
    });

    it('hears nothing when it was held, nor when they take part no more', async () => {
      const [guest, other] = [await person(), await person()];
      const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
      const held = await meeting(guest, soon(-10), soon(50));
      await api.database.query(
        `UPDATE messages SET status = 'sent', reason = NULL, sent_at = now() WHERE about_id = $1`,
        [held],
      );
      await staff.post(`/v1/side-meetings/${held}/outcome`).send({ summary: 'Agreed' }).expect(200);
      await patch(`/v1/side-meetings/${held}`, { location: 'Embassy' });
      expect(await news(held)).toEqual([]);
      const id = await meeting(guest, '2031-06-05T10:00', '2031-06-05T11:00');
      await post(`/v1/side-meetings/${id}/participants`, { personId: other.id, side: 'visiting' });
      await sendOff(id);
      const { body } = await staff.get(`/v1/side-meetings/${id}?include=participants`).expect(200);
      const leaving = (body.participants as { id: string; personId: string }[]).find(
        (each) => each.personId === other.id,
      );
      await staff.delete(`/v1/side-meetings/${id}/participants/${leaving?.id}`).expect(204);
      await patch(`/v1/side-meetings/${id}`, { location: 'Embassy' });
      expect(await news(id)).toEqual([`${guest.email} event_moved REQUEST 1`]);
    });

    it('hears that it is so soon now that no reminder would come', async () => {
      const guest = await person();
      const id = await meeting(guest, '2031-07-05T10:00', '2031-07-05T11:00');
      const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
      await staff
        .post(`/v1/side-meetings/${id}/reschedule`)
        .send({ startsAt: soon(30), endsAt: soon(90) })
        .expect(200);
      expect(await news(id)).toEqual([`${guest.email} event_moved REQUEST 1`]);
    });
  });
});
