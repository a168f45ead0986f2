import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { loadConfig } from '#config';
import { migrate } from '#database';

/** A database of one test file's own, migrated and empty but for what an API that starts writes into it. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const ROOT = join(__dirname, '../..');
/** What the template is made of; what it would lack otherwise, an API that starts puts right. */
const SOURCES = ['migrations', 'libs/messaging/src', 'libs/messaging/src/built-in'];
const TEMPLATE_LOCK = 1_927_001;

/** Copies the template (about 80 ms), making it first where it is missing or what it is made of has changed. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `chamberlain_test_${randomBytes(6).toString('hex')}`;
  await withClient(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const template = await ensureTemplate(client, server);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: withDatabase(server, name),
    drop: () =>
      withClient(server, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is missing; the global setup of Jest sets it.');
  return url;
}

async function ensureTemplate(client: Client, server: string): Promise<string> {
  const name = `chamberlain_template_${sourcesHash()}`;
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return name;
  await client.query(`DROP DATABASE IF EXISTS ${name}_new`);
  await client.query(`CREATE DATABASE ${name}_new`);
  await migrate(withDatabase(server, `${name}_new`));
  await startOnce(withDatabase(server, `${name}_new`));
  await client.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`);
  return name;
}

/** To compile the built-in templates is most of the work of the first start, so no test file does it again. */
async function startOnce(databaseUrl: string): Promise<void> {
  const { startApi } = await import('../../apps/api/src/index.js');
  const config = loadConfig({ NODE_ENV: 'test', PORT: '0', JWT_SECRET: randomBytes(32).toString('hex') });
  const api = await startApi({ ...config, logLevel: 'error', databaseUrl });
  await api.close();
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.ts'));
    for (const file of files.sort()) hash.update(readFileSync(join(ROOT, folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
