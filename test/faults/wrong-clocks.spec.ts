import { UsersService } from '#access';
import type { ReminderSubject } from '#reminders';
import { ApiProcess } from '../support/api-process.js';
import { DeliveryGround } from '../support/delivery-ground.js';
import { QUEUE_ENGINES } from '../support/queue-engines.js';

jest.setTimeout(300_000);

const HOUR = 3_600_000;
const MINUTE = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE);

/** Mail to one domain stays in the hands that have some of it; this is for everybody. */
const everywhere = Array.from({ length: 20 }, (_, i) => `guest@company${i}.example`);

describe.each(QUEUE_ENGINES)('clocks that are wrong, with the queue on $name', (engine) => {
  let ground: DeliveryGround;
  beforeAll(async () => void (ground = await DeliveryGround.start(engine)));
  afterAll(() => ground?.stop());
  afterEach(() => ground.clear());

  it('by an hour either way in two workers: nothing goes early, nothing useless goes, nothing is lost or comes twice', async () => {
    const [ahead, behind] = [ground.sink, await ground.newSink()];
    const laterOnce = (_address: string, attempt: number) =>
      attempt === 1 ? { refusal: { at: 'recipient' as const, code: 451, text: '4.7.1 Try again' } } : undefined;
    Object.assign(ahead, { misbehave: laterOnce });
    Object.assign(behind, { misbehave: laterOnce });
    const future = await ground.plan(5, { sendAt: inMinutes(30) });
    const useless = await ground.plan(5, { notAfter: inMinutes(30), sendAt: inMinutes(20) });
    await ground.sql(
      `UPDATE messages SET send_at = now() - interval '1 h', due_at = now() - interval '1 h', not_after = now() - interval '30 min' WHERE id = ANY($1)`,
      [useless],
    );
    await Promise.all([
      ground.worker({ clockOffset: HOUR }),
      ground.worker({ clockOffset: -HOUR, smtpUrl: behind.url }),
    ]);
    const useful: string[] = [];
    // Until each of the two has sent some of them.
    while (ahead.mails.length === 0 || behind.mails.length === 0) {
      useful.push(...(await ground.plan(everywhere, { notAfter: inMinutes(30) })));
      await ground.settled();
    }
    const ends = await ground.sql(
      `SELECT DISTINCT CASE WHEN id = ANY($1) THEN 'future' WHEN id = ANY($2) THEN 'useless' ELSE 'useful' END AS what, status, reason
       FROM messages ORDER BY what`,
      [future, useless],
    );
    expect(ends).toEqual([
      { what: 'future', status: 'planned', reason: null },
      { what: 'useful', status: 'sent', reason: null },
      { what: 'useless', status: 'cancelled', reason: 'too_late' },
    ]);
    await ground.prove();
  });
});

describe('an API whose clock is wrong', () => {
  let ground: DeliveryGround;
  const user = { email: 'manager@chamber.example', password: 'correct horse battery' };
  const processes: ApiProcess[] = [];
  beforeAll(async () => {
    ground = await DeliveryGround.start(QUEUE_ENGINES[0] as (typeof QUEUE_ENGINES)[number]);
    await ground.hub.app.get(UsersService).create({ ...user, name: 'Manager', role: 'manager' });
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await ground?.stop();
  });

  it.each([
    ['an hour ahead', HOUR],
    ['an hour behind', -HOUR],
  ])(
    '%s plans by the database’s clock: invitations go now, a reminder that is still to come is not called past',
    async (_words, clockOffset) => {
      const api = await ApiProcess.start({ databaseUrl: ground.databaseUrl, clockOffset }, user.email, user.password);
      processes.push(api);
      const post = async (path: string, body: object) => {
        const answer = await api.send('POST', path, body);
        expect(answer).toMatchObject({ status: path === '/v1/invitations' ? 202 : 201 });
        return answer?.body ?? {};
      };
      const person = await post('/v1/people', {
        fullName: `Guest ${clockOffset}`,
        email: `guest${clockOffset}@example.com`,
      });
      // Its reminder of an hour before is due in half an hour, and was due half an hour ago.
      const [coming, late] = await Promise.all(
        [90, 30].map((minutes) =>
          post('/v1/side-meetings', {
            title: `In ${minutes} minutes`,
            kind: 'bilateral',
            status: 'scheduled',
            startsAt: inMinutes(minutes).toISOString(),
            endsAt: inMinutes(minutes + 20).toISOString(),
            timeZone: 'UTC',
            participants: [{ personId: person.id, side: 'visiting' }],
          }),
        ),
      );
      const about = { type: 'side_meeting', id: coming?.id };
      await post('/v1/invitations', { about, recipients: { personIds: [person.id] } });
      const rows = await ground.sql(
        `SELECT m.kind, m.status, m.reason, round(extract(epoch FROM m.send_at - now()) / 60)::int AS "inMinutes"
         FROM messages m JOIN records r ON r.id = m.about_id
         WHERE r.id = ANY($1) AND (m.kind = 'invitation' OR m.send_at = r.starts_at - interval '1 h') ORDER BY m.kind, m.send_at`,
        [[coming?.id, late?.id]],
      );
      expect(rows).toEqual([
        { kind: 'invitation', status: 'planned', reason: null, inMinutes: 0 },
        { kind: 'reminder', status: 'cancelled', reason: 'past', inMinutes: -30 },
        { kind: 'reminder', status: 'planned', reason: null, inMinutes: 30 },
      ]);
    },
  );

  it('keeps the line of a conference in the order people came, and takes what has been held', async () => {
    const start = (clockOffset: number) =>
      ApiProcess.start({ databaseUrl: ground.databaseUrl, clockOffset }, user.email, user.password);
    const [ahead, behind] = await Promise.all([start(HOUR), start(-HOUR)]);
    processes.push(ahead, behind);
    const post = async (api: ApiProcess, path: string, body: object, status = 201) => {
      const answer = await api.send('POST', path, body);
      expect(answer).toMatchObject({ status });
      return answer?.body ?? {};
    };
    const conference = await post(ahead, '/v1/conferences', { name: 'Forum', timeZone: 'UTC', capacity: 1 });
    const register = async (api: ApiProcess, fullName: string) => {
      const { id: personId } = await post(api, '/v1/people', { fullName });
      return post(api, `/v1/conferences/${String(conference.id)}/registrations`, { personId });
    };
    await register(ahead, 'Guest with a place');
    const [first, second] = [await register(ahead, 'First in line'), await register(behind, 'Second in line')];
    expect([first.waitlistPosition, second.waitlistPosition]).toEqual([1, 2]);

    const meeting = await post(behind, '/v1/side-meetings', {
      title: 'Half an hour ago',
      kind: 'bilateral',
      status: 'scheduled',
      startsAt: inMinutes(-30).toISOString(),
      endsAt: inMinutes(-10).toISOString(),
      timeZone: 'UTC',
      participants: [{ name: 'Guest with a place', side: 'visiting' }],
    });
    await post(behind, `/v1/side-meetings/${String(meeting.id)}/outcome`, { summary: 'Agreed.' }, 200);
  });
});

describe('the two changes of the clocks', () => {
  let ground: DeliveryGround;
  beforeAll(async () => void (ground = await DeliveryGround.start(QUEUE_ENGINES[0] as (typeof QUEUE_ENGINES)[number])));
  afterAll(() => ground?.stop());
  afterEach(() => ground.clear());

  const planned = async (at: string, timeZone: string, offsets: string[]): Promise<string[]> => {
    const subject: ReminderSubject = {
      subject: 'side_meeting',
      aboutId: await ground.hub.record('side_meeting', 'Talks', { startsAt: new Date(at), timeZone }),
      at: new Date(at),
      timeZone,
      recipients: [{ personId: await ground.hub.record('person', 'Leyla'), email: 'leyla@example.com', name: 'Leyla' }],
      data: { title: 'Talks' },
      offsets,
    };
    await ground.hub.reminders.sync(subject);
    const rows = await ground.sql(`SELECT send_at FROM messages WHERE about_id = $1 ORDER BY send_at`, [
      subject.aboutId,
    ]);
    return rows.map(({ send_at }) => (send_at as Date).toISOString());
  };

  // Washington's clocks go from 02:00 to 03:00 on 8 March 2026 and from 02:00 to 01:00 on 1 November 2026.
  it.each([
    [
      'the day before a 10:00 is 10:00, 23 hours earlier, when the clocks go forward',
      '2026-03-08T14:00:00Z',
      ['P1D'],
      ['2026-03-07T15:00:00.000Z'],
    ],
    [
      'the day before a 10:00 is 10:00, 25 hours earlier, when they go back',
      '2026-11-01T15:00:00Z',
      ['P1D'],
      ['2026-10-31T14:00:00.000Z'],
    ],
    [
      'an hour before is an hour before, across the hour that is skipped',
      '2026-03-08T07:30:00Z',
      ['PT1H'],
      ['2026-03-08T06:30:00.000Z'],
    ],
    [
      'an hour before is an hour before, across the hour that comes twice',
      '2026-11-01T06:30:00Z',
      ['PT1H'],
      ['2026-11-01T05:30:00.000Z'],
    ],
    [
      'a week before keeps the time of day over both',
      '2026-03-14T13:00:00Z',
      ['P7D', 'PT2H'],
      ['2026-03-07T14:00:00.000Z', '2026-03-14T11:00:00.000Z'],
    ],
  ])('%s', async (_sentence, at, offsets, expected) => {
    expect(await planned(at, 'America/New_York', offsets)).toEqual(expected);
  });

  it('do not concern Baku, nor anybody in years to come by more than they should', async () => {
    expect(await planned('2026-03-08T06:00:00Z', 'Asia/Baku', ['P1D'])).toEqual(['2026-03-07T06:00:00.000Z']);
    // 9 March 2031 and 2 November 2031: these still wait to be sent.
    expect(await planned('2031-03-09T14:00:00Z', 'America/New_York', ['P1D'])).toEqual(['2031-03-08T15:00:00.000Z']);
    expect(await planned('2031-11-02T15:00:00Z', 'America/New_York', ['P1D'])).toEqual(['2031-11-01T14:00:00.000Z']);
    // The day before a 02:30 that night skips is moved out of it: to the evening before, still winter time.
    expect(await planned('2031-03-10T06:30:00Z', 'America/New_York', ['P1D'])).toEqual(['2031-03-09T01:00:00.000Z']);
    const waiting = await ground.sql(`SELECT count(*)::int AS count FROM messages WHERE status = 'planned'`);
    expect(waiting).toEqual([{ count: 3 }]);
  });
});
