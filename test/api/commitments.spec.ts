import { UsersService } from '#access';
import { ReminderReplansPlanner } from '#reminders';
import { DAY, MeetingGround, NOBODY, scheduled, as } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

interface Planned {
  email: string;
  at: string;
  status: string;
  reason: string | null;
}

/** A day so many days from now, YYYY-MM-DD in UTC. */
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** Nine in the morning in Baku, so many days from now. */
const nineInBaku = (days: number) => `${inDays(days)}T05:00:00Z`;

describe('the ledger of commitments', () => {
  let on: MeetingGround;
  let staff: Client;
  beforeAll(async () => {
    on = await MeetingGround.open();
    ({ staff } = on);
    await on.api.app.get(UsersService).update(staff.id, { timeZone: 'Asia/Baku' });
  });
  afterAll(() => on?.api.close());

  const promise = async (values: object = {}, by = staff) =>
    (
      await by
        .post('/v1/commitments')
        .send({
          action: 'Share the pilot data',
          owedBy: { organizationId: on.ministry.id },
          owedTo: { organizationId: on.company.id },
          ...values,
        })
        .expect(201)
    ).body;
  const messages = (aboutId: string) =>
    on.api.database.query<Planned>(
      `SELECT email, to_char(send_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, status, reason
       FROM messages WHERE about_id = $1 ORDER BY send_at, created_at, id`,
      [aboutId],
    );
  const planned = async (aboutId: string) =>
    (await messages(aboutId)).filter(({ status }) => status === 'planned').map(({ email, at }) => `${at} ${email}`);
  const secretMeeting = async () =>
    on.logged(scheduled({ title: 'Sükut', visibility: 'restricted', participants: [as((await on.somebody()).id)] }));

  describe('reminds whoever watches a promise', () => {
    it('a week and a day before its window closes, at nine in the morning where they are', async () => {
      const body = await promise({ dueFrom: inDays(3), dueTo: inDays(30), dueText: 'later this year' });
      expect(body).toMatchObject({
        ownerId: staff.id,
        owner: { id: staff.id },
        dueText: 'later this year',
        remindBefore: null,
      });
      expect(await planned(body.id)).toEqual([`${nineInBaku(23)} ${staff.email}`, `${nineInBaku(29)} ${staff.email}`]);
      const [first] = (await staff.get(`/v1/messages?filter[aboutId]=${body.id}&sort=sendAt`).expect(200)).body.data;
      const { body: mail } = await staff.get(`/v1/messages/${first.id}/preview`).expect(200);
      expect(mail.subject).toBe('Promise due: Share the pilot data');
      for (const words of ['later this year', 'Ministry of Trade Winds', 'Caspian Bridge LLC'])
        expect(mail.text).toContain(words);
    });

    it('when it asks to be reminded, and not without a last day, a wish, or anybody to watch it', async () => {
      const { id } = await promise({ dueTo: inDays(30), remindBefore: ['P3D'] });
      expect(await planned(id)).toEqual([`${nineInBaku(27)} ${staff.email}`]);
      const dueTo = inDays(30);
      for (const values of [{ dueFrom: dueTo }, { dueTo, remindBefore: [] }, { dueTo, ownerId: null }])
        expect(await messages((await promise(values)).id)).toEqual([]);
    });

    it('by what is so now: another last day, another owner, another zone', async () => {
      const { id } = await promise({ dueTo: inDays(30), remindBefore: ['P1D'] });
      await staff
        .patch(`/v1/commitments/${id}`)
        .send({ dueTo: inDays(40) })
        .expect(200);
      expect(await planned(id)).toEqual([`${nineInBaku(39)} ${staff.email}`]);
      await staff.patch(`/v1/commitments/${id}`).send({ ownerId: on.other.id }).expect(200);
      await on.api.app.get(UsersService).update(on.other.id, { timeZone: 'Asia/Tokyo' });
      expect(await planned(id)).toEqual([`${inDays(39)}T00:00:00Z ${on.other.email}`]);
      await on.api.app.get(UsersService).update(on.other.id, { email: 'moved@chamber.example' });
      expect(await planned(id)).toEqual([`${inDays(39)}T00:00:00Z moved@chamber.example`]);
      await staff.patch(`/v1/commitments/${id}`).send({ dueTo: null }).expect(200);
      expect(await planned(id)).toEqual([]);
    });

    it('not at all when the last day comes so near that every lead time is past, and says why', async () => {
      const { id } = await promise({ dueTo: inDays(30), remindBefore: ['P7D', 'P3D'] });
      await staff
        .patch(`/v1/commitments/${id}`)
        .send({ dueTo: inDays(2) })
        .expect(200);
      expect(await planned(id)).toEqual([]);
      const { body } = await staff.get(`/v1/messages/explanation?aboutId=${id}&personId=${staff.id}`).expect(200);
      const reasons = body.data.map(({ reason }: { reason: string }) => reason).sort();
      expect(reasons).toEqual(['past', 'past', 'rescheduled', 'rescheduled']);
      expect(body.summary).toContain('Share the pilot data');
    });

    it('until it is settled, however near its mail was, or archived; and again when it is opened again', async () => {
      const { id } = await promise({ dueTo: inDays(30), remindBefore: ['P3D'] });
      await on.api.database.query(
        `UPDATE messages SET status = 'queued', lease_until = now() + interval '1 minute' WHERE about_id = $1`,
        [id],
      );
      await staff
        .post(`/v1/commitments/${id}/release`)
        .send({ evidence: 'They found the data themselves' })
        .expect(200);
      expect(await messages(id)).toMatchObject([{ status: 'cancelled', reason: 'settled' }]);
      await staff.post(`/v1/commitments/${id}/reopening`).send({ note: 'Not all of it' }).expect(200);
      expect(await planned(id)).toHaveLength(1);
      await staff.delete(`/v1/commitments/${id}`).expect(204);
      expect(await messages(id)).toMatchObject([{ status: 'cancelled', reason: 'subject_called_off' }]);
    });

    it('no more once they were shut out', async () => {
      const user = await on.api.app
        .get(UsersService)
        .create({ email: 'gone@chamber.example', name: 'Gone', role: 'staff' });
      const { id } = await promise({ dueTo: inDays(30), ownerId: user.id });
      expect(await planned(id)).toHaveLength(2);
      await on.api.app.get(UsersService).archive(user.id);
      expect(await planned(id)).toEqual([]);
      await staff.patch(`/v1/commitments/${id}`).send({ ownerId: user.id }).expect(422);
    });

    it('of promises that were there before reminders were', async () => {
      const { id } = await promise({ dueTo: inDays(30) });
      await on.api.database.query('DELETE FROM messages WHERE about_id = $1', [id]);
      await on.api.database.query(`INSERT INTO reminder_replans (subject) VALUES ('commitment')`);
      await on.api.app.get(ReminderReplansPlanner).run();
      expect(await planned(id)).toHaveLength(2);
    });

    it('of what came of a meeting, as its answer tells', async () => {
      const guest = await on.somebody();
      const commitments = [
        {
          action: 'Send the map',
          owedBy: { personId: guest.id },
          owedTo: { organizationId: on.company.id },
          dueTo: inDays(30),
        },
      ];
      const { plannedMessages } = await on.logged(scheduled({ participants: [as(guest.id)], commitments }));
      const subjects = plannedMessages.map(({ subject }: { subject: string }) => subject);
      expect(subjects.filter((subject: string) => subject === 'Promise due: Send the map')).toHaveLength(2);
    });

    it.each(['0001-01-01', '9999-12-31'])('or can at least keep a promise until %s', async (dueTo) => {
      await promise({ dueTo, remindBefore: ['P90D', 'P0D'] });
    });
  });

  describe('lets a promise end', () => {
    it.each([
      ['fulfilment', 'kept'],
      ['breach', 'broken'],
      ['release', 'released'],
    ])('by %s as %s, once, with evidence', async (way, status) => {
      const { id } = await promise();
      await staff.post(`/v1/commitments/${id}/${way}`).send({}).expect(422);
      const end = () => staff.post(`/v1/commitments/${id}/${way}`).send({ evidence: 'Letter of 2 April' });
      const answers = await Promise.all([end(), end()]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect((await staff.get(`/v1/commitments/${id}`)).body).toMatchObject({ status, evidence: 'Letter of 2 April' });
    });

    it('and opens it again for a reason, while the trail keeps the evidence', async () => {
      const { id } = await promise();
      await staff.post(`/v1/commitments/${id}/reopening`).send({ note: 'x' }).expect(409);
      await staff.post(`/v1/commitments/${id}/breach`).send({ evidence: 'No letter came' }).expect(200);
      await staff.post(`/v1/commitments/${id}/reopening`).send({}).expect(422);
      const { body } = await staff.post(`/v1/commitments/${id}/reopening`).send({ note: 'It did' }).expect(200);
      expect(body).toMatchObject({ status: 'open', evidence: null, settledAt: null, reopeningNote: 'It did' });
      const trail = await on.manager.get(`/v1/audit-entries?filter[aboutId]=${id}&sort=at`).expect(200);
      expect(trail.body.data).toMatchObject([
        { action: 'created' },
        { action: 'broken' },
        { action: 'reopened', before: { evidence: 'No letter came' }, after: { reopeningNote: 'It did' } },
      ]);
    });

    it('with other evidence afterwards, but with none while it is open', async () => {
      const { id } = await promise();
      await staff.patch(`/v1/commitments/${id}`).send({ evidence: 'x' }).expect(422);
      await staff.post(`/v1/commitments/${id}/fulfilment`).send({ evidence: 'Letter' }).expect(200);
      const { body } = await staff.patch(`/v1/commitments/${id}`).send({ evidence: 'A longer letter' }).expect(200);
      expect(body).toMatchObject({ status: 'kept', evidence: 'A longer letter' });
    });

    it('never shown by itself, nor by what is no text, and is not about itself', async () => {
      const { id } = await promise();
      const itself = { type: 'commitment', id: id.toUpperCase() };
      const refused = async (method: 'post' | 'patch', path: string, body: object) => {
        const { errors } = (await staff[method](`/v1/commitments/${id}${path}`).send(body).expect(422)).body;
        return errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`).join();
      };
      expect(await refused('post', '/fulfilment', { evidence: itself })).toBe('/evidence own_evidence');
      expect(await refused('post', '/breach', { evidence: 'a\u001b[2Jb' })).toBe('/evidence control_characters');
      expect(await refused('patch', '', { about: itself })).toBe('/about same_commitment');
    });

    it('without telling of evidence that is not for everybody’s eyes', async () => {
      const secret = await secretMeeting();
      const { id } = await promise();
      const evidence = { type: 'side_meeting', id: secret.id };
      const refused = await on.other.post(`/v1/commitments/${id}/fulfilment`).send({ evidence }).expect(404);
      const unknown = await on.other
        .post(`/v1/commitments/${id}/fulfilment`)
        .send({ evidence: { ...evidence, id: NOBODY } })
        .expect(404);
      expect(refused.body.errors).toEqual(JSON.parse(JSON.stringify(unknown.body.errors).replace(NOBODY, secret.id)));
      await staff.post(`/v1/commitments/${id}/fulfilment`).send({ evidence }).expect(200);
      const seen = await on.other.get(`/v1/commitments/${id}`).expect(200);
      expect(seen.body.evidence).toEqual({ type: 'side_meeting', restricted: true });
      await on.other.patch(`/v1/commitments/${id}`).send({ evidence: 'A letter' }).expect(403);
    });

    it('shows one about a restricted meeting to whoever watches it, and not what it is about', async () => {
      const secret = await secretMeeting();
      const about = { type: 'side_meeting', id: secret.id };
      const { id } = await promise({ about, dueTo: inDays(30) });
      await on.other.get(`/v1/commitments/${id}`).expect(404);
      await staff.patch(`/v1/commitments/${id}`).send({ ownerId: on.other.id }).expect(200);
      const { body } = await on.other.get(`/v1/commitments/${id}`).expect(200);
      expect(body.about).toEqual({ type: 'side_meeting', restricted: true });
      const mails = await on.api.database.query('SELECT subject, data FROM messages WHERE about_id = $1', [id]);
      expect(JSON.stringify(mails)).not.toContain('Sükut');
    });
  });

  describe('says what is open', () => {
    const actions = (rows: { action: string }[]) => rows.map(({ action }) => action);
    const list = async (query: string) =>
      actions((await staff.get(encodeURI(`/v1/commitments?${query}`)).expect(200)).body.data);

    it('on either side of an organization, or of a person', async () => {
      const { body: bank } = await staff
        .post('/v1/organizations')
        .send({ name: 'Bank of Shaki', kind: 'company' })
        .expect(201);
      const person = await on.somebody();
      const [us, them] = [{ organizationId: on.company.id }, { organizationId: bank.id }];
      await promise({ action: 'Lend', owedBy: { ...them, personId: person.id }, owedTo: us, dueTo: inDays(9) });
      await promise({ action: 'Write', owedBy: them, owedTo: us, dueTo: inDays(8) });
      await promise({ action: 'Answer', owedBy: us, owedTo: them });
      const kept = await promise({ action: 'Call', owedBy: us, owedTo: them });
      await staff.post(`/v1/commitments/${kept.id}/fulfilment`).send({ evidence: 'They did' }).expect(200);
      const ofBank = (await staff.get(`/v1/organizations/${bank.id}/commitments`).expect(200)).body;
      expect(ofBank).toMatchObject({ owedByThemCount: 2, owedToThemCount: 1 });
      expect([actions(ofBank.owedByThem), actions(ofBank.owedToThem)]).toEqual([['Write', 'Lend'], ['Answer']]);
      const ofPerson = (await staff.get(`/v1/people/${person.id}/commitments`).expect(200)).body;
      expect([actions(ofPerson.owedByThem), ofPerson.owedToThem]).toEqual([['Lend'], []]);
      await staff.get(`/v1/organizations/${person.id}/commitments`).expect(404);
      expect(await list(`filter[partyId]=${bank.id}&filter[open]=true`)).toEqual(['Write', 'Lend', 'Answer']);
      expect(await list(`filter[partyId]=${bank.id}&filter[open]=false`)).toEqual(['Call']);
      expect(await list(`filter[partyId][in]=${person.id},${NOBODY}`)).toEqual(['Lend']);
    });

    it('about an event, its sessions and the meetings about them, by party', async () => {
      const { body: session } = await staff
        .post(`/v1/conferences/${on.conference.id}/sessions`)
        .send({ title: 'Transit', kind: 'panel', startsAt: '2026-03-10T10:00', endsAt: '2026-03-10T11:00' })
        .expect(201);
      const meeting = async (about: object, values: object = {}) =>
        on.logged(scheduled({ about: [about], participants: [as((await on.somebody()).id)], ...values }));
      const ofSession = await meeting({ type: 'session', id: session.id });
      const hidden = await meeting({ type: 'conference', id: on.conference.id }, { visibility: 'restricted' });
      const elsewhere = await meeting({ type: 'organization', id: on.company.id });
      const about = (type: string, id: string) => ({ about: { type, id } });
      await promise({ action: 'At the conference', dueTo: inDays(3), ...about('conference', on.conference.id) });
      await promise({ action: 'In the session', dueTo: inDays(4), ...about('session', session.id) });
      await promise({ action: 'In the meeting', dueTo: inDays(5), ...about('side_meeting', ofSession.id) });
      await promise({ action: 'In secret', dueTo: inDays(6), ...about('side_meeting', hidden.id) });
      await promise({ action: 'Elsewhere', dueTo: inDays(7), ...about('side_meeting', elsewhere.id) });
      const all = ['At the conference', 'In the session', 'In the meeting', 'In secret'];
      expect(await list(`filter[eventId]=${on.conference.id}`)).toEqual(all);
      expect(await list(`filter[eventId]=${session.id}`)).toEqual(['In the session', 'In the meeting']);
      const { body } = await on.other.get(`/v1/conferences/${on.conference.id}/commitments`).expect(200);
      expect(body.count).toBe(3);
      expect(body.parties).toMatchObject([
        { party: { type: 'organization', id: on.ministry.id }, owedToThem: [] },
        { party: { type: 'organization', id: on.company.id }, owedByThem: [] },
      ]);
      expect(actions(body.parties[0].owedByThem)).toEqual(all.slice(0, 3));
      await staff.get(`/v1/trade-missions/${on.conference.id}/commitments`).expect(404);
    });

    it('and closes soon, or is watched by me', async () => {
      const { body: party } = await staff.post('/v1/organizations').send({ name: 'Soon', kind: 'company' }).expect(201);
      const owedBy = { organizationId: party.id };
      for (const days of [-3, 3, 13, 16]) await promise({ action: `${days}`, owedBy, dueTo: inDays(days) });
      await promise({ action: 'other', owedBy, dueTo: inDays(4), ownerId: on.other.id });
      const of = `filter[partyId]=${party.id}`;
      expect(await list(`${of}&filter[closing]=true`)).toEqual(['3', 'other', '13']);
      expect(await list(`${of}&filter[closing]=false`)).toEqual(['-3', '16']);
      expect(await list(`${of}&filter[overdue]=true`)).toEqual(['-3']);
      expect(await list(`${of}&filter[ownerId]=me&sort=-dueTo`)).toEqual(['16', '13', '3', '-3']);
      expect(await list(`${of}&ownerId=me&closing=true`)).toEqual(['3', '13']);
    });
  });
});
