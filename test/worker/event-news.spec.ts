import { EventGuests } from '#invitations';
import { MessagingContext } from '../support/messaging-context.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DAY = 86_400_000;
const days = (count: number): Date => new Date(Math.ceil(Date.now() / 1000) * 1000 + count * DAY);

interface Notice {
  template: string;
  status: string;
  reason: string | null;
  email: string;
  subject: string;
  data: Record<string, string | null>;
  calendar: { method: string; sequence: number; partstat?: string } | null;
  waits: number;
}

describe('news of a change', () => {
  let database: TestDatabase;
  let hub: MessagingContext;
  let people = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = await MessagingContext.start(database.url);
  }, 60_000);

  afterAll(async () => {
    await hub?.stop();
    await database?.drop();
  });

  const event = { startsAt: days(10), endsAt: days(11), timeZone: 'America/New_York', place: 'Ballroom, Washington' };
  const conference = () => hub.record('conference', 'Forum', event);

  const guest = async (fields: object = {}) => {
    const name = `Guest ${(people += 1)}`;
    return { personId: await hub.record('person', name), name, email: `guest${people}@example.com`, ...fields };
  };

  const invite = async (id: string, guests: Awaited<ReturnType<typeof guest>>[]) => {
    await hub.invitations.invite({ about: { type: 'conference', id }, people: guests });
  };

  /** What is due has gone out. */
  const sendOff = (id: string, status = 'sent') =>
    hub.database.query(
      `UPDATE messages SET status = $2, reason = CASE WHEN $2 = 'unknown' THEN 'connection_lost' END, first_tried_at = now(),
         sent_at = CASE WHEN $2 = 'sent' THEN now() END, lease_until = CASE WHEN $2 = 'sending' THEN now() + interval '1 minute' END
       WHERE about_id = $1 AND status = 'planned' AND kind IN ('invitation', 'notice')`,
      [id, status],
    );

  const change = (id: string, set: string, ...values: unknown[]) =>
    hub.database.transaction(async () => {
      await hub.database.query(`UPDATE records SET ${set} WHERE id = $1`, [id, ...values]);
      await hub.invitations.follow(id);
    });

  const move = (id: string, to = days(20)) =>
    change(id, 'starts_at = $2, ends_at = $3', to, new Date(to.getTime() + DAY));

  const notices = (id: string): Promise<Notice[]> =>
    hub.database.query<Notice>(
      `SELECT template_key AS template, status, reason, email, subject, data, calendar,
         extract(epoch FROM send_at - now())::float AS waits
       FROM messages WHERE about_id = $1 AND kind = 'notice' ORDER BY created_at, id`,
      [id],
    );
  const waiting = async (id: string) => (await notices(id)).filter(({ status }) => status === 'planned');

  const told = async (guests = 1) => {
    const id = await conference();
    const invited = await Promise.all(Array.from({ length: guests }, () => guest()));
    await invite(id, invited);
    await sendOff(id);
    return { id, invited };
  };

  it('goes to everybody who was told, says what was and what is, and moves the entry in their calendars', async () => {
    const { id, invited } = await told(2);
    const to = days(20);
    await move(id, to);
    const found = await notices(id);
    expect(found.map(({ email }) => email).sort()).toEqual(invited.map(({ email }) => email).sort());
    expect(found[0]).toMatchObject({
      template: 'event_moved',
      status: 'planned',
      subject: 'Changed: Forum',
      data: { startsAt: to.toISOString(), wasStartsAt: event.startsAt.toISOString(), place: event.place },
      calendar: { method: 'REQUEST', sequence: 1 },
    });
    expect(found[0]?.waits).toBeGreaterThan(20);
  });

  it('does not go to those who have not been told: their invitation says it anew', async () => {
    const id = await conference();
    await invite(id, [await guest()]);
    await move(id);
    expect(await notices(id)).toEqual([]);
    const [invitation] = await hub.database.query<Notice>('SELECT calendar FROM messages WHERE about_id = $1', [id]);
    expect(invitation?.calendar).toEqual({ method: 'REQUEST', sequence: 1 });
  });

  it.each([
    ['its place', 'place = $2', 'Embassy, Washington', { wasPlace: event.place }],
    ['its zone', 'time_zone = $2', 'Asia/Baku', { wasTimeZone: event.timeZone }],
    ['how well its date is known', 'date_precision = $2', 'month', { wasStartsAt: event.startsAt.toISOString() }],
  ])('is that of %s, too', async (_what, set, value, data) => {
    const { id } = await told();
    await change(id, set, value);
    expect(await waiting(id)).toMatchObject([{ template: 'event_moved', data }]);
  });

  it('of a date known to the month is that of another month', async () => {
    const id = await conference();
    await change(id, `date_precision = 'month', starts_at = $2, ends_at = NULL`, new Date('2031-03-01T12:00Z'));
    await invite(id, [await guest()]);
    await sendOff(id);
    await change(id, 'starts_at = $2', new Date('2031-03-20T12:00Z'));
    expect(await notices(id)).toEqual([]);
    await change(id, 'starts_at = $2', new Date('2031-04-01T12:00Z'));
    expect(await waiting(id)).toHaveLength(1);
  });

  it('takes the entry out of calendars when the new time is not known to the minute', async () => {
    const { id } = await told();
    await change(id, `date_precision = 'month'`);
    expect(await waiting(id)).toMatchObject([{ calendar: { method: 'CANCEL', sequence: 1 } }]);
  });

  it('is not that of its title alone', async () => {
    const { id } = await told();
    await change(id, `title = 'Forum 2026'`);
    expect(await notices(id)).toEqual([]);
  });

  it('is one mail for several changes in a short time, and none when all is as it was told', async () => {
    const { id } = await told();
    await move(id, days(20));
    await move(id, days(30));
    await change(id, `title = 'Forum 2026', place = 'Embassy'`);
    const found = await waiting(id);
    expect(found).toMatchObject([
      { subject: 'Changed: Forum 2026', data: { wasPlace: event.place }, calendar: { sequence: 3 } },
    ]);
    await change(id, 'starts_at = $2, ends_at = $3, place = $4', event.startsAt, event.endsAt, event.place);
    expect(await waiting(id)).toEqual([]);
  });

  it('waits no longer when something is saved that changes nothing', async () => {
    const { id } = await told();
    await move(id);
    await hub.database.query(
      `UPDATE messages SET send_at = now() + interval '5 s', due_at = send_at WHERE kind = 'notice'`,
    );
    await hub.database.transaction(() => hub.invitations.follow(id));
    const [notice, ...others] = await waiting(id);
    expect(others).toEqual([]);
    expect(notice?.waits).toBeLessThan(6);
  });

  it('goes out again after the next change, not after the same one', async () => {
    const { id } = await told();
    await move(id);
    await sendOff(id);
    await hub.database.transaction(() => hub.invitations.follow(id));
    expect(await waiting(id)).toEqual([]);
    await move(id, days(40));
    expect(await waiting(id)).toHaveLength(1);
    expect(await notices(id)).toHaveLength(2);
  });

  it('is one mail after twenty changes at once', async () => {
    const { id } = await told(3);
    await Promise.all(Array.from({ length: 20 }, (_, n) => move(id, days(20 + n))));
    const found = await waiting(id);
    const [record] = await hub.database.query<{ sequence: number }>('SELECT sequence FROM records WHERE id = $1', [id]);
    expect(found).toHaveLength(3);
    expect(found.map(({ calendar }) => calendar?.sequence)).toEqual([20, 20, 20]);
    expect(record?.sequence).toBe(20);
  });

  it.each(['sending', 'unknown'])('goes to those whose invitation may have gone out: %s', async (status) => {
    const id = await conference();
    await invite(id, [await guest()]);
    await sendOff(id, status);
    await move(id);
    expect(await waiting(id)).toMatchObject([{ data: { wasStartsAt: event.startsAt.toISOString() } }]);
    await change(id, 'starts_at = $2, ends_at = $3', event.startsAt, event.endsAt);
    expect(await waiting(id)).toEqual([]);
  });

  it('stands in place of one that is being sent, should that have to be tried again', async () => {
    const { id } = await told();
    await move(id);
    await sendOff(id, 'sending');
    await change(id, `title = 'Forum 2026'`);
    expect(await notices(id)).toMatchObject([{ status: 'sending', reason: null }]);
    await move(id, days(30));
    expect(await notices(id)).toMatchObject([
      { status: 'sending', reason: 'rescheduled' },
      { status: 'planned', calendar: { sequence: 3 } },
    ]);
  });

  it('does not go to those who declined, were withdrawn, or lost their address to a suppression', async () => {
    const { id, invited } = await told(3);
    const rows = await hub.database.query<{ id: string; email: string }>(
      'SELECT i.id, m.email FROM invitations i JOIN messages m ON m.invitation_id = i.id WHERE i.about_id = $1 ORDER BY m.email',
      [id],
    );
    await hub.responses.respond(rows[0]?.id ?? '', { status: 'declined' });
    await hub.invitations.cancel(rows[1]?.id ?? '');
    await hub.suppressions.add({ email: rows[2]?.email ?? '', reason: 'asked', source: 'staff' });
    await move(id);
    expect(invited).toHaveLength(3);
    expect((await notices(id)).filter(({ template }) => template === 'event_moved')).toMatchObject([
      { email: rows[2]?.email, status: 'suppressed' },
    ]);
  });

  it('keeps the answer of those who gave one, and asks the others still', async () => {
    const { id } = await told(2);
    const rows = await hub.database.query<{ id: string }>('SELECT id FROM invitations WHERE about_id = $1', [id]);
    await hub.responses.respond(rows[0]?.id ?? '', { status: 'accepted' });
    await move(id);
    const states = (await waiting(id)).map(({ calendar }) => calendar?.partstat);
    expect(states.sort()).toEqual(['ACCEPTED', undefined]);
  });

  it('that it was called off takes the entry out, once, and comes in place of a move that waits', async () => {
    const { id } = await told();
    await move(id);
    await change(id, 'called_off = true');
    expect(await notices(id)).toMatchObject([
      { template: 'event_moved', status: 'cancelled' },
      { template: 'event_called_off', status: 'planned', calendar: { method: 'CANCEL', sequence: 2 } },
    ]);
    await sendOff(id);
    await change(id, `title = 'Forum 2026'`);
    await change(id, 'archived_at = now()');
    expect(await waiting(id)).toEqual([]);
  });

  it('that it takes place after all goes to those who heard that it would not, and to nobody else', async () => {
    const { id } = await told();
    await change(id, 'called_off = true');
    await change(id, 'called_off = false');
    expect(await waiting(id)).toEqual([]);
    await change(id, 'called_off = true');
    await sendOff(id);
    await change(id, 'called_off = false');
    expect(await waiting(id)).toMatchObject([
      {
        template: 'event_moved',
        subject: 'Taking place after all: Forum',
        calendar: { method: 'REQUEST', sequence: 4 },
      },
    ]);
  });

  it('that it was archived is that it was called off', async () => {
    const { id } = await told();
    await change(id, 'archived_at = now()');
    expect(await waiting(id)).toMatchObject([
      { template: 'event_called_off', calendar: { method: 'CANCEL', sequence: 1 } },
    ]);
  });

  it('is not told of what is over', async () => {
    const { id } = await told();
    await change(id, 'starts_at = $2, ends_at = $3', days(-2), days(-1));
    await change(id, 'called_off = true');
    expect(await notices(id)).toEqual([]);
  });

  it('goes once to somebody who was told in two ways', async () => {
    const { id, invited } = await told();
    const [recipient] = invited;
    if (!recipient) throw new Error('nobody was invited');
    await hub.notices(1, {
      aboutId: id,
      recipient,
      data: { title: 'Forum', startsAt: event.startsAt.toISOString(), timeZone: event.timeZone },
    });
    await sendOff(id);
    await move(id);
    expect(await waiting(id)).toHaveLength(1);
  });

  it('goes to the address that somebody has now', async () => {
    const { id, invited } = await told();
    await hub.database.query('UPDATE records SET subtitle = $2 WHERE id = $1', [
      invited[0]?.personId,
      'new@example.com',
    ]);
    await move(id);
    expect(await waiting(id)).toMatchObject([{ email: 'new@example.com' }]);
  });

  it('reaches users as it reaches people, and leaves other events alone', async () => {
    const [id, other] = [await conference(), await conference()];
    const [user] = await hub.database.query<{ id: string }>(
      `INSERT INTO users (id, email, name, role, time_zone, locale, password_hash)
       VALUES (gen_random_uuid(), 'staff@example.com', 'Staff', 'staff', 'Asia/Baku', 'az', '') RETURNING id`,
    );
    const recipient = { userId: user?.id, email: 'staff@example.com', name: 'Staff', locale: 'az' };
    const data = { title: 'Forum', startsAt: event.startsAt.toISOString() };
    await hub.notices(1, { aboutId: id, recipient, data });
    await hub.notices(1, { aboutId: other, recipient, data });
    await sendOff(id);
    await sendOff(other);
    await move(id);
    expect(await waiting(id)).toMatchObject([{ email: 'staff@example.com', subject: 'Dəyişiklik: Forum' }]);
    expect(await waiting(other)).toEqual([]);
  });

  it('goes to those who were only to be reminded, and now cannot be in time', async () => {
    const id = await hub.record('side_meeting', 'Talks', event);
    const recipient = { ...(await guest()), audience: 'participants' };
    const plan = (startsAt: Date) =>
      hub.database.transaction(async () => {
        await hub.database.query('UPDATE records SET starts_at = $2 WHERE id = $1', [id, startsAt]);
        const subject = { subject: 'side_meeting' as const, aboutId: id, at: startsAt, timeZone: 'Asia/Baku' };
        await hub.reminders.sync({ ...subject, recipients: [recipient], data: { title: 'Talks' } });
        await hub.invitations.follow(id);
      });
    await plan(days(10));
    await plan(days(9));
    expect(await notices(id)).toEqual([]);
    await plan(new Date(Date.now() + 1_800_000));
    await plan(new Date(Date.now() + 1_700_000));
    expect(await waiting(id)).toMatchObject([
      { template: 'event_moved', data: { wasStartsAt: expect.any(String) as string } },
    ]);
    await plan(days(9));
    expect(await waiting(id)).toEqual([]);
  });

  describe('about events whose guests a feature knows', () => {
    const known = new Map<string, boolean>();
    beforeAll(() => {
      hub.app
        .get(EventGuests)
        .register('session', (ids) =>
          Promise.resolve(
            ids.flatMap((aboutId) => [...known].map(([personId, takesPart]) => ({ aboutId, personId, takesPart }))),
          ),
        );
    });

    it('goes to those it has, not to those it lost, nor to those it never heard of', async () => {
      const id = await hub.record('session', 'Panel', event);
      const [stays, left, stranger] = [await guest(), await guest(), await guest()];
      known.set(stays.personId, true).set(left.personId, false);
      const data = { title: 'Panel', startsAt: event.startsAt.toISOString() };
      for (const recipient of [stays, left, stranger]) await hub.notices(1, { aboutId: id, recipient, data });
      await sendOff(id);
      await move(id);
      expect((await waiting(id)).map(({ email }) => email)).toEqual([stays.email]);
    });
  });

  describe('that somebody is no longer invited', () => {
    const invitationOf = async (id: string) =>
      (await hub.database.query<{ id: string }>('SELECT id FROM invitations WHERE about_id = $1', [id]))[0]?.id ?? '';

    it('goes to those who may have read the invitation, and takes the entry out', async () => {
      const { id } = await told();
      await hub.invitations.cancel(await invitationOf(id));
      await hub.invitations.cancel(await invitationOf(id));
      expect(await waiting(id)).toMatchObject([
        { template: 'invitation_withdrawn', subject: 'Invitation withdrawn: Forum', calendar: { method: 'CANCEL' } },
      ]);
    });

    it('is not said when nothing has gone out, nor to those who declined, nor twice when the event was called off', async () => {
      const id = await conference();
      await invite(id, [await guest()]);
      await hub.invitations.cancel(await invitationOf(id));
      expect(await notices(id)).toEqual([]);
      const declined = await told();
      await hub.responses.respond(await invitationOf(declined.id), { status: 'declined' });
      await hub.invitations.cancel(await invitationOf(declined.id));
      expect(await notices(declined.id)).toEqual([]);
      const off = await told();
      await change(off.id, 'called_off = true');
      await sendOff(off.id);
      await hub.invitations.cancel(await invitationOf(off.id));
      expect(await waiting(off.id)).toEqual([]);
    });

    it('is not said to those who are invited anew before they heard of it', async () => {
      const { id, invited } = await told();
      await hub.invitations.cancel(await invitationOf(id));
      await invite(id, invited);
      expect(await waiting(id)).toEqual([]);
    });

    it('takes back the news of a move that waits', async () => {
      const { id } = await told();
      await move(id);
      await hub.invitations.cancel(await invitationOf(id));
      expect((await waiting(id)).map(({ template }) => template)).toEqual(['invitation_withdrawn']);
    });
  });

  it('of a conference that 5,000 were told of is planned in a few statements', async () => {
    const id = await conference();
    await hub.database.query(
      `INSERT INTO records (id, type, title, search_key) SELECT gen_random_uuid(), 'person', 'Delegate ' || n, 'crowd' FROM generate_series(1, 5000) n`,
    );
    const crowd = await hub.database.query<{ personId: string; name: string; email: string }>(
      `SELECT id AS "personId", title AS name, id || '@example.com' AS email FROM records WHERE search_key = 'crowd'`,
    );
    await invite(id, crowd);
    await sendOff(id);
    await move(id);
    expect(await waiting(id)).toHaveLength(5000);
    await change(id, `title = 'Forum 2026'`);
    expect(await waiting(id)).toHaveLength(5000);
  });
});
