import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One PostgreSQL for the whole run, unless TEST_DATABASE_URL names a server that may be used instead. */
export default async function setUp() {
  if (process.env.TEST_DATABASE_URL) return;
  const { startEmbeddedPostgres } = await import('#database');
  const dataDir = mkdtempSync(join(tmpdir(), 'chamberlain-test-'));
  // Readable by the user the server runs as when the tests run as root.
  chmodSync(dataDir, 0o755);
  globalThis.embeddedPostgres = await startEmbeddedPostgres({ dataDir, fsync: false });
  globalThis.embeddedPostgresDataDir = dataDir;
  process.env.TEST_DATABASE_URL = globalThis.embeddedPostgres.url;
}
