import { as, day, MeetingGround, scheduled } from '../factories/side-meetings.js';

interface Mail {
  email: string;
  template: string;
  place: string | null;
  calendar: { method: string; sequence: number } | null;
}

describe('a change of a side meeting', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  const send = async (path: string, body: object = {}) => (await on.staff.post(path).send(body)).body;
  const invite = async (meetingId: string, ...people: { id: string }[]): Promise<void> => {
    const about = { type: 'side_meeting', id: meetingId };
    const recipients = { personIds: people.map(({ id }) => id) };
    await on.staff.post('/v1/invitations').send({ about, recipients }).expect(202);
  };
  /** All that waits leaves. */
  const deliver = (id: string) =>
    on.api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND status = 'planned' AND kind <> 'reminder'`,
      [id],
    );
  /** News that waits, to whom, with which entry for the calendar. */
  const news = (id: string): Promise<Mail[]> =>
    on.api.database.query<Mail>(
      `SELECT email, template_key AS template, data->>'place' AS place, calendar FROM messages
       WHERE about_id = $1 AND kind = 'notice' AND status = 'planned' ORDER BY email`,
      [id],
    );
  const invitedTo = async (values: object = {}) => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const meeting = await on.logged(scheduled({ participants: [as(host.id, 'host'), as(guest.id)], ...values }));
    await invite(meeting.id, host, guest);
    await deliver(meeting.id);
    return { id: meeting.id as string, path: `/v1/side-meetings/${meeting.id}`, host, guest, meeting };
  };

  describe('to whoever was invited', () => {
    const changes: [what: string, template: string, change: (path: string) => Promise<unknown>][] = [
      [
        'its time',
        'event_moved',
        (path) => on.staff.post(`${path}/reschedule`).send({ startsAt: day(8), endsAt: day(8, 16) }),
      ],
      ['its place', 'event_moved', (path) => on.staff.patch(path).send({ location: 'Second floor' })],
      ['being on', 'event_called_off', (path) => on.staff.post(`${path}/cancellation`).send({ reason: 'Snow' })],
      ['being there at all', 'event_called_off', (path) => on.staff.delete(path)],
    ];
    it.each(changes)('of %s is one mail that changes the entry in their calendar', async (_what, template, change) => {
      const { id, path, host, guest } = await invitedTo();
      await change(path);
      const mails = await news(id);
      expect(mails.map((mail) => [mail.email, mail.template])).toEqual(
        [host.email, guest.email].sort().map((email) => [email, template]),
      );
      const method = template === 'event_moved' ? 'REQUEST' : 'CANCEL';
      expect(mails.map(({ calendar }) => calendar)).toMatchObject([
        { method, sequence: 1 },
        { method, sequence: 1 },
      ]);
    });

    it('of the name of its room says how that is called now, and its file does too', async () => {
      const { id: roomId } = await on.created(`/v1/conferences/${on.conference.id}/rooms`, { name: 'Green room' });
      const { id, path } = await invitedTo({ roomId, location: null });
      await on.staff.patch(`/v1/rooms/${roomId}`).send({ name: 'Golden room' }).expect(200);
      expect((await news(id)).map(({ template, place }) => [template, place])).toEqual([
        ['event_moved', 'Golden room'],
        ['event_moved', 'Golden room'],
      ]);
      const { text } = await on.staff.get(`${path}.ics`).expect(200);
      expect(text).toContain('LOCATION:Golden room');
      expect(text).toContain('SEQUENCE:1');
    });

    it('of who takes part tells those taken out, and nobody else', async () => {
      const { id, path, guest, host, meeting } = await invitedTo();
      const out = meeting.participants.find(({ personId }: { personId: string }) => personId === guest.id);
      await on.staff.delete(`${path}/participants/${out.id}`).expect(204);
      expect(await news(id)).toMatchObject([
        { email: guest.email, template: 'invitation_withdrawn', calendar: { method: 'CANCEL' } },
      ]);
      const invitations = await on.staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200);
      const standing = invitations.body.data.filter((row: { cancelledAt: string | null }) => !row.cancelledAt);
      expect(standing).toMatchObject([{ personId: host.id }]);
      const late = await on.somebody();
      await on.staff.post(`${path}/participants`).send(as(late.id)).expect(201);
      expect(await news(id)).toHaveLength(1);
    });

    it('of who takes part tells those taken out who were only reminded, once for each time', async () => {
      const [host, guest, late] = [await on.somebody(), await on.somebody(), await on.somebody()];
      const { id, participants } = await on.logged(scheduled({ participants: [as(host.id, 'host'), as(guest.id)] }));
      const path = `/v1/side-meetings/${id}`;
      const remind = () =>
        on.api.database.query(
          `UPDATE messages SET status = 'sent', sent_at = now() WHERE id IN (
            SELECT id FROM messages WHERE about_id = $1 AND kind = 'reminder' AND status = 'planned' AND person_id = $2 LIMIT 1)`,
          [id, guest.id],
        );
      const takeOut = async (participantId: string) =>
        on.staff.delete(`${path}/participants/${participantId}`).expect(204);
      const join = async (person: { id: string }) => (await send(`${path}/participants`, as(person.id))).id as string;
      await remind();
      await takeOut(participants.find(({ personId }: { personId: string }) => personId === guest.id).id);
      const out = { email: guest.email, template: 'invitation_withdrawn', calendar: null };
      expect(await news(id)).toMatchObject([out]);
      await deliver(id);
      await takeOut(await join(guest));
      await takeOut(await join(late));
      expect(await news(id)).toEqual([]);
      const again = await join(guest);
      await remind();
      await takeOut(again);
      expect(await news(id)).toMatchObject([out]);
    });

    it('of who may see it is no news to them', async () => {
      const { id, path } = await invitedTo();
      await on.staff.patch(path).send({ visibility: 'restricted' }).expect(200);
      expect(await news(id)).toEqual([]);
    });

    it('that is taken back before it is told, is not told', async () => {
      const { id, path, meeting } = await invitedTo();
      await on.staff
        .post(`${path}/reschedule`)
        .send({ startsAt: day(8), endsAt: day(8, 16) })
        .expect(200);
      const { startsAt, endsAt } = meeting;
      await on.staff.post(`${path}/reschedule`).send({ startsAt, endsAt }).expect(200);
      expect(await news(id)).toEqual([]);
    });
  });

  describe('from a request to an appointment', () => {
    const requestedOf = async (count: number) => {
      const people = await Promise.all(Array.from({ length: count }, () => on.somebody()));
      const values = {
        status: 'requested',
        startsAt: null,
        endsAt: null,
        participants: people.map(({ id }) => as(id)),
      };
      const { id } = await on.logged(values);
      await invite(id, ...people);
      await deliver(id);
      const { body } = await on.staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200);
      const answer = (index: number, status: string) => {
        const invitation = body.data.find((row: { personId: string }) => row.personId === people[index]?.id);
        return on.staff.post(`/v1/invitations/${invitation.id}/response`).send({ status }).expect(200);
      };
      return { id: id as string, people, answer };
    };

    it('holds those who said yes or nothing, once it has a time, and nobody while they are asked', async () => {
      const { id, people, answer } = await requestedOf(3);
      await answer(0, 'accepted');
      await answer(1, 'declined');
      expect(await on.bookings(id)).toEqual([]);
      const asked = await on.staff.get(`/v1/side-meetings/${id}`).expect(200);
      expect(asked.body.status).toBe('requested');
      const answers = asked.body.participants.map((row: Record<string, string>) => [row.personId, row.participation]);
      expect(new Map(answers)).toEqual(
        new Map(people.map(({ id: person }, i) => [person, ['accepted', 'declined', 'needs_action'][i]])),
      );
      await on.staff
        .post(`/v1/side-meetings/${id}/schedule`)
        .send({ startsAt: day(12), endsAt: day(12, 16) })
        .expect(200);
      expect((await on.bookings(id)).length).toBe(2);
      const told = (await news(id)).map(({ email, calendar }) => [email, calendar?.method]);
      expect(told).toEqual([people[0]?.email, people[2]?.email].sort().map((email) => [email, 'REQUEST']));
    });

    it('is refused, and leaves it a request, when somebody is booked by then', async () => {
      const { id, people } = await requestedOf(1);
      const times = { startsAt: day(13), endsAt: day(13, 16) };
      await on.logged(scheduled({ ...times, participants: [as(people[0]?.id ?? '')] }));
      await on.staff.post(`/v1/side-meetings/${id}/schedule`).send(times).expect(409);
      expect((await on.staff.get(`/v1/side-meetings/${id}`)).body).toMatchObject({ status: 'requested', version: 1 });
      const override = { reason: 'They asked for it' };
      await on.staff
        .post(`/v1/side-meetings/${id}/schedule`)
        .send({ ...times, override })
        .expect(200);
    });

    it('may never come: a request that is called off tells those who were asked', async () => {
      const { id, people } = await requestedOf(2);
      expect(await send(`/v1/side-meetings/${id}/cancellation`, { reason: 'No answer' })).toMatchObject({
        status: 'cancelled',
      });
      expect((await news(id)).map(({ email, template }) => [email, template])).toEqual(
        people.map(({ email }) => [email, 'event_called_off']).sort(),
      );
    });
  });

  describe('at the same moment as another', () => {
    const ROUNDS = 4;
    /** Who is booked when, against what the meeting itself says. */
    const inStep = async (id: string): Promise<void> => {
      expect(await on.api.database.query(OUT_OF_STEP, [id])).toEqual([]);
    };
    const all = async (requests: PromiseLike<{ status: number; text: string }>[]): Promise<number[]> => {
      const answers = await Promise.all(requests);
      expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
      return answers.map(({ status }) => status);
    };
    const move = (path: string, days: number) =>
      on.staff.post(`${path}/reschedule`).send({ startsAt: day(days), endsAt: day(days, 16) });

    it('that moves it too leaves it at the time of one of them, with bookings and reminders to match', async () => {
      const { id, path, meeting } = await invitedTo({ startsAt: day(14), endsAt: day(14, 16) });
      const moves = [60, 61, 62, 63].map((days) => move(path, days));
      expect(await all(moves)).toEqual([200, 200, 200, 200]);
      const { body } = await on.staff.get(path).expect(200);
      expect(body.version).toBe(meeting.version + 4);
      await inStep(id);
    });

    it('calls it off or gives it a time, one after the other', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { id } = await on.logged({
          ...{ status: 'requested', startsAt: null, endsAt: null },
          participants: [as((await on.somebody()).id)],
        });
        const path = `/v1/side-meetings/${id}`;
        const times = { startsAt: day(70 + round), endsAt: day(70 + round, 16) };
        const [scheduling, calling] = await all([
          on.staff.post(`${path}/schedule`).send(times),
          on.staff.post(`${path}/cancellation`).send({}),
        ]);
        expect([calling, [200, 409].includes(scheduling ?? 0)]).toEqual([200, true]);
        expect((await on.staff.get(path)).body.status).toBe('cancelled');
        await inStep(id);
      }
    });

    it('brings somebody in or takes somebody out: whoever is in is booked for the time it has', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { id, path, guest, meeting } = await invitedTo({
          startsAt: day(80 + round),
          endsAt: day(80 + round, 16),
        });
        const [late, later] = [await on.somebody(), await on.somebody()];
        const out = meeting.participants.find(({ personId }: { personId: string }) => personId === guest.id);
        await all([
          move(path, 100 + round),
          on.staff.post(`${path}/participants`).send(as(late.id)),
          on.staff.delete(`${path}/participants/${out.id}`),
          move(path, 120 + round),
          on.staff.post(`${path}/participants`).send(as(later.id)),
          on.staff.patch(path).send({ location: `Place ${round}` }),
        ]);
        const { body } = await on.staff.get(path).expect(200);
        expect(body.participants).toHaveLength(3);
        await inStep(id);
      }
    });

    it('is the same request sent twice: the work is done once, and told twice', async () => {
      const guest = await on.somebody();
      const values = scheduled({ startsAt: day(150), endsAt: day(150, 16), participants: [as(guest.id)] });
      const counted = await on.counts();
      const twice = () => on.log(values).set('Idempotency-Key', `twice-${guest.id}`);
      const statuses = await all([twice(), twice(), twice()]);
      expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
      expect(statuses).toContain(201);
      expect((await twice().expect(201)).headers['idempotency-replayed']).toBe('true');
      expect(((await on.counts()).side_meetings ?? 0) - (counted.side_meetings ?? 0)).toBe(1);
    });
  });
});

/** Bookings at another time, of nobody who is coming, or missing; reminders of another time. */
const OUT_OF_STEP = `
  WITH meeting AS (SELECT * FROM side_meetings WHERE id = $1),
  coming AS (
    SELECT x.person_id FROM side_meeting_participants x JOIN meeting m ON m.id = x.meeting_id
    WHERE x.participation NOT IN ('declined', 'delegated') AND m.status = 'scheduled'
  )
  SELECT 'booked otherwise' AS fault, b.resource_id FROM bookings b JOIN meeting m ON m.id = b.about_id
  WHERE b.during <> tstzrange(m.starts_at, m.ends_at) OR b.resource_id NOT IN (SELECT person_id FROM coming)
  UNION ALL
  SELECT 'not booked', person_id FROM coming WHERE person_id NOT IN (SELECT resource_id FROM bookings WHERE about_id = $1)
  UNION ALL
  SELECT 'reminded otherwise', r.person_id FROM messages r JOIN meeting m ON m.id = r.about_id
  WHERE r.kind = 'reminder' AND r.status = 'planned'
    AND (r.occurs_at <> m.starts_at OR r.person_id NOT IN (SELECT person_id FROM coming))`;
