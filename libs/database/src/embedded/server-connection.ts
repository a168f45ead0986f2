import { realpathSync } from 'node:fs';
import { Client } from 'pg';
import { SUPERUSER } from './cluster.js';

/** How to reach the server on 127.0.0.1. */
export interface ServerAddress {
  port: number;
  password: string;
}

const NOT_READY = ['ECONNREFUSED', 'ECONNRESET', '57P03', '57P01'];

/** A connection to the maintenance database as the supervisor. Rejects when the server does not let us in. */
export async function connect({ port, password }: ServerAddress): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    password,
    user: SUPERUSER,
    database: 'postgres',
    application_name: supervisorName(process.pid),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on('error', () => undefined); // the `end` event that follows is what we act upon
  await client.connect();
  return client;
}

/** Whether an open connection keeps the process alive by itself. (pg has both calls, its types do not.) */
export function keepAwake(client: Client, awake: boolean): void {
  const socket = client as Client & { ref(): void; unref(): void };
  if (awake) socket.ref();
  else socket.unref();
}

/** The URL the application connects with. */
export function urlOf({ port, password }: ServerAddress, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Whether a failed attempt only means "starting up" or "shutting down". */
export function isNotReady(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return NOT_READY.includes(code ?? '') || /Connection terminated|timeout expired/.test(message);
}

/** Whether the server that answered really serves this cluster. */
export async function serves(client: Client, cluster: string): Promise<boolean> {
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  return rows[0] !== undefined && realpathSync(rows[0].data_directory) === cluster;
}

/** Makes the database unless it is there. */
export async function ensureDatabase(client: Client, name: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
}

const NAME = 'chamberlain supervisor';

function supervisorName(pid: number): string {
  return `${NAME} ${pid}`;
}

/** The pid inside a supervisor connection's application name. */
export function supervisorPid(applicationName: string): number | undefined {
  const pid = new RegExp(`^${NAME} (\\d+)$`).exec(applicationName)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
