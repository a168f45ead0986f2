import { ConfigError, loadConfig } from '#config';
import { startWorker } from './index.js';

/** A worker as a process of its own: DATABASE_URL and SMTP_URL must be set, everything else is as for the API. */
async function main(): Promise<void> {
  const { databaseUrl, smtpUrl, ...config } = loadConfig();
  if (!databaseUrl || !smtpUrl) throw new ConfigError(missing({ DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl }));
  const worker = await startWorker({ ...config, databaseUrl, smtpUrl });
  const stop = (): void => {
    worker.close().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const missing = (variables: Record<string, string | undefined>): string[] =>
  Object.keys(variables)
    .filter((name) => !variables[name])
    .map((name) => `${name} is required by a worker that runs on its own`);

function fail(error: unknown): void {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
