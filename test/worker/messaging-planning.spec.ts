import { v7 } from 'uuid';
import type { ReminderSubject } from '#reminders';
import { MailLinks } from '#messaging';
import { MessagingContext } from '../support/messaging-context.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const HOUR = 3_600_000;
/** A Tuesday noon in Baku, far enough ahead. */
const NOON = new Date('2031-03-11T08:00:00Z');

/** As if the messages about $1 had been planned as much earlier as $3 is before $2. */
const AGE = `
  UPDATE messages SET send_at = send_at - ($2::timestamptz - $3), occurs_at = $3, not_after = not_after - ($2 - $3::timestamptz),
    dedupe_key = replace(dedupe_key, $4, $5) WHERE about_id = $1`;

describe('planning messages', () => {
  let database: TestDatabase;
  let hub: MessagingContext;

  beforeAll(async () => {
    database = await createTestDatabase();
    hub = await MessagingContext.start(database.url);
  }, 60_000);

  afterAll(async () => {
    await hub?.stop();
    await database?.drop();
  });

  const meeting = async (overrides: Partial<ReminderSubject> = {}): Promise<ReminderSubject> => ({
    subject: 'side_meeting',
    aboutId: await hub.record('side_meeting', 'With EXIM', { startsAt: NOON, timeZone: 'Asia/Baku' }),
    at: NOON,
    timeZone: 'Asia/Baku',
    recipients: [
      { personId: await hub.record('person', 'Leyla'), email: 'Leyla@example.com', name: 'Leyla' },
      {
        personId: await hub.record('person', 'Paul'),
        email: 'paul@example.com',
        name: 'Paul',
        timeZone: 'America/New_York',
      },
    ],
    data: { title: 'With EXIM' },
    ...overrides,
  });
  const rows = (aboutId: string) =>
    hub.database.query<{ status: string; reason: string | null; send_at: Date }>(
      'SELECT status, reason, send_at, email, subject, time_zone FROM messages WHERE about_id = $1 ORDER BY send_at, email',
      [aboutId],
    );

  it('follows the rules of the kind: a day and an hour before, to everybody with an address', async () => {
    const planned = await hub.reminders.sync(await meeting());
    expect(planned.map(({ sendAt, recipient, status }) => [sendAt.toISOString(), recipient.email, status])).toEqual([
      // 04:00 in Washington is night there, so Paul gets his the evening before.
      ['2031-03-10T00:00:00.000Z', 'paul@example.com', 'planned'],
      ['2031-03-10T08:00:00.000Z', 'leyla@example.com', 'planned'],
      ['2031-03-11T07:00:00.000Z', 'leyla@example.com', 'planned'],
      ['2031-03-11T07:00:00.000Z', 'paul@example.com', 'planned'],
    ]);
    expect(planned[0]?.subject).toBe('Reminder: With EXIM');
  });

  it('changes nothing when it is done again', async () => {
    const subject = await meeting();
    const first = await hub.reminders.sync(subject);
    const again = await hub.reminders.sync(subject);
    expect(again).toEqual(first);
    const versions = await hub.database.query('SELECT DISTINCT version FROM messages WHERE about_id = $1', [
      subject.aboutId,
    ]);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('takes back what a new time makes wrong, and brings it back when the old time returns', async () => {
    const subject = await meeting();
    const before = await hub.reminders.sync(subject);
    const moved = { ...subject, at: new Date(NOON.getTime() + 48 * HOUR) };
    expect((await hub.reminders.sync(moved)).every(({ status }) => status === 'planned')).toBe(true);
    const byStatus = async () => (await rows(subject.aboutId)).map(({ status, reason }) => reason ?? status).sort();
    expect(await byStatus()).toEqual([...Array(4).fill('planned'), ...Array(4).fill('rescheduled')]);
    const after = await hub.reminders.sync(subject);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await byStatus()).toEqual([...Array(4).fill('planned'), ...Array(4).fill('rescheduled')]);
  });

  it('says of an offset that is past that it is past, and never sends it', async () => {
    const at = new Date(Date.now() + 30 * 60_000);
    const planned = await hub.reminders.sync(
      await meeting({ at, offsets: ['P1D', 'PT10M'], templateKey: 'side_meeting_reminder' }),
    );
    expect(planned.map(({ status, reason }) => reason ?? status).sort()).toEqual([
      'past',
      'past',
      'planned',
      'planned',
    ]);
  });

  it('does not call a reminder past that is late only because no worker was there', async () => {
    const subject = await meeting({ offsets: ['PT1H'] });
    const [early, at] = [new Date(Date.now() + 2 * HOUR), new Date(Date.now() + HOUR - 60_000)];
    const [one] = await hub.reminders.sync({ ...subject, at: early });
    expect(one?.status).toBe('planned');
    await hub.database.query(AGE, [subject.aboutId, early, at, early.toISOString(), at.toISOString()]);
    const [again] = await hub.reminders.sync({ ...subject, at, data: { title: 'New title' } });
    expect(again).toMatchObject({ id: one?.id, status: 'planned', subject: expect.stringContaining('New title') });
    await hub.reminders.cancel(subject.aboutId, 'subject_called_off');
  });

  it('drops a participant who left, and keeps the others', async () => {
    const subject = await meeting();
    await hub.reminders.sync(subject);
    await hub.reminders.sync({ ...subject, recipients: subject.recipients.slice(0, 1) });
    expect((await rows(subject.aboutId)).map(({ status, reason }) => reason ?? status).sort()).toEqual([
      'no_longer_wanted',
      'no_longer_wanted',
      'planned',
      'planned',
    ]);
  });

  it('cancels everything when the subject is called off, and plans again when it is on again', async () => {
    const subject = await meeting();
    await hub.reminders.sync(subject);
    expect(await hub.reminders.cancel(subject.aboutId, 'subject_called_off')).toBe(4);
    expect((await rows(subject.aboutId)).every(({ reason }) => reason === 'subject_called_off')).toBe(true);
    expect((await hub.reminders.sync(subject)).every(({ status }) => status === 'planned')).toBe(true);
  });

  it('never touches what went out, or may have', async () => {
    const subject = await meeting();
    const planned = await hub.reminders.sync(subject);
    await hub.database.query(`UPDATE messages SET status = 'sent', sent_at = now() WHERE id = $1`, [planned[0]?.id]);
    await hub.database.query(`UPDATE messages SET status = 'unknown', reason = 'lease_expired' WHERE id = $1`, [
      planned[1]?.id,
    ]);
    await hub.reminders.cancel(subject.aboutId, 'subject_called_off');
    const again = await hub.reminders.sync({ ...subject, data: { title: 'Other' } });
    expect(again.map(({ status }) => status).sort()).toEqual(['planned', 'planned', 'sent', 'unknown']);
  });

  it('plans nothing but a note for a suppressed address', async () => {
    await hub.suppressions.add({ email: 'never@example.com', reason: 'asked' });
    const subject = await meeting();
    const planned = await hub.reminders.sync({ ...subject, recipients: [{ email: 'never@example.com', name: 'N' }] });
    expect(planned.map(({ status }) => status)).toEqual(['suppressed', 'suppressed']);
  });

  it('refuses a duration, a zone and an address that do not exist, all of them named', async () => {
    const bad = await meeting({ offsets: ['P1D', 'tomorrow'], timeZone: 'Mars/Olympus' });
    await expect(hub.reminders.sync(bad)).rejects.toMatchObject({
      errors: [
        { pointer: '/remindBefore/1', code: 'bad_duration' },
        { pointer: '/timeZone', code: 'bad_time_zone' },
      ],
    });
    const injected = await meeting({ recipients: [{ email: 'a@example.com\r\nBcc: b@example.com', name: 'A' }] });
    await expect(hub.reminders.sync(injected)).rejects.toMatchObject({ errors: [{ code: 'bad_email' }] });
  });

  it('leaves nothing behind when the transaction it belongs to fails', async () => {
    const subject = await meeting();
    const failing = hub.database.transaction(async () => {
      await hub.reminders.sync(subject);
      throw new Error('the meeting could not be saved');
    });
    await expect(failing).rejects.toThrow('could not be saved');
    expect(await rows(subject.aboutId)).toEqual([]);
  });

  it('invites each person once, and nobody without or with a suppressed address', async () => {
    const about = {
      type: 'conference' as const,
      id: await hub.record('conference', 'Forum', { startsAt: NOON, timeZone: 'Asia/Baku', place: 'Baku' }),
    };
    const person = async (email: string | null) => ({ personId: await hub.record('person', 'P'), email, name: 'P' });
    await hub.suppressions.add({ email: 'no@example.com', reason: 'asked' });
    const people = [
      await person('a@example.com'),
      await person('b@example.com'),
      await person('NO@example.com'),
      await person(null),
    ];
    const first = await hub.invitations.invite({ about, people: [...people, ...people.slice(0, 1)] });
    expect(first.counts).toEqual({ invited: 2, alreadyInvited: 0, suppressed: 1, noEmail: 1 });
    const late = await person('c@example.com');
    const both = await Promise.all([
      hub.invitations.invite({ about, people: [...people, late] }),
      hub.invitations.invite({ about, people: [late] }),
    ]);
    expect(both[0].counts.invited + both[1].counts.invited).toBe(1);
    await expect(hub.invitations.invite({ about, people: [] })).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'empty_audience' }],
    });
  });

  it('takes an answer by link, and by no other link', async () => {
    const about = {
      type: 'conference' as const,
      id: await hub.record('conference', 'Forum', { startsAt: NOON, timeZone: 'Asia/Baku' }),
    };
    await hub.invitations.invite({
      about,
      people: [{ personId: await hub.record('person', 'Rauf'), email: 'rauf@example.com', name: 'Rauf', locale: 'az' }],
    });
    const invitation = await hub.database.queryOne<{ id: string; message: string }>(
      `SELECT i.id, m.id AS message FROM invitations i JOIN messages m ON m.invitation_id = i.id WHERE i.about_id = $1`,
      [about.id],
    );
    const links = hub.app.get(MailLinks);
    const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
    const token = tokenOf(links.respond(invitation?.id ?? '', NOON));
    expect(await hub.invitationsReader.answerPage(token)).toMatchObject({
      status: 'needs_action',
      personName: 'Rauf',
      title: 'Forum',
      locale: 'az',
    });
    const answer = { status: 'accepted' as const, note: 'Gladly' };
    await Promise.all(Array.from({ length: 10 }, () => hub.responses.respondByToken(token, answer)));
    expect(await hub.invitationsReader.get(invitation?.id ?? '')).toMatchObject({ ...answer, version: 2 });
    const other = tokenOf(links.unsubscribe(invitation?.message ?? ''));
    await expect(hub.responses.respondByToken(other, { status: 'declined' })).rejects.toMatchObject({
      code: 'bad_link',
    });
    await expect(hub.responses.respondByToken(`${token}x`, { status: 'declined' })).rejects.toMatchObject({
      code: 'bad_link',
    });
    const taken = { status: 'cancelled', reason: 'answered' };
    expect(await hub.ledger.get(invitation?.message ?? '')).toMatchObject(taken);
    await hub.suppressions.unsubscribeByToken(other);
    const listed = `SELECT email FROM suppressions WHERE email = 'rauf@example.com'`;
    expect(await hub.database.query(listed)).toHaveLength(1);
    expect(await hub.ledger.get(invitation?.message ?? '')).toMatchObject(taken);
    await hub.invitations.cancel(invitation?.id ?? '');
    await expect(hub.responses.respondByToken(token, { status: 'declined' })).rejects.toMatchObject({
      code: 'invitation_cancelled',
    });
  });

  it('tells why each message did or did not go, in words', async () => {
    const subject = await meeting({ at: new Date(Date.now() + 30 * 60_000), offsets: ['P1D', 'PT10M'] });
    await hub.reminders.sync(subject);
    const told = await hub.ledger.explanation(subject.aboutId, subject.recipients[0]?.personId ?? '');
    expect(told.data.map(({ reason, explanation }) => [reason, explanation])).toEqual([
      ['past', expect.stringMatching(/^Not sent\. Its time had passed/)],
      [null, expect.stringMatching(/^Will be sent at /)],
    ]);
  });

  it('shows the mail before it goes, without a link that would work', async () => {
    const planned = await hub.reminders.sync(await meeting({ data: { title: 'Gas & <b>grid</b>', place: 'Baku' } }));
    const preview = await hub.ledger.preview(planned[0]?.id ?? '');
    expect(preview.subject).toBe('Reminder: Gas & <b>grid</b>');
    expect(preview.text).toMatch(
      /When: Tuesday, March 11, 2031.*\(Asia\/Baku, GMT\+4\)[^]*Your time: .*\(America\/New_York, GMT-4\)/,
    );
    expect(preview.html).toContain('Gas &amp; &lt;b&gt;grid&lt;&#x2F;b&gt;');
  });

  it('cancels one message, and says no to what is no longer possible', async () => {
    const [planned] = await hub.messages.plan([
      {
        kind: 'notice',
        dedupeKey: v7(),
        recipient: { email: 'x@example.com', name: 'X' },
        templateKey: 'notice',
        data: {},
        sendAt: NOON,
      },
    ]);
    const id = planned?.id ?? '';
    await hub.messages.cancel(id);
    expect(await hub.ledger.get(id)).toMatchObject({ status: 'cancelled', reason: 'cancelled_by_staff' });
    await expect(hub.messages.cancel(id)).rejects.toMatchObject({ code: 'not_cancellable' });
    await expect(hub.messages.cancel(v7())).rejects.toMatchObject({ code: 'not_found' });
  });
});
