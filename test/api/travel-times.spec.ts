import { v7 } from 'uuid';
import { AvailabilityReader, BookingsService, type BookingConflict, DoubleBooked, type Override } from '#calendar';
import { inScope } from '#database';
import { faults, MeetingGround, scheduled } from '../factories/side-meetings.js';
import type { Client } from '../support/test-api.js';

const STATE = 'Department of State';
const WILLARD = 'Willard Hotel, Washington';

let ground: MeetingGround;
let staff: Client;
let manager: Client;

beforeAll(async () => {
  ground = await MeetingGround.open();
  ({ staff, manager } = ground);
});
afterAll(() => ground.api.close());
afterEach(() => ground.api.database.query('DELETE FROM travel_times'));

/** Minutes after nine in the morning of 10 March 2026, UTC. */
const at = (minutes: number) => new Date(Date.UTC(2026, 2, 10, 9, minutes));

async function record(type: string, title: string, visibility = 'internal'): Promise<string> {
  const id = v7();
  const sql = 'INSERT INTO records (id, type, title, search_key, visibility) VALUES ($1, $2, $3, $3, $4)';
  await ground.api.database.query(sql, [id, type, title, visibility]);
  return id;
}

const person = () => record('person', 'Elnur Aliyev');
const meeting = () => record('side_meeting', 'Talks');
const asks = (values: object = {}) => manager.post('/v1/travel-times').send(values).expect(201);

interface Booked {
  about?: string;
  person: string;
  place: string | null;
  from: number;
  to: number;
  override?: Override;
}

/** The subject's id. */
async function book({ about, person, place, from, to, override }: Booked): Promise<string> {
  const id = about ?? (await meeting());
  const span = { startsAt: at(from), endsAt: at(to), place };
  await ground.api.app.get(BookingsService).book(id, span, [{ id: person, kind: 'person' }], override);
  return id;
}

async function refused(booked: Booked): Promise<BookingConflict[]> {
  const error: unknown = await book(booked).catch((thrown: unknown) => thrown);
  if (!(error instanceof DoubleBooked)) throw new Error(`Expected a double booking, got ${String(error)}`);
  return error.conflicts;
}

/** The way that somebody has no time for, from one place to the other; undefined where nothing stands against it. */
async function way(from: string | null, to: string | null): Promise<string | undefined> {
  const guest = await person();
  await book({ person: guest, place: from, from: 0, to: 60 });
  try {
    await book({ person: guest, place: to, from: 60, to: 120 });
    return undefined;
  } catch (error) {
    if (!(error instanceof DoubleBooked)) throw error;
    return error.conflicts[0]?.travelTime;
  }
}

describe('the way from place to place', () => {
  it('takes no time until somebody says how long it takes', async () => {
    expect(await way(STATE, WILLARD)).toBeUndefined();
    await asks({ enabled: false });
    expect(await way(STATE, WILLARD)).toBeUndefined();
  });

  it('takes a quarter of an hour unless said otherwise: whoever has less is told what is where, and how long the way is', async () => {
    await asks();
    const guest = await person();
    const first = await book({ person: guest, place: STATE, from: 0, to: 60 });
    await book({ person: guest, place: WILLARD, from: 75, to: 90 });
    const conflicts = await refused({ person: guest, place: STATE, from: 60, to: 76 });
    expect(conflicts).toMatchObject([{ code: 'overlap', place: WILLARD }]);
    expect(await refused({ person: guest, place: WILLARD, from: 60, to: 75 })).toMatchObject([
      {
        code: 'travel',
        travelTime: 'PT15M',
        resource: { type: 'person', id: guest },
        about: { type: 'side_meeting', id: first },
        startsAt: '2026-03-10T09:00:00Z',
        endsAt: '2026-03-10T10:00:00Z',
        place: STATE,
        wanted: { startsAt: '2026-03-10T10:00:00Z', endsAt: '2026-03-10T10:15:00Z', place: WILLARD },
      },
    ]);
  });

  it('is as long before something as after it', async () => {
    await asks();
    const guest = await person();
    await book({ person: guest, place: STATE, from: 60, to: 120 });
    await refused({ person: guest, place: WILLARD, from: 0, to: 46 });
    await book({ person: guest, place: WILLARD, from: 0, to: 45 });
  });

  it.each([
    ['is not known on one side', STATE, null],
    ['is the same', STATE, STATE],
    ['is spelled otherwise', 'Şəki Xan Sarayı', 'SHAKI XAN SARAYI'],
    ['is said more exactly', 'Willard Hotel', 'Willard Hotel, Crystal Room, Washington'],
    ['says nothing', STATE, '—'],
  ])('takes no time where the place %s', async (_what, from, to) => {
    await asks();
    expect(await way(from, to)).toBeUndefined();
    expect(await way(to, from)).toBeUndefined();
  });

  it('is told by the most specific rule, in either direction', async () => {
    await asks({ duration: 'PT15M' });
    await asks({ fromPlace: 'State Department of the United States', duration: 'PT5M' });
    await asks({ toPlace: 'Department of State', duration: 'PT30M' });
    await asks({ fromPlace: 'Willard Hotel', toPlace: 'department of state', duration: 'PT20M' });
    expect(await way(WILLARD, STATE)).toBe('PT20M');
    expect(await way(STATE, WILLARD)).toBe('PT20M');
    expect(await way('EXIM', STATE)).toBe('PT30M');
    expect(await way(STATE, 'EXIM')).toBe('PT30M');
    expect(await way('EXIM', WILLARD)).toBe('PT15M');
    await asks({ fromPlace: 'EXIM', duration: 'PT45M' });
    expect(await way(STATE, 'EXIM')).toBe('PT45M');
    await asks({ fromPlace: 'EXIM', toPlace: STATE, duration: 'PT0S' });
    expect(await way(STATE, 'EXIM')).toBeUndefined();
  });

  it('to a city says nothing of ways within it', async () => {
    await asks({ fromPlace: 'Baku', duration: 'PT1H' });
    expect(await way('Flame Towers, Baku', 'Sumqayit')).toBe('PT1H');
    expect(await way('Flame Towers, Baku', 'SOCAR Tower, Baku')).toBeUndefined();
  });

  it('is no way for a room', async () => {
    await asks();
    const hall = { id: await record('room', 'Hall'), kind: 'room' as const };
    const bookings = ground.api.app.get(BookingsService);
    await bookings.book(await meeting(), { startsAt: at(0), endsAt: at(60), place: STATE }, [hall]);
    await bookings.book(await meeting(), { startsAt: at(60), endsAt: at(90), place: WILLARD }, [hall]);
  });

  it('may be ignored for a reason, which counts until time or place change', async () => {
    await asks();
    const guest = await person();
    await book({ person: guest, place: STATE, from: 0, to: 60 });
    const override = { reason: 'Goes by car' };
    const close = { person: guest, place: WILLARD, from: 65, to: 90 };
    const about = await book({ ...close, override });
    expect(await firmness(about)).toEqual([{ firm: false, reason: 'Goes by car' }]);
    await book({ ...close, about });
    await refused({ ...close, about, place: 'EXIM' });
    await refused({ ...close, about, from: 64 });
    expect(await firmness(about)).toEqual([{ firm: false, reason: 'Goes by car' }]);
  });

  it('is no longer too far once the other lets go', async () => {
    await asks();
    const guest = await person();
    const first = await book({ person: guest, place: STATE, from: 0, to: 60 });
    const about = await book({ person: guest, place: WILLARD, from: 65, to: 90, override: { reason: 'Goes by car' } });
    await ground.api.app.get(BookingsService).release(first);
    expect(await firmness(about)).toEqual([{ firm: true, reason: null }]);
  });

  it('moves nothing when it begins to count: what is booked stays, and is asked only when it moves', async () => {
    const guest = await person();
    await book({ person: guest, place: STATE, from: 0, to: 60 });
    const late = { person: guest, place: WILLARD, from: 60, to: 90 };
    const about = await book(late);
    await asks();
    await book({ ...late, about });
    await book({ ...late, about, to: 80 });
    await refused({ ...late, about, place: 'EXIM' });
    await refused({ ...late, about, from: 61, to: 91 });
    await book({ ...late, about, from: 75, to: 90 });
    await refused({ ...late, about });
  });

  it('does not give away where a confidential meeting is', async () => {
    await asks();
    const [guest, secret] = [await person(), await record('side_meeting', 'Secret', 'restricted')];
    await book({ about: secret, person: guest, place: STATE, from: 0, to: 60 });
    const actor = { kind: 'user' as const, id: v7(), name: 'Leyla', role: 'staff' as const };
    await inScope({ actor }, async () => {
      const [conflict] = await refused({ person: guest, place: WILLARD, from: 60, to: 90 });
      expect(conflict).toMatchObject({ code: 'travel', about: { restricted: true }, place: null });
      const question = { personIds: [guest], roomIds: [], from: at(0), to: at(90) };
      const [busy] = await ground.api.app.get(AvailabilityReader).busy(question);
      expect(busy?.busy).toMatchObject([{ about: { restricted: true }, place: null }]);
    });
  });

  it('counts among many that are booked at once, too', async () => {
    await asks();
    const guest = await person();
    const subjects = await Promise.all(
      [STATE, WILLARD, 'EXIM'].map(async (place, n) => ({
        aboutId: await meeting(),
        span: { startsAt: at(n * 30), endsAt: at(n * 30 + 20), place },
        resources: [{ id: guest, kind: 'person' as const }],
      })),
    );
    await expect(ground.api.app.get(BookingsService).bookAll(subjects)).rejects.toMatchObject({
      message: 'Elnur Aliyev cannot get from one place to the other in time.',
      conflicts: [
        { code: 'travel', place: STATE, wanted: { place: WILLARD } },
        { code: 'travel', place: WILLARD, wanted: { place: 'EXIM' } },
      ],
    });
  });

  const firmness = (about: string) =>
    ground.api.database.query('SELECT firm, override_reason AS reason FROM bookings WHERE about_id = $1', [about]);
});

describe('people on their way to a conference', () => {
  let conference: { id: string };
  let hall: { id: string };
  let salon: { id: string };
  let speaker: { id: string };
  let session: { id: string };

  beforeEach(async () => {
    const fields = { name: 'Forum', timeZone: 'America/New_York', venue: 'Willard Hotel', city: 'Washington' };
    const days = { startsAt: '2027-03-10T08:00', endsAt: '2027-03-10T20:00' };
    conference = await ground.created('/v1/conferences', { ...fields, ...days });
    hall = await ground.created(`/v1/conferences/${conference.id}/rooms`, { name: 'Hall' });
    salon = await ground.created(`/v1/conferences/${conference.id}/rooms`, { name: 'Salon' });
    speaker = await ground.somebody();
    session = await ground.created(`/v1/conferences/${conference.id}/sessions`, {
      ...{ title: 'Opening', kind: 'panel', roomId: hall.id },
      ...{ startsAt: '2027-03-10T10:00', endsAt: '2027-03-10T11:00' },
    });
    await staff.post(`/v1/sessions/${session.id}/speakers`).send({ personId: speaker.id, role: 'speaker' }).expect(201);
  });

  const talks = (values: object) => ({
    ...{ title: 'Talks', kind: 'bilateral', status: 'scheduled', timeZone: 'America/New_York' },
    ...{ startsAt: '2027-03-10T11:00', endsAt: '2027-03-10T12:00' },
    participants: [{ personId: speaker.id, side: 'host' }],
    ...values,
  });
  const patch = (values: object) => staff.patch(`/v1/conferences/${conference.id}`).send(values);
  const placeOf = async (aboutId: string) =>
    (await ground.api.database.queryOne<{ place: string }>('SELECT place FROM bookings WHERE about_id = $1', [aboutId]))
      ?.place;

  it('need no time from one room of the venue to another, and some to a meeting elsewhere', async () => {
    await asks();
    const elsewhere = talks({ location: 'EXIM Bank' });
    const { body } = await staff.post('/v1/side-meetings').send(elsewhere).expect(409);
    expect(body).toMatchObject({
      code: 'double_booked',
      conflicts: [{ code: 'travel', travelTime: 'PT15M', about: { title: 'Opening' }, place: WILLARD }],
    });
    await staff
      .post('/v1/side-meetings')
      .send({ ...elsewhere, override: { reason: 'Goes by car' } })
      .expect(201);
    await staff
      .post('/v1/side-meetings')
      .send(talks({ startsAt: '2027-03-10T09:00', endsAt: '2027-03-10T10:00', roomId: salon.id }))
      .expect(201);
  });

  it('are asked when it moves towards what does not move along, and it keeps its place', async () => {
    const far = { startsAt: '2027-03-11T11:00', endsAt: '2027-03-11T12:00', location: 'EXIM Bank' };
    await staff.post('/v1/side-meetings').send(talks(far)).expect(201);
    await asks();
    const next = { startsAt: '2027-03-11T08:00', endsAt: '2027-03-11T20:00', moveSessions: true };
    const { body } = await patch(next).expect(409);
    expect(body.conflicts).toMatchObject([{ code: 'travel', place: 'EXIM Bank', wanted: { place: WILLARD } }]);
    await patch({ ...next, override: { reason: 'Goes by car' } }).expect(200);
    expect(await placeOf(session.id)).toBe(WILLARD);
    const held = 'SELECT firm, override_reason AS reason FROM bookings WHERE about_id = $1 ORDER BY firm';
    expect(await ground.api.database.query(held, [session.id])).toEqual([
      { firm: false, reason: 'Goes by car' },
      { firm: true, reason: null },
    ]);
  });

  it('are asked when its venue becomes another, with all that has one of its rooms', async () => {
    const { body: inSalon } = await staff
      .post('/v1/side-meetings')
      .send(talks({ roomId: salon.id }))
      .expect(201);
    const after = { startsAt: '2027-03-10T12:05', endsAt: '2027-03-10T13:00', location: 'Willard Hotel' };
    await staff.post('/v1/side-meetings').send(talks(after)).expect(201);
    await asks();
    await patch({ venue: 'Willard Hotel, Crystal Room' }).expect(200);
    const { body } = await patch({ venue: 'Kennedy Center' }).expect(409);
    expect(body.conflicts).toMatchObject([
      { code: 'travel', wanted: { startsAt: '2027-03-10T16:00:00Z', place: 'Kennedy Center, Washington' } },
    ]);
    await patch({ venue: 'Kennedy Center', override: { reason: 'Goes by car' } }).expect(200);
    expect([await placeOf(session.id), await placeOf(inSalon.id)]).toEqual(Array(2).fill('Kennedy Center, Washington'));
  });
});

describe('travel times', () => {
  it('are kept by managers and read by everybody', async () => {
    const viewer = await ground.api.as('viewer');
    await staff.post('/v1/travel-times').send({}).expect(403);
    const { body, headers } = await asks({ fromPlace: ' Willard Hotel ', duration: 'PT20M' });
    expect(body).toMatchObject({
      fromPlace: 'Willard Hotel',
      toPlace: null,
      duration: 'PT20M',
      enabled: true,
      version: 1,
    });
    expect(headers.location).toBe(`/v1/travel-times/${body.id}`);
    expect((await viewer.get(`/v1/travel-times/${body.id}`).expect(200)).headers.etag).toBe('"1"');
    expect((await viewer.get('/v1/travel-times?filter[enabled]=true').expect(200)).body.data).toMatchObject([
      { id: body.id },
    ]);
    await staff.patch(`/v1/travel-times/${body.id}`).send({ enabled: false }).expect(403);
    await manager.patch(`/v1/travel-times/${body.id}`).set('If-Match', '"2"').send({ enabled: false }).expect(412);
    const changed = await manager
      .patch(`/v1/travel-times/${body.id}`)
      .send({ fromPlace: null, toPlace: STATE })
      .expect(200);
    expect(changed.body).toMatchObject({ fromPlace: null, toPlace: STATE, duration: 'PT20M', version: 2 });
    await manager.delete(`/v1/travel-times/${body.id}`).expect(204);
    expect((await viewer.get('/v1/travel-times').expect(200)).body.data).toEqual([]);
    await asks({ toPlace: STATE });
  });

  it('are one for one way, in whichever direction, also when many say it at once', async () => {
    const said = [
      { fromPlace: STATE, toPlace: WILLARD },
      { fromPlace: WILLARD.toUpperCase(), toPlace: STATE },
    ];
    const answers = await Promise.all([...said, ...said].map((body) => manager.post('/v1/travel-times').send(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const [first] = answers.filter(({ status }) => status === 201);
    const { body } = await manager.post('/v1/travel-times').send(said[1]).expect(409);
    expect(body).toMatchObject({ code: 'travel_time_exists', existingId: first?.body.id });
  });

  it('may lead to any place, but always take a time', async () => {
    const { body } = await asks({ fromPlace: STATE });
    const nothing = { fromPlace: null, duration: null, enabled: null };
    const answer = await manager.patch(`/v1/travel-times/${body.id}`).send(nothing).expect(422);
    expect(new Set(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer))).toEqual(
      new Set(['/duration', '/enabled']),
    );
  });

  it.each([
    [{ duration: 'PT25H' }, ['/duration out_of_range']],
    [{ duration: 'P' }, ['/duration bad_duration']],
    [{ fromPlace: 'EXIM', toPlace: 'exim' }, ['/toPlace same_place']],
  ])('are refused where they make no sense: %j', async (body, expected) => {
    expect(faults((await manager.post('/v1/travel-times').send(body).expect(422)).body)).toEqual(expected);
  });
});

describe('the night in which Washington sets its clocks forward', () => {
  it('shows a clash on both sides: nine hours apart when it begins, eight when it ends', async () => {
    const guest = await ground.somebody();
    const call = { kind: 'call', participants: [{ personId: guest.id, side: 'visiting' }] };
    // Clocks skip 02:00–03:00 on 8 March 2026: 01:30 EST is 06:30 UTC, 03:30 EDT an hour later. Baku is UTC+4.
    const night = { timeZone: 'America/New_York', startsAt: '2026-03-08T01:30', endsAt: '2026-03-08T03:30' };
    const { body: first } = await staff
      .post('/v1/side-meetings')
      .send(scheduled({ ...call, ...night }))
      .expect(201);
    const both = [
      { timeZone: 'America/New_York', startsAt: '2026-03-08T01:30:00', endsAt: '2026-03-08T03:30:00' },
      { timeZone: 'Asia/Baku', startsAt: '2026-03-08T10:30:00', endsAt: '2026-03-08T11:30:00' },
    ];
    expect(first).toMatchObject({ startsAt: '2026-03-08T06:30:00Z', endsAt: '2026-03-08T07:30:00Z', localTimes: both });
    const baku = { timeZone: 'Asia/Baku', startsAt: '2026-03-08T11:29', endsAt: '2026-03-08T12:00' };
    const { body } = await staff
      .post('/v1/side-meetings')
      .send(scheduled({ ...call, ...baku }))
      .expect(409);
    expect(body.conflicts).toMatchObject([{ code: 'overlap', about: { id: first.id }, localTimes: both }]);
    await staff
      .post('/v1/side-meetings')
      .send(scheduled({ ...call, ...baku, startsAt: '2026-03-08T11:30' }))
      .expect(201);
  });

  it('has no clock times for a conference of which only the day is known', async () => {
    const day = { startsAt: '2026-03-08T00:00', datePrecision: 'day', timeZone: 'America/New_York' };
    expect(await ground.created('/v1/conferences', { name: 'Some day', ...day })).toMatchObject({ localTimes: [] });
  });
});
