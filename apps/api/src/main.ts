import { Logger } from '@nestjs/common';
import { ConfigError, loadConfig } from '#config';
import { startApi } from './index.js';

/** The API as a process of its own; it needs a database that is already migrated. */
async function main(): Promise<void> {
  const config = loadConfig();
  const { databaseUrl } = config;
  if (!databaseUrl)
    throw new ConfigError(['DATABASE_URL is required when the API runs alone (`npm start` brings its own database)']);
  const api = await startApi({ ...config, databaseUrl });
  new Logger('Api').log(`The API listens on ${api.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void api.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
});
