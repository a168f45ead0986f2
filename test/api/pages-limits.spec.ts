import { loadConfig } from '#config';
import { startApi } from '../../apps/api/src/index.js';
import { type Invited, Invitees } from '../support/invitees.js';
import { startTestApi, type TestApi } from '../support/test-api.js';

/** Free calls of one client, and of one link, to look and to act. */
const LOOKS = { client: 600, link: 150 };
const ACTS = { client: 300, link: 75 };

let api: TestApi;
let invited: Invited;

beforeAll(async () => {
  api = await startTestApi({ trustedProxies: 1 });
  invited = await (await Invitees.at(api)).one({ locale: 'ru' });
});
afterAll(() => api?.close());
beforeEach(() => api.database.query('DELETE FROM attempts'));

const from = (client: string) => ({
  look: (path = invited.path) => api.guest.get(path).set('X-Forwarded-For', client),
  act: (path = invited.path) =>
    api.guest.post(path).set('X-Forwarded-For', client).type('form').send({ status: 'accepted' }),
});
/** As if so many calls had just been made; a little ahead of now, so that a slow machine frees none of them meanwhile. */
const made = (key: string, tries: number) =>
  api.database.query(`INSERT INTO attempts (key, tries, last_at) VALUES ($1, $2, now() + interval '1 min')`, [
    key,
    tries,
  ]);
const counted = async () =>
  (await api.database.query<{ key: string }>('SELECT key FROM attempts ORDER BY key')).map(({ key }) => key);

describe('a public page', () => {
  it('tells who calls too often when to come back, in words and in a header', async () => {
    await made('page:look:client:192.0.2.1', LOOKS.client);
    const { headers, text } = await from('192.0.2.1').look().set('Accept-Language', 'ru').expect(429);
    expect(headers).toMatchObject({ 'retry-after': '1', 'content-type': 'text/html; charset=utf-8' });
    expect(text).toContain('Слишком много запросов. Пожалуйста, попробуйте ещё раз через 1 секунду.');
    await from('192.0.2.2').look().expect(200);
  });

  it('takes fewer answers than looks, of one client and by one link', async () => {
    await made('page:act:client:192.0.2.1', ACTS.client);
    await from('192.0.2.1').act().expect(429).expect('Retry-After', '1');
    await from('192.0.2.1').look().expect(200);
    await api.database.query('DELETE FROM attempts');
    await made(`page:act:link:${invited.invitationId}.1`, ACTS.link);
    await from('192.0.2.1').act().expect(429).expect('Retry-After', '10');
    await from('192.0.2.3').act().expect(429);
    await from('192.0.2.3').act(invited.wayOut).expect(200);
  });

  it('lets calls through again at the pace it tells, and counts no refused one', async () => {
    await made('page:act:client:192.0.2.1', ACTS.client);
    for (let i = 0; i < 3; i++) await from('192.0.2.1').act().expect(429);
    await api.database.query(`UPDATE attempts SET last_at = now() - interval '1 s' WHERE key LIKE '%client%'`);
    await from('192.0.2.1').act().expect(303);
  });

  it('lets not one more through when they come all at once', async () => {
    await made('page:act:client:192.0.2.1', ACTS.client - 5);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => from('192.0.2.1').act()));
    const passed = statuses.filter(({ status }) => status === 303).length;
    // Each second that this takes on a slow machine frees one more.
    expect(passed).toBeGreaterThanOrEqual(5);
    expect(passed).toBeLessThan(15);
  });

  it('counts one subscriber of IPv6 once, whatever address they take', async () => {
    await from('2001:db8:1:2::1').look().expect(200);
    await from('2001:db8:1:2:ffff::9').look().expect(200);
    expect(await counted()).toEqual(['page:look:client:2001:db8:1:2::/64', `page:look:link:${invited.invitationId}.1`]);
  });

  it('believes its own proxy and nobody before it', async () => {
    await from('203.0.113.9, 192.0.2.1').look().expect(200);
    await from('198.51.100.7, 192.0.2.1').look().expect(200);
    expect(await counted()).toContain('page:look:client:192.0.2.1');
    expect((await counted()).filter((key) => key.includes(':client:'))).toHaveLength(1);
  });

  it('is not broken by a header that holds no address', async () => {
    for (const nonsense of ['x'.repeat(7_000), "'; DROP TABLE attempts", ' ', '999.1.1.1', '[::1]:80'])
      await from(nonsense).look().expect(200);
    await api.guest
      .post('/v1/auth/login')
      .set('X-Forwarded-For', 'x'.repeat(7_000))
      .send({ email: 'a@example.com', password: 'wrong password' })
      .expect(401);
  });

  it('counts made-up links by their client only', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => from('192.0.2.1').look(`/rsvp/forged-${i}`).expect(404)));
    expect(await counted()).toEqual(['page:look:client:192.0.2.1']);
  });

  it('listens to no header when no proxy is configured, and counts across API processes', async () => {
    const config = loadConfig({ NODE_ENV: 'test', PORT: '0', JWT_SECRET: 'a secret that only the tests know about' });
    const second = await startApi({ ...config, logLevel: 'error', databaseUrl: api.databaseUrl });
    try {
      const look = () => fetch(second.url + invited.path, { headers: { 'X-Forwarded-For': '192.0.2.50' } });
      expect((await look()).status).toBe(200);
      expect(await counted()).toContain('page:look:client:127.0.0.1');
      await api.database.query('UPDATE attempts SET tries = $1, last_at = now()', [LOOKS.link + 10]);
      expect((await look()).status).toBe(429);
      await from('192.0.2.51').look().expect(429);
    } finally {
      await second.close();
    }
  });
});
