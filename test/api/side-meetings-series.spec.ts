import { Client } from 'pg';
import { type Actor, inScope } from '#database';
import { DoubleBooked } from '#calendar';
import { Invalid, NotFound } from '#faults';
import { type MeetingDraft, MeetingSeriesService } from '#side-meetings';
import { as, DAY, day, HOUR, MeetingGround, NOBODY, scheduled } from '../factories/side-meetings.js';

const SLOT = HOUR / 2;

/** A guest meets a host for half an hour in the n-th slot of a day some time ahead. */
const draft = (guest: string, host: string, slot = 0, values: Partial<MeetingDraft> = {}): MeetingDraft => {
  const startsAt = new Date(Date.parse(day(40, 9)) + slot * SLOT);
  return {
    title: `One on one ${slot}`,
    kind: 'one_on_one',
    startsAt,
    endsAt: new Date(startsAt.getTime() + SLOT),
    timeZone: 'America/New_York',
    about: [],
    participants: [
      { personId: guest, side: 'visiting' },
      { personId: host, side: 'host' },
    ],
    ...values,
  };
};

describe('many side meetings at once', () => {
  let on: MeetingGround;
  let series: MeetingSeriesService;
  beforeAll(async () => {
    on = await MeetingGround.open();
    series = on.api.app.get(MeetingSeriesService, { strict: false });
  });
  afterAll(() => on?.api.close());

  const actor = (): Actor => ({ kind: 'user', id: on.staff.id, name: 'The staff', role: 'staff' });
  const asStaff = <T>(work: () => Promise<T>): Promise<T> => inScope({ actor: actor() }, work);
  const schedule = (...drafts: MeetingDraft[]) => asStaff(() => series.scheduleAll(drafts));
  const meeting = async (id: string) => (await on.staff.get(`/v1/side-meetings/${id}`).expect(200)).body;
  const people = (count: number) => Promise.all(Array.from({ length: count }, async () => (await on.somebody()).id));

  /** Statements that the work sends. */
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const query = jest.spyOn(Client.prototype, 'query');
    try {
      await work();
      return query.mock.calls.length;
    } finally {
      query.mockRestore();
    }
  };

  it('are ordinary scheduled meetings: found, booked, reminded of and written down', async () => {
    const [guest = '', first = '', second = ''] = await people(3);
    const about = [{ type: 'conference' as const, id: on.conference.id }];
    const ids = await schedule(
      draft(guest, first, 0, { about, roomId: on.room.id, topics: ['Grids'], sectors: ['energy'] }),
      draft(guest, second, 1, { about, location: 'Lobby' }),
    );
    expect(await meeting(ids[0] ?? '')).toMatchObject({
      title: 'One on one 0',
      status: 'scheduled',
      kind: 'one_on_one',
      visibility: 'internal',
      ownerIds: [on.staff.id],
      roomId: on.room.id,
      about: [{ type: 'conference', id: on.conference.id }],
      topics: ['Grids'],
      participants: [
        { personId: guest, side: 'visiting', participation: 'needs_action' },
        { personId: first, side: 'host' },
      ],
    });
    const of = async (id = '') => [await on.bookings(id), await on.planned(id)];
    expect(await of(ids[0])).toMatchObject([{ length: 3 }, { length: 4 }]);
    expect(await of(ids[1])).toMatchObject([{ length: 2 }, { length: 4 }]);
    const found = await on.staff.get(`/v1/side-meetings?filter[aboutId]=${on.conference.id}&q=grids`).expect(200);
    expect(found.body.data).toMatchObject([{ id: ids[0] }]);
    const audit = await on.manager.get(`/v1/audit-entries?filter[aboutId]=${ids[1]}&sort=at`).expect(200);
    expect(audit.body.data.map(({ action }: { action: string }) => action)).toEqual(['created', 'participants_added']);
    await on.staff.post(`/v1/side-meetings/${ids[1]}/cancellation`).send({}).expect(200);
  });

  it('are refused together, with every clash of all of them', async () => {
    const [guest = '', other = '', host = ''] = await people(3);
    const booked = scheduled({ startsAt: day(40, 9), endsAt: day(40, 10), participants: [as(guest)] });
    const before = await on.logged(booked);
    const counted = await on.counts();
    const refused = schedule(draft(guest, host, 0), draft(other, host, 4), draft(guest, host, 1));
    await expect(refused).rejects.toBeInstanceOf(DoubleBooked);
    const { conflicts } = (await refused.catch((error: unknown) => error)) as DoubleBooked;
    expect(conflicts.filter(({ about }) => 'id' in about && about.id === before.id)).toHaveLength(2);
    expect(await on.counts()).toEqual(counted);
  });

  it('do not clash with one another unseen', async () => {
    const [guest = '', one = '', two = ''] = await people(3);
    await expect(schedule(draft(guest, one, 0), draft(guest, two, 0))).rejects.toBeInstanceOf(DoubleBooked);
  });

  it('are refused with every fault of every draft, and nothing is written', async () => {
    const [guest = '', host = ''] = await people(2);
    const counted = await on.counts();
    const wrong = await schedule(
      draft(guest, NOBODY, 0, { about: [{ type: 'conference', id: NOBODY }], roomId: NOBODY }),
      draft(guest, guest, 1),
      draft(guest, host, 2, { endsAt: new Date(0), participants: [] }),
    ).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(Invalid);
    expect((wrong as Invalid).errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/0/about/0 unknown_record',
      '/0/participants/1/personId unknown_record',
      '/0/roomId unknown_room',
      '/1/participants/1 duplicate_participant',
      '/2/endsAt ends_before_start',
      '/2/participants required',
    ]);
    expect(await on.counts()).toEqual(counted);
  });

  it('move together, even into one another’s places, with bookings, reminders and the news of it', async () => {
    const [guest = '', one = '', two = ''] = await people(3);
    const drafts = [draft(guest, one, 0), draft(guest, two, 1)];
    const [first = '', second = ''] = await schedule(...drafts);
    await on.api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND person_id = $2`,
      [first, guest],
    );
    const swapped = [
      { id: first, ...timesOf(drafts[1]), location: 'Table 2' },
      { id: second, ...timesOf(drafts[0]) },
    ];
    await asStaff(() => series.rescheduleAll(swapped));
    expect(await meeting(first)).toMatchObject({ location: 'Table 2', version: 2, startsAt: instant(drafts[1]) });
    expect(await meeting(second)).toMatchObject({ location: null, startsAt: instant(drafts[0]) });
    const news = await on.api.database.query(
      `SELECT person_id FROM messages WHERE about_id = $1 AND template_key = 'event_moved'`,
      [first],
    );
    expect(news).toEqual([{ person_id: guest }]);
    await expect(asStaff(() => series.rescheduleAll([{ id: NOBODY, ...timesOf(drafts[0]) }]))).rejects.toThrow(
      NotFound,
    );
  });

  it('are called off together; whoever was told hears of it', async () => {
    const [guest = '', host = ''] = await people(2);
    const ids = await schedule(draft(guest, host, 0), draft(guest, host, 1));
    await on.api.database.query(
      `UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = $1 AND person_id = $2`,
      [ids[0], guest],
    );
    await asStaff(() => series.cancelAll(ids, 'The visit is put off'));
    for (const id of ids) {
      expect(await meeting(id)).toMatchObject({ status: 'cancelled', cancellationReason: 'The visit is put off' });
      expect(await on.bookings(id)).toEqual([]);
    }
    expect(await on.planned(ids[0] ?? '')).toMatchObject([{ status: 'planned' }]);
    expect(await on.planned(ids[1] ?? '')).toEqual([]);
  });

  it('stay hidden from those who may not know of them', async () => {
    const [guest = '', host = ''] = await people(2);
    const [id = ''] = await schedule(draft(guest, host, 0));
    await on.staff.patch(`/v1/side-meetings/${id}`).send({ visibility: 'restricted' }).expect(200);
    const stranger: Actor = { kind: 'user', id: on.other.id, name: 'Another', role: 'staff' };
    const cancelled = inScope({ actor: stranger }, () => series.cancelAll([id], 'No'));
    await expect(cancelled).rejects.toThrow(NotFound);
  });

  it('take as many statements as two do', async () => {
    const hosts = await people(12);
    const guests = await people(5);
    const drafts = (offset: number, count: number) =>
      guests.flatMap((guest, g) => hosts.map((host, h) => draft(guest, host, offset + ((g + h) % 12)))).slice(0, count);
    let few: string[] = [];
    let many: string[] = [];
    const cost = {
      two: await statements(async () => (few = await schedule(...drafts(0, 2)))),
      sixty: await statements(async () => (many = await schedule(...drafts(20, 60)))),
    };
    expect(many).toHaveLength(60);
    expect(cost.sixty).toBe(cost.two);
    await on.api.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE about_id = ANY($1)`, [
      [...few, ...many],
    ]);
    const later = (ids: string[], offset: number) =>
      ids.map((id, n) => ({ id, ...timesOf(drafts(offset, 60)[n], DAY) }));
    const moved = {
      two: await statements(() => asStaff(() => series.rescheduleAll(later(few, 0)))),
      sixty: await statements(() => asStaff(() => series.rescheduleAll(later(many, 20)))),
    };
    expect(moved.sixty).toBe(moved.two);
    const cancelled = {
      two: await statements(() => asStaff(() => series.cancelAll(few, 'x'))),
      sixty: await statements(() => asStaff(() => series.cancelAll(many, 'x'))),
    };
    expect(cancelled.sixty).toBe(cancelled.two);
  });
});

function timesOf(of: MeetingDraft | undefined, later = 0) {
  const { startsAt, endsAt } = of as MeetingDraft;
  return { startsAt: new Date(startsAt.getTime() + later), endsAt: new Date(endsAt.getTime() + later) };
}

const instant = (of: MeetingDraft | undefined): string => timesOf(of).startsAt.toISOString().replace('.000Z', 'Z');
