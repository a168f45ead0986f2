import { as, before, DAY, day, HOUR, MeetingGround, NOBODY, scheduled } from '../factories/side-meetings.js';

describe('planned side meetings', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  describe('a scheduled meeting', () => {
    it('reminds the participants with an address a day and an hour before', async () => {
      const [guest, silent] = [await on.somebody(), await on.somebody({ email: null })];
      const body = await on.logged(scheduled({ participants: [as(guest.id), as(silent.id, 'host')] }));
      expect(body.plannedMessages).toMatchObject([
        { recipient: { personId: guest.id, email: guest.email }, sendAt: before(day(5), DAY) },
        { recipient: { personId: guest.id }, sendAt: before(day(5), HOUR) },
      ]);
      expect(body.plannedMessages[0].subject).toContain('Talks');
    });

    it('moves its reminders and bookings when it is rescheduled', async () => {
      const guest = await on.somebody();
      const { id } = await on.logged(scheduled({ participants: [as(guest.id)] }));
      const { body } = await on.staff
        .post(`/v1/side-meetings/${id}/reschedule`)
        .send({ startsAt: day(9), endsAt: day(9, 16), location: 'Lobby' })
        .expect(200);
      expect(body).toMatchObject({ status: 'scheduled', startsAt: day(9), location: 'Lobby', version: 2 });
      expect(body.plannedMessages.map((message: { sendAt: string }) => message.sendAt)).toEqual([
        before(day(9), DAY),
        before(day(9), HOUR),
      ]);
      expect((await on.messages(id)).filter((message) => message.reason === 'rescheduled')).toHaveLength(2);
      await on.logged(scheduled({ participants: [as(guest.id)] }));
    });

    it('says in its reminders how its room is called now', async () => {
      const [guest, other] = [await on.somebody(), await on.somebody()];
      const { id: roomId } = await on.created(`/v1/conferences/${on.conference.id}/rooms`, { name: 'Blue room' });
      const { id } = await on.logged(scheduled({ roomId, location: null, participants: [as(guest.id)] }));
      const elsewhere = await on.logged(scheduled({ location: 'Lobby', participants: [as(other.id)] }));
      const places = async (about: string) =>
        (
          await on.api.database.query<{ place: string }>(
            `SELECT data->>'place' AS place FROM messages WHERE about_id = $1 AND status = 'planned'`,
            [about],
          )
        ).map(({ place }) => place);
      expect(await places(id)).toEqual(['Blue room', 'Blue room']);
      await on.staff.patch(`/v1/rooms/${roomId}`).send({ name: 'Red room' }).expect(200);
      expect(await places(id)).toEqual(['Red room', 'Red room']);
      expect(await places(elsewhere.id)).toEqual(['Lobby', 'Lobby']);
      expect((await on.messages(id)).filter(({ status }) => status !== 'planned')).toEqual([]);
    });

    it('takes turns with a room that is renamed while meetings come into it, move and leave', async () => {
      const rooms: { id: string }[] = [];
      for (const name of ['First', 'Second'])
        rooms.push(await on.created(`/v1/conferences/${on.conference.id}/rooms`, { name }));
      const meetings: { id: string }[] = [];
      for (let i = 0; i < 4; i++) {
        const { id: personId } = await on.somebody();
        const times = { startsAt: day(20 + i), endsAt: day(20 + i, 16) };
        meetings.push(await on.logged(scheduled({ ...times, roomId: rooms[i % 2]?.id, participants: [as(personId)] })));
      }
      const moves = meetings.flatMap(({ id }, i) =>
        [0, 1, 0].map((room) =>
          on.staff.patch(`/v1/side-meetings/${id}`).send({ roomId: rooms[(i + room) % 2]?.id, topics: [`t${room}`] }),
        ),
      );
      const names = rooms.flatMap(({ id }) =>
        [1, 2, 3, 4].map((n) => on.staff.patch(`/v1/rooms/${id}`).send({ name: `Hall ${id.slice(-4)} ${n}` })),
      );
      const answers = await Promise.all(moves.flatMap((move, i) => (names[i] ? [move, names[i]] : [move])));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      const stale = await on.api.database.query(
        `SELECT FROM messages m JOIN side_meetings s ON s.id = m.about_id JOIN rooms r ON r.id = s.room_id
         WHERE s.id = ANY($1) AND m.status = 'planned' AND m.data->>'place' <> r.name`,
        [meetings.map(({ id }) => id)],
      );
      expect(stale).toEqual([]);
    });

    it('frees everybody and reminds nobody once it is cancelled', async () => {
      const guest = await on.somebody();
      const { id } = await on.logged(scheduled({ participants: [as(guest.id)] }));
      const { body } = await on.staff
        .post(`/v1/side-meetings/${id}/cancellation`)
        .send({ reason: 'Flight delayed' })
        .expect(200);
      expect(body).toMatchObject({ status: 'cancelled', cancellationReason: 'Flight delayed' });
      expect(await on.planned(id)).toEqual([]);
      expect(await on.bookings(id)).toEqual([]);
      const again = await on.staff
        .post(`/v1/side-meetings/${id}/reschedule`)
        .send({ startsAt: day(9), endsAt: day(9, 16) })
        .expect(409);
      expect(again.body.code).toBe('meeting_step_impossible');
    });

    it('lets nobody be in two places, and says where they are', async () => {
      const guest = await on.somebody();
      const first = await on.logged(scheduled({ title: 'First come', participants: [as(guest.id)] }));
      const counted = await on.counts();
      const { body } = await on
        .log(
          scheduled({
            participants: [as(guest.id)],
            followUps: [{ title: 'x', dueAt: day(7), assigneeId: on.other.id }],
          }),
        )
        .expect(409);
      expect(body).toMatchObject({
        code: 'double_booked',
        conflicts: [
          {
            resource: { type: 'person', id: guest.id },
            about: { type: 'side_meeting', id: first.id, title: 'First come' },
            startsAt: day(5),
            endsAt: day(5, 16),
          },
        ],
      });
      expect(await on.counts()).toEqual(counted);
    });

    it('double-books people on purpose with a reason that is kept, and rooms never', async () => {
      const guest = await on.somebody();
      const first = { startsAt: day(20), endsAt: day(20, 16) };
      await on.logged(scheduled({ ...first, roomId: on.room.id, participants: [as(guest.id)] }));
      const { id } = await on.logged(
        scheduled({ ...first, participants: [as(guest.id)], override: { reason: 'Joins by phone' } }),
      );
      const audit = await on.manager
        .get(`/v1/audit-entries?filter[aboutId]=${id}&filter[action]=booking_overridden`)
        .expect(200);
      expect(audit.body.data[0].after.reason).toBe('Joins by phone');
      const { body } = await on
        .log(
          scheduled({
            ...first,
            roomId: on.room.id,
            participants: [as((await on.somebody()).id)],
            override: { reason: 'Please' },
          }),
        )
        .expect(409);
      expect(body.conflicts).toMatchObject([{ resource: { type: 'room', id: on.room.id } }]);
    });

    it('is won by exactly one of twenty that want the same person at the same time', async () => {
      const guest = await on.somebody();
      const [counted] = await on.api.database.query<{ n: number }>('SELECT count(*)::int AS n FROM side_meetings');
      const wanted = (n: number) =>
        scheduled({
          title: `Race ${n}`,
          startsAt: day(30),
          endsAt: day(30, 16),
          participants: [as(guest.id)],
          followUps: [{ title: 'x', dueAt: day(31) }],
        });
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => on.log(wanted(n))));
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(19).fill(409)]);
      const [after] = await on.api.database.query<{ n: number }>('SELECT count(*)::int AS n FROM side_meetings');
      expect((after?.n ?? 0) - (counted?.n ?? 0)).toBe(1);
    });

    it('takes people in and out with their bookings and reminders, but not the last one', async () => {
      const [guest, late] = [await on.somebody(), await on.somebody()];
      const { id, participants } = await on.logged(scheduled({ participants: [as(guest.id)] }));
      const path = `/v1/side-meetings/${id}/participants`;
      const joined = await on.staff.post(path).send({ email: late.email, side: 'facilitator' }).expect(201);
      expect(joined.body).toMatchObject({ personId: late.id, side: 'facilitator' });
      expect(await on.planned(id)).toHaveLength(4);
      await on.staff
        .post(path)
        .send({ ...as(late.id) })
        .expect(409);
      expect((await on.staff.get(`${path}?sort=fullName`).expect(200)).body.data).toHaveLength(2);
      await on.staff.delete(`${path}/${participants[0].id}`).expect(204);
      expect((await on.planned(id)).map((message) => message.email)).toEqual([late.email, late.email]);
      expect(await on.bookings(id)).toEqual([{ resource_id: late.id }]);
      const last = await on.staff.delete(`${path}/${joined.body.id}`).expect(409);
      expect(last.body.code).toBe('last_participant');
    });

    it('follows a plain change of its time, and leaves lists and calendar when it is archived', async () => {
      const guest = await on.somebody();
      const { id } = await on.logged(scheduled({ participants: [as(guest.id)] }));
      const { body } = await on.staff
        .patch(`/v1/side-meetings/${id}`)
        .set('If-Match', '"1"')
        .send({ startsAt: day(11), endsAt: day(11, 16) })
        .expect(200);
      expect(body.plannedMessages[0].sendAt).toBe(before(day(11), DAY));
      await on.staff.patch(`/v1/side-meetings/${id}`).set('If-Match', '"1"').send({ title: 'Late' }).expect(412);
      await on.staff.delete(`/v1/side-meetings/${id}`).expect(204);
      expect([await on.planned(id), await on.bookings(id)]).toEqual([[], []]);
      const list = await on.staff.get(`/v1/side-meetings?filter[personId]=${guest.id}`).expect(200);
      expect(list.body.data).toEqual([]);
    });

    it('cannot be held before it begins', async () => {
      const { id } = await on.logged(scheduled({ participants: [as((await on.somebody()).id)] }));
      for (const step of ['hold', 'outcome', 'no-show']) {
        const { body } = await on.staff.post(`/v1/side-meetings/${id}/${step}`).send({}).expect(409);
        expect(body.code).toBe('meeting_not_begun');
      }
    });
  });

  describe('a requested meeting', () => {
    const requested = async (values: object = {}) =>
      on.logged({
        status: 'requested',
        startsAt: null,
        endsAt: null,
        participants: [as((await on.somebody()).id)],
        ...values,
      });

    it('books nobody until it is scheduled', async () => {
      const { id, datePrecision } = await requested();
      expect([datePrecision, await on.bookings(id)]).toEqual(['unknown', []]);
      await on.staff.post(`/v1/side-meetings/${id}/schedule`).send({}).expect(422);
      const { body } = await on.staff
        .post(`/v1/side-meetings/${id}/schedule`)
        .send({ startsAt: day(5), endsAt: day(5, 16), roomId: null })
        .expect(200);
      expect(body).toMatchObject({ status: 'scheduled', datePrecision: null, startsAt: day(5) });
      expect([await on.bookings(id), body.plannedMessages]).toMatchObject([{ length: 1 }, { length: 2 }]);
      await on.staff
        .post(`/v1/side-meetings/${id}/schedule`)
        .send({ startsAt: day(6), endsAt: day(6, 16) })
        .expect(409);
    });

    it('may turn out to have been held on a day nobody remembers', async () => {
      const { id } = await requested();
      const { body } = await on.staff
        .post(`/v1/side-meetings/${id}/hold`)
        .send({ summary: 'Said to have gone well' })
        .expect(200);
      expect(body).toMatchObject({ status: 'held', startsAt: null, summary: 'Said to have gone well' });
    });
  });

  describe('a meeting that has begun', () => {
    it('is held once its outcome is told, with promises and follow-ups', async () => {
      const guest = await on.somebody();
      const past = new Date(Date.now() - HOUR).toISOString();
      const { id } = await on.logged(scheduled({ startsAt: past, endsAt: day(1), participants: [as(guest.id)] }));
      const { body } = await on.staff
        .post(`/v1/side-meetings/${id}/outcome`)
        .send({
          summary: 'Agreed',
          commitments: [
            { action: 'Send a draft', owedBy: { personId: guest.id }, owedTo: { organizationId: on.company.id } },
          ],
          followUps: [{ title: 'Chase the draft', dueAt: '2099-05-04T09:00', assigneeId: on.staff.id }],
        })
        .expect(200);
      expect(body).toMatchObject({
        status: 'held',
        summary: 'Agreed',
        commitments: [{ action: 'Send a draft' }],
        followUps: [{ title: 'Chase the draft', dueAt: '2099-05-04T13:00:00Z', timeZone: 'America/New_York' }],
        plannedMessages: [{ recipient: { userId: on.staff.id } }],
      });
      expect(await on.bookings(id)).toEqual([]);
      const more = await on.staff
        .post(`/v1/side-meetings/${id}/outcome`)
        .send({ followUps: [{ title: 'One more', dueAt: day(8) }] })
        .expect(200);
      expect(more.body.followUps).toHaveLength(2);
      await on.staff.post(`/v1/side-meetings/${id}/outcome`).send({ dealId: NOBODY }).expect(422);
    });

    it('may be one to which nobody came', async () => {
      const past = new Date(Date.now() - HOUR).toISOString();
      const { id } = await on.logged(
        scheduled({ startsAt: past, endsAt: day(1), participants: [as((await on.somebody()).id)] }),
      );
      expect((await on.staff.post(`/v1/side-meetings/${id}/no-show`).expect(200)).body.status).toBe('no_show');
      await on.staff.post(`/v1/side-meetings/${id}/outcome`).send({ summary: 'x' }).expect(409);
    });
  });
});
