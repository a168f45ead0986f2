import { MissionGround } from '../factories/missions.js';

interface Milestone {
  id: string;
  delegateId: string;
  plannedMessages: { recipient: { personId: string | null; userId: string | null } }[];
  [field: string]: unknown;
}

describe('milestones of delegates', () => {
  let on: MissionGround;
  beforeAll(async () => {
    on = await MissionGround.open();
  });
  afterAll(() => on?.api.close());

  /** Ten in Washington in winter. */
  const INTERVIEW = { kind: 'visa_interview', dueAt: '2037-02-10T10:00', remindBefore: ['P7D', 'PT1H'] };
  const add = (delegateId: string, fields: object = {}) =>
    on.post<Milestone>(`/v1/delegates/${delegateId}/milestones`, { ...INTERVIEW, ...fields });
  const REMINDED = ['2037-02-03T15:00 planned', '2037-02-10T14:00 planned'];
  const allOf = (reason: string) => REMINDED.map((each) => each.replace('planned', reason));

  it('are called by their kind, and due by the clocks of the mission', async () => {
    const { id: delegateId, personId } = await on.delegate(await on.mission());
    const { plannedMessages, ...milestone } = await add(delegateId);
    expect(milestone).toMatchObject({
      delegateId,
      personId,
      title: 'Visa interview',
      dueAt: '2037-02-10T15:00:00Z',
      dueAtLocal: '2037-02-10T10:00:00',
      doneAt: null,
      overdue: false,
      remind: 'delegate',
    });
    expect(plannedMessages.map(({ recipient }) => recipient.personId)).toEqual([personId, personId]);
    const moved = { kind: 'visa_decision', dueAt: '2037-02-10T10:00', timeZone: 'Asia/Baku' };
    expect(await on.patch(`/v1/milestones/${milestone.id}`, moved)).toMatchObject({
      title: 'Visa decision',
      dueAt: '2037-02-10T06:00:00Z',
    });
    expect(await on.patch(`/v1/milestones/${milestone.id}`, { title: 'Passport' })).toMatchObject({
      title: 'Passport',
    });
    expect(await on.patch(`/v1/milestones/${milestone.id}`, { kind: 'other' })).toMatchObject({ title: 'Passport' });
    await on.staff.delete(`/v1/milestones/${milestone.id}`).expect(204);
    expect(await on.get(`/v1/delegates/${delegateId}/milestones`)).toMatchObject({ data: [] });
  });

  it('remind the delegate, the owner of the mission, or both', async () => {
    const { id: delegateId, personId } = await on.delegate(await on.mission());
    const userId = on.staff.id;
    const { id } = await add(delegateId, { remind: 'both' });
    expect(await on.reminders(id, { personId })).toEqual(REMINDED);
    expect((await on.reminders(id, { userId })).length).toBe(2);
    await on.patch(`/v1/milestones/${id}`, { remind: 'owner' });
    expect(await on.reminders(id, { personId })).toEqual(allOf('no_longer_wanted'));
    const owners = (await on.reminders(id, { userId })).map((each) => each.split(' ')[1]);
    expect(owners).toEqual(['planned', 'planned']);
  });

  it('move their reminders along, and send none where none are wanted', async () => {
    const { id: delegateId } = await on.delegate(await on.mission());
    const { id } = await add(delegateId);
    await on.patch(`/v1/milestones/${id}`, { dueAt: '2037-02-11T10:00' });
    expect(await on.reminders(id)).toEqual([
      '2037-02-03T15:00 rescheduled',
      '2037-02-04T15:00 planned',
      '2037-02-10T14:00 rescheduled',
      '2037-02-11T14:00 planned',
    ]);
    await on.patch(`/v1/milestones/${id}`, { dueAt: '2037-02-10T10:00', remindBefore: [] });
    expect((await on.reminders(id)).filter((each) => each.endsWith('planned'))).toEqual([]);
  });

  it('stop reminding when they are done, and go on when they are not after all', async () => {
    const { id: delegateId } = await on.delegate(await on.mission());
    const { id } = await add(delegateId);
    for (const _ of [1, 2]) {
      const done = await on.post<Milestone>(`/v1/milestones/${id}/completion`, {}, 200);
      expect(done).toMatchObject({ overdue: false, version: 2 });
      expect(done.doneAt).not.toBeNull();
      expect(await on.reminders(id)).toEqual(allOf('completed'));
    }
    for (const _ of [1, 2])
      expect(await on.post<Milestone>(`/v1/milestones/${id}/reopening`, {}, 200)).toMatchObject({
        doneAt: null,
        version: 3,
      });
    expect(await on.reminders(id)).toEqual(REMINDED);
  });

  it('stop with the delegate and with the mission, and come back with them', async () => {
    const missionId = await on.mission();
    const { id: delegateId } = await on.delegate(missionId);
    const { id } = await add(delegateId);
    for (const [path, patch, reason] of [
      [`/v1/delegates/${delegateId}`, { status: 'withdrawn' }, 'no_longer_wanted'],
      [`/v1/delegates/${delegateId}`, { status: 'invited' }, 'planned'],
      [`/v1/trade-missions/${missionId}`, { status: 'cancelled' }, 'subject_called_off'],
      [`/v1/trade-missions/${missionId}`, { status: 'planned' }, 'planned'],
    ] as const) {
      await on.patch(path, patch);
      expect(await on.reminders(id)).toEqual(allOf(reason));
    }
    await on.staff.delete(`/v1/trade-missions/${missionId}`).expect(204);
    expect(await on.reminders(id)).toEqual(allOf('subject_called_off'));
  });

  it('of one kind are planned for everybody who lacks it, in one go and as often as wanted', async () => {
    const missionId = await on.mission();
    const [first, second, gone] = [
      await on.delegate(missionId),
      await on.delegate(missionId),
      await on.delegate(missionId, { status: 'declined' }),
    ];
    await add(first.id);
    const plan = (fields: object = {}) =>
      on.post<{ data: Milestone[]; plannedMessages: unknown[] }>(`/v1/trade-missions/${missionId}/milestones`, {
        ...INTERVIEW,
        ...fields,
      });
    const { data, plannedMessages } = await plan();
    expect(data.map(({ delegateId }) => delegateId)).toEqual([second.id]);
    expect(plannedMessages).toHaveLength(2);
    expect((await plan()).data).toEqual([]);
    expect((await plan({ kind: 'other', title: 'Badge photo' })).data).toHaveLength(2);
    expect((await plan({ kind: 'other', title: 'Dinner choice' })).data).toHaveLength(2);
    const all = await on.get<{ data: Milestone[] }>(`/v1/trade-missions/${missionId}/milestones?filter[kind]=other`);
    expect(all.data).toHaveLength(4);
    expect(JSON.stringify(all)).not.toContain(gone.id);
  });

  it('say what is wrong with them', async () => {
    const missionId = await on.mission();
    const { id } = await on.delegate(missionId);
    const path = `/v1/delegates/${id}/milestones`;
    const faults = async (body: object) => {
      const answer = await on.staff.post(path).send(body).expect(422);
      return (answer.body.errors as { pointer: string; code: string }[]).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    };
    // Clocks in Washington skip that hour.
    expect(await faults({ ...INTERVIEW, dueAt: '2037-03-08T02:30', remindBefore: ['P1Y'] })).toEqual([
      '/remindBefore/0 bad_duration',
      '/dueAt local_time_skipped',
    ]);
    await faults({ kind: 'visa_interview' });
    await faults({ ...INTERVIEW, kind: 'party' });
    await on.staff.patch(`/v1/milestones/${id}`).send({ title: 'x' }).expect(404);
    await on.patch(`/v1/trade-missions/${missionId}`, { status: 'cancelled' });
    await on.staff.post(path).send(INTERVIEW).expect(409);
    await on.staff.post(`/v1/trade-missions/${missionId}/milestones`).send(INTERVIEW).expect(409);
  });

  it('are planned once each, however many ask at once', async () => {
    const missionId = await on.mission();
    const { id: delegateId } = await on.delegate(missionId);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => on.staff.post(`/v1/trade-missions/${missionId}/milestones`).send(INTERVIEW)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const { data } = await on.get<{ data: Milestone[] }>(`/v1/delegates/${delegateId}/milestones`);
    expect(data).toHaveLength(1);
  });
});
