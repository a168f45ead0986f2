import { createHash } from 'node:crypto';
import { UsersService } from '#access';
import { ApiProcess, type ApiProcessOptions } from '../support/api-process.js';
import { DeliveryGround } from '../support/delivery-ground.js';
import { FULL } from '../support/fault-mode.js';
import type { QueueEngineUnderTest } from '../support/queue-engines.js';

jest.setTimeout(300_000);

const INVITED = 2_000;
const USER = { email: 'manager@chamber.example', password: 'correct horse battery' };
const DAY = 86_400_000;
const POSTGRES: QueueEngineUnderTest = { name: 'PostgreSQL', start: async () => ({ stop: async () => undefined }) };

/** What a write may leave behind. */
const TABLES = [
  'conferences',
  'conference_sessions',
  'records',
  'bookings',
  'invitations',
  'messages',
  'audit_entries',
  'idempotency_keys',
];

type Death = NonNullable<ApiProcessOptions['killAt']>;

const COMPANY = '01900000-0000-7000-8000-000000000001';
const PEOPLE = `
  INSERT INTO organizations (id, name, kind, search_key, match_key) VALUES ('${COMPANY}', 'Company', 'company', 'company', 'company');
  INSERT INTO people (id, full_name, search_key, match_key, email)
  SELECT gen_random_uuid(), 'Guest ' || i, 'guest ' || i, 'guest ' || i, 'guest' || i || '@example.com' FROM generate_series(1, ${INVITED}) i;
  INSERT INTO positions (id, person_id, organization_id, title, preferred)
  SELECT gen_random_uuid(), id, '${COMPANY}', 'Director', true FROM people`;

describe('an API that is killed in the middle of a write', () => {
  let ground: DeliveryGround;
  const processes: ApiProcess[] = [];
  let alive: ApiProcess;

  const api = async (killAt?: Death): Promise<ApiProcess> => {
    const started = await ApiProcess.start({ databaseUrl: ground.databaseUrl, killAt }, USER.email, USER.password);
    processes.push(started);
    return started;
  };

  /** Everything there is, row for row. */
  const world = async (): Promise<string> => {
    const hash = createHash('sha256');
    for (const table of TABLES) {
      const rows = await ground.sql(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`);
      hash.update(JSON.stringify(rows));
    }
    return hash.digest('hex');
  };

  beforeAll(async () => {
    ground = await DeliveryGround.start(POSTGRES);
    await ground.hub.app.get(UsersService).create({ ...USER, name: 'Manager', role: 'manager' });
    await ground.sql(PEOPLE);
    alive = await api();
  });
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await ground?.stop();
  });

  const starts = (days: number) => new Date(Math.round((Date.now() + days * DAY) / DAY) * DAY + 15 * 3_600_000);
  const span = (days: number, hours = 8) => ({
    startsAt: starts(days).toISOString(),
    endsAt: new Date(starts(days).getTime() + hours * 3_600_000).toISOString(),
  });

  /** A conference with two sessions, made by the API that lives. */
  const conference = async (): Promise<string> => {
    const about = { name: 'Trade Forum', timeZone: 'America/New_York', ...span(20) };
    const made = await alive.send('POST', '/v1/conferences', about);
    expect(made).toMatchObject({ status: 201 });
    const id = String(made?.body.id);
    for (const title of ['Opening', 'Energy']) {
      const session = { title, kind: 'panel', ...span(20, 1) };
      expect(await alive.send('POST', `/v1/conferences/${id}/sessions`, session)).toMatchObject({ status: 201 });
    }
    return id;
  };

  const roundFor = (id: string) => ({ about: { type: 'conference', id }, recipients: { organizationIds: [COMPANY] } });
  const invitations = async (id: string) => {
    const [row] = await ground.sql(
      `SELECT count(*)::int AS mails, count(DISTINCT person_id)::int AS people FROM messages
       WHERE about_id = $1 AND kind = 'invitation' AND status = 'planned'`,
      [id],
    );
    return row;
  };

  const INVITE_DEATHS: Death[] = [
    { sql: 'INSERT INTO messages', when: 'after' },
    ...(FULL ? [{ sql: 'INTO invitations', when: 'before' } as const] : []),
    ...(FULL ? [{ sql: 'idempotency', when: 'after' } as const] : []),
    { sql: 'COMMIT', when: 'before', since: 'INSERT INTO messages' },
  ];

  it.each(INVITE_DEATHS)(
    `inviting ${INVITED} people, $when $sql: nobody is invited, and the retry invites all, once`,
    async (death) => {
      const doomed = await api(death);
      const id = await conference();
      const before = await world();
      const key = { 'idempotency-key': `round-${death.when}-${death.sql.replaceAll(' ', '-')}` };
      expect(await doomed.send('POST', '/v1/invitations', roundFor(id), key)).toBeUndefined();
      expect(doomed.killedAt).toContain(death.sql);
      expect(await world()).toBe(before);
      const again = await alive.send('POST', '/v1/invitations', roundFor(id), key);
      expect(again).toMatchObject({ status: 202, body: { counts: { invited: INVITED } } });
      expect(await invitations(id)).toEqual({ mails: INVITED, people: INVITED });
    },
  );

  it(`inviting ${INVITED} people, after the commit and before the answer: the retry is told what was done, and does nothing`, async () => {
    const doomed = await api({ sql: 'COMMIT', when: 'after', since: 'INSERT INTO messages' });
    const id = await conference();
    const key = { 'idempotency-key': 'round-committed' };
    expect(await doomed.send('POST', '/v1/invitations', roundFor(id), key)).toBeUndefined();
    expect(await invitations(id)).toEqual({ mails: INVITED, people: INVITED });
    const after = await world();
    const again = await alive.send('POST', '/v1/invitations', roundFor(id), key);
    expect(again).toMatchObject({ status: 202, body: { counts: { invited: INVITED } } });
    expect(again?.headers.get('idempotency-replayed')).toBe('true');
    expect(await world()).toBe(after);
  });

  it('moving a conference with its sessions and its mails, before the commit: nothing has moved, and the retry moves all of it', async () => {
    const doomed = await api({ sql: 'COMMIT', when: 'before', since: 'conference' });
    const id = await conference();
    const invited = await alive.send('POST', '/v1/invitations', { ...roundFor(id), sendAt: starts(5).toISOString() });
    expect(invited).toMatchObject({ status: 202 });
    const before = await world();
    const version = { 'if-match': `"${String((await alive.send('GET', `/v1/conferences/${id}`))?.body.version)}"` };
    const move = { ...span(27), moveSessions: true };
    expect(await doomed.send('PATCH', `/v1/conferences/${id}`, move, version)).toBeUndefined();
    expect(await world()).toBe(before);
    expect(await alive.send('PATCH', `/v1/conferences/${id}`, move, version)).toMatchObject({ status: 200 });
    const moved = await ground.sql(
      `SELECT DISTINCT data->>'startsAt' AS "startsAt" FROM messages WHERE about_id = $1 AND kind = 'invitation' AND status = 'planned'
       UNION SELECT DISTINCT to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') FROM conference_sessions WHERE conference_id = $1`,
      [id],
    );
    expect(moved).toEqual([{ startsAt: starts(27).toISOString() }]);
    expect(await alive.send('PATCH', `/v1/conferences/${id}`, move, version)).toMatchObject({ status: 412 });
  });
});
