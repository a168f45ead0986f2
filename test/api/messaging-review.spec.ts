import { as, day, MeetingGround, scheduled } from '../factories/side-meetings.js';

describe('mails about what changes, or is not for everybody', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  const invite = async (about: { type: string; id: string }, personIds: string[], values: object = {}, by = on.staff) =>
    by.post('/v1/invitations').send({ about, recipients: { personIds }, ...values });
  const row = (aboutId: string, kind = 'invitation') =>
    on.api.database.queryOne<Record<string, string & Date & { startsAt: string; title: string }>>(
      'SELECT * FROM messages WHERE about_id = $1 AND kind = $2 ORDER BY created_at DESC, id DESC LIMIT 1',
      [aboutId, kind],
    );
  const invitationOf = async (aboutId: string) => (await row(aboutId))?.invitation_id ?? '';

  describe('about a restricted meeting', () => {
    const secret = async () => {
      const guest = await on.somebody();
      const meeting = await on.logged(
        scheduled({ title: 'Undisclosed', visibility: 'restricted', participants: [as(guest.id)] }),
      );
      await invite({ type: 'side_meeting', id: meeting.id }, [guest.id], { sendAt: day(1) });
      return { guest, meeting, invitationId: await invitationOf(meeting.id) };
    };

    it('nobody can be invited by those who may not see it', async () => {
      const { meeting } = await secret();
      const stranger = await on.somebody();
      const about = { type: 'side_meeting', id: meeting.id };
      const refused = await invite(about, [stranger.id], {}, on.other);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([404, expect.not.stringContaining('Undisclosed')]);
      expect((await invite(about, [stranger.id], { dryRun: true }, on.other)).status).toBe(404);
      expect((await invite(about, [stranger.id], {}, on.manager)).status).toBe(202);
    });

    it('strangers change nothing, and count nothing', async () => {
      const { meeting, invitationId } = await secret();
      const mail = await row(meeting.id);
      const answers = await Promise.all([
        on.other.post(`/v1/invitations/${invitationId}/response`).send({ status: 'declined' }),
        on.other.post(`/v1/invitations/${invitationId}/cancellation`).send({}),
        on.other.post(`/v1/messages/${mail?.id}/cancellation`).send({}),
        on.other.post(`/v1/messages/${mail?.id}/resend`).send({}),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(await row(meeting.id)).toEqual(mail);
      const own = await on.staff.get(`/v1/invitations/${invitationId}`).expect(200);
      expect(own.body).toMatchObject({ status: 'needs_action', cancelledAt: null });
      const counts = `/v1/messages/counts?aboutId=${meeting.id}`;
      expect((await on.other.get(counts).expect(200)).body.total).toBe(0);
      expect((await on.staff.get(counts).expect(200)).body.total).toBeGreaterThan(0);
      await on.staff.post(`/v1/invitations/${invitationId}/response`).send({ status: 'declined' }).expect(200);
    });
  });

  it('an invitation that waits takes the new time, title and place of its meeting', async () => {
    const guest = await on.somebody();
    const meeting = await on.logged(scheduled({ title: 'Early talks', participants: [as(guest.id)] }));
    await invite({ type: 'side_meeting', id: meeting.id }, [guest.id], { sendAt: day(1) });
    const times = { startsAt: day(9), endsAt: day(9, 16) };
    await on.staff
      .post(`/v1/side-meetings/${meeting.id}/reschedule`)
      .send({ ...times, timeZone: 'UTC' })
      .expect(200);
    await on.staff.patch(`/v1/side-meetings/${meeting.id}`).send({ title: 'Late talks', location: 'Baku' }).expect(200);
    const mail = await row(meeting.id);
    expect(mail?.data).toMatchObject({ title: 'Late talks', place: 'Baku', timeZone: 'UTC' });
    expect(new Date(mail?.data?.startsAt ?? 0)).toEqual(new Date(times.startsAt));
    expect(mail?.not_after).toEqual(new Date(times.endsAt));
    expect(mail?.subject).toContain('Late talks');
    expect(mail?.status).toBe('planned');
  });

  it('an invitation that waits follows its conference, and its session', async () => {
    const guest = await on.somebody();
    const forum = { name: 'Forum', timeZone: 'UTC', startsAt: day(30, 8), endsAt: day(31), status: 'published' };
    const { id } = await on.created('/v1/conferences', forum);
    const session = await on.created(`/v1/conferences/${id}/sessions`, {
      title: 'Opening',
      kind: 'plenary',
      startsAt: day(30, 9),
      endsAt: day(30, 10),
    });
    expect((await invite({ type: 'conference', id }, [guest.id], { sendAt: day(1) })).status).toBe(202);
    expect((await invite({ type: 'session', id: session.id }, [guest.id], { sendAt: day(1) })).status).toBe(202);
    await on.staff.patch(`/v1/sessions/${session.id}`).send({ title: 'Grand opening' }).expect(200);
    expect((await row(session.id))?.subject).toContain('Grand opening');
    const moved = { startsAt: day(40, 8), endsAt: day(41), moveSessions: true, timeZone: 'UTC' };
    await on.manager.patch(`/v1/conferences/${id}`).send(moved).expect(200);
    const starts = [(await row(id))?.data?.startsAt, (await row(session.id))?.data?.startsAt];
    expect(starts.map((start) => Date.parse(start ?? ''))).toEqual([day(40, 8), day(40, 9)].map(Date.parse));
  });

  it('a withdrawn invitation can be made anew, and goes out again', async () => {
    const guest = await on.somebody();
    const meeting = await on.logged(scheduled({ participants: [as(guest.id)] }));
    const about = { type: 'side_meeting', id: meeting.id };
    await invite(about, [guest.id], { sendAt: day(1) });
    const id = await invitationOf(meeting.id);
    await on.staff.post(`/v1/invitations/${id}/response`).send({ status: 'declined', note: 'No' }).expect(200);
    await on.staff.post(`/v1/invitations/${id}/cancellation`).send({}).expect(200);
    expect((await invite(about, [guest.id], { dryRun: true })).body.counts).toMatchObject({ invited: 1 });
    const again = await invite(about, [guest.id], { sendAt: day(1) });
    expect(again.body.counts).toMatchObject({ invited: 1, alreadyInvited: 0 });
    expect((await on.staff.get(`/v1/invitations/${id}`).expect(200)).body).toMatchObject({
      ...{ status: 'needs_action', note: null, respondedAt: null, cancelledAt: null, batchId: again.body.batchId },
    });
    expect(await row(meeting.id)).toMatchObject({ status: 'planned', invitation_id: id });
    expect((await invite(about, [guest.id])).body.counts).toMatchObject({ invited: 0, alreadyInvited: 1 });
  });

  it('mail that waits follows a corrected address, and stops when there is none', async () => {
    const guest = await on.somebody({ email: 'tpyo@example.com' });
    const meeting = await on.logged(scheduled({ participants: [as(guest.id)] }));
    await on.staff.patch(`/v1/people/${guest.id}`).send({ email: 'Right@example.com' }).expect(200);
    expect((await on.planned(meeting.id)).map(({ email }) => email)).toEqual(Array(2).fill('right@example.com'));
    await on.staff.patch(`/v1/people/${guest.id}`).send({ email: null }).expect(200);
    expect((await on.messages(meeting.id)).map(({ reason }) => reason)).toEqual(Array(2).fill('no_address'));
  });

  it('only what was stopped by hand or late is sent again, never what something else has replaced', async () => {
    const guest = await on.somebody();
    const meeting = await on.logged(scheduled({ participants: [as(guest.id)] }));
    const reminder = async () => (await row(meeting.id, 'reminder'))?.id;
    const old = await reminder();
    await on.staff.post(`/v1/messages/${old}/cancellation`).expect(200);
    await on.staff.post(`/v1/messages/${old}/resend`).expect(200);
    await on.staff
      .post(`/v1/side-meetings/${meeting.id}/reschedule`)
      .send({ startsAt: day(8), endsAt: day(8, 16) })
      .expect(200);
    const { body } = await on.staff.post(`/v1/messages/${old}/resend`).expect(409);
    expect(body).toMatchObject({ code: 'not_resendable', reason: 'rescheduled' });
    await on.api.database.query(`UPDATE messages SET status = 'failed', reason = 'refused' WHERE id = $1`, [old]);
    await on.staff.post(`/v1/messages/${old}/resend`).expect(409);
  });
});
