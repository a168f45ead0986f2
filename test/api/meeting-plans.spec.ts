import { parse } from 'csv-parse/sync';
import { Logger } from '@nestjs/common';
import { MeetingPlansRunner } from '#meeting-plans';
import { solveTimetable } from '#timetable';
import {
  addPerson,
  addVisit,
  create,
  everyone,
  type Guest,
  NEW_YORK,
  type Receiver,
  slots,
} from '../support/mission-visit.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const NOBODY = '01a1ffd7-bd71-74a1-8960-0f00f54dfc81';

interface Assignment {
  delegateId: string;
  hostId: string;
  startsAt: string;
  table: number;
  moved: boolean;
  locked: boolean;
  meetingId: string | null;
}

describe('meeting plans', () => {
  let api: TestApi;
  let staff: Client;

  beforeAll(async () => {
    api = await startTestApi();
    staff = await api.as('staff');
  });
  afterAll(() => api?.close());

  const post = (path: string, body: object) => create(staff, path, body);
  const visit = (delegates: number, hosts: number) => addVisit(staff, delegates, hosts);
  const ask = (missionId: string, body: object) =>
    staff.post(`/v1/trade-missions/${missionId}/meeting-plans`).send(body);
  const get = async (id: string) => (await staff.get(`/v1/meeting-plans/${id}`).expect(200)).body;
  /** Stands for the worker. */
  const work = (id: string) => api.app.get(MeetingPlansRunner).work(id);
  async function solved(missionId: string, body: object) {
    const { body: asked } = await ask(missionId, body).expect(202);
    await work(asked.id as string);
    const plan = await get(asked.id as string);
    if (plan.status !== 'ready') throw new Error(`${plan.status}: ${plan.failure}`);
    return plan;
  }
  const accept = (id: string, body: object = {}) => staff.post(`/v1/meeting-plans/${id}/acceptance`).send(body);
  async function accepted(missionId: string, body: object) {
    const plan = await solved(missionId, body);
    return (await accept(plan.id as string, { invite: false }).expect(200)).body;
  }
  const faults = (body: { errors: { pointer: string; code: string }[] }) =>
    body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const count = async (sql: string, ...parameters: unknown[]) =>
    (await api.database.query<{ n: number }>(`SELECT count(*)::integer AS n ${sql}`, parameters))[0]?.n;
  const placesOf = (plan: { assignments: Assignment[] }) =>
    Object.fromEntries(
      plan.assignments.map(({ delegateId, hostId, startsAt, table }) => [
        `${delegateId} ${hostId}`,
        `${startsAt} ${table}`,
      ]),
    );

  it('are taken in, solved by a worker, and say who meets whom when, who does not, and how good that is', async () => {
    const there = await visit(2, 2);
    const { body, headers } = await ask(there.mission.id, {
      ...{ slots: slots(1), tables: 2, place: 'Willard Hotel' },
      requests: everyone(there).map((request, i) => ({ ...request, priority: i + 1 })),
    }).expect(202);
    expect(headers.location).toBe(`/v1/meeting-plans/${body.id}`);
    expect(body).toMatchObject({ status: 'queued', assignments: [], unmet: [], score: null, tables: 2 });
    await work(body.id as string);
    const plan = await get(body.id as string);
    expect(plan).toMatchObject({
      ...{ status: 'ready', score: 5, upperBound: 5, gap: 0, proven: 'optimal', progress: null, failure: null },
      createdBy: { kind: 'user', id: staff.id },
    });
    expect(plan.assignments).toHaveLength(2);
    expect(plan.assignments[0]).toMatchObject({
      ...{ startsAt: '2027-05-05T13:00:00Z', endsAt: '2027-05-05T13:30:00Z', startsAtLocal: '2027-05-05T09:00:00' },
      ...{ table: 1, moved: false, locked: false, meetingId: null, roomId: null },
      delegate: expect.stringMatching(/^Aysel Quliyeva/),
      host: expect.stringMatching(/^Reactor Works/),
      contact: expect.stringMatching(/^Ben Harrow/),
    });
    expect(plan.assignments[0].localTimes).toContainEqual({
      ...{ timeZone: 'Asia/Baku', startsAt: '2027-05-05T17:00:00', endsAt: '2027-05-05T17:30:00' },
    });
    expect(plan.unmet).toHaveLength(2);
    expect(plan.unmet[0]).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/), message: expect.any(String) });
    const list = await staff
      .get(`/v1/trade-missions/${there.mission.id}/meeting-plans?filter[status]=ready`)
      .expect(200);
    expect(list.body.data).toMatchObject([{ id: body.id, requestCount: 4, slotCount: 1 }]);
  });

  it('become meetings, bookings and invitations when they are accepted, once however often that is said', async () => {
    const there = await visit(2, 2);
    const plan = await solved(there.mission.id, {
      ...{ slots: slots(2), tables: 2, place: 'Willard Hotel', requests: everyone(there) },
    });
    const { body } = await accept(plan.id as string).expect(200);
    expect(body).toMatchObject({
      status: 'accepted',
      acceptance: { created: 4, kept: 0, moved: 0, cancelled: 0, invited: 8 },
      acceptedBy: { id: staff.id },
    });
    const ids = body.assignments.map(({ meetingId }: Assignment) => meetingId);
    expect(new Set(ids).size).toBe(4);
    const meeting = (await staff.get(`/v1/side-meetings/${ids[0]}`).expect(200)).body;
    expect(meeting).toMatchObject({
      ...{ kind: 'one_on_one', status: 'scheduled', location: expect.stringMatching(/^Table [12], Willard Hotel$/) },
      title: expect.stringMatching(/^Xəzər Enerji \d – Reactor Works \d$/),
      participants: [{ side: 'visiting' }, { side: 'host' }],
    });
    expect(meeting.about).toContainEqual(expect.objectContaining({ type: 'trade_mission', id: there.mission.id }));
    expect(await count('FROM bookings WHERE about_id = ANY($1::uuid[]) AND firm', ids)).toBe(8);
    expect(await count(`FROM messages WHERE about_id = ANY($1::uuid[]) AND kind = 'invitation'`, ids)).toBe(8);
    const again = await accept(plan.id as string).expect(200);
    expect(again.body).toEqual(body);
    expect(await count('FROM side_meeting_abouts WHERE record_id = $1', there.mission.id)).toBe(4);
  });

  it('are refused with everything that is wrong, at its place', async () => {
    const there = await visit(2, 2);
    const elsewhere = await visit(1, 1);
    const [first, second] = there.guests as [Guest, Guest];
    const [host, other] = there.hosts as [Receiver, Receiver];
    await staff.patch(`/v1/delegates/${second.id}`).send({ status: 'withdrawn' }).expect(200);
    await staff.patch(`/v1/hosts/${other.id}`).send({ status: 'declined' }).expect(200);
    const own = await post(`/v1/trade-missions/${there.mission.id}/delegates`, {
      ...{
        personId: (await addPerson(staff, 'Rauf Sadıqlı')).id,
        organizationId: host.organizationId,
        role: 'delegate',
      },
    });
    const { body } = await ask(there.mission.id, {
      slots: [
        { startsAt: '2027-05-05T10:00', endsAt: '2027-05-05T10:30' },
        { startsAt: '2027-05-05T09:00', endsAt: '2027-05-05T09:30' },
        { startsAt: '2027-05-05T09:20', endsAt: '2027-05-05T09:50' },
        { startsAt: '2027-05-08T09:00', endsAt: '2027-05-08T09:30' },
        { startsAt: '2027-05-05T12:00', endsAt: '2027-05-05T12:00' },
        { startsAt: '2027-05-05T99:00', endsAt: '2027-05-05T12:00' },
      ],
      ...{ tables: 2, roomIds: [NOBODY] },
      requests: [
        { delegateId: first.id, hostId: host.id },
        { delegateId: first.id, hostId: host.id, priority: 5 },
        { delegateId: elsewhere.guests[0]?.id, hostId: elsewhere.hosts[0]?.id },
        { delegateId: second.id, hostId: other.id },
        { delegateId: own.id, hostId: host.id },
      ],
      unavailable: [{ startsAt: '2027-05-05T09:00', endsAt: '2027-05-05T08:00' }],
      locked: [{ delegateId: first.id, hostId: host.id }],
    }).expect(422);
    expect(faults(body).sort()).toEqual(
      [
        ...['/slots/2 overlapping_slots', '/slots/3 outside_mission', '/slots/4/endsAt ends_before_start'],
        ...['/slots/5/startsAt bad_time', '/tables more_tables_than_rooms', '/roomIds/0 unknown_room'],
        ...[
          '/requests/1 duplicate_request',
          '/requests/2/delegateId unknown_delegate',
          '/requests/2/hostId unknown_host',
        ],
        ...[
          '/requests/3/delegateId not_taking_part',
          '/requests/3/hostId not_taking_part',
          '/requests/4 own_organization',
        ],
        ...['/unavailable/0 one_of_two', '/unavailable/0/endsAt ends_before_start'],
        ...['/replaces required', '/locked/0 not_assigned'],
      ].sort(),
    );
  });

  it('need slots, requests and tables, priorities of 1 to 5, and limits that allow something', async () => {
    const there = await visit(1, 1);
    expect(faults((await ask(there.mission.id, {}).expect(422)).body)).toEqual([
      ...['/slots required', '/requests required', '/tables required'],
    ]);
    expect(faults((await ask(there.mission.id, { slots: [], requests: [], tables: 1 }).expect(422)).body)).toEqual([
      '/slots required',
      '/requests required',
    ]);
    const [pair] = everyone(there);
    const wrong = await ask(there.mission.id, {
      ...{
        slots: slots(1),
        tables: 0,
        limits: { perDelegate: 0, perHost: -1, inARow: 1.5, interpreters: 0, seconds: 61 },
      },
      requests: [
        { ...pair, priority: 0 },
        { ...pair, priority: 6 },
      ],
    }).expect(422);
    expect([...new Set(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer))].sort()).toEqual([
      ...['/limits/inARow', '/limits/interpreters', '/limits/perDelegate', '/limits/perHost', '/limits/seconds'],
      ...['/requests/0/priority', '/requests/1/priority', '/tables'],
    ]);
    await ask(NOBODY, { slots: slots(1), tables: 1, requests: [pair] }).expect(404);
    await (await api.as('viewer')).post(`/v1/trade-missions/${there.mission.id}/meeting-plans`).send({}).expect(403);
    await staff.patch(`/v1/trade-missions/${there.mission.id}`).send({ status: 'cancelled' }).expect(200);
    const off = await ask(there.mission.id, { slots: slots(1), tables: 1, requests: [pair] }).expect(409);
    expect(off.body.code).toBe('mission_cancelled');
  });

  it('of 10,000 requests or 201 slots are refused with the limit, and nothing is kept of them', async () => {
    const there = await visit(1, 1);
    const requests = Array.from({ length: 10_000 }, () => ({ delegateId: NOBODY, hostId: NOBODY, priority: 3 }));
    const { body } = await ask(there.mission.id, { slots: slots(1), tables: 1, requests }).expect(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/requests', code: 'too_many', limit: 3_000 });
    const series = [{ from: '2027-05-03T08:00', to: '2027-05-07T20:00', meetingLength: 'PT5M' }];
    const many = await ask(there.mission.id, { series, tables: 1, requests: everyone(there) }).expect(422);
    expect(faults(many.body)).toEqual(['/slots too_many']);
    expect(await count('FROM meeting_plans WHERE mission_id = $1', there.mission.id)).toBe(0);
  });

  it('take their slots from a rule, around the breaks, in the zone they name', async () => {
    const there = await visit(1, 1);
    const { body } = await ask(there.mission.id, {
      ...{ tables: 1, requests: everyone(there), timeZone: 'Asia/Baku' },
      slots: [{ startsAt: '2027-05-06T09:00:00Z', endsAt: '2027-05-06T09:20:00Z' }],
      series: [
        {
          ...{ from: '2027-05-05T18:00', to: '2027-05-05T20:00', meetingLength: 'PT20M', pause: 'PT5M' },
          breaks: [{ startsAt: '2027-05-05T18:50', endsAt: '2027-05-05T19:10' }],
        },
      ],
    }).expect(202);
    expect(body.slots.map(({ startsAtLocal }: { startsAtLocal: string }) => startsAtLocal.slice(5, 16))).toEqual([
      ...['05-05T18:00', '05-05T18:25', '05-05T19:10', '05-05T19:35', '05-06T13:00'],
    ]);
    const bad = await ask(there.mission.id, {
      ...{ tables: 1, requests: everyone(there) },
      series: [{ from: '2027-05-05T18:00', to: '2027-05-05T17:00', meetingLength: 'P1Y', pause: 'x' }],
    }).expect(422);
    expect(faults(bad.body)).toEqual([
      ...['/series/0/to ends_before_start', '/series/0/meetingLength bad_duration', '/series/0/pause bad_duration'],
    ]);
  });

  it('leave alone whom the calendar has elsewhere, who is not there yet, and whom the client names', async () => {
    const there = await visit(3, 3);
    const [busy, late, free] = there.guests as [Guest, Guest, Guest];
    const [contact, named, open] = there.hosts as [Receiver, Receiver, Receiver];
    const taken = (personId: string) =>
      post('/v1/side-meetings', {
        ...{ title: 'Something else', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK, ...slots(1)[0] },
        participants: [{ personId, side: 'host' }],
      });
    await taken(busy.personId);
    await taken(contact.contactId);
    await staff.patch(`/v1/delegates/${late.id}`).send({ arrivesAt: '2027-05-05T13:10:00Z' }).expect(200);
    await post(`/v1/trade-missions/${there.mission.id}/itinerary`, {
      ...{ kind: 'one_on_ones', title: 'One-on-ones', startsAt: '2027-05-05T09:00', endsAt: '2027-05-05T17:00' },
      timeZone: NEW_YORK,
    });
    const plan = await solved(there.mission.id, {
      ...{ slots: slots(1), tables: 9, requests: everyone(there) },
      unavailable: [{ hostId: named.id, startsAt: '2027-05-05T09:29', endsAt: '2027-05-05T11:00' }],
    });
    expect(plan.assignments).toMatchObject([{ delegateId: free.id, hostId: open.id }]);
    expect(plan.unmet).toHaveLength(8);
    expect(plan.unavailable).toEqual([
      { hostId: named.id, startsAt: '2027-05-05T13:29:00Z', endsAt: '2027-05-05T15:00:00Z' },
    ]);
  });

  it('leave time for the way from elsewhere, and none from one table to the next', async () => {
    const manager = await api.as('manager');
    const way = await create(manager, '/v1/travel-times', { duration: 'PT15M' });
    const there = await visit(1, 2);
    const [{ personId }] = there.guests as [Guest];
    await post('/v1/side-meetings', {
      ...{ title: 'Something else', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK, location: 'Mayflower' },
      ...{ ...slots(2)[0], participants: [{ personId, side: 'visiting' }] },
    });
    const hall = { tables: 2, place: 'Willard Hotel', requests: everyone(there) };
    const conference = await post('/v1/conferences', {
      ...{ name: 'Forum', startsAt: '2027-05-05T08:00', endsAt: '2027-05-05T20:00', timeZone: NEW_YORK },
      ...{ status: 'draft', venue: 'Willard Hotel' },
    });
    const room = await post(`/v1/conferences/${conference.id}/rooms`, { name: 'Fir', capacity: 4 });
    const inRoom = { roomIds: [room.id], requests: everyone(there), slots: slots(2).slice(1) };
    expect((await solved(there.mission.id, inRoom)).assignments).toEqual([]);
    const { assignments } = await accepted(there.mission.id, { ...hall, slots: slots(4).slice(1) });
    const starts = assignments.map(({ startsAtLocal }: { startsAtLocal: string }) => startsAtLocal.slice(11, 16));
    expect(starts).toEqual(['10:00', '10:30']);
    const tables = assignments.map(({ meetingId }: Assignment) => meetingId);
    for (const [index, table] of ['Table 1, Willard Hotel', 'Table 2, Willard Hotel'].entries())
      await staff.patch(`/v1/side-meetings/${tables[index]}`).send({ location: table }).expect(200);
    await manager.delete(`/v1/travel-times/${way.id}`).expect(204);
  });

  it('are not accepted while somebody is double-booked: all that clashes is named, and nothing is written', async () => {
    const there = await visit(2, 2);
    const plan = await solved(there.mission.id, { slots: slots(2), tables: 2, requests: everyone(there) });
    for (const { personId } of there.guests)
      await post('/v1/side-meetings', {
        ...{ title: 'Something else', kind: 'bilateral', status: 'scheduled', timeZone: NEW_YORK, ...slots(1)[0] },
        participants: [{ personId, side: 'visiting' }],
      });
    const { body } = await accept(plan.id as string).expect(409);
    expect(body.code).toBe('double_booked');
    expect(new Set(body.conflicts.map(({ resource }: { resource: { id: string } }) => resource.id))).toEqual(
      new Set(there.guests.map(({ personId }) => personId)),
    );
    expect(await count('FROM side_meeting_abouts WHERE record_id = $1', there.mission.id)).toBe(0);
    expect(await get(plan.id as string)).toMatchObject({ status: 'ready', acceptance: null, acceptedAt: null });
  });

  it('make their meetings once when they are accepted twice at the same moment', async () => {
    const there = await visit(2, 2);
    const plan = await solved(there.mission.id, { slots: slots(2), tables: 2, requests: everyone(there) });
    const both = await Promise.all([1, 2].map(() => accept(plan.id as string, { invite: false })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]?.body).toEqual(both[1]?.body);
    expect(await count('FROM side_meeting_abouts WHERE record_id = $1', there.mission.id)).toBe(4);
  });

  it('are planned anew after a dropout: who stays keeps meeting, time and peace, who moves is told, who is gone is called off', async () => {
    const there = await visit(3, 3);
    const first = await solved(there.mission.id, { slots: slots(3), tables: 3, requests: everyone(there) });
    const before = (await accept(first.id as string).expect(200)).body;
    await api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE kind = 'invitation'`);
    const gone = there.guests[1] as Guest;
    await staff.patch(`/v1/delegates/${gone.id}`).send({ status: 'withdrawn' }).expect(200);
    const [third, second] = [there.guests[2], there.hosts[2]];
    // One of the others has no time any more where they were to meet.
    const clash = before.assignments.find(
      ({ delegateId, hostId }: Assignment) => delegateId === third?.id && hostId === second?.id,
    ) as Assignment & { endsAt: string };
    const plan = await solved(there.mission.id, {
      ...{
        replaces: first.id,
        unavailable: [{ delegateId: third?.id, startsAt: clash.startsAt, endsAt: clash.endsAt }],
      },
      slots: slots(4),
    });
    expect(plan).toMatchObject({ requestCount: 6, score: 18, replaces: first.id });
    const moved = plan.assignments.filter((each: Assignment) => each.moved);
    expect(moved).toHaveLength(1);
    const { body } = await accept(plan.id as string).expect(200);
    expect(body.acceptance).toEqual({ created: 0, kept: 5, moved: 1, cancelled: 3, invited: 0 });
    const idsOf = (assignments: Assignment[]) =>
      new Map(assignments.map(({ delegateId, hostId, meetingId }) => [`${delegateId} ${hostId}`, meetingId]));
    const [old, now] = [idsOf(before.assignments), idsOf(body.assignments)];
    for (const [pair, meetingId] of now) expect(meetingId).toBe(old.get(pair));
    expect(
      await count(`FROM side_meetings WHERE id = ANY($1::uuid[]) AND status = 'cancelled'`, [...old.values()]),
    ).toBe(3);
    expect(await count('FROM bookings WHERE resource_id = $1', gone.personId)).toBe(0);
    const kept = body.assignments
      .filter((each: Assignment) => !each.moved)
      .map(({ meetingId }: Assignment) => meetingId);
    const news = `FROM messages WHERE kind = 'notice' AND about_id = ANY($1::uuid[])`;
    expect(await count(news, kept)).toBe(0);
    expect(await count(news, [...old.values()])).toBe(8);
    expect(await get(first.id as string)).toMatchObject({ status: 'superseded' });
    expect((await accept(first.id as string).expect(409)).body.code).toBe('meeting_plan_superseded');
    const late = await ask(there.mission.id, { replaces: first.id }).expect(409);
    expect(late.body.code).toBe('meeting_plan_superseded');
  });

  it('keep what is locked where it is, and say what a lock contradicts', async () => {
    const there = await visit(2, 2);
    const first = await accepted(there.mission.id, { slots: slots(3), tables: 2, requests: everyone(there) });
    const [stays, other] = first.assignments as [Assignment, Assignment];
    const pair = ({ delegateId, hostId }: Assignment) => ({ delegateId, hostId });
    const plan = await solved(there.mission.id, {
      ...{ replaces: first.id, locked: [pair(stays)], limits: { perDelegate: 1, perHost: 1 } },
    });
    expect(plan.assignments).toContainEqual(expect.objectContaining({ ...pair(stays), locked: true, moved: false }));
    expect(placesOf(plan)[`${stays.delegateId} ${stays.hostId}`]).toBe(`${stays.startsAt} ${stays.table}`);

    const { body } = await ask(there.mission.id, {
      ...{ replaces: first.id, locked: [pair(stays), pair(stays), pair(other)], requests: [{ ...pair(stays) }] },
      slots: [{ startsAt: '2027-05-06T09:00', endsAt: '2027-05-06T09:30' }],
    }).expect(422);
    expect(faults(body)).toEqual([
      ...['/locked/0 slot_gone', '/locked/1 duplicate_lock', '/locked/1 slot_gone', '/locked/2 not_requested'],
      '/locked/2 slot_gone',
    ]);
    const away = await ask(there.mission.id, {
      ...{ replaces: first.id, locked: first.assignments.map(pair), limits: { perDelegate: 1 } },
      unavailable: [{ hostId: stays.hostId, ...slots(3)[0], endsAt: '2027-05-05T10:30' }],
    }).expect(422);
    expect(new Set(away.body.errors.map(({ code }: { code: string }) => code))).toEqual(
      new Set(['unavailable', 'over_limit']),
    );
    const elsewhere = await visit(1, 1);
    const foreign = await ask(elsewhere.mission.id, { replaces: first.id }).expect(422);
    expect(faults(foreign.body)).toEqual(['/replaces unknown_plan']);
  });

  it('do not bring back what people have called off, follow what they moved, and leave alone what has begun', async () => {
    const there = await visit(2, 2);
    const first = await accepted(there.mission.id, { slots: slots(6), tables: 2, requests: everyone(there) });
    const [off, moved, past] = first.assignments as [Assignment, Assignment, Assignment];
    const steps = (id: string | null, step: string, body: object) =>
      staff.post(`/v1/side-meetings/${id}/${step}`).send(body).expect(200);
    await steps(off.meetingId, 'cancellation', { reason: 'They met yesterday.' });
    await steps(moved.meetingId, 'reschedule', slots(6)[5] as object);
    await api.database.query('UPDATE records SET starts_at = now() WHERE id = $1', [past.meetingId]);
    const plan = await solved(there.mission.id, { replaces: first.id });
    expect(plan).toMatchObject({ requestCount: 3 });
    const places = placesOf(plan);
    expect(places[`${off.delegateId} ${off.hostId}`]).toBeUndefined();
    expect(places[`${moved.delegateId} ${moved.hostId}`]).toMatch(/^2027-05-05T15:30:00Z/);
    const { body } = await accept(plan.id as string).expect(200);
    expect(body.acceptance).toEqual({ created: 0, kept: 3, moved: 0, cancelled: 0, invited: 0 });
  });

  it('are called off by people while they wait or are ready, and not once they are accepted', async () => {
    const there = await visit(1, 1);
    const asked = { slots: slots(1), tables: 1, requests: everyone(there) };
    const { body } = await ask(there.mission.id, asked).expect(202);
    const cancel = (id: unknown) => staff.post(`/v1/meeting-plans/${String(id)}/cancellation`);
    expect((await cancel(body.id).expect(200)).body.status).toBe('cancelled');
    expect((await cancel(body.id).expect(200)).body.status).toBe('cancelled');
    await work(body.id as string);
    expect((await get(body.id as string)).status).toBe('cancelled');
    expect((await accept(body.id as string).expect(409)).body.code).toBe('meeting_plan_state');
    const plan = await accepted(there.mission.id, asked);
    expect((await cancel(plan.id).expect(409)).body).toMatchObject({ code: 'meeting_plan_state' });
  });

  it('hold a person who receives for two hosts to one table, and nobody to both sides of one', async () => {
    const there = await visit(2, 2);
    const [first, second] = there.hosts as [Receiver, Receiver];
    const [guest, other] = there.guests as [Guest, Guest];
    await staff.patch(`/v1/hosts/${second.id}`).send({ contactId: first.contactId }).expect(200);
    const asked = { slots: slots(1), tables: 2 };
    const twice = await ask(there.mission.id, { ...asked, requests: everyone(there) }).expect(422);
    expect(faults(twice.body)).toEqual(['/requests/1 same_contact', '/requests/3 same_contact']);
    const requests = [
      { delegateId: guest.id, hostId: first.id },
      { delegateId: other.id, hostId: second.id },
    ];
    expect((await solved(there.mission.id, { ...asked, requests })).assignments).toHaveLength(1);
    await staff.patch(`/v1/hosts/${second.id}`).send({ contactId: guest.personId }).expect(200);
    const both = await ask(there.mission.id, { ...asked, requests }).expect(422);
    expect(faults(both.body)).toEqual(['/requests/1/hostId contact_is_delegate']);
  });

  it('book the rooms that their tables stand for, and refuse rooms that are taken', async () => {
    const there = await visit(2, 2);
    const conference = await post('/v1/conferences', {
      ...{
        name: 'Forum',
        startsAt: '2027-05-05T08:00',
        endsAt: '2027-05-05T20:00',
        timeZone: NEW_YORK,
        status: 'draft',
      },
    });
    const rooms = [];
    for (const name of ['Oak', 'Elm'])
      rooms.push(await post(`/v1/conferences/${conference.id}/rooms`, { name, capacity: 4 }));
    const roomIds = rooms.map(({ id }) => id);
    const asked = { slots: slots(2), roomIds, requests: everyone(there) };
    const first = await accepted(there.mission.id, asked);
    expect(first).toMatchObject({ tables: 2, acceptance: { created: 4 } });
    expect(first.assignments.map(({ roomId }: { roomId: string }) => roomId)).toEqual([...roomIds, ...roomIds]);
    expect(await count('FROM bookings WHERE resource_id = ANY($1::uuid[])', roomIds)).toBe(4);
    const taken = await ask(there.mission.id, asked).expect(422);
    expect(faults(taken.body)).toEqual(['/roomIds/0 room_taken', '/roomIds/1 room_taken']);
    const roomless = await ask(there.mission.id, { replaces: first.id, roomIds: [] }).expect(202);
    expect(roomless.body).toMatchObject({ tables: 2, roomIds: [] });
    const turned = await solved(there.mission.id, { replaces: first.id, roomIds: [...roomIds].reverse() });
    const { body } = await accept(turned.id as string).expect(200);
    expect(body.acceptance).toMatchObject({ created: 0, cancelled: 0 });
    expect(body.acceptance.kept + body.acceptance.moved).toBe(4);
    for (const { meetingId, roomId } of body.assignments)
      expect((await staff.get(`/v1/side-meetings/${meetingId}`).expect(200)).body.roomId).toBe(roomId);
  });

  it('come as a table for spreadsheets and as a picture, in local time, whatever people are called', async () => {
    const there = await visit(1, 1);
    const [[{ personId }], [{ organizationId }]] = [there.guests as [Guest], there.hosts as [Receiver]];
    await staff.patch(`/v1/people/${personId}`).send({ fullName: '=Şəhriyar <Əliağaoğlu> & Щербаков' }).expect(200);
    await staff
      .patch(`/v1/organizations/${organizationId}`)
      .send({ name: 'An "organization" with a name too long for a cell' });
    const series = [
      {
        ...{ from: '2027-05-05T09:00', to: '2027-05-05T10:30', meetingLength: 'PT20M' },
        breaks: [{ startsAt: '2027-05-05T09:20', endsAt: '2027-05-05T10:00' }],
      },
    ];
    const { id } = await accepted(there.mission.id, { series, tables: 1, requests: everyone(there, 5) });
    const { text, headers } = await staff.get(`/v1/meeting-plans/${id}.csv`).expect(200);
    expect(headers['content-type']).toMatch(/^text\/csv/);
    const [line] = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(line).toMatchObject({
      ...{ start: '2027-05-05 09:00', end: '2027-05-05 09:20', table: '1', priority: '5' },
      ...{ delegate: "'=Şəhriyar <Əliağaoğlu> & Щербаков", host: 'An "organization" with a name too long for a cell' },
    });
    const svg = async (query = '') => {
      const answer = await staff.get(`/v1/meeting-plans/${id}.svg${query}`).expect(200);
      expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/);
      return (answer.body as Buffer).toString();
    };
    const picture = await svg();
    expect(picture).toContain('=Şəhriyar &lt;Əliağaoğlu&gt; &amp; Щербаков');
    expect(picture).toContain('<title>Break, 40 min</title>');
    expect(picture).toContain(
      'An &quot;organization&quot; with a name too long for a cell, table 1, priority 5</title>',
    );
    expect(picture).toMatch(/>An &quot;[^<]*…<\/text>/);
    expect(await svg('?by=host')).toMatch(/>An &quot;organization&quot;[^<]*<\/text>/);
    await staff.get(`/v1/meeting-plans/${id}.svg?by=table`).expect(400);
    await staff.get(`/v1/meeting-plans/${NOBODY}.svg`).expect(404);
  });

  it('do not tell those who may not see a meeting that it came of a plan', async () => {
    const there = await visit(1, 1);
    const { id, assignments } = await accepted(there.mission.id, {
      slots: slots(1),
      tables: 1,
      requests: everyone(there),
    });
    const restricted = { visibility: 'restricted' };
    await staff.patch(`/v1/side-meetings/${assignments[0].meetingId}`).send(restricted).expect(200);
    const viewer = await api.as('viewer');
    const seen = async (client: Client) =>
      (await client.get(`/v1/meeting-plans/${id}`).expect(200)).body.assignments[0];
    expect((await seen(viewer)).meetingId).toBeNull();
    expect((await seen(staff)).meetingId).toBe(assignments[0].meetingId);
  });

  describe('while a worker is at them', () => {
    interface Runner {
      solve: typeof solveTimetable;
      stopping: boolean;
    }
    const runner = () => api.app.get<unknown, Runner>(MeetingPlansRunner);
    /** Failures are told in the log too. */
    beforeEach(() => jest.spyOn(Logger.prototype, 'error').mockImplementation());
    afterEach(() => {
      jest.restoreAllMocks();
      Object.assign(runner(), { solve: solveTimetable, stopping: false });
    });

    /** A plan whose solver begins, and ends only when it is told to. */
    async function begun() {
      const there = await visit(1, 1);
      const { body } = await ask(there.mission.id, { slots: slots(1), tables: 1, requests: everyone(there) }).expect(
        202,
      );
      let worked: Promise<void> = Promise.resolve();
      await new Promise<void>((resolve) => {
        runner().solve = (_, { signal, onProgress }) => {
          onProgress?.({ phase: 'improving', score: 1, upperBound: 3, gap: 0.667 });
          resolve();
          return new Promise((_done, reject) =>
            signal?.addEventListener('abort', () => reject(signal.reason as Error)),
          );
        };
        worked = work(body.id as string);
      });
      return { id: body.id as string, worked };
    }
    const stored = async (id: string) =>
      (await api.database.query('SELECT status, attempts, lease, score FROM meeting_plans WHERE id = $1', [id]))[0];

    it('stop being solved when people call them off', async () => {
      const { id, worked } = await begun();
      expect(await get(id)).toMatchObject({ status: 'solving', progress: { percent: expect.any(Number) } });
      await staff.post(`/v1/meeting-plans/${id}/cancellation`).expect(200);
      await worked;
      expect(await stored(id)).toMatchObject({ status: 'cancelled', lease: null, score: null });
    });

    it('are given back when the worker ends', async () => {
      const { id, worked } = await begun();
      api.app.get(MeetingPlansRunner).beforeApplicationShutdown();
      await worked;
      expect(await stored(id)).toEqual({ status: 'solving', attempts: 0, lease: null, score: null });
    });

    it('belong to whoever has taken them over', async () => {
      const { id, worked } = await begun();
      await api.database.query('UPDATE meeting_plans SET lease = $2 WHERE id = $1', [id, NOBODY]);
      await worked;
      expect(await stored(id)).toMatchObject({ status: 'solving', lease: NOBODY, score: null });
    });

    it('fail with the reason when the checker refuses the timetable, and nothing of it is kept', async () => {
      const there = await visit(1, 1);
      const { body } = await ask(there.mission.id, { slots: slots(1), tables: 1, requests: everyone(there) }).expect(
        202,
      );
      runner().solve = async (problem, options) => ({ ...(await solveTimetable(problem, options)), score: 5 });
      await work(body.id as string);
      expect(await get(body.id as string)).toMatchObject({
        ...{ status: 'failed', score: null, assignments: [], unmet: [] },
        failure: expect.stringContaining('refused by its checker'),
      });
      await accept(body.id as string).expect(409);
    });

    it('are given up after three attempts that failed', async () => {
      const there = await visit(1, 1);
      const { body } = await ask(there.mission.id, { slots: slots(1), tables: 1, requests: everyone(there) }).expect(
        202,
      );
      runner().solve = () => Promise.reject(new Error('out of memory'));
      for (let attempt = 1; attempt <= 4; attempt++) {
        await work(body.id as string);
        await api.database.query('UPDATE meeting_plans SET lease_until = NULL WHERE id = $1', [body.id]);
      }
      expect(await get(body.id as string)).toMatchObject({
        status: 'failed',
        failure: expect.stringMatching(/out of memory/),
      });
    });
  });
});
