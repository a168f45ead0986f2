import { clientWith, PASSWORD, startTestApi, type TestApi } from '../support/test-api.js';

describe('coming in', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const login = (email: string, password = PASSWORD) => api.guest.post('/v1/auth/login').send({ email, password });

  it('gives a token pair for the right password, whatever the case of the address', async () => {
    await api.as('staff');
    const { body } = await login('Staff@Chamber.Example').expect(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
    });
  });

  it('says who the token belongs to', async () => {
    const staff = await api.as('staff');
    const { body } = await staff.get('/v1/me').expect(200);
    expect(body).toMatchObject({
      kind: 'user',
      id: staff.id,
      role: 'staff',
      email: staff.email,
      timeZone: 'America/New_York',
    });
  });

  it('answers a wrong password and an unknown address alike', async () => {
    await api.as('viewer');
    const [wrong, unknown] = [
      await login('viewer@chamber.example', 'not the password'),
      await login('nobody@chamber.example'),
    ];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const strip = ({ requestId, ...rest }: Record<string, unknown>) => rest;
    expect(strip(wrong.body)).toEqual(strip(unknown.body));
  });

  it('takes about as long for an unknown address as for a wrong password', async () => {
    const timeOf = async (email: string) => {
      const start = process.hrtime.bigint();
      await login(email, 'not the password');
      return Number(process.hrtime.bigint() - start) / 1e6;
    };
    const known = await timeOf('manager@chamber.example').then(() => timeOf('viewer@chamber.example'));
    expect(await timeOf('nobody2@chamber.example')).toBeGreaterThan(known / 4);
  });

  it('makes whoever guesses wait, and says for how long', async () => {
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push(await login('victim@chamber.example', `guess ${i}`));
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(last?.body.code).toBe('too_many_attempts');
    await api.database.query('DELETE FROM attempts');
  });

  it('lets nobody be locked out by somebody else’s guesses', async () => {
    await api.as('staff');
    for (let i = 0; i < 8; i++) await login('manager@chamber.example', `guess ${i}`);
    await login('staff@chamber.example').expect(200);
    await api.database.query('DELETE FROM attempts');
  });

  it('lets no more guesses through when they come all at once', async () => {
    await login('target@chamber.example', 'a first guess');
    // After twelve guesses the wait is two minutes: one more is free now, and the next one not for four.
    await api.database.query(
      "UPDATE attempts SET tries = 12, last_at = now() - interval '3 minutes' WHERE key LIKE 'pair:target%'",
    );
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => login('target@chamber.example', `guess ${i}`)),
    );
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(1);
    await api.database.query('DELETE FROM attempts');
  });

  it('forgets the failures of who gets it right in the end', async () => {
    for (let i = 0; i < 4; i++) await login('staff@chamber.example', `guess ${i}`).expect(401);
    await login('staff@chamber.example').expect(200);
    for (let i = 0; i < 4; i++) await login('staff@chamber.example', `guess ${i}`).expect(401);
    await api.database.query('DELETE FROM attempts');
  });

  it('points at what is missing instead of saying 401', async () => {
    const { body } = await api.guest.post('/v1/auth/login').send({ email: 'x' }).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(
      expect.arrayContaining(['/email', '/password']),
    );
  });

  it('refuses no token, a broken one, and one signed for another purpose or by another algorithm', async () => {
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const staff = await api.as('staff');
    const unsigned = `${none}.${staff.token.split('.')[1]}.`;
    await api.guest.get('/v1/me').expect(401).expect('WWW-Authenticate', 'Bearer');
    for (const token of ['x', unsigned, `${staff.token}x`, 'ck_unknown'])
      await clientWith(api.guest, token).get('/v1/me').expect(401);
  });

  it('refreshes once; the second use of a refresh token ends the whole sign-in', async () => {
    await api.as('staff');
    const first = (await login('staff@chamber.example')).body.refreshToken as string;
    const refresh = (refreshToken: string) => api.guest.post('/v1/auth/refresh').send({ refreshToken });
    const second = (await refresh(first).expect(200)).body.refreshToken as string;
    expect((await refresh(first).expect(401)).body.code).toBe('bad_refresh_token');
    await refresh(second).expect(401);
  });

  it('lets only one of many simultaneous uses of a refresh token win', async () => {
    const token = (await login('staff@chamber.example')).body.refreshToken as string;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.guest.post('/v1/auth/refresh').send({ refreshToken: token })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array<number>(9).fill(401)]);
  });

  it('signs out', async () => {
    const { refreshToken } = (await login('staff@chamber.example')).body as { refreshToken: string };
    await api.guest.post('/v1/auth/logout').send({ refreshToken }).expect(204);
    await api.guest.post('/v1/auth/refresh').send({ refreshToken }).expect(401);
  });
});

describe('users and API keys', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const newUser = { email: 'Leyla@chamber.example', name: 'Leyla', role: 'staff', password: PASSWORD };

  it('are managed by administrators alone', async () => {
    await (await api.as('manager')).post('/v1/users').send(newUser).expect(403);
    const { body, headers } = await (await api.as('admin')).post('/v1/users').send(newUser).expect(201);
    expect(headers.location).toBe(`/v1/users/${body.id}`);
    expect(body).toMatchObject({ email: 'leyla@chamber.example', version: 1 });
    expect(JSON.stringify(body)).not.toContain('argon2');
  });

  it('have one address each', async () => {
    const { body } = await (
      await api.as('admin')
    )
      .post('/v1/users')
      .send({ ...newUser, email: 'LEYLA@chamber.example' })
      .expect(409);
    expect(body.code).toBe('email_taken');
  });

  it('keep at least one administrator', async () => {
    const admin = await api.as('admin');
    expect((await admin.delete(`/v1/users/${admin.id}`).expect(409)).body.code).toBe('last_admin');
    expect((await admin.patch(`/v1/users/${admin.id}`).send({ role: 'viewer' }).expect(409)).body.code).toBe(
      'last_admin',
    );
  });

  it('lose their sign-ins with a new password', async () => {
    const admin = await api.as('admin');
    const { id } = (await admin.post('/v1/users').send({ ...newUser, email: 'rena@chamber.example' })).body as {
      id: string;
    };
    const { refreshToken } = (
      await api.guest.post('/v1/auth/login').send({ email: 'rena@chamber.example', password: PASSWORD })
    ).body as { refreshToken: string };
    await admin.patch(`/v1/users/${id}`).send({ password: 'another long password' }).expect(200);
    await api.guest.post('/v1/auth/refresh').send({ refreshToken }).expect(401);
    await api.guest.post('/v1/auth/login').send({ email: 'rena@chamber.example', password: PASSWORD }).expect(401);
    await api.guest
      .post('/v1/auth/login')
      .send({ email: 'rena@chamber.example', password: 'another long password' })
      .expect(200);
  });

  it('show an API key once, keep only its hash, and let it in with its role', async () => {
    const admin = await api.as('admin');
    const { body } = await admin.post('/v1/api-keys').send({ name: 'Website', role: 'viewer' }).expect(201);
    const program = clientWith(api.guest, body.key as string);
    expect((await program.get('/v1/me').expect(200)).body).toMatchObject({
      kind: 'api_key',
      name: 'Website',
      role: 'viewer',
    });
    await program.post('/v1/organizations').send({ name: 'X', kind: 'company' }).expect(403);
    const stored = await api.database.query<{ row: string }>('SELECT api_keys::text AS row FROM api_keys');
    expect(stored[0]?.row).not.toContain(body.key);
    expect((await admin.get(`/v1/api-keys/${body.id}`)).body.key).toBeUndefined();
  });

  it('are kept nowhere, not even for a repeated request', async () => {
    const admin = await api.as('admin');
    const make = () =>
      admin.post('/v1/api-keys').set('Idempotency-Key', 'one-key').send({ name: 'Once', role: 'viewer' });
    const [first, again] = [await make(), await make()];
    expect([first.status, again.status, again.body.id, again.body.key]).toEqual([201, 201, first.body.id, undefined]);
    const kept = await api.database.query<{ row: string }>(
      'SELECT idempotency_keys::text AS row FROM idempotency_keys',
    );
    expect(JSON.stringify(kept)).not.toContain(first.body.key);
  });

  it('end at once, where they are ended', async () => {
    const admin = await api.as('admin');
    const { body } = await admin.post('/v1/api-keys').send({ name: 'Short', role: 'viewer' }).expect(201);
    const program = clientWith(api.guest, body.key as string);
    await program.get('/v1/me').expect(200);
    await admin.delete(`/v1/api-keys/${body.id}`).expect(204);
    await program.get('/v1/me').expect(401);
  });

  it('refuse an API key that ended', async () => {
    const { body } = await (
      await api.as('admin')
    )
      .post('/v1/api-keys')
      .send({ name: 'Old', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' })
      .expect(201);
    await clientWith(api.guest, body.key as string)
      .get('/v1/me')
      .expect(401);
  });

  it('leave a trace of every change, without secrets', async () => {
    const { body } = await (await api.as('manager')).get('/v1/audit-entries?filter[subjectType]=user').expect(200);
    expect(body.data[0]).toMatchObject({ action: 'updated', about: { type: 'user' }, actor: { kind: 'user' } });
    expect(JSON.stringify(body)).not.toContain('argon2');
  });
});
