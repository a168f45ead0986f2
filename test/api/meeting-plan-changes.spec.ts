import { MeetingPlansRunner } from '#meeting-plans';
import { addVisit, create, everyone, NEW_YORK, slots } from '../support/mission-visit.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

interface Assignment {
  delegateId: string;
  meetingId: string | null;
}

describe('meeting plans whose world has changed since', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  const post = (path: string, body: object) => create(staff, path, body);
  const visit = (delegates: number, hosts: number) => addVisit(staff, delegates, hosts);
  const accept = (id: string, body: object = {}) => staff.post(`/v1/meeting-plans/${id}/acceptance`).send(body);
  /** Solved in this process: it stands for the worker. */
  async function solved(missionId: string, body: object) {
    const { body: asked } = await staff.post(`/v1/trade-missions/${missionId}/meeting-plans`).send(body).expect(202);
    await api.app.get(MeetingPlansRunner).work(asked.id as string);
    const plan = (await staff.get(`/v1/meeting-plans/${asked.id}`).expect(200)).body;
    if (plan.status !== 'ready') throw new Error(`${plan.status}: ${plan.failure}`);
    return plan;
  }
  async function accepted(missionId: string, body: object) {
    const plan = await solved(missionId, body);
    return (await accept(plan.id as string, { invite: false }).expect(200)).body;
  }
  const count = async (sql: string, ...parameters: unknown[]) =>
    (await api.database.query<{ n: number }>(`SELECT count(*)::integer AS n ${sql}`, parameters))[0]?.n;

  it('are accepted over what else people have when a reason is given, but not over a room', async () => {
    const there = await visit(1, 2);
    const conference = await post('/v1/conferences', {
      ...{ name: 'Forum', startsAt: '2027-05-05T08:00', endsAt: '2027-05-05T20:00', timeZone: NEW_YORK },
      status: 'draft',
    });
    const { id: roomId } = await post(`/v1/conferences/${conference.id}/rooms`, { name: 'Ash', capacity: 4 });
    const requests = everyone(there);
    const elsewhere = (personId: string | undefined, room?: string) =>
      post('/v1/side-meetings', {
        ...{ title: 'Something else', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK, ...slots(1)[0] },
        ...{ participants: [{ personId, side: 'visiting' }], roomId: room },
      });
    const plan = await solved(there.mission.id, { slots: slots(1), tables: 1, requests });
    const inRoom = await solved(there.mission.id, { slots: slots(1), roomIds: [roomId], requests });
    await elsewhere(there.guests[0]?.personId, roomId);
    const override = { reason: 'They come late to the other one' };
    const refused = await accept(inRoom.id as string, { override }).expect(409);
    expect(refused.body).toMatchObject({ code: 'double_booked', conflicts: [{ resource: { id: roomId } }] });
    await accept(plan.id as string, { override: {} }).expect(422);
    const { body } = await accept(plan.id as string, { override }).expect(200);
    expect(body.acceptance).toMatchObject({ created: 1 });
    const soft = `FROM bookings WHERE about_id = $1 AND NOT firm AND override_reason = $2`;
    expect(await count(soft, body.assignments[0].meetingId, override.reason)).toBe(1);
  });

  it('are not accepted once the mission is called off, or has other days', async () => {
    const there = await visit(1, 1);
    const plan = await solved(there.mission.id, { slots: slots(1), tables: 1, requests: everyone(there) });
    const change = (body: object) => staff.patch(`/v1/trade-missions/${there.mission.id}`).send(body).expect(200);
    await change({ startsOn: '2027-06-07', endsOn: '2027-06-11' });
    const moved = await accept(plan.id as string).expect(409);
    expect(moved.body).toMatchObject({ code: 'slots_outside_mission', startsOn: '2027-06-07' });
    await change({ startsOn: '2027-05-03', endsOn: '2027-05-07', status: 'cancelled' });
    expect((await accept(plan.id as string).expect(409)).body.code).toBe('mission_cancelled');
  });

  it('let go of a meeting that people have moved out of the slots, unless it is asked for again or somebody is gone', async () => {
    const there = await visit(2, 2);
    const first = await accepted(there.mission.id, { slots: slots(2), tables: 2, requests: everyone(there) });
    const [own] = first.assignments as [Assignment];
    const evening = { startsAt: '2027-05-05T22:00:00Z', endsAt: '2027-05-05T22:30:00Z' };
    await staff.post(`/v1/side-meetings/${own.meetingId}/reschedule`).send(evening).expect(200);
    const again = await solved(there.mission.id, { replaces: first.id, requests: everyone(there) });
    expect(again.assignments).toHaveLength(4);
    const plan = await solved(there.mission.id, { replaces: first.id });
    expect(plan).toMatchObject({ requestCount: 3, kept: 3 });
    const { body } = await accept(plan.id as string).expect(200);
    expect(body.acceptance).toEqual({ created: 0, kept: 3, moved: 0, cancelled: 0, invited: 0 });
    expect((await staff.get(`/v1/side-meetings/${own.meetingId}`).expect(200)).body).toMatchObject(evening);

    const [other] = body.assignments as [Assignment];
    await staff
      .post(`/v1/side-meetings/${other.meetingId}/reschedule`)
      .send({ ...slots(20)[19] })
      .expect(200);
    await staff.patch(`/v1/delegates/${other.delegateId}`).send({ status: 'withdrawn' }).expect(200);
    const without = await solved(there.mission.id, { replaces: plan.id });
    await accept(without.id as string).expect(200);
    expect((await staff.get(`/v1/side-meetings/${other.meetingId}`).expect(200)).body.status).toBe('cancelled');
  });

  it('are not accepted with somebody who has withdrawn or declined meanwhile; those are named', async () => {
    const there = await visit(2, 2);
    const plan = await solved(there.mission.id, { slots: slots(2), tables: 2, requests: everyone(there) });
    const [guest, host] = [there.guests[0]?.id, there.hosts[1]?.id];
    await staff.patch(`/v1/delegates/${guest}`).send({ status: 'withdrawn' }).expect(200);
    await staff.patch(`/v1/hosts/${host}`).send({ status: 'declined' }).expect(200);
    const { body } = await accept(plan.id as string).expect(409);
    expect(body).toMatchObject({ code: 'no_longer_taking_part' });
    expect(body.parties.map(({ id, status }: Record<string, string>) => `${id} ${status}`).sort()).toEqual(
      [`${guest} withdrawn`, `${host} declined`].sort(),
    );
  });
});
