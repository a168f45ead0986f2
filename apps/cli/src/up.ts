import { mkdirSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { UsersService } from '#access';
import { type RunningApi, startApi } from '#api';
import type { Config } from '#config';
import { migrate, startEmbeddedPostgres } from '#database';
import { startWorker } from '#worker';
import { startMailbox } from './mailbox/mailbox.js';

/** Everything, in one process tree. */
export interface RunningSystem {
  api: RunningApi;
  databaseUrl: string;
  /** Page of the local mailbox; undefined when SMTP_URL names a real server. */
  mailboxUrl?: string;
  /** The administrator made on this boot, if one was. */
  firstAdmin?: { email: string; oneTimePassword?: string };
  /** Names of the migrations that ran on this boot. */
  migrated: string[];
  close(): Promise<void>;
}

type Stop = () => Promise<unknown>;

/** Starts what the configuration does not name (database, mailbox), then worker and API. Undoes everything when one part fails. */
export async function startSystem(config: Config, onLost: (error: Error) => void): Promise<RunningSystem> {
  const stops: Stop[] = [];
  // The last started stops first, so that nothing loses its database or mail server while it still works.
  const close = async () => {
    for (const stop of stops.splice(0).reverse())
      await stop().catch((error: unknown) => new Logger('Up').error(`While stopping: ${String(error)}`));
  };
  try {
    return { ...(await startParts(config, stops, onLost)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  config: Config,
  stops: Stop[],
  onLost: (error: Error) => void,
): Promise<Omit<RunningSystem, 'close'>> {
  mkdirSync(config.dataDir, { recursive: true });
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, stops, onLost));
  const migrated = await migrate(databaseUrl);
  const mailbox = config.smtpUrl ? undefined : await startMailbox({ dataDir: config.dataDir });
  if (mailbox) stops.push(() => mailbox.stop());
  const complete = { ...config, databaseUrl, smtpUrl: config.smtpUrl ?? mailbox?.smtpUrl ?? '' };
  const api = await startApi(complete);
  stops.push(() => api.close());
  const firstAdmin = await api.app.get(UsersService).ensureFirstAdmin(config.adminEmail, config.adminPassword);
  const worker = await startWorker(complete);
  stops.push(() => worker.close());
  return { api, databaseUrl, mailboxUrl: mailbox?.webUrl, firstAdmin, migrated };
}

async function startDatabase(config: Config, stops: Stop[], onLost: (error: Error) => void): Promise<string> {
  const logger = new Logger('PostgreSQL');
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => logger.log(line), onLost });
  stops.push(() => postgres.stop());
  return postgres.url;
}
