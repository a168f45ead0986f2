import { loadConfig } from '#config';
import { DEFAULT_DELIVERY, MessageSweep } from '#delivery';
import { MessagingContext } from '../support/messaging-context.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Which of the messages that are due a worker is given, and in which order. */
describe('the line of due messages', () => {
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

  beforeEach(async () => {
    for (const table of ['messages', 'mail_rests', 'mail_paces', 'mail_sweeps'])
      await hub.database.query(`DELETE FROM ${table}`);
  });

  const sweeper = (env: NodeJS.ProcessEnv = {}, batch = 100): MessageSweep =>
    new MessageSweep(hub.database, { ...DEFAULT_DELIVERY, batch }, loadConfig(env));

  /** Straight into the ledger: `count` messages to people of one domain, due so many seconds ago. */
  const waiting = (domain: string, count: number, { kind = 'invitation', ago = 60 } = {}): Promise<unknown> =>
    hub.database.query(PLAN, [domain, count, kind, ago]);

  /** Domains of what a sweep claims, in its order. */
  const claimedBy = async (sweep: MessageSweep): Promise<string[]> => {
    const claims = await sweep.run();
    const rows = await hub.database.query<{ domain: string }>(DOMAINS, [claims.map(({ id }) => id)]);
    return rows.map(({ domain }) => domain);
  };

  const counted = (domains: string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const domain of domains) counts[domain] = (counts[domain] ?? 0) + 1;
    return counts;
  };

  it('gives each domain three quarters of the hands of one worker and no more', async () => {
    await waiting('large.example', 1_000);
    await waiting('small.example', 3, { ago: 1 });
    const sweep = sweeper();
    expect(counted(await claimedBy(sweep))).toEqual({ 'large.example': 8, 'small.example': 3 });
    expect(await claimedBy(sweep)).toEqual([]);
    await hub.database
      .query(`UPDATE messages SET status = 'planned', lease_until = NULL, due_at = now() + interval '1 h'
      WHERE id IN (SELECT id FROM messages WHERE status = 'queued' AND email LIKE '%large%' LIMIT 2)`);
    expect(counted(await claimedBy(sweep))).toEqual({ 'large.example': 2 });
    expect(counted(await claimedBy(sweeper({ MAIL_DOMAIN_CONCURRENCY: '11' })))).toEqual({ 'large.example': 3 });
  });

  it('comes to every domain although thousands of messages to a few stand before them', async () => {
    await waiting('a-large.example', 500);
    await waiting('z-large.example', 500);
    for (let i = 0; i < 150; i++) await waiting(`d${i}.example`, 1, { ago: 1 });
    const seen = new Set<string>();
    for (let sweeps = 0; sweeps < 4; sweeps++) {
      for (const domain of await claimedBy(sweep150)) seen.add(domain);
      await hub.database.query(
        `UPDATE messages SET status = 'sent', sent_at = now(), lease_until = NULL WHERE status = 'queued'`,
      );
    }
    expect(seen.size).toBe(152);
  });
  let sweep150: MessageSweep;
  beforeEach(() => (sweep150 = sweeper({}, 150)));

  it('lets reminders and notices go before invitations that have waited longer', async () => {
    await waiting('one.example', 3, { ago: 3_600 });
    await waiting('two.example', 3, { ago: 3_600, kind: 'nudge' });
    await waiting('three.example', 3, { ago: 1, kind: 'reminder' });
    const domains = await claimedBy(sweeper({}, 4));
    expect(domains.slice(0, 3)).toEqual(['three.example', 'three.example', 'three.example']);
    expect(domains).toHaveLength(4);
  });

  it('does not let invitations overtake reminders that stand behind hundreds to a domain that rests', async () => {
    await waiting('resting.example', 400, { kind: 'reminder' });
    await waiting('well.example', 3, { kind: 'reminder', ago: 1 });
    for (let i = 0; i < 30; i++) await waiting(`d${i}.example`, 1, { ago: 3_600 });
    await hub.database.query(REST, ['resting.example', 60]);
    const domains = await claimedBy(sweeper({}, 5));
    expect(domains.slice(0, 3)).toEqual(['well.example', 'well.example', 'well.example']);
    expect(domains).toHaveLength(5);
  });

  it('leaves a domain alone that rests, tries it with a few when it has rested, and all of them while the server rests', async () => {
    await waiting('slow.example', 100);
    await waiting('well.example', 100);
    const rest = (domain: string, seconds: number) => hub.database.query(REST, [domain, seconds]);
    await rest('slow.example', 60);
    expect(counted(await claimedBy(sweeper()))).toEqual({ 'well.example': 8 });
    await rest('slow.example', -1);
    expect(counted(await claimedBy(sweeper()))).toEqual({ 'slow.example': 3 });
    await hub.database.query(`UPDATE messages SET status = 'planned', lease_until = NULL WHERE status = 'queued'`);
    await rest('*', 60);
    expect(await claimedBy(sweeper())).toEqual([]);
    await rest('*', -1);
    expect(await claimedBy(sweeper())).toHaveLength(3);
  });

  it('gives a domain whose mails take long one hand more than hangs in it already', async () => {
    await waiting('hanging.example', 100);
    const sweep = sweeper();
    await sweep.run();
    const hang = `UPDATE messages SET status = 'sending', lease_until = now() + interval '100 s'
      WHERE id IN (SELECT id FROM messages WHERE status = 'queued' LIMIT $1)`;
    await hub.database.query(hang, [2]);
    await hub.database.query(`UPDATE messages SET status = 'planned', lease_until = NULL WHERE status = 'queued'`);
    expect(await claimedBy(sweep)).toEqual(['hanging.example']);
    expect(await claimedBy(sweep)).toEqual([]);
  });

  it('keeps to the mails a minute that a domain may have, whoever sweeps, and however often', async () => {
    await waiting('paced.example', 200);
    await waiting('other.example', 200);
    const env = { MAIL_DOMAIN_RATES: 'paced.example=60', MAIL_DOMAIN_CONCURRENCY: '100' };
    const sweeps = [sweeper(env), sweeper(env)];
    const free = `UPDATE messages SET status = 'sent', sent_at = now(), lease_until = NULL WHERE status = 'queued'`;
    let paced = 0;
    const began = performance.now();
    for (let second = 0; second < 10; second++) {
      for (const sweep of sweeps) paced += counted(await claimedBy(sweep))['paced.example'] ?? 0;
      await hub.database.query(free);
      await hub.database.query(`UPDATE mail_paces SET next_at = next_at - interval '1 s'`);
    }
    // Time goes on for real as well meanwhile.
    const passed = (performance.now() - began) / 1000;
    expect(paced).toBeGreaterThanOrEqual(10);
    expect(paced).toBeLessThanOrEqual(11 + Math.ceil(passed));
  });

  it('is swept by one at a time, so that what a domain may have stays what it may have', async () => {
    await waiting('large.example', 1_000);
    const claims = await Promise.all(Array.from({ length: 4 }, () => sweeper().run()));
    expect(claims.flat()).toHaveLength(8);
  });

  it('says how long it is until the next one falls due, and nothing where none does soon', async () => {
    const sweep = sweeper();
    expect(await sweep.nextDue(1_000)).toBeUndefined();
    await waiting('overdue.example', 1);
    await waiting('tomorrow.example', 1, { ago: -86_400 });
    expect(await sweep.nextDue(1_000)).toBeUndefined();
    await waiting('soon.example', 1, { ago: -600 });
    const wait = await sweep.nextDue(3_600_000);
    expect(wait).toBeGreaterThan(1);
    expect(wait).toBeLessThanOrEqual(600_001);
  });

  it('reads a few pages, and no table from end to end, with 100,000 messages waiting in three domains', async () => {
    for (const domain of ['one.example', 'two.example', 'three.example']) await waiting(domain, 33_334);
    await hub.database.query('ANALYZE messages');
    const seen: string[] = [];
    const prepared = (sql: string, parameters: unknown[]) => explained(sql, parameters, seen);
    const spy = Object.assign(Object.create(hub.database) as typeof hub.database, { prepared });
    await new MessageSweep(spy, DEFAULT_DELIVERY, loadConfig({})).run();
    expect(seen.filter((plan) => plan.includes('Seq Scan on messages'))).toEqual([]);
    // The first line of each plan with buffers tells of the whole statement.
    const pages = seen.map((plan) => Number(/Buffers: shared hit=(\d+)/.exec(plan)?.[1] ?? 0));
    expect(seen.length).toBeGreaterThanOrEqual(7);
    expect(pages.reduce((sum, some) => sum + some)).toBeLessThan(10_000);
  });

  /** Runs it as well, and answers what it answers. */
  const explained = async (sql: string, parameters: unknown[], seen: string[]) => {
    await hub.database.query('SAVEPOINT explained');
    const rows = await hub.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, parameters);
    seen.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    await hub.database.query('ROLLBACK TO explained');
    return hub.database.query(sql, parameters);
  };
});

const PLAN = `
  INSERT INTO messages (id, kind, status, dedupe_key, email, recipient_name, locale, time_zone, template_key, data, subject, send_at, due_at)
  SELECT gen_random_uuid(), $3, 'planned', gen_random_uuid(), 'guest' || i || '@' || $1, 'Guest', 'en', 'UTC', 'notice', '{}', 'Notice', due, due
  FROM generate_series(1, $2::int) i, LATERAL (SELECT now() - $4::int * interval '1 s' + i * interval '1 us' AS due) d`;

const DOMAINS = `
  SELECT split_part(m.email, '@', 2) AS domain FROM unnest($1::uuid[]) WITH ORDINALITY c (id, place) JOIN messages m USING (id) ORDER BY place`;

const REST = `
  INSERT INTO mail_rests (domain, strikes, until, error) VALUES ($1, 1, now() + $2::int * interval '1 s', '421 slow down')
  ON CONFLICT (domain) DO UPDATE SET until = excluded.until`;
