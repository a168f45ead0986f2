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
        startsAt: '2026-03-10T08:00:00Z',
        endsAt: '2026-03-10T09:00:00Z',
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

  async function untilSomebodyWaits(): Promise<void> {
    const sql = `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'spectoken')`;
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
