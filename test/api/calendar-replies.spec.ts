import fc from 'fast-check';
import { as, MeetingGround, scheduled } from '../factories/side-meetings.js';
import { type Invited, Invitees } from '../support/invitees.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Answer {
  uid?: string;
  attendee?: string;
  partstat?: string;
  /** Seconds from now. */
  at?: number;
  sequence?: number;
  comment?: string;
  name?: string;
  method?: string;
}

/** What an invitee's calendar program sends. */
function reply({
  uid,
  attendee,
  partstat = 'ACCEPTED',
  at = 0,
  sequence = 0,
  comment,
  name,
  method = 'REPLY',
}: Answer): string {
  const stamp = new Date(Date.now() + at * 1_000).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Calendar//EN', `METHOD:${method}`, 'BEGIN:VEVENT'],
    ...[`UID:${uid}`, `DTSTAMP:${stamp}`, `SEQUENCE:${sequence}`, 'ORGANIZER:mailto:events@chamber.example'],
    `ATTENDEE;PARTSTAT=${partstat}${name ? `;CN="${name}"` : ''}:mailto:${attendee}`,
    ...(comment ? [`COMMENT:${comment}`] : []),
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}

const uidOf = (id: string): string => `${id}@chamberlain`;

describe('an answer that a calendar program sends', () => {
  let api: TestApi;
  let staff: Client;
  let invitees: Invitees;

  beforeAll(async () => {
    api = await startTestApi();
    [staff, invitees] = [await api.as('staff'), await Invitees.at(api)];
  });
  afterAll(() => api?.close());

  const send = (text: string, type = 'text/calendar; charset=utf-8; method=REPLY', as: Client = staff) =>
    as.post('/v1/calendar-replies').set('Content-Type', type).send(text);
  const answer = async ({ conferenceId, email }: Invited, said: Answer) =>
    (await send(reply({ uid: uidOf(conferenceId), attendee: email, ...said })).expect(200)).body as Record<
      string,
      unknown
    >;
  const invitation = async ({ invitationId }: Pick<Invited, 'invitationId'>) =>
    (await staff.get(`/v1/invitations/${invitationId}`).expect(200)).body as Record<string, unknown>;
  const registered = async ({ conferenceId }: Invited) =>
    (
      (await staff.get(`/v1/conferences/${conferenceId}/registrations`).expect(200)).body.data as { status: string }[]
    ).map(({ status }) => status);

  /** Somebody whose invitation went out a day ago. */
  async function invited(): Promise<Invited> {
    const guest = await invitees.one();
    const ago = `now() - interval '1 day'`;
    await api.database.query(`UPDATE invitations SET created_at = ${ago} WHERE id = $1`, [guest.invitationId]);
    await api.database.query(
      `UPDATE messages SET created_at = ${ago}, status = 'sent', sent_at = ${ago} WHERE invitation_id = $1`,
      [guest.invitationId],
    );
    return guest;
  }

  it('is the invitee’s answer: a yes registers them, a no gives the place back, and the note is kept', async () => {
    const guest = await invited();
    const { invitationId } = guest;
    const yes = await answer(guest, { at: -600, comment: 'With my wife\\, Leyla' });
    expect(yes).toEqual({ applied: true, reason: null, detail: null, invitationId, status: 'accepted' });
    const taken = await invitation(guest);
    expect(taken).toMatchObject({ status: 'accepted', note: 'With my wife, Leyla' });
    expect(Date.now() - Date.parse(String(taken.respondedAt))).toBeGreaterThanOrEqual(600_000);
    expect(await registered(guest)).toEqual(['confirmed']);
    await answer(guest, { at: -300, partstat: 'DECLINED' });
    expect(await invitation(guest)).toMatchObject({ status: 'declined' });
    expect(await registered(guest)).toEqual(['cancelled']);
  });

  it('comes as the whole mail that brought it, too', async () => {
    const guest = await invitees.one();
    const calendar = reply({ uid: uidOf(guest.conferenceId), attendee: guest.email, partstat: 'TENTATIVE' });
    const mail = [
      ...[`From: ${guest.email}`, 'To: events@chamber.example', 'Subject: Maybe: Forum', 'MIME-Version: 1.0'],
      ...[
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Maybe.',
        '--b',
      ],
      ...['Content-Type: text/calendar; charset="utf-8"; method=REPLY', 'Content-Transfer-Encoding: base64', ''],
      ...[Buffer.from(calendar).toString('base64'), '--b--', ''],
    ];
    expect((await send(mail.join('\r\n'), 'message/rfc822').expect(200)).body).toMatchObject({ applied: true });
    expect(await invitation(guest)).toMatchObject({ status: 'tentative' });
  });

  it('may come twice, and later ones first', async () => {
    const guest = await invited();
    const no = {
      uid: uidOf(guest.conferenceId),
      attendee: guest.email,
      at: -300,
      partstat: 'DECLINED',
      comment: 'Sorry',
    };
    const mail = reply(no);
    await send(mail).expect(200);
    const { version } = await invitation(guest);
    expect(await answer(guest, { at: -600, partstat: 'ACCEPTED' })).toMatchObject({
      ...{ applied: false, reason: 'answered_since', invitationId: guest.invitationId, status: 'accepted' },
    });
    expect((await send(mail).expect(200)).body).toMatchObject({ applied: true });
    expect(await invitation(guest)).toMatchObject({ status: 'declined', note: 'Sorry', version });
    expect(await registered(guest)).toEqual([]);
  });

  it('is the last one given, in whatever order several come, many times, at the same moment', async () => {
    const guest = await invited();
    const said = ['ACCEPTED', 'DECLINED', 'ACCEPTED', 'TENTATIVE', 'DECLINED', 'ACCEPTED'];
    const sent = said.flatMap((partstat, index) => Array.from({ length: 3 }, () => ({ partstat, at: -600 + index })));
    const shuffled = fc.sample(fc.shuffledSubarray(sent, { minLength: sent.length }), 1)[0] ?? sent;
    await Promise.all(shuffled.map((each) => answer(guest, each)));
    expect([shuffled, await invitation(guest)]).toMatchObject([shuffled, { status: 'accepted' }]);
    expect((await registered(guest)).filter((status) => status === 'confirmed')).toHaveLength(1);
  });

  it('gives way to one at the link that was given later, and not to one before', async () => {
    const guest = await invited();
    const respond = (status: string) =>
      staff.post(`/v1/invitations/${guest.invitationId}/response`).send({ status }).expect(200);
    await respond('declined');
    expect(await answer(guest, { at: -60 })).toMatchObject({ applied: false, reason: 'answered_since' });
    await api.database.query(`UPDATE invitations SET responded_at = now() - interval '1 hour' WHERE id = $1`, [
      guest.invitationId,
    ]);
    expect(await answer(guest, { at: -60 })).toMatchObject({ applied: true });
    expect(await invitation(guest)).toMatchObject({ status: 'accepted' });
  });

  it('counts by a clock that runs ahead or behind, and is never of the future', async () => {
    const guest = await invitees.one();
    expect(await answer(guest, { at: 86_400 })).toMatchObject({ applied: true });
    const { respondedAt } = await invitation(guest);
    expect(new Date(String(respondedAt)).getTime()).toBeLessThanOrEqual(Date.now());
    const other = await invitees.one();
    expect(await answer(other, { at: -86_400 * 400 })).toMatchObject({ applied: true });
  });

  it('to the time before a move stands, as an answer given before it does', async () => {
    const guest = await invitees.one();
    const move = { startsAt: '2031-03-10T09:00', endsAt: '2031-03-11T18:00', timeZone: 'Asia/Baku' };
    await staff.patch(`/v1/conferences/${guest.conferenceId}`).send(move).expect(200);
    expect(await answer(guest, { sequence: 0 })).toMatchObject({ applied: true });
    expect(await invitation(guest)).toMatchObject({ status: 'accepted' });
  });

  it('is known by the address the invitation went to, or by any other of the person', async () => {
    const guest = await invited();
    const [moved, second] = [`new-${guest.email}`, `second-${guest.email}`];
    await staff
      .patch(`/v1/people/${guest.personId}`)
      .send({ email: moved, otherEmails: [second] })
      .expect(200);
    for (const [attendee, partstat, status, at] of [
      [second, 'TENTATIVE', 'tentative', -600],
      [moved, 'DECLINED', 'declined', -500],
      [guest.email.toUpperCase(), 'ACCEPTED', 'accepted', -400],
    ] as const) {
      expect(await answer(guest, { attendee, partstat, at })).toMatchObject({ applied: true });
      expect(await invitation(guest)).toMatchObject({ status });
    }
  });

  it('from an address that two share is the one’s whom it names; nobody’s where it names neither', async () => {
    const { conferenceId, email } = await invitees.one({ fullName: 'Aysel Quliyeva' });
    const ben = await invitees.make('/v1/people', { fullName: 'Ben Carter', email });
    const about = { type: 'conference', id: conferenceId };
    await staff
      .post('/v1/invitations')
      .send({ about, recipients: { personIds: [ben] } })
      .expect(202);
    const uid = uidOf(conferenceId);
    const said = async (name: string) => (await send(reply({ uid, attendee: email, name })).expect(200)).body as object;
    expect(await said('Somebody')).toMatchObject({ applied: false, reason: 'ambiguous_address', invitationId: null });
    expect(await said('ben carter')).toMatchObject({ applied: true });
    const list = await staff.get(`/v1/invitations?filter[aboutId]=${conferenceId}&sort=personName`).expect(200);
    expect(list.body.data).toMatchObject([{ status: 'needs_action' }, { personId: ben, status: 'accepted' }]);
  });

  it('that is of no use says why, and changes nothing', async () => {
    const guest = await invitees.one();
    const nobody = await answer(guest, { attendee: 'stranger@example.com' });
    expect(nobody).toMatchObject({ applied: false, reason: 'not_invited', invitationId: null });
    for (const uid of ['7kukuqrfedlm2f9t@google.com', uidOf('019a0000-0000-7000-8000-000000000000')])
      expect(await answer(guest, { uid })).toMatchObject({ applied: false, reason: 'unknown_event' });
    expect(await invitation(guest)).toMatchObject({ status: 'needs_action', respondedAt: null });
  });

  it('to what was withdrawn or called off comes too late', async () => {
    const [withdrawn, off] = [await invitees.one(), await invitees.one()];
    await staff.post(`/v1/invitations/${withdrawn.invitationId}/cancellation`).expect(200);
    expect(await answer(withdrawn, {})).toMatchObject({ applied: false, reason: 'invitation_cancelled' });
    await staff.patch(`/v1/conferences/${off.conferenceId}`).send({ status: 'cancelled' }).expect(200);
    expect(await answer(off, {})).toMatchObject({ applied: false, reason: 'called_off' });
  });

  it('to an invitation that was withdrawn is none to the one made anew', async () => {
    const guest = await invited();
    await answer(guest, { at: -600 });
    await staff.post(`/v1/invitations/${guest.invitationId}/cancellation`).expect(200);
    const about = { type: 'conference', id: guest.conferenceId };
    await staff
      .post('/v1/invitations')
      .send({ about, recipients: { personIds: [guest.personId] } })
      .expect(202);
    expect(await answer(guest, { at: -600 })).toMatchObject({ applied: false, reason: 'answered_since' });
    expect(await invitation(guest)).toMatchObject({ status: 'needs_action' });
    expect(await answer(guest, { at: 60 })).toMatchObject({ applied: true });
  });

  it('is refused with the reason where it is no answer', async () => {
    const guest = await invitees.one();
    const said = { uid: uidOf(guest.conferenceId), attendee: guest.email };
    for (const [code, text] of [
      ['counter_proposal', reply({ ...said, method: 'COUNTER' })],
      ['not_a_reply', reply({ ...said, method: 'REQUEST' })],
      ['no_answer', reply({ ...said, partstat: 'NEEDS-ACTION' })],
      ['no_calendar', 'Out of office until Monday.'],
      ['no_calendar', ''],
    ] as const) {
      const { body } = await send(text).expect(422);
      expect(body.errors).toMatchObject([{ pointer: '', code }]);
    }
    await send('Subject: Out of office\r\n\r\nUntil Monday.', 'message/rfc822').expect(422);
    await staff.post('/v1/calendar-replies').send({ status: 'accepted' }).expect(415);
    await send(reply(said), 'message/delivery-status').expect(415);
    await send(reply(said), 'text/calendar', await api.as('viewer')).expect(403);
    expect(await invitation(guest)).toMatchObject({ status: 'needs_action' });
  });

  it('never fails on our side, whatever has become of it', async () => {
    const guest = await invitees.one();
    const whole = reply({ uid: uidOf(guest.conferenceId), attendee: guest.email, name: 'Aysel', comment: 'Yes' });
    const harm = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(12),
      odd: fc.string({ unit: 'binary', maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(harm, { minLength: 1, maxLength: 3 }), fc.boolean(), async (harms, asMail) => {
        const text = harms.reduce(
          (at, { at: place, cut, odd }) => at.slice(0, place) + odd + at.slice(place + cut),
          whole,
        );
        const answered = await (asMail
          ? send(`Content-Type: text/calendar\r\n\r\n${text}`, 'message/rfc822')
          : send(text));
        expect([200, 422]).toContain(answered.status);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an answer of a calendar program to a meeting', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  it.each(['internal', 'restricted'])(
    'moves the participant, though it be %s and somebody else hand it in: a no frees their time, a yes books it again',
    async (visibility) => {
      const [host, guest] = [await on.somebody(), await on.somebody()];
      const participants = [as(host.id, 'host'), as(guest.id)];
      const { id } = await on.logged(scheduled({ visibility, participants }), on.manager);
      const round = { about: { type: 'side_meeting', id }, recipients: { personIds: [guest.id] } };
      await on.manager.post('/v1/invitations').send(round).expect(202);
      for (const [partstat, status, held] of [
        ['DECLINED', 'declined', 0],
        ['ACCEPTED', 'accepted', 1],
      ] as const) {
        const said = reply({ uid: uidOf(id), attendee: guest.email, partstat, at: held });
        const sent = await on.other
          .post('/v1/calendar-replies')
          .set('Content-Type', 'text/calendar')
          .send(said)
          .expect(200);
        expect(sent.body).toMatchObject({ applied: true, status });
        const meeting = await on.manager.get(`/v1/side-meetings/${id}`).expect(200);
        expect(meeting.body.participants).toMatchObject([
          { personId: host.id, participation: 'needs_action' },
          { personId: guest.id, participation: status },
        ]);
        const booked = 'SELECT FROM bookings WHERE about_id = $1 AND resource_id = $2';
        expect(await on.api.database.query(booked, [id, guest.id])).toHaveLength(held);
      }
    },
  );
});
