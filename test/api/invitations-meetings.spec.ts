import { MailLinks } from '#messaging';
import { as, day, MeetingGround, scheduled } from '../factories/side-meetings.js';

describe('an answer to an invitation to a meeting', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  const invited = async (meetingId: string, personId: string) => {
    const about = { type: 'side_meeting', id: meetingId };
    await on.staff
      .post('/v1/invitations')
      .send({ about, recipients: { personIds: [personId] } })
      .expect(202);
    const list = await on.staff.get(`/v1/invitations?filter[aboutId]=${meetingId}&filter[personId]=${personId}`);
    const { id } = list.body.data[0] as { id: string };
    return { id, answer: (status: string) => on.staff.post(`/v1/invitations/${id}/response`).send({ status }) };
  };
  const participants = async (id: string) =>
    ((await on.staff.get(`/v1/side-meetings/${id}`).expect(200)).body.participants as Record<string, string>[]).map(
      ({ personId, participation }) => [personId, participation],
    );
  const booked = async (id: string) =>
    on.api.database.query<{ person: string; firm: boolean }>(
      'SELECT resource_id AS person, firm FROM bookings WHERE about_id = $1 ORDER BY firm DESC',
      [id],
    );
  const reminded = async (id: string) =>
    (
      await on.api.database.query<{ email: string }>(
        `SELECT email FROM messages WHERE about_id = $1 AND kind = 'reminder' AND status = 'planned'`,
        [id],
      )
    ).map(({ email }) => email);

  it('that is no frees the time and takes the reminders back; yes after that books again', async () => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const { id } = await on.logged(scheduled({ participants: [as(host.id, 'host'), as(guest.id)] }));
    const { answer } = await invited(id, guest.id);
    await answer('declined').expect(200);
    expect(await participants(id)).toEqual([
      [host.id, 'needs_action'],
      [guest.id, 'declined'],
    ]);
    expect(await booked(id)).toEqual([{ person: host.id, firm: true }]);
    expect(new Set(await reminded(id))).toEqual(new Set([host.email]));
    expect((await on.staff.get(`/v1/side-meetings/${id}.ics`).expect(200)).text.replace(/\r\n /g, '')).toContain(
      `${guest.fullName} – declined`,
    );
    // Free for something else, as long as it lasts.
    const other = await on.logged(scheduled({ participants: [as(guest.id)] }));
    await on.staff.post(`/v1/side-meetings/${other.id}/cancellation`).send({}).expect(200);
    await answer('accepted').expect(200);
    expect(await participants(id)).toEqual([
      [host.id, 'needs_action'],
      [guest.id, 'accepted'],
    ]);
    expect((await booked(id)).map(({ person, firm }) => [person, firm]).sort()).toEqual(
      [
        [host.id, true],
        [guest.id, true],
      ].sort(),
    );
    expect((await reminded(id)).filter((email) => email === guest.email)).toHaveLength(2);
  });

  it('that is yes never fails for what the invitee cannot know: booked elsewhere meanwhile, they are booked softly', async () => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const { id } = await on.logged(scheduled({ participants: [as(host.id, 'host'), as(guest.id)] }));
    const { answer } = await invited(id, guest.id);
    await answer('declined').expect(200);
    const elsewhere = await on.logged(scheduled({ title: 'Elsewhere', participants: [as(guest.id)] }));
    await answer('accepted').expect(200);
    expect(await booked(id)).toEqual([
      { person: host.id, firm: true },
      { person: guest.id, firm: false },
    ]);
    const audit = await on.manager.get(`/v1/audit-entries?filter[aboutId]=${id}`).expect(200);
    expect(audit.body.data.map(({ action }: { action: string }) => action)).toContain('booking_overridden');
    // And firmly, once they are free.
    await on.staff.post(`/v1/side-meetings/${elsewhere.id}/cancellation`).send({}).expect(200);
    expect((await booked(id)).every(({ firm }) => firm)).toBe(true);
  });

  it('makes an invitee a participant who was none, and nobody by "maybe" or "no"', async () => {
    const [host, guest, unsure] = [await on.somebody(), await on.somebody(), await on.somebody()];
    await on.position(guest.id, on.company.id, 'CEO');
    const { id } = await on.logged(scheduled({ participants: [as(host.id, 'host')] }));
    await (await invited(id, unsure.id)).answer('tentative').expect(200);
    await (await invited(id, guest.id)).answer('accepted').expect(200);
    expect(await participants(id)).toEqual([
      [host.id, 'needs_action'],
      [guest.id, 'accepted'],
    ]);
    const { body } = await on.staff
      .get(`/v1/side-meetings/${id}/participants?filter[participation]=accepted`)
      .expect(200);
    expect(body.data).toMatchObject([{ personId: guest.id, organizationId: on.company.id, side: 'visiting' }]);
    // Whoever is put down later brings along the yes given before.
    await on.staff.post(`/v1/side-meetings/${id}/participants`).send(as(unsure.id)).expect(201);
    expect(await participants(id)).toContainEqual([unsure.id, 'tentative']);
  });

  it('goes with the invitation when that is withdrawn: whoever took part by it alone does so no more', async () => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const { id } = await on.logged(scheduled({ participants: [as(host.id, 'host')] }));
    const invitations = [await invited(id, host.id), await invited(id, guest.id)];
    for (const { answer } of invitations) await answer('accepted').expect(200);
    expect((await booked(id)).length).toBe(2);
    for (const invitation of invitations)
      await on.staff.post(`/v1/invitations/${invitation.id}/cancellation`).expect(200);
    expect(await participants(id)).toEqual([[host.id, 'accepted']]);
    expect(await booked(id)).toEqual([{ person: host.id, firm: true }]);
    expect(new Set(await reminded(id))).toEqual(new Set([host.email]));
  });

  it('reaches a restricted meeting through the link alone', async () => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const { id } = await on.logged(
      scheduled({ visibility: 'restricted', participants: [as(host.id, 'host'), as(guest.id)] }),
    );
    const invitation = await invited(id, guest.id);
    const mail = on.api.app.get(MailLinks);
    const path = new URL(mail.respond(invitation.id, new Date(day(6)), 1)).pathname;
    await on.api.guest.post(path).type('form').send({ status: 'declined' }).expect(303);
    expect(await participants(id)).toContainEqual([guest.id, 'declined']);
    expect(await booked(id)).toEqual([{ person: host.id, firm: true }]);
  });

  it('is remembered and moves nothing once the meeting is held', async () => {
    const [host, guest] = [await on.somebody(), await on.somebody()];
    const { id } = await on.logged(scheduled({ participants: [as(host.id, 'host'), as(guest.id)] }));
    const { answer } = await invited(id, guest.id);
    await on.staff.post(`/v1/side-meetings/${id}/cancellation`).send({}).expect(200);
    await answer('declined').expect(200);
    expect([await participants(id), await booked(id)]).toEqual([
      [
        [host.id, 'needs_action'],
        [guest.id, 'declined'],
      ],
      [],
    ]);
  });

  it('and many at once leave what was answered last, with bookings and participation to match', async () => {
    const [host, ...guests] = await Promise.all(Array.from({ length: 6 }, () => on.somebody()));
    const { id } = await on.logged(
      scheduled({ participants: [as(host?.id ?? '', 'host'), ...guests.map((guest) => as(guest.id))] }),
    );
    const asked = await Promise.all(guests.map((guest) => invited(id, guest.id)));
    const answers = asked.flatMap(({ answer }) => ['declined', 'accepted', 'declined', 'tentative'].map(answer));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(answers.length).fill(200));
    const given = new Map(
      (await on.staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200)).body.data.map(
        (row: { personId: string; status: string }) => [row.personId, row.status],
      ),
    );
    const now = (await participants(id)).filter(([personId]) => personId !== host?.id);
    expect(new Map(now.map(([personId, status]) => [personId, status]))).toEqual(given);
    const coming = now.filter(([, status]) => status !== 'declined').map(([personId]) => personId);
    expect((await booked(id)).map(({ person }) => person).sort()).toEqual([host?.id, ...coming].sort());
  });

  it('stays in step with mails and bookings, whatever else happens at the same moment', async () => {
    const rule = { subject: 'invitation', offset: '-P2D', templateKey: 'nudge' };
    await on.manager.post('/v1/reminder-rules').send(rule).expect(201);
    const guests = await Promise.all(Array.from({ length: 4 }, () => on.somebody()));
    const { id } = await on.logged(scheduled({ participants: guests.map((guest) => as(guest.id)) }));
    const personIds = guests.map((guest) => guest.id);
    const about = { type: 'side_meeting', id };
    const round = () =>
      on.staff.post('/v1/invitations').send({ about, recipients: { personIds }, sendAt: day(1), nudges: ['P1D'] });
    await round().expect(202);
    const { body } = await on.staff.get(`/v1/invitations?filter[aboutId]=${id}`).expect(200);
    const paths = (body.data as { id: string }[]).map((row) => `/v1/invitations/${row.id}`);
    const turns = paths.flatMap((path, index) => [
      () => on.staff.post(`${path}/response`).send({ status: index % 2 ? 'accepted' : 'declined' }),
      () => on.staff.patch(path).send({ respondBy: day(3) }),
      () => on.staff.post(`/v1/side-meetings/${id}/reschedule`).send({ startsAt: day(6 + index), endsAt: day(11) }),
      () => on.staff.post(`${path}/cancellation`).send({}),
      () => on.staff.post(`${path}/response`).send({ status: 'tentative' }),
      round,
    ]);
    const answers = await Promise.all([...turns, ...turns.reverse()].map((turn) => turn()));
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
    const wrong = await on.api.database.query(IN_STEP, [id]);
    expect(wrong).toEqual([]);
  });
});

/** Mails planned for who has answered or was withdrawn, answers that the participant does not have, two invitations to one. */
const IN_STEP = `
  SELECT 'mail' AS fault, m.id FROM messages m JOIN invitations i ON i.id = m.invitation_id
  WHERE m.about_id = $1 AND m.status = 'planned'
    AND (i.cancelled_at IS NOT NULL OR (m.kind = 'nudge' AND i.status <> 'needs_action'))
  UNION ALL
  SELECT 'participation', x.id FROM side_meeting_participants x
  JOIN invitations i ON i.about_id = x.meeting_id AND i.person_id = x.person_id
  WHERE x.meeting_id = $1 AND x.participation <> i.status AND i.cancelled_at IS NULL AND i.responded_at IS NOT NULL
  UNION ALL
  SELECT 'twice', person_id FROM messages WHERE about_id = $1 AND kind = 'invitation' AND status = 'planned'
  GROUP BY person_id HAVING count(*) > 1`;
