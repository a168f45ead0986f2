import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { AuditModule } from '#audit';
import { AvailabilityReader, type BookableResource, BookingsService, CalendarModule, DoubleBooked } from '#calendar';
import { type Actor, Database, DatabaseModule, inScope } from '#database';
import { RecordsModule } from '#records';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 10, hour));
const span = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });
const STAFF: Actor = { kind: 'user', id: v7(), name: 'Leyla', role: 'staff' };

describe('the calendar of people and rooms', () => {
  let testDatabase: TestDatabase;
  let module: TestingModule;
  let database: Database;
  let bookings: BookingsService;
  let availability: AvailabilityReader;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    module = await Test.createTestingModule({
      imports: [DatabaseModule.forRoot(testDatabase.url, 20), AuditModule, RecordsModule, CalendarModule],
    }).compile();
    await module.init();
    database = module.get(Database);
    bookings = module.get(BookingsService);
    availability = module.get(AvailabilityReader);
  });

  afterAll(async () => {
    await module?.close();
    await testDatabase?.drop();
  });

  async function record(type: string, title: string, visibility = 'internal'): Promise<string> {
    const sql = 'INSERT INTO records (id, type, title, search_key, visibility) VALUES ($1, $2, $3, $3, $4)';
    const id = v7();
    await database.query(sql, [id, type, title, visibility]);
    return id;
  }

  const person = async (name = 'Elnur Aliyev'): Promise<BookableResource> => ({
    id: await record('person', name),
    kind: 'person',
  });
  const room = async (): Promise<BookableResource> => ({ id: await record('room', 'Hall A'), kind: 'room' });
  const meeting = (title = 'Meeting', visibility?: string) => record('side_meeting', title, visibility);
  const heldBy = (aboutId: string) =>
    database.query('SELECT resource_id, firm, override_reason FROM bookings WHERE about_id = $1 ORDER BY 1', [aboutId]);

  async function refused(attempt: Promise<void>): Promise<DoubleBooked> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(DoubleBooked);
    return error as DoubleBooked;
  }

  it('lets exactly one of 200 simultaneous bookings of one person win, and tells the others why', async () => {
    const [guest, ...meetings] = await Promise.all([person(), ...Array.from({ length: 200 }, () => meeting())]);
    const results = await Promise.allSettled(meetings.map((id) => bookings.book(id, span(9, 10), [guest])));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(lost).toHaveLength(199);
    expect(lost.filter((reason) => !(reason instanceof DoubleBooked && reason.conflicts.length === 1))).toEqual([]);
  });

  it('gives each hour to one of 30, round after round, whatever else they want', async () => {
    const [guest, ...others] = await Promise.all(Array.from({ length: 4 }, () => person()));
    const before = await deadlocks();
    for (const hour of [9, 10, 11]) {
      const meetings = await Promise.all(Array.from({ length: 30 }, () => meeting()));
      const wanted = (n: number) => (n % 2 ? [guest, ...others] : [...others, guest]) as BookableResource[];
      const subject = (aboutId: string, n: number) => ({ aboutId, span: span(hour, hour + 1), resources: wanted(n) });
      const results = await Promise.allSettled(meetings.map((id, n) => bookings.bookAll([subject(id, n)])));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(lost.filter((reason) => !(reason instanceof DoubleBooked && reason.conflicts.length === 4))).toEqual([]);
    }
    expect(await deadlocks()).toBe(before);
  });

  it('never deadlocks when many want the same people in different orders', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, () => person()));
    const meetings = await Promise.all(Array.from({ length: 40 }, () => meeting()));
    const before = await deadlocks();
    const order = (i: number) => (i % 2 ? people : people.toReversed());
    await Promise.allSettled(meetings.map((id, i) => bookings.book(id, span(9, 10), order(i))));
    const held = await Promise.all(meetings.map(heldBy));
    expect(held.filter((rows) => rows.length > 0).map((rows) => rows.length)).toEqual([100]);
    expect(await deadlocks()).toBe(before);
  });

  async function deadlocks(): Promise<number> {
    await database.query('SELECT pg_stat_force_next_flush()');
    const row = await database.queryOne<{ n: number }>(
      'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
    );
    return row?.n ?? -1;
  }

  it('lets one thing begin when another ends', async () => {
    const guest = await person();
    await bookings.book(await meeting(), span(9, 10), [guest]);
    await bookings.book(await meeting(), span(10, 11), [guest]);
    await refused(bookings.book(await meeting(), { startsAt: at(9), endsAt: new Date(at(10).getTime() + 1) }, [guest]));
  });

  it('names who is held, for what, and when', async () => {
    const guest = await person('Su Le');
    const about = await meeting('Breakfast');
    await bookings.book(about, span(8, 9), [guest]);
    const { conflicts, message } = await refused(bookings.book(await meeting(), span(8, 10), [guest]));
    expect(message).toContain('Su Le');
    expect(conflicts).toEqual([
      {
        resource: { type: 'person', id: guest.id, title: 'Su Le' },
        about: { type: 'side_meeting', id: about, title: 'Breakfast' },
        code: 'overlap',
        startsAt: '2026-03-10T08:00:00Z',
        endsAt: '2026-03-10T09:00:00Z',
        localTimes: [
          { timeZone: 'America/New_York', startsAt: '2026-03-10T04:00:00', endsAt: '2026-03-10T05:00:00' },
          { timeZone: 'Asia/Baku', startsAt: '2026-03-10T12:00:00', endsAt: '2026-03-10T13:00:00' },
        ],
        place: null,
        wanted: { startsAt: '2026-03-10T08:00:00Z', endsAt: '2026-03-10T10:00:00Z', place: null },
      },
    ]);
  });

  it('hides what is confidential from those who may not see it', async () => {
    const guest = await person();
    const secret = await meeting('Secret', 'restricted');
    const other = await meeting();
    await bookings.book(secret, span(8, 9), [guest]);
    const { conflicts } = await inScope({ actor: STAFF }, () => refused(bookings.book(other, span(8, 9), [guest])));
    expect(conflicts[0]?.about).toEqual({ type: 'side_meeting', restricted: true });
    const question = { personIds: [guest.id], roomIds: [], from: at(0), to: at(23) };
    const [busy] = await inScope({ actor: STAFF }, () => availability.busy(question));
    expect(JSON.stringify(busy)).not.toContain(secret);
    expect(busy?.busy).toMatchObject([{ ...span(8, 9), about: { restricted: true } }]);
  });

  it('moves what a subject holds when it is planned anew, and frees the old time', async () => {
    const [guest, hall, about] = [await person(), await room(), await meeting()];
    await bookings.book(about, span(8, 9), [guest, hall]);
    await bookings.book(about, span(8, 10), [guest]);
    await bookings.book(await meeting(), span(8, 9), [hall]);
    expect(await heldBy(about)).toEqual([{ resource_id: guest.id, firm: true, override_reason: null }]);
  });

  it('writes nothing when the new time is taken', async () => {
    const [guest, about] = [await person(), await meeting()];
    await bookings.book(about, span(8, 9), [guest]);
    await bookings.book(await meeting(), span(11, 12), [guest]);
    await refused(bookings.book(about, span(11, 12), [guest]));
    const question = { personIds: [guest.id], roomIds: [], from: at(0), to: at(23) };
    const [busy] = await availability.busy(question);
    expect(busy?.busy).toMatchObject([span(8, 9), span(11, 12)]);
  });

  it('lets go of everything when a subject is released', async () => {
    const [guest, about] = [await person(), await meeting()];
    await bookings.book(about, span(8, 9), [guest]);
    await bookings.release(about);
    await bookings.book(await meeting(), span(8, 9), [guest]);
    expect(await heldBy(about)).toEqual([]);
  });

  it('double-books a person on purpose only, and keeps the reason in the audit trail', async () => {
    const [guest, free, about] = [await person(), await person(), await meeting()];
    await bookings.book(await meeting('First'), span(8, 9), [guest]);
    await bookings.book(about, span(8, 9), [guest, free], { reason: 'Leaves the first one early' });
    expect(await heldBy(about)).toEqual(
      expect.arrayContaining([
        { resource_id: guest.id, firm: false, override_reason: 'Leaves the first one early' },
        { resource_id: free.id, firm: true, override_reason: null },
      ]),
    );
    const entries = await database.query('SELECT action, after FROM audit_entries WHERE about_id = $1', [about]);
    expect(entries).toMatchObject([
      { action: 'booking_overridden', after: { reason: 'Leaves the first one early', conflicts: [{}] } },
    ]);
  });

  it('remembers an override while the time stays, and asks again when it moves', async () => {
    const [guest, late, about] = [await person(), await person(), await meeting()];
    await bookings.book(await meeting(), span(8, 10), [guest]);
    await bookings.book(about, span(8, 9), [guest], { reason: 'Agreed by phone' });
    await bookings.book(about, span(8, 9), [guest, late]);
    await refused(bookings.book(about, span(9, 10), [guest, late]));
  });

  it('keeps an earlier reason when somebody else is let in for another, and audits the newcomer alone', async () => {
    const [guest, late, about] = [await person('Su Le'), await person('Elnur Aliyev'), await meeting()];
    await bookings.book(await meeting(), span(8, 10), [guest, late]);
    await bookings.book(about, span(8, 9), [guest], { reason: 'Agreed by phone' });
    await bookings.book(about, span(8, 9), [guest, late], { reason: 'Leaves early' });
    expect(await heldBy(about)).toEqual([
      { resource_id: guest.id, firm: false, override_reason: 'Agreed by phone' },
      { resource_id: late.id, firm: false, override_reason: 'Leaves early' },
    ]);
    const entries = await database.query<{ after: { reason: string; conflicts: object[] } }>(
      'SELECT after FROM audit_entries WHERE about_id = $1 ORDER BY id',
      [about],
    );
    expect(entries.map(({ after }) => [after.reason, after.conflicts])).toMatchObject([
      ['Agreed by phone', [{ resource: { id: guest.id } }]],
      ['Leaves early', [{ resource: { id: late.id } }]],
    ]);
    expect(entries[1]?.after.conflicts).toHaveLength(1);
  });

  it('leaves alone what stays as it is when somebody joins, leaves or is let in', async () => {
    const [first, second, late] = [await person(), await person(), await person()];
    const abouts = [await meeting(), await meeting()];
    const rows = () =>
      database.query('SELECT id, xmin::text, resource_id FROM bookings WHERE about_id = ANY($1) ORDER BY id', [abouts]);
    const all = (...resources: BookableResource[]) =>
      abouts.map((aboutId, n) => ({ aboutId, span: span(8 + n, 9 + n), resources }));
    await bookings.book(await meeting(), span(8, 9), [second]);
    await bookings.bookAll(all(first, second), { reason: 'Agreed by phone' });
    const before = await rows();
    await bookings.bookAll(all(first, late, second));
    const after = await rows();
    expect(after).toHaveLength(6);
    expect(after).toEqual(expect.arrayContaining(before));
    await bookings.bookAll(all(second, first));
    expect(await rows()).toEqual(before);
  });

  it('counts a person who was double-booked on purpose as held by both', async () => {
    const [guest, first, second] = [await person(), await meeting('First'), await meeting('Second')];
    await bookings.book(first, span(8, 9), [guest]);
    await bookings.book(second, span(8, 9), [guest], { reason: 'Agreed by phone' });
    const { conflicts } = await refused(bookings.book(await meeting(), span(8, 9), [guest]));
    expect(conflicts.map(({ about }) => about)).toMatchObject([{ id: first }, { id: second }]);
    await bookings.book(first, span(8, 9), [guest]);
    expect(await heldBy(first)).toMatchObject([{ firm: true }]);
    expect(await heldBy(second)).toMatchObject([{ firm: false, override_reason: 'Agreed by phone' }]);
  });

  it('makes what was double-booked firm when the first is released, and then refuses a third', async () => {
    const [guest, first, second] = [await person(), await meeting(), await meeting('Second')];
    await bookings.book(first, span(8, 9), [guest]);
    await bookings.book(second, span(8, 9), [guest], { reason: 'Agreed by phone' });
    await bookings.release(first);
    expect(await heldBy(second)).toEqual([{ resource_id: guest.id, firm: true, override_reason: null }]);
    const { conflicts } = await refused(bookings.book(await meeting(), span(8, 9), [guest]));
    expect(conflicts).toMatchObject([{ about: { id: second } }]);
  });

  it('makes what was double-booked firm when the first moves away or lets the person go', async () => {
    const [guest, other] = [await person(), await person('Su Le')];
    const [first, second] = [await meeting(), await meeting()];
    await bookings.book(first, span(8, 9), [guest, other]);
    await bookings.book(second, span(8, 9), [guest, other], { reason: 'Agreed by phone' });
    await bookings.book(first, span(8, 9), [other]);
    expect(await firmness(second)).toEqual({ [guest.id]: true, [other.id]: false });
    await bookings.book(first, span(9, 10), [other]);
    expect(await firmness(second)).toEqual({ [guest.id]: true, [other.id]: true });
  });

  it('makes the earlier of two firm where both were double-booked over the one that is released', async () => {
    const [guest, ...meetings] = [await person(), await meeting(), await meeting(), await meeting()];
    const [first = '', second = '', third = ''] = meetings;
    await bookings.book(first, span(8, 10), [guest]);
    await bookings.book(second, span(8, 10), [guest], { reason: 'Agreed' });
    await bookings.book(third, span(9, 11), [guest], { reason: 'Agreed as well' });
    await bookings.release(first);
    expect(await firmness(second)).toEqual({ [guest.id]: true });
    expect(await firmness(third)).toEqual({ [guest.id]: false });
    await bookings.book(third, span(9, 11), [guest]);
    await bookings.release(second);
    expect(await firmness(third)).toEqual({ [guest.id]: true });
  });

  it('asks again when a subject grows into the time of one that was double-booked', async () => {
    const [guest, first] = [await person(), await meeting()];
    await bookings.book(first, span(8, 10), [guest]);
    await bookings.book(await meeting(), span(9, 11), [guest], { reason: 'Leaves early' });
    await bookings.book(first, { startsAt: at(8), endsAt: new Date(at(9).getTime() + 60_000) }, [guest]);
    await refused(bookings.book(first, span(8, 11), [guest]));
  });

  async function firmness(aboutId: string): Promise<Record<string, boolean>> {
    const rows = (await heldBy(aboutId)) as { resource_id: string; firm: boolean }[];
    return Object.fromEntries(rows.map((row) => [row.resource_id, row.firm]));
  }

  describe('many subjects at once', () => {
    const subject = (aboutId: string, from: number, to: number, ...resources: BookableResource[]) => ({
      aboutId,
      span: span(from, to),
      resources,
    });

    it('are all booked, or none, and every conflict of all of them is told', async () => {
      const [guest, host, hall, busy] = [await person('Su Le'), await person(), await room(), await meeting('Busy')];
      const [first, second, third] = [await meeting('First'), await meeting('Second'), await meeting('Third')];
      await bookings.book(busy, span(8, 9), [guest]);
      const wanted = [
        subject(first, 8, 9, guest, hall),
        subject(second, 8, 9, host, hall),
        subject(third, 9, 10, host, hall),
      ];
      const { conflicts, message } = await refused(bookings.bookAll(wanted));
      expect(message).toBe('Hall A, Su Le are booked at that time already.');
      expect(conflicts).toMatchObject([
        {
          resource: { id: hall.id },
          about: { id: first, title: 'First' },
          wanted: { startsAt: '2026-03-10T08:00:00Z' },
        },
        { resource: { id: guest.id }, about: { id: busy } },
      ]);
      expect(await Promise.all([first, second, third].map(heldBy))).toEqual([[], [], []]);
    });

    it('may take one another’s places', async () => {
      const [guest, first, second] = [await person(), await meeting(), await meeting()];
      await bookings.bookAll([subject(first, 8, 9, guest), subject(second, 9, 10, guest)]);
      await bookings.bookAll([subject(first, 9, 10, guest), subject(second, 8, 9, guest)]);
      await bookings.bookAll([subject(first, 9, 10), subject(second, 8, 10, guest)]);
      expect([await heldBy(first), await firmness(second)]).toEqual([[], { [guest.id]: true }]);
    });

    it('are let in beside one another for a reason; who is named first goes first, unless the other was there', async () => {
      const [guest, first, second] = [await person(), await meeting(), await meeting()];
      const both = [subject(first, 8, 9, guest), subject(second, 8, 9, guest)];
      await refused(bookings.bookAll(both));
      await bookings.bookAll(both, { reason: 'Agreed by phone' });
      expect([await firmness(first), await firmness(second)]).toEqual([{ [guest.id]: true }, { [guest.id]: false }]);
      await bookings.bookAll(both.toReversed());
      expect([await firmness(first), await firmness(second)]).toEqual([{ [guest.id]: true }, { [guest.id]: false }]);
      const entries = await database.query('SELECT about_id FROM audit_entries WHERE about_id = ANY($1)', [
        [first, second],
      ]);
      expect(entries).toEqual([{ about_id: second }]);
    });

    it('cost as many statements as one', async () => {
      const counted = async (count: number) => {
        const guests = await Promise.all(Array.from({ length: count }, () => person()));
        const subjects = await Promise.all(guests.map(async (guest) => subject(await meeting(), 8, 9, guest)));
        const spy = jest.spyOn(database, 'query');
        await bookings.bookAll(subjects);
        const calls = spy.mock.calls.length;
        spy.mockRestore();
        return calls;
      };
      expect(await counted(50)).toBe(await counted(1));
    });

    it('are nothing to do when there are none', async () => {
      await bookings.bookAll([], { reason: 'Nobody' });
    });
  });

  it('never double-books a room, whatever the reason', async () => {
    const hall = await room();
    await bookings.book(await meeting(), span(8, 9), [hall]);
    await refused(bookings.book(await meeting(), span(8, 9), [hall], { reason: 'It is large' }));
  });

  it('leaves the last word to the database when somebody writes past the service', async () => {
    const [guest, rival, about] = [await person(), await meeting(), await meeting()];
    const client = new Client({ connectionString: testDatabase.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO bookings (id, resource_id, resource_kind, during, about_id, firm)
       VALUES ($1, $2, 'person', tstzrange($3, $4), $5, true)`,
      [v7(), guest.id, at(8), at(9), rival],
    );
    const waiting = refused(bookings.book(about, span(8, 9), [guest]));
    await untilSomebodyWaits();
    await client.query('COMMIT');
    await client.end();
    await waiting;
    expect(await heldBy(about)).toEqual([]);
  });

  it('books who somebody became when they were merged while it waited for its turn', async () => {
    const [kept, gone, about] = [await person('Su Le'), await person('Le Su'), await meeting()];
    const client = new Client({ connectionString: testDatabase.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 50))', [gone.id]);
    const booked = bookings.book(about, span(8, 9), [gone, kept]);
    await untilSomebodyWaits();
    const mergeId = v7();
    await client.query(
      `INSERT INTO merges (id, type, kept_id, merged_ids, kept_before, kept_after, others)
       VALUES ($1, 'person', $2, ARRAY[$3::uuid], '{}', '{}', '[]')`,
      [mergeId, kept.id, gone.id],
    );
    await client.query('INSERT INTO merged_records (id, into_id, merge_id) VALUES ($1, $2, $3)', [
      gone.id,
      kept.id,
      mergeId,
    ]);
    await client.query('COMMIT');
    await client.end();
    await booked;
    expect(await heldBy(about)).toEqual([{ resource_id: kept.id, firm: true, override_reason: null }]);
  });

  async function untilSomebodyWaits(): Promise<void> {
    const sql = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while (!(await database.queryOne(sql))) await new Promise((done) => setTimeout(done, 10));
  }

  it('forgets the bookings of a subject that is deleted for good', async () => {
    const [guest, about] = [await person(), await meeting()];
    await bookings.book(about, span(8, 9), [guest]);
    await database.query('DELETE FROM records WHERE id = $1', [about]);
    expect(await heldBy(about)).toEqual([]);
  });

  it('names ids that are no person or no room when asked who is free', async () => {
    const stranger = v7();
    const question = { personIds: [stranger], roomIds: [], from: at(0), to: at(1) };
    await expect(availability.busy(question)).rejects.toMatchObject({
      errors: [{ parameter: 'personIds', code: 'unknown_record' }],
    });
  });
});
