import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { startApi } from '../../apps/api/src/index.js';
import { UsersService } from '#access';
import { type Config, loadConfig } from '#config';
import { Database, type Role } from '#database';
import { createTestDatabase } from './test-database.js';

type Agent = ReturnType<typeof supertest>;

/** A running API on a database of its own, and ways to speak to it. */
export interface TestApi {
  app: NestFastifyApplication;
  database: Database;
  databaseUrl: string;
  url: string;
  /** Without a token. */
  guest: Agent;
  /** Speaks as a user of this role; the same user each time. */
  as(role: Role): Promise<Client>;
  close(): Promise<void>;
}

/** supertest with a token: `client.post('/v1/tasks').send({…})`. */
export interface Client {
  id: string;
  email: string;
  token: string;
  get: Agent['get'];
  post: Agent['post'];
  patch: Agent['patch'];
  delete: Agent['delete'];
}

export const PASSWORD = 'correct horse battery';

export async function startTestApi(overrides: Partial<Config> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const config = {
    ...loadConfig({
      NODE_ENV: 'test',
      PORT: '0',
      JWT_SECRET: 'a secret that only the tests know about',
      LOG_LEVEL: 'error',
    }),
    ...overrides,
  };
  const api = await startApi({ ...config, databaseUrl: database.url });
  const guest = supertest(api.url);
  const clients = new Map<Role, Promise<Client>>();
  return {
    app: api.app,
    database: api.app.get(Database),
    databaseUrl: database.url,
    url: api.url,
    guest,
    as: (role) => {
      if (!clients.has(role)) clients.set(role, signIn(api.app, guest, role));
      return clients.get(role) as Promise<Client>;
    },
    close: async () => {
      await api.close();
      await database.drop();
    },
  };
}

async function signIn(app: NestFastifyApplication, guest: Agent, role: Role): Promise<Client> {
  const email = `${role}@chamber.example`;
  const user = await app.get(UsersService).create({ email, name: `The ${role}`, role, password: PASSWORD });
  const answer = await guest.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
  return { id: user.id, email, ...clientWith(guest, answer.body.accessToken as string) };
}

/** The agent's methods with a token on each request. */
export function clientWith(guest: Agent, token: string): Omit<Client, 'id' | 'email'> {
  const authorized = (method: 'get' | 'post' | 'patch' | 'delete') =>
    ((url: string) => guest[method](url).set('Authorization', `Bearer ${token}`)) as Agent['get'];
  return {
    token,
    get: authorized('get'),
    post: authorized('post'),
    patch: authorized('patch'),
    delete: authorized('delete'),
  };
}
