import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import fc from 'fast-check';
import { SIGNING_SECRET, signToken } from '#access';
import { type Invited, Invitees } from '../support/invitees.js';
import { type Client, startTestApi, type TestApi } from '../support/test-api.js';

const SECRET = 'a secret that only the tests know about';

let api: TestApi;
let staff: Client;
let invited: Invited;
let token: string;

beforeAll(async () => {
  api = await startTestApi();
  staff = await api.as('staff');
  invited = await (await Invitees.at(api)).one();
  token = tokenOf(invited.path);
});
afterAll(() => api?.close());
beforeEach(() => api.database.query('DELETE FROM attempts'));

const tokenOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const signed = (header: object, claims: object, secret = SECRET): string => {
  const body = `${base64(header)}.${base64(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const HEADER = { alg: 'HS256', typ: 'JWT' };
const claims = (changes: object = {}) => ({
  sub: `${invited.invitationId}.1`,
  aud: 'rsvp',
  iss: 'chamberlain',
  exp: Math.round(Date.now() / 1000) + 3_600,
  ...changes,
});

/** Every way in, with this in place of a token; answers the statuses. */
async function knock(forged: string): Promise<number[]> {
  const statuses = [];
  for (const page of ['rsvp', 'unsubscribe'])
    for (const method of ['GET', 'POST']) {
      const { status, type, text } = await plainly(method, `/${page}/${forged}`);
      if (type !== 'text/html; charset=utf-8') throw new Error(`No page: ${text}`);
      if (/\bat .*\.(js|ts):\d|node_modules|Error:/.test(text)) throw new Error(`A stack: ${text}`);
      statuses.push(status);
    }
  return [...new Set(statuses)];
}

/** Sends the path as it is; other clients would tidy it up. */
async function plainly(method: string, path: string): Promise<{ status: number; type?: string; text: string }> {
  const { hostname, port } = new URL(api.url);
  const asked = request({ hostname, port, method, path, agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks = await answer.toArray();
  const text = Buffer.concat(chunks as Buffer[]).toString();
  return { status: answer.statusCode ?? 0, type: answer.headers['content-type'], text };
}

const untouched = async () => {
  const { body } = await staff.get(`/v1/invitations/${invited.invitationId}`).expect(200);
  expect(body).toMatchObject({ status: 'needs_action', version: 1 });
  expect((await staff.get(`/v1/suppressions?filter[email]=${invited.email}`)).body.data).toEqual([]);
};

describe('a link of a mail', () => {
  it('opens its page when it is the real one, signed as here', async () => {
    await api.guest.get(`/rsvp/${signed(HEADER, claims())}`).expect(200);
  });

  const forgeries: [string, () => string][] = [
    ['signed with another secret', () => signed(HEADER, claims(), 'a secret that anybody could have made up')],
    ['signed with nothing', () => `${base64({ alg: 'none', typ: 'JWT' })}.${base64(claims())}.`],
    ['that says it needs no signature', () => signed({ alg: 'none' }, claims())],
    ['signed by another algorithm', () => signed({ alg: 'HS512', typ: 'JWT' }, claims())],
    ['with the payload of another', () => token.replace(/\.[^.]+\./, `.${base64(claims({ sub: invited.personId }))}.`)],
    ['without an end', () => signed(HEADER, claims({ exp: undefined }))],
    ['with an end that is no time', () => signed(HEADER, claims({ exp: 'never' }))],
    ['from another issuer', () => signed(HEADER, claims({ iss: 'somebody' }))],
    ['to no invitation', () => signed(HEADER, claims({ sub: `${invited.personId}.1` }))],
    ['to something that is no id', () => signed(HEADER, claims({ sub: "1'; DROP TABLE invitations; --" }))],
    ['to an id without a version', () => signed(HEADER, claims({ sub: invited.invitationId }))],
    ['to a list', () => signed(HEADER, claims({ sub: ['a', 'b'] }))],
    ['that is empty', () => ''],
    ['that is a space', () => '%20'],
    ['of two dots', () => '..'],
    ['that climbs', () => '..%2f..%2f..%2fetc%2fpasswd'],
    ['that climbs in plain sight', () => '../../etc/passwd'],
    ['that ends in a NUL', () => `${token}%00`],
    ['in another script', () => encodeURIComponent('приглашение🎉')],
    ['of broken UTF-8', () => '%c3%28'],
    ['of half an escape', () => '%zz'],
    ['that is too long for a path', () => 'a'.repeat(2_500)],
    ['that is huge', () => 'a'.repeat(15_000)],
    ['of a prototype', () => '__proto__'],
    ['of HTML', () => encodeURIComponent('<script>alert(1)</script>')],
    ['that goes on', () => `${token}/x`],
  ];

  it.each(forgeries)('%s opens nothing', async (_, make) => {
    const statuses = await knock(make());
    expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
    await untouched();
  });

  it('with any character changed opens nothing', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.nat(alphabet.length - 1), async (at, letter) => {
        const forged = token.slice(0, at) + alphabet.charAt(letter) + token.slice(at + 1);
        // The last letter of a signature holds two bits that mean nothing.
        fc.pre(forged !== token && at < token.length - 1);
        expect((await api.guest.get(`/rsvp/${forged}`)).status).toBe(404);
      }),
      { numRuns: 100 },
    );
  });

  it('for one purpose serves no other', async () => {
    const { body } = await api.guest
      .post('/v1/auth/login')
      .send({ email: 'staff@chamber.example', password: 'correct horse battery' })
      .expect(200);
    const access = body.accessToken as string;
    const out = tokenOf(invited.wayOut);
    expect(await knock(access)).toEqual([404]);
    await api.guest.get(`/rsvp/${out}`).expect(404);
    await api.guest.post(`/rsvp/${out}`).type('form').send('status=accepted').expect(404);
    await api.guest.get(`/unsubscribe/${token}`).expect(404);
    await api.guest.post(`/unsubscribe/${token}`).expect(404);
    for (const key of [token, out]) await api.guest.get('/v1/me').set('Authorization', `Bearer ${key}`).expect(401);
    const queues = signToken(api.app.get(SIGNING_SECRET), `${invited.invitationId}.1`, 'queues', 60);
    expect(await knock(queues)).toEqual([404]);
    await untouched();
  });

  it('says that it opens nothing in a language of the reader', async () => {
    const texts = ['az,en;q=0.5', 'ru', 'fr'].map(async (languages) => {
      const { text } = await api.guest.get('/unsubscribe/x').set('Accept-Language', languages).expect(404);
      return /<html lang="(\w+)">/.exec(text)?.[1];
    });
    expect(await Promise.all(texts)).toEqual(['az', 'ru', 'en']);
  });
});
