import { UsersService } from '#access';
import { loadConfig } from '#config';
import { DEFAULT_DELIVERY, MessageDelivery, MessageSweep } from '#delivery';
import { type ReminderSubject } from '#reminders';
import { MessagingContext } from '../support/messaging-context.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const HOUR = 3_600_000;
const NOON = new Date('2031-03-11T08:00:00Z');

describe('an attempt to send', () => {
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

  /** Claims a message as the sweep does and hands it to a mail server that first does `meanwhile`, then says "later". */
  const tryOnce = async (
    id: string | undefined,
    meanwhile: () => Promise<unknown>,
    outcome: object = { kind: 'retry', error: '450 later', rests: 'nobody', setup: false },
  ): Promise<void> => {
    const claim = `UPDATE messages SET status = 'queued', claim = 1, lease_until = now() + interval '1 min' WHERE id = $1`;
    await hub.database.query(claim, [id]);
    const send = async () => {
      await meanwhile();
      return outcome;
    };
    const collaborators = [
      hub.database,
      { mail: async () => ({}) },
      { send },
      hub.suppressions,
      { sendingLease: 9_000, queuedLease: 9_000, retryBase: 1 },
      { mailDomainRates: {} },
    ];
    await new MessageDelivery(...(collaborators as unknown as ConstructorParameters<typeof MessageDelivery>)).deliver(
      id ?? '',
      1,
    );
  };

  it('does not try again what was taken back while it was being sent', async () => {
    const subject = await meeting({ offsets: ['PT1H'] });
    const [first, second] = await hub.reminders.sync(subject);
    await tryOnce(first?.id, () => hub.reminders.sync({ ...subject, at: new Date(NOON.getTime() + HOUR) }));
    expect(await hub.ledger.get(first?.id ?? '')).toMatchObject({
      status: 'cancelled',
      reason: 'rescheduled',
      attempts: 1,
    });
    await hub.reminders.sync(subject);
    await tryOnce(second?.id, () => hub.reminders.cancel(subject.aboutId, 'completed'));
    expect(await hub.ledger.get(second?.id ?? '')).toMatchObject({ status: 'cancelled', reason: 'completed' });
  });

  it('remembers why a message was taken back while it was being sent by a worker that never reports', async () => {
    const subject = await meeting({ offsets: ['PT1H'] });
    const [lost, late] = await hub.reminders.sync(subject);
    const sweep = new MessageSweep(hub.database, DEFAULT_DELIVERY, loadConfig({}));
    const leaseEnds = async (id: string | undefined): Promise<void> => {
      await hub.reminders.cancel(subject.aboutId, 'subject_called_off');
      await hub.database.query(`UPDATE messages SET lease_until = now() - interval '1 s' WHERE id = $1`, [id]);
      await sweep.run();
    };
    const sending = `UPDATE messages SET status = 'sending', claim = 1, lease_until = now() + interval '1 min' WHERE id = $1`;
    await hub.database.query(sending, [lost?.id]);
    await leaseEnds(lost?.id);
    expect(await hub.ledger.get(lost?.id ?? '')).toMatchObject({ status: 'unknown', reason: 'subject_called_off' });
    const [why] = (await hub.ledger.explanation(subject.aboutId, lost?.recipient.personId ?? '')).data;
    expect(why?.explanation).toMatch(
      /^Unknown\. It was taken back .* may or may not .* What it is about was called off\./,
    );
    await expect(hub.messages.resend(lost?.id ?? '')).rejects.toMatchObject({ code: 'not_resendable' });
    await hub.reminders.sync({ ...subject, at: new Date(NOON.getTime() + HOUR) });
    await hub.reminders.sync(subject);
    await tryOnce(late?.id, () => leaseEnds(late?.id));
    expect(await hub.ledger.get(late?.id ?? '')).toMatchObject({ status: 'cancelled', reason: 'subject_called_off' });
  });

  it('gives up 72 hours after the first refusal, by the clock of the database', async () => {
    const [id] = await hub.notices(1);
    await tryOnce(id, () =>
      hub.database.query(`UPDATE messages SET first_tried_at = now() - interval '71 h' WHERE id = $1`, [id]),
    );
    expect(await hub.ledger.get(id ?? '')).toMatchObject({ status: 'planned', lastError: '450 later' });
    await tryOnce(id, () =>
      hub.database.query(`UPDATE messages SET first_tried_at = now() - interval '73 h' WHERE id = $1`, [id]),
    );
    expect(await hub.ledger.get(id ?? '')).toMatchObject({ status: 'failed', reason: 'gave_up' });
  });

  it('does not count the hours in which the mail server took nothing at all', async () => {
    const [id] = await hub.notices(1);
    const away = { kind: 'retry', error: 'connect ECONNREFUSED', rests: 'relay', setup: false };
    const longAgo = () =>
      hub.database.query(`UPDATE messages SET first_tried_at = now() - interval '80 h' WHERE id = $1`, [id]);
    await tryOnce(id, longAgo, away);
    expect(await hub.ledger.get(id ?? '')).toMatchObject({ status: 'planned', lastError: 'connect ECONNREFUSED' });
    await hub.database.query('DELETE FROM mail_rests');
    await tryOnce(id, async () => undefined);
    expect(await hub.ledger.get(id ?? '')).toMatchObject({ status: 'planned', lastError: '450 later' });
  });

  it('tries again what is wanted again by then, with the data of the new plan', async () => {
    const subject = await meeting({ offsets: ['PT1H'] });
    const [first] = await hub.reminders.sync(subject);
    await tryOnce(first?.id, async () => {
      await hub.reminders.cancel(subject.aboutId, 'subject_called_off');
      await hub.reminders.sync({ ...subject, data: { title: 'Renamed' } });
    });
    expect(await hub.ledger.get(first?.id ?? '')).toMatchObject({
      status: 'planned',
      reason: null,
      subject: 'Reminder: Renamed',
    });
  });

  it('sends nothing to a user who was dismissed, and to a new address of one who was not', async () => {
    const user = async (email: string) =>
      (await hub.app.get(UsersService).create({ email, name: 'U', role: 'staff', password: 'correct horse battery' }))
        .id;
    const [gone, moved] = [await user('gone@chamber.example'), await user('old@chamber.example')];
    const notice = async (userId: string) =>
      (await hub.notices(1, { recipient: { userId, email: 'old@chamber.example', name: 'U' } }))[0];
    const [toGone, toMoved] = [await notice(gone), await notice(moved)];
    await hub.database.query('UPDATE users SET archived_at = now() WHERE id = $1', [gone]);
    await hub.database.query(`UPDATE users SET email = 'new@chamber.example' WHERE id = $1`, [moved]);
    const send = jest.fn().mockResolvedValue(undefined);
    await tryOnce(toGone, send);
    expect(await hub.ledger.get(toGone ?? '')).toMatchObject({ status: 'cancelled', reason: 'recipient_archived' });
    expect(send).not.toHaveBeenCalled();
    await tryOnce(toMoved, send);
    expect((await hub.ledger.get(toMoved ?? '')).recipient.email).toBe('new@chamber.example');
  });
});
