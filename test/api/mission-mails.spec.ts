import { MailLinks } from '#messaging';
import { ReminderReplansPlanner } from '#reminders';
import { MISSION, MissionGround } from '../factories/missions.js';

interface Sent {
  id: string;
  subject: string;
  status: string;
  templateKey: string;
}

/** Dates are set with thin spaces. */
const plain = (words: string): string => words.replace(/[\u2009\u202f\u00a0]/g, ' ');

const WEEK_AND_DAY = ['2037-03-02T14:00 planned', '2037-03-08T13:00 planned'];

describe('mails of trade missions', () => {
  let on: MissionGround;
  beforeAll(async () => {
    on = await MissionGround.open();
  });
  afterAll(() => on?.api.close());

  const mails = async (personId: string, templateKey: string): Promise<Sent[]> =>
    (await on.get<{ data: Sent[] }>(`/v1/messages?filter[personId]=${personId}&filter[templateKey]=${templateKey}`))
      .data;
  const text = async (id: string) => plain((await on.get<{ text: string }>(`/v1/messages/${id}/preview`)).text);
  const mailText = async (personId: string, templateKey: string) =>
    text((await mails(personId, templateKey))[0]?.id ?? '');
  const went = (aboutId: string) =>
    on.api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND status = 'planned'`,
      [aboutId],
    );
  const delegateOf = async (missionId: string, personId: string) => {
    const path = `/v1/trade-missions/${missionId}/delegates?filter[personId]=${personId}`;
    const [delegate] = (await on.get<{ data: Record<string, string>[] }>(path)).data;
    return delegate;
  };
  const invite = (missionId: string, recipients: object) =>
    on.post<{ counts: { invited: number } }>(
      '/v1/invitations',
      { about: { type: 'trade_mission', id: missionId }, recipients },
      202,
    );
  const invitationOf = async (missionId: string, personId: string) => {
    const query = `filter[aboutId]=${missionId}&filter[personId]=${personId}`;
    const [invitation] = (await on.get<{ data: { id: string }[] }>(`/v1/invitations?${query}`)).data;
    return invitation?.id ?? '';
  };
  const answer = async (missionId: string, personId: string, status: string) =>
    on.post(`/v1/invitations/${await invitationOf(missionId, personId)}/response`, { status }, 200);

  describe('that remind of them', () => {
    it('count from nine in the morning of the first day, and go to whoever takes part', async () => {
      const missionId = await on.mission();
      const { id, personId } = await on.delegate(missionId);
      // Clocks go forward on 8 March.
      expect(await on.reminders(missionId, { personId })).toEqual(WEEK_AND_DAY);
      await on.delegate(missionId, { status: 'declined' });
      expect(await on.reminders(missionId)).toHaveLength(2);
      await on.patch(`/v1/delegates/${id}`, { status: 'withdrawn' });
      const gone = WEEK_AND_DAY.map((each) => each.replace('planned', 'no_longer_wanted'));
      expect(await on.reminders(missionId)).toEqual(gone);
      await on.patch(`/v1/delegates/${id}`, { status: 'accepted' });
      expect(await on.reminders(missionId)).toEqual(WEEK_AND_DAY);
    });

    it('move with the mission and its zone, and stop when it is over or called off', async () => {
      const missionId = await on.mission();
      await on.delegate(missionId);
      const all = async () => (await on.reminders(missionId)).filter((each) => !each.endsWith('rescheduled'));
      await on.patch(`/v1/trade-missions/${missionId}`, { startsOn: '2037-03-17', endsOn: '2037-03-20' });
      expect(await all()).toEqual(['2037-03-10T13:00 planned', '2037-03-16T13:00 planned']);
      await on.patch(`/v1/trade-missions/${missionId}`, { timeZone: 'Asia/Baku' });
      expect(await all()).toEqual(['2037-03-10T05:00 planned', '2037-03-16T05:00 planned']);
      for (const [status, reason] of [
        ['completed', 'completed'],
        ['under_way', 'planned'],
        ['cancelled', 'subject_called_off'],
      ] as const) {
        await on.patch(`/v1/trade-missions/${missionId}`, { status });
        expect(await all()).toEqual([`2037-03-10T05:00 ${reason}`, `2037-03-16T05:00 ${reason}`]);
      }
    });

    it('follow the rules when these change', async () => {
      const missionId = await on.mission();
      const { personId } = await on.delegate(missionId);
      const admin = await on.api.as('admin');
      const rule = { subject: 'delegate', offset: '-P3D', atLocalTime: '12:00', templateKey: 'delegate_reminder' };
      const added = await admin
        .post('/v1/reminder-rules')
        .send({ ...rule, audience: 'delegates' })
        .expect(201);
      const planner = on.api.app.get(ReminderReplansPlanner);
      await planner.run();
      const [week, day] = WEEK_AND_DAY;
      expect(await on.reminders(missionId, { personId })).toEqual([week, '2037-03-06T17:00 planned', day]);
      await admin.delete(`/v1/reminder-rules/${(added.body as { id: string }).id}`).expect(204);
      await planner.run();
      expect(await on.reminders(missionId, { personId })).toEqual([week, '2037-03-06T17:00 no_longer_wanted', day]);
    });

    it('name the days of the mission in the language of the delegate, and no hour', async () => {
      const missionId = await on.mission();
      const spoken = async (locale: string) => {
        const { id: personId } = await on.somebody({ locale });
        await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId });
        return mailText(personId, 'delegate_reminder');
      };
      expect(await spoken('en')).toContain('When: March 9 – 13, 2037\n');
      expect(await spoken('az')).toContain('Vaxt: 9 – 13 mart 2037\n');
      expect(await spoken('ru')).toContain('Когда: 9–13 марта 2037 г.\n');
    });

    it('may be sent again as long as the mission begins on that day', async () => {
      const missionId = await on.mission();
      const { personId } = await on.delegate(missionId);
      const [first] = await mails(personId, 'delegate_reminder');
      await on.post(`/v1/messages/${first?.id}/cancellation`, {}, 200);
      await on.post(`/v1/messages/${first?.id}/resend`, {}, 200);
    });

    it('of milestones say by when, for which mission and for whom', async () => {
      const missionId = await on.mission();
      const { id: personId, fullName } = await on.somebody();
      const { id } = await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId });
      const due = { kind: 'visa_interview', dueAt: '2037-02-10T10:00', remindBefore: ['P1D'] };
      await on.post(`/v1/delegates/${id}/milestones`, due);
      const [mail] = await mails(personId, 'milestone_reminder');
      expect(mail?.subject).toBe(`Visa interview: ${MISSION.name}`);
      const words = await text(mail?.id ?? '');
      expect(words).toContain('Due: Tuesday, February 10, 2037 at 10:00');
      expect(words).toContain(`Delegate: ${fullName}`);
      expect(words).toContain(`Trade mission: ${MISSION.name}`);
      const { id: baku } = await on.somebody({ locale: 'az', timeZone: 'Asia/Baku' });
      const { id: other } = await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId: baku });
      await on.post(`/v1/delegates/${other}/milestones`, { ...due, remind: 'both' });
      const [invited] = await mails(baku, 'milestone_reminder');
      expect(invited?.subject).toBe(`Viza müsahibəsi: ${MISSION.name}`);
      expect(await text(invited?.id ?? '')).toContain('Sizin vaxtınızla: 10 fevral 2037, çərşənbə axşamı 19:00');
    });
  });

  describe('that invite to them', () => {
    it('go to the delegates, who are invited then, and name the days without an hour', async () => {
      const missionId = await on.mission();
      const [nominated, confirmed, gone] = [
        await on.delegate(missionId),
        await on.delegate(missionId, { status: 'confirmed' }),
        await on.delegate(missionId, { status: 'withdrawn' }),
      ];
      const { counts } = await invite(missionId, { registered: true });
      expect(counts.invited).toBe(2);
      expect((await delegateOf(missionId, nominated.personId))?.status).toBe('invited');
      expect((await delegateOf(missionId, confirmed.personId))?.status).toBe('confirmed');
      expect((await delegateOf(missionId, gone.personId))?.status).toBe('withdrawn');
      const words = await mailText(nominated.personId, 'invitation');
      expect(words).toContain('When: March 9 – 13, 2037\n');
      const [row] = await on.api.database.query(
        `SELECT calendar FROM messages WHERE about_id = $1 AND kind = 'invitation'`,
        [missionId],
      );
      expect(row).toEqual({ calendar: null });
      const dry = { about: { type: 'trade_mission', id: missionId }, recipients: { personIds: [gone.personId] } };
      await on.post('/v1/invitations', { ...dry, dryRun: true }, 202);
      expect(await delegateOf(missionId, gone.personId)).toMatchObject({ byAnswer: false });
    });

    it('lead to a page that names the days and says when it is over', async () => {
      const missionId = await on.mission();
      const { personId } = await on.delegate(missionId);
      await invite(missionId, { registered: true });
      const link = on.api.app.get(MailLinks).respond(await invitationOf(missionId, personId), new Date());
      const page = plain((await on.api.guest.get(new URL(link).pathname).expect(200)).text);
      expect(page).toContain('March 9 – 13, 2037');
      expect(page).not.toMatch(/<dd>[^<]*\d:\d\d/);
      expect(page).toContain('value="accepted"');
      expect(page).not.toContain('event.ics');
      await on.patch(`/v1/trade-missions/${missionId}`, { startsOn: '2026-03-09', endsOn: '2026-03-13' });
      const { text: over } = await on.api.guest.get(new URL(link).pathname).expect(200);
      expect(over).not.toContain('value="accepted"');
    });

    it('move delegates by their answers', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const { personId } = await on.delegate(missionId);
      await invite(missionId, { registered: true });
      const isHeld = async () => (await on.held(item)).has(personId);
      for (const [status, becomes, held] of [
        ['accepted', 'accepted', true],
        ['declined', 'declined', false],
        ['tentative', 'invited', true],
        ['needs_action', 'invited', true],
      ] as const) {
        await answer(missionId, personId, status);
        expect((await delegateOf(missionId, personId))?.status).toBe(becomes);
        expect(await isHeld()).toBe(held);
      }
      await on.post(`/v1/invitations/${await invitationOf(missionId, personId)}/cancellation`, {}, 200);
      expect((await delegateOf(missionId, personId))?.status).toBe('nominated');
    });

    it('make a delegate of whoever accepts, as long as the invitation stands or staff confirm them', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const { id: personId } = await on.somebody();
      await invite(missionId, { personIds: [personId] });
      expect(await delegateOf(missionId, personId)).toBeUndefined();
      await answer(missionId, personId, 'accepted');
      expect(await delegateOf(missionId, personId)).toMatchObject({
        status: 'accepted',
        role: 'delegate',
        byAnswer: true,
      });
      expect(await on.reminders(missionId, { personId })).toEqual(WEEK_AND_DAY);
      await on.post(`/v1/invitations/${await invitationOf(missionId, personId)}/cancellation`, {}, 200);
      expect(await delegateOf(missionId, personId)).toMatchObject({ status: 'withdrawn' });
      expect(await on.held(item)).toEqual(new Map());
      await invite(missionId, { personIds: [personId] });
      await answer(missionId, personId, 'accepted');
      const delegate = await delegateOf(missionId, personId);
      await on.patch(`/v1/delegates/${delegate?.id}`, { status: 'confirmed' });
      await on.post(`/v1/invitations/${await invitationOf(missionId, personId)}/cancellation`, {}, 200);
      expect(await delegateOf(missionId, personId)).toMatchObject({ status: 'confirmed' });
    });

    it('do not bring back by an old link whom staff took off, unless they are invited anew', async () => {
      const missionId = await on.mission();
      const { id, personId } = await on.delegate(missionId);
      await invite(missionId, { registered: true });
      await on.patch(`/v1/delegates/${id}`, { status: 'withdrawn' });
      await answer(missionId, personId, 'accepted');
      expect((await delegateOf(missionId, personId))?.status).toBe('withdrawn');
      await on.post(`/v1/invitations/${await invitationOf(missionId, personId)}/cancellation`, {}, 200);
      await invite(missionId, { personIds: [personId] });
      await answer(missionId, personId, 'accepted');
      expect((await delegateOf(missionId, personId))?.status).toBe('accepted');
    });

    it('take a yes of somebody who is booked elsewhere, and show the clash to staff', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const { id: personId } = await on.somebody();
      await invite(missionId, { personIds: [personId] });
      await on.meeting(personId, '2037-03-10T11:00');
      const link = on.api.app.get(MailLinks).respond(await invitationOf(missionId, personId), new Date('2037-03-13'));
      const form = on.api.guest.post(new URL(link).pathname).type('form');
      await form.send({ status: 'accepted' }).expect(({ status }) => expect([200, 303]).toContain(status));
      expect((await delegateOf(missionId, personId))?.status).toBe('accepted');
      expect(await on.held(item)).toEqual(new Map([[personId, false]]));
      const manager = await on.api.as('manager');
      const audit = await manager.get(`/v1/audit-entries?filter[aboutId]=${item}`).expect(200);
      expect(JSON.stringify(audit.body)).toContain('Accepted the invitation while booked elsewhere');
    });

    it('leave a delegation its one head when the one who had declined comes back', async () => {
      const missionId = await on.mission();
      const first = await on.delegate(missionId, { role: 'head' });
      await invite(missionId, { registered: true });
      await answer(missionId, first.personId, 'declined');
      await on.delegate(missionId, { role: 'head' });
      await answer(missionId, first.personId, 'accepted');
      expect(await delegateOf(missionId, first.personId)).toMatchObject({ status: 'accepted', role: 'delegate' });
    });

    it('and answers that come all at once neither fail nor forget anybody', async () => {
      const missionId = await on.mission();
      const item = await on.item(missionId, '2037-03-10T10:00');
      const people = await Promise.all(Array.from({ length: 8 }, () => on.somebody()));
      await invite(missionId, { personIds: people.map(({ id }) => id) });
      await on.delegate(missionId);
      await Promise.all([
        ...people.map(({ id }) => answer(missionId, id, 'accepted')),
        on.patch(`/v1/trade-missions/${missionId}`, { objectives: 'See a reactor' }),
        invite(missionId, { registered: true }),
        on.delegate(missionId),
      ]);
      expect((await on.held(item)).size).toBe(10);
    });
  });

  describe('that tell of changes', () => {
    const told = async (personId: string, templateKey: string) =>
      (await mails(personId, templateKey)).filter(({ status }) => status === 'planned');

    it('name the days it had, and reach whoever was told these and still takes part', async () => {
      const missionId = await on.mission();
      const [coming, gone, unaware] = [await on.delegate(missionId), await on.delegate(missionId), await on.somebody()];
      await invite(missionId, { registered: true });
      await went(missionId);
      await on.patch(`/v1/delegates/${gone.id}`, { status: 'withdrawn' });
      await on.post(`/v1/trade-missions/${missionId}/delegates`, { personId: unaware.id });
      await on.patch(`/v1/trade-missions/${missionId}`, { startsOn: '2037-03-16', endsOn: '2037-03-20' });
      expect(await told(gone.personId, 'event_moved')).toEqual([]);
      expect(await told(unaware.id, 'event_moved')).toEqual([]);
      const [news] = await told(coming.personId, 'event_moved');
      const words = await text(news?.id ?? '');
      expect(words).toContain('When: March 16 – 20, 2037');
      expect(words).toContain('Before: March 9 – 13, 2037');
      // A mail of which the calendar knows nothing.
      const [row] = await on.api.database.query('SELECT calendar FROM messages WHERE id = $1', [news?.id]);
      expect(row).toEqual({ calendar: null });
    });

    it('say that it is called off, and that it takes place after all', async () => {
      const missionId = await on.mission();
      const { personId } = await on.delegate(missionId);
      await invite(missionId, { registered: true });
      await went(missionId);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'cancelled' });
      expect((await told(personId, 'event_called_off')).map(({ subject }) => subject)).toEqual([
        `Called off: ${MISSION.name}`,
      ]);
      await went(missionId);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'planned' });
      const [news] = await told(personId, 'event_moved');
      expect(news?.subject).toBe(`Taking place after all: ${MISSION.name}`);
    });

    it('say that it is called off to whoever was only told what to do for it, while they still come', async () => {
      const missionId = await on.mission();
      const [coming, gone, unaware] = [
        await on.delegate(missionId),
        await on.delegate(missionId),
        await on.delegate(missionId),
      ];
      const flights = { kind: 'flights', dueAt: '2037-02-01T12:00', remindBefore: ['P1D'], remind: 'both' };
      for (const { id } of [coming, gone]) await went((await on.post(`/v1/delegates/${id}/milestones`, flights)).id);
      await on.patch(`/v1/delegates/${gone.id}`, { status: 'withdrawn' });
      const calledOff = async () =>
        (await Promise.all([coming, gone, unaware].map((each) => told(each.personId, 'event_called_off')))).map(
          (each) => each.length,
        );
      await on.patch(`/v1/trade-missions/${missionId}`, { startsOn: '2037-03-10' });
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'cancelled' });
      expect(await calledOff()).toEqual([1, 0, 0]);
      await on.patch(`/v1/trade-missions/${missionId}`, { name: 'Another name' });
      expect(await calledOff()).toEqual([1, 0, 0]);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'planned' });
      expect(await calledOff()).toEqual([0, 0, 0]);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'cancelled' });
      await went(missionId);
      expect(await calledOff()).toEqual([0, 0, 0]);
      await on.patch(`/v1/trade-missions/${missionId}`, { status: 'planned' });
      expect(await told(coming.personId, 'event_moved')).toHaveLength(1);
      const toStaff = await on.api.database.query(
        `SELECT FROM messages WHERE about_id = $1 AND kind = 'notice' AND user_id IS NOT NULL`,
        [missionId],
      );
      expect(toStaff).toEqual([]);
    });

    it('withdraw the invitation of whoever is taken out, or tell them who were only reminded', async () => {
      const missionId = await on.mission();
      const [invited, reminded, unaware] = [
        await on.delegate(missionId),
        await on.delegate(missionId),
        await on.delegate(missionId),
      ];
      await invite(missionId, { personIds: [invited.personId] });
      await on.api.database.query(
        `UPDATE messages SET status = 'sent', sent_at = now()
         WHERE about_id = $1 AND status = 'planned' AND (kind = 'invitation' OR person_id = $2)`,
        [missionId, reminded.personId],
      );
      const invitationId = await invitationOf(missionId, invited.personId);
      for (const { id } of [invited, reminded, unaware]) await on.staff.delete(`/v1/delegates/${id}`).expect(204);
      const written = [invited, reminded, unaware].map(({ personId }) => told(personId, 'invitation_withdrawn'));
      expect((await Promise.all(written)).map((each) => each.length)).toEqual([1, 1, 0]);
      expect(await on.get(`/v1/invitations/${invitationId}`)).toMatchObject({ cancelledAt: expect.any(String) });
      await on.post(`/v1/invitations/${invitationId}/response`, { status: 'accepted' }, 409);
      expect(await delegateOf(missionId, invited.personId)).toBeUndefined();
    });

    it('are not written about what is over', async () => {
      const missionId = await on.mission();
      const { personId } = await on.delegate(missionId);
      await invite(missionId, { registered: true });
      await went(missionId);
      await on.patch(`/v1/trade-missions/${missionId}`, { startsOn: '2026-03-09', endsOn: '2026-03-13' });
      await on.patch(`/v1/trade-missions/${missionId}`, { endsOn: '2026-03-12' });
      expect(await told(personId, 'event_moved')).toEqual([]);
    });
  });
});
