import { HELD, as, before, DAY, day, faults, MeetingGround, NOBODY, scheduled } from '../factories/side-meetings.js';

describe('side meetings', () => {
  let on: MeetingGround;
  beforeAll(async () => {
    on = await MeetingGround.open();
  });
  afterAll(() => on?.api.close());

  describe('one POST', () => {
    it('logs who met, by id, address and name, what was said, promised and is to follow', async () => {
      const [aliyev, second] = [
        await on.person('Elnur Aliyev'),
        await on.person('Sara Host', { email: 'sara@example.com', otherEmails: ['s.host@example.org'] }),
      ];
      await on.position(aliyev.id, on.ministry.id, 'First Deputy Minister');
      await on.position(second.id, on.company.id, 'Director');
      const { body, headers } = await on
        .log({
          title: 'Talks on logistics',
          topics: ['transport', 'digital economy'],
          sectors: ['logistics'],
          location: 'Lobby',
          about: [{ type: 'conference', id: on.conference.id }],
          summary: 'They agreed to exchange data.',
          participants: [
            { name: 'Эльнур Алиев', side: 'visiting', role: 'head of delegation' },
            { email: 'S.Host@example.org', side: 'host' },
            { name: 'Su Newcomer', organization: 'New Horizon Inc.', side: 'host' },
            { name: 'Ivan Newcomer', organization: 'NEW HORIZON', email: 'ivan@example.net', side: 'facilitator' },
          ],
          commitments: [
            {
              action: 'Send the data',
              owedBy: { organizationId: on.company.id },
              owedTo: { organizationId: on.ministry.id, personId: aliyev.id },
              dueTo: '2026-12-31',
              remindBefore: [],
            },
          ],
          followUps: [{ title: 'Ask for the data', dueAt: day(6), assigneeId: on.other.id }],
          createMissing: true,
        })
        .expect(201);
      expect(headers.location).toBe(`/v1/side-meetings/${body.id}`);
      expect(headers.etag).toBe('"1"');
      expect(body).toMatchObject({
        status: 'held',
        startsAt: '2026-03-10T14:00:00Z',
        startsAtLocal: '2026-03-10T10:00:00',
        timeZone: 'America/New_York',
        datePrecision: null,
        visibility: 'internal',
        topics: ['transport', 'digital economy'],
        about: [{ type: 'conference', id: on.conference.id, title: 'Trade Conference' }],
        participants: [
          {
            personId: aliyev.id,
            fullName: 'Elnur Aliyev',
            organizationId: on.ministry.id,
            side: 'visiting',
            role: 'head of delegation',
          },
          { personId: second.id, organization: 'Caspian Bridge LLC', side: 'host' },
          { fullName: 'Su Newcomer', organization: 'New Horizon Inc.' },
          { fullName: 'Ivan Newcomer', organization: 'New Horizon Inc.', side: 'facilitator' },
        ],
        commitments: [
          {
            action: 'Send the data',
            status: 'open',
            owedTo: { personId: aliyev.id },
            about: { type: 'side_meeting', id: body.id },
          },
        ],
        followUps: [
          {
            title: 'Ask for the data',
            assigneeId: on.other.id,
            about: { type: 'side_meeting', id: body.id, title: 'Talks on logistics' },
          },
        ],
        created: {
          people: [{ fullName: 'Su Newcomer' }, { fullName: 'Ivan Newcomer' }],
          organizations: [{ name: 'New Horizon Inc.' }],
        },
        plannedMessages: [
          { kind: 'reminder', recipient: { userId: on.other.id, email: on.other.email }, sendAt: before(day(6), DAY) },
        ],
      });
      const read = (await on.staff.get(`/v1/side-meetings/${body.id}`).expect(200)).body;
      const { created: _, plannedMessages: __, ...rest } = body;
      expect(read).toEqual(rest);
    });

    it('keeps a date that nobody reported unknown', async () => {
      const { id } = await on.somebody();
      const body = await on.logged({ startsAt: null, endsAt: null, datePrecision: 'unknown', participants: [as(id)] });
      expect(body).toMatchObject({
        startsAt: null,
        startsAtLocal: null,
        endsAt: null,
        datePrecision: 'unknown',
        status: 'held',
      });
    });

    it('asks who is meant when a name fits several, and takes the organization as the answer', async () => {
      const [first, namesake] = [await on.person('Rəşad Quliyev'), await on.person('Rashad Guliyev')];
      await on.position(first.id, on.ministry.id, 'Adviser');
      await on.position(namesake.id, on.company.id, 'Engineer');
      const { body } = await on.log({ participants: [{ name: 'Rashad Quliyev', side: 'host' }] }).expect(422);
      expect(faults(body)).toEqual(['/participants/0 ambiguous_person']);
      expect(body.errors[0].candidates).toEqual(
        expect.arrayContaining([
          { id: first.id, fullName: 'Rəşad Quliyev', organization: 'Ministry of Trade Winds', title: 'Adviser' },
          { id: namesake.id, fullName: 'Rashad Guliyev', organization: 'Caspian Bridge LLC', title: 'Engineer' },
        ]),
      );
      const byName = await on.logged({
        participants: [{ name: 'Rashad Quliyev', organization: 'Caspian Bridge', side: 'host' }],
      });
      const byAlias = await on.logged({
        participants: [{ name: 'Rashad Quliyev', organization: 'mtw', side: 'host' }],
      });
      expect([byName.participants[0].personId, byAlias.participants[0].personId]).toEqual([namesake.id, first.id]);
    });

    it('finds people by their other names', async () => {
      const { id } = await on.person('Xanım Nəzərli', {
        aliases: ['Khanum N. Nazarli-Smith'],
        nativeName: 'Ханум Назарлы-Смит',
      });
      const body = await on.logged({ participants: [{ name: 'ханум назарлы-смит', side: 'host' }] });
      expect(body.participants[0].personId).toBe(id);
    });

    it('never takes a namesake of another organization for somebody new', async () => {
      const { id } = await on.person('Tural Solo');
      await on.position(id, on.ministry.id, 'Clerk');
      const asked = { name: 'Tural Solo', organizationId: on.company.id, side: 'host' };
      const { body } = await on.log({ participants: [asked] }).expect(422);
      expect(faults(body)).toEqual(['/participants/0 unknown_person']);
      expect(body.errors[0].candidates).toMatchObject([{ id }]);
      const allowed = await on.logged({ participants: [asked], createMissing: true });
      expect(allowed.created.people).toHaveLength(1);
      expect(allowed.participants[0].personId).not.toBe(id);
    });

    it('names every fault of every part at once and writes nothing at all', async () => {
      const { id } = await on.somebody();
      const counted = await on.counts();
      const { body } = await on
        .log({
          title: 'Half a meeting',
          startsAt: '2026-03-08T02:30',
          endsAt: '2026-03-08T03:30',
          about: [{ type: 'conference', id: NOBODY }],
          dealId: NOBODY,
          roomId: NOBODY,
          participants: [
            as(id),
            as(id),
            as(NOBODY),
            { name: 'Nobody Knows', side: 'host' },
            { side: 'host' },
            { email: 'unknown@example.com', side: 'host' },
          ],
          followUps: [
            { title: 'Fine', dueAt: day(3) },
            { title: 'Not fine', dueAt: day(3), assigneeId: NOBODY },
          ],
          commitments: [{ action: 'x', owedBy: {}, owedTo: { personId: id } }],
        })
        .expect(422);
      expect(faults(body)).toEqual([
        '/about/0 unknown_record',
        '/commitments/0/owedBy party_required',
        '/dealId unknown_record',
        '/followUps/1/assigneeId unknown_user',
        '/participants/1 duplicate_participant',
        '/participants/2 unknown_person',
        '/participants/3 unknown_person',
        '/participants/4 person_required',
        '/participants/5 unknown_person',
        '/roomId unknown_room',
        '/startsAt local_time_skipped',
      ]);
      expect(await on.counts()).toEqual(counted);
    });

    it('writes nothing when one follow-up is wrong, not even the people it would have created', async () => {
      const counted = await on.counts();
      await on
        .log({
          participants: [{ name: 'Brand New', organization: 'Brand New Org', side: 'host' }],
          createMissing: true,
          followUps: [{ title: 'x', dueAt: day(1), assigneeId: NOBODY }],
        })
        .expect(422);
      expect(await on.counts()).toEqual(counted);
    });

    it.each([
      ['an unknown time zone', { timeZone: 'Mars/Phobos' }, '/timeZone'],
      ['a local time that clocks skip', { startsAt: '2026-03-08T02:30', endsAt: '2026-03-08T04:00' }, '/startsAt'],
      ['an end before the start', { endsAt: '2026-03-10T09:00' }, '/endsAt'],
      ['a meeting that was held tomorrow', { startsAt: day(1), endsAt: day(1, 16) }, '/startsAt'],
      ['a scheduled meeting without a time', { status: 'scheduled', startsAt: null, endsAt: null }, '/startsAt'],
      ['a meeting of nobody', { participants: [] }, '/participants'],
      ['an unknown kind', { kind: 'party' }, '/kind'],
      [
        'an unknown property of a participant',
        { participants: [{ name: 'x', side: 'host', shoe: 42 }] },
        '/participants/0/shoe',
      ],
      [
        'a person named twice over',
        { participants: [{ name: 'x', personId: NOBODY, side: 'host' }] },
        '/participants/0',
      ],
    ])('refuses %s', async (_, values, pointer) => {
      const { body } = await on.log({ participants: [{ name: 'Elnur Aliyev', side: 'host' }], ...values }).expect(422);
      expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    });

    it('creates a missing person once, however many requests name them at the same moment', async () => {
      const participants = [{ name: 'Gəlmə Birdəfə', organization: 'Once Only MMC', side: 'host' }];
      const answers = await Promise.all(Array.from({ length: 6 }, () => on.log({ participants, createMissing: true })));
      expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(201));
      expect(new Set(answers.map((answer) => answer.body.participants[0].personId)).size).toBe(1);
      expect(answers.filter((answer) => answer.body.created.organizations.length === 1)).toHaveLength(1);
    });

    it('repeats its answer, not its work, for the same idempotency key', async () => {
      const body = { ...HELD, participants: [as((await on.somebody()).id)] };
      const send = () => on.staff.post('/v1/side-meetings').set('Idempotency-Key', 'log-once').send(body);
      const [first, second] = [await send().expect(201), await send().expect(201)];
      expect(second.body).toEqual(first.body);
      expect(second.headers['idempotency-replayed']).toBe('true');
    });
  });

  it('are found by who, what about, when and how they stand', async () => {
    const guest = await on.somebody();
    const { id } = await on.logged({
      title: 'Findable',
      participants: [{ ...as(guest.id), organizationId: on.company.id }],
      about: [
        { type: 'conference', id: on.conference.id },
        { type: 'organization', id: on.ministry.id },
      ],
      topics: ['süni intellekt'],
      sectors: ['ict'],
    });
    const found = async (query: string) =>
      (await on.staff.get(encodeURI(`/v1/side-meetings?${query}`)).expect(200)).body.data.map(
        (row: { id: string }) => row.id,
      );
    for (const query of [
      `filter[personId]=${guest.id}`,
      `filter[organizationId]=${on.company.id}&filter[personId]=${guest.id}`,
      `filter[aboutId]=${on.ministry.id}`,
      `filter[topics]=süni intellekt`,
      `filter[sectors]=ict&filter[status]=held`,
      'q=findable',
      'q=suni intellekt',
    ]) {
      expect(await found(query)).toEqual([id]);
    }
    const { body } = await on.staff
      .get(`/v1/side-meetings?filter[personId]=${guest.id}&include=participants`)
      .expect(200);
    expect(body.data[0]).toMatchObject({
      participants: [{ fullName: guest.fullName, organization: 'Caspian Bridge LLC' }],
      about: [{}, {}],
    });
    await on.staff.get('/v1/side-meetings?filter[mood]=good').expect(400);
  });

  it('are calendar files as soon as their time is exact', async () => {
    const guest = await on.somebody();
    const { id } = await on.logged(scheduled({ participants: [as(guest.id)], location: 'Lobby' }));
    const file = await on.staff.get(`/v1/side-meetings/${id}.ics`).expect(200);
    expect(file.headers['content-type']).toContain('text/calendar');
    expect(file.text.split('\r\n')).toEqual(
      expect.arrayContaining([
        `UID:${id}@chamberlain`,
        'SUMMARY:Talks',
        'LOCATION:Lobby',
        'STATUS:CONFIRMED',
        `DESCRIPTION:${guest.fullName}`,
      ]),
    );
    const undated = await on.logged({ startsAt: null, endsAt: null, participants: [as(guest.id)] });
    expect((await on.staff.get(`/v1/side-meetings/${undated.id}.ics`).expect(409)).body.code).toBe('no_exact_time');
    await on.staff.get('/v1/side-meetings/x.ics').expect(400);
  });

  it('are logged by staff, not by viewers', async () => {
    await on.log({ participants: [{ name: 'Elnur Aliyev', side: 'host' }] }, await on.api.as('viewer')).expect(403);
  });
});
