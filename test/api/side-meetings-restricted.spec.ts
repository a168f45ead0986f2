import { as, day, MeetingGround, NOBODY, scheduled } from '../factories/side-meetings.js';

/** Words of what is secret, as somebody might have written them. */
const SECRETS = /zirvə|söhbəti|məxfi|gizli|sükut/i;

describe('confidential side meetings', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  describe('a restricted meeting', () => {
    const messagesOf = (...aboutIds: string[]) =>
      on.api.database.query<{ id: string }>('SELECT id FROM messages WHERE about_id = ANY($1)', [aboutIds]);
    const secret = async () => {
      const guest = await on.somebody();
      const meeting = await on.logged(
        scheduled({
          title: 'Zirvə Söhbəti',
          topics: ['məxfi mövzu'],
          visibility: 'restricted',
          participants: [as(guest.id)],
          followUps: [{ title: 'Gizli tapşırıq', dueAt: day(6), assigneeId: on.staff.id }],
          commitments: [
            { action: 'Sükut saxlamaq', owedBy: { personId: guest.id }, owedTo: { organizationId: on.company.id } },
          ],
        }),
      );
      return { guest, meeting };
    };

    it('does not exist for other staff: not in lists, not in search, not by its id, nor anything that came of it', async () => {
      const { guest, meeting } = await secret();
      const path = `/v1/side-meetings/${meeting.id}`;
      const viewer = await on.api.as('viewer');
      for (const stranger of [on.other, viewer]) {
        await stranger.get(path).expect(404);
        await stranger.get(`${path}/participants`).expect(404);
        for (const list of [
          `/v1/side-meetings?filter[personId]=${guest.id}`,
          '/v1/side-meetings?q=zirve',
          '/v1/search?q=Zirvə Söhbəti',
          '/v1/search?q=məxfi mövzu',
          '/v1/search?q=Gizli tapşırıq',
          `/v1/tasks?filter[aboutId]=${meeting.id}`,
          `/v1/commitments?filter[aboutId]=${meeting.id}`,
        ]) {
          expect((await stranger.get(encodeURI(list)).expect(200)).body.data).toEqual([]);
        }
        await stranger.get(`/v1/tasks/${meeting.followUps[0].id}`).expect(404);
        await stranger.get(`/v1/commitments/${meeting.commitments[0].id}`).expect(404);
      }
      const missing = await on.other.patch(path).send({ title: 'x' }).expect(404);
      const unknown = await on.other.patch(`/v1/side-meetings/${NOBODY}`).send({ title: 'x' }).expect(404);
      expect(missing.body.detail).toBe(unknown.body.detail.replace(NOBODY, meeting.id));
      for (const step of ['reschedule', 'cancellation', 'hold', 'outcome', 'no-show'])
        await on.other.post(`${path}/${step}`).send({}).expect(404);
      await on.other.post(`${path}/participants`).send(as(guest.id)).expect(404);
      await on.other.delete(path).expect(404);
      await on.other
        .post('/v1/tasks')
        .send({ title: 'x', about: { type: 'side_meeting', id: meeting.id } })
        .expect(422);
    });

    it('is nowhere in what other staff can read: lists, timelines, calendars, exports, reports, mails, invitations, merges', async () => {
      const { guest, meeting } = await secret();
      const about = { type: 'side_meeting', id: meeting.id };
      const recipients = { personIds: [guest.id] };
      await on.staff.post('/v1/invitations').send({ about, recipients, templateKey: 'invitation' }).expect(202);
      const ids: Record<string, string[]> = {
        people: [guest.id],
        organizations: [on.company.id],
        conferences: [on.conference.id],
        rooms: [on.room.id],
        'side-meetings': [meeting.id],
        tasks: [meeting.followUps[0].id],
        commitments: [meeting.commitments[0].id],
        messages: (await messagesOf(meeting.id, meeting.followUps[0].id)).map(({ id }) => id),
      };
      const days = `from=${day(1)}&to=${day(15)}&personIds=${guest.id}&roomIds=${on.room.id}`;
      const read = async (by: typeof on.staff) => {
        const { body } = await by.get('/openapi.json').expect(200);
        const paths = Object.entries<Record<string, object>>(body.paths).flatMap(([path, methods]) => {
          const [, resource = ''] = /^\/v1\/([^/.{]+)/.exec(path) ?? [];
          if (!methods.get || !resource || (path.match(/{/g) ?? []).length > 1) return [];
          return path.includes('{') ? (ids[resource] ?? []).map((id) => path.replace(/{\w+}/, id)) : [path];
        });
        const asked = paths.map((path) => (path === '/v1/availability' ? `${path}?${days}` : path));
        const texts = await Promise.all(
          [...asked, '/v1/search?q=zirve', '/v1/search?q=sukut', '/v1/search?q=gizli'].map(async (path) => {
            const { status, text = '' } = await by.get(encodeURI(path));
            return { path: path.replaceAll(meeting.id, '…'), status, text };
          }),
        );
        expect(texts.filter(({ status }) => status >= 500)).toEqual([]);
        return texts.filter(({ text }) => SECRETS.test(text)).map(({ path }) => path);
      };
      expect(await read(on.other)).toEqual([]);
      // What finds nothing must be able to find something.
      expect((await read(on.manager)).length).toBeGreaterThan(10);
      const twin = await on.somebody();
      const merge = { keepId: twin.id, mergeIds: [guest.id], dryRun: true };
      const rehearsed = await on.other.post('/v1/people/merges').send(merge);
      expect(rehearsed.text).not.toMatch(SECRETS);
    });

    it('is seen by its owner and by managers', async () => {
      const { meeting } = await secret();
      for (const insider of [on.staff, on.manager]) {
        expect((await insider.get(`/v1/side-meetings/${meeting.id}`).expect(200)).body).toMatchObject({
          visibility: 'restricted',
          followUps: [{}],
          commitments: [{}],
        });
        expect(
          (await insider.get(encodeURI('/v1/search?q=Zirvə Söhbəti')).expect(200)).body.data.length,
        ).toBeGreaterThan(0);
      }
    });

    it('keeps its name to itself when it is in the way of another', async () => {
      const { guest } = await secret();
      const { body } = await on.log(scheduled({ participants: [as(guest.id)] }), on.other).expect(409);
      expect(body.conflicts).toMatchObject([{ about: { type: 'side_meeting', restricted: true } }]);
      expect(JSON.stringify(body)).not.toContain('Zirvə');
    });

    it('lets an assignee see the task, but not what it is about', async () => {
      const guest = await on.somebody();
      const { followUps } = await on.logged({
        title: 'Undisclosed',
        visibility: 'restricted',
        participants: [as(guest.id)],
        followUps: [{ title: 'Book a car', dueAt: day(4), assigneeId: on.other.id }],
      });
      const { body } = await on.other.get(`/v1/tasks/${followUps[0].id}`).expect(200);
      expect(body).toMatchObject({ title: 'Book a car', about: { type: 'side_meeting', restricted: true } });
      const [mail] = await on.api.database.query<{ data: object; subject: string }>(
        'SELECT data, subject FROM messages WHERE about_id = $1',
        [followUps[0].id],
      );
      expect(JSON.stringify(mail)).not.toContain('Undisclosed');
    });

    it('hides what came of it as soon as it becomes restricted, and shows it again afterwards', async () => {
      const { id, followUps } = await on.logged({
        participants: [as((await on.somebody()).id)],
        followUps: [{ title: 'Book a hall', dueAt: day(4) }],
      });
      await on.other.get(`/v1/tasks/${followUps[0].id}`).expect(200);
      await on.staff.patch(`/v1/side-meetings/${id}`).send({ visibility: 'restricted' }).expect(200);
      await on.other.get(`/v1/tasks/${followUps[0].id}`).expect(404);
      await on.manager.patch(`/v1/side-meetings/${id}`).send({ visibility: 'internal' }).expect(200);
      await on.other.get(`/v1/tasks/${followUps[0].id}`).expect(200);
    });
  });
});
