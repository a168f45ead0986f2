import { setTimeout as pause } from 'node:timers/promises';
import ICAL from 'ical.js';
import { Client as PgClient } from 'pg';
import { SIGNING_SECRET, signToken } from '#access';
import { type Invited, Invitees } from '../support/invitees.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

let api: TestApi;
let staff: Client;
let invitees: Invitees;

beforeAll(async () => {
  api = await startTestApi();
  staff = await api.as('staff');
  invitees = await Invitees.at(api);
});
afterAll(() => api?.close());

const answer = (path: string, form: object | string = { status: 'accepted' }) =>
  api.guest.post(path).type('form').send(form);
const stateOf = async (id: string) =>
  (await staff.get(`/v1/invitations/${id}`).expect(200)).body as { status: string; note: string | null };

describe('the answer page', () => {
  it.each([
    ['en-GB', 'en', 'I will come', 'Dear Aysel Quliyeva,'],
    ['az', 'az', 'Gələcəyəm', 'Hörmətli Aysel Quliyeva,'],
    ['ru-RU', 'ru', 'Приду', 'Здравствуйте, Aysel Quliyeva!'],
    ['tr', 'tr', 'Geleceğim', 'Sayın Aysel Quliyeva,'],
    ['de', 'en', 'I will come', 'Dear Aysel Quliyeva,'],
  ])('speaks to somebody of %s in %s', async (locale, language, button, greeting) => {
    const { path } = await invitees.one({ locale });
    const { text } = await api.guest.get(path).set('Accept-Language', 'fr').expect(200);
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(button);
    expect(text).toContain(greeting);
    expect(text).toMatch(/\d:\d\d[^<]*\(Asia\/Baku, GMT\+4\)/);
    expect(text).not.toMatch(/axşamı\/|\/\d+:\d\d/);
  });

  it('lets nothing in from elsewhere and nothing out: no script, no cache, no referrer, no search engine', async () => {
    const { path, wayOut } = await invitees.one();
    for (const address of [path, wayOut, '/rsvp/forged']) {
      const { headers, text } = await api.guest.get(address);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:/,
      );
      expect(text).toContain('name="viewport"');
      expect(text).not.toMatch(/<script|https?:\/\/|javascript:|\son\w+=/i);
    }
  });

  it('shows what people are called as text, whatever they are called', async () => {
    const evil = `<img src=x onerror=alert(1)>"'&`;
    const { path } = await invitees.one({ name: evil, fullName: evil });
    await answer(path, { status: 'tentative', note: '</textarea><script>alert(1)</script>' }).expect(303);
    const { text } = await api.guest.get(path).expect(200);
    expect(text).not.toMatch(/<img|<script/);
    expect(text).toContain('&#60;/textarea&#62;');
  });

  it('changes nothing when it is looked at, however often and by whatever scanner', async () => {
    const { path, wayOut } = await invitees.one();
    const before = await everything();
    const looks = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? api.guest.head(path) : api.guest.get(path)));
    expect(new Set((await Promise.all(looks)).map(({ status }) => status))).toEqual(new Set([200]));
    await api.guest.get(`${path}?status=accepted`).expect(200);
    await api.guest.head(wayOut).expect(200);
    await api.guest.get(`${wayOut}?List-Unsubscribe=One-Click`).expect(200);
    expect(await everything()).toEqual(before);
  });

  it('takes an answer with a note, says what was answered, and takes another one', async () => {
    const { path, invitationId } = await invitees.one();
    await answer(path, { status: 'accepted', note: 'With my deputy\r\nand a driver' })
      .expect(303)
      .expect('Location', path);
    expect(await stateOf(invitationId)).toMatchObject({ status: 'accepted', note: 'With my deputy\nand a driver' });
    const { text } = await api.guest.get(path).expect(200);
    expect(text).toContain('You said that you will come. You may change your answer below.');
    expect(text).toContain('With my deputy\nand a driver</textarea>');
    await answer(path, 'status=declined').expect(303);
    expect(await stateOf(invitationId)).toMatchObject({ status: 'declined', note: 'With my deputy\nand a driver' });
    await answer(path, { status: 'tentative', note: ' ' }).expect(303);
    expect(await stateOf(invitationId)).toMatchObject({ status: 'tentative', note: null });
  });

  it('counts a line end in a note once, as the browser does, and keeps what was written when it is too long', async () => {
    const { path, invitationId } = await invitees.one({ locale: 'az' });
    await answer(path, { status: 'accepted', note: `${'ə\r\n'.repeat(999)}ə` }).expect(303);
    expect((await stateOf(invitationId)).note).toHaveLength(1_999);
    const { text } = await answer(path, { status: 'declined', note: 'ş'.repeat(2_001) }).expect(422);
    expect(text).toContain('Qeyd çox uzundur');
    expect(text).toContain('ş'.repeat(2_001));
    expect((await stateOf(invitationId)).status).toBe('accepted');
  });

  it.each([
    ['no answer', 'note=x'],
    ['an answer that is none', 'status=perhaps'],
    ['two answers', 'status=accepted&status=declined'],
    ['an answer of staff', 'status=needs_action'],
    ['a prototype', '__proto__[status]=accepted&constructor=x'],
    ['nothing', ''],
  ])('asks again when the form holds %s', async (_, form) => {
    const { path, invitationId } = await invitees.one({ locale: 'ru' });
    const { text } = await answer(path, form).expect(422);
    expect(text).toContain('выберите один из трёх ответов');
    expect(text).toContain('<form');
    expect((await stateOf(invitationId)).status).toBe('needs_action');
  });

  it('gives the event to a calendar, under the same name as the mail does', async () => {
    const { path, conferenceId } = await invitees.one({ name: 'Forum, Baku; day 1' });
    expect((await api.guest.get(path)).text).toContain(`href="${path}/event.ics"`);
    const { text, headers } = await api.guest.get(`${path}/event.ics`).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' });
    const event = new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('uid')).toBe(`${conferenceId}@chamberlain`);
    expect(event?.getFirstPropertyValue('summary')).toBe('Forum, Baku; day 1');
    expect(text).not.toMatch(/ATTENDEE|ORGANIZER/);
  });
});

describe('an answer page that takes no answers any more', () => {
  const calledOff = ({ conferenceId }: Invited) =>
    api.database.query('UPDATE records SET called_off = true WHERE id = $1', [conferenceId]);
  const over = ({ conferenceId }: Invited) =>
    api.database.query(
      `UPDATE records SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 second' WHERE id = $1`,
      [conferenceId],
    );
  const withdrawn = ({ invitationId }: Invited) =>
    staff.post(`/v1/invitations/${invitationId}/cancellation`).expect(200);

  it.each([
    ['the event was called off', 'en', calledOff, 'This event will not take place.'],
    ['the event is over', 'az', over, 'Bu tədbir başa çatıb.'],
    ['the invitation was withdrawn', 'ru', withdrawn, 'Это приглашение отозвано.'],
  ])('since %s says so in %s', async (_, locale, happen, words) => {
    const invited = await invitees.one({ locale });
    await happen(invited);
    const { text } = await api.guest.get(invited.path).expect(200);
    expect(text).toContain(words);
    expect(text).not.toContain('<form');
    expect((await answer(invited.path).expect(409)).text).toContain(words);
    await api.guest.get(`${invited.path}/event.ics`).expect(404);
    expect((await stateOf(invited.invitationId)).status).toBe('needs_action');
  });

  it('since the link has expired says so in the language of whom it was for', async () => {
    const { invitationId } = await invitees.one({ locale: 'ru' });
    const path = `/rsvp/${signToken(api.app.get(SIGNING_SECRET), `${invitationId}.1`, 'rsvp', -1)}`;
    for (const { text, status } of [await api.guest.get(path), await answer(path)]) {
      expect([status, text]).toEqual([410, expect.stringContaining('Ссылка больше не действует.')]);
      expect(text).not.toContain('Aysel');
    }
    expect((await stateOf(invitationId)).status).toBe('needs_action');
  });

  it('since staff have revoked the links says so; the next mail holds one that works', async () => {
    const invited = await invitees.one({ locale: 'az' });
    const revoke = `/v1/invitations/${invited.invitationId}/link-revocation`;
    await (await api.as('viewer')).post(revoke).expect(403);
    await staff.post(revoke).expect(200);
    for (const { text, status } of [await api.guest.get(invited.path), await answer(invited.path)])
      expect([status, text]).toEqual([410, expect.stringContaining('Bu keçid artıq etibarlı deyil.')]);
    expect((await stateOf(invited.invitationId)).status).toBe('needs_action');
    const fresh = invitees.paths({ ...invited, version: 2 }).path;
    await answer(fresh).expect(303);
    await staff.post(`/v1/invitations/${invited.invitationId}/cancellation`).expect(200);
    expect((await api.guest.get(fresh).expect(200)).text).toContain('Bu dəvət geri götürülüb.');
    const { body } = await (
      await api.as('admin')
    )
      .get(`/v1/audit-entries?filter[aboutId]=${invited.invitationId}&limit=50`)
      .expect(200);
    expect((body.data as { action: string }[]).map(({ action }) => action)).toContain('links_revoked');
  });
});

describe('the page that ends mails', () => {
  const suppressed = async (email: string) =>
    ((await staff.get(`/v1/suppressions?filter[email]=${email}`)).body.data as { source: string }[]).map(
      ({ source }) => source,
    );

  it.each([
    ['en', 'Shall we stop sending mails to', 'No more mails will be sent to'],
    ['az', 'ünvanına məktub göndərməyi dayandıraq?', 'ünvanına daha məktub göndərilməyəcək.'],
    ['ru', 'Больше не присылать письма', 'больше не будут приходить.'],
  ])('asks in %s first', async (locale, asks, says) => {
    const { wayOut, email } = await invitees.one({ locale });
    expect((await api.guest.get(wayOut).expect(200)).text).toContain(asks);
    expect(await suppressed(email)).toEqual([]);
    expect((await answer(wayOut, '').expect(200)).text).toContain(says);
    expect((await api.guest.get(wayOut).expect(200)).text).toContain(says);
    expect(await suppressed(email)).toEqual(['unsubscribed']);
  });

  const boundary = '----click';
  const parts = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;
  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    ['a form in parts', `multipart/form-data; boundary=${boundary}`, parts],
    ['an empty form', 'application/x-www-form-urlencoded', ''],
    ['no body and no type', undefined, undefined],
    ['a form of nonsense', 'application/x-www-form-urlencoded', '%%%=&&&'],
  ])('takes the one click of a mail program with %s, also twice', async (_, type, body) => {
    const { wayOut, email, messageId } = await invitees.one();
    for (let click = 0; click < 2; click++) {
      const { status } = await fetch(`${api.url}${wayOut}`, {
        method: 'POST',
        ...(type && { headers: { 'content-type': type } }),
        body,
      });
      expect(status).toBe(200);
    }
    expect(await suppressed(email)).toEqual(['unsubscribed']);
    expect((await staff.get(`/v1/messages/${messageId}`)).body).toMatchObject({
      status: 'suppressed',
      reason: 'suppressed',
    });
  });

  it('takes back everything that waits for the address, and is heard however often it is pressed at once', async () => {
    const invited = await invitees.one();
    await api.database.query(
      `UPDATE messages SET status = 'queued', lease_until = now() + interval '1 hour' WHERE id = $1`,
      [invited.messageId],
    );
    const pressed = await Promise.all(Array.from({ length: 20 }, () => answer(invited.wayOut, '')));
    expect(pressed.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await suppressed(invited.email)).toEqual(['unsubscribed']);
    const left = await api.database.query(
      `SELECT 1 FROM messages WHERE email = $1 AND status IN ('planned', 'queued')`,
      [invited.email],
    );
    expect(left).toEqual([]);
  });
});

describe('answers by one link that cross', () => {
  it('move the registration as the one that stands says', async () => {
    const { path, invitationId, conferenceId } = await invitees.one();
    await answer(path, 'status=accepted').expect(303);
    const answers: Promise<{ status: number }>[] = [];
    const holder = new PgClient(api.databaseUrl);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM invitations WHERE id = $1 FOR UPDATE', [invitationId]);
    for (const status of ['declined', 'accepted']) {
      answers.push(answer(path, { status }).then((given) => given));
      await waiting(answers.length);
    }
    await holder.end();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([303, 303]);
    expect((await stateOf(invitationId)).status).toBe('accepted');
    expect(await registrationsOf(conferenceId)).toHaveLength(1);
  });

  /** Until so many wait for a lock in this database. */
  const waiting = async (count: number): Promise<void> => {
    const sql = `SELECT count(DISTINCT l.pid)::int AS count FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                 WHERE NOT l.granted AND a.datname = current_database()`;
    while (((await api.database.queryOne<{ count: number }>(sql))?.count ?? 0) < count) await pause(10);
  };

  it('fifty at once end in one answer, one registration at most, a line in order, and a trail without a gap', async () => {
    const invited = await invitees.one({ capacity: 1 });
    const { path, conferenceId, invitationId, personId } = invited;
    await answer(path).expect(303);
    const next = await invitees.make('/v1/people', { fullName: 'Next in line' });
    await invitees.make(`/v1/conferences/${conferenceId}/registrations`, { personId: next });
    const forms = Array.from({ length: 50 }, (_, i) => ({ status: ['declined', 'accepted', 'tentative'][i % 3] }));
    const answers = await Promise.all(forms.map((form) => answer(path, form)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));

    const { status } = await stateOf(invitationId);
    const standing = await registrationsOf(conferenceId);
    const own = standing.filter((registration) => registration.personId === personId);
    if (status === 'accepted') expect(own).toHaveLength(1);
    if (status === 'declined') expect(own).toEqual([]);
    expect(own.length).toBeLessThanOrEqual(1);
    expect(standing.filter((registration) => registration.status === 'confirmed')).toEqual([
      { personId: next, status: 'confirmed' },
    ]);
    const trail = await api.database.query<{ before: { status: string }; after: { status: string } }>(
      `SELECT before, after FROM audit_entries WHERE about_id = $1 AND action = 'answered' ORDER BY (after->>'version')::int, id`,
      [invitationId],
    );
    const told = trail.filter((entry) => entry.after.status);
    expect(told[0]?.before.status).toBe('needs_action');
    for (const [i, entry] of told.entries()) if (i > 0) expect(entry.before.status).toBe(told[i - 1]?.after.status);
    expect(told.at(-1)?.after.status).toBe(status);
  });

  const registrationsOf = (conferenceId: string) =>
    api.database.query<{ personId: string; status: string }>(
      `SELECT person_id AS "personId", status FROM registrations WHERE conference_id = $1 AND status <> 'cancelled' ORDER BY status`,
      [conferenceId],
    );
});

/** All that a visitor could change. */
async function everything(): Promise<object> {
  const tables = ['invitations', 'messages', 'registrations', 'suppressions', 'audit_entries', 'records'];
  const rows = tables.map((table) =>
    api.database.queryOne(`SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) AS md5 FROM ${table} t`),
  );
  return Object.fromEntries((await Promise.all(rows)).map((row, i) => [tables[i], row]));
}
